"""A synthetic twin of a research data set: invented learners who answer like the real ones on average, and are none of them.

What is learned from the data are marginal distributions and a small model of answers: how likely a right answer is for a
skill, how much learners differ (the between-learner variance of the logit of being right, by moments), how long answers take
(log-normal, right and wrong apart), how many answers learners give (log-normal), on which days, with how many hints and tries.
Each table that is learned counts only what ``k`` learners or more share; what fewer share is not in the twin. Everything is
then drawn anew, so a row of the twin says nothing of any one child. It is for trying out an analysis; what that finds must be
run on the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Columns = dict[str, Column]


@dataclass(frozen=True, slots=True)
class Share:
    """Values with their shares; ``values`` may be of any type, ``shares`` add up to 1."""

    values: Column
    shares: NDArray[np.float64]

    def draw(self, count: int, rng: np.random.Generator) -> Column:
        """Draw values with replacement."""
        found: Column = self.values[rng.choice(len(self.values), count, p=self.shares)]
        return found


@dataclass(frozen=True, slots=True)
class Twin:
    """What was learned. ``skill_logit`` goes with ``skills``; ``spread`` is the standard deviation between learners in logits;
    ``answers`` and ``seconds`` are mean and standard deviation of logarithms (of seconds: for wrong and right)."""

    groups: Share
    skills: Share
    skill_logit: NDArray[np.float64]
    spread: float
    answers: tuple[float, float]
    seconds: tuple[tuple[float, float], tuple[float, float]]
    days: Share
    tries: tuple[Share, Share]
    hints: tuple[Share, Share]
    entries: float
    entry: Share
    probability: tuple[float, float]


def learn(learners: Columns, answers: Columns, mastery: Columns, *, k: int) -> Twin:
    """Learn from the columns of a research export. ``learners``: ``who``, ``group``; ``answers``: ``who``, ``skill``, ``day``,
    ``correct``, ``attempt``, ``hints``, ``seconds``; ``mastery``: ``who``, ``entry`` (skill and kind), ``probability``. Raises
    ValueError where no skill is shared by ``k`` learners."""
    who, first = answers["who"], answers["attempt"] == 1
    skills = _shared(answers["skill"], who, k)
    if not len(skills.values):
        raise ValueError(f"no skill was practised by {k} learners or more: a twin would have nothing in it")
    counts = np.unique(who, return_counts=True)[1]
    rates = [_logit(answers["correct"][first & (answers["skill"] == skill)]) for skill in skills.values]
    sides = [~answers["correct"], answers["correct"]]
    entries = _shared(mastery["entry"], mastery["who"], k)
    kept = np.isin(mastery["entry"], entries.values)
    sure = mastery["probability"][kept] if kept.any() else np.array([0.9])
    return Twin(
        groups=_shared(learners["group"], learners["who"], k),
        skills=skills,
        skill_logit=np.array(rates),
        spread=_between(who[first], answers["correct"][first]),
        answers=_logs(counts),
        seconds=(_logs(answers["seconds"][sides[0]]), _logs(answers["seconds"][sides[1]])),
        days=_shared(answers["day"], who, k),
        tries=(_shared(answers["attempt"][sides[0]], who[sides[0]], k), _shared(answers["attempt"][sides[1]], who[sides[1]], k)),
        hints=(_shared(answers["hints"][sides[0]], who[sides[0]], k), _shared(answers["hints"][sides[1]], who[sides[1]], k)),
        entries=float(kept.sum()) / max(len(learners["who"]), 1),
        entry=entries,
        probability=(float(sure.mean()), float(sure.std())),
    )  # fmt: skip


def draw(twin: Twin, count: int, rng: np.random.Generator) -> tuple[Columns, Columns, Columns]:
    """Draw ``count`` invented learners with their answers and ledger; the same columns as :func:`learn` takes, ``who`` from 0."""
    learners = {"who": np.arange(count), "group": twin.groups.draw(count, rng)}
    given = np.maximum(np.round(np.exp(rng.normal(*twin.answers, count))), 1).astype(np.int64)
    who = np.repeat(np.arange(count), given)
    total = len(who)
    place = rng.choice(len(twin.skills.values), total, p=twin.skills.shares)
    chance = 1.0 / (1.0 + np.exp(-(twin.skill_logit[place] + rng.normal(0.0, twin.spread, count)[who])))
    right = rng.random(total) < chance
    day = twin.days.draw(total, rng) if len(twin.days.values) else np.zeros(total, np.int64)
    order = np.lexsort((day, who))
    logs = np.where(right, rng.normal(*twin.seconds[1], total), rng.normal(*twin.seconds[0], total))
    answers = {
        "who": who, "skill": twin.skills.values[place], "day": day[order], "correct": right,
        "attempt": _either(twin.tries, right, rng, 1), "hints": _either(twin.hints, right, rng, 0),
        "seconds": np.maximum(np.round(np.exp(logs)), 1).astype(np.int64),
    }  # fmt: skip
    lines = rng.poisson(twin.entries, count) if len(twin.entry.values) else np.zeros(count, np.int64)
    of = np.repeat(np.arange(count), lines)
    sure = np.clip(rng.normal(*twin.probability, len(of)), 0.0, 1.0)
    entry = twin.entry.draw(len(of), rng) if len(of) else twin.entry.values[:0]
    return learners, answers, {"who": of, "entry": entry, "probability": np.round(sure, 4)}


def _shared(values: Column, who: Column, k: int) -> Share:
    """The values that ``k`` learners or more share, by how often they come."""
    found, place = np.unique(values, return_inverse=True)
    pairs = np.unique(np.column_stack([place, np.unique(who, return_inverse=True)[1]]), axis=0) if len(place) else place
    people = np.bincount(pairs[:, 0], minlength=len(found)) if len(place) else np.zeros(0, np.int64)
    times = np.bincount(place, minlength=len(found)).astype(np.float64)
    kept = people >= k
    total = float(times[kept].sum())
    return Share(found[kept], times[kept] / total if total else times[kept])


def _either(shares: tuple[Share, Share], right: Column, rng: np.random.Generator, usual: int) -> Column:
    """One draw for each answer, wrong ones and right ones from their own shares."""
    wrong, good = (each.draw(len(right), rng) if len(each.values) else np.full(len(right), usual) for each in shares)
    return np.where(right, good, wrong)


def _logs(values: Column) -> tuple[float, float]:
    logs = np.log(np.maximum(values.astype(np.float64), 1.0)) if len(values) else np.zeros(1)
    return float(logs.mean()), float(logs.std())


def _logit(right: Column) -> float:
    return float(np.log((right.sum() + 0.5) / (len(right) - right.sum() + 0.5)))


def _between(who: Column, right: Column) -> float:
    """Standard deviation between learners of the logit of being right, without the part that chance alone gives."""
    place = np.unique(who, return_inverse=True)[1]
    n = np.bincount(place)
    good = np.bincount(place, right)
    logit = np.log((good + 0.5) / (n - good + 0.5))
    chance = 1.0 / (good + 0.5) + 1.0 / (n - good + 0.5)
    many = n >= 5
    return float(np.sqrt(max(logit[many].var() - chance[many].mean(), 0.0))) if many.sum() > 1 else 0.0
