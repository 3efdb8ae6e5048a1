"""The day of Maple's screening: everybody who is there takes it after school, a simulated mind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from headway.cli.maple import DISTRICT
from headway.cli.pupils import Pupil
from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.problems import Problem
from headway.core.evidence.simulate import answer
from headway.school.loop.screening import sit_whole
from headway.school.measurement.screenings import open_sitting
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district

AWAY = 12
"""One in so many is away on the day, and can make it up."""


def screen(pupils: Sequence[Pupil], curriculum: Curriculum, now: float, district: UUID = DISTRICT) -> int:
    """Let these pupils take the open screening after school; return how many did."""
    taken = 0
    for pupil in pupils:
        with in_district(district):
            found = open_sitting(pupil.key)
            if found is None or pupil.key.int % AWAY == 0:
                continue
            person = Person.objects.get(id=pupil.key)
            sit_whole(learner=person, sitting=found.id, give=_giver(pupil, curriculum), now=now)
            taken += 1
    return taken


def _giver(pupil: Pupil, curriculum: Curriculum) -> Callable[[Problem, float], tuple[str, float]]:
    def give(problem: Problem, at: float) -> tuple[str, float]:
        given = answer(pupil.mind, problem, 0, pupil.rng, curriculum=curriculum, now=at)
        return given.text, round(given.seconds, 1)

    return give
