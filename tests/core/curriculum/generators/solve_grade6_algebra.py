"""Solvers for grade 6 expressions and equations: they evaluate the LaTeX and try numbers."""

import re
from fractions import Fraction

from .algebra_reading import equivalent, evaluate, gap, holds, letters_of, solve_linear
from .solvers import Ask, solver


@solver("6.EE.A.1/power", "6.EE.A.1/coefficient", "6.EE.A.1/order")
def calculate_power(ask: Ask) -> Fraction:
    return evaluate(ask.formulas[0])


@solver("6.EE.A.2/evaluate", "6.EE.A.2/formula")
def put_in(ask: Ask) -> Fraction:
    given = {letter: Fraction(value) for letter, value in re.findall(r"([a-z]) = (\d+)", ask.text)}
    return evaluate(ask.formulas[0], **given)


@solver("6.EE.A.2/words")
def from_words(ask: Ask) -> bool:
    text = ask.text.replace("$$", "")
    for pattern, form in (
        (r"(\d+) less than (\d+) times (\w)", "{1}{2}-{0}"),
        (r"(\d+) times the sum of (\w) and (\d+)", "{0}({1}+{2})"),
        (r"subtract the product of (\d+) and (\w) from (\d+)", "{2}-{0}{1}"),
        (r"(\d+) more than the quotient of (\w) and (\d+)", "{1}/{2}+{0}"),
    ):
        if found := re.search(pattern, text):
            meant = form.format(*found.groups())
            return equivalent(meant, ask.key, letters_of(meant))
    raise AssertionError(f"unknown words: {text}")


@solver("6.EE.A.3/expand", "6.EE.A.3/collect")
def without_parentheses(ask: Ask) -> bool:
    return "(" not in ask.key and equivalent(ask.formulas[0], ask.key, letters_of(ask.key))


@solver("6.EE.A.3/factor")
def factored(ask: Ask) -> bool:
    found = re.fullmatch(r"(\d+)\((\d*)\w([+-]\d+)\)", ask.key)
    assert found, ask.key
    inner = int(found[2] or 1), abs(int(found[3]))
    common = any(n for n in range(2, 100) if inner[0] % n == 0 and inner[1] % n == 0)
    return not common and equivalent(ask.formulas[0], ask.key, letters_of(ask.key))


@solver("6.EE.A.4/repeated", "6.EE.A.4/distributed")
def which_equivalent(ask: Ask) -> int:
    letters = letters_of(ask.formulas[0])
    (right,) = (n for n, c in enumerate(ask.choices) if equivalent(ask.formulas[0], c, letters))
    return right


@solver("6.EE.A.4/missing")
def missing(ask: Ask) -> int:
    _, left, right = ask.formulas
    letter = letters_of(right)
    (k,) = (k for k in range(60) if equivalent(left.replace("k", f"{k}"), right, letter))
    return k


@solver("6.EE.B.5/which", "6.EE.B.5/both-sides")
def try_numbers(ask: Ask) -> int:
    numbers, equation = ask.formulas[:2]
    letter = letters_of(equation)
    (right,) = (n for n in map(int, numbers.split(",")) if gap(equation, **{letter: n}) == 0)
    return right


@solver("6.EE.B.5/inequality")
def try_all(ask: Ask) -> set[int]:
    numbers, relation = ask.formulas[:2]
    letter = letters_of(relation.replace(r"\le", "<"))
    return {n for n in map(int, numbers.split(",")) if holds(relation, **{letter: n})}


@solver("6.EE.B.7/add", "6.EE.B.7/multiply", "6.EE.B.7/fraction")
def solve_one_step(ask: Ask) -> Fraction:
    letter, equation = ask.formulas
    return solve_linear(equation, letter)
