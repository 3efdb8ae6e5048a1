"""Changing what a district teaches. Every change ends in a new compiled version; old ones stay for replay."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from headway.core.curriculum.catalogue import (
    ActivityInfo,
    Curriculum,
    ItemInfo,
    compile_curriculum,
    curriculum_to_bytes,
    generated_activities,
)
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.school.curriculum.models import CurriculumVersion, SkillEdge
from headway.school.curriculum.models import Problem as ProblemRow
from headway.school.curriculum.models import Skill as SkillRow
from headway.school.people.tenancy import in_district
from headway.standards.graph import shipped_graph


@transaction.atomic
def save_graph(*, district: UUID, graph: SkillGraph, source: str) -> tuple[int, int]:
    """Add the graph's skills and edges, update the ones that are there; return how many skills and edges are new.

    A skill keeps its number for ever; nothing is removed, because old evidence speaks of it.
    """
    with in_district(district):
        there = dict(SkillRow.objects.values_list("key", "number"))
        following = max(there.values(), default=-1) + 1
        rows = []
        for skill in graph.skills:
            number = there.get(skill.id)
            if number is None:
                number, following = following, following + 1
            rows.append(_skill_row(district, skill, number, source))
        SkillRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["district", "key"],
            update_fields=["title", "description", "subject", "grade", "domain", "case_ids", "major", "source"],
        )
        before = SkillEdge.objects.count()
        SkillEdge.objects.bulk_create(_edge_rows(district, graph, source), ignore_conflicts=True)
        return len({s.id for s in graph.skills} - set(there)), SkillEdge.objects.count() - before


def _skill_row(district: UUID, skill: Skill, number: int, source: str) -> SkillRow:
    return SkillRow(
        district_id=district,
        key=skill.id,
        number=number,
        title=skill.title,
        description=skill.description,
        subject=skill.subject,
        grade=skill.grade,
        domain=skill.domain,
        case_ids=list(skill.case_ids),
        major=skill.major,
        source=source,
    )


def _edge_rows(district: UUID, graph: SkillGraph, source: str) -> Iterable[SkillEdge]:
    for kind, pairs in (("prerequisite", graph.prerequisites), ("related", graph.related)):
        for earlier, later in pairs:
            yield SkillEdge(district_id=district, earlier=earlier, later=later, kind=kind, source=source)


@transaction.atomic
def install_shipped_curriculum(*, district: UUID) -> Curriculum:
    """Give a district the mathematics graph that ships with Headway, with every template, and put it in force."""
    save_graph(district=district, graph=shipped_graph(), source="shipped")
    return publish_curriculum(district=district)


@transaction.atomic
def publish_curriculum(*, district: UUID) -> Curriculum:
    """Compile skills, templates and active imported problems into a version, and put it in force."""
    with in_district(district):
        curriculum = compile_curriculum(_stored_graph(), [*_usable_templates(), *_imported_activities()])
        CurriculumVersion.objects.filter(current=True).exclude(version=curriculum.version).update(current=False)
        row, _ = CurriculumVersion.objects.get_or_create(
            district_id=district,
            version=curriculum.version,
            defaults={"data": curriculum_to_bytes(curriculum)},
        )
        if not row.current:
            row.current = True
            row.save(update_fields=["current"])
    return curriculum


def _stored_graph() -> SkillGraph:
    skills = tuple(
        Skill(
            id=row.key,
            title=row.title,
            description=row.description,
            subject=row.subject,
            grade=row.grade,
            domain=row.domain,
            case_ids=tuple(row.case_ids),
            major=row.major,
        )
        for row in SkillRow.objects.order_by("number")
    )
    edges: dict[str, list[tuple[str, str]]] = {"prerequisite": [], "related": []}
    for earlier, later, kind in SkillEdge.objects.order_by("id").values_list("earlier", "later", "kind"):
        edges[kind].append((earlier, later))
    return SkillGraph(skills, tuple(edges["prerequisite"]), tuple(edges["related"]))


def _usable_templates() -> list[ActivityInfo]:
    skills = set(SkillRow.objects.values_list("key", flat=True))
    return [activity for activity in generated_activities() if activity.skill in skills]


def _imported_activities() -> list[ActivityInfo]:
    rows = ProblemRow.objects.filter(active=True).exclude(skill="").order_by("id")
    skills = set(SkillRow.objects.values_list("key", flat=True))
    return [
        ActivityInfo(
            row.key,
            "imported",
            row.skill,
            tuple(
                ItemInfo(step["item"], tuple(s for s in step.get("skills", ()) if s in skills) or (row.skill,))
                for step in row.payload["steps"]
            ),
        )
        for row in rows
        if row.skill in skills
    ]
