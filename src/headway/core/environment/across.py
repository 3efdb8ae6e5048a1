"""Planned days of many classes, added up for a school: an adult or a room that two classes share counts once a minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from headway.core.environment.instruction.model import Model
from headway.core.environment.moving import Together
from headway.core.environment.week import DayOf, Load, Use


@dataclass(frozen=True, slots=True)
class ClassDay:
    """A planned day of the class ``title``."""

    title: str
    day: DayOf


@dataclass(slots=True)
class _Adult:
    busy: set[tuple[int, int]] = field(default_factory=set)
    there: set[tuple[int, int]] = field(default_factory=set)
    groups: set[tuple[object, ...]] = field(default_factory=set)
    learners: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class _Room:
    used: dict[tuple[int, int, int], set[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(set))
    zones: dict[tuple[int, int, int], int] = field(default_factory=dict)


def across(days: Sequence[ClassDay]) -> tuple[dict[str, Load], dict[str, Use]]:
    """Return the loads of adults and the use of rooms, by name.

    Adults of the same name are one person, so names have to be the same in all classes. A group in which learners of several
    classes sit is in each of these classes' days, and counts once. A room of a shared model is the school's; any other is the
    class's own, named with it. Minutes are counted on the clock: somebody who is needed twice at the same time works once.
    """
    adults: dict[str, _Adult] = defaultdict(_Adult)
    rooms: dict[str, _Room] = defaultdict(_Room)
    for each in days:
        _add(each, adults, rooms)
    return (
        {name: _load(found) for name, found in sorted(adults.items())},
        {name: _use(found) for name, found in sorted(rooms.items())},
    )


def _add(each: ClassDay, adults: dict[str, _Adult], rooms: dict[str, _Room]) -> None:
    day, model = each.day.day, each.day.model
    for at, block in enumerate(model.planned()):
        minutes = {(day, minute) for minute in range(block.begin, block.begin + block.minutes)}
        here = [group for group in each.day.groups if group.block == at]
        for crew in model.crews:
            if not crew.blocks or block.id in crew.blocks:
                for name in crew.names:
                    adults[name].there |= minutes
        for group in here:
            if group.adult:
                found = adults[group.adult]
                found.busy |= minutes
                found.groups.add((day, block.begin, group.modality, group.skill, group.space))
                found.learners[day, block.begin] |= set(group.learners)
        for space in model.spaces:
            name = space.name if model.shared else f"{space.name} ({each.title})"
            span = (day, block.begin, block.minutes)
            rooms[name].zones[span] = space.zones
            meeting = [group for group in here if group.space == space.name and _meets(model, group)]
            rooms[name].used[span] |= {(group.modality, group.skill, group.adult) for group in meeting}


def _meets(model: Model, group: Together) -> bool:
    return bool(group.modality) and not model.modality(group.modality).device


def _load(found: _Adult) -> Load:
    most = max((len(learners) for learners in found.learners.values()), default=0)
    return Load(len(found.busy), len(found.groups), most, len(found.there - found.busy))


def _use(found: _Room) -> Use:
    used = sum(min(len(groups), found.zones[span]) * span[2] for span, groups in found.used.items())
    return Use(used, sum(zones * span[2] for span, zones in found.zones.items()))
