"""Ties of a plan, drawn by lot: learners whose seats are worth the same exchange them or not, each with a chance of one half.

A plan without chance teaches nothing about its own ways of working: who is tutored differs from who is not. Two learners of one
block who could take each other's seat for at most ``TIE`` of the pair's gain are as good as equal for the planner, so a coin
decides, and the coin is written down. The pairs are fixed before a coin is thrown, and nobody is in two pairs of a day, so one
half is exactly the probability of each of the two seats, given the pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule.day import OVERFLOW, Day, Ints, Plan
from headway.core.environment.schedule.layout import forbidden
from headway.core.environment.schedule.rules import Absent, Apart, Ban, Most, Pin, Rule, Together

TIE = 0.01
"""The share of a pair's gain that an exchange may cost or bring."""
CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """The plan after all coins; ``other`` is, by (block, learner), the choice that the coin could have given instead."""

    plan: Plan
    other: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A learner could give up ``held`` for ``choice``, which brings ``more``."""

    learner: int
    held: int
    choice: int
    more: float


def draw_ties(day: Day, plan: Plan, rules: Sequence[Rule], rng: np.random.Generator) -> Drawn:
    """Find exchanges of equal worth and throw a coin for each. Learners whom a pin or a pair binds, and who are away in some
    block, take no part; every rule that the plan kept it still keeps, and no session changes its size."""
    bound = {rule.learner for rule in rules if isinstance(rule, Pin | Absent | Apart | Together)}
    bound |= {rule.other for rule in rules if isinstance(rule, Apart | Together)}
    barred = _barred(day, rules)
    seats, other = plan.seats.copy(), {}
    for block in rng.permutation(day.blocks).tolist():
        offers: dict[tuple[int, int], list[_Offer]] = defaultdict(list)
        free = [
            learner for learner in range(day.learners) if learner not in bound and _seated(day, seats[block, learner])
        ]
        for learner in rng.permutation(np.array(free, dtype=np.int64)).tolist():
            mine = [each for each in _offers(day, seats, block, learner, barred) if _limits(day, seats, each, rules)]
            pair = next(
                (
                    (each, back)
                    for each in mine
                    for back in offers[int(day.kind[each.choice]), int(day.kind[each.held])]
                    if back.learner not in bound and _tied(day, each, back)
                ),
                None,
            )
            if pair is None:
                for each in mine:
                    offers[int(day.kind[each.held]), int(day.kind[each.choice])].append(each)
                continue
            turned = rng.random() < CHANCE
            for each in pair:
                bound.add(each.learner)
                seats[block, each.learner] = each.choice if turned else each.held
                other[block, each.learner] = each.held if turned else each.choice
    return Drawn(Plan(seats, plan.sessions), other)


def _seated(day: Day, choice: int) -> bool:
    return choice >= 0 and day.kind[choice] != OVERFLOW


def _tied(day: Day, one: _Offer, other: _Offer) -> bool:
    return abs(one.more + other.more) <= TIE * float(day.gain[one.held] + day.gain[other.held])


def _offers(day: Day, seats: Ints, block: int, learner: int, barred: set[tuple[int, int]]) -> Iterator[_Offer]:
    """The best choice of each other kind whose item is not elsewhere in the learner's day."""
    held = int(seats[block, learner])
    items = {int(day.item[each]) for at, each in enumerate(seats[:, learner]) if at != block and each >= 0}
    best: dict[int, int] = {}
    for row in np.flatnonzero(
        (day.learner == learner) & (day.kind != OVERFLOW) & (day.kind != day.kind[held])
    ).tolist():
        kind = int(day.kind[row])
        if int(day.item[row]) in items or (row, block) in barred:
            continue
        if kind not in best or day.gain[row] > day.gain[best[kind]]:
            best[kind] = row
    return (_Offer(learner, held, row, float(day.gain[row] - day.gain[held])) for row in best.values())


def _limits(day: Day, seats: Ints, offer: _Offer, rules: Sequence[Rule]) -> bool:
    """Whether the learner's day has room for one more of the modality that is offered."""

    def name(choice: int) -> str:
        return day.modalities[int(day.kind[choice])] if day.kind[choice] >= 0 else ""

    wanted = name(offer.choice)
    if wanted == name(offer.held):
        return True
    count = sum(name(int(each)) == wanted for each in seats[:, offer.learner] if _seated(day, each))
    most = min(
        [
            rule.seats
            for rule in rules
            if isinstance(rule, Most) and (rule.learner, rule.modality) == (offer.learner, wanted)
        ],
        default=day.blocks,
    )
    return bool(count < (min(most, day.device_limit) if not wanted else most))


def _barred(day: Day, rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """Choices that bans forbid, with their blocks."""
    return {
        (int(row), block)
        for rule in rules
        if isinstance(rule, Ban)
        for row in forbidden(day, rule)
        for block in range(day.blocks)
        if rule.block < 0 or rule.block == block
    }
