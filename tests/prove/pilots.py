"""2,000 null studies of each of six designs, and daily peeking: false alarms at most 6 %, intervals that hold 94 % or more.

Also the power calculator against simulation, within 0.005 standard deviations. Figures stay in ``build/prove/pilots.json``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.pilots.compare import Settings, compare
from headway.core.evidence.pilots.effects import pooled_sd
from headway.core.evidence.pilots.panel import panel_effect
from headway.core.evidence.pilots.power import Design, detectable
from headway.core.evidence.pilots.regression import regress
from headway.core.evidence.pilots.sequential import always_valid
from headway.core.evidence.pilots.study import Roles, study_of

Floats = NDArray[np.float64]
STUDIES = 2_000
PLANTED = 0.25
ALARMS, HOLDS = 0.06, 0.94


def score(rng: np.random.Generator, group: NDArray[np.int64], icc: float = 0.15) -> tuple[Floats, Floats]:
    """Pretest and outcome of learners in groups: variance 1, ``icc`` of it between groups, half explained by the pretest."""
    groups = int(group.max()) + 1
    first, second = (
        icc**0.5 * rng.normal(size=groups)[group] + (1.0 - icc) ** 0.5 * rng.normal(size=len(group)) for _ in range(2)
    )
    return first, 0.7071 * first + 0.7071 * second


def half(rng: np.random.Generator, count: int) -> Floats:
    """A half of so many units, by chance."""
    return (rng.permutation(count) < count // 2).astype(np.float64)


def _study(
    pre: Floats, y: Floats, t: Floats, roles: dict[str, Any], columns: dict[str, NDArray[np.int64]]
) -> list[bool]:
    table: dict[str, Any] = {"pre": pre, "y": y + PLANTED * t, "null": y, "t": t}
    table |= {name: values.astype(np.float64) for name, values in columns.items()}
    study = study_of(table, Roles(("null",), "t", "0", pretest="pre", **roles))
    null = compare(study, "null", "1", Settings())
    planted = compare(study_of(table, Roles(("y",), "t", "0", pretest="pre", **roles)), "y", "1", Settings())
    assert null.found is not None and planted.found is not None
    effect = planted.found.effect
    return [
        null.found.significant,
        planted.found.low <= PLANTED <= planted.found.high,
        effect.low <= PLANTED <= effect.high,
    ]


def learners(rng: np.random.Generator) -> list[bool]:
    """400 learners, each by chance."""
    pre, y = score(rng, np.arange(400), 0.0)
    return _study(pre, y, half(rng, 400), {}, {})


def blocks(rng: np.random.Generator) -> list[bool]:
    """Learners by chance within 12 classes of 15 to 30."""
    group = np.repeat(np.arange(12), rng.integers(15, 31, 12))
    pre, y = score(rng, group)
    t = np.concatenate([half(rng, int(count)) for count in np.bincount(group)])
    return _study(pre, y, t, {"blocks": ("class",)}, {"class": group})


def classes(rng: np.random.Generator) -> list[bool]:
    """Forty classes of 15 to 30 by chance within ten schools."""
    group = np.repeat(np.arange(40), rng.integers(15, 31, 40))
    pre, y = score(rng, group)
    school = group // 4
    y = y + 0.3 * rng.normal(size=10)[school]
    t = np.concatenate([half(rng, 4) for _ in range(10)])[group]
    roles = {"unit": "class", "cluster": "class", "blocks": ("school",)}
    return _study(pre, y, t, roles, {"class": group, "school": school})


def _schools(rng: np.random.Generator, count: int) -> list[bool]:
    group = np.repeat(np.arange(count), rng.integers(20, 100, count))
    pre, y = score(rng, group)
    return _study(pre, y, half(rng, count)[group], {"unit": "school", "cluster": "school"}, {"school": group})


def ten_schools(rng: np.random.Generator) -> list[bool]:
    """Ten schools of 20 to 100."""
    return _schools(rng, 10)


def twenty_schools(rng: np.random.Generator) -> list[bool]:
    """Twenty schools of 20 to 100."""
    return _schools(rng, 20)


def panels(rng: np.random.Generator) -> list[bool]:
    """Thirty schools over eight terms with shocks that last, the treatment in the last four."""
    shock = np.zeros((30, 8))
    shock[:, 0] = rng.normal(size=30)
    for term in range(1, 8):
        shock[:, term] = 0.6 * shock[:, term - 1] + 0.8 * rng.normal(size=30)
    y = (rng.normal(size=30)[:, None] + 0.2 * np.arange(8) + shock).reshape(-1)
    unit, period = np.repeat(np.arange(30), 8), np.tile(np.arange(8.0), 30)
    t = half(rng, 30)[unit]
    null = panel_effect(y, unit, period, t, 4.0)
    late = panel_effect(y + PLANTED * t * (period >= 4), unit, period, t, 4.0)
    return [null.p < 0.05, late.low <= PLANTED <= late.high]


def peeking(rng: np.random.Generator) -> list[bool]:
    """Looked at on each of sixty days, ten learners a day: does the confidence sequence ever leave 0?"""
    pre, y = score(rng, np.arange(600), 0.0)
    t = np.tile([0.0, 1.0], 300)
    final = 2.0 * 0.7071 / 600**0.5
    return [_ever(pre[:n], y[:n], t[:n], None, final) for n in range(20, 601, 10)]


def peeking_schools(rng: np.random.Generator) -> list[bool]:
    """Twenty schools, looked at on each of twenty days, as two learners a school and day finish."""
    school = np.tile(np.repeat(np.arange(20), 2), 20)
    pre, y = score(rng, school)
    t = half(rng, 20)[school]
    return [_ever(pre[:n], y[:n], t[:n], school[:n], 0.15) for n in range(80, 801, 40)]


def _ever(pre: Floats, y: Floats, t: Floats, cluster: NDArray[np.int64] | None, final: float) -> bool:
    value, error, free = regress({"t": t, "pre": pre}, y, cluster=cluster).of("t")
    sd = pooled_sd(y[t == 1], y[t == 0])
    low, high = always_valid(value / sd, error / sd, free, planned_error=final)
    return not low <= 0.0 <= high


DESIGNS: dict[str, Callable[[np.random.Generator], list[bool]]] = {
    "ten schools": ten_schools, "twenty schools": twenty_schools, "classes": classes, "blocks": blocks, "panels": panels,
    "peeking": peeking, "peeking at schools": peeking_schools, "learners": learners,
}  # fmt: skip

POWERS: dict[str, tuple[Design, int]] = {
    "200 learners": (Design(200, explained_learner=0.5), 6000),
    "20 schools": (Design(20, 60, 0.15, explained_unit=0.5, explained_learner=0.5), 6000),
    "60 schools": (Design(60, 40, 0.15, explained_unit=0.5, explained_learner=0.5), 3000),
    "40 classes in 10 schools": (
        Design(40, 25, 0.15, explained_unit=0.5, explained_learner=0.5, blocks=10), 3000,
    ),
}  # fmt: skip


def simulated(design: Design, rng: np.random.Generator, studies: int) -> float:
    """Effect found in 80 of 100 simulated studies by the analysis itself, as a power curve over the same draws shows it."""
    units, size, each = design.units, int(design.size), design.units // design.blocks
    group = np.repeat(np.arange(units), size)
    found = []
    for _ in range(studies):
        pre, y = score(rng, group, design.icc)
        t = np.concatenate([half(rng, each) for _ in range(design.blocks)])[group]
        cluster = None if size == 1 else group
        block = None if design.blocks == 1 else group // each
        value, error, free = regress({"t": t, "pre": pre}, y, cluster=cluster, block=block).of("t")
        found.append((value, error, free))
    value, error, free = np.array(found).T
    from scipy.special import stdtrit

    bar = stdtrit(free, 0.975) * error
    low, high = 0.0, 3.0
    for _ in range(40):
        middle = (low + high) / 2.0
        rate = float((np.abs(value + middle) > bar).mean() / 2.0 + (np.abs(value - middle) > bar).mean() / 2.0)
        low, high = (middle, high) if rate < 0.8 else (low, middle)
    return high


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One design after another in steps of fifty studies; a rate beyond its bound stops the part."""
    done: dict[str, list[int]] = state.setdefault("designs", {})  # type: ignore[assignment]
    for name, draw in DESIGNS.items():
        counts = done.setdefault(name, [])
        while not counts or counts[0] < STUDIES:
            if time.monotonic() > ends - 20:
                return
            begin = counts[0] if counts else 0
            for number in range(begin, begin + 50):
                out = draw(np.random.default_rng([7, number]))
                row = [any(out)] if name.startswith("peeking") else out
                counts[:] = [
                    number + 1,
                    *(a + b for a, b in zip(counts[1:] or [0] * len(row), map(int, row), strict=True)),
                ]
            if counts[0] % 500 == 0:
                yield f"{name}: {counts[0]} studies, {[round(c / counts[0], 4) for c in counts[1:]]}"
        rates = [count / counts[0] for count in counts[1:]]
        assert rates[0] <= ALARMS, (name, rates)
        assert all(rate >= HOLDS for rate in rates[1:]), (name, rates)
    powers: dict[str, list[float]] = state.setdefault("powers", {})  # type: ignore[assignment]
    for name, (design, studies) in POWERS.items():
        if name in powers:
            continue
        if time.monotonic() > ends - 90:
            return
        powers[name] = [detectable(design), simulated(design, np.random.default_rng(11), studies)]
        yield f"{name}: {powers[name]}"
    state["complete"] = True
