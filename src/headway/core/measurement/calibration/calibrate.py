"""``calibrate``: from scored responses to a bank of items, groups and abilities on one scale in logits.

Marginal maximum likelihood by EM (Bock and Aitkin 1981) with ability normal in each group. The first group's mean is 0 and
its standard deviation 1 (estimated when slopes are 1); with anchors every group is free and the anchors hold the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from headway.core.measurement.calibration.curves import Shape, curves, log_logistic
from headway.core.measurement.calibration.empirical import doubt_of, item_priors
from headway.core.measurement.calibration.errors import Information, information_of
from headway.core.measurement.calibration.expectation import Expected, Population, expect, tables_of
from headway.core.measurement.calibration.maximisation import NO_PRIORS, ItemPriors
from headway.core.measurement.calibration.preparation import SLOPES, SPARSE, Prepared, prepare
from headway.core.measurement.calibration.quadrature import (
    REACH,
    WIDE,
    good_enough,
    guessed_sharpness,
    nodes_for,
    reach_of,
)
from headway.core.measurement.calibration.responses import Responses, blocks_of, responses_of
from headway.core.measurement.calibration.search import Found, Problem, Progress, search
from headway.core.measurement.items import GRADED, THREE, Floats, ItemBank
from headway.core.text import T, Text

FLAT, FARTHEST = 0.25, 6.0
"""A slope, and a difficulty in logits, that no usable item has."""
ROUGH = 2e-3
"""What one more EM step may promise where the search without item priors is only the way to one with them."""
ROUNDS = 3
"""At most so many times item priors are estimated and the items again."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What a calibration found.

    ``bank`` the items with standard errors; ``groups`` names, ``mean`` and ``sd`` float64 [G] of ability, with standard
    errors ``se_mean`` and ``se_sd`` (NaN for what defines the scale); ``log_likelihood`` marginal, at these estimates,
    over ``nodes`` [Q]; ``highest_log_likelihood`` the same without item priors; ``priors`` the item priors or None;
    ``parameters`` how many were estimated; ``person_ids``, ``ability`` and ``ability_sd`` float64 [P], posterior means
    and standard deviations; ``left_out`` items with the reason; ``whole`` says whether standard errors hold the
    uncertainty of the scale (False when the information was too large to be inverted whole).
    """

    model: str
    bank: ItemBank
    groups: tuple[str, ...]
    mean: Floats
    sd: Floats
    se_mean: Floats
    se_sd: Floats
    log_likelihood: float
    highest_log_likelihood: float
    priors: ItemPriors | None
    parameters: int
    person_ids: tuple[str, ...]
    ability: Floats
    ability_sd: Floats
    nodes: Floats
    cycles: int
    converged: bool
    whole: bool
    left_out: tuple[tuple[str, Text], ...]
    warnings: tuple[Text, ...]
    information: Information
    data: Responses


def calibrate(
    triples: Responses | tuple[ArrayLike, ArrayLike, ArrayLike],
    *,
    model: str = "2pl",
    priors: str | ItemPriors = "auto",
    anchors: ItemBank | None = None,
    groups: ArrayLike | None = None,
    tolerance: float = 2e-4,
    cycles: int = 500,
    progress: Progress = lambda cycle, log_likelihood: None,
) -> Calibration:
    """Calibrate items.

    ``triples``: :class:`Responses`, or person, item and score, int [n] each from 0, in any order. ``model``: ``rasch``
    (slope 1), ``1pl`` (a common slope), ``2pl``, ``3pl``, ``grm``, ``pcm`` (slope 1) or ``gpcm``. ``priors``: ``none``
    is maximum likelihood (but for guessing, Beta(5, 17)); ``empirical`` estimates the scatter of items from the items;
    ``auto`` does so when the median item has fewer than 400 responses, and for ``3pl``; or given :class:`ItemPriors`.
    ``anchors``: items of the same names keep these parameters. ``groups`` int [P], each person's group from 0, overrides
    that of ``triples``. ``tolerance``: what one more EM step may promise in log likelihood.

    Raises ValueError for unusable input (the message says what and where).
    """
    if not isinstance(triples, Responses):
        member = None if groups is None else np.asarray(groups, dtype=np.int64)
        names = ("all",) if member is None else tuple(str(n) for n in range(int(member.max()) + 1))
        triples = responses_of(*triples, group=member, groups=names)
    elif groups is not None:
        raise ValueError("responses know their groups: give groups to responses_of")
    ready = prepare(triples, model, anchors)
    problem = _problem(ready)
    chosen = _chosen(priors, model, ready)
    found, best, nodes = _searched(problem, ready, chosen, tolerance, cycles, progress)
    return _reported(model, ready, problem, found, best, nodes, found.priors if chosen is not None else None, chosen)


def _problem(ready: Prepared) -> Problem:
    shape, groups = ready.shape, len(ready.data.groups)
    tied = bool(shape.fixed.any())
    moving_mean, moving_sd = np.ones(groups, bool), np.ones(groups, bool)
    if not tied:
        moving_mean[0] = False
        moving_sd[0] = shape.slope == "one"
    present = np.bincount(ready.data.group, minlength=groups) > 0
    return Problem(
        blocks_of(ready.data, top=shape.top),
        shape,
        ready.data.counts(shape.top),
        moving_mean & present,
        moving_sd & present,
    )


def _chosen(priors: str | ItemPriors, model: str, ready: Prepared) -> ItemPriors | str | None:
    """What to do about item priors: None, ``empirical``, or the given ones."""
    if isinstance(priors, ItemPriors):
        return priors
    if priors not in ("auto", "none", "empirical"):
        raise ValueError(f"no item priors {priors!r}: use auto, none or empirical")
    items = int((~ready.shape.fixed).sum())
    able = SLOPES[model] == "free" and items >= 5
    if priors == "empirical" and not able:
        raise ValueError(f"item priors need slopes of their own and five items: {model} with {items} items has not")
    sparse = float(np.median(ready.data.answered)) < SPARSE
    wanted = priors == "empirical" or (priors == "auto" and able and (sparse or model == "3pl"))
    return "empirical" if wanted else None


def _searched(
    problem: Problem,
    ready: Prepared,
    chosen: ItemPriors | str | None,
    tolerance: float,
    cycles: int,
    progress: Progress,
) -> tuple[Found, float, Floats]:
    """Search without item priors, then with; again on denser or wider nodes if the first ones fell short."""
    longest = int(ready.data.met.max())
    population = Population(np.zeros(len(ready.data.groups)), np.ones(len(ready.data.groups)))
    moving = bool(problem.moving_mean.any() or problem.moving_sd.any())
    nodes = nodes_for(guessed_sharpness(longest * ready.shape.top), WIDE if moving else REACH)
    start = ready.start
    first = tolerance if chosen is None else max(tolerance, ROUGH)
    for _ in range(4):
        found = search(problem, start, population, nodes, NO_PRIORS, tolerance=first, most=cycles, progress=progress)
        start, population = found.omega, found.population
        sharpest, steepest = float(np.quantile(found.expected.sd, 0.02)), float(np.abs(start[:, 0]).max())
        if good_enough(nodes, sharpest, population, steepest):
            break
        nodes = nodes_for(sharpest, reach_of(population), steepest)
    best = found.expected.log_likelihood
    if chosen is None:
        return found, best, nodes
    positive = np.concatenate([np.maximum(start[:, :1], 0.1), start[:, 1:]], axis=1)
    start = np.where(problem.shape.fixed[:, None], start, positive)
    priors = chosen if isinstance(chosen, ItemPriors) else NO_PRIORS
    own = found
    for turn in range(ROUNDS):
        if chosen == "empirical":
            items = information_of(problem, start, population, own.expected, nodes, priors, whole=False, terms=2).items
            before, priors = priors, item_priors(problem.shape, start, items, priors)
            if turn and abs(np.log(priors.slope_sd / before.slope_sd)) < 0.03:
                break
        rough = tolerance if turn or chosen != "empirical" else max(tolerance, 0.05)
        own = search(problem, start, population, nodes, priors, tolerance=rough, most=cycles, progress=progress)
        start, population, priors = own.omega, own.population, own.priors
        if chosen != "empirical":
            break
    return own, best, nodes


def _reported(
    model: str, ready: Prepared, problem: Problem, found: Found, best: float, nodes: Floats, priors: ItemPriors | None,
    chosen: ItemPriors | str | None,
) -> Calibration:  # fmt: skip
    shape, data = ready.shape, ready.data
    exact = _exact(problem, found, nodes)
    info = information_of(problem, found.omega, found.population, exact, nodes, found.priors)
    errors = info.errors
    if chosen == "empirical":
        errors = np.sqrt(errors**2 + doubt_of(shape, found.omega, info.items, found.priors))
    bank = _bank(data.item_ids, shape, found.omega, errors)
    return Calibration(
        model=model,
        bank=bank,
        groups=data.groups,
        mean=found.population.mean,
        sd=found.population.sd,
        se_mean=info.mean_error,
        se_sd=info.sd_error,
        log_likelihood=exact.log_likelihood,
        highest_log_likelihood=exact.log_likelihood if priors is None else best,
        priors=priors,
        parameters=_count(problem),
        person_ids=data.person_ids,
        ability=exact.mean,
        ability_sd=exact.sd,
        nodes=nodes,
        cycles=found.cycles,
        converged=found.converged,
        whole=info.whole,
        left_out=ready.left_out,
        warnings=(*ready.warnings, *_warnings(bank, found)),
        information=info,
        data=data,
    )


def _exact(problem: Problem, found: Found, nodes: Floats) -> Expected:
    """The E-step once more in double precision, so that the reported likelihood has its digits."""
    log, _ = curves(problem.shape, found.omega, nodes)
    weights = found.population.log_weights(nodes)
    tables = tables_of(problem.shape, found.omega, log, nodes, problem.counts, weights, np.float64)
    return expect(problem.shape, problem.blocks, tables)


def _count(problem: Problem) -> int:
    shape = problem.shape
    free = shape.used & ~shape.fixed[:, None]
    slopes = {"free": int(free[:, 0].sum()), "common": int(free[:, 0].any()), "one": 0}[shape.slope]
    return slopes + int(free[:, 1:].sum() + problem.moving_mean.sum() + problem.moving_sd.sum())


def _bank(ids: Sequence[str], shape: Shape, omega: Floats, errors: Floats) -> ItemBank:
    a = np.where(np.abs(omega[:, 0]) < 1e-6, 1e-6, omega[:, 0])
    used = shape.used[:, 1 : 1 + shape.top]
    b = np.where(used, -omega[:, 1 : 1 + shape.top] / a[:, None], np.nan)
    three = shape.kind == THREE
    c = np.where(three, np.exp(log_logistic(omega[:, -1])), 0.0)
    se_c = np.where(three, errors[:, -1], np.nan)
    return ItemBank(tuple(ids), shape.kind, a, b, c, errors[:, 0], errors[:, 1 : 1 + shape.top], se_c)


def _warnings(bank: ItemBank, found: Found) -> list[Text]:
    out = []
    if not found.converged:
        out.append(T("The search stopped after {cycles} cycles before it had converged.", cycles=found.cycles))
    backwards = [bank.ids[row] for row in np.flatnonzero((bank.a < 0) | ((bank.model == GRADED) & (bank.a < 0.05)))]
    if backwards:
        out.append(
            T("{count} items are answered better by weaker persons; check their keys: {items}.",
              count=len(backwards), items=", ".join(backwards[:8]))
        )  # fmt: skip
    empty = _saying_nothing(bank)
    if empty:
        out.append(
            T("{count} items hardly tell stronger from weaker persons, or lie far beyond all of them; do not use their "
              "difficulties: {items}.", count=len(empty), items=", ".join(empty[:8]))
        )  # fmt: skip
    return out


def _saying_nothing(bank: ItemBank) -> list[str]:
    """Items with hardly a slope, or with a difficulty where nobody is."""
    flat = np.abs(bank.a) < FLAT
    return [bank.ids[row] for row in np.flatnonzero(flat | (np.abs(bank.difficulty) > FARTHEST))]
