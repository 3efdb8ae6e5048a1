"""Adapters from the published suites of answer checkers to our checker, one function a suite.

Each takes one case and returns whether our judgement is the one the suite expects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from headway.core.coaching.checking import check
from headway.core.coaching.equivalence import equivalent
from headway.core.coaching.numeric import MP, Evaluator, OffDomain, Value
from headway.core.coaching.parser import parse
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import Group, ParseError
from headway.core.coaching.work import TooHard, Work
from headway.core.curriculum.problems import AnswerKind, AnswerSpec, Strictness

Case = Mapping[str, Any]
_BRACKETED = re.compile(r"\s*(\\left)?[(\[].*[)\]]\s*")

RULES: dict[str, Strictness] = {
    "MatchesExactlyWith": "exact",
    "MatchesUpToTrivialManipulations": "form",
    "IsEquivalentTo": "equivalent",
}


def oppia(case: Case) -> bool:
    """Three strictness rules over pairs of expressions, equations and numbers."""
    kind: AnswerKind = "equation" if case["kind"] == "MathEquationInput" else "expression"
    got = equivalent(case["key"], case["student"], strictness=RULES[case["rule"]], kind=kind)
    return (got is True) == bool(case["expected"])


def imathas(case: Case) -> bool:
    """Values of expressions at given values of their variables."""
    values = case["vars"]
    tree = parse(case["expr"], Reading(tuple(values)))
    wanted = case["expected_php"].replace("M_PI", "pi").replace("M_E", "e").replace("asin", "arcsin")
    expected = parse(wanted)
    if isinstance(tree, ParseError) or isinstance(expected, ParseError):
        return False
    point = {name: MP.mpf(value) for name, value in values.items()}
    for real in (True, False):
        try:
            evaluator = Evaluator(Work(), real)
            got = evaluator.at(tree, point)
            return bool(abs(got - _complex(expected, evaluator)) < 1e-6)
        except (OffDomain, TooHard, KeyError):
            continue
    return False


def _complex(tree: Any, evaluator: Evaluator) -> Value:
    if isinstance(tree, Group):
        parts = [evaluator.at(item, {}) for item in tree.items]
        return parts[0] + MP.mpc(0, 1) * (parts[1] if len(parts) > 1 else 0)
    return evaluator.at(tree, {})


def perseus(case: Case) -> bool:
    """Khan Academy's scoring of numbers and expressions, for the rubrics that have a like in ours."""
    given = case["student"] or ""
    expected = {"correct": {"right"}, "incorrect": {"wrong", "form", "unit"}, "invalid": {"unreadable", "unsure"}}
    return _perseus_outcome(case, given) in expected[case["expected"]]


def _perseus_outcome(case: Case, given: str) -> str:
    rubric = case["rubric"]
    if case["widget"] == "number":
        forms = rubric.get("forms")
        spec = AnswerSpec("number", (rubric["correctAnswer"],), tolerance=1e-9,
                          form="fraction" if forms else ("" if "/" not in given and "frac" not in given
                                                         else "simplest-fraction"))  # fmt: skip
        return check(spec, given).outcome
    if case["widget"] == "expression":
        for answer in rubric["answerForms"]:
            kind: AnswerKind = "equation" if "=" in answer["value"] else "expression"
            outcome = check(AnswerSpec(kind, (answer["value"],)), given)
            if outcome.correct:
                return {"correct": "right", "wrong": "wrong", "ungraded": "unsure"}[answer["considered"]]
        letters = set(re.findall(r"[A-Za-z]", "".join(a["value"] for a in rubric["answerForms"])))
        strange = set(re.findall(r"[A-Za-z]", given)) - letters - set(rubric.get("extraKeys", ())) - set("sqrtdiv")
        return "unreadable" if strange and outcome.outcome == "wrong" else outcome.outcome
    for answer in rubric["answers"]:
        if answer.get("value") is None:
            continue
        fraction = "improper" in answer.get("answerForms", ())
        verdict = check(AnswerSpec("number", (repr(answer["value"]),), tolerance=max(answer.get("maxError") or 0, 1e-9),
                                   form="fraction" if fraction else ""), given)  # fmt: skip
        if verdict.correct:
            return "right" if answer["status"] == "correct" else "wrong"
    return verdict.outcome


def math_verify(case: Case) -> bool:
    """Gold and prediction cut out of prose as its authors do: the last box, else the last formula."""
    gold, given = extract(case["gold"]), extract(case["pred"])
    expected = bool(case.get("expected", case.get("result")))
    if not gold or len(gold) > 300 or len(given) > 300:
        return not expected
    kind: AnswerKind = "expression"
    if re.search(r"[<>]|\\[lg]e|\\in\b|\\cup", gold + given):
        kind = "inequality"
    elif "=" in gold and "=" in given:
        kind = "equation"
    elif re.search(r"[,;]", re.sub(r"\d,\d{3}(?!\d)", "", gold)) and not _BRACKETED.fullmatch(gold):
        kind = "set"
    return check(AnswerSpec(kind, (gold,)), given).correct == expected


def extract(text: str) -> str:
    """Return what a text gives as its answer."""
    boxes = re.findall(r"\\boxed\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", text)
    if boxes:
        return ", ".join(boxes) if text.count("oxed") == len(boxes) > 1 and len(text) < 200 else str(boxes[-1])
    found = re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+)\$|\\\[(.+?)\\\]|\\\((.+?)\\\)", text, re.DOTALL)
    return next(part for part in found[-1] if part) if found else text
