"""Check a plan against its day and its rules, without a line of the solver's.

Everything is counted anew from the plan, one rule after the other, as somebody with a pencil would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day, Plan
from headway.core.environment.schedule.rules import ANY, Absent, Apart, Ban, Most, Pin, Rule, Together, words_of
from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class Checked:
    """``value`` is the sum of the gains; ``broken`` has one sentence for everything that does not hold."""

    value: float
    broken: tuple[Text, ...]


def check(day: Day, plan: Plan, rules: Sequence[Rule] = ()) -> Checked:
    """Count a plan: its value, and every breach. A plan of another shape than the day has only that breach."""
    shape, openings = (day.blocks, day.learners), (day.blocks, len(day.openings))
    if plan.seats.shape != shape or plan.sessions.shape != openings:
        return Checked(0.0, (T("The plan has another number of blocks, learners or openings than the day."),))
    if plan.seats.size and (plan.seats.max() >= len(day.learner) or plan.seats.min() < -1):
        return Checked(0.0, (T("The plan names choices that the day does not have."),))
    broken = [*_days(day, plan), *_sessions(day, plan), *_supply(day, plan)]
    broken += [_breach(day, rule) for rule in rules if not _holds(day, plan, rule)]
    value = float(day.gain[plan.seats[plan.seats >= 0]].sum())
    return Checked(value, tuple(broken))


def _days(day: Day, plan: Plan) -> Iterator[Text]:
    """Each learner's own day: their choices, no item twice, the limit of device work."""
    for learner in range(day.learners):
        held = [int(choice) for choice in plan.seats[:, learner] if choice >= 0]
        if any(day.learner[choice] != learner for choice in held):
            yield T("Learner {learner} sits on a choice of somebody else.", learner=learner)
        items = [int(day.item[choice]) for choice in held if day.kind[choice] != OVERFLOW]
        if len(items) != len(set(items)):
            yield T("Learner {learner} has the same skill or project twice.", learner=learner)
        screens = sum(day.kind[choice] == DEVICE for choice in held)
        if screens > day.device_limit:
            yield T(
                "Learner {learner} works {count} blocks on a device; {limit} are allowed.",
                learner=learner, count=int(screens), limit=day.device_limit,
            )  # fmt: skip


def _sessions(day: Day, plan: Plan) -> Iterator[Text]:
    """Each kind in each block: neither too many learners for its open sessions nor too few."""
    for block in range(day.blocks):
        held = plan.seats[block][plan.seats[block] >= 0]
        kinds = day.kind[held]
        for kind in range(len(day.modalities)):
            learners = int((kinds == kind).sum())
            count = int(plan.sessions[block][day.openings[:, 1] == kind].sum())
            if not count * day.smallest[kind] <= learners <= count * day.largest[kind]:
                yield T(
                    "Block {block}: {learners} learners sit in {count} sessions of {modality} on skill {skill}, which take "
                    "{smallest} to {largest} each.",
                    block=block + 1, learners=learners, count=count, modality=day.modalities[kind],
                    skill=int(day.skills[kind]), smallest=int(day.smallest[kind]), largest=int(day.largest[kind]),
                )  # fmt: skip


def _supply(day: Day, plan: Plan) -> Iterator[Text]:
    """Adults, large rooms and devices of each block."""
    if (plan.sessions < 0).any():
        yield T("The plan has a negative number of sessions.")
    for block in range(day.blocks):
        for crew in range(len(day.adults)):
            busy = int(plan.sessions[block][day.openings[:, 0] == crew].sum())
            if busy > day.adults[crew, block]:
                yield T(
                    "Block {block}: crew {crew} has {there} adults for {busy} sessions.",
                    block=block + 1, crew=crew, there=int(day.adults[crew, block]), busy=busy,
                )  # fmt: skip
        large = int(plan.sessions[block][day.large[day.openings[:, 1]]].sum())
        if large > day.rooms[block]:
            yield T(
                "Block {block}: {count} sessions need a large room; there are {rooms}.",
                block=block + 1, count=large, rooms=int(day.rooms[block]),
            )  # fmt: skip
        held = plan.seats[block][plan.seats[block] >= 0]
        screens = int((day.kind[held] == DEVICE).sum())
        if screens > day.devices[block]:
            yield T(
                "Block {block}: {count} learners work on {devices} devices.",
                block=block + 1, count=screens, devices=int(day.devices[block]),
            )  # fmt: skip


def _kinds(day: Day, plan: Plan, learner: int, block: int) -> list[int]:
    """The kinds of a learner's seats in a block, or in the day."""
    seats = plan.seats[:, learner] if block == ANY else plan.seats[block : block + 1, learner]
    return [int(day.kind[choice]) if choice >= 0 else OVERFLOW for choice in seats]


def _holds(day: Day, plan: Plan, rule: Rule) -> bool:
    if isinstance(rule, Pin):
        kinds = _kinds(day, plan, rule.learner, rule.block)
        return rule.kind in kinds if rule.kind != ANY else rule.modality in _names(day, kinds)
    if isinstance(rule, Together):
        return _shared(day, plan, rule)
    if isinstance(rule, Absent):
        return all(kind == OVERFLOW for kind in _kinds(day, plan, rule.learner, rule.block))
    if isinstance(rule, Apart):
        return not _shared(day, plan, rule)
    kinds = _kinds(day, plan, rule.learner, rule.block if isinstance(rule, Ban) else ANY)
    names = _names(day, kinds)
    if isinstance(rule, Most):
        return names.count(rule.modality) <= rule.seats
    if rule.kind != ANY:
        return rule.kind not in kinds
    return rule.modality not in names


def _names(day: Day, kinds: list[int]) -> list[str]:
    return ["" if kind == DEVICE else day.modalities[kind] for kind in kinds if kind != OVERFLOW]


def _shared(day: Day, plan: Plan, rule: Apart | Together) -> bool:
    """Whether two are in one session. Where a kind runs twice in a block, both runs count as one: who is to be apart avoids both,
    and who is to be together is dealt into the same one."""
    for block in range(day.blocks):
        one, other = plan.seats[block, rule.learner], plan.seats[block, rule.other]
        if one >= 0 and other >= 0 and day.kind[one] == day.kind[other] >= 0:
            return True
    return False


def _breach(day: Day, rule: Rule) -> Text:
    return T("The plan breaks a rule: {rule}.", rule=words_of(day, rule))


def gap_of(value: float, bound: float) -> float:
    """How far a plan may be from the best one, as a share of its own value; infinite for a plan without value."""
    if bound <= value:
        return 0.0
    return (bound - value) / value if value > 0.0 else float(np.inf)
