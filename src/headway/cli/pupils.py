"""The learners of Maple at work: a simulated mind, and where the real loop has put the learner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from numpy.random import Generator

from headway.cli.maple import DISTRICT, Maple, Mind, person_id
from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.simulate import SimulatedLearner, answer, draw
from headway.school.curriculum.queries import problem_of
from headway.school.loop import Receipt, Submission

PATIENCE = 2
"""Answers that the checker cannot read, after which a learner asks to be shown how it goes."""


@dataclass(slots=True)
class Pupil:
    """``rng`` belongs to this learner alone, so that what one does never depends on another. ``activity`` is empty
    until practice was opened; ``hints`` are those opened on the step, ``unread`` the answers that did not count."""

    district: UUID
    key: UUID
    section: str
    temperament: str
    mind: SimulatedLearner
    rng: Generator
    activity: str = ""
    step: int = 0
    attempt: int = 1
    hints: int = 0
    unread: int = 0

    def act(self, curriculum: Curriculum, now: float) -> Submission:
        """What the learner sends next: opens practice, answers, or asks to be shown."""
        event = UUID(bytes=self.rng.bytes(16), version=4)
        blank = Submission(self.district, self.key, event, "start", at=now, simulated=True)
        if not self.activity:
            return blank
        here = replace(blank, kind="response", activity=self.activity, step=self.step)
        if self.unread >= PATIENCE:
            return replace(here, shown=True, hints=self.hints, seconds=20.0)
        problem = problem_of(self.district, self.activity)
        given = answer(self.mind, problem, self.step, self.rng, curriculum=curriculum, now=now, attempt=self.attempt)
        self.hints = max(self.hints, given.hints)
        return replace(here, answer=given.text, hints=self.hints, seconds=round(given.seconds, 1))

    def see(self, receipt: Receipt) -> bool:
        """Go where the loop says; True when what was sent counts as a response."""
        if receipt.attempt == 0:  # nothing was written: the checker asks to write it otherwise
            self.unread += 1
            return False
        if (receipt.activity, receipt.step) != (self.activity, self.step):
            self.hints = 0
        self.activity, self.step, self.attempt, self.unread = receipt.activity, receipt.step, receipt.attempt, 0
        return receipt.outcome != "started"


def pupils_of(maple: Maple, curriculum: Curriculum, seed: int, district: UUID = DISTRICT) -> list[Pupil]:
    """Give every learner of the roster a mind, the same one for the same seed."""
    people = {person.sourced_id: person for person in maple.roster.people}
    sections: dict[str, str] = {}
    for each in maple.roster.enrolments:
        if each.role == "student":
            sections.setdefault(each.person, each.section)  # the first is where somebody belongs
    out = []
    for number, mind in enumerate(maple.minds):
        person = people[mind.learner]
        rng = np.random.default_rng([seed, number])
        simulated = draw(
            mind.learner,
            person.grade,
            curriculum,
            rng,
            interests=person.interests,
            ability=mind.standing,
        )
        _temper(simulated, mind)
        key = person_id(mind.learner, district)
        out.append(Pupil(district, key, sections[mind.learner], mind.temperament, simulated, rng))
    return out


def _temper(learner: SimulatedLearner, mind: Mind) -> None:
    """Make the named habits visible; the others keep what the population gave them."""
    if mind.temperament == "guesses":
        learner.rapid, learner.pace, learner.avoids_help = 0.45, 0.6, True
    elif mind.temperament == "stuck":
        learner.rate *= 0.35
        learner.avoids_help, learner.misconception, learner.rapid = True, 0.85, 0.0
    elif mind.temperament == "silent":
        learner.avoids_help = True
    elif mind.temperament == "asks":
        learner.avoids_help, learner.help_seeking = False, 0.85
    elif mind.temperament == "ahead":
        learner.rate *= 1.4
        learner.rapid = 0.0
