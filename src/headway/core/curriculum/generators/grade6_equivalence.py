"""Grade 6: multiplying out, factoring, and telling equivalent expressions (6.EE.A.3, 6.EE.A.4)."""

from __future__ import annotations

from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import (
    expression,
    linear,
    nonzero,
    options,
    plain,
    show,
    slips,
    solution,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, pick
from headway.core.text import T, math

COPRIME = [(b, c) for b in range(1, 10) for c in range(1, 10) if gcd(b, c) == 1 and b != c]
SAME = T("Equivalent expressions give the same value for every number that the letter can stand for.")
DISTRIBUTE = T("The number in front of the parentheses multiplies every term inside them.")


@template("6.EE.A.3", "expand", level=1, difficulty=-0.6)
def expand(rng: Generator, interest: str) -> Draft:
    a, b, c = between(rng, 2, 9), between(rng, 1, 9), nonzero(rng, -12, 12)
    var = pick(rng, "xyn")
    line = f"{a}({show(*linear(b, c, var))})"
    key = plain(*linear(a * b, a * c, var))
    return Draft(
        prompt=T("Multiply out the parentheses: {expression}", expression=math(line)),
        answer=expression(key, variables=var, form="expanded"),
        hints=(
            T("How many terms stand inside the parentheses?"),
            DISTRIBUTE,
            T(
                "Multiply {a} by each of {first} and {second}.",
                a=a,
                first=math(show((b, var))),
                second=math(str(abs(c))),
            ),
        ),
        solution=work(
            line,
            rf"{a} \cdot {show((b, var))} {'+' if c > 0 else '-'} {a} \cdot {abs(c)}",
            show(*linear(a * b, a * c, var)),
        ),
        wrong=slips(
            key,
            (plain(*linear(a * b, c, var)), "distributes-to-first-only"),
            (plain(*linear(a + b, a + c, var)), "product-as-sum"),
            (plain(*linear(b, a * c, var)), "distributes-to-last-only"),
        ),
    )


@template("6.EE.A.3", "factor", level=2, difficulty=0.4)
def factor_out(rng: Generator, interest: str) -> Draft:
    common = between(rng, 2, 12)
    b, c = pick(rng, COPRIME)
    sign = pick(rng, (1, -1))
    var = pick(rng, "xyn")
    inside = linear(b, sign * c, var)
    line = show(*linear(common * b, sign * common * c, var))
    key = f"{common}({plain(*inside)})"
    return Draft(
        prompt=T("Factor out the greatest common factor: {expression}", expression=math(line)),
        answer=expression(key, variables=var, form="factored"),
        hints=(
            T("Which numbers divide both {first} and {second}?", first=common * b, second=common * c),
            T("A common factor of all terms may be written in front of parentheses; take the greatest one."),
            T("Divide {first} and {second} by their greatest common factor.", first=common * b, second=common * c),
        ),
        solution=work(
            line,
            rf"{common} \cdot {show((b, var))} {'+' if sign > 0 else '-'} {common} \cdot {c}",
            f"{common}({show(*inside)})",
        ),
        wrong=slips(
            key,
            (f"{common}({plain(*linear(b, sign * common * c, var))})", "factors-first-term-only"),
            (f"{common}({plain(*linear(common * b, sign * common * c, var))})", "factor-not-divided-out"),
            (plain((common * (b + sign * c), var)), "unlike-terms-combined"),
        ),
    )


@template("6.EE.A.3", "collect", level=3, difficulty=0.6)
def expand_and_collect(rng: Generator, interest: str) -> Draft:
    a, b, c, d = between(rng, 2, 7), between(rng, 2, 6), between(rng, 1, 9), between(rng, 2, 9)
    var = pick(rng, "xyn")
    line = f"{a}({show(*linear(b, c, var))}) + {show((d, var))}"
    key = plain(*linear(a * b + d, a * c, var))
    return Draft(
        prompt=T("Write {expression} with as few terms as possible.", expression=math(line)),
        answer=expression(key, variables=var, form="expanded"),
        hints=(
            T("What keeps you from adding the two terms with {letter} right away?", letter=math(var)),
            DISTRIBUTE,
            T(
                "Multiply both {first} and {second} by {a}, then put the terms with {letter} together.",
                first=math(show((b, var))),
                second=c,
                a=a,
                letter=math(var),
            ),
        ),
        solution=work(
            line, f"{show(*linear(a * b, a * c, var))} + {show((d, var))}", show(*linear(a * b + d, a * c, var))
        ),
        wrong=slips(
            key,
            (plain(*linear(a * b + d, c, var)), "distributes-to-first-only"),
            (plain(*linear(a * (b + d), a * c, var)), "parentheses-misplaced"),
            (plain((a * b + a * c + d, var)), "unlike-terms-combined"),
        ),
    )


@template("6.EE.A.4", "repeated", level=1, difficulty=-0.9)
def repeated_terms(rng: Generator, interest: str) -> Draft:
    count, extra, var = between(rng, 3, 6), between(rng, 2, 12), pick(rng, "xyn")
    more = between(rng, 1, 3)
    line = " + ".join([var] * count) + f" + {extra}" + f" + {var}" * more
    total = count + more
    spec, wrong = options(
        rng,
        show(*linear(total, extra, var)),
        (show((1, f"{var}^{total}"), (extra, "")), "repeated-addition-as-power"),
        (show((total + extra, var)), "unlike-terms-combined"),
        (show((total * extra, var)), "sum-as-product"),
    )
    return Draft(
        prompt=T("Which expression is equivalent to {expression}?", expression=math(line)),
        answer=spec,
        hints=(
            SAME,
            T(
                "Adding the same letter again and again is multiplication: {sum} is {product}.",
                sum=math("a + a"),
                product=math("2a"),
            ),
            T("Count how often {letter} is added, and keep {extra} as it is.", letter=math(var), extra=extra),
        ),
        solution=work(line, show(*linear(total, extra, var))),
        wrong=wrong,
    )


@template("6.EE.A.4", "distributed", level=2, difficulty=-0.1)
def distributed(rng: Generator, interest: str) -> Draft:
    a, b, c = between(rng, 2, 8), between(rng, 2, 7), between(rng, 2, 9)
    var = pick(rng, "xyn")
    line = f"{a}({show((b, var))} + {c})"
    spec, wrong = options(
        rng,
        show(*linear(a * b, a * c, var)),
        (show(*linear(a * b, c, var)), "distributes-to-first-only"),
        (show(*linear(a + b, a + c, var)), "product-as-sum"),
        (show((a * b * c, var)), "unlike-terms-combined"),
    )
    return Draft(
        prompt=T("Which expression is equivalent to {expression}?", expression=math(line)),
        answer=spec,
        hints=(
            SAME,
            T("The number in front of the parentheses multiplies every term inside them."),
            T("Multiply both {first} and {second} by {a}.", first=math(show((b, var))), second=c, a=a),
        ),
        solution=work(line, rf"{a} \cdot {show((b, var))} + {a} \cdot {c}", show(*linear(a * b, a * c, var))),
        wrong=wrong,
    )


@template("6.EE.A.4", "missing", level=3, difficulty=0.7)
def missing_number(rng: Generator, interest: str) -> Draft:
    a, b, k, d = between(rng, 2, 9), between(rng, 2, 6), between(rng, 2, 12), between(rng, 1, 9)
    var = pick(rng, "xyn")
    left = f"{a}({show((b, var))} + k) + {show((d, var))}"
    right = show(*linear(a * b + d, a * k, var))
    return Draft(
        prompt=T(
            "For which number {k} are {left} and {right} equivalent?", k=math("k"), left=math(left), right=math(right)
        ),
        answer=solution(k, "k"),
        hints=(
            SAME,
            T("Multiply out the first expression and compare the parts without {letter}.", letter=math(var)),
            T(
                "The part without {letter} has to be {total} in both: {a} times {k} is {total}.",
                letter=math(var),
                total=a * k,
                a=a,
                k=math("k"),
            ),
        ),
        solution=(
            T("Multiply out: {line}", line=math(f"{show((a * b, var))} + {show((a, 'k'))} + {show((d, var))}")),
            T("The parts without {letter} must agree: {line}", letter=math(var), line=math(f"{a}k = {a * k}")),
            moves.divide_both(a, f"k = {k}"),
        ),
        wrong=slips(
            k,
            (a * k, "distributes-to-first-only"),
            (a * k - a, "inverse-subtracts-instead"),
            (a * a * k, "inverse-not-used"),
        ),
    )
