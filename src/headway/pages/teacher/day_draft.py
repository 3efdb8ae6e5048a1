"""What a plan that was only tried would change: who would be somewhere else than now, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.pages.teacher.day_shown import skill_said, way_of
from headway.school.environment.days.values import Group, Place, Planned


@dataclass(frozen=True, slots=True)
class Changed:
    """A learner's block: the round, where they are now and where they would be."""

    round: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft by its identifier: learners with what would change for them, by name, and what the day would be expected to bring,
    in every 100 that it brings now."""

    id: UUID
    learners: tuple[tuple[str, tuple[Changed, ...]], ...]
    worth: int


def draft_shown(
    planned: Planned, draft: Planned | None, curriculum: Curriculum, names: Mapping[str, str]
) -> Draft | None:
    """Compare a draft with the plan in force; None without one."""
    if draft is None:
        return None
    blocks = draft.blocks()
    out = []
    for key, name in sorted(names.items(), key=lambda pair: pair[1]):
        now, then = planned.of(UUID(key)), draft.of(UUID(key))
        changed = tuple(
            Changed(block.name, _place(now.get(at), planned, curriculum), _place(then.get(at), draft, curriculum))
            for at, block in enumerate(blocks)
        )
        if any(each.now != each.then for each in changed):
            out.append((name, tuple(each for each in changed if each.now != each.then)))
    worth = round(100.0 * draft.value / planned.value) if planned.value > 0.0 else 100
    return Draft(draft.row.id, tuple(out), worth)


def _place(found: tuple[Group, Place] | None, planned: Planned, curriculum: Curriculum) -> str:
    if found is None:
        return "–"
    group, place = found
    skill = skill_said(group.skill or place.skill, curriculum)
    return " · ".join(filter(None, (way_of(group, planned.model), group.adult, group.space, skill)))
