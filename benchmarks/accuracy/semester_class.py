"""Simulated learners who work through days, and how often a minute of each way of working lets them practise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from headway.core.curriculum.catalogue import Floats, grade_level
from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.ready import MINUTES, ready_for
from headway.core.environment.instruction.today import Sitter
from headway.core.events import Response
from headway.core.evidence.course import ENOUGH, Course, minds_of
from headway.core.mastery.criterion import judge
from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.mastery.state import Evidence
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.core.profile.profile import Profile, new_profile

Seats = list[list[tuple[str, int]]]
"""By block and learner: the way of working and the skill, -1 for no task."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a term takes place, and on which grades, the learners' own first. ``worth`` is what a minute of a way of
    working *really* brings compared with own practice on a device, by its id, ``""`` for paper; what the planner assumes
    stands in the model. With ``readiness`` an adult brings more only on a skill all of whose prerequisites the learner's
    mind holds."""

    model: Model
    learners: int
    days: int
    grades: tuple[str, ...]
    worth: Mapping[str, float]
    readiness: bool = False


@dataclass(slots=True, eq=False)
class Spent:
    """What became of the learners' minutes, in minutes with what they are worth: in all, with an adult, without a seat, and on
    skills that the mind held already."""

    worth: float = 0.0
    led: float = 0.0
    paper: float = 0.0
    held: float = 0.0
    by: dict[str, float] = field(default_factory=dict)


class Learners:
    """Learners at work."""

    def __init__(self, goal: Course, generator: str, setting: Setting, seed: int) -> None:
        rng = np.random.default_rng([seed, *generator.encode()])
        self.setting, self.count = setting, setting.learners
        self.course, self.curriculum = goal, goal.curriculum
        self.minds = minds_of(generator, goal, self.count, rng, np.random.default_rng(seed))
        self.model = MODELS[DEFAULT_MODEL]
        self.profiles: list[Profile] = [
            new_profile(str(n), grade=goal.grade, model=DEFAULT_MODEL) for n in range(self.count)
        ]
        self.luck = [np.random.default_rng(int(one)) for one in rng.integers(2**62, size=self.count)]
        self.rank = np.argsort(np.argsort(self.minds.prior))
        self.led = {each.id for each in setting.model.modalities if each.run_by}
        self.spent = Spent()

    def sitters(self, now: float) -> list[Sitter]:
        """What each learner is ready for, by the served model."""
        plan = replace(DEFAULT_PLAN, model=DEFAULT_MODEL)
        return [
            Sitter(
                ready_for(
                    Situation(
                        p, plan, self.curriculum, self.model, self.model.belief(p.state, self.curriculum, now), 0, now
                    )
                )
            )
            for p in self.profiles
        ]

    def live(self, seats: Seats, sitters: Sequence[Sitter], morning: float) -> None:
        """Let a day happen. Whoever has no task works on paper on the best skill that is not in their day, and nobody hears of
        it; without paper (worth 0) they do nothing."""
        for block, row in zip(self.setting.model.planned(), seats, strict=True):
            now = morning + block.begin * 60.0
            held = self.minds.held(np.full(self.count, now))
            for learner, (way, given) in enumerate(row):
                skill = given if given >= 0 else self._own(learner, seats, sitters)
                worth = self.worth(way if given >= 0 else "", skill, held[learner])
                if skill >= 0 and worth > 0.0:
                    self._count(way if given >= 0 else "", block.minutes * worth, bool(held[learner, skill]))
                    self.practise(learner, skill, round(block.minutes / MINUTES * worth), now, given >= 0)

    def worth(self, way: str, skill: int, held: np.ndarray) -> float:
        """What a minute really brings."""
        found = self.setting.worth[way]
        before = self.curriculum.before[self.curriculum.before_at[skill] : self.curriculum.before_at[skill + 1]]
        if self.setting.readiness and way in self.led and not bool(held[before].all()):
            return min(found, 1.0)
        return found

    def go_on(self) -> None:
        """Whoever has mastered nine of ten skills of their grade by the criterion goes on to the next."""
        grades, c = self.setting.grades, self.curriculum
        for learner, profile in enumerate(self.profiles):
            at = grades.index(profile.grade)
            if at + 1 < len(grades):
                known = self.model.belief(profile.state, c, 0.0).row[c.level == grade_level(profile.grade)]
                mastered = profile.state.skills["mastered_at"][known[known >= 0]] > 0.0
                if mastered.sum() >= ENOUGH * len(known):
                    self.profiles[learner] = replace(profile, grade=grades[at + 1])

    def _own(self, learner: int, seats: Seats, sitters: Sequence[Sitter]) -> int:
        done = {row[learner][1] for row in seats}
        return next((ready.skill for ready in sitters[learner].ready if ready.skill not in done), -1)

    def _count(self, way: str, minutes: float, held: bool) -> None:
        self.spent.worth += minutes
        self.spent.led += minutes * (way in self.led)
        self.spent.paper += minutes * (way == "")
        self.spent.held += minutes * held
        self.spent.by[way] = self.spent.by.get(way, 0.0) + minutes

    def practise(self, learner: int, skill: int, problems: int, now: float, told: bool = True) -> None:
        """Work on problems of a skill; the mind learns, and the model hears of every answer unless it is on paper."""
        c, luck = self.curriculum, self.luck[learner]
        activities = c.skill_activities[c.skill_activities_at[skill] : c.skill_activities_at[skill + 1]]
        state = self.profiles[learner].state
        for at in range(problems):
            activity = int(activities[int(luck.random() * len(activities))])
            item, moment = int(c.activity_items[c.activity_items_at[activity]]), now + at * MINUTES * 60.0
            right = bool(luck.random() < self.minds.chance(learner, item, moment))
            self.minds.practise(learner, item, right, moment, luck.random(), luck.random())
            if not told:
                continue
            skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
            state = self.model.update(state, c, Evidence(skills, float(c.difficulty[item]), right, moment, item=item))
            answer = Response("", str(learner), c.activities[activity].id, 0, "", (), "", right, moment, simulated=True)
            state, _ = judge(state, c, answer, skills, DEFAULT_MODEL)
        self.profiles[learner] = replace(self.profiles[learner], state=state)

    def held(self, now: float) -> Floats:
        """Skills of the grade, and of all that it builds on, that each learner's mind holds; shape [2, L]."""
        held = self.minds.held(np.full(self.count, now))
        return np.array([held[:, self.course.goal].sum(1), held.sum(1)], dtype=np.float64)
