"""Where learners stand on an outcome, and how many are there: with measurement error, and with small schools drawn to the others.

A score is what a learner is plus an error of known size. Counting scores above a bar counts too many at both ends, since errors
spread them. So each learner has a *chance* of being there: normal within a group, with the spread that is left when the errors'
is taken away (Kelley's regressed score). The mean of the chances is the share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from headway.core.evidence.pilots.moments import Floats, Ints

Z = 1.959964
FEWEST_GROUPS = 4
"""Groups from which it can be seen how much groups differ; Morris' formula needs four."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A group: its ``learners``, how many of them are ``measured``; their ``mean`` on the measure's scale with a 95 % interval;
    and the ``share`` (0 to 1) who are there with one. ``drawn``: how far the share was drawn to that of all groups, 0 to 1."""

    learners: int
    measured: int
    mean: float
    mean_low: float
    mean_high: float
    share: float
    low: float
    high: float
    drawn: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """How the share of the same ``learners`` changed, with a 95 % interval; all from -1 to 1."""

    learners: int
    change: float
    low: float
    high: float
    error: float


def chances(value: Floats, error: Floats, group: Ints, bar: float) -> Floats:
    """Return each learner's probability [N] to be at ``bar`` or above, nan without a value.

    ``error`` [N] is the standard error, nan where it is not known (the score then counts as it stands); ``group`` [N] from 0.
    """
    out = np.full(len(value), np.nan)
    there = np.isfinite(value)
    if not there.any():
        return out
    x, own = value[there], group[there]
    noise = np.nan_to_num(error[there], nan=0.0) ** 2
    count = np.maximum(np.bincount(own), 1)
    centre = np.bincount(own, x) / count
    free = len(x) - len(np.unique(own))
    spread = float(((x - centre[own]) ** 2).sum()) / free if free > 0 else float(x.var())
    true = max(spread - float(noise.mean()), 0.05 * spread)
    known = noise > 0.0
    trust = true / (true + noise) if true > 0.0 else np.zeros(len(x))
    middle = np.where(known, centre[own] + trust * (x - centre[own]), x)
    width = np.sqrt(np.where(known, true * (1.0 - trust), 0.0))
    sure = width <= 0.0
    out[there] = np.where(sure, middle >= bar, ndtr((middle - bar) / np.where(sure, 1.0, width)))
    return out


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``count`` learners (Wilson 1927)."""
    if count == 0:
        return 0.0, 1.0
    centre = (share + Z**2 / (2.0 * count)) / (1.0 + Z**2 / count)
    half = Z / (1.0 + Z**2 / count) * sqrt(max(share * (1.0 - share), 0.0) / count + Z**2 / (4.0 * count**2))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def standings(
    value: Floats, error: Floats, group: Ints, groups: int, bar: float, *, higher: bool = True, drawn: bool = False
) -> list[Standing]:
    """Return where each of ``groups`` stands. ``drawn``: draw small groups to the others (schools); groups that are compared with
    one another (languages) are not drawn, since that would hide their gap."""
    chance = np.asarray(chances(value, error, group, bar) if higher else chances(-value, error, group, -bar))
    there = np.isfinite(value)
    learners, count = (np.bincount(who, minlength=groups) for who in (group, group[there]))
    total = np.maximum(count, 1)
    share = np.bincount(group[there], chance[there], groups) / total
    mean = np.bincount(group[there], value[there], groups) / total
    free = max(int(there.sum()) - int((count > 0).sum()), 1)
    within = float(((value[there] - mean[group[there]]) ** 2).sum()) / free
    bounds = [wilson(float(share[g]), int(count[g])) for g in range(groups)]
    low, high = (np.array([each[n] for each in bounds]) for n in (0, 1))
    mean_error, pulled = np.sqrt(within / total), np.zeros(groups)
    full = count > 0
    if drawn and full.sum() >= FEWEST_GROUPS:
        smooth = (share * count + 2.0) / (count + 4.0)
        share[full], off, pulled[full] = shrink(share[full], (smooth * (1.0 - smooth) / total)[full])
        low[full], high[full] = np.clip(share[full] - Z * off, 0.0, 1.0), np.clip(share[full] + Z * off, 0.0, 1.0)
        mean[full], mean_error[full], _ = shrink(mean[full], (within / total)[full])
    return [
        Standing(
            int(learners[g]), int(count[g]), float(mean[g]), float(mean[g] - Z * mean_error[g]),
            float(mean[g] + Z * mean_error[g]), float(share[g]), float(low[g]), float(high[g]), float(pulled[g]),
        )
        for g in range(groups)
    ]  # fmt: skip


def shrink(value: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
    """Empirical Bayes for ``value`` [K] with known sampling ``variance`` [K]: return estimates, their standard errors and how far
    each was drawn, 0 to 1. Fewer than :data:`FEWEST_GROUPS` stay as they are.

    The spread between groups solves Paule and Mandel's equation (1982); the rest is Morris (1983), whose errors allow for the
    spread being estimated.
    """
    many = len(value)
    if many < FEWEST_GROUPS:
        return value.copy(), np.sqrt(variance), np.zeros(many)
    safe = np.maximum(variance, 1e-12)
    between = _between(value, safe)
    weight = 1.0 / (safe + between)
    centre = float((weight * value).sum() / weight.sum())
    draw = (many - 3.0) / (many - 1.0) * safe * weight
    typical = float((weight * safe).sum() / weight.sum())
    extra = 2.0 / (many - 3.0) * draw**2 * (typical + between) * weight
    error = np.sqrt(safe * (1.0 - draw * (1.0 - weight / weight.sum())) + extra * (value - centre) ** 2)
    return value - draw * (value - centre), error, draw


def _between(value: Floats, variance: Floats) -> float:
    """The variance between groups by bisection; 0 where they differ no more than their errors."""

    def excess(tau: float) -> float:
        weight = 1.0 / (variance + tau)
        centre = (weight * value).sum() / weight.sum()
        return float((weight * (value - centre) ** 2).sum()) - (len(value) - 1.0)

    if excess(0.0) <= 0.0:
        return 0.0
    low, high = 0.0, float(np.var(value)) * len(value) + 1e-12
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if excess(middle) > 0.0 else (low, middle)
    return (low + high) / 2.0


def change_of(early: Floats, late: Floats, who: NDArray[np.bool_] | None = None) -> Change | None:
    """How the share changed between two readings of the same learners, from their chances [N] (nan: not measured). None with
    fewer than two. The interval allows for what is not known of each learner at both times."""
    both = np.isfinite(early) & np.isfinite(late) & (True if who is None else who)
    count = int(both.sum())
    if count < 2:
        return None
    first, second = early[both], late[both]
    step = second - first
    unsure = float((first * (1.0 - first) + second * (1.0 - second)).mean())
    error = sqrt((float(step.var(ddof=1)) + unsure) / count)
    middle = float(step.mean())
    return Change(count, middle, max(middle - Z * error, -1.0), min(middle + Z * error, 1.0), error)


def all_of(parts: Sequence[Standing], value: Floats, chance: Floats) -> Standing:
    """The groups together: every learner counts once, nothing is drawn."""
    there = np.isfinite(value)
    count = int(there.sum())
    share = float(chance[there].mean()) if count else 0.0
    mean = float(value[there].mean()) if count else 0.0
    half = Z * float(value[there].std(ddof=1)) / sqrt(count) if count > 1 else 0.0
    return Standing(
        sum(each.learners for each in parts), count, mean, mean - half, mean + half, share, *wilson(share, count)
    )
