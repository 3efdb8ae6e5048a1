"""Who gets which arm: by a seed, balanced within strata, the same for everybody who repeats it.

A unit's place in its stratum is a hash of seed, stratum and name, so the order of the rows changes nothing. Who has an arm keeps
it; newcomers fill up. Units that share a learner are dealt together, or a learner in two classes would get two arms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from headway.core.evidence.pilots.effects import difference
from headway.core.evidence.pilots.moments import Floats

GOAL = 0.05
"""Largest standardised difference at which no other dealing is tried."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that gets one arm. ``name`` is its own, ``stratum`` where it is balanced, ``with_`` the units that it must share
    its arm with; ``values``: characteristics to be balanced, by name."""

    name: str
    stratum: str = ""
    with_: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Balance:
    """Standardised difference ``g`` of a characteristic between an arm and the first one."""

    name: str
    arm: str
    g: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """``arm`` of each unit by name; ``counts`` of units by (stratum, arm); ``joined``: sets of units that share a learner;
    ``kept``: how many had their arm before; ``seed`` and ``trial`` say which dealing it is."""

    arm: Mapping[str, str]
    counts: Mapping[tuple[str, str], int]
    balance: tuple[Balance, ...]
    joined: tuple[tuple[str, ...], ...]
    kept: int
    seed: int
    trial: int


def allocate(
    units: Sequence[Unit],
    shares: Mapping[str, float],
    *,
    seed: int,
    trials: int = 1,
    before: Mapping[str, str] | None = None,
) -> Allocation:
    """Deal ``units`` to arms in the given ``shares`` within each stratum; the first arm is the control.

    With several ``trials``, the first dealing whose largest difference is at most 0.05, or else the best of them. ``before``:
    arms that units have already. Raises ValueError for doubled units, fewer than two arms, shares that are not above 0, an
    arm before that there is not, or units that belong together and have different arms already.
    """
    _check(units, shares, before or {})
    sets = _joined(units)
    best: tuple[float, int, dict[str, str]] | None = None
    for trial in range(max(trials, 1)):
        arm = _dealt(sets, shares, f"{seed}/{trial}", before or {})
        worst = max((abs(row.g) for row in balance(units, arm, list(shares))), default=0.0)
        if best is None or worst < best[0]:
            best = worst, trial, arm
        if worst <= GOAL:
            break
    assert best is not None
    counts = Counter((unit.stratum, best[2][unit.name]) for unit in units)
    return Allocation(
        arm=best[2], counts=dict(sorted(counts.items())), balance=balance(units, best[2], list(shares)),
        joined=tuple(tuple(u.name for u in each) for each in sets if len(each) > 1),
        kept=sum(unit.name in (before or {}) for unit in units), seed=seed, trial=best[1],
    )  # fmt: skip


def _check(units: Sequence[Unit], shares: Mapping[str, float], before: Mapping[str, str]) -> None:
    doubled = [name for name, count in Counter(unit.name for unit in units).items() if count > 1]
    if doubled:
        raise ValueError(f"unit {doubled[0]} is there twice. Give each unit once")
    if len(shares) < 2 or min(shares.values()) <= 0.0:
        raise ValueError("an allocation needs two arms or more, each with a share above 0")
    if len(units) < len(shares):
        raise ValueError(f"{len(units)} units cannot fill {len(shares)} arms")
    strange = next((arm for arm in before.values() if arm not in shares), None)
    if strange is not None:
        raise ValueError(f"a unit has the arm {strange!r} already, which is none of {', '.join(shares)}")


def _joined(units: Sequence[Unit]) -> list[list[Unit]]:
    """Sets of units that belong together, each sorted by name."""
    head = {unit.name: unit.name for unit in units}

    def top(name: str) -> str:
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    for unit in units:
        for other in unit.with_:
            if other in head:
                head[top(unit.name)] = top(other)
    sets: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda one: one.name):
        sets[top(unit.name)].append(unit)
    return list(sets.values())


def _order(seed: str, *words: str) -> bytes:
    return blake2b("\x1f".join((seed, *words)).encode(), digest_size=16).digest()


def _dealt(
    sets: Sequence[Sequence[Unit]], shares: Mapping[str, float], seed: str, before: Mapping[str, str]
) -> dict[str, str]:
    whole = sum(shares.values())
    arm: dict[str, str] = {}
    strata: dict[str, list[Sequence[Unit]]] = defaultdict(list)
    for each in sets:
        strata[each[0].stratum].append(each)
    total: Counter[str] = Counter()
    for stratum in sorted(strata):
        here: Counter[str] = Counter()
        for each in sorted(strata[stratum], key=lambda one: _order(seed, stratum, one[0].name)):
            had = sorted({before[unit.name] for unit in each if unit.name in before})
            if len(had) > 1:
                raise ValueError(
                    f"units {', '.join(u.name for u in each[:4])} share learners but have the arms {' and '.join(had)} already"
                )
            if had:
                _give(each, had[0], arm, here, total)
        fresh = [each for each in strata[stratum] if each[0].name not in arm]
        for each in sorted(fresh, key=lambda one: _order(seed, stratum, one[0].name)):
            # Furthest behind in the stratum first, then overall; a tie is the seed's.
            name = min(
                shares,
                key=lambda a: (
                    round((here[a] + 1) * whole / shares[a], 9),
                    round((total[a] + 1) * whole / shares[a], 9),
                    _order(seed, stratum, each[0].name, a),
                ),
            )
            _give(each, name, arm, here, total)
    return arm


def _give(each: Sequence[Unit], name: str, arm: dict[str, str], here: Counter[str], total: Counter[str]) -> None:
    for unit in each:
        arm[unit.name] = name
    here[name] += len(each)
    total[name] += len(each)


def balance(units: Sequence[Unit], arm: Mapping[str, str], arms: Sequence[str]) -> tuple[Balance, ...]:
    """Compare every arm with the first one on every characteristic; a unit without a value is left out of it."""
    names = sorted({name for unit in units for name in unit.values})
    out = []
    for name in names:
        values: dict[str, Floats] = {
            a: np.array([u.values[name] for u in units if arm[u.name] == a and np.isfinite(u.values.get(name, np.nan))])
            for a in arms
        }
        out += [
            Balance(name, a, difference(values[a], values[arms[0]]))
            for a in arms[1:]
            if min(len(values[a]), len(values[arms[0]])) > 1
        ]
    return tuple(out)


def shared_by(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Units that share a learner, from rows of (learner, unit): unit -> the units it must be dealt with."""
    of: dict[str, set[str]] = defaultdict(set)
    for learner, unit in rows:
        of[learner].add(unit)
    out: dict[str, set[str]] = defaultdict(set)
    for several in of.values():
        first = min(several)
        for other in several - {first}:
            out[first].add(other)
            out[other].add(first)
    return {unit: tuple(sorted(others)) for unit, others in out.items()}
