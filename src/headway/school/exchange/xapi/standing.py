"""What the district's IT person sees of the record store: who may use it, who is trusted, and what waits for a person."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.xapi.credentials import credentials, user_of
from headway.school.exchange.xapi.models import XapiAlignment, XapiCredential, XapiReading, XapiStatement, XapiTrust
from headway.school.exchange.xapi.reading import definitions_of
from headway.school.exchange.xapi.taking import OUTCOMES, UNKNOWN
from headway.standards.alignment import stems, suggest
from headway.standards.xapi.results import case_ids_in, named_in, title_of

SHOWN = 20
"""Identifiers and activities of one system that wait, the most frequent first."""


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
    """Every open credential, the oldest first. The caller has checked who asks."""
    trusted = {row.credential_id: row for row in XapiTrust.objects.filter(ended_at=None).select_related("by")}
    try:
        curriculum: Curriculum | None = curriculum_of(district)
    except NoCurriculum:
        curriculum = None
    out = []
    for row in credentials():
        found = trusted.get(row.id)
        counts = XapiReading.objects.filter(credential=row).values_list("outcome").annotate(n=Count("*")).order_by()
        outcomes = dict(counts) if found is not None else {}
        out.append(
            Standing(
                row=row,
                user=user_of(row),
                trusted_by=None if found is None else found.by.name if found.by else "",
                others=found.others if found is not None else 0,
                outcomes={key: outcomes[key] for key in OUTCOMES if key in outcomes},
                actors=_actors(row) if any(key in outcomes for key in UNKNOWN) else [],
                activities=_activities(row, curriculum) if "taken" in outcomes else [],
            )
        )
    return out


def _actors(row: XapiCredential) -> list[tuple[str, int]]:
    found = XapiReading.objects.filter(credential=row, outcome__in=UNKNOWN).values_list("actor")
    return list(found.annotate(n=Count("*")).order_by("-n", "actor")[:SHOWN])


def _activities(row: XapiCredential, curriculum: Curriculum | None) -> list[Waiting]:
    known = XapiAlignment.objects.filter(credential=row).values("about")
    found = XapiReading.objects.filter(credential=row, outcome="taken").exclude(about__in=known).values("about")
    rows = list(found.annotate(n=Count("*"), at=Max("at")).order_by("-n", "about")[:SHOWN])
    newest = XapiReading.objects.filter(credential=row, outcome="taken", about__in=[each["about"] for each in rows])
    samples = dict(newest.order_by("about", "-at").distinct("about").values_list("about", "statement"))
    bodies = XapiStatement.objects.filter(statement__in=list(samples.values())).values_list("statement", "body")
    said = {key: json.loads(body) for key, body in bodies}
    definitions = definitions_of([each["object"]["id"] for each in said.values()])
    out = []
    for each in rows:
        statement = said[samples[each["about"]]]
        iri = statement["object"]["id"]
        definition = {**statement["object"].get("definition", {}), **definitions.get(iri, {})}
        title = title_of(definition)
        names = named_in(statement)
        direct = _named(names, curriculum)
        text = f"{title} {title_of({'name': definition.get('description', {})})}"
        suggested = tuple(dict.fromkeys([*direct, *_by_words(text, curriculum)]))[:3]
        out.append(Waiting(each["about"], iri, title or iri, each["n"], suggested, bool(direct)))
    return out


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
