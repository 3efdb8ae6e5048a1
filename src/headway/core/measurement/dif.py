"""Differential item functioning: is an item harder for one group than for another of the same ability?

Every item is tested against all others. First by the score test: under equal parameters the groups' gradients are 0, and
the observed information turns them into a one-step estimate of each group's own parameters. Items that fail (false
discovery rate 5 %, Benjamini and Hochberg 1995) get parameters of their own in each group, the rest is calibrated again
and tested again, so that bad items do not contaminate the scale they are judged by (purification). Failed items are
then judged by Wald tests with the whole covariance (Lord 1980). Sizes are those of ETS: below 0.43 logits negligible, from
0.64 on large (1 and 1.5 on the delta scale).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import chdtrc

from headway.core.measurement.calibration.calibrate import Calibration, calibrate
from headway.core.measurement.calibration.curves import Flags, Shape, curves, shape_of
from headway.core.measurement.calibration.errors import information_of, to_natural
from headway.core.measurement.calibration.expectation import Population, expect, tables_of
from headway.core.measurement.calibration.likelihood import working
from headway.core.measurement.calibration.maximisation import NO_PRIORS, likelihood_slopes
from headway.core.measurement.calibration.preparation import SLOPES
from headway.core.measurement.calibration.responses import Responses, blocks_of
from headway.core.measurement.calibration.search import Problem
from headway.core.measurement.items import GRADED, Floats, ItemBank, expected_scores
from headway.core.text import T, Text

MODERATE, LARGE = 0.43, 0.64
RATE = 0.05
ROUNDS = 3
MARK = "\x1f"
"""Between an item's name and its group's in the names of split items: no name holds it."""


@dataclass(frozen=True, slots=True)
class DifItem:
    """One item, one group against the reference. ``difference`` in logits of difficulty (above 0: harder for the group)
    with its standard error; ``chi2``, ``df``, ``p`` of the item's test over all groups; ``effect`` mean difference of
    expected scores in shares of the highest (below 0: the group scores lower at equal ability), over the group's
    abilities; ``size`` is ``none``, ``negligible``, ``moderate`` or ``large``; ``words`` says it plainly."""

    item: str
    group: str
    difference: float
    se: float
    chi2: float
    df: int
    p: float
    effect: float
    size: str
    words: Text


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """One item's parameters (a, b_k, c) in each group [G, n], their covariances [G, n, n]; the test."""

    values: Floats
    covariances: Floats
    chi2: float
    df: int


def differential_functioning(found: Calibration) -> tuple[DifItem, ...]:
    """Test every item of a calibration with groups; one row an item and group, in the bank's order.

    Raises ValueError when there are not at least two groups and two items.
    """
    if len(found.groups) < 2 or len(found.bank) < 2:
        raise ValueError("differences between groups need at least two groups and two items")
    data, current = found.data, found
    split: frozenset[str] = frozenset()
    tests = _score_tests(current, data)
    for _ in range(ROUNDS):
        failed = split | _failed({name: own for name, own in tests.items() if name not in split}, len(data.item_ids))
        most = max(1, len(data.item_ids) // 2)
        if failed == split or len(failed) > most:
            break
        split = failed
        current = calibrate(_with_split(data, split), model=found.model, priors=found.priors or "none")
        tests = _score_tests(current, _with_split(data, split)) | _wald_tests(current, split)
    names = [name for name in data.item_ids if name in tests]
    passed = _failed(tests, len(tests))
    return tuple(
        _row(found, name, tests[name], group, name in passed)
        for name in names
        for group in range(1, len(found.groups))
        if np.isfinite(tests[name].values[group]).all()
    )


def _with_split(data: Responses, names: frozenset[str]) -> Responses:
    """Give the named items a version of their own in each group."""
    ids, place = list(data.item_ids), data.item.copy()
    for name in sorted(names):
        row = data.item_ids.index(name)
        for group in range(1, len(data.groups)):
            place[(data.item == row) & (data.group[data.person] == group)] = len(ids)
            ids.append(f"{name}{MARK}{data.groups[group]}")
    order = np.lexsort((place, data.person))
    return replace(data, person=data.person[order], item=place[order], score=data.score[order], item_ids=tuple(ids))


def _shape(found: Calibration, bank: ItemBank) -> Shape:
    return shape_of(
        bank.model, bank.steps, "one" if SLOPES[found.model] != "free" else "free", np.zeros(len(bank), bool)
    )


def _tested(shape: Shape) -> Flags:
    return shape.used & ((np.arange(shape.width) > 0) | (shape.slope == "free"))


def _score_tests(found: Calibration, data: Responses) -> dict[str, _Own]:
    """The score test of every item that several groups share."""
    bank = found.bank
    data = data.keep(np.isin(data.item_ids, bank.ids))
    shape = _shape(found, bank)
    omega, used = working(bank, shape), _tested(shape)
    groups = len(found.groups)
    gradient = np.zeros((groups, *omega.shape))
    information = np.zeros((groups, *omega.shape, shape.width))
    for group in range(groups):
        part = replace(data, group=np.where(data.group == group, 0, 1), groups=("in", "out"))
        part = part.keep(np.ones(len(bank), bool), part.group == 0)
        if len(part.person_ids):
            gradient[group], information[group] = _group_slopes(found, part, shape, omega, group)
    return {
        name: _one_step(bank, row, used[row], gradient[:, row], information[:, row])
        for row, name in enumerate(bank.ids)
        if MARK not in name
    }


def _group_slopes(
    found: Calibration, part: Responses, shape: Shape, omega: Floats, group: int
) -> tuple[Floats, Floats]:
    """Gradient [J, width] and observed information [J, width, width] by (a, b, c) in one group's data."""
    here = Population(found.mean[group : group + 1], found.sd[group : group + 1])
    still = np.zeros(1, bool)
    alone = replace(part, group=np.zeros(len(part.person_ids), np.int64), groups=("in",))
    problem = Problem(blocks_of(alone, top=shape.top), shape, alone.counts(shape.top), still, still)
    log, slopes = curves(shape, omega, found.nodes)
    tables = tables_of(shape, omega, log, found.nodes, problem.counts, here.log_weights(found.nodes), np.float64)
    expected = expect(shape, problem.blocks, tables)
    gradient, _ = likelihood_slopes(shape, log, slopes, expected, found.nodes, problem.counts[:, 1])
    natural = np.einsum("jmn,jm->jn", to_natural(shape, omega), gradient)
    return natural, information_of(problem, omega, here, expected, found.nodes, NO_PRIORS, whole=False).items


def _one_step(bank: ItemBank, row: int, used: Floats, gradient: Floats, information: Floats) -> _Own:
    at = np.flatnonzero(used)
    width = len(used)
    start = _values(bank, row)[:width]
    values, covariances = np.tile(start, (len(gradient), 1)), np.zeros((len(gradient), width, width))
    chi2, present = 0.0, 0
    for group, (pull, known) in enumerate(zip(gradient, information, strict=True)):
        inner = known[np.ix_(at, at)]
        if not (np.linalg.eigvalsh(inner) > 1e-6).all():
            values[group] = np.nan
            continue
        covariance = np.linalg.inv(inner)
        values[group, at] += covariance @ pull[at]
        covariances[group][np.ix_(at, at)] = covariance
        chi2 += float(pull[at] @ covariance @ pull[at])
        present += 1
    return _Own(values, covariances, chi2, max(present - 1, 0) * len(at))


def _wald_tests(found: Calibration, names: frozenset[str]) -> dict[str, _Own]:
    """Wald tests of the split items, with the covariance between their versions."""
    info, bank = found.information, found.bank
    shape = _shape(found, bank)
    used = _tested(shape)
    first = np.cumsum(info.where.ravel()).reshape(info.where.shape) - 1
    out = {}
    for name in names:
        versions = [name, *(f"{name}{MARK}{group}" for group in found.groups[1:])]
        rows = [bank.ids.index(version) if version in bank.ids else -1 for version in versions]
        if rows[0] < 0 or info.covariance is None or all(row < 0 for row in rows[1:]):
            continue
        at = np.flatnonzero(used[rows[0]])
        values = np.full((len(rows), shape.width), np.nan)
        covariances = np.zeros((len(rows), shape.width, shape.width))
        for place, row in enumerate(rows):
            if row >= 0:
                values[place] = _values(bank, row)[: shape.width]
                covariances[place][np.ix_(at, at)] = info.covariance[np.ix_(first[row, at], first[row, at])]
        there = [row for row in rows[1:] if row >= 0]
        contrast = np.concatenate([(_values(bank, row) - _values(bank, rows[0]))[at] for row in there])
        columns = np.concatenate([first[row, at] for row in (rows[0], *there)])
        joint = info.covariance[np.ix_(columns, columns)]
        turn = np.concatenate([np.tile(-np.eye(len(at)), (len(there), 1)), np.eye(len(at) * len(there))], axis=1)
        chi2 = float(contrast @ np.linalg.pinv(turn @ joint @ turn.T) @ contrast)
        out[name] = _Own(values, covariances, chi2, len(contrast))
    return out


def _values(bank: ItemBank, row: int) -> Floats:
    return np.concatenate([bank.a[row : row + 1], np.nan_to_num(bank.b[row]), bank.c[row : row + 1]])


def _failed(tests: dict[str, _Own], count: int) -> frozenset[str]:
    """Benjamini and Hochberg's step-up rule."""
    ordered = sorted((float(chdtrc(own.df, own.chi2)), name) for name, own in tests.items() if own.df > 0)
    last = 0
    for place, (p, _) in enumerate(ordered, start=1):
        if p <= RATE * place / count:
            last = place
    return frozenset(name for _, name in ordered[:last])


def _row(found: Calibration, name: str, own: _Own, group: int, real: bool) -> DifItem:
    bank = found.bank.take(found.bank.rows_of([name]))
    steps = int(bank.steps[0])
    mine, theirs = own.values[group], own.values[0]
    difference = float((mine[1 : 1 + steps] - theirs[1 : 1 + steps]).mean())
    spread = (own.covariances[group] + own.covariances[0])[1 : 1 + steps, 1 : 1 + steps]
    versions = [_version(bank, values, steps) for values in (theirs, mine)]
    ability = found.mean[group] + found.sd[group] * np.linspace(-3.0, 3.0, 61)
    weight = np.exp(-0.5 * np.linspace(-3.0, 3.0, 61) ** 2)
    scores = [expected_scores(version, ability)[:, 0] / steps for version in versions]
    effect = float((weight * (scores[1] - scores[0])).sum() / weight.sum())
    logits = abs(difference) * abs(float(bank.a[0]))
    size = "none" if not real else "large" if logits >= LARGE else "moderate" if logits >= MODERATE else "negligible"
    p = float(chdtrc(own.df, own.chi2)) if own.df else 1.0
    words = _words(found, group, effect, size)
    return DifItem(
        name, found.groups[group], difference, float(np.sqrt(max(spread.mean(), 0.0))), own.chi2, own.df, p, effect,
        size, words,
    )  # fmt: skip


def _version(bank: ItemBank, values: Floats, steps: int) -> ItemBank:
    b = np.sort(values[None, 1 : 1 + steps]) if bank.model[0] == GRADED else values[None, 1 : 1 + steps]
    a = values[:1] if values[0] > 0 else np.abs(bank.a)
    return ItemBank(bank.ids, bank.model, a, b, bank.c)


def _words(found: Calibration, group: int, effect: float, size: str) -> Text:
    mine, theirs = found.groups[group], found.groups[0]
    points = f"{abs(100.0 * effect):.0f}"
    if size == "none":
        return T("No sign that it works differently for {group} than for {reference}.", group=mine, reference=theirs)
    if size == "negligible":
        return T("Works differently for {group}, but too little to matter.", group=mine)
    if effect < 0:
        return T(
            "Harder for {group} than for {reference} of the same ability: about {points} points of 100 lower.",
            group=mine, reference=theirs, points=points,
        )  # fmt: skip
    return T(
        "Easier for {group} than for {reference} of the same ability: about {points} points of 100 higher.",
        group=mine, reference=theirs, points=points,
    )  # fmt: skip
