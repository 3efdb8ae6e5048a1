"""Solvers for grade 3, multiplication and division: they count up, try every number, and read the words."""

import re

from .reading import calculate, integers
from .solvers import Ask, solver


def fill_box(equation: str, most: int = 100) -> int:
    """The whole number up to ``most`` that makes an equation with a box true, by trying all of them."""
    boxed, other = sorted(equation.split("="), key=lambda side: r"\square" not in side)
    wanted = calculate(other)
    fits = [n for n in range(1, most + 1) if calculate(boxed.replace(r"\square", str(n))) == wanted]
    assert len(fits) == 1, f"{equation} has the solutions {fits}"
    return fits[0]


def choice_with_value(ask: Ask, wanted: int) -> int:
    """The only choice whose expression has that value."""
    found = [n for n, c in enumerate(ask.choices) if calculate(c.strip("$")) == wanted]
    assert len(found) == 1, f"choices with the value {wanted}: {found}"
    return found[0]


def count_groups(total: int, each: int) -> int:
    """How often ``each`` can be taken from ``total``, by taking it away; it must come out even."""
    count = 0
    while total >= each:
        total, count = total - each, count + 1
    assert total == 0, "does not come out even"
    return count


@solver("3.OA.A.1/expression")
def which_product(ask: Ask) -> int:
    groups, each = ask.integers
    return choice_with_value(ask, sum([each] * groups))


@solver(
    "3.OA.A.1/repeated-addition",
    "3.OA.A.4/missing-factor",
    "3.OA.A.4/missing-dividend",
    "3.OA.A.4/missing-divisor",
    "3.OA.A.4/balance",
    "3.OA.B.5/turn-around",
    "3.OA.B.5/break-apart",
)
def box(ask: Ask) -> int:
    return fill_box(ask.formulas[0])


@solver("3.OA.A.1/one-more-group", "3.OA.B.5/group-three", "3.OA.C.7/product", "3.OA.C.7/quotient")
def last_formula(ask: Ask) -> int:
    return int(calculate(ask.formulas[-1]))


@solver("3.OA.A.2/expression")
def which_quotient(ask: Ask) -> int:
    return choice_with_value(ask, count_groups(max(ask.integers), min(ask.integers)))


@solver("3.OA.A.2/share", "3.OA.A.3/share", "3.OA.A.3/pack")
def divide(ask: Ask) -> int:
    return count_groups(max(ask.integers), min(ask.integers))


@solver("3.OA.A.3/groups", "3.OA.C.7/story")
def multiply(ask: Ask) -> int:
    groups, each = ask.integers
    return sum([each] * groups)


@solver("3.OA.A.3/equation")
def which_equation(ask: Ask) -> int:
    total, each = max(ask.integers), min(ask.integers)
    count = str(count_groups(total, each))
    sides = [c.strip("$").replace(r"\square", count).split("=") for c in ask.choices]
    (right,) = (n for n, (left, other) in enumerate(sides) if calculate(left) == calculate(other))
    return right


@solver("3.OA.A.2/meaning")
def quotient_meaning(ask: Ask) -> int:
    meanings = {
        "into .* bags": "The number of shells in each bag",
        "bundles of": "The number of bundles",
        "at .* tables": "The number of students at each table",
        "pages each day": "The number of days",
    }
    (right,) = (meaning for words, meaning in meanings.items() if re.search(words, ask.text))
    total, divisor, quotient = integers(ask.formulas[-1])
    assert count_groups(total, divisor) == quotient == int(ask.formulas[0])
    return ask.choice(right)


@solver("3.OA.B.6/as-product")
def as_product(ask: Ask) -> int:
    assert fill_box(ask.formulas[1]) == calculate(ask.formulas[0])
    return fill_box(ask.formulas[1])


@solver("3.OA.B.6/which-fact")
def which_fact(ask: Ask) -> int:
    total, divisor = integers(ask.formulas[0])
    (right,) = (
        n
        for n, c in enumerate(ask.choices)
        if r"\times" in c and integers(c)[-1] == total and divisor in integers(c)[:2]
    )
    return right


@solver("3.OA.B.6/story")
def story_box(ask: Ask) -> int:
    return fill_box(ask.formulas[-1])


@solver("3.OA.C.7/compare")
def compare(ask: Ask) -> int:
    left, right = ask.formulas[0].split(r"\; \square \;")
    return ask.compare(calculate(left), calculate(right))
