"""What the district's IT person sees of the record store: who may use it, who is trusted, and what waits for a person."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.xapi.credentials import credentials, user_of
from headway.school.exchange.xapi.models import XapiCredential, XapiReading, XapiStatement, XapiTrust
from headway.school.exchange.xapi.reading import definitions_of
from headway.school.exchange.xapi.taking import OUTCOMES, UNKNOWN
from headway.standards.alignment import stems, suggest
from headway.standards.xapi.results import case_ids_in, named_in, title_of

SHOWN = 20
"""Identifiers and activities of one system that wait, the most frequent first."""
ACTORS = """
SELECT credential_id, actor, n FROM (
    SELECT credential_id, actor, count(*) AS n,
           row_number() OVER (PARTITION BY credential_id ORDER BY count(*) DESC, actor) AS place
    FROM school_xapireading WHERE credential_id = ANY(%(credentials)s) AND outcome = ANY(%(outcomes)s)
    GROUP BY credential_id, actor) AS counted
WHERE place <= %(most)s ORDER BY credential_id, place
"""
ACTIVITIES = """
SELECT credential_id, about, n, newest FROM (
    SELECT credential_id, about, count(*) AS n, (array_agg(statement ORDER BY at DESC, statement))[1] AS newest,
           row_number() OVER (PARTITION BY credential_id ORDER BY count(*) DESC, about) AS place
    FROM school_xapireading r WHERE credential_id = ANY(%(credentials)s) AND outcome = 'taken' AND NOT EXISTS (
        SELECT FROM school_xapialignment a WHERE a.credential_id = r.credential_id AND a.about = r.about)
    GROUP BY credential_id, about) AS counted
WHERE place <= %(most)s ORDER BY credential_id, place
"""
"""With the newest statement about each."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An activity that nobody has said a skill for. ``suggested`` are codes of skills, ``named`` that the first of them stands in
    the statement itself; ``count`` are its results."""

    about: UUID
    activity: str
    title: str
    count: int
    suggested: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A credential; ``trusted_by`` "" where nobody is named, None where it is not trusted. ``outcomes`` counts what became of
    its results, ``actors`` are identifiers of unknown people with how often they came."""

    row: XapiCredential
    user: str
    trusted_by: str | None
    others: int
    outcomes: dict[str, int]
    actors: list[tuple[str, int]]
    activities: list[Waiting]


def standings(district: UUID) -> list[Standing]:
    """Every open credential, the oldest first. Nine queries, however many there are. The caller has checked who asks."""
    trusted = {row.credential_id: row for row in XapiTrust.objects.filter(ended_at=None).select_related("by")}
    outcomes = _outcomes(list(trusted))
    actors = _actors([key for key, counts in outcomes.items() if any(each in counts for each in UNKNOWN)])
    activities = _activities(district, [key for key, counts in outcomes.items() if "taken" in counts])
    out = []
    for row in credentials():
        found, counts = trusted.get(row.id), outcomes.get(row.id, {})
        out.append(
            Standing(
                row=row,
                user=user_of(row),
                trusted_by=None if found is None else found.by.name if found.by else "",
                others=found.others if found is not None else 0,
                outcomes={key: counts[key] for key in OUTCOMES if key in counts},
                actors=actors.get(row.id, []),
                activities=activities.get(row.id, []),
            )
        )
    return out


def _outcomes(credentials: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Credential -> outcome -> how many of its results."""
    rows = XapiReading.objects.filter(credential__in=credentials).values_list("credential", "outcome")
    out: dict[UUID, dict[str, int]] = {}
    for credential, outcome, n in rows.annotate(n=Count("*")).order_by():
        out.setdefault(credential, {})[outcome] = n
    return out


def _actors(credentials: list[UUID]) -> dict[UUID, list[tuple[str, int]]]:
    """Credential -> identifiers of unknown people with how often they came, the most frequent first."""
    out: dict[UUID, list[tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ACTORS, {"credentials": credentials, "outcomes": list(UNKNOWN), "most": SHOWN})
        for credential, actor, n in cursor.fetchall():
            out.setdefault(credential, []).append((actor, n))
    return out


def _activities(district: UUID, credentials: list[UUID]) -> dict[UUID, list[Waiting]]:
    """Credential -> the activities that nobody has said a skill for, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIVITIES, {"credentials": credentials, "most": SHOWN})
        rows = cursor.fetchall()
    bodies = XapiStatement.objects.filter(statement__in=[newest for *_, newest in rows])
    said = {key: json.loads(body) for key, body in bodies.values_list("statement", "body")}
    definitions = definitions_of([each["object"]["id"] for each in said.values()])
    try:
        curriculum: Curriculum | None = curriculum_of(district)
    except NoCurriculum:
        curriculum = None
    out: dict[UUID, list[Waiting]] = {}
    for credential, about, n, newest in rows:
        out.setdefault(credential, []).append(_waiting(about, n, said[newest], definitions, curriculum))
    return out


def _waiting(
    about: UUID,
    count: int,
    statement: dict[str, Any],
    definitions: dict[str, dict[str, Any]],
    curriculum: Curriculum | None,
) -> Waiting:
    """One activity, from the newest statement about it and what is known of activities."""
    iri = statement["object"]["id"]
    definition = {**statement["object"].get("definition", {}), **definitions.get(iri, {})}
    title, names = title_of(definition), named_in(statement)
    direct = _named(names, curriculum)
    text = f"{title} {title_of({'name': definition.get('description', {})})}"
    suggested = tuple(dict.fromkeys([*direct, *_by_words(text, curriculum)]))[:3]
    return Waiting(about, iri, title or iri, count, suggested, bool(direct))


def _named(names: tuple[str, ...], curriculum: Curriculum | None) -> list[str]:
    """Skills that a statement names: by a standard's CASE identifier, by our address, or by the code at an address's end."""
    if curriculum is None:
        return []
    ids, ours = set(case_ids_in(names)), f"https://{settings.ALLOWED_HOSTS[0]}/skills/"
    ends = {name.removeprefix(ours).rstrip("/").rpartition("/")[2] for name in names}
    by_case = [skill.id for skill in curriculum.skills if ids & {key.lower() for key in skill.case_ids}]
    return [*by_case, *(skill.id for skill in curriculum.skills if skill.id in ends)]


def _by_words(text: str, curriculum: Curriculum | None) -> list[str]:
    if curriculum is None or not text.strip():
        return []
    foreign = Skill("it", text[:300], "", "", "", "")
    words = {"it": Counter(set(stems(text[:2_000])))}
    return [found.target for found in suggest([foreign], SkillGraph(curriculum.skills, ()), words)]
