"""Saying what the district wants, and reading where everybody stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from django.db import transaction

from headway.core.evidence.outcomes.aims import Aim, faults
from headway.core.measurement.rubrics import KINDS as CRITERIA
from headway.core.text import T
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.outcomes.models import OutcomeAim, OutcomeTake
from headway.school.evidence.outcomes.queries import aims_of, leads_district
from headway.school.evidence.outcomes.reading import Readings, read_at
from headway.school.measurement.models import Measure
from headway.school.path.subjects import taught
from headway.school.people.access import viewer_of
from headway.school.people.clock import day_of, start_of
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed

MOST = 40
"""Outcomes that a district can want; nobody reads more."""


def known_names(district: UUID) -> dict[str, tuple[str, ...]]:
    """The subjects, tests and kinds of criteria that a measure may name."""
    try:
        subjects: tuple[str, ...] = taught(curriculum_of(district))
    except NoCurriculum:
        subjects = ()
    tests = Measure.objects.order_by("measure").values_list("measure", flat=True).distinct()
    return {"subjects": subjects, "tests": tuple(tests), "criteria": tuple(CRITERIA)}


@transaction.atomic
def save_aims(*, district: UUID, aims: Sequence[Aim], by: Person | None, now: float) -> int:
    """Write down outcomes; one whose ``code`` is there already is changed from now on. Return how many are new or changed. All
    of them or none: raises Malformed with the first fault, or for somebody who does not lead the district."""
    _may(by)
    known = known_names(district)
    for aim in aims:
        wrong = faults(aim, **known)
        if wrong:
            field, what = wrong[0]
            raise Malformed(T("“{code}”, {field}: {what}", code=aim.code, field=field, what=what))
    there = {each.code: each for each in aims_of()}
    if len(there.keys() | {aim.code for aim in aims}) > MOST:
        raise Malformed(T("A district can follow {most} outcomes. Take some away first.", most=MOST))
    fresh = [aim for aim in aims if there.get(aim.code) != aim]
    OutcomeAim.objects.bulk_create(
        OutcomeAim(district_id=district, code=aim.code, body=aim.to_json(), by=by, at=now) for aim in fresh
    )
    return len(fresh)


@transaction.atomic
def end_aim(*, code: str, by: Person, now: float) -> None:
    """No longer follow an outcome; what was said of it stays. Raises Malformed for one that is not there."""
    _may(by)
    aim = next((each for each in aims_of() if each.code == code), None)
    if aim is None:
        raise Malformed(T("There is no such outcome any more."))
    OutcomeAim.objects.create(district_id=by.district_id, code=code, body=aim.to_json(), gone=True, by=by, at=now)


def _may(by: Person | None) -> None:
    if by is not None and not leads_district(viewer_of(by)):
        raise Malformed(T("What the district wants is written by somebody who leads all of it."))


@transaction.atomic
def take(*, district: UUID, now: float, days: Iterable[int] = ()) -> int:
    """Read every measure that the district's outcomes need, as it stands now or stood at the end of earlier ``days`` (days since
    1970, local); return the number of readings. What is read twice is there twice; the newest counts."""
    learners = learners_here()
    today, made = day_of(district, now), 0
    measures = {aim.measure: aim for aim in aims_of()}
    for day in sorted(set(days) or {today}):
        end = min(now, start_of(district, day + 1))
        for measure, aim in measures.items():
            found = read_at(aim.kind, aim.name, district=district, learners=learners, end=end)
            if found:
                OutcomeTake.objects.create(district_id=district, measure=measure, day=day, at=now, **packed(found))
                made += len(found)
    return made


def learners_here() -> list[UUID]:
    """Everybody who learns in the district now."""
    rows = Person.objects.filter(roles__name="learner", is_active=True)
    return list(rows.order_by("id").values_list("id", flat=True).distinct())


def packed(found: Readings) -> dict[str, object]:
    """The columns of a reading, in order of the learners' identifiers."""
    keys = sorted(found, key=lambda key: key.bytes)
    columns = np.array([found[key] for key in keys], "<f8").reshape(len(keys), 2)
    return {
        "count": len(keys), "learners": b"".join(key.bytes for key in keys), "values": columns[:, 0].tobytes(),
        "errors": columns[:, 1].tobytes(),
    }  # fmt: skip
