"""Three or more arms that learn from each other: later learners are given more of what has done well, and never less than a
tenth of all.

Thompson sampling (1933): an arm's share is the probability that it is the best, by a normal posterior of its weighted mean, mixed
with a floor of 10 % for every arm. Two arms are dealt half and half: there sampling finds the better one no sooner, and
with less certainty. Every learner's chance is kept, and estimates weigh each learner by one over it: plain means of such data are
biased and their intervals too short (Nie and others 2018; Hadad and others 2021).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

FLOOR = 0.1
"""Least share of an arm."""
DRAWS = 20_000
DOUBT = 4.0
"""Standard deviations of the outcome by which an arm that nobody had may differ: it is tried as readily as any."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted difference in units of the outcome with its standard ``error`` and degrees of ``freedom``; ``worth``: how many
    learners with equal chances would tell as much."""

    estimate: float
    error: float
    freedom: float
    worth: float


def standings(
    arm: Sequence[str], outcome: Floats, chance: Floats, arms: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """The weighted mean of each arm so far with its standard error; learners without an outcome (nan) do not count.

    Raises ValueError for a chance that is not above 0 and at most 1, and for an arm that there is not.
    """
    strange = next((name for name in arm if name not in arms), None)
    if strange is not None:
        raise ValueError(f"a learner has the arm {strange!r}, which is none of {', '.join(arms)}")
    if not ((chance > 0.0) & (chance <= 1.0)).all():
        raise ValueError("a chance lies above 0 and is at most 1; keep the one that each learner was dealt with")
    there = np.isfinite(outcome)
    centre = float(outcome[there].mean()) if there.any() else 0.0
    sd = float(outcome[there].std()) if there.sum() > 1 else 1.0
    names = np.array(arm, dtype=object)
    out = {}
    for name in arms:
        mine = there & (names == name)
        weight = 1.0 / chance[mine]
        # A learner's worth of doubt in the middle keeps one lucky beginner from deciding.
        total = float(weight.sum())
        if mine.sum() < 2:
            out[name] = (centre, DOUBT * max(sd, 1e-9))
            continue
        mean = float((weight * outcome[mine]).sum() / total)
        error = sqrt(float((weight**2 * ((outcome[mine] - mean) ** 2 + sd**2 / mine.sum())).sum())) / total
        out[name] = (mean, max(error, 1e-9))
    return out


def shares(found: Mapping[str, tuple[float, float]], *, seed: int, floor: float = FLOOR) -> dict[str, float]:
    """The share of each arm for the learners who come next; they sum to 1. Two arms get half each.

    Raises ValueError for fewer than two arms and for a floor that so many arms cannot have.
    """
    if len(found) < 2:
        raise ValueError("there is nothing to choose between: an allocation needs two arms or more")
    if not 0.0 <= floor * len(found) < 1.0:
        raise ValueError(f"{len(found)} arms cannot each have {floor:g} of all")
    if len(found) == 2:
        return dict.fromkeys(found, 0.5)
    rng = np.random.default_rng(seed)
    mean, error = np.array(list(found.values())).T
    best = (mean + error * rng.standard_normal((DRAWS, len(found)))).argmax(1)
    likely = np.bincount(best, minlength=len(found)) / DRAWS
    return {name: float(floor + (1.0 - floor * len(found)) * p) for name, p in zip(found, likely.tolist(), strict=True)}


def deal(units: Sequence[str], share: Mapping[str, float], *, seed: int) -> dict[str, tuple[str, float]]:
    """Each unit's arm and the chance that it was dealt with, by a hash of seed and name: the order of units changes nothing.

    Raises ValueError for a unit that is there twice.
    """
    if len(set(units)) < len(units):
        raise ValueError("a unit is there twice. Give each unit once")
    names, edges = list(share), np.cumsum(list(share.values()))
    out = {}
    for unit in units:
        digest = blake2b(f"{seed}\x1f{unit}".encode(), digest_size=8).digest()
        place = int(np.searchsorted(edges, int.from_bytes(digest, "big") / 2.0**64 * edges[-1], side="right"))
        name = names[min(place, len(names) - 1)]
        out[unit] = (name, share[name])
    return out


def weighted(
    outcome: Floats, treated: Floats, chance: Floats, known: Mapping[str, Floats], cluster: Ints | None = None
) -> Weighted:
    """The difference between learners with an arm (``treated`` 1) and with the control (0), [N], each weighed by one over the
    ``chance`` of the arm that they were dealt; adjusted for what is ``known`` from before, each group with its own slopes (Lin
    2013), errors by leaving one learner or ``cluster`` out. Raises ValueError for a chance out of range."""
    if not ((chance > 0.0) & (chance <= 1.0)).all():
        raise ValueError("a chance lies above 0 and is at most 1; keep the one that each learner was dealt with")
    weight = 1.0 / chance
    columns = [np.ones(len(outcome)), treated]
    for values in known.values():
        spread = float(values.std())
        if spread > 0.0:
            centred = (values - float((weight * values).sum() / weight.sum())) / spread
            columns += [centred, centred * treated]
    x = np.column_stack(columns)
    bread = np.linalg.pinv((x * weight[:, None]).T @ x)
    beta = bread @ (x.T @ (weight * outcome))
    rest = outcome - x @ beta
    leverage = np.clip(weight * np.einsum("ij,jk,ik->i", x, bread, x), 0.0, 0.95)
    push = (x @ bread)[:, 1] * weight * rest / (1.0 - leverage)
    groups = np.arange(len(push)) if cluster is None else cluster
    sums = np.bincount(groups, push)
    many = len(np.unique(groups))
    error = sqrt(float((sums**2).sum()) * (many - 1.0) / many)
    worth = sum(float(weight[side].sum() ** 2 / (weight[side] ** 2).sum()) for side in (treated == 1.0, treated == 0.0))
    return Weighted(float(beta[1]), error, max(min(worth, float(many)) - x.shape[1], 1.0), worth)
