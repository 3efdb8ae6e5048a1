"""Turn a day and its rules into the arrays of the kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule.bounding import Supply
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day, Floats, Ints
from headway.core.environment.schedule.net import Net
from headway.core.environment.schedule.opening import Crews, Opened
from headway.core.environment.schedule.rules import ANY, Absent, Apart, Ban, Most, Rule

DEVICES = ""
"""The modality of device work in rules."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """``overflow`` [S] is the day's choice for a seat without a task, -1 where there is none; ``here`` [S, T] presence."""

    day: Day
    net: Net
    supply: Supply
    overflow: Ints
    here: np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def lay(day: Day, rules: Sequence[Rule]) -> Layout:
    """Lay a day out under its rules; pins are not looked at here."""
    idle, overflow = np.zeros(day.learners), np.full(day.learners, -1)
    rest = np.flatnonzero(day.kind == OVERFLOW)
    idle[day.learner[rest]], overflow[day.learner[rest]] = day.gain[rest], rest
    order = np.flatnonzero(day.kind != OVERFLOW)
    order = order[np.argsort(day.learner[order], kind="stable")].astype(np.int64)
    learner, kinds = day.learner[order], len(day.modalities)
    kind = np.where(day.kind[order] == DEVICE, kinds, day.kind[order])
    names = [DEVICES, *sorted(set(day.modalities))]
    family_of = np.array([*(names.index(name) for name in day.modalities), 0])
    _, item = np.unique(np.stack([learner, day.item[order]]), axis=1, return_inverse=True)
    here = presence(day, rules)
    by_kind = np.argsort(kind, kind="stable")
    net = Net(
        blocks=day.blocks, kinds=kinds, learner=learner, kind=kind, item=item.reshape(-1).astype(np.int64),
        family=family_of[kind], gain=day.gain[order], mask=_masks(day, rules, order, here),
        starts=np.searchsorted(learner, np.arange(day.learners + 1)), by_kind=by_kind,
        kind_starts=np.searchsorted(kind[by_kind], np.arange(kinds + 2)), idle=idle, limit=_limits(day, rules, names),
        largest=day.largest, smallest=day.smallest, apart=_apart(day, rules),
        items=int(item.max()) + 1 if len(order) else 0, order=order,
    )  # fmt: skip
    return Layout(day, net, _supply(day, net, here), overflow, here)


def presence(day: Day, rules: Sequence[Rule]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Whether a learner is there, [S, T]."""
    here = np.ones((day.learners, day.blocks), dtype=bool)
    for rule in rules:
        if isinstance(rule, Absent):
            here[rule.learner, slice(None) if rule.block == ANY else rule.block] = False
    return here


def forbidden(day: Day, rule: Ban) -> Ints:
    """The choices that a ban names."""
    own: Ints = np.flatnonzero((day.learner == rule.learner) & (day.kind != OVERFLOW))
    if rule.kind != ANY:
        return np.asarray(own[day.kind[own] == rule.kind])
    modality = np.array([*day.modalities, DEVICES])  # DEVICE is -1 and finds the last
    return np.asarray(own[modality[day.kind[own]] == rule.modality])


def _masks(day: Day, rules: Sequence[Rule], order: Ints, here: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Ints:
    """By choice, the blocks in which it may be taken, as bits."""
    powers = 1 << np.arange(day.blocks)
    whole: Ints = (here * powers).sum(axis=1)[day.learner].astype(np.int64)
    for rule in rules:
        if isinstance(rule, Ban):
            whole[forbidden(day, rule)] &= 0 if rule.block == ANY else ~(1 << rule.block)
    return np.asarray(whole[order])


def _limits(day: Day, rules: Sequence[Rule], names: list[str]) -> Ints:
    """Seats of a modality in a learner's day at most, [S, modalities]; device work comes first."""
    limit = np.full((day.learners, len(names)), day.blocks)
    limit[:, 0] = day.device_limit
    for rule in rules:
        if isinstance(rule, Most) and rule.modality in names:
            column = names.index(rule.modality)
            limit[rule.learner, column] = min(limit[rule.learner, column], rule.seats)
    return limit


def _apart(day: Day, rules: Sequence[Rule]) -> Ints:
    """Whom a learner is kept apart from, -1 fills up."""
    others: list[list[int]] = [[] for _ in range(day.learners)]
    for rule in rules:
        if isinstance(rule, Apart):
            others[rule.learner].append(rule.other)
            others[rule.other].append(rule.learner)
    table = np.full((day.learners, max((len(row) for row in others), default=0) + 1), -1)
    for learner, row in enumerate(others):
        table[learner, : len(row)] = row
    return table


def _supply(day: Day, net: Net, here: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Supply:
    who: list[list[int]] = [[] for _ in range(net.kinds)]
    for crew, kind in day.openings.tolist():
        who[kind].append(crew)
    crews_of = np.full((net.kinds, max((len(row) for row in who), default=0) + 1), -1)
    for kind, row in enumerate(who):
        crews_of[kind, : len(row)] = row
    return Supply(
        day.adults.sum(axis=1).astype(np.float64), float(day.rooms.sum()), float(day.devices.sum()), crews_of,
        here.sum(axis=1).astype(np.int64), net.learner[net.by_kind], net.item[net.by_kind], net.gain[net.by_kind],
    )  # fmt: skip


def crews_for(day: Day, timed: bool) -> Crews:
    """Everybody free: by block, or for the whole day."""
    order = np.argsort(day.openings[:, 0], kind="stable")
    free, rooms = day.adults.astype(np.int64), day.rooms.astype(np.int64)
    if not timed:
        free, rooms = free.sum(axis=1, keepdims=True), rooms.sum(keepdims=True)
    return Crews(
        np.searchsorted(day.openings[order, 0], np.arange(len(day.adults) + 1)), day.openings[order, 1].astype(np.int64),
        day.large, np.array(free), np.array(rooms), np.full(len(day.modalities), (1 << day.blocks) - 1),
    )  # fmt: skip


def nothing_opened(day: Day) -> Opened:
    """A table with room for every session that the adults could run."""
    most = int(day.adults.sum()) + 1
    rows = [np.zeros(most, dtype=np.int64) for _ in range(3)]
    return Opened(rows[0], rows[1], rows[2], np.zeros(most, dtype=bool), np.zeros(1, dtype=np.int64))


def seat_prices(net: Net, learner: Floats, item: Floats) -> Floats:
    """What the first learner who finds no seat in one session of a kind would pay, [K + 1]."""
    pays = (net.gain - learner[net.learner] - item[net.item])[net.by_kind]
    worth = np.zeros(net.kinds + 1)
    for kind in range(net.kinds):
        own = pays[net.kind_starts[kind] : net.kind_starts[kind + 1]]
        if len(own) > net.largest[kind]:
            worth[kind] = max(0.0, float(np.sort(own)[-1 - net.largest[kind]]))
    return worth
