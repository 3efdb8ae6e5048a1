"""Simulated learners in the real loop: they answer real problems, and :func:`headway.core.loop.step` answers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import exp

from numpy.random import Generator

from headway.core.coaching.checking import check
from headway.core.coaching.suspects import suspects_of
from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.generators.base import generate
from headway.core.curriculum.problems import Problem, Step
from headway.core.events import Event, Response, Start
from headway.core.evidence.answers import right_answer, wrong_answer
from headway.core.evidence.learners import TYPICAL as TYPICAL
from headway.core.evidence.learners import Population as Population
from headway.core.evidence.learners import SimulatedLearner as SimulatedLearner
from headway.core.evidence.learners import draw as draw
from headway.core.evidence.learners import practise
from headway.core.evidence.planted import Planted, altered
from headway.core.loop import LAST_ATTEMPT, Outcome, Turn
from headway.core.loop import step as loop_step
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.profile import Profile, new_profile

CERTAINTY = 1.4
"""Slope of the answer curve: steeper than the served model's 1."""


@dataclass(frozen=True, slots=True)
class SimulatedAnswer:
    """What the learner typed, after how many seconds and hints, and which misconception led there ("" for none)."""

    text: str
    seconds: float
    hints: int = 0
    misconception: str = ""


def chance_of(learner: SimulatedLearner, curriculum: Curriculum, step: Step, now: float) -> float:
    """Return the chance that the learner knows the answer to a step: every skill of it is needed (a product)."""
    number = curriculum.item_number.get(step.item)
    skills = curriculum.skill_numbers(step.skills).tolist()
    chance = 1.0
    for skill in skills:
        hard = float(curriculum.difficulty[number] - curriculum.base[skill]) if number is not None else 0.0
        chance *= 1.0 / (1.0 + exp(-CERTAINTY * (learner.strength(skill, now) - hard)))
    return chance if skills else 0.5


def answer(
    learner: SimulatedLearner,
    problem: Problem,
    step: int,
    rng: Generator,
    *,
    curriculum: Curriculum,
    now: float,
    attempt: int = 1,
) -> SimulatedAnswer:
    """Let the learner answer one step of a problem, and learn from it.

    ``step`` is the step's index, ``now`` epoch seconds, ``attempt`` counts from 1.
    """
    asked = problem.steps[step]
    chance = chance_of(learner, curriculum, asked, now)
    if rng.random() < learner.rapid:
        return SimulatedAnswer(_wild(asked, rng), float(rng.uniform(0.8, 2.6)))
    hints = _hints(learner, asked, chance, attempt, rng)
    held = [wrong for wrong in asked.wrong if learner.holds(wrong.misconception)]
    knows = chance + (1.0 - chance) * (1.0 - 0.75**hints)
    if attempt > 1:
        knows = min(1.0, knows + 0.12 * attempt)
    if held and attempt == 1:
        knows *= 0.5 + 0.5 * chance  # who nearly has the skill seldom falls back into the old way of thinking
    guess = 1.0 / len(asked.answer.choices) if asked.answer.choices else 0.02
    right = rng.random() < knows * (1.0 - learner.slip) + (1.0 - knows) * guess
    seconds = learner.pace * float(rng.lognormal(3.2, 0.5)) * (1.25 - 0.5 * chance) + 12.0 * hints
    practise(learner, curriculum, curriculum.skill_numbers(asked.skills), chance, now)
    if right:
        return SimulatedAnswer(right_answer(asked.answer, rng), seconds, hints)
    if held and rng.random() < 0.8:
        wrong = held[int(rng.integers(len(held)))]
        if rng.random() < 0.4:
            learner.mended[wrong.misconception] = learner.mended.get(wrong.misconception, 0) + 1
        return SimulatedAnswer(wrong.answer, seconds, hints, wrong.misconception)
    return SimulatedAnswer(wrong_answer(asked.answer, rng), seconds, hints)


def _wild(step: Step, rng: Generator) -> str:
    """A rapid guess: any choice, or a slip; right only by luck."""
    count = len(step.answer.choices)
    return str(int(rng.integers(count))) if count and step.answer.kind == "choice" else wrong_answer(step.answer, rng)


def _hints(learner: SimulatedLearner, step: Step, chance: float, attempt: int, rng: Generator) -> int:
    """How many hints are opened: more when unsure and after a wrong attempt, none by those who avoid help."""
    if not step.hints or (learner.avoids_help and attempt < LAST_ATTEMPT):
        return 0
    wish = learner.help_seeking * (1.0 - chance) * (0.6 if attempt == 1 else 1.6)
    hints = 0
    while hints < min(len(step.hints), 3) and rng.random() < wish:
        hints += 1
    return hints


@dataclass(slots=True)
class Pupil:
    """A simulated learner at work: mind, profile, plan, source of chance, the number of events so far, and a habit planted on
    purpose (None: none)."""

    mind: SimulatedLearner
    profile: Profile
    rng: Generator
    plan: EffectivePlan = DEFAULT_PLAN
    events: int = 0
    problem: Problem | None = field(default=None, repr=False)
    planted: Planted | None = None


def enrol(mind: SimulatedLearner, rng: Generator, plan: EffectivePlan = DEFAULT_PLAN) -> Pupil:
    """Give a learner an empty profile."""
    return Pupil(mind, new_profile(mind.id, grade=mind.grade, interests=mind.interests, model=plan.model), rng, plan)


Problems = Callable[[str], Problem]
"""Concrete activity -> problem; generated ones need no other source than :func:`generate`."""


def play(
    pupils: Sequence[Pupil], curriculum: Curriculum, now: Sequence[float], problems: Problems = generate
) -> list[tuple[Event, Outcome]]:
    """Let each pupil do one thing at its own ``now`` (open practice, or answer), in one batch of the real loop.

    Returns the events with what became of them; the pupils' profiles are moved on.
    """
    turns = [
        Turn(pupil.profile, pupil.plan, _event(pupil, curriculum, at, problems), at)
        for pupil, at in zip(pupils, now, strict=True)
    ]
    outcomes = loop_step(turns, curriculum)
    for pupil, outcome in zip(pupils, outcomes, strict=True):
        pupil.profile, pupil.events = outcome.profile, pupil.events + 1
    return [(turn.event, outcome) for turn, outcome in zip(turns, outcomes, strict=True)]


def _event(pupil: Pupil, curriculum: Curriculum, now: float, problems: Problems) -> Event:
    current, name = pupil.profile.current, pupil.profile.learner
    event_id = f"sim-{name}-{pupil.events}"
    if not current.activity:
        return Start(event_id, name, now, simulated=True)
    if pupil.problem is None or pupil.problem.id != current.activity:
        pupil.problem = problems(current.activity)
    given = answer(
        pupil.mind, pupil.problem, current.step, pupil.rng, curriculum=curriculum, now=now, attempt=current.attempt
    )
    asked = pupil.problem.steps[current.step]
    if pupil.planted is not None and (instead := altered(pupil.planted, asked)) is not None:
        given = SimulatedAnswer(*instead)
    correct = check(asked.answer, given.text).correct
    return Response(
        id=event_id,
        learner=name,
        activity=current.activity,
        step=current.step,
        item=asked.item,
        skills=asked.skills,
        answer=given.text,
        correct=correct,
        at=now,
        attempt=current.attempt,
        hints=given.hints,
        seconds=given.seconds,
        misconception=given.misconception,
        simulated=True,
        suspects=() if correct else suspects_of(asked, given.text, deep=False),
    )
