"""Statements of trusted systems become results of learners: read in the order in which they were stored, once each.

A system is answered when its statements are kept; they are read a moment later by one thread a process, or by ``headway xapi
take`` where no process was left to do it. Reading stops before the oldest transaction that is still open, so that none is
passed over.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from headway.core.text import T
from headway.school.exchange.xapi import sql
from headway.school.exchange.xapi.matching import People, people_of
from headway.school.exchange.xapi.models import (
    XapiActor,
    XapiAlignment,
    XapiCredential,
    XapiReading,
    XapiStatement,
    XapiTrust,
)
from headway.school.exchange.xapi.reading import consistent_through, definitions_of
from headway.school.mastery.away import NotKept
from headway.school.mastery.outside import align_outside, record_outside, take_back
from headway.school.path.checks import bring_checks
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.standards.xapi.results import Result, result_of, title_of

OUTCOMES = {
    "taken": T("taken as a result of a learner"),
    "nobody": T("nobody of the roster is meant by the identifier"),
    "several": T("several people of the roster have the identifier"),
    "group": T("it is about a group, not about one person"),
    "voided": T("it was taken back by its sender"),
    "refused": T("its time, score or activity makes no sense"),
}
"""What became of a statement that tells a result."""
UNKNOWN = ("nobody", "several")
"""Outcomes that a person mends by saying who is meant."""
PAGE = 500
"""Statements of one transaction."""
_FIRST = datetime(1, 1, 1, tzinfo=UTC)


class NoTrust(Refused):
    """The credential cannot be trusted as it is."""

    code = "no-xapi-trust"


@dataclass(frozen=True, slots=True)
class Took:
    """What reading did: results taken, statements read, and whether some wait for a transaction that is still open."""

    taken: int
    read: int
    waiting: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a batch: whom identifiers mean, activity -> the skill that a person gave it, and -> its title."""

    people: People
    skills: dict[UUID, str]
    titles: dict[str, str]


def about_of(activity: str) -> UUID:
    """The key of a system's activity."""
    return uuid5(NAMESPACE_URL, activity)


def trust(*, credential: UUID, by: Person | None, now: float) -> XapiTrust:
    """Take what a system says as evidence from now on, and what it has said before. Raises NoTrust."""
    row = XapiCredential.objects.filter(id=credential, ended_at=None).first()
    if row is None or not {"all", "statements/write"} & set(row.scopes):
        raise NoTrust(T("Only a system that may send statements can be trusted."))
    made, new = XapiTrust.objects.get_or_create(
        credential=row, defaults={"district_id": row.district_id, "by": by, "at": now}
    )
    if not new and made.ended_at is not None:
        made.ended_at, made.by, made.at = None, by, now
        made.save(update_fields=["ended_at", "by", "at"])
    return made


def distrust(*, credential: UUID, now: float) -> bool:
    """Take nothing more of a system; whether something was taken until now."""
    return bool(XapiTrust.objects.filter(credential_id=credential, ended_at=None).update(ended_at=now))


def take(*, district: UUID, now: float | None = None) -> Took:
    """Read what trusted systems have sent since the last time. The caller is in no transaction."""
    with in_district(district):
        trusted = list(XapiTrust.objects.filter(ended_at=None).values_list("credential_id", flat=True))
    taken = read = 0
    waiting = False
    for credential in trusted:
        while True:
            with in_district(district):
                got, count, waits, more = _page(credential, now or time.time())
            taken, read, waiting = taken + got, read + count, waiting or waits
            if not more:
                break
    return Took(taken, read, waiting)


def _page(credential: UUID, now: float) -> tuple[int, int, bool, bool]:
    """One transaction: results taken, statements read, whether some wait, whether there are more."""
    until = consistent_through()
    row = XapiTrust.objects.select_for_update(of=("self",)).select_related("credential").get(credential_id=credential)
    with connection.cursor() as cursor:
        after: dict[str, Any] = {"at": row.stored or _FIRST, "number": row.number}
        cursor.execute(sql.UNREAD, {"district": row.district_id, "credential": credential, "most": PAGE, **after})
        found = cursor.fetchall()
    ready = [each for each in found if each[1] < until]
    if row.ended_at is not None or not ready:
        return 0, 0, bool(found), False
    mine = [
        (statement, json.loads(body)) for _, _, statement, body, voids in ready if body is not None and voids is None
    ]
    taken = _take(row, mine, now)
    for _, _, _, _, voids in ready:
        if voids is not None:
            _void(credential, voids, now)
    row.number, row.stored = ready[-1][0], ready[-1][1]
    row.save(update_fields=["number", "stored", "others"])
    return taken, len(ready), len(ready) < len(found), len(ready) == PAGE


def _take(row: XapiTrust, statements: list[tuple[UUID, dict[str, Any]]], now: float) -> int:
    told = [(key, result) for key, each in statements if (result := result_of(each)) is not None]
    row.others += len(statements) - len(told)
    return record(row.credential, told, now)


def record(credential: XapiCredential, told: list[tuple[UUID, Result]], now: float) -> int:
    """Record results under the system's name and write down what became of each statement. Returns how many were taken."""
    if not told:
        return 0
    definitions = definitions_of([result.activity for _, result in told if not result.title])
    known = _Known(
        people_of(credential.id, {result.actor for _, result in told}),
        skills_of(credential.id, {about_of(result.activity) for _, result in told}),
        {iri: title_of(definition) for iri, definition in definitions.items()},
    )
    rows, learners = [], dict[UUID, Person]()
    for key, result in told:
        outcome, learner = _one(credential, key, result, known, now)
        if outcome == "taken" and learner is not None:
            learners[learner.id] = learner
        rows.append(
            XapiReading(
                district_id=credential.district_id, statement=key, credential=credential, outcome=outcome,
                actor=result.actor, about=about_of(result.activity), learner=learner, at=now,
            )
        )  # fmt: skip
    XapiReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["district", "statement"], update_fields=["outcome", "learner", "at"]
    )
    for learner in learners.values():
        bring_checks(learner=learner, now=now)
    return Counter(row.outcome for row in rows)["taken"]


def _one(credential: XapiCredential, key: UUID, result: Result, known: _Known, now: float) -> tuple[str, Person | None]:
    """Record one result; what became of it, and of whom it is."""
    if not result.actor:
        return "group", None
    found = known.people.get(result.actor, [])
    if len(found) != 1:
        return ("several" if found else "nobody"), None
    try:
        record_outside(
            learner=found[0],
            source=credential.name,
            activity=result.activity,
            title=result.title or known.titles.get(result.activity, ""),
            skill=known.skills.get(about_of(result.activity), ""),
            success=result.success,
            scaled=result.scaled,
            minutes=result.minutes,
            at=result.at,
            key=key,
            now=now,
        )
    except NotKept:
        return "refused", found[0]
    return "taken", found[0]


def skills_of(credential: UUID, about: Iterable[UUID]) -> dict[UUID, str]:
    """Activity -> the skill that a person said it belongs to, "" for none of ours."""
    rows = XapiAlignment.objects.filter(credential_id=credential, about__in=list(about)).order_by("id")
    return dict(rows.values_list("about", "skill"))


def name_actor(*, credential: XapiCredential, actor: str, learner: Person, by: Person, now: float) -> int:
    """A person says which learner is meant by an identifier: statements that named nobody by it become results. Returns how
    many."""
    XapiActor.objects.create(
        district_id=credential.district_id, credential=credential, actor=actor, learner=learner, by=by, at=now
    )
    rows = XapiReading.objects.filter(credential=credential, actor=actor, outcome__in=UNKNOWN)
    return record(credential, told_by(list(rows.values_list("statement", flat=True))), now)


def align_activity(*, credential: XapiCredential, activity: str, skill: str, by: Person, now: float) -> list[UUID]:
    """A person says which skill an activity of a system belongs to ("" for none of ours), also for what was said before.
    Returns whose results that changes; somebody brings their checks. Raises NotKept."""
    changed = align_outside(source=credential.name, activity=activity, skill=skill, by=by, now=now)
    XapiAlignment.objects.create(
        district_id=credential.district_id, credential=credential, about=about_of(activity), activity=activity, skill=skill,
        by=by, at=now,
    )  # fmt: skip
    return changed


def bring(*, district: UUID, learners: Iterable[UUID], now: float | None = None) -> None:
    """Bring the checks of learners whose results were aligned, each in a transaction of its own."""
    for key in learners:
        with in_district(district):
            bring_checks(learner=Person.objects.get(id=key), now=now or time.time())


def told_by(statements: list[UUID]) -> list[tuple[UUID, Result]]:
    """The results that kept statements tell, in the order in which they were stored."""
    rows = XapiStatement.objects.filter(statement__in=statements).order_by("stored", "number")
    return [
        (key, result)
        for key, body in rows.values_list("statement", "body")
        if (result := result_of(json.loads(body))) is not None
    ]


def _void(credential: UUID, voided: UUID, now: float) -> None:
    row = XapiReading.objects.filter(credential_id=credential, statement=voided).select_related("learner").first()
    if row is None:
        return
    if row.learner is not None:
        take_back(learner=row.learner, key=voided, now=now)
    XapiReading.objects.filter(credential_id=credential, statement=voided).update(outcome="voided")
