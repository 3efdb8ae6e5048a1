"""Choosing activities elsewhere, putting them on lists, and writing down what learners did with them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from headway.core.curriculum.outside import LONGEST_WORDS, Outside, described, faults, minutes_counted
from headway.core.text import T, Text
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.outside.models import OutsideActivity, OutsideChange, OutsideEvent, OutsideGiven
from headway.school.path.outside.reach import CHOOSERS, may_change, reached_by, seen_by
from headway.school.people.access import NotAllowed, Viewer, learners_in, sections_of
from headway.school.people.clock import day_of, start_of
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.people.refusal import Refused

NOT_THERE = T("This activity is not on your list any more. Your teacher may have changed it.")


class Faulty(Refused):
    """What was entered cannot be kept; ``faults``: field -> what to mend. Nothing was written."""

    code = "faulty"

    def __init__(self, faults: Mapping[str, Text]) -> None:
        self.faults = dict(faults)
        super().__init__(next(iter(self.faults.values())))


class NotThere(Refused):
    """The activity is not there for whoever asked: retired, of another school, or on nobody's list that they are in."""

    code = "not-there"


@transaction.atomic
def add(*, by: Viewer, what: Outside, now: float, key: str = "") -> UUID:
    """Keep an activity in the name of a person; ``key`` names its row elsewhere: the same key again changes that activity.
    Returns its identifier. Raises Faulty, and NotThere for a key that is somebody else's."""
    if not by.has(*CHOOSERS):
        raise NotAllowed("Only adults of the school choose activities for learners.")
    what = checked(by.person.district_id, what, now)
    Person.objects.select_for_update(of=("self",)).get(id=by.person.id)  # a form that is sent twice at once adds once
    there = OutsideActivity.objects.filter(key=key).first() if key else None
    if there is not None:
        change(by=by, activity=there.id, what=what, now=now)
        return there.id
    schools = by.person.roles.filter(name__in=CHOOSERS).exclude(school=None).order_by("id")
    row = OutsideActivity(
        district_id=by.person.district_id, key=key, school_id=schools.values_list("school", flat=True).first(),
        by=by.person, at=now,
    )  # fmt: skip
    write(row, what, "added", by.person, now)
    return row.id


@transaction.atomic
def change(*, by: Viewer, activity: UUID, what: Outside, now: float) -> None:
    """Let it read otherwise; how it read stays in its history. Raises Faulty, and NotThere for somebody else's."""
    what = checked(by.person.district_id, what, now)
    write(_own(by, activity), what, "changed", by.person, now)


@transaction.atomic
def retire(*, by: Viewer, activity: UUID, now: float, back: bool = False) -> None:
    """Offer it to no learner any more (or again, ``back``). What was done with it stays. Raises NotThere for somebody else's."""
    row = _own(by, activity)
    if (row.retired_at is None) == back:
        return
    row.retired_at = None if back else now
    row.save(update_fields=["retired_at"])
    note(row, "back" if back else "retired", by.person, now)


def checked(district: UUID, what: Outside, now: float) -> Outside:
    """The activity as it is kept. Raises Faulty."""
    what = described(what)
    found = faults(what, day_of(district, now))
    if what.skills and "skills" not in found:
        try:
            known: Collection[str] = curriculum_of(district).skill_number
        except NoCurriculum:
            known = ()
        if any(skill not in known for skill in what.skills):
            found["skills"] = T("Choose a skill from the list.")
    if found:
        raise Faulty(found)
    return what


def write(row: OutsideActivity, what: Outside, did: str, by: Person | None, now: float) -> bool:
    """Save what has passed :func:`checked`, with a line of history; False where it reads so already."""
    if did == "changed" and described_by(row) == what:
        return False
    for name, value in asdict(what).items():
        setattr(row, name, list(value) if name == "skills" else value)
    row.save()
    note(row, did, by, now)
    return True


def note(row: OutsideActivity, did: str, by: Person | None, now: float) -> None:
    """Add a line to its history."""
    body: dict[str, Any] = asdict(described_by(row))
    OutsideChange.objects.create(district_id=row.district_id, activity=row, what=did, by=by, body=body, at=now)


def described_by(row: OutsideActivity) -> Outside:
    """What a row says."""
    return Outside(
        row.kind, row.title, row.address, row.good_for, row.minutes, tuple(row.skills), row.language, row.licence,
        row.source, row.seen, row.shared, row.ref,
    )  # fmt: skip


def _own(by: Viewer, activity: UUID) -> OutsideActivity:
    row = OutsideActivity.objects.select_for_update().filter(id=activity).first()
    if row is None or not may_change(by, row):
        raise NotThere(T("Only the person who added it, or who leads the school, changes it. Add your own."))
    return row


@transaction.atomic
def give(
    *, by: Viewer, activity: UUID, section: UUID, learners: Collection[UUID] | None = None, why: str = "", now: float
) -> int:
    """Put an activity on the list of a section, or of some of its ``learners`` each. On a list already it stays as it is.
    Returns how many lists are new. Raises NotThere, and NotAllowed for a section or learner that is not theirs."""
    found = sections_of(by).filter(id=section).first()
    if found is None:
        raise NotAllowed("There is no such section among those that you work with.")
    row = seen_by(by).filter(id=activity, retired_at=None).first()
    if row is None:
        raise NotThere(T("There is no such activity here. Choose one of the list."))
    people = list(learners_in(found))
    chosen = people if learners is None else [person for person in people if person.id in set(learners)]
    if learners is not None and len(chosen) != len(set(learners)):
        raise NotAllowed("There is no such learner in this section.")
    same: dict[str, Any] = {
        "district_id": row.district_id, "activity": row, "by": by.person, "why": " ".join(why.split())[:LONGEST_WORDS], "at": now,
    }  # fmt: skip
    if learners is None:
        wanted = [OutsideGiven(**same, section=found)]
        there = OutsideGiven.objects.filter(activity=row, section=found, ended_at=None).count()
    else:
        wanted = [OutsideGiven(**same, learner=person) for person in chosen]
        there = OutsideGiven.objects.filter(activity=row, learner__in=chosen, ended_at=None).count()
    OutsideGiven.objects.bulk_create(wanted, ignore_conflicts=True)
    for person in chosen:
        announce("learner", person.id)
    return len(wanted) - there


@transaction.atomic
def take_off(*, by: Viewer, given: UUID, now: float) -> bool:
    """Take an activity off a list; False where it is off already. Raises NotAllowed for a list that is not theirs."""
    row = OutsideGiven.objects.select_for_update(of=("self",)).filter(id=given).first()
    mine = sections_of(by)
    if row is None or not (
        mine.filter(id=row.section_id).exists()
        if row.section_id
        else mine.filter(enrolments__person=row.learner_id, enrolments__role="student").exists()
    ):
        raise NotAllowed("There is no such list among those that you work with.")
    if row.ended_at is not None:
        return False
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    return True


@transaction.atomic
def opened(*, learner: Person, activity: UUID, key: UUID, now: float) -> Outside:
    """Write down that a learner opened an activity that is theirs to open; the same ``key`` once. Returns what it is.
    Raises NotThere."""
    row = _reached(learner, activity)
    _event(row, learner, uuid5(key, f"opened {learner.id} {row.id}"), "opened", 0, now)
    return described_by(row)


@transaction.atomic
def done(*, learner: Person, activity: UUID, now: float) -> Outside:
    """Write down that a learner says they have done it: once a local day, with the minutes since they opened it. It counts as
    time and moves no ability. Returns what it is. Raises NotThere."""
    row = _reached(learner, activity)
    day = day_of(learner.district_id, now)
    since = Q(what="opened", at__gte=start_of(learner.district_id, day))
    at = OutsideEvent.objects.filter(since, learner=learner, activity=row).order_by("at").values_list("at", flat=True)
    minutes = minutes_counted(at.first() or 0.0, now, row.minutes)
    _event(row, learner, uuid5(row.id, f"done {learner.id} {day}"), "done", minutes, now)
    return described_by(row)


def _reached(learner: Person, activity: UUID) -> OutsideActivity:
    row = reached_by(learner).filter(id=activity).first()
    if row is None:
        raise NotThere(NOT_THERE)
    return row


def _event(row: OutsideActivity, learner: Person, key: uuid.UUID, what: str, minutes: int, now: float) -> None:
    event = OutsideEvent(
        id=key, district_id=row.district_id, activity=row, learner=learner, what=what, title=row.title, address=row.address,
        minutes=minutes, at=now,
    )  # fmt: skip
    OutsideEvent.objects.bulk_create([event], ignore_conflicts=True)
    announce("learner", learner.id)
