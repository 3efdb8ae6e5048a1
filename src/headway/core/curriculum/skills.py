"""The skill graph: what there is to learn, and what builds on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

SkillKind = Literal["skill", "cards"]
"""``cards`` is a deck of facts that are known or not, one by one; each question of it is a card."""
SKILL_KINDS: tuple[SkillKind, ...] = get_args(SkillKind)


@dataclass(frozen=True, slots=True)
class Skill:
    """A node of the graph. ``id`` is stable and readable (``6.EE.B.7``); ``title`` is short and in plain words;
    ``case_ids`` are the CASE identifiers of the standards that it is aligned to; ``grade`` is ``K``,
    ``1`` … ``8``, ``A1``."""

    id: str
    title: str
    description: str
    subject: str
    grade: str
    domain: str
    case_ids: tuple[str, ...] = ()
    major: bool = False
    kind: SkillKind = "skill"


@dataclass(frozen=True, slots=True)
class SkillGraph:
    """Skills in a fixed order with prerequisite edges (earlier, later) and undirected related pairs, by skill id."""

    skills: tuple[Skill, ...]
    prerequisites: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...] = ()
