"""``headway demo --live``: the section of the cast practises while you look, everybody but Mina.

``python -m headway.cli.live`` is a child of the demo. It sends what its learners do through the same group commit as
a page, marked as simulated, so the teacher's board moves by itself. Some raise a hand when they are stuck.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from headway.cli.child import follow_parent
from headway.cli.maple import DISTRICT, read_maple

if TYPE_CHECKING:  # it needs Django, which is set up first
    from headway.cli.pupils import Pupil

SECTION = "c-7-1"
LEFT_TO_YOU = "s-mina"
HAND = 0.35
"""Chance that somebody of the temperament ``asks`` raises a hand after a second wrong answer."""


def main() -> None:
    """Practise until told to stop."""
    from headway.cli.database import set_up

    threading.Thread(target=follow_parent, daemon=True).start()
    set_up()
    practise(seed=int(time.time()))


def practise(
    *, seed: int, until: Callable[[int], bool] = lambda sent: False, hurry: float = 1.0, district: UUID = DISTRICT
) -> int:
    """Let the section practise until ``until(responses)``; ``hurry`` divides all waiting. Returns the responses."""
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.loop import Refused, Submission, submit

    curriculum = curriculum_of(district)
    rng = np.random.default_rng(seed)
    line: list[tuple[float, int, Pupil, Submission | None]] = []
    for number, pupil in enumerate(section_of_the_cast(seed, district)):
        heapq.heappush(line, (time.time() + float(rng.uniform(0.0, 25.0)) / hurry, number, pupil, None))
    responses = 0
    while not until(responses):
        due, number, pupil, ready = line[0]
        if due > time.time():
            time.sleep(min(due - time.time(), 0.25))
            continue
        if ready is None:  # they begin to think; what they will send is sent when they are done
            ready = pupil.act(curriculum, time.time())
            heapq.heapreplace(line, (time.time() + ready.seconds / hurry, number, pupil, ready))
            continue
        try:
            responses += pupil.see(submit(replace(ready, at=time.time())))
            _raise_hand(pupil, rng)
        except Refused:  # somebody signed in as this learner, or a teacher moved them: look where they are now
            settle(pupil)
        heapq.heapreplace(line, (time.time() + float(rng.lognormal(2.2, 0.6)) / hurry, number, pupil, None))
    return responses


def section_of_the_cast(seed: int, district: UUID) -> list[Pupil]:
    """The section's learners where they stand, each with a mind that fits what is believed of them."""
    from headway.cli.maple import person_id
    from headway.cli.pupils import pupils_of
    from headway.school.curriculum.queries import curriculum_of

    curriculum = curriculum_of(district)
    pupils = [p for p in pupils_of(read_maple(), curriculum, seed, district) if p.section == SECTION]
    pupils = [pupil for pupil in pupils if pupil.key != person_id(LEFT_TO_YOU, district)]
    for pupil in pupils:
        settle(pupil)
    return pupils


def settle(pupil: Pupil) -> None:
    """Put a learner where the stored profile says, knowing what the profile says."""
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.path.skills import skills_of
    from headway.school.people.models import Person
    from headway.school.people.tenancy import in_district
    from headway.school.profile.queries import profile_of

    with in_district(pupil.district):
        kept = profile_of(pupil.key)
        if kept is None:
            return
        skills = skills_of(Person.objects.get(id=pupil.key), kept.profile, time.time())
    profile, curriculum = kept.profile, curriculum_of(pupil.district)
    now = profile.current
    pupil.activity, pupil.step, pupil.attempt, pupil.hints, pupil.unread = now.activity, now.step, now.attempt, 0, 0
    for view in skills:
        pupil.mind.fixed[view.number] = view.ability - float(curriculum.base[view.number])


def _raise_hand(pupil: Pupil, rng: np.random.Generator) -> None:
    from headway.school.environment.actions import ask_for_help
    from headway.school.people.models import Person
    from headway.school.people.tenancy import in_district

    if pupil.temperament != "asks" or pupil.attempt < 3 or rng.random() > HAND:
        return
    with in_district(pupil.district):
        learner = Person.objects.get(id=pupil.key)
        ask_for_help(learner=learner, activity=pupil.activity, now=time.time())


if __name__ == "__main__":
    main()
