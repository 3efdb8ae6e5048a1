"""Grade 6: expressions and inequalities from words (6.EE.B.6, 6.EE.B.8)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators import contexts
from headway.core.curriculum.generators.algebra import expression, nonzero, slips
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, Text, math

LETTER = T("The letter stands for a number that may change; write what is done to that number.")
INCLUDED = T("'At least' and 'at most' include the number itself; 'more than' and 'less than' do not.")


SINGLE = (
    T("{name} is {x} years old. A sister is {a} years older. Write an expression for the sister's age."),
    T("A rope is {x} feet long. A piece of {a} feet is cut off. Write an expression for the length that is left."),
    T("One box weighs {x} pounds. Write an expression for the weight of {a} such boxes."),
    T("{a} friends share {x} dollars equally. Write an expression for the dollars that each one gets."),
)


@template("6.EE.B.6", "one-operation", level=1, difficulty=-0.9)
def one_operation(rng: Generator, interest: str) -> Draft:
    a, kind = between(rng, 2, 30), between(rng, 0, 3)
    x = math("x")
    prompt = contexts.fill(SINGLE[kind], name=contexts.name(rng), x=x, a=a)
    key, shown, wrong = (
        (f"x+{a}", f"x + {a}", ((f"x-{a}", "operation-misread"), (f"{a}x", "sum-as-product"))),
        (f"x-{a}", f"x - {a}", ((f"{a}-x", "subtraction-turned-around"), (f"x+{a}", "operation-misread"))),
        (f"{a}x", f"{a}x", ((f"x+{a}", "product-as-sum"), (f"x/{a}", "operation-misread"))),
        (f"x/{a}", rf"\frac{{x}}{{{a}}}", ((f"{a}/x", "division-turned-around"), (f"x-{a}", "operation-misread"))),
    )[kind]
    return Draft(
        prompt=prompt,
        answer=expression(key),
        hints=(
            T("Try it with a number in the place of {x}. What would you calculate?", x=x),
            LETTER,
            T("Decide between adding, subtracting, multiplying and dividing; then mind the order."),
        ),
        solution=(
            T(
                "With 100 in the place of {x} it is {example}.",
                x=x,
                example=math(shown.replace("x", r" \cdot 100" if shown[0].isdigit() else "100")),
            ),
            T("The expression is {expression}", expression=math(shown)),
        ),
        wrong=slips(key, *wrong),
    )


DOUBLE = (
    (
        T(
            "A taxi costs {b} dollars and {a} dollars more for each mile. Write an expression for the cost in "
            "dollars of {x} miles."
        ),
        "+",
    ),
    (
        T(
            "Each of {a} bags holds {x} apples. Then {b} apples are eaten. Write an expression for the number of "
            "apples left."
        ),
        "-",
    ),
    (
        T(
            "A pool holds {b} gallons, and {a} gallons more flow in each minute. Write an expression for the "
            "gallons after {x} minutes."
        ),
        "+",
    ),
)


@template("6.EE.B.6", "two-operations", level=2, difficulty=-0.2)
def two_operations(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 20, 2)
    x = math("x")
    story, sign = pick(rng, DOUBLE)
    other = "+" if sign == "-" else "-"
    key = f"{a}x{sign}{b}"
    prompt, shown = contexts.fill(story, a=a, b=b, x=x), f"{a}x {sign} {b}"
    return Draft(
        prompt=prompt,
        answer=expression(key),
        hints=(
            T("Which amount comes again and again, and which one only once?"),
            LETTER,
            T("Multiply the repeated amount by {x}; then add or subtract the other one.", x=x),
        ),
        solution=(
            T("The repeated amount is {term}.", term=math(f"{a}x")),
            T("The expression is {expression}", expression=math(shown)),
        ),
        wrong=slips(
            key,
            (f"{b}x{sign}{a}", "slope-start-swapped"),
            (f"{a}x{other}{b}", "operation-misread"),
            (f"{a}(x{sign}{b})", "parentheses-misplaced"),
        ),
    )


@template("6.EE.B.6", "consecutive", level=3, difficulty=0.5)
def with_parentheses(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 2, 9), between(rng, 2, 20)
    x = math("x")
    more = between(rng, 0, 1) == 1
    sign = "+" if more else "-"
    key = f"{a}(x{sign}{b})"
    return Draft(
        prompt=T(
            "A ticket costs {x} dollars. A fee of {b} dollars is added to each ticket. Write an expression for "
            "the cost in dollars of {a} tickets.",
            a=a,
            b=b,
            x=x,
        )
        if more
        else T(
            "A ticket costs {x} dollars. Students pay {b} dollars less for each ticket. Write an expression for "
            "the cost in dollars of {a} student tickets.",
            a=a,
            b=b,
            x=x,
        ),
        answer=expression(key),
        hints=(
            T("What does one ticket cost in the end?"),
            T("If the whole sum or difference is multiplied, it needs parentheses."),
            T("Write the price of one ticket first, and multiply all of it by {a}.", a=a),
        ),
        solution=(
            T("One ticket: {line}", line=math(f"x {sign} {b}")),
            T("All the tickets: {line}", line=math(f"{a}(x {sign} {b})")),
        ),
        wrong=slips(
            key,
            (f"{a}x{sign}{b}", "order-parentheses-ignored"),
            (f"x{sign}{a * b}", "distributes-to-last-only"),
            (f"{a}(x{'-' if more else '+'}{b})", "operation-misread"),
        ),
    )


LIMITS = (
    (
        T(
            "To ride the coaster, a child must be at least {n} inches tall. Write an inequality for the height "
            "{x} in inches."
        ),
        ">=",
    ),
    (T("A bridge carries at most {n} tons. Write an inequality for the load {x} in tons."), "<="),
    (T("More than {n} people came. Write an inequality for the number of people {x}."), ">"),
    (T("The drive took less than {n} minutes. Write an inequality for the time {x} in minutes."), "<"),
    (T("A contest is open to people of {n} years or older. Write an inequality for the age {x} in years."), ">="),
    (T("No more than {n} people may enter. Write an inequality for the number of people {x}."), "<="),
    (T("The temperature stayed above {n} degrees. Write an inequality for the temperature {x} in degrees."), ">"),
    (T("The price stayed below {n} dollars. Write an inequality for the price {x} in dollars."), "<"),
)
LATEX = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge"}
LOOSER = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _inequality(prompt: Text, sign: str, n: int, hints: tuple[Text, ...]) -> Draft:
    key = f"x{sign}{n}"
    return Draft(
        prompt=prompt,
        answer=AnswerSpec("inequality", (key,), variables=("x",)),
        hints=hints,
        solution=(
            T("Try a number on each side of {n}, and {n} itself.", n=math(str(n))),
            T("The inequality is {inequality}", inequality=math(f"x {LATEX[sign]} {n}")),
        ),
        wrong=slips(
            key,
            (f"x{LOOSER[sign]}{n}", "boundary-misjudged"),
            (f"x{TURNED[sign]}{n}", "inequality-turned-around"),
            (f"x={n}", "inequality-as-equation"),
        ),
    )


@template("6.EE.B.8", "strict", level=1, difficulty=-0.7)
def strict_limit(rng: Generator, interest: str) -> Draft:
    story, sign = pick(rng, [limit for limit in LIMITS if len(limit[1]) == 1])
    return _limit(story, sign, between(rng, 10, 90))


@template("6.EE.B.8", "including", level=2, difficulty=-0.2)
def limit_included(rng: Generator, interest: str) -> Draft:
    story, sign = pick(rng, [limit for limit in LIMITS if len(limit[1]) == 2])
    return _limit(story, sign, between(rng, 5, 60))


def _limit(story: Text, sign: str, n: int) -> Draft:
    return _inequality(
        contexts.fill(story, n=n, x=math("x")),
        sign,
        n,
        (
            T("Is {n} itself allowed?", n=n),
            INCLUDED,
            T("Decide whether {x} may be larger or smaller than {n}.", x=math("x"), n=n),
        ),
    )


RAYS = (
    (
        T("On a number line there is an open circle at {n} and an arrow to the right. Write the inequality for {x}."),
        ">",
    ),
    (T("On a number line there is an open circle at {n} and an arrow to the left. Write the inequality for {x}."), "<"),
    (
        T("On a number line there is a filled circle at {n} and an arrow to the right. Write the inequality for {x}."),
        ">=",
    ),
    (
        T("On a number line there is a filled circle at {n} and an arrow to the left. Write the inequality for {x}."),
        "<=",
    ),
)


@template("6.EE.B.8", "number-line", level=3, difficulty=0.2)
def from_number_line(rng: Generator, interest: str) -> Draft:
    (story, sign), n = pick(rng, RAYS), nonzero(rng, -20, 20)
    return _inequality(
        contexts.fill(story, n=math(str(n)), x=math("x")),
        sign,
        n,
        (
            T("Which numbers does the arrow cover: larger or smaller ones?"),
            T("A filled circle includes the number, an open circle leaves it out."),
            T("Test a number under the arrow and the number {n} itself.", n=math(str(n))),
        ),
    )
