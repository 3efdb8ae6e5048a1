"""Reading frameworks, and the district's skills through one of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.skills import Skill
from headway.school.curriculum.frameworks.models import (
    Framework,
    FrameworkChoice,
    FrameworkMatch,
    FrameworkStandard,
)
from headway.school.people.models import Role, RoleName
from headway.standards.graph import shipped_crosswalk

OWN, CALIFORNIA = "own", "california"
"""Keys of the frameworks that need no import: the skills' own standards, and California's by the crosswalk that ships."""
GRADES = {"KG": "K", "PK": "PK"} | {f"{n:02}": str(n) for n in range(1, 13)}


@dataclass(frozen=True, slots=True)
class Known:
    """A framework that the district has. ``key`` is its identifier; ``standards`` how many it has, ``matched`` how many of them
    have a skill. ``changed`` as CASE writes times; ``address`` where it was pulled from."""

    key: str
    title: str
    creator: str
    publisher: str
    version: str
    changed: str
    licence: str
    standards: int
    matched: int
    open: bool
    withdrawn: bool
    at: float
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Read:
    """A standard with the skills that stand for it: each its key and how much of the two is common (0 to 1). ``grades`` as
    the district writes them (``K``, ``1`` …)."""

    code: str
    statement: str
    grades: tuple[str, ...]
    skills: tuple[tuple[str, float], ...]


def frameworks(*, withdrawn: bool = False) -> list[Known]:
    """Return what the district has brought in, by title; with those that were ``withdrawn`` on request. Two queries."""
    counted = (
        "SELECT m.framework_id, count(DISTINCT m.identifier) FROM school_frameworkmatch m JOIN school_frameworkstandard s"
        " ON s.framework_id = m.framework_id AND s.identifier = m.identifier WHERE NOT m.refused GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(counted)
        matched = dict(cursor.fetchall())
    rows = Framework.objects.defer("package").annotate(n=Count("standards")).order_by("title", "id")
    return [
        Known(
            r.identifier, r.title, r.creator, r.publisher, r.version, r.changed, r.licence, r.n, matched.get(r.id, 0),
            r.open, r.withdrawn_at is not None, r.at, r.source, r.address,
        )
        for r in (rows if withdrawn else rows.filter(withdrawn_at=None))
    ]  # fmt: skip


def chosen_key(learner: UUID | None = None) -> str:
    """The key of the framework that profiles are read in: the choice of the learner's school, else the district's, else the
    skills' own. One that was withdrawn is passed over."""
    schools = Role.objects.filter(person_id=learner, name=RoleName.LEARNER).values("school_id") if learner else []
    choices = FrameworkChoice.objects.filter(Q(school=None) | Q(school__in=schools)).order_by(
        "school__name", "school_id"
    )
    keys = [each.key for each in choices if each.school_id is not None]
    keys += [each.key for each in choices if each.school_id is None]
    gone = set(Framework.objects.exclude(withdrawn_at=None).values_list("identifier", flat=True)) if keys else set()
    return next((key for key in keys if key not in gone), OWN)


def choices_made() -> dict[UUID | None, str]:
    """What was chosen, by school; None is the whole district."""
    return dict(FrameworkChoice.objects.values_list("school_id", "key"))


def package_of(identifier: str) -> dict[str, Any] | None:
    """Return the package of a framework as CASE 1.1, None where the district has no such framework."""
    data = Framework.objects.filter(identifier=identifier).values_list("package", flat=True).first()
    return None if data is None else json.loads(gzip.decompress(bytes(data)))


def standards_of(key: str, curriculum: Curriculum) -> list[Read] | None:
    """Return the standards of a framework in its order; headings, which have others below them, only where a skill stands for
    them. None for a framework that the district does not have. Three queries at most."""
    if key == OWN:
        return [
            Read(s.id, s.description or s.title, (s.grade,), ((s.id, 1.0),)) for s in curriculum.skills if s.case_ids
        ]
    if key == CALIFORNIA:
        return _californian(curriculum.skills)
    row = Framework.objects.filter(identifier=key, withdrawn_at=None).defer("package").first()
    if row is None:
        return None
    skills: dict[str, list[tuple[str, float]]] = {}
    for identifier, skill, share in FrameworkMatch.objects.filter(framework=row, refused=False).values_list(
        "identifier", "skill", "share"
    ):
        if skill in curriculum.skill_number:
            skills.setdefault(identifier, []).append((skill, share))
    rows = list(FrameworkStandard.objects.filter(framework=row).order_by("number"))
    above = {each.parent for each in rows}
    return [
        Read(
            each.code,
            each.statement,
            tuple(GRADES.get(g, g) for g in each.grades),
            tuple(sorted(skills.get(each.identifier, ()))),
        )
        for each in rows
        if each.identifier in skills or each.identifier not in above
    ]


def _grades(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(GRADES.get(grade, grade) for grade in written)


def _californian(skills: Iterable[Skill]) -> list[Read]:
    """California's codes with the words of the standard that is the same or closest: its own words do not ship."""
    found: dict[str, tuple[Skill, list[tuple[str, float]]]] = {}
    crosswalk = shipped_crosswalk()
    for skill in skills:
        for case in skill.case_ids:
            for _state, code, share in crosswalk.get(case, ()):
                found.setdefault(code, (skill, []))[1].append((skill.id, share))
    return [
        Read(code, skill.description or skill.title, (skill.grade,), tuple(rows))
        for code, (skill, rows) in found.items()
    ]
