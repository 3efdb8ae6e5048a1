"""A planned day as a page, a wall and a sheet of paper show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import DEVICE_WORK
from headway.core.text import T, Text
from headway.pages.render import plain
from headway.school.environment.days.values import Group, Place, Planned
from headway.school.environment.queries import title_of
from headway.standards.instruction import clock


@dataclass(frozen=True, slots=True)
class Who:
    """A learner in a group: their name, what they work on where each has their own, why, and what would have come next;
    ``pinned``: a person keeps them there, ``away``: they are not here today."""

    learner: str
    name: str
    skill: str
    why: Text
    next: Text | None
    pinned: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A group: its number in the plan, what, on what, with whom, where, and who."""

    number: int
    way: str
    skill: str
    adult: str
    space: str
    who: tuple[Who, ...]
    spare: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A block with its times and its number among the planned ones; ``all`` names what everybody does together; ``now``: it is
    going on."""

    number: int
    name: str
    begin: str
    end: str
    all: str
    groups: tuple[Shown, ...]
    now: bool = False


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day: its blocks by time, what clashes, and how near the plan is to the best possible, as a whole percentage."""

    slots: tuple[Slot, ...]
    clashes: tuple[Text, ...]
    near: int


def shown_day(
    planned: Planned,
    curriculum: Curriculum,
    names: Mapping[str, str],
    *,
    kept: frozenset[tuple[str, int]] = frozenset(),
    away: frozenset[str] = frozenset(),
    minute: int = -1,
) -> ShownDay:
    """Put a plan into words. Learners who have left the class since are left out. ``kept`` are learners with the blocks in which
    a person keeps them where they are, ``away`` those who are not here; ``minute`` that of the day, -1 for another."""
    model, number = planned.model, {block.id: at for at, block in enumerate(planned.blocks())}
    slots = []
    for block in model.blocks:
        at = number.get(block.id, -1)
        together = model.modality(block.all).name if block.all else ""
        shown = tuple(
            part
            for n, group in enumerate(planned.groups)
            if group.block == at
            for part in _parts(_group(n, planned, curriculum, names, kept, away), planned, at)
        )
        slots.append(
            Slot(
                at,
                block.name,
                clock(block.begin),
                clock(block.begin + block.minutes),
                together,
                shown,
                block.begin <= minute < block.begin + block.minutes,
            )
        )
    near = 100 if planned.bound <= 0.0 else max(0, int(100.0 * planned.value / planned.bound))
    return ShownDay(tuple(slots), planned.clashes, near)


def _group(
    number: int, planned: Planned, curriculum: Curriculum, names: Mapping[str, str], kept: frozenset[tuple[str, int]],
    away: frozenset[str],
) -> Shown:  # fmt: skip
    group, model = planned.groups[number], planned.model
    known = [(names[str(place.learner)], place) for place in group.places if str(place.learner) in names]
    who = tuple(
        Who(
            str(place.learner), name, "" if group.skill else skill_said(place.skill, curriculum),
            *_why(place, group, planned, curriculum), (str(place.learner), group.block) in kept, str(place.learner) in away,
        )
        for name, place in sorted(known, key=lambda pair: pair[0])
    )  # fmt: skip
    return Shown(
        number,
        way_of(group, model),
        skill_said(group.skill, curriculum),
        group.adult,
        group.space or (model.spaces[0].name if len(model.spaces) == 1 else ""),
        who,
        not group.modality,
    )


def _parts(shown: Shown, planned: Planned, block: int) -> list[Shown]:
    """A group; of those without a seat, whoever is in another class then stands apart from the others, with that class."""
    if not shown.spare or not planned.elsewhere:
        return [shown]
    there = [
        replace(who, skill=planned.elsewhere[UUID(who.learner), block], why=T("The plan went round it."), next=None)
        for who in shown.who
        if (UUID(who.learner), block) in planned.elsewhere
    ]
    here = tuple(who for who in shown.who if (UUID(who.learner), block) not in planned.elsewhere)
    apart = replace(shown, way=_("In another class"), who=tuple(there))
    return [part for part in (replace(shown, who=here), apart) if part.who]


def way_of(group: Group, model: Model) -> str:
    """The way of working of a group, as the class calls it."""
    return model.modality(group.modality).name if group.modality else model.spare


def skill_said(key: str, curriculum: Curriculum) -> str:
    """A skill's title in the reader's language; "" for none, or one that is not in the curriculum any more."""
    return plain(title_of(curriculum, curriculum.skill_number[key])) if key in curriculum.skill_number else ""


def _why(place: Place, group: Group, planned: Planned, curriculum: Curriculum) -> tuple[Text, Text | None]:
    """Why a learner sits there, and the best that is not in their day."""
    model = planned.model
    if place.placed and place.gain <= 0.0:
        return T("{adult} has chosen this place. Nothing is promised here.", adult=place.placed), None
    if group.modality and not place.skill:
        return T("A device was free, so they go on with their own practice."), None
    if not group.modality and _screens(place.learner, planned) >= model.screen_blocks > 0:
        return T("They have {n} blocks on a screen already, and no group had a seat.", n=model.screen_blocks), None
    if not group.modality:
        return T("No seat with a device or a group was free, or nothing new is ready yet."), None
    why = T("Ready for “{skill}”: what it builds on is secure.", skill=skill_said(place.skill, curriculum))
    if place.placed:
        why = T("{why} {adult} has chosen this place.", why=why, adult=place.placed)
    if not place.best_skill:
        return why, None
    own = next((each.name for each in model.modalities if each.device), "")
    way = own if place.best_modality == DEVICE_WORK else model.modality(place.best_modality).name
    percent = round(100.0 * abs(place.lost))
    other = skill_said(place.best_skill, curriculum)
    if place.lost >= 0.005:
        return why, T("Next best: {way} on “{skill}”, {percent} % less gain.", way=way, skill=other, percent=percent)
    if place.lost > -0.005:
        return why, T("As good: {way} on “{skill}”.", way=way, skill=other)
    return why, T("Better: {way} on “{skill}”, but somebody else needs that seat more.", way=way, skill=other)


def _screens(learner: UUID, planned: Planned) -> int:
    """The blocks of a learner's day on a device."""
    day = planned.of(learner).values()
    return sum(bool(group.modality) and planned.model.modality(group.modality).device for group, _place in day)


PARTNERS = 4
"""Learners of a group without an adult whose names fit beside each other."""


def with_whom(group: Shown, name: str) -> str:
    """The adult of a group; without one, the others of a small group."""
    if group.adult or not group.skill or len(group.who) > PARTNERS:
        return group.adult
    return ", ".join(who.name for who in group.who if who.name != name)


def by_name(day: ShownDay) -> list[tuple[str, list[str]]]:
    """Every learner with their place in each block, as the wall shows it: the way of working, the adult and the room."""
    names = sorted({who.name for slot in day.slots for group in slot.groups for who in group.who})
    places = [
        {
            who.name: " · ".join(filter(None, (g.way, who.skill if g.spare else with_whom(g, who.name), g.space)))
            for g in slot.groups
            for who in g.who
        }
        for slot in day.slots
    ]
    return [
        (name, [place.get(name, slot.all) for slot, place in zip(day.slots, places, strict=True)]) for name in names
    ]
