"""Worked solutions, line by line: every equation in them is true for the answer, every rewriting keeps the value.

``check_lines(step)`` reads what it can: arithmetic, algebra in the letters of the key, and relations. A line with
notation that has no exact value here (roots, intervals, repeating decimals) is left to the template's own solver.
"""

from __future__ import annotations

import re
from fractions import Fraction

from headway.core.curriculum.problems import AnswerSpec, Step

from .algebra_reading import POINTS, evaluate, holds, letters_of
from .reading import formulas, numbers

UNREAD = re.compile(
    r"\\(sqrt|overline|in\b|pm|approx|gcd|text|quad|ldots|pi)|[|:°]|_|f\(|\^\{?\\frac|\)\^\{n|\([a-z], [a-z]\)"
)


def check_lines(step: Step) -> None:
    """Every line of the worked solution that can be read is true, and rewritten expressions stay equal."""
    known = known_letters(step.answer)
    before = ""
    for line in step.solution:
        rewriting = line.message == "{verbatim}"
        for formula in formulas(str(line)):
            if UNREAD.search(formula):
                before = ""
                continue
            if re.search(r"[=<>]|\\[lg]e\b", formula):
                check_relation(formula, known)
                before = ""
            elif rewriting:
                if before:
                    check_equal(before, formula)
                before = formula


def known_letters(spec: AnswerSpec) -> dict[str, list[Fraction]]:
    """The values of the letters that the key gives: one for an equation, several for a set."""
    if spec.kind == "number" and spec.variables:
        return {spec.variables[0]: numbers(spec.keys[0])[:1]}
    if spec.kind == "set" and spec.variables:
        return {spec.variables[0]: numbers(spec.keys[0])}
    return {}


def check_relation(formula: str, known: dict[str, list[Fraction]]) -> None:
    """A relation without letters is true; one with the letter of the key is true for the key."""
    letters = letters_of(formula)
    if not letters:
        assert holds(formula), f"not true: {formula}"
    elif len(letters) == 1 and letters in known:
        for value in known[letters]:
            assert holds(formula, **{letters: value}), f"not true for {letters} = {value}: {formula}"


def check_equal(left: str, right: str) -> None:
    """Two expressions agree at some points."""
    letters = letters_of(left + right)
    for n in range(3):
        given = {letter: POINTS[(n + 2 * m) % len(POINTS)] for m, letter in enumerate(letters)}
        assert evaluate(left, **given) == evaluate(right, **given), f"{left} is not {right}"
