"""Changing what a district teaches. Every change ends in a new compiled version; old ones stay for replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
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
from headway.core.curriculum.codec import problem_to_json
from headway.core.curriculum.problems import Problem
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.school.curriculum.marks import held_items
from headway.school.curriculum.models import CurriculumVersion, ProblemVersion, SkillEdge
from headway.school.curriculum.models import Problem as ProblemRow
from headway.school.curriculum.models import Skill as SkillRow
from headway.school.curriculum.queries import forget_imported
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
            update_fields=["title", "description", "subject", "grade", "domain", "case_ids", "major", "kind", "source"],
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
        kind=skill.kind,
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


ALIGNED = "aligned"
"""Source of an edge by which a person said that a foreign skill belongs to a standard."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class SavedProblems:
    """How many problems an import added, changed and found as they were; ``offered`` counts those on a path."""

    new: int
    changed: int
    same: int
    offered: int


@transaction.atomic
def align_skills(*, district: UUID, pairs: Mapping[str, str]) -> None:
    """Write down which standard a foreign skill belongs to (foreign skill -> standard); the latest word counts.

    Raises ValueError naming a skill that the district does not have.
    """
    with in_district(district):
        known = set(SkillRow.objects.values_list("key", flat=True))
        unknown = sorted({*pairs, *pairs.values()} - known)
        if unknown:
            raise ValueError(f"the district has no skill {', '.join(unknown[:5])}")
        SkillEdge.objects.filter(source=ALIGNED, earlier__in=list(pairs)).delete()
        SkillEdge.objects.bulk_create(
            (
                SkillEdge(district_id=district, earlier=foreign, later=standard, kind="related", source=ALIGNED)
                for foreign, standard in sorted(pairs.items())
            ),
            ignore_conflicts=True,
        )


@transaction.atomic
def save_problems(
    *,
    district: UUID,
    problems: Iterable[Problem],
    usable: Callable[[Problem], bool] = lambda problem: True,
    tick: Callable[[int], None] = lambda done: None,
) -> SavedProblems:
    """Add imported problems, update the ones that are there; all or nothing.

    A problem stands under the standard that its skill is aligned to, else under its own skill. A problem that is there
    keeps its identifier and whether it is offered, so nothing that learners did is lost and what a person switched
    off stays off; how it read before is kept. ``tick`` hears how many problems were written.
    """
    new = changed = same = offered = 0
    with in_district(district):
        aligned = dict(SkillEdge.objects.filter(source=ALIGNED).values_list("earlier", "later"))
        for batch in _batches(problems):
            rows = [_problem_row(district, problem, aligned, usable(problem)) for problem in batch]
            there = {row.key: row for row in ProblemRow.objects.filter(key__in=[row.key for row in rows])}
            for row in rows:
                row.active = there[row.key].active if row.key in there else row.active
            fresh = [row for row in rows if row.key not in there]
            other = [row for row in rows if row.key in there and _differs(row, there[row.key])]
            ProblemVersion.objects.bulk_create(
                ProblemVersion(district_id=district, key=row.key, payload=there[row.key].payload)
                for row in other
                if row.payload != there[row.key].payload
            )
            ProblemRow.objects.bulk_create(
                fresh + other,
                update_conflicts=True,
                unique_fields=["district", "key"],
                update_fields=[*PROBLEM_FIELDS, "imported_at"],
            )
            new, changed, same = new + len(fresh), changed + len(other), same + len(rows) - len(fresh) - len(other)
            offered += sum(row.active and bool(row.skill) for row in rows)
            tick(len(rows))
    transaction.on_commit(forget_imported)
    return SavedProblems(new, changed, same, offered)


PROBLEM_FIELDS = ("title", "skill", "payload", "source", "licence", "url", "active")


def _batches(problems: Iterable[Problem]) -> Iterator[list[Problem]]:
    stream = iter(problems)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _problem_row(district: UUID, problem: Problem, aligned: Mapping[str, str], usable: bool) -> ProblemRow:
    steps = tuple(
        replace(step, skills=tuple(dict.fromkeys(aligned.get(skill, skill) for skill in step.skills)))
        for step in problem.steps
    )
    return ProblemRow(
        district_id=district,
        key=problem.id,
        title=str(problem.title),
        skill=next((skill for step in steps for skill in step.skills), ""),
        payload=problem_to_json(replace(problem, steps=steps)),
        source=problem.source.name,
        licence=problem.source.licence,
        url=problem.source.url,
        active=usable,
    )


def _differs(row: ProblemRow, there: ProblemRow) -> bool:
    return any(getattr(row, field) != getattr(there, field) for field in PROBLEM_FIELDS)


@transaction.atomic
def publish_curriculum(*, district: UUID) -> Curriculum:
    """Compile skills, templates and active imported problems into a version, and put it in force. What somebody holds back
    is not in it."""
    with in_district(district):
        held = held_items()
        every = (*_usable_templates(), *_imported_activities())
        offered = [activity for activity in every if not any(item.id in held for item in activity.items)]
        curriculum = compile_curriculum(_stored_graph(), offered)
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
            kind="cards" if row.kind == "cards" else "skill",
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


LEVEL_STEP = 0.6
"""Logits between an imported problem of level 1, 2 and 3, until its difficulty is calibrated."""


def _imported_activities() -> list[ActivityInfo]:
    rows = ProblemRow.objects.filter(active=True).exclude(skill="").order_by("id")
    skills = set(SkillRow.objects.values_list("key", flat=True))
    return [
        ActivityInfo(
            row.key,
            "imported",
            row.skill,
            tuple(
                ItemInfo(
                    step["item"],
                    tuple(s for s in step.get("skills", ()) if s in skills) or (row.skill,),
                    LEVEL_STEP * (row.payload.get("level", 2) - 2),
                )
                for step in row.payload["steps"]
            ),
            level=row.payload.get("level", 2),
        )
        for row in rows
        if row.skill in skills
    ]
