"""Ways of arranging a day: the planner's, a greedy hand's, and groups that change places. All of them read the same estimates and
keep to the same adults, sizes, devices and limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from benchmarks.accuracy.semester_class import Learners, Seats

from headway.core.environment.instruction.today import Outlook, Sitter, outlook
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Ints
from headway.core.environment.schedule.rules import Most
from headway.core.environment.schedule.solving import Effort, Schedule, solve

EFFORT = Effort(200, 300, 30)
"""About a fifth of the usual steps, so that a term takes seconds."""
Way = Callable[[Learners, Sequence[Sitter], np.random.Generator, int], Seats]


def planned(one: Learners, sitters: Sequence[Sitter], _rng: np.random.Generator, day: int) -> Seats:
    """The planner."""
    layout = outlook(one.setting.model, sitters)
    found = solve(layout.day, layout.rules, seed=day, effort=EFFORT)
    assert isinstance(found, Schedule)
    return _seats(layout, found.plan.seats)


def greedy(one: Learners, sitters: Sequence[Sitter], _rng: np.random.Generator, _day: int) -> Seats:
    """Block by block, open the group that promises most now, fill it from the top, and go on; then devices."""
    return _greedy(one, sitters, beyond=False)


def greedy_beyond(one: Learners, sitters: Sequence[Sitter], _rng: np.random.Generator, _day: int) -> Seats:
    """The same, but a group promises what it brings beyond its learners' best seats on a device."""
    return _greedy(one, sitters, beyond=True)


def _greedy(one: Learners, sitters: Sequence[Sitter], beyond: bool) -> Seats:
    layout = outlook(one.setting.model, sitters)
    day, count = layout.day, one.count
    held = np.full((day.blocks, count), -1, dtype=np.int64)
    used: set[tuple[int, int]] = set()
    most = {(rule.learner, rule.modality): rule.seats for rule in layout.rules if isinstance(rule, Most)}
    own = np.zeros(count)
    device = np.flatnonzero(day.kind == DEVICE)
    if beyond:
        np.maximum.at(own, day.learner[device], day.gain[device])
    for block in range(day.blocks):
        free, adults = set(range(count)), day.adults[:, block].copy()
        while True:
            best, chosen, crew = 0.0, list[int](), -1
            for row, kind in day.openings.tolist():
                if adults[row] <= 0:
                    continue
                name = day.modalities[kind]
                rows = [
                    c for c in np.flatnonzero(day.kind == kind).tolist()
                    if day.learner[c] in free and (day.learner[c], day.item[c]) not in used
                    and most.get((int(day.learner[c]), name), 9) > 0
                ]  # fmt: skip
                rows = sorted(rows, key=lambda c: own[day.learner[c]] - day.gain[c])[: int(day.largest[kind])]
                total = float((day.gain[rows] - own[day.learner[rows]]).sum())
                if len(rows) >= day.smallest[kind] and total > best:
                    best, chosen, crew = total, rows, row
            if not chosen:
                break
            adults[crew] -= 1
            for c in chosen:
                _sit(layout, held, used, free, block, c)
                key = (int(day.learner[c]), day.modalities[int(day.kind[c])])
                most[key] = most.get(key, 9) - 1
        _on_devices(layout, held, used, free, block)
    return _seats(layout, held)


def _on_devices(layout: Outlook, held: Ints, used: set[tuple[int, int]], free: set[int], block: int) -> None:
    """Give the devices to those whose own practice promises most."""
    day, room = layout.day, int(layout.day.devices[block])
    for c in sorted(np.flatnonzero(day.kind == DEVICE).tolist(), key=lambda c: -day.gain[c]):
        screens = sum(x >= 0 and day.kind[x] == DEVICE for x in held[:, day.learner[c]])
        new = day.learner[c] in free and (day.learner[c], day.item[c]) not in used
        if new and screens < day.device_limit and room > 0:
            _sit(layout, held, used, free, block, c)
            room -= 1


def _sit(layout: Outlook, held: Ints, used: set[tuple[int, int]], free: set[int], block: int, choice: int) -> None:
    learner = int(layout.day.learner[choice])
    held[block, learner] = choice
    used.add((learner, int(layout.day.item[choice])))
    free.discard(learner)


def _seats(layout: Outlook, held: Ints) -> Seats:
    def one(choice: int) -> tuple[str, int]:
        kind = int(layout.day.kind[choice]) if choice >= 0 else OVERFLOW
        if kind == OVERFLOW:
            return "", -1
        return ("device" if kind == DEVICE else layout.day.modalities[kind]), int(layout.practised[choice])

    return [[one(int(choice)) for choice in row] for row in held]


def left(sitter: Sitter, done: set[int]) -> dict[int, float]:
    """What a learner is ready for and has not had today, best first."""
    return {ready.skill: ready.rate for ready in sitter.ready if ready.skill not in done}


def common(members: Sequence[dict[int, float]], least: int) -> int:
    """The skill that at least so many are ready for and that promises them most together; -1 where there is none."""
    total: dict[int, float] = {}
    for skill in sorted({skill for ready in members for skill in ready}):
        able = [ready[skill] for ready in members if skill in ready]
        if len(able) >= least:
            total[skill] = sum(able)
    return max(total, key=lambda skill: total[skill], default=-1)


def stations(sitters: Sequence[Sitter], groups: Ints) -> Seats:
    """Three groups change places: with the teacher on the skill that most of them are ready for, in pairs on what promises both
    most, on a device each on their own. A pair with nothing in common works on devices."""
    out: Seats = []
    for block in range(3):
        row: list[tuple[str, int]] = [("", -1)] * len(sitters)
        for group in range(3):
            way = ("teacher", "partners", "device")[(group + block) % 3]
            members = [n for n in range(len(sitters)) if groups[n] == group]
            open_ = {n: left(sitters[n], {seats[n][1] for seats in out}) for n in members}
            if way == "teacher":
                skill = common([dict.fromkeys(open_[n], 1.0) for n in members], 1)
                row = [(way, skill) if n in open_ else seat for n, seat in enumerate(row)]
                continue
            size = 2 if way == "partners" else 1
            for pair in (members[at : at + size] for at in range(0, len(members), size)):
                skill = common([open_[n] for n in pair], size)
                for n in pair:
                    own = next(iter(open_[n]), -1)
                    row[n] = (way, skill) if skill >= 0 else ("device", own)
        out.append(row)
    return out
