"""What Headway records itself, read as statements beside those of others: translated when it is asked for, never copied.

The log and the ledger are each a source in the order of (moment, number). A number is that of the row and a high bit of its
source, so that no two statements have one place; ``stored`` is the row's moment, to the microsecond below.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from headway.school.exchange.out.recorded import (
    entries_of,
    entry_key,
    ledger_rows,
    log_rows,
    said_of_entry,
    said_of_row,
)
from headway.school.exchange.xapi.pages import Key, Row, Span
from headway.school.mastery.models import MasteryEntry
from headway.school.people.models import Person
from headway.standards.recorded import Said
from headway.standards.xapi.actors import key_of
from headway.standards.xapi.outward import KINDS, Place, authority_of, given_out, place_of, statement_of
from headway.standards.xapi.requests import Query

LATE = timedelta(seconds=60)
"""A row's moment is when its request came. Its transaction began later, by less than this."""
WINDOW = 10_000
"""Rows of a source that a page looks through for those that fit."""
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Source:
    """A table of records: the bit of its numbers, the column of a row's moment, all rows of its index, those of them that are
    told, a row's key and its words, and which rows fit an activity (``anywhere``, or as the object), None where none does."""

    bit: int
    moment: str
    every: Callable[[], QuerySet[Any]]
    told: Callable[[], QuerySet[Any]]
    key: Callable[[Any], UUID]
    said: Callable[[Any], Said]
    about: Callable[[Place, bool], Q | None]


def _log_about(place: Place, anywhere: bool) -> Q | None:
    if place.kind == "skills":
        return Q(skills__contains=[place.name]) if anywhere else None
    named = Q(activity=place.name) | Q(activity="", kind=place.name)
    if place.step is not None:
        return named & Q(kind="response", step=place.step)
    return named if anywhere else named & ~Q(kind="response")


def _ledger_about(place: Place, _anywhere: bool) -> Q | None:
    return Q(skill=place.name) if place.kind == "skills" else None


LOG = Source(
    bit=1 << 60,
    moment="now",
    every=log_rows,
    told=log_rows,
    key=lambda row: row.event,
    said=said_of_row,
    about=_log_about,
)
LEDGER = Source(
    bit=1 << 61,
    moment="at",
    every=lambda: MasteryEntry.objects.filter(kind="reached"),
    told=ledger_rows,
    key=entry_key,
    said=said_of_entry,
    about=_ledger_about,
)


def any_of_ours(district: UUID) -> bool:
    """Whether Headway has recorded anything that is told of the district."""
    first = log_rows().filter(district_id=district).order_by("now", "id")  # in order: the index is read, not the table
    return first.values_list("id", flat=True).first() is not None


def home() -> str:
    """The address that our identifiers begin with, as the export writes it."""
    return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}/"


def shown_at(moment: float) -> datetime:
    """The last microsecond that is not after a moment, in seconds since 1970."""
    micros = int(moment * 1e6)
    while micros / 1e6 > moment:
        micros -= 1
    while (micros + 1) / 1e6 <= moment:
        micros += 1
    return _FIRST + micros * _MICRO


def ours_among(keys: Collection[UUID]) -> dict[UUID, tuple[Row, UUID]]:
    """Which of these identifiers are of our own statements: each with its statement and whom it is about."""
    found = [(LOG, each) for each in log_rows().filter(event__in=keys)] + [(LEDGER, each) for each in entries_of(keys)]
    return {source.key(each): (_row(source, each), each.learner_id) for source, each in found}


def spans_of(district: UUID, query: Query) -> tuple[list[Span], dict[UUID, UUID]]:
    """What each source has for a page of a query, and whom each statement is about."""
    spans: list[Span] = []
    about: dict[UUID, UUID] = {}
    everybody, learner = _whom(query)
    if query.registration or not (everybody or learner):
        return [], {}
    for source in (LOG, LEDGER):
        fits = _fitting(source, query)
        if fits is None:
            continue
        rows, edge = _read(source, district, query, fits, learner)
        about.update((source.key(each), each.learner_id) for each in rows)
        spans.append(Span([_row(source, each) for each in rows], edge and (edge, shown_at(edge[0]))))
    return spans, about


def _whom(query: Query) -> tuple[bool, UUID | None]:
    """Whether the statements of everybody are asked for, and otherwise of which learner."""
    agent = dict(query.agent or {})
    if not agent or (query.related_agents and key_of(agent) == key_of(authority_of(home()))):
        return True, None
    account = agent.get("account")
    if account is None or account["homePage"] != home():
        return False, None
    return False, Person.objects.filter(sourced_id=account["name"]).values_list("id", flat=True).first()


def _fitting(source: Source, query: Query) -> Q | None:
    """The verb and the activity of a query as conditions on a source, None where nothing of it fits."""
    fits = Q()
    if query.verb:
        kind = KINDS.get(query.verb)
        if kind is None or (kind == "reached") != (source is LEDGER):
            return None
        fits = Q(kind=kind)
    if query.activity:
        place = place_of(query.activity, home())
        about = source.about(place, query.related_activities) if place is not None else None
        return None if about is None else fits & about
    return fits


def _read(source: Source, district: UUID, query: Query, fits: Q, learner: UUID | None) -> tuple[list[Any], Key | None]:
    """The rows of a page and one more, and how far was looked where there may be others.

    Rows of one learner are found by an index. Of everybody's, a page looks through so many at most, however few of them fit.
    """
    sign = "" if query.ascending else "-"
    order = (f"{sign}{source.moment}", f"{sign}id")
    bounds = _bounds(source, query) & Q(district_id=district)
    edge: Key | None = None
    if learner is not None:
        fits &= Q(learner_id=learner)
    elif fits or source is LEDGER:  # which learners are told of stands in another table than the ledger
        ends = source.every().filter(bounds).order_by(*order).values_list(source.moment, "id")
        for at, number in ends[WINDOW - 1 : WINDOW]:
            edge = (at, source.bit + number)
            bounds &= _up_to(source, at, number, ascending=query.ascending)
    rows = list(source.told().filter(bounds, fits).order_by(*order)[: query.limit + 1])
    if len(rows) > query.limit:
        edge = (getattr(rows[-1], source.moment), source.bit + rows[-1].id)
    return rows, edge


def _bounds(source: Source, query: Query) -> Q:
    bounds = Q()
    if query.since is not None:
        bounds &= Q(**{f"{source.moment}__gte": _seconds(query.since + _MICRO)})
    if query.until is not None:
        bounds &= Q(**{f"{source.moment}__lt": _seconds(query.until + _MICRO)})
    if query.after is not None:
        at, number = _exact(query.after)
        bounds &= _beyond(source, at, number - source.bit, ascending=query.ascending)
    return bounds


def _exact(after: tuple[datetime, int]) -> Key:
    """The place of the last statement of a page: a row's moment is finer than the time that was written for it."""
    at, number = after
    for source in (LEDGER, LOG):
        if number >= source.bit:
            moment = source.every().filter(id=number - source.bit).values_list(source.moment, flat=True).first()
            return (_seconds(at) if moment is None else moment, number)
    return (_seconds(at), number)


def _beyond(source: Source, at: float, number: int, *, ascending: bool) -> Q:
    """Rows after a place. The first condition says nothing new: by it the index is entered there."""
    way = "gt" if ascending else "lt"
    later = Q(**{f"{source.moment}__{way}": at}) | Q(**{source.moment: at, f"id__{way}": number})
    return Q(**{f"{source.moment}__{way}e": at}) & later


def _up_to(source: Source, at: float, number: int, *, ascending: bool) -> Q:
    way = "lt" if ascending else "gt"
    before = Q(**{f"{source.moment}__{way}": at}) | Q(**{source.moment: at, f"id__{way}e": number})
    return Q(**{f"{source.moment}__{way}e": at}) & before


def _seconds(at: datetime) -> float:
    return (at - _FIRST) / timedelta(seconds=1)


def _row(source: Source, row: Any) -> Row:
    said, at = source.said(row), getattr(row, source.moment)
    stored = shown_at(at)
    statement = given_out(statement_of(said, home()), home(), stored)
    return Row(source.bit + row.id, stored, source.key(row), json.dumps(statement, separators=(",", ":")), at)
