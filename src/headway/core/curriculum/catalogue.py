"""The curriculum in the form that the loop reads: skills, activities and items as flat, numbered arrays.

A :class:`Curriculum` is a frozen value with a content hash for a version, so that a decision made under it can be
replayed years later. A skill's number is its place in the graph's order; outside one curriculum a skill is known by
its ``key``, a 64-bit hash of its identifier, which survives any reordering and any growth of the graph.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.activities import ActivityInfo as ActivityInfo
from headway.core.curriculum.activities import ItemInfo as ItemInfo
from headway.core.curriculum.activities import content
from headway.core.curriculum.activities import generated_activities as generated_activities
from headway.core.curriculum.skills import Skill, SkillGraph

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

GRADE_STEP = 0.6
"""Logits between the middle items of two neighbouring grades: a starting assumption. It makes a typical learner solve
two thirds of the middle items of the grade below and one third of those of the grade above; calibrated item
difficulties move single items away from it."""

GRADES = {"K": 0, **{str(n): n for n in range(1, 9)}, "A1": 9, "HS": 10}
"""Grade level of a skill or a learner; Algebra I counts as 9, the rest of high school as 10."""


def grade_level(grade: str) -> int:
    """Return the level of a grade (``K`` is 0, ``A1`` is 9, ``HS`` is 10); ValueError otherwise."""
    if grade in GRADES:
        return GRADES[grade]
    if grade.isdecimal() and 9 <= int(grade) <= 12:
        return int(grade)
    raise ValueError(f"unknown grade {grade!r}: use K, 1 to 12, A1 or HS")


def stable_key(identifier: str) -> int:
    """Return the 64-bit key of an identifier, the same on every machine and in every release."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, eq=False)
class Curriculum:
    """Skills, items and activities as arrays (S skills, I items, A activities; lists of lists as offsets and values).

    ``keys`` uint64 [S] are the skills' stable keys; ``order`` int32 [S] sorts them and ``sorted_keys`` is the result.
    ``base`` float64 [S] is the difficulty in logits of a skill's middle item, ``level`` int32 [S] its grade level.
    ``difficulty`` float64 [I] is on the same scale as ability.
    """

    version: str
    skills: tuple[Skill, ...]
    activities: tuple[ActivityInfo, ...]
    prerequisites: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...]
    skill_number: dict[str, int]
    activity_number: dict[str, int]
    activity_by_key: dict[int, int]
    item_number: dict[str, int]
    items: tuple[str, ...]
    keys: NDArray[np.uint64]
    sorted_keys: NDArray[np.uint64]
    order: Ints
    level: Ints
    base: Floats
    before_at: Ints
    before: Ints
    after_at: Ints
    after: Ints
    difficulty: Floats
    item_skills_at: Ints
    item_skills: Ints
    activity_skill: Ints
    activity_level: Ints
    activity_key: NDArray[np.uint64]
    activity_items_at: Ints
    activity_items: Ints
    skill_activities_at: Ints
    skill_activities: Ints

    def skill_numbers(self, skills: Iterable[str]) -> Ints:
        """Return the numbers of the skills that this curriculum knows, in the given order."""
        found = (self.skill_number.get(skill) for skill in skills)
        return np.array([number for number in found if number is not None], np.int32)

    def activity_of(self, concrete: str) -> int:
        """Return the number of a concrete activity (``gen:…`` or imported id), or -1 if it is not in here."""
        return self.activity_number.get(catalogue_id(concrete), -1)

    def activity(self, concrete: str) -> ActivityInfo | None:
        """Return what is known of a concrete activity, or None."""
        number = self.activity_of(concrete)
        return None if number < 0 else self.activities[number]


def catalogue_id(concrete: str) -> str:
    """Return the catalogue's identifier of a concrete activity: the template of a generated one, else itself."""
    return concrete.split(":", 2)[1] if concrete.startswith("gen:") else concrete


def compile_curriculum(graph: SkillGraph, activities: Sequence[ActivityInfo]) -> Curriculum:
    """Number everything and build the arrays. The same content gives the same version.

    Raises ValueError for a doubled identifier, an unknown skill, an activity without items, or an item that appears
    with two different definitions.
    """
    skill_number = _numbered("skill", (skill.id for skill in graph.skills))
    items = _collect_items(activities, skill_number)
    item_number = {item: n for n, item in enumerate(items)}
    arrays = _skill_arrays(graph, skill_number) | _activity_arrays(activities, skill_number, item_number)
    skill_lists = [[skill_number[s] for s in dict.fromkeys(item.skills)] for item in items.values()]
    arrays["difficulty"] = _difficulties(items.values(), skill_lists, arrays["base"])
    arrays["item_skills_at"], arrays["item_skills"] = _flat(skill_lists)
    for array in arrays.values():
        array.flags.writeable = False
    return Curriculum(
        version=_version(graph, activities),
        skills=graph.skills,
        activities=tuple(activities),
        prerequisites=graph.prerequisites,
        related=graph.related,
        skill_number=skill_number,
        activity_number=_numbered("activity", (activity.id for activity in activities)),
        activity_by_key={stable_key(activity.id): number for number, activity in enumerate(activities)},
        item_number=item_number,
        items=tuple(items),
        **arrays,
    )


def _skill_arrays(graph: SkillGraph, skill_number: dict[str, int]) -> dict[str, Any]:
    levels = np.array([grade_level(skill.grade) for skill in graph.skills], np.int32)
    keys = np.array([stable_key(skill.id) for skill in graph.skills], np.uint64)
    if len(np.unique(keys)) != len(keys):
        raise ValueError("two skills share a stable key: rename one of them")
    before, after = _edges(graph, skill_number)
    before_at, before_flat = _flat(before)
    after_at, after_flat = _flat(after)
    return {
        "keys": keys,
        "sorted_keys": np.sort(keys),
        "order": np.argsort(keys).astype(np.int32),
        "level": levels,
        "base": levels.astype(np.float64) * GRADE_STEP,
        "before_at": before_at,
        "before": before_flat,
        "after_at": after_at,
        "after": after_flat,
    }


def _activity_arrays(
    activities: Sequence[ActivityInfo], skill_number: dict[str, int], item_number: dict[str, int]
) -> dict[str, Any]:
    by_skill: list[list[int]] = [[] for _ in skill_number]
    for number, activity in enumerate(activities):
        by_skill[skill_number[activity.skill]].append(number)
    items_at, items = _flat([[item_number[item.id] for item in activity.items] for activity in activities])
    skill_activities_at, skill_activities = _flat(by_skill)
    return {
        "activity_skill": np.array([skill_number[a.skill] for a in activities], np.int32),
        "activity_level": np.array([a.level for a in activities], np.int32),
        "activity_key": np.array([stable_key(a.id) for a in activities], np.uint64),
        "activity_items_at": items_at,
        "activity_items": items,
        "skill_activities_at": skill_activities_at,
        "skill_activities": skill_activities,
    }


def _numbered(what: str, identifiers: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for identifier in identifiers:
        if identifier in numbers:
            raise ValueError(f"{what} {identifier} appears twice")
        numbers[identifier] = len(numbers)
    return numbers


def _collect_items(activities: Sequence[ActivityInfo], skill_number: dict[str, int]) -> dict[str, ItemInfo]:
    items: dict[str, ItemInfo] = {}
    for activity in activities:
        if not activity.items:
            raise ValueError(f"activity {activity.id} has no items")
        unknown = [s for s in (activity.skill, *(s for i in activity.items for s in i.skills)) if s not in skill_number]
        if unknown:
            raise ValueError(f"activity {activity.id} names the unknown skill {unknown[0]}: add it to the graph")
        for item in activity.items:
            if not item.skills:
                raise ValueError(f"item {item.id} of activity {activity.id} has no skill")
            if items.setdefault(item.id, item) != item:
                raise ValueError(f"item {item.id} is defined twice and differently (last in activity {activity.id})")
    return items


def _edges(graph: SkillGraph, skill_number: dict[str, int]) -> tuple[list[list[int]], list[list[int]]]:
    before: list[list[int]] = [[] for _ in graph.skills]
    after: list[list[int]] = [[] for _ in graph.skills]
    for earlier, later in graph.prerequisites:
        if earlier not in skill_number or later not in skill_number:
            raise ValueError(f"prerequisite edge {earlier} -> {later} names an unknown skill")
        before[skill_number[later]].append(skill_number[earlier])
        after[skill_number[earlier]].append(skill_number[later])
    return before, after


def _difficulties(items: Iterable[ItemInfo], skill_lists: list[list[int]], base: Floats) -> Floats:
    return np.array([i.difficulty + float(np.mean(base[s])) for i, s in zip(items, skill_lists, strict=True)])


def _flat(lists: list[list[int]]) -> tuple[Ints, Ints]:
    offsets = np.zeros(len(lists) + 1, np.int32)
    np.cumsum([len(each) for each in lists], out=offsets[1:])
    return offsets, np.array([value for each in lists for value in each], np.int32)


def _version(graph: SkillGraph, activities: Sequence[ActivityInfo]) -> str:
    return blake2b(content(graph, activities), digest_size=8).hexdigest()


def curriculum_to_bytes(curriculum: Curriculum) -> bytes:
    """Encode as compressed JSON; the same curriculum gives the same bytes."""
    graph = SkillGraph(curriculum.skills, curriculum.prerequisites, curriculum.related)
    return zlib.compress(content(graph, curriculum.activities), 6)


def curriculum_from_bytes(data: bytes) -> Curriculum:
    """Decode what :func:`curriculum_to_bytes` wrote. Raises ValueError if the bytes are something else."""
    try:
        skills, prerequisites, related, entries = json.loads(zlib.decompress(data))
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not an encoded curriculum: {error}") from error
    graph = SkillGraph(
        tuple(
            Skill(name, title, text, subject, grade, domain, tuple(case), major, *kind)
            for name, title, text, subject, grade, domain, case, major, *kind in skills
        ),
        tuple((earlier, later) for earlier, later in prerequisites),
        tuple((one, other) for one, other in related),
    )
    activities = [
        ActivityInfo(name, kind, skill, tuple(ItemInfo(i, tuple(s), d) for i, s, d in items), interest, level, away)
        for name, kind, skill, items, interest, level, away in entries
    ]
    return compile_curriculum(graph, activities)
