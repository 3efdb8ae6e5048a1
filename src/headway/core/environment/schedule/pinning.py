"""Seats that pins and pairs demand: a small exact program says whether they can be had together, and if not, which rules collide.

Only the kinds that are pinned and the learners who are ready for them enter the program (HiGHS through SciPy); all else can
give way. If it has no solution, rules are taken away in halves until none can be missed for the collision (Junker 2004,
*QuickXplain*), so that what is named is a smallest set in the sense that without any one of them the rest would fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day, Ints, Plan
from headway.core.environment.schedule.rules import ANY, Absent, Apart, Most, Pin, Rule, Together

DEMANDS = (Pin, Together)
"""Rules that demand seats; all others only forbid some."""
INFEASIBLE = 2
"""SciPy's status of a program without a solution."""
NODES = 1000
"""Nodes of the program's search. A limit in seconds would give a slow machine another plan. Random days need one."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """``sessions`` (crew, kind, block) and ``seats`` (learner, block, choice, whether it is a pin) that must be there."""

    sessions: tuple[tuple[int, int, int], ...]
    seats: tuple[tuple[int, int, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Rules that cannot be kept together with what the day has, though without any one of them the others can."""

    rules: tuple[Rule, ...]


def arrange(day: Day, rules: Sequence[Rule], before: Plan | None = None) -> Arrangement | Collision:
    """Find sessions and seats for every pin and everybody who is kept together, or the rules that collide. Sessions and seats of
    a plan ``before`` are taken where they serve."""
    if not any(isinstance(rule, DEMANDS) for rule in rules):
        return Arrangement((), ())
    found = _solved(day, rules, before)
    return found if found is not None else Collision(tuple(_smallest(day, list(rules))))


def _smallest(day: Day, rules: list[Rule]) -> list[Rule]:
    """Leave rules out in ever smaller runs, as long as the rest still collides."""
    run = max(len(rules) // 2, 1)
    while True:
        at = 0
        while at < len(rules):
            rest = rules[:at] + rules[at + run :]
            if any(isinstance(rule, DEMANDS) for rule in rest) and _solved(day, rest) is None:
                rules = rest
            else:
                at += run
        if run == 1:
            return rules
        run //= 2


class _Rows:
    """Rows of a program as they are written down."""

    def __init__(self) -> None:
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self.entries += [(len(self.low), column, weight) for column, weight in terms]
        self.low.append(low)
        self.high.append(high)


class _Program:
    """Columns: a seat (choice, block) in a demanded kind, then sessions (opening, block) of such a kind, then (pair, kind, block)
    where two share a session."""

    def __init__(self, day: Day, rules: Sequence[Rule]) -> None:
        self.day, self.rules = day, rules
        self.pins = [rule for rule in rules if isinstance(rule, Pin)]
        self.pairs = [rule for rule in rules if isinstance(rule, Together)]
        common = [sorted(_kinds_of(day, pair.learner) & _kinds_of(day, pair.other) - {DEVICE}) for pair in self.pairs]
        self.kinds = {kind for pin in self.pins for kind in _pinned(day, pin)} | {
            kind for own in common for kind in own
        }
        pinned = {pin.learner for pin in self.pins}
        self.shared = [
            (pair, kind, block)
            for pair, own in zip(self.pairs, common, strict=True)
            for kind in own
            for block in range(day.blocks)
        ]
        wanted = np.isin(day.kind, list(self.kinds)) & ((day.kind != DEVICE) | np.isin(day.learner, list(pinned)))
        choices = np.flatnonzero(wanted & (day.kind != OVERFLOW)).tolist()
        self.seats = [(choice, block) for choice in choices for block in range(day.blocks)]
        self.sessions = [
            (o, block)
            for o, (_, kind) in enumerate(day.openings.tolist())
            if kind in self.kinds
            for block in range(day.blocks)
        ]
        self.rows = _Rows()
        self.by: dict[tuple[str, int, int], list[int]] = {}
        for column, (choice, block) in enumerate(self.seats):
            learner, kind = int(day.learner[choice]), int(day.kind[choice])
            for key in (("kind", kind, block), ("free", learner, block), ("item", learner, int(day.item[choice])),
                        ("sits", learner, kind), ("day", learner, 0)):  # fmt: skip
                self.by.setdefault(key, []).append(column)

    def write(self) -> None:
        day, first = self.day, len(self.seats)
        for (what, _, _), columns in self.by.items():
            if what in ("free", "item"):
                self.rows.add([(column, 1.0) for column in columns], 0.0, 1.0)
        for block in range(day.blocks):
            own = [(first + at, o) for at, (o, b) in enumerate(self.sessions) if b == block]
            for kind in self.kinds - {DEVICE}:
                seats = [(column, 1.0) for column in self.by.get(("kind", kind, block), [])]
                runs = [column for column, o in own if day.openings[o, 1] == kind]
                self.rows.add(seats + [(c, -float(day.largest[kind])) for c in runs], -np.inf, 0.0)
                self.rows.add(seats + [(c, -float(day.smallest[kind])) for c in runs], 0.0, np.inf)
            for crew in range(len(day.adults)):
                runs = [column for column, o in own if day.openings[o, 0] == crew]
                self.rows.add([(c, 1.0) for c in runs], 0.0, float(day.adults[crew, block]))
            large = [(column, 1.0) for column, o in own if day.large[day.openings[o, 1]]]
            self.rows.add(large, 0.0, float(day.rooms[block]))
            screens = self.by.get(("kind", DEVICE, block), [])
            self.rows.add([(column, 1.0) for column in screens], 0.0, float(day.devices[block]))
        for learner in {int(day.learner[choice]) for choice, _ in self.seats if day.kind[choice] == DEVICE}:
            own_screens = self.by.get(("sits", learner, DEVICE), [])
            self.rows.add([(column, 1.0) for column in own_screens], 0.0, float(day.device_limit))
        for rule in self.rules:
            self.rule(rule)
        self.share()

    def share(self) -> None:
        """Each pair that is kept together shares at least one session, in which both have a seat."""
        first = len(self.seats) + len(self.sessions)
        by: dict[Together, list[tuple[int, float]]] = {pair: [] for pair in self.pairs}
        for at, (pair, kind, block) in enumerate(self.shared, first):
            by[pair].append((at, 1.0))
            for learner in (pair.learner, pair.other):
                seats = [(column, 1.0) for column in self.own(learner, block, kind)]
                self.rows.add([*seats, (at, -1.0)], 0.0, np.inf)
        for terms in by.values():
            self.rows.add(terms, 1.0, np.inf)

    def rule(self, rule: Rule) -> None:
        """A rule as rows; one that speaks of no pinned kind has none."""
        if isinstance(rule, Apart):
            for kind in self.kinds - {DEVICE}:
                for block in range(self.day.blocks):
                    two = self.own(rule.learner, block, kind) + self.own(rule.other, block, kind)
                    self.rows.add([(column, 1.0) for column in two], 0.0, 1.0)
            return
        if isinstance(rule, Together):
            return
        if isinstance(rule, Pin):
            modality = rule.modality if rule.kind == ANY else None
            terms = [(column, 1.0) for column in self.own(rule.learner, rule.block, rule.kind, modality)]
            self.rows.add(terms, 1.0, np.inf)
            return
        if isinstance(rule, Most):
            terms = [(column, 1.0) for column in self.own(rule.learner, ANY, ANY, rule.modality)]
            self.rows.add(terms, 0.0, float(rule.seats))
            return
        kind, modality = (ANY, None) if isinstance(rule, Absent) else (rule.kind, rule.modality)
        banned = self.own(rule.learner, rule.block, kind, modality if kind == ANY else None)
        self.rows.add([(column, 1.0) for column in banned], 0.0, 0.0)

    def own(self, learner: int, block: int, kind: int, modality: str | None = None) -> list[int]:
        """The seats of a learner, in a block, of a kind or a modality ("": device work)."""
        day, found = self.day, []
        for column in self.by.get(("day", learner, 0), []):
            choice, at = self.seats[column]
            of = int(day.kind[choice])
            name = "" if of == DEVICE else day.modalities[of]
            if block in (ANY, at) and kind in (ANY, of) and modality in (None, name):
                found.append(column)
        return found


def _kinds_of(day: Day, learner: int) -> set[int]:
    return set(day.kind[(day.learner == learner) & (day.kind != OVERFLOW)].tolist())


def _pinned(day: Day, pin: Pin) -> set[int]:
    """The kinds that a pin speaks of."""
    if pin.kind != ANY:
        return {pin.kind}
    return {
        kind for kind in _kinds_of(day, pin.learner) if ("" if kind == DEVICE else day.modalities[kind]) == pin.modality
    }


def _cost(program: _Program, before: Plan | None) -> list[float]:
    """Few sessions, and among those seats that gain; what a plan has already costs next to nothing."""
    day = program.day
    seats = [0.01 * -float(day.gain[choice]) for choice, _ in program.seats]
    sessions = [1.0] * len(program.sessions)
    if before is not None:
        for at, (choice, block) in enumerate(program.seats):
            seats[at] -= KEPT if before.seats[block, day.learner[choice]] == choice else 0.0
        sessions = [KEPT if before.sessions[block, o] > 0 else 1.0 for o, block in program.sessions]
    return seats + sessions + [0.0] * len(program.shared)


KEPT = 0.03
"""What a seat that is kept counts, and what an open session costs, where a new one costs 1."""


def _solved(day: Day, rules: Sequence[Rule], before: Plan | None = None) -> Arrangement | None:
    """Solve the program of the demands; None when it has no solution."""
    program = _Program(day, rules)
    program.write()
    columns, rows = len(program.seats) + len(program.sessions) + len(program.shared), program.rows
    if columns == 0:
        return None
    at = np.array([(r, c) for r, c, _ in rows.entries], dtype=np.int64).reshape(-1, 2)
    weights = np.array([w for _, _, w in rows.entries])
    matrix = coo_array((weights, (at[:, 0], at[:, 1])), shape=(len(rows.low), columns)).tocsr()
    cost, runs = (
        np.array(_cost(program, before)),
        [float(day.adults[day.openings[o, 0], b]) for o, b in program.sessions],
    )
    most = np.array([1.0] * len(program.seats) + runs + [1.0] * len(program.shared))
    done = milp(
        cost, constraints=LinearConstraint(matrix, rows.low, rows.high), integrality=np.ones(columns),
        bounds=Bounds(0.0, most), options={"node_limit": NODES, "mip_rel_gap": 0.05},
    )  # fmt: skip
    if done.x is None:
        if done.status == INFEASIBLE:
            return None
        raise RuntimeError(
            f"the program of {len(program.pins)} pins and {len(program.pairs)} pairs was not solved: {done.message}"
        )
    return _read(program, np.rint(done.x).astype(np.int64))


def _read(program: _Program, taken: Ints) -> Arrangement:
    day, first = program.day, len(program.seats) + len(program.sessions)
    sessions = [
        (int(day.openings[o, 0]), int(day.openings[o, 1]), block)
        for (o, block), count in zip(program.sessions, taken[len(program.seats) : first].tolist(), strict=True)
        for _ in range(count)
    ]
    wanted = {
        (pin.learner, kind, block) for pin in program.pins for kind in _pinned(day, pin) for block in _blocks(day, pin)
    }
    for (pair, kind, block), count in zip(program.shared, taken[first:].tolist(), strict=True):
        if count:
            wanted |= {(pair.learner, kind, block), (pair.other, kind, block)}
    seats = []
    for (choice, block), count in zip(program.seats, taken.tolist(), strict=False):
        if count:
            learner, kind = int(day.learner[choice]), int(day.kind[choice])
            seats.append((learner, block, choice, (learner, kind, block) in wanted))
    return Arrangement(tuple(sessions), tuple(seats))


def _blocks(day: Day, pin: Pin) -> Sequence[int]:
    return range(day.blocks) if pin.block == ANY else (pin.block,)
