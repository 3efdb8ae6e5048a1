"""Which of a framework's standards is which of our skills: only what somebody has published or confirmed.

A standard is a skill's own where it has the identifier that the skill carries, where the Learning Commons crosswalk names it
(with how much of their parts the two share), or where the package itself says that it exactly matches it. What merely has
the same code, or shares words, is suggested to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from headway.core.curriculum.skills import Skill, SkillGraph
from headway.standards.alignment import Suggestion, suggest
from headway.standards.case.framework import Framework, Standard
from headway.standards.skills import Crosswalk

How = Literal["identifier", "crosswalk", "association", "person"]
SAME = frozenset({"exactMatchOf", "isPeerOf", "isTranslationOf"})
CROSSWALK = "ext:hasStandardAlignment"
"""How a framework read from the Knowledge Graph says that two standards share parts: ``jaccard`` of its extensions, 0 to 1."""
COMMON_CORE = re.compile(r"(?:CCSS-M|CCSS\.MATH(?:\.CONTENT)?|MATH\.CONTENT)[:./]([A-Za-z0-9.-]+)$", re.IGNORECASE)
"""How addresses name a standard of the Common Core: by its code, at their end."""


@dataclass(frozen=True, slots=True)
class Match:
    """``share``: how much of the two is common, from 0 (nothing) to 1 (they are the same)."""

    identifier: str
    skill: str
    how: How
    share: float = 1.0


def match(framework: Framework, graph: SkillGraph, crosswalk: Crosswalk) -> tuple[Match, ...]:
    """Return what is published about the framework and our skills, in the framework's order, each pair once."""
    own = {case_id: skill.id for skill in graph.skills for case_id in skill.case_ids}
    keys = {_plain(skill.id): skill.id for skill in graph.skills}
    across = {state: (own[case], share) for case, rows in crosswalk.items() if case in own for state, _, share in rows}
    found: dict[tuple[str, str], Match] = {}
    for identifier, skill, how, share in _said(framework, own, keys, across):
        found.setdefault((identifier, skill), Match(identifier, skill, how, share))
    place = {standard.identifier: n for n, standard in enumerate(framework.standards)}
    return tuple(sorted(found.values(), key=lambda each: (place[each.identifier], each.skill)))


def _said(
    framework: Framework, own: dict[str, str], keys: dict[str, str], across: dict[str, tuple[str, float]]
) -> Iterator[tuple[str, str, How, float]]:
    there = {standard.identifier for standard in framework.standards}
    for identifier in there:
        if identifier in own:
            yield identifier, own[identifier], "identifier", 1.0
        if identifier in across:
            skill, share = across[identifier]
            yield identifier, skill, "crosswalk", share
    for link in framework.associations:
        if link["associationType"] == CROSSWALK:
            skill_of, share = (
                own.get(link["destinationNodeURI"]["identifier"]),
                link.get("extensions", {}).get("jaccard"),
            )
            if (
                skill_of
                and link["originNodeURI"]["identifier"] in there
                and isinstance(share, int | float)
                and 0 < share <= 1
            ):
                yield link["originNodeURI"]["identifier"], skill_of, "crosswalk", share
        elif link["associationType"] in SAME:
            ends = (link["originNodeURI"], link["destinationNodeURI"])
            for mine, other in (ends, ends[::-1]):
                skill_of = own.get(other["identifier"]) or _by_address(other["uri"], keys)
                if mine["identifier"] in there and skill_of:
                    yield mine["identifier"], skill_of, "association", 1.0


def _by_address(uri: str, keys: dict[str, str]) -> str | None:
    found = COMMON_CORE.search(unquote(uri))
    return keys.get(_plain(found[1])) if found else None


def _plain(code: str) -> str:
    """A code as one spells it: ``6.RP.A.3.a`` and ``6.RP.A.3a`` are the same."""
    return re.sub(r"\.(?=[a-z]$)", "", code.strip()).upper()


def unmatched(
    framework: Framework, graph: SkillGraph, matches: Sequence[Match]
) -> tuple[tuple[Skill, ...], tuple[Suggestion, ...]]:
    """Return the standards that no skill stands for (as skills of their own, by identifier) and what a person may confirm:
    the skill of the same code first (score 1), then those that share words. Headings, which have others below them, are left
    out."""
    known, above = {each.identifier for each in matches}, {standard.parent for standard in framework.standards}
    left = [each for each in framework.standards if each.identifier not in known and each.identifier not in above]
    return tuple(map(_as_skill, left)), propose(left, graph)


def propose(standards: Sequence[Standard], graph: SkillGraph) -> tuple[Suggestion, ...]:
    """What a person may confirm of some standards: the skill of the same code (score 1, shared ``=``), else those that share
    words."""
    keys = {_plain(skill.id): skill.id for skill in graph.skills}
    coded = {each.identifier: keys[_plain(each.code)] for each in standards if _plain(each.code) in keys}
    named = tuple(Suggestion(key, skill, 1.0, ("=",)) for key, skill in coded.items())
    rest = [_as_skill(each) for each in standards if each.identifier not in coded]
    return named + suggest(rest, graph, {})


def _as_skill(standard: Standard) -> Skill:
    return Skill(standard.identifier, standard.statement, "", "", "", "")
