"""From a plan's counts to people and places: which learners sit together, who is with them, where they meet, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

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
    ``lost``, the share of the gain that it would bring less (negative: more, but somebody else needed the seat)."""

    learner: int
    skill: int
    gain: float
    best: tuple[str, int] | None = None
    lost: float = 0.0


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


def arrange_sessions(
    model: Model, outlook: Outlook, plan: Plan, absent_adults: Mapping[str, frozenset[str]] | None = None
) -> Arranged:
    """Name adults and spaces, and split the learners of a kind over its sessions, about equally many each.

    An adult keeps a modality and a skill over the day where that is possible. Spaces are matched exactly (Jonker & Volgenant
    through SciPy): no zone twice in a block, and none with fewer seats than learners.
    """
    away = absent_adults or {}
    sessions: list[Session] = []
    clashes: list[Text] = []
    usual: dict[tuple[str, int], str] = {}
    for at in range(len(outlook.blocks)):
        groups = list(_groups(outlook, plan, at))
        adults = _adults(model, outlook, groups, away, usual)
        places, without = _places(model, outlook, groups)
        clashes += without
        for group, adult, place in zip(groups, adults, places, strict=True):
            modality, skill = outlook.kinds[group.kind]
            seats = tuple(_seat(outlook, plan, choice) for choice in group.choices)
            sessions.append(Session(at, modality, skill, adult, place, seats))
        sessions += _alone(model, outlook, plan, at)
    order = {each.id: number for number, each in enumerate(model.modalities)}
    sessions.sort(key=lambda each: (each.block, order.get(each.modality, len(order)), each.skill))
    return Arranged(tuple(sessions), tuple(clashes))


def _groups(outlook: Outlook, plan: Plan, at: int) -> Iterator[_Group]:
    day, held = outlook.day, plan.seats[at]
    for kind in range(len(outlook.kinds)):
        rows = np.flatnonzero(day.openings[:, 1] == kind)
        crews = [int(day.openings[row, 0]) for row in rows for _ in range(int(plan.sessions[at, row]))]
        choices = [int(choice) for choice in held if choice >= 0 and day.kind[choice] == kind]
        for number, crew in enumerate(crews):
            part = tuple(choices[number :: len(crews)])
            if part:
                yield _Group(at, kind, crew, part)


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
            before = usual.get(outlook.kinds[group.kind])
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


def _fit(model: Model, outlook: Outlook, group: _Group, zone: Space) -> float:
    """Seats left over are the cost of a place; what does not fit is far away."""
    allowed = model.modality(outlook.kinds[group.kind][0]).spaces
    if (allowed and zone.id not in allowed) or zone.seats < len(group.choices):
        return FAR
    return float(zone.seats - len(group.choices))


def _alone(model: Model, outlook: Outlook, plan: Plan, at: int) -> Iterator[Session]:
    """Everybody who works on a device, and everybody without a seat, as one session each."""
    own = next((each for each in model.modalities if each.device), None)
    held, day = plan.seats[at], outlook.day
    screens = [int(choice) for choice in held if choice >= 0 and day.kind[choice] == DEVICE]
    if screens and own is not None:
        places = [space.name for space in model.spaces if space.id in own.spaces]
        yield Session(
            at, own.id, -1, "", places[0] if places else "", tuple(_seat(outlook, plan, each) for each in screens)
        )
    spare = [learner for learner, choice in enumerate(held.tolist()) if choice < 0 or day.kind[choice] == OVERFLOW]
    if spare:
        yield Session(at, SPARE, -1, "", "", tuple(Seat(learner, -1, 0.0) for learner in spare))


def _seat(outlook: Outlook, plan: Plan, choice: int) -> Seat:
    """The seat with the best that the learner does not have today."""
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
