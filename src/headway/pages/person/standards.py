"""A learner's record in the words of a framework of standards: the skills' own, their state's, or one that was imported."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.credit import Standing
from headway.pages.person.domains import level_said
from headway.pages.person.door import Seen, for_person
from headway.school.curriculum.frameworks.queries import (
    CALIFORNIA,
    OWN,
    Known,
    Read,
    chosen_key,
    frameworks,
    standards_of,
)
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.mastery.credit.standing import standings_of
from headway.standards.graph import CCSS_NOTICE

GRADES = ("PK", "K", *map(str, range(1, 9)), "A1", *map(str, range(9, 13)), "HS")
REACHED = frozenset({"counts", "check", "transfer"})


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A skill that stands for a standard: its title, a tone and icon, a word for where it stands; ``some`` where the two share
    only a part, ``begun`` where there is evidence to open."""

    key: str
    title: str
    tone: str
    icon: str
    word: str
    some: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class ShownStandard:
    """A standard with where the learner stands on it; no ``parts`` where no skill of Headway stands for it."""

    code: str
    statement: str
    tone: str
    word: str
    parts: tuple[ShownPart, ...]


@require_GET
@for_person
def standards(request: HttpRequest, seen: Seen) -> HttpResponse:
    """One grade of one framework (``of``, ``grade`` of the address); at first the district's choice and the learner's grade."""
    try:
        record = record_of(seen.learner, time.time())
    except NoCurriculum:
        return render(request, "person/standards.html", {"seen": seen, "learner": seen.learner, "record": None})
    there = frameworks()
    chosen = chosen_key(seen.learner.id)
    key = request.GET.get("of") or chosen
    rows = standards_of(key, record.curriculum)
    if rows is None:
        raise Http404
    grades = _grades(rows)
    grade = request.GET.get("grade") or (seen.learner.grade if seen.learner.grade in grades else "")
    grade = grade if grade in grades else (grades[0] if grades else "")
    shown = shown_standards([row for row in rows if not grade or grade in row.grades], record)
    context = {
        "seen": seen,
        "learner": seen.learner,
        "record": record,
        "options": _options(there, chosen),
        "key": key,
        "grades": [(each, level_said(each)) for each in grades],
        "grade": grade,
        "standards": shown,
        "counts": _counts(shown),
        "notice": CCSS_NOTICE if key in (OWN, CALIFORNIA) else "",
        "crosswalk": key == CALIFORNIA,
    }
    return render(request, "person/standards.html", context)


def shown_standards(rows: Iterable[Read], record: Record) -> list[ShownStandard]:
    """Put standards beside what the ledger says of the skills that stand for them."""
    rows = list(rows)
    wanted = dict.fromkeys(skill for row in rows for skill, _share in row.skills)
    found = standings_of([record.learner.id], record.curriculum, wanted)[record.learner.id]
    begun = _begun(record)
    return [_standard(row, found, begun, record.curriculum) for row in rows]


def _begun(record: Record) -> frozenset[str]:
    seen = (*record.outlook.solid, *record.outlook.under_way, *record.outlook.resting)
    return frozenset(record.curriculum.skills[view.number].id for view in seen)


def _standard(row: Read, found: dict[str, Standing], begun: frozenset[str], curriculum: Curriculum) -> ShownStandard:
    parts = []
    for skill, share in row.skills:
        title = curriculum.skills[curriculum.skill_number[skill]].title
        tone, icon, word = _part(found[skill], skill in begun)
        parts.append(ShownPart(skill, _(title), tone, icon, word, share < 1.0, skill in begun))
    if not parts:
        return ShownStandard(row.code, row.statement, "", _("not in Headway"), ())
    held = sum(found[skill].state in REACHED for skill, _share in row.skills)
    whole = all(not part.some for part in parts)
    if held == len(parts):
        word = _("reached") if whole else _("reached, as far as the two agree")
        return ShownStandard(row.code, row.statement, "leaf", word, tuple(parts))
    if held or any(skill in begun for skill, _share in row.skills):
        return ShownStandard(row.code, row.statement, "sun", _("on the way"), tuple(parts))
    return ShownStandard(row.code, row.statement, "", _("not begun"), tuple(parts))


def _part(found: Standing, begun: bool) -> tuple[str, str, str]:
    match found.state:
        case "counts":
            return "leaf", "i-check", _("counts for credit")
        case "check":
            return "leaf", "i-clock", _("reached; a check some days later is still to come")
        case "transfer":
            return "leaf", "i-star", _("reached; a harder problem is still to come")
        case "contested":
            return "clay", "i-again", _("being looked at again")
        case "failed":
            return "clay", "i-again", _("to be shown anew")
    return ("sun", "i-dot", _("being practiced")) if begun else ("", "i-dot", _("not begun"))


def _counts(shown: Sequence[ShownStandard]) -> list[str]:
    """How many of the grade's standards stand where, in sentences."""
    by = {tone: sum(each.tone == tone and bool(each.parts) for each in shown) for tone in ("leaf", "sun", "")}
    out = [
        ngettext("{n} of {all} standard is reached.", "{n} of {all} standards are reached.", len(shown)).format(
            n=by["leaf"], all=len(shown)
        ),
        ngettext("{n} is on the way.", "{n} are on the way.", by["sun"]).format(n=by["sun"]),
    ]
    without = sum(not each.parts for each in shown)
    if without:
        said = ngettext(
            "No skill of Headway stands for {n} of them.", "No skill of Headway stands for {n} of them.", without
        )
        out.append(said.format(n=without))
    return out


def _grades(rows: Iterable[Read]) -> list[str]:
    there = {grade for row in rows for grade in row.grades if grade}
    return sorted(there, key=lambda grade: (GRADES.index(grade) if grade in GRADES else len(GRADES), grade))


def _options(there: Sequence[Known], chosen: str) -> list[tuple[str, str]]:
    ours = [(OWN, _("Common Core, and skills of our own")), (CALIFORNIA, _("California (by its codes)"))]
    return sorted(ours, key=lambda each: each[0] != chosen) + [(each.key, each.title) for each in there]
