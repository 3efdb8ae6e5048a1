"""What learners say they did away from the screen. It is their own word, dated; it moves no ability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.path.away import Away, task_named
from headway.core.text import Text
from headway.school.path.models import AwayDone
from headway.school.people.clock import day_of
from headway.school.people.models import Person

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Did:
    """One thing that was done: what, the learner's words, and when."""

    key: str
    says: Text
    words: str
    day: int
    at: float


def did_it(*, learner: Person, offered: Sequence[Away], key: str, words: str, now: float) -> bool:
    """Write down that the learner did one of the things offered, once a day each. False for one that was not offered."""
    task = next((each for each in offered if each.key == key), None)
    if task is None:
        return False
    AwayDone.objects.get_or_create(
        learner=learner,
        task=key,
        day=day_of(learner.district_id, now),
        defaults={
            "district_id": learner.district_id,
            "skill": task.skill,
            "words": " ".join(words.split())[:LONGEST],
            "at": now,
        },
    )
    return True


def done_of(learner: UUID, *, most: int = 20) -> list[Did]:
    """What a learner did away from the screen, newest first. The caller has checked access."""
    found = []
    for row in AwayDone.objects.filter(learner_id=learner).order_by("-id")[:most]:
        says = task_named(row.task)
        if says is not None:
            found.append(Did(row.task, says, row.words, row.day, row.at))
    return found
