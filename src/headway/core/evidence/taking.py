"""Learners from a fitted generator take a course through the real loop, under any policy, and what came of it.

Each day has so many minutes. The learner answers what the loop gives; a wrong first answer is followed by the worked solution.
Whether a skill is held is asked of the learner's mind, never of the model that the policy reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.random import Generator

from headway.core.curriculum.catalogue import Floats
from headway.core.events import Decision, Event, Response, Start
from headway.core.evidence.course import ENOUGH, USUAL, Course, Terms, minds_of
from headway.core.evidence.minds import Bools, Minds
from headway.core.evidence.term import school_days
from headway.core.loop import Outcome, Turn, step
from headway.core.mastery.kernels import DAY
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Policy
from headway.core.profile.profile import new_profile

SECONDS, SPREAD, SOLUTION = 40.0, 0.4, 20.0
"""Median time for an answer and its spread in logs; time to read a worked solution."""


@dataclass(slots=True, eq=False)
class CourseRun:
    """What came of it, by learner. ``activities`` until mastery of the course (all there were, where it was not ``reached``),
    ``ledger`` the same by the mastery ledger, ``held`` share of the goal held when the budget was spent, ``kept`` share still
    held some weeks later, ``prior`` ability at the beginning; ``changes`` counts consecutive activities, and how many differ in
    skill; ``right`` first answers, and how many were right."""

    activities: Floats
    reached: Bools
    ledger: Floats
    ledger_reached: Bools
    held: Floats
    kept: Floats
    prior: Floats
    changes: tuple[int, int] = (0, 0)
    right: tuple[int, int] = (0, 0)
    decisions: list[Decision] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)


def take(
    course: Course,
    generator: str,
    policy: Policy,
    count: int,
    seed: int,
    terms: Terms = USUAL,
    *,
    world: int | None = None,
    keep: bool = False,
    plan: EffectivePlan = DEFAULT_PLAN,
    progress: Callable[[int], None] = lambda day: None,
) -> CourseRun:
    """Let ``count`` learners take the course under a policy; the same seed gives the same learners with the same luck.

    ``world`` is the seed of what learners have in common, true difficulties above all (the same seed where it is None). A
    learner who has mastered the course, in the mind and in the ledger, and has spent the budget is done. ``keep`` keeps
    decisions and responses. Raises ValueError for an unknown generator.
    """
    rng = np.random.default_rng([seed, *generator.encode()])
    minds = minds_of(generator, course, count, rng, np.random.default_rng(seed if world is None else world))
    play = _Play(course, minds, rng, policy, replace(plan, policy=policy.name), keep)
    for day, begins in enumerate(school_days(terms.days), 1):
        play.day(begins, terms.minutes * 60.0, everyone=day <= terms.budget)
        if day == terms.budget:
            play.measure(begins, terms.after)
        progress(day)
        if day >= terms.budget and play.finished():
            break
    return play.result()


class _Play:
    """The learners at work."""

    def __init__(
        self, course: Course, minds: Minds, rng: Generator, policy: Policy, plan: EffectivePlan, keep: bool
    ) -> None:
        count = len(minds.prior)
        self.course, self.minds, self.plan, self.keep = course, minds, plan, keep
        self.policies: Mapping[str, Policy] = {**POLICIES, policy.name: policy}
        self.pace = np.exp(0.3 * rng.normal(size=count))
        self.rngs = [np.random.default_rng(int(seed)) for seed in rng.integers(2**62, size=count)]
        self.luck = [rng.random((256, 4)) for rng in self.rngs]
        self.profiles = [new_profile(str(n), grade=course.grade, model=plan.model) for n in range(count)]
        self.events = np.zeros(count, np.int64)
        self.done = np.zeros(count, np.int64)
        self.solution = [False] * count
        self.last = [""] * count
        self.run = CourseRun(
            np.zeros(count), np.zeros(count, np.bool_), np.zeros(count), np.zeros(count, np.bool_), np.zeros(count),
            np.zeros(count), minds.prior,
        )  # fmt: skip
        self.needed = int(np.ceil(ENOUGH * len(course.goal)))
        self.tally = np.zeros(4, np.int64)

    def day(self, begins: float, seconds: float, *, everyone: bool) -> None:
        """Practise until the day's time is over; who has mastered the course comes only while ``everyone`` does."""
        run = self.run
        clock = np.full(len(self.profiles), begins)
        present = [n for n in range(len(clock)) if everyone or not (run.reached[n] and run.ledger_reached[n])]
        while present:
            turns = [Turn(self.profiles[n], self.plan, self._event(n, clock), clock[n]) for n in present]
            for n, turn, outcome in zip(
                present, turns, step(turns, self.course.curriculum, policies=self.policies), strict=True
            ):
                self._moved(n, turn.event, outcome)
            self._mastered(present, clock)
            present = [n for n in present if clock[n] < begins + seconds and self.profiles[n].current.activity]

    def _event(self, n: int, clock: Floats) -> Event:
        self.events[n] += 1
        name, current, now = f"{n}-{self.events[n]}", self.profiles[n].current, float(clock[n])
        if not current.activity:
            return Start(name, str(n), now, simulated=True)
        c = self.course.curriculum
        activity = c.activity_of(current.activity)
        item = int(c.activity_items[c.activity_items_at[activity] + current.step])
        info = c.activities[activity].items[current.step]
        if self.solution[n]:
            self.solution[n] = False
            clock[n] += SOLUTION
            return Response(
                name, str(n), current.activity, current.step, info.id, info.skills, "", False, float(clock[n]), 2,
                shown=True, seconds=SOLUTION, simulated=True,
            )  # fmt: skip
        luck = self._luck(n)
        right = bool(luck[0] < self.minds.chance(n, item, now))
        taken = self.pace[n] * SECONDS * float(np.exp(2.0 * SPREAD * (luck[2] - 0.5)))
        self.minds.practise(n, item, right, now, float(luck[1]), float(luck[3]))
        self.solution[n] = not right
        self.tally[2] += 1
        self.tally[3] += right
        clock[n] += taken
        return Response(
            name, str(n), current.activity, current.step, info.id, info.skills, "", right, float(clock[n]),
            seconds=taken, simulated=True,
        )  # fmt: skip

    def _luck(self, n: int) -> Floats:
        """The next row of a learner's luck: the same answer has the same luck under every policy."""
        at = int(self.done[n])
        if at >= len(self.luck[n]):
            self.luck[n] = np.concatenate([self.luck[n], self.rngs[n].random((len(self.luck[n]), 4))])
        row: Floats = self.luck[n][at]
        return row

    def _moved(self, n: int, event: Event, outcome: Outcome) -> None:
        self.profiles[n] = outcome.profile
        self.done[n] = outcome.profile.activities
        if outcome.decision is not None:
            skill = outcome.decision.skill
            if self.last[n]:
                self.tally[0] += 1
                self.tally[1] += skill != self.last[n]
            self.last[n] = skill
        if outcome.entries and not self.run.ledger_reached[n]:
            states = outcome.profile.state.skills
            keys = states["key"][states["mastered_at"] > 0.0]
            goal = self.course.curriculum.keys[self.course.goal]
            if int(np.isin(goal, keys).sum()) >= self.needed:
                self.run.ledger_reached[n], self.run.ledger[n] = True, self.done[n]
        if self.keep:
            if outcome.decision is not None:
                self.run.decisions.append(outcome.decision)
            if isinstance(event, Response):
                self.run.responses.append(event)

    def _mastered(self, present: list[int], clock: Floats) -> None:
        """Note who holds enough of the goal now, in the mind."""
        held = self.minds.held(clock)[:, self.course.goal].sum(1)
        for n in present:
            if not self.run.reached[n] and held[n] >= self.needed:
                self.run.reached[n], self.run.activities[n] = True, self.done[n]

    def measure(self, begins: float, after: float) -> None:
        """The budget is spent: what is held now, and what would be ``after`` days later without practice."""
        now = np.full(len(self.profiles), begins + DAY / 24)
        self.run.held = self.minds.held(now)[:, self.course.goal].mean(1)
        self.run.kept = self.minds.held(now + after * DAY)[:, self.course.goal].mean(1)

    def finished(self) -> bool:
        """Whether everybody has mastered the course, in the mind and in the ledger."""
        return bool((self.run.reached & self.run.ledger_reached).all())

    def result(self) -> CourseRun:
        """Fill in what was not reached and the counts."""
        run = self.run
        run.activities[~run.reached] = self.done[~run.reached]
        run.ledger[~run.ledger_reached] = self.done[~run.ledger_reached]
        run.changes = (int(self.tally[0]), int(self.tally[1]))
        run.right = (int(self.tally[2]), int(self.tally[3]))
        return run
