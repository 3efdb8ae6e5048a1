"""Which misconceptions one wrong answer speaks for: what is recorded with the response and folded into the profile.

The answers that the item's author expects of a misconception are compared first, because that costs next to nothing. Only
an answer that none of them explains, to a problem in symbols, is held against the mal-rules.
"""

from __future__ import annotations

from headway.core.coaching.checking import check
from headway.core.coaching.diagnosis import ALLEGED, PRIORS, Diagnosis, diagnose
from headway.core.coaching.items import task_of_step
from headway.core.coaching.malrules.rule import malrules
from headway.core.curriculum.problems import AnswerSpec, Step

Suspects = tuple[tuple[str, float], ...]
"""Misconceptions with the probability that each led to the answer, by this answer alone; the rest is a slip or anything
else. At most four, the likeliest first, four decimals."""

MOST = 4
LEAST = 0.05
GUESSED = 0.6
"""Share of wrong choices that no misconception made: they fall on any of the wrong ones."""


def suspects_of(step: Step, answer: str, *, deep: bool = True) -> Suspects:
    """The suspects of a wrong answer. ``deep`` False leaves the mal-rules out (a few milliseconds)."""
    authored = list(
        dict.fromkeys(wrong.misconception for wrong in step.wrong if _gives(step.answer, wrong.answer, answer))
    )
    if step.answer.kind in ("choice", "choices"):
        return _of_choice(step.answer, authored)
    if authored:
        weights = {key: PRIORS.rule * _weight(key) for key in authored}
        return _shares(weights, PRIORS.unknown + _weight_of_guess())
    if not deep:
        return ()
    task = task_of_step(step)
    return () if task.start is None and task.story is None else suspects_in(diagnose(task, None, answer))


def suspects_in(found: Diagnosis) -> Suspects:
    """The suspects of a diagnosis, as when lines were written."""
    likely = [(h.id, round(h.probability, 4)) for h in found.misconceptions if h.probability >= LEAST]
    return tuple(likely[:MOST])


def alleged(suspects: Suspects) -> str:
    """The misconception that is more likely than everything else together, or an empty string."""
    return suspects[0][0] if suspects and suspects[0][1] > ALLEGED else ""


def _gives(spec: AnswerSpec, wrong: str, answer: str) -> bool:
    if wrong == answer:
        return True
    same = AnswerSpec(spec.kind, (wrong,), choices=spec.choices, unit=spec.unit, variables=spec.variables)
    return check(same, answer).correct


def _of_choice(spec: AnswerSpec, authored: list[str]) -> Suspects:
    if not authored:
        return ()
    others = max(len(spec.choices) - 1, 1)
    return _shares(dict.fromkeys(authored, (1 - GUESSED) / len(authored)), GUESSED / others)


def _weight(key: str) -> float:
    rule = malrules().get(key)
    return rule.weight if rule is not None else 1.0


def _weight_of_guess() -> float:
    """A slip that happens to give just the answer of a misconception."""
    return PRIORS.slip * 0.01


def _shares(weights: dict[str, float], other: float) -> Suspects:
    whole = sum(weights.values()) + other
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((key, round(weight / whole, 4)) for key, weight in ranked[:MOST])
