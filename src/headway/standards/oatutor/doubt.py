"""Keys that their own question contradicts.

Where a question shows one formula and asks to rewrite it (simplify, factor, multiply ...), the key must be equal to
it. Some published keys are not: a sign is lost, a letter changed, brackets went missing on one side. A learner who is
right would be told that they are wrong, so such problems are imported, named in the loss report, and not offered.
"""

from __future__ import annotations

import re

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerSpec, Problem, Step

REWRITE = re.compile(
    r"\b(?:simplify|factor|multiply|expand|add|subtract|divide|find the (?:product|sum|difference|quotient))\b", re.I
)
OTHERWISE = re.compile(
    r"\?|greatest common|solution|coefficient|constant term|round|estimate|equation|percent|if ", re.I
)
"""Words of questions whose answer is something else than the formula rewritten."""

RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|approx|neq)(?![a-z])|log|ln|@\{")


def is_doubtful(problem: Problem, step: Step) -> bool:
    """Tell whether a step asks to rewrite the one formula that it shows and has a key that is not equal to it."""
    if step.answer.kind not in ("number", "expression") or step.answer.unit:
        return False
    parts = f"{problem.body} {step.prompt}".split("$$")
    words, formulas = " ".join(parts[::2]), parts[1::2]
    if len(formulas) != 1 or not REWRITE.search(words) or OTHERWISE.search(words) or RELATION.search(formulas[0]):
        return False
    key = step.answer.keys[0]
    if check(AnswerSpec("expression", (key,)), formulas[0]).outcome != "wrong":
        return False
    # A root of an unknown is simplified as if the unknown were positive: equal squares are good enough there.
    rooted = "sqrt" in formulas[0] and re.search(r"[a-z]", key)
    return not (rooted and check(AnswerSpec("expression", (f"({key})^2",)), f"({formulas[0]})^2").correct)
