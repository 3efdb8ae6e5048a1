"""What there is to do: activities and their items, as a curriculum is compiled from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.curriculum.generators.base import templates
from headway.core.curriculum.skills import SkillGraph

Kind = Literal["generated", "imported"]


@dataclass(frozen=True, slots=True)
class ItemInfo:
    """What the learner model keeps a difficulty for: a template or one imported step.

    ``difficulty`` is in logits around the middle item of its skill (0); compiling places it on the one scale by adding
    the skill's grade base.
    """

    id: str
    skills: tuple[str, ...]
    difficulty: float = 0.0


@dataclass(frozen=True, slots=True)
class ActivityInfo:
    """Something a learner can be given. For ``generated`` ones ``id`` is the template and the concrete activity is
    ``gen:<id>:<seed>[:<interest>]``; an ``imported`` one's id is the activity. ``items`` are its steps in order,
    ``level`` 1 (first steps) to 3 (stretch), ``away`` says that it is done away from the screen."""

    id: str
    kind: Kind
    skill: str
    items: tuple[ItemInfo, ...]
    uses_interest: bool = False
    level: int = 2
    away: bool = False


def generated_activities() -> tuple[ActivityInfo, ...]:
    """Return one activity for each registered template."""
    return tuple(
        ActivityInfo(t.id, "generated", t.skill, (ItemInfo(t.id, (t.skill,), t.difficulty),), t.uses_interest, t.level)
        for t in templates().values()
    )


def content(graph: SkillGraph, activities: Sequence[ActivityInfo]) -> bytes:
    skills = [
        [s.id, s.title, s.description, s.subject, s.grade, s.domain, list(s.case_ids), s.major]
        + ([s.kind] if s.kind != "skill" else [])  # a curriculum without decks keeps the version that it had
        for s in graph.skills
    ]
    entries = [
        [a.id, a.kind, a.skill, [[i.id, i.skills, i.difficulty] for i in a.items], a.uses_interest, a.level, a.away]
        for a in activities
    ]
    return json.dumps([skills, graph.prerequisites, graph.related, entries], separators=(",", ":")).encode()
