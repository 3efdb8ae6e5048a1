"""Statements as they are asked for, their attachments, and what is known of activities."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from headway.school.exchange.xapi import sql
from headway.school.exchange.xapi.models import XapiActivity, XapiFile, XapiStatement
from headway.school.exchange.xapi.own import LATE, any_of_ours, ours_among, spans_of
from headway.school.exchange.xapi.pages import Row, Span, merged
from headway.school.exchange.xapi.writer import activity_key, turned
from headway.school.people.access import record_access_by
from headway.standards.xapi.keys import (
    ACTIVITY,
    ANY_ACTIVITY,
    REGISTRATION,
    VERB,
    agent_number,
    number_of,
)  # fmt: skip
from headway.standards.xapi.multipart import Part
from headway.standards.xapi.requests import Query

PLACE = "/xapi/statements"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of statements, after which place there are more (its time and number), and up to when nothing can be missing in
    it."""

    rows: list[Row]
    after: tuple[datetime, int] | None
    consistent: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """A system that reads learners' records: in whose name, and what it is called."""

    person: UUID
    name: str


def find(*, district: UUID, query: Query, only: UUID | None, reader: Reader | None = None) -> Found:
    """The statements of a query; ``only`` those of one credential. For a ``reader`` Headway's own records are among them; it is
    noted whose. The caller has opened the district."""
    theirs, consistent = _theirs(district, query, only)
    if reader is None or query.voided or not any_of_ours(district):
        return Found(*merged([theirs], limit=query.limit, ascending=query.ascending), consistent)
    ours = ours_among([*(row.statement for row in theirs.rows), *([UUID(query.statement)] if query.statement else [])])
    theirs = Span([row for row in theirs.rows if row.statement not in ours], theirs.edge)
    if query.statement:
        spans = [theirs, Span([row for row, _ in ours.values()])]
        about = {key: learner for key, (_, learner) in ours.items()}
    else:
        own, about = spans_of(district, query)
        spans = [theirs, *own]
    rows, after = merged(spans, limit=query.limit, ascending=query.ascending)
    read = [about[row.statement] for row in rows if row.statement in about]
    record_access_by(reader.person, read, district=district, purpose=reader.name, place=PLACE)
    return Found(rows, after, consistent - LATE)


def _theirs(district: UUID, query: Query, only: UUID | None) -> tuple[Span, datetime]:
    """What others have sent: the rows of a page and one more."""
    values: dict[str, Any] = {"district": district, "most": query.limit + 1, "only": only}
    conditions = [] if only is None else ["AND s.credential_id = %(only)s"]
    if query.statement or query.voided:
        values["statement"] = query.statement or query.voided
        conditions += ["AND s.statement = %(statement)s", sql.VOIDED if query.voided else sql.NOT_VOIDED]
    else:
        conditions += [sql.NOT_VOIDED, *_filters(district, query, values)]
    text = sql.READ.format(conditions="\n".join(conditions), way="ASC" if query.ascending else "DESC")
    consistent = consistent_through()
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        rows = [
            Row(number, stored, statement, body, stored.timestamp())
            for number, stored, statement, body in cursor.fetchall()
        ]
    if len(rows) <= query.limit:
        return Span(rows), consistent
    last = rows[-1]
    return Span(rows, ((last.at, last.number), last.stored)), consistent


def consistent_through() -> datetime:
    """Up to when every statement that was stored can be read."""
    with connection.cursor() as cursor:
        cursor.execute(sql.CONSISTENT)
        (at,) = cursor.fetchone() or (None,)
    assert isinstance(at, datetime)
    return at


def _filters(district: UUID, query: Query, values: dict[str, Any]) -> list[str]:
    out: list[str] = []
    keys = _keys(query)
    if keys:
        values["keys"] = turned(keys, district)
        out.append(sql.FITS)
    if query.since is not None:
        values["since"] = query.since
        out.append("AND s.stored > %(since)s")
    if query.until is not None:
        values["until"] = query.until
        out.append("AND s.stored <= %(until)s")
    if query.after is not None:
        values["at"], values["number"] = query.after
        out.append(f"AND (s.stored, s.number) {'>' if query.ascending else '<'} (%(at)s, %(number)s)")
    return out


def _keys(query: Query) -> list[int]:
    found: list[int] = []
    if query.agent is not None:
        found.append(agent_number(dict(query.agent), anywhere=query.related_agents))
    if query.activity:
        found.append(number_of(ANY_ACTIVITY if query.related_activities else ACTIVITY, query.activity))
    if query.verb:
        found.append(number_of(VERB, query.verb))
    if query.registration:
        found.append(number_of(REGISTRATION, query.registration))
    return found


def of_others(statements: Sequence[UUID], credential: UUID) -> bool:
    """Whether another credential sent one of these statements."""
    return XapiStatement.objects.filter(statement__in=statements).exclude(credential=credential).exists()


def files_of(statements: Sequence[UUID]) -> list[Part]:
    """The attachments of statements, each sum once."""
    rows = XapiFile.objects.filter(statement__in=statements).order_by("id").values_list("kind", "sha2", "content")
    unique = {sha2: Part(kind, sha2, bytes(content)) for kind, sha2, content in rows}
    return list(unique.values())


def definitions_of(activities: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is known of activities, by their identifiers."""
    keys = {activity_key(iri): iri for iri in activities}
    rows = XapiActivity.objects.filter(key__in=list(keys)).values_list("key", "definition")
    return {keys[bytes(key)]: json.loads(definition) for key, definition in rows}
