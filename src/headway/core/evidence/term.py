"""A term with simulated learners: school days of practice through the real loop, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.generators.base import generate
from headway.core.curriculum.generators.contexts import INTERESTS
from headway.core.events import Decision, Event, Response
from headway.core.evidence.simulate import TYPICAL, Population, Problems, Pupil, draw, enrol, play
from headway.core.loop import Outcome
from headway.core.mastery.kernels import DAY
from headway.core.mastery.metrics import Metrics, measure
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan

FIRST_DAY = 1_788_768_000.0
"""A Monday morning, 08:00 UTC; simulated terms begin there unless told otherwise."""
SECURE = 0.6
"""Strength in logits above a middle item from which a simulated learner truly has a skill."""


@dataclass(frozen=True, slots=True)
class TermReport:
    """Means over learners unless said otherwise. ``mastered`` skills in the ledger at the end, ``truly_secure`` the
    share of them that the learners' minds really hold, ``kept`` the share that they still hold 30 days later,
    ``gained`` skills that became secure in the mind; ``success`` share of first answers right, ``interleaved`` share
    of consecutive activities with different skills, ``prediction`` how well first answers were foreseen."""

    learners: int
    responses: int
    activities: float
    mastered: float
    truly_secure: float
    kept: float
    gained: float
    success: float
    interleaved: float
    prediction: Metrics


@dataclass(slots=True, eq=False)
class Term:
    """A term as it was lived: the pupils at its end and all that happened, in order."""

    curriculum: Curriculum
    pupils: list[Pupil]
    happened: list[tuple[Event, Outcome]]
    ends: float
    secure_before: int


def school_days(count: int, begins: float = FIRST_DAY) -> list[float]:
    """Return the beginnings of ``count`` school days, Monday to Friday, from a Monday on."""
    return [begins + (n // 5 * 7 + n % 5) * DAY for n in range(count)]


def cohort(
    curriculum: Curriculum,
    grades: Sequence[str],
    count: int,
    seed: int,
    *,
    plan: EffectivePlan = DEFAULT_PLAN,
    population: Population = TYPICAL,
) -> list[Pupil]:
    """Draw ``count`` pupils, the grades in turn; the same seed gives the same pupils under any plan."""
    rng, pupils, likes = np.random.default_rng(seed), [], sorted(INTERESTS)
    for number in range(count):
        interests = tuple(likes[n] for n in sorted(rng.choice(len(likes), 2, replace=False).tolist()))
        grade = grades[number % len(grades)]
        mind = draw(f"sim-{number:04d}", grade, curriculum, rng, population=population, interests=interests)
        pupils.append(enrol(mind, np.random.default_rng([seed, number]), plan))
    return pupils


def live(
    curriculum: Curriculum,
    pupils: list[Pupil],
    days: Sequence[float],
    *,
    daily: int = 10,
    problems: Problems = generate,
    progress: Callable[[int], None] = lambda day: None,
) -> Term:
    """Let the pupils who attend finish ``daily`` activities on each day, all side by side; ``progress`` is told the
    days done."""
    happened: list[tuple[Event, Outcome]] = []
    secure_before = _secure(curriculum, pupils, days[0])
    for done, day in enumerate(days, 1):
        present = [pupil for pupil in pupils if pupil.rng.random() < pupil.mind.attendance]
        clock = {pupil.mind.id: day + float(pupil.rng.uniform(0.0, 3600.0)) for pupil in present}
        goal = {pupil.mind.id: pupil.profile.activities + daily for pupil in present}
        while present:
            batch = play(present, curriculum, [clock[pupil.mind.id] for pupil in present], problems)
            happened += batch
            for event, _ in batch:
                clock[event.learner] += 5.0 + (event.seconds if isinstance(event, Response) else 0.0)
            present = [p for p in present if p.profile.activities < goal[p.mind.id] and p.profile.current.activity]
        progress(done)
    return Term(curriculum, pupils, happened, days[-1] + DAY / 4, secure_before)


def _secure(curriculum: Curriculum, pupils: list[Pupil], now: float) -> int:
    """Count the skills with activities that the pupils' minds hold."""
    usable = np.flatnonzero(np.diff(curriculum.skill_activities_at)).tolist()
    return sum(pupil.mind.strength(skill, now) > SECURE for pupil in pupils for skill in usable)


def report(term: Term) -> TermReport:
    """Sum a term up."""
    pupils, count = term.pupils, len(term.pupils)
    mastered = [(p, c) for p in pupils for c in _mastered(p, term.curriculum)]
    held = [p.mind.strength(c, term.ends) > SECURE for p, c in mastered]
    kept = [p.mind.strength(c, term.ends + 30 * DAY) > SECURE for p, c in mastered]
    decisions = [outcome.decision for _, outcome in term.happened if outcome.decision is not None]
    firsts = [e for e, _ in term.happened if isinstance(e, Response) and e.attempt == 1 and e.step == 0]
    foreseen = {(d.learner, d.activity): d.predicted for d in decisions}
    scored = [(e.correct and e.hints == 0, foreseen[e.learner, e.activity]) for e in firsts]
    return TermReport(
        learners=count,
        responses=sum(isinstance(event, Response) for event, _ in term.happened),
        activities=sum(p.profile.activities for p in pupils) / count,
        mastered=len(mastered) / count,
        truly_secure=float(np.mean(held)) if held else 0.0,
        kept=float(np.mean(kept)) if kept else 0.0,
        gained=(_secure(term.curriculum, pupils, term.ends) - term.secure_before) / count,
        success=float(np.mean([e.correct for e in firsts])) if firsts else 0.0,
        interleaved=_interleaved(decisions),
        prediction=measure(np.array([y for y, _ in scored], np.int8), np.array([p for _, p in scored])),
    )


def _mastered(pupil: Pupil, curriculum: Curriculum) -> list[int]:
    states = pupil.profile.state.skills
    keys = set(states["key"][states["mastered_at"] > 0.0].tolist())
    return [number for number, key in enumerate(curriculum.keys.tolist()) if key in keys]


def _interleaved(decisions: list[Decision]) -> float:
    last: dict[str, str] = {}
    changes = []
    for decision in decisions:
        if decision.learner in last:
            changes.append(last[decision.learner] != decision.skill)
        last[decision.learner] = decision.skill
    return float(np.mean(changes)) if changes else 0.0
