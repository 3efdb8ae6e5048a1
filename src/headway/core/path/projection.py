"""When a goal will probably be reached: a forecast with an interval, and what more practice would change.

Two things are uncertain, and both are drawn. *How many answers it takes*: true abilities are drawn from the belief, grow
with each practice by what the model expects a practice to add, and the learner's answers go through the served model and the
mastery criterion until each skill is reached. *How much is practised*: weeks are drawn from
the learner's own last weeks, with one week of usual practice among them so that a new learner has a forecast too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.events import Response
from headway.core.mastery.criterion import judge
from headway.core.mastery.kernels import chance
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import Evidence, State

DRAWS = 32
MOST_ANSWERS = 60
"""Answers to one skill at which a draw stops: beyond that the forecast says "long", not how long."""
TOGETHER = 0.5
"""Correlation of what is not known about a learner's skills: who is better than believed in one is better in others."""
USUAL_WEEK = 30
"""First answers in a usual week of a learner of whom nothing is known."""
SCHOOL_DAYS = 5
INSIDE = 0.8
"""Share of the draws inside of the interval."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody has practised: first answers in each of the last weeks, and minutes that one takes with all that
    belongs to it."""

    weeks: tuple[int, ...] = ()
    minutes: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Effort:
    """First answers until every skill is reached, by draw: int64 [D, S]."""

    answers: NDArray[np.int64] = field(default_factory=lambda: np.zeros((DRAWS, 0), np.int64))


@dataclass(frozen=True, slots=True)
class Projection:
    """A forecast in weeks from now: ``early`` and ``late`` hold four of five draws between them, ``middle`` is the median;
    ``on_time`` the share of draws that are done by the goal's day; ``answers`` the median number of first answers."""

    early: float
    middle: float
    late: float
    on_time: float
    answers: int


def effort(
    model: LearnerModel, state: State, curriculum: Curriculum, skills: Sequence[int], now: float, *, seed: int
) -> Effort:
    """Draw how many first answers it takes to reach the skills (numbers), one after the other, from ``now`` on."""
    rng = np.random.default_rng(seed)
    belief = model.belief(state, curriculum, now)
    growth = _growth(model, state, curriculum, skills, now)
    out = np.zeros((DRAWS, len(skills)), np.int64)
    for draw in range(DRAWS):
        shared, own, at = float(rng.normal()), rng.normal(size=len(skills)), now
        here = state
        for place, skill in enumerate(skills):
            deviation = sqrt(TOGETHER) * shared + sqrt(1.0 - TOGETHER) * float(own[place])
            truth = float(belief.mean[skill]) + deviation * sqrt(float(belief.variance[skill]))
            here, count = _practise(model, here, curriculum, skill, truth, growth[place], at, rng.random(MOST_ANSWERS))
            out[draw, place] = count
            at += count * 60.0
    return Effort(out)


def project(found: Effort, pace: Pace, weeks: float, *, extra_minutes: float = 0.0, seed: int = 0) -> Projection:
    """Turn effort into weeks at the learner's pace; ``weeks`` is how far away the goal's day is, ``extra_minutes`` is what is
    added on each of five days a week. Raises ValueError for a negative number of minutes."""
    if extra_minutes < 0.0:
        raise ValueError(f"{extra_minutes} minutes more: use 0 or more")
    rng = np.random.default_rng(seed)
    seen = np.array([*pace.weeks, USUAL_WEEK], float)
    rates = np.maximum(rng.choice(seen, size=(len(found.answers), max(len(seen), 4))).mean(axis=1), 1.0)
    rates = rates + extra_minutes * SCHOOL_DAYS / max(pace.minutes, 0.1)
    totals = found.answers.sum(axis=1)
    taken = totals / rates
    early, middle, late = np.quantile(taken, [(1.0 - INSIDE) / 2, 0.5, (1.0 + INSIDE) / 2]).tolist()
    return Projection(early, middle, late, float((taken <= weeks).mean()), round(float(np.median(totals))))


def _growth(model: LearnerModel, state: State, c: Curriculum, skills: Sequence[int], now: float) -> list[float]:
    """Logits that one practice adds to each skill, as the model has it (right and wrong weighed by the belief's own chance,
    so that what an answer only reveals averages out); never below 0."""
    before, found = model.belief(state, c, now), []
    for skill in skills:
        difficulty = float(c.base[skill])
        mean, only = float(before.mean[skill]), np.array([skill], np.int32)
        share = float(chance(mean - difficulty, float(before.variance[skill])))
        after = [
            float(model.belief(model.update(state, c, Evidence(only, difficulty, right, now)), c, now).mean[skill])
            for right in (True, False)
        ]
        found.append(max(share * after[0] + (1.0 - share) * after[1] - mean, 0.0))
    return found


def _practise(
    model: LearnerModel,
    state: State,
    c: Curriculum,
    skill: int,
    truth: float,
    growth: float,
    at: float,
    luck: Floats,
) -> tuple[State, int]:
    """Answer items of a skill until the criterion says that it is reached; return the state then, and how many it took."""
    numbers = c.skill_activities[c.skill_activities_at[skill] : c.skill_activities_at[skill + 1]]
    items = [int(c.activity_items[c.activity_items_at[number]]) for number in numbers.tolist()]
    difficulties = sorted((float(c.difficulty[item]), item) for item in items)
    only = np.array([skill], np.int32)
    for n in range(MOST_ANSWERS):
        difficulty, item = min(difficulties, key=lambda pair: abs(pair[0] - (truth - WANTED)))
        correct = bool(luck[n] < 1.0 / (1.0 + exp(difficulty - truth)))
        then = at + n * 60.0
        state = model.update(state, c, Evidence(only, difficulty, correct, then, item=item))
        answer = Response("", "", "", 0, c.items[item], (c.skills[skill].id,), "", correct, then)
        state, entries = judge(state, c, answer, only, model.name)
        truth += growth
        if any(entry.kind == "reached" for entry in entries):
            return state, n + 1
    return state, MOST_ANSWERS


WANTED = log(0.78 / 0.22)
"""How far below the ability practice lies, in logits, for a right first answer in about four of five."""
