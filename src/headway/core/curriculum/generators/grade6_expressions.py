"""Grade 6: numerical expressions with exponents, and reading and evaluating algebraic ones (6.EE.A.1, 6.EE.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import expression, linear, power, show, slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key, pick
from headway.core.text import T, math

EXPONENT = T("An exponent counts how many times the base is used as a factor.")
ORDER = T("Exponents come before multiplication, and multiplication before addition, unless parentheses say otherwise.")
POWERS = [
    (base, exponent)
    for exponent, bases in ((2, [*range(2, 26), 30, 40, 50, 60, 70, 80, 90]), (3, range(2, 13)), (4, range(2, 7)))
    for base in bases
] + [(2, 5), (3, 5), (4, 5), (10, 4), (10, 5), (10, 6), (2, 6)]


@template("6.EE.A.1", "power", level=1, difficulty=-1.6)
def power_alone(rng: Generator, interest: str) -> Draft:
    base, exponent = pick(rng, POWERS)
    value = base**exponent
    product = r" \cdot ".join([str(base)] * exponent)
    return Draft(
        prompt=T("Find the value of {power}.", power=math(power(str(base), exponent))),
        answer=number_key(value),
        hints=(
            T("Which number is the base, and which one is the exponent?"),
            EXPONENT,
            T("Use {base} as a factor {count} times.", base=math(str(base)), count=math(str(exponent))),
        ),
        solution=work(power(str(base), exponent), product, str(value)),
        wrong=slips(
            value,
            (base * exponent, "exponent-as-factor"),
            (base + exponent, "exponent-as-addend"),
            (base ** (exponent - 1), "one-factor-short"),
            (exponent**base if base < 7 else value, "base-exponent-swapped"),
        ),
    )


@template("6.EE.A.1", "coefficient", level=2, difficulty=-0.7)
def coefficient_power(rng: Generator, interest: str) -> Draft:
    base, exponent = pick(rng, [(b, n) for b, n in POWERS if b <= 10 and b**n <= 256])
    factor = between(rng, 2, 9)
    block = base**exponent
    line = rf"{factor} \cdot {power(str(base), exponent)}"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(factor * block),
        hints=(
            T("What does the exponent belong to: only to {base}, or to the whole product?", base=math(str(base))),
            ORDER,
            T(
                "Work out {power} first, then multiply by {factor}.",
                power=math(power(str(base), exponent)),
                factor=factor,
            ),
        ),
        solution=work(line, rf"{factor} \cdot {block}", str(factor * block)),
        wrong=slips(
            factor * block,
            ((factor * base) ** exponent, "power-after-product"),
            (factor * base * exponent, "exponent-as-factor"),
            (factor + block, "product-as-sum"),
        ),
    )


@template("6.EE.A.1", "order", level=3, difficulty=0.2)
def order_with_power(rng: Generator, interest: str) -> Draft:
    base, exponent = pick(rng, [(b, n) for b, n in POWERS if b <= 9 and b**n <= 128])
    start = between(rng, 2, 20)
    low = between(rng, 1, 7)
    high = low + between(rng, 2, 9 - low)
    gap, block = high - low, base**exponent
    value = start + block * gap
    text = power(str(base), exponent)
    line = rf"{start} + {text} \cdot ({high} - {low})"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("There are four operations here. Which one has to be done first?"),
            ORDER,
            T(
                "Start with {parentheses}, then {power}, then multiply these two; add {start} last.",
                parentheses=math(f"{high} - {low}"),
                power=math(text),
                start=start,
            ),
        ),
        solution=work(
            line,
            rf"{start} + {text} \cdot {gap}",
            rf"{start} + {block} \cdot {gap}",
            f"{start} + {block * gap}",
            str(value),
        ),
        wrong=slips(
            value,
            ((start + block) * gap, "order-left-to-right"),
            (start + base * exponent * gap, "exponent-as-factor"),
            (start + block * high - low, "order-parentheses-ignored"),
            (start + (base * gap) ** exponent, "power-after-product"),
        ),
    )


@template("6.EE.A.2", "evaluate", level=1, difficulty=-1.1)
def evaluate_linear(rng: Generator, interest: str) -> Draft:
    a, b, x = between(rng, 2, 12), between(rng, 1, 20), between(rng, 2, 12)
    var = pick(rng, "nxtk")
    minus = a * x > b and between(rng, 0, 1) == 1
    sign, value = ("-", a * x - b) if minus else ("+", a * x + b)
    shown = show(*linear(a, -b if minus else b, var))
    return Draft(
        prompt=T("Find the value of {expression} when {given}.", expression=math(shown), given=math(f"{var} = {x}")),
        answer=number_key(value),
        hints=(
            T("What does a number written right before a letter tell you to do?"),
            T("{product} means {a} times {var}.", product=math(f"{a}{var}"), a=a, var=math(var)),
            T("Put {x} in the place of {var}: multiply by {a} first.", x=x, var=math(var), a=a),
        ),
        solution=(
            moves.given(shown),
            *work(rf"{a} \cdot {x} {sign} {b}", f"{a * x} {sign} {b}", str(value)),
        ),
        wrong=slips(
            value,
            (int(f"{a}{x}") + (-b if minus else b), "substitution-as-digits"),
            (a + x + (-b if minus else b), "product-as-sum"),
            (a * (x - b if minus else x + b), "sum-before-product"),
        ),
    )


@template("6.EE.A.2", "formula", level=2, difficulty=-0.1)
def evaluate_square(rng: Generator, interest: str) -> Draft:
    a, x, y = between(rng, 2, 6), between(rng, 2, 9), between(rng, 2, 12)
    b = between(rng, 2, 6)
    value = a * x * x + b * y
    shown = show((a, "x^2"), (b, "y"))
    return Draft(
        prompt=T(
            "Find the value of {expression} when {first} and {second}.",
            expression=math(shown),
            first=math(f"x = {x}"),
            second=math(f"y = {y}"),
        ),
        answer=number_key(value),
        hints=(
            T("Which part of {term} does the exponent belong to?", term=math(f"{a}x^2")),
            T("In {term} only {x} is squared; {a} multiplies the result.", term=math(f"{a}x^2"), x=math("x"), a=a),
            T("Square {x} and multiply by {a}; then add {b} times {y}.", x=x, a=a, b=b, y=y),
        ),
        solution=(
            moves.given(shown),
            *work(
                rf"{a} \cdot {x}^2 + {b} \cdot {y}",
                rf"{a} \cdot {x * x} + {b * y}",
                f"{a * x * x} + {b * y}",
                str(value),
            ),
        ),
        wrong=slips(
            value,
            ((a * x) ** 2 + b * y, "power-after-product"),
            (a * x * 2 + b * y, "exponent-as-factor"),
            (a * x * x + b + y, "product-as-sum"),
        ),
    )


@template("6.EE.A.2", "words", level=3, difficulty=0.3)
def expression_from_words(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 15, 2)
    var = pick(rng, "nxyp")
    x = math(var)
    less, total, away = (f"{a}{var}-{b}", f"{a}({var}+{b})", f"{b}-{a}{var}")
    prompt, first, shown, key, wrong = (
        (
            T("Write an expression for this: {b} less than {a} times {x}.", a=a, b=b, x=x),
            T("Write {a} times {x} first: that is what something is taken from.", a=a, x=x),
            f"{a}{var} - {b}",
            less,
            ((away, "subtraction-turned-around"), (f"{a}({var}-{b})", "parentheses-misplaced")),
        ),
        (
            T("Write an expression for this: {a} times the sum of {x} and {b}.", a=a, b=b, x=x),
            T("The sum of {x} and {b} is one thing: hold it together with parentheses.", x=x, b=b),
            f"{a}({var} + {b})",
            total,
            ((f"{a}{var}+{b}", "order-parentheses-ignored"), (f"{a}+{var}+{b}", "product-as-sum")),
        ),
        (
            T("Write an expression for this: subtract the product of {a} and {x} from {b}.", a=a, b=b, x=x),
            T("Write {b} first: the product of {a} and {x} is taken away from it.", a=a, b=b, x=x),
            f"{b} - {a}{var}",
            away,
            ((less, "subtraction-turned-around"), (f"{b}-({a}+{var})", "product-as-sum")),
        ),
        (
            T("Write an expression for this: {b} more than the quotient of {x} and {a}.", a=a, b=b, x=x),
            T("The quotient of {x} and {a} means that {x} is divided by {a}.", a=a, x=x),
            rf"\frac{{{var}}}{{{a}}} + {b}",
            f"{var}/{a}+{b}",
            ((f"{a}/{var}+{b}", "division-turned-around"), (f"({var}+{b})/{a}", "parentheses-misplaced")),
        ),
    )[between(rng, 0, 3)]
    return Draft(
        prompt=prompt,
        answer=expression(key, variables=var),
        hints=(
            T("Which operation joins the two parts of the expression?"),
            T("Look for what belongs together, and for words such as 'from' and 'than' that turn the order around."),
            first,
        ),
        solution=(first, T("The expression is {expression}.", expression=math(shown))),
        wrong=slips(key, *wrong),
    )
