"""From a plan's counts to people and places: which learners sit together, who is with them, where they meet, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from headway.core.environment.instruction.dealing import deal
from headway.core.environment.instruction.drawing import CHANCE
from headway.core.environment.instruction.model import Crew, Model, Space
from headway.core.environment.instruction.today import Outlook
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Plan
from headway.core.text import T, Text

DEVICE_WORK = "device"
SPARE = ""
"""The modality of a seat without a session and without a device."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One learner in one block. ``skill`` is -1 for a seat without a task. ``gain`` is the expected gain of the seat in logits
    of ability; ``best`` is the best other (modality, skill) that is not in the learner's day, None where there is none, with
    ``lost``, the share of the gain that it would bring less (negative: more, but somebody else needed the seat). ``chance`` is
    the probability with which a coin gave this seat and not the (modality, skill) of ``other``; 1 where no coin was thrown."""

    learner: int
    skill: int
    gain: float
    best: tuple[str, int] | None = None
    lost: float = 0.0
    chance: float = 1.0
    other: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What the naming of a plan keeps to: sessions of the plan ``before``, ``pairs`` of learners who sit together, and by
    (block, learner) the choice that a coin could have given instead (``other``)."""

    before: Sequence[Session] = ()
    pairs: Sequence[tuple[int, int]] = ()
    other: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """Learners who work together, or everybody with a device, or without a seat. ``block`` counts planned blocks from 0;
    ``adult`` and ``space`` are empty where there is none; ``skill`` is -1 where each has their own."""

    block: int
    modality: str
    skill: int
    adult: str
    space: str
    seats: tuple[Seat, ...]


NOTHING_CARRIED = Carried()


@dataclass(frozen=True, slots=True)
class Arranged:
    """All sessions of a day in the order of blocks, modalities and skills; ``clashes`` say what found no place."""

    sessions: tuple[Session, ...]
    clashes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    block: int
    kind: int
    crew: int
    choices: tuple[int, ...]
    before: Session | None


def arrange_sessions(
    model: Model, outlook: Outlook, plan: Plan, absent_adults: Mapping[str, frozenset[str]] | None = None,
    carried: Carried = NOTHING_CARRIED,
) -> Arranged:  # fmt: skip
    """Name adults and spaces, and split the learners of a kind over its sessions, about equally many each.

    An adult keeps a modality and a skill over the day where that is possible. Spaces are matched exactly (Jonker & Volgenant
    through SciPy): no zone twice in a block, and none with fewer seats than learners. What was planned ``before`` keeps its
    people and its place where it can.
    """
    away = absent_adults or {}
    sessions: list[Session] = []
    clashes: list[Text] = []
    usual: dict[tuple[str, int], str] = {}
    for at in range(len(outlook.blocks)):
        groups = list(_groups(model, outlook, plan, at, carried))
        adults = _adults(model, outlook, groups, away, usual)
        places, without = _places(model, outlook, groups)
        clashes += without
        for group, adult, place in zip(groups, adults, places, strict=True):
            modality, skill = outlook.kinds[group.kind]
            seats = tuple(_seat(outlook, plan, choice, at, carried) for choice in group.choices)
            sessions.append(Session(at, modality, skill, adult, place, seats))
        sessions += _alone(model, outlook, plan, at, carried)
    order = {each.id: number for number, each in enumerate(model.modalities)}
    sessions.sort(key=lambda each: (each.block, order.get(each.modality, len(order)), each.skill))
    return Arranged(tuple(sessions), tuple(clashes))


def _groups(model: Model, outlook: Outlook, plan: Plan, at: int, carried: Carried) -> Iterator[_Group]:
    day, held = outlook.day, plan.seats[at]
    for kind in range(len(outlook.kinds)):
        rows = np.flatnonzero(day.openings[:, 1] == kind)
        crews = [int(day.openings[row, 0]) for row in rows for _ in range(int(plan.sessions[at, row]))]
        if not crews:
            continue
        mine = {int(day.learner[choice]): int(choice) for choice in held if choice >= 0 and day.kind[choice] == kind}
        same = [
            each for each in carried.before if (each.block, each.modality, each.skill) == (at, *outlook.kinds[kind])
        ]
        was = [_taken(model, outlook, crew, same) for crew in crews]
        sat = [frozenset(seat.learner for seat in each.seats) if each is not None else frozenset() for each in was]
        parts = deal(list(mine), len(crews), sat if same else (), carried.pairs, int(day.largest[kind]))
        for crew, part, old in zip(crews, parts, was, strict=True):
            if part:
                yield _Group(at, kind, crew, tuple(mine[learner] for learner in part), old)


def _taken(model: Model, outlook: Outlook, crew: int, sessions: list[Session]) -> Session | None:
    """The first of some sessions that a crew ran, taken out of the list."""
    names = {name for each in model.crews if each.id == outlook.crews[crew] for name in each.names}
    for at, each in enumerate(sessions):
        if each.adult in names or not (each.adult or names):
            return sessions.pop(at)
    return None


def _adults(
    model: Model,
    outlook: Outlook,
    groups: Sequence[_Group],
    away: Mapping[str, frozenset[str]],
    usual: dict[tuple[str, int], str],
) -> list[str]:
    """One adult a group; who had the modality and the skill before goes on with it, then who had none."""
    free: dict[int, list[str]] = {}
    crews: dict[str, Crew] = {crew.id: crew for crew in model.crews}
    out = [""] * len(groups)
    for wanted in (True, False):  # those who go on first, so that nobody takes their place
        for number, group in enumerate(groups):
            name = outlook.crews[group.crew]
            if not name or out[number]:
                continue
            missing = away.get(outlook.blocks[group.block].id, frozenset())
            there = free.setdefault(group.crew, [each for each in crews[name].names if each not in missing])
            before = group.before.adult if group.before is not None else usual.get(outlook.kinds[group.kind])
            if wanted and before not in there:
                continue
            chosen = before if wanted and before is not None else there[0]
            there.remove(chosen)
            out[number] = usual[outlook.kinds[group.kind]] = chosen
    return out


def _places(model: Model, outlook: Outlook, groups: Sequence[_Group]) -> tuple[list[str], list[Text]]:
    zones = [space for space in model.spaces for _ in range(space.zones)]
    if not groups or not zones:
        return [""] * len(groups), []
    cost = np.array([[_fit(model, outlook, group, zone) for zone in zones] for group in groups])
    rows, columns = linear_sum_assignment(cost)
    out, clashes = [""] * len(groups), []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if cost[row, column] < FAR:
            out[row] = zones[column].name
    for group, place in zip(groups, out, strict=True):
        if not place:
            modality = model.modality(outlook.kinds[group.kind][0])
            clashes.append(
                T(
                    "{block}: no space is free for “{modality}” with {count} learners. Allow it another space, or add a zone.",
                    block=outlook.blocks[group.block].name, modality=modality.name, count=len(group.choices),
                )
            )  # fmt: skip
    return out, clashes


FAR = 1e6
SAME = 1e4
"""Seats that a group may leave empty to stay where it was."""


def _fit(model: Model, outlook: Outlook, group: _Group, zone: Space) -> float:
    """Seats left over are the cost of a place; what does not fit is far away."""
    allowed = model.modality(outlook.kinds[group.kind][0]).spaces
    if (allowed and zone.id not in allowed) or zone.seats < len(group.choices):
        return FAR
    if group.before is not None and group.before.space == zone.name:
        return float(zone.seats - len(group.choices)) - SAME
    return float(zone.seats - len(group.choices))


def _alone(model: Model, outlook: Outlook, plan: Plan, at: int, carried: Carried) -> Iterator[Session]:
    """Everybody who works on a device, and everybody without a seat, as one session each."""
    own = next((each for each in model.modalities if each.device), None)
    held, day = plan.seats[at], outlook.day
    screens = [int(choice) for choice in held if choice >= 0 and day.kind[choice] == DEVICE]
    if screens and own is not None:
        places = [space.name for space in model.spaces if space.id in own.spaces]
        yield Session(
            at,
            own.id,
            -1,
            "",
            places[0] if places else "",
            tuple(_seat(outlook, plan, each, at, carried) for each in screens),
        )
    spare = [learner for learner, choice in enumerate(held.tolist()) if choice < 0 or day.kind[choice] == OVERFLOW]
    if spare:
        yield Session(at, SPARE, -1, "", "", tuple(Seat(learner, -1, 0.0) for learner in spare))


def _seat(outlook: Outlook, plan: Plan, choice: int, at: int, carried: Carried) -> Seat:
    """The seat with the best that the learner does not have today, and what a coin could have given."""
    seat, other = _compared(outlook, plan, choice), carried.other.get((at, int(outlook.day.learner[choice])), -1)
    if other < 0:
        return seat
    kind = int(outlook.day.kind[other])
    way = DEVICE_WORK if kind == DEVICE else outlook.kinds[kind][0]
    return replace(seat, chance=CHANCE, other=(way, int(outlook.practised[other])))


def _compared(outlook: Outlook, plan: Plan, choice: int) -> Seat:
    day = outlook.day
    learner, gain = int(day.learner[choice]), float(outlook.rates[choice])
    held = plan.seats[:, learner]
    items = {int(day.item[each]) for each in held if each >= 0}
    rows = np.flatnonzero((day.learner == learner) & (day.kind != OVERFLOW))
    others = [
        row
        for row in rows.tolist()
        if int(day.item[row]) not in items or (row != choice and day.item[row] == day.item[choice])
    ]
    skill = int(outlook.practised[choice])
    if not others or gain <= 0.0:
        return Seat(learner, skill, gain)
    best = max(others, key=lambda row: float(outlook.rates[row]))
    other = (
        (DEVICE_WORK, int(outlook.practised[best])) if day.kind[best] == DEVICE else outlook.kinds[int(day.kind[best])]
    )
    return Seat(learner, skill, gain, other, 1.0 - float(outlook.rates[best]) / gain)
