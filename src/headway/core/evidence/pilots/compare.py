"""One outcome, one arm against the control: the estimate and everything that one must know to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.pilots.adaptive import weighted
from headway.core.evidence.pilots.effects import Effect, hedges, pooled_sd
from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.multilevel import fit_levels
from headway.core.evidence.pilots.quasi import match, own_slopes, propensity, robustness
from headway.core.evidence.pilots.randomisation import Chance, dealt_again
from headway.core.evidence.pilots.regression import gapless, interval, regress, two_sided
from headway.core.evidence.pilots.sequential import always_valid, bars
from headway.core.evidence.pilots.study import Study
from headway.core.evidence.pilots.subgroups import Subgroup, by_group
from headway.core.evidence.pilots.tiers import FEWEST
from headway.core.evidence.pilots.usage import Usage, usage_of
from headway.core.evidence.pilots.wwc import Attrition, Likeness, attrition, baseline

Mask = NDArray[np.bool_]
FEW_FOR_OWN_SLOPES = 20
"""Learners a column that each group's own slopes need."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``seed`` of randomisation inference; ``looks``: planned shares of information, ``look``: which of them this is (from 1);
    ``worth``: smallest effect worth its cost, in standard deviations."""

    seed: int = 0
    looks: tuple[float, ...] = ()
    look: int = 0
    worth: float = 0.0

    def __post_init__(self) -> None:
        if self.looks and not 1 <= self.look <= len(self.looks):
            raise ValueError(f"there are {len(self.looks)} looks planned; say which this is, 1 to {len(self.looks)}")


@dataclass(frozen=True, slots=True)
class Found:
    """The adjusted difference in units of the outcome, with its ``error`` (CR3, fairly scaled), Satterthwaite ``freedom`` and a
    95 % interval. ``p`` is None where units are too few; ``chance``: randomisation inference. ``bar``: how many errors from 0
    this look asks for. ``always``: interval of the effect size that holds however often one looks."""

    estimate: float
    error: float
    freedom: float
    low: float
    high: float
    p: float | None
    chance: Chance | None
    effect: Effect
    always: tuple[float, float]
    bar: float
    significant: bool
    explained: float
    icc: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``assigned``, ``learners`` and ``units``: (treatment, control) counts; ``means`` are not adjusted. ``found`` is None where
    the groups are not equivalent. ``left_out``: covariates that say nothing beside the others; ``filled``: those with gaps."""

    outcome: str
    arm: str
    assigned: tuple[int, int]
    learners: tuple[int, int]
    units: tuple[int, int] | None
    sites: int | None
    means: tuple[float, float]
    sd: float
    attrition: Attrition
    unit_attrition: Attrition | None
    baseline: tuple[Likeness, ...]
    found: Found | None
    usage: Usage | None
    subgroups: tuple[Subgroup, ...]
    sensitivity: Mapping[str, float]
    adjusted_for: tuple[str, ...]
    filled: tuple[str, ...]
    left_out: tuple[str, ...]
    unmatched: int


def counted(mask: Mask, treated: Mask) -> tuple[int, int]:
    """How many of the mask are treated, and how many are not."""
    return int((mask & treated).sum()), int((mask & ~treated).sum())


def compare(study: Study, outcome: str, arm: str, settings: Settings) -> Comparison:
    """Compare ``arm`` with the control on ``outcome``. Raises ValueError when that cannot be estimated."""
    place = study.arms.index(arm)
    values = study.outcomes[outcome]
    offered = (study.arm == 0) | (study.arm == place)
    treated = study.arm == place
    there = offered & np.isfinite(values)
    assigned, learners = counted(offered, treated), counted(there, treated)
    quasi = study.roles.design != "randomised"
    before = study.characteristics
    if quasi:
        for column in before.values():
            there &= np.isfinite(column)
    rows = np.flatnonzero(there)
    unmatched, partner = 0, None
    if study.roles.design == "matched":
        rows, partner, unmatched = _matched(study, rows, treated)
    likeness = baseline({k: v[rows] for k, v in before.items()}, treated[rows])
    known, filled = _filled(before, rows)
    y, t = values[rows], treated[rows].astype(np.float64)
    sd = pooled_sd(y[t == 1.0], y[t == 0.0])
    units, unit_attrition = _units(study, offered, there, treated)
    found: Found | None = None
    left_out: tuple[str, ...] = ()
    sensitivity: dict[str, float] = {}
    cluster = _again(study.cluster, rows)
    if not (quasi and (not likeness or any(row.standing == "apart" for row in likeness))):
        pairs = partner if cluster is None else cluster
        found, left_out = _found(study, y, t, known, rows, pairs, units, settings, sd)
        sensitivity = _sensitivity(study, found, y, t, before, rows, pairs) if quasi else {}
    return Comparison(
        outcome=outcome, arm=arm, assigned=assigned, learners=counted(np.isin(np.arange(study.rows), rows), treated),
        units=units, sites=None if study.site is None else len(np.unique(study.site[rows])),
        means=(float(y[t == 1.0].mean()), float(y[t == 0.0].mean())), sd=sd,
        attrition=attrition(assigned, learners), unit_attrition=unit_attrition, baseline=likeness, found=found,
        usage=None if found is None else usage_of(study, rows, y, t, known, _again(study.block, rows), cluster, sd),
        subgroups=() if found is None else by_group(study, rows, y, t, known, cluster, sd),
        sensitivity=sensitivity, adjusted_for=tuple(before), filled=filled, left_out=left_out, unmatched=unmatched,
    )  # fmt: skip


def _again(codes: Ints | None, rows: Ints) -> Ints | None:
    """The codes of some rows, numbered anew without gaps."""
    return None if codes is None else gapless(codes[rows])


def _matched(study: Study, rows: Ints, treated: Mask) -> tuple[Ints, Ints, int]:
    """Rows that were matched, the pair that each belongs to, and how many treated learners are left without."""
    if not study.characteristics:
        raise ValueError("matching needs a pretest or other characteristics from before; name them")
    logit = propensity({k: v[rows] for k, v in study.characteristics.items()}, treated[rows].astype(np.float64))
    pairs = match(logit, treated[rows].astype(np.float64), _again(study.block, rows))
    kept = np.concatenate([pairs.treated, pairs.control])
    partner = np.tile(np.arange(len(pairs.treated)), 2)
    return rows[kept], partner, pairs.alone


def _filled(before: Mapping[str, Floats], rows: Ints) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """Covariates with gaps filled by the mean of all, and a column that says where; who has one was not decided by the arm."""
    out: dict[str, Floats] = {}
    filled = []
    for name, whole in before.items():
        values = whole[rows]
        gaps = ~np.isfinite(values)
        if gaps.all():
            continue
        if gaps.any():
            filled.append(name)
            values = np.where(gaps, values[~gaps].mean(), values)
            out[f"{name} missing"] = gaps.astype(np.float64)
        out[name] = values
    return out, tuple(filled)


def _units(study: Study, offered: Mask, there: Mask, treated: Mask) -> tuple[tuple[int, int] | None, Attrition | None]:
    if study.cluster is None or study.roles.unit == "learner":
        return None, None
    first = tuple(len(np.unique(study.cluster[offered & side])) for side in (treated, ~treated))
    left = tuple(len(np.unique(study.cluster[there & side])) for side in (treated, ~treated))
    if min(left) < 2:
        raise ValueError(f"one {study.roles.unit} of an arm is left; nothing can be compared. Wait for more outcomes")
    return (left[0], left[1]), attrition((first[0], first[1]), (left[0], left[1]))


def _found(
    study: Study, y: Floats, t: Floats, known: Mapping[str, Floats], rows: Ints, cluster: Ints | None,
    units: tuple[int, int] | None, settings: Settings, sd: float,
) -> tuple[Found, tuple[str, ...]]:  # fmt: skip
    quasi = study.roles.design != "randomised"
    block = None if study.roles.design == "matched" else _again(study.block, rows)
    beside = dict(known)
    if quasi and len(y) >= FEW_FOR_OWN_SLOPES * (2 * len(known) + 2):
        beside = own_slopes(t, known)
    fitted = regress({study.roles.arm: t, **beside}, y, cluster=cluster, block=block)
    value, error, freedom = fitted.of(study.roles.arm)
    chance = None
    if study.chance is not None:
        when = {} if study.when is None else {"when": study.when[rows]}
        found = weighted(y, t, study.chance[rows], _with_blocks({**known, **when}, block), cluster)
        value, error, freedom = found.estimate, found.error, found.freedom
    elif not quasi:
        unit = np.arange(len(y)) if cluster is None or units is None else cluster
        chance = dealt_again(
            t, y, known, unit, np.zeros(len(y), np.int64) if block is None else block, seed=settings.seed
        )
    icc = None if units is None or cluster is None else fit_levels(y, [cluster], {"arm": t}).shares[0]
    size = 1.0 if icc is None or cluster is None else len(y) / (int(cluster.max()) + 1)
    effect = hedges(value, error, freedom, sd, len(y), size=size, icc=icc or 0.0)
    share = settings.looks[settings.look - 1] if settings.looks else 1.0
    bar = bars(settings.looks)[settings.look - 1] if settings.looks else 1.959964
    allowed = two_sided(bar, 1.0, 1e9)
    p = two_sided(value, error, freedom)
    few = study.cluster is not None and fitted.clusters < FEWEST
    doubt = max(p, chance.p if chance is not None else p)
    return Found(
        value, error, freedom, *interval(value, error, freedom), None if few else p, chance, effect,
        always_valid(effect.g, effect.error, freedom, planned_error=effect.error * share**0.5), bar,
        not few and doubt < allowed, fitted.explained, icc,
    ), fitted.dropped  # fmt: skip


def _with_blocks(known: Mapping[str, Floats], block: Ints | None) -> dict[str, Floats]:
    """Covariates with a column for each block but one."""
    blocks = (
        {} if block is None else {f"block {k}": (block == k).astype(np.float64) for k in range(1, int(block.max()) + 1)}
    )
    return {**known, **blocks}


def _sensitivity(
    study: Study, found: Found, y: Floats, t: Floats, before: Mapping[str, Floats], rows: Ints, cluster: Ints | None
) -> dict[str, float]:
    """``robustness``; ``unadjusted`` effect; ``gains``: difference in differences of scores in their own deviations."""
    out = {"robustness": robustness(found.estimate, found.error, found.freedom)}
    plain = regress({"t": t}, y, cluster=cluster).of("t")
    out["unadjusted"] = plain[0] / pooled_sd(y[t == 1.0], y[t == 0.0])
    if study.roles.pretest in before:
        early = before[str(study.roles.pretest)][rows]
        if early.std() > 0.0:
            gain = y / pooled_sd(y[t == 1.0], y[t == 0.0]) - early / pooled_sd(early[t == 1.0], early[t == 0.0])
            out["gains"], out["gains_error"], _ = regress({"t": t}, gain, cluster=cluster).of("t")
    return out
