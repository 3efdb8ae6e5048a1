"""Randomisation inference: how often chance alone gives a difference as large as this one (Fisher).

The outcome is first adjusted for covariates and blocks. Then arms are dealt again within blocks, as they were dealt:
all ways where they are few, else a seeded sample. The statistic is the adjusted difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

ALL_WAYS = 5_000
"""Up to so many ways of dealing are tried all."""
DRAWS = 1_999
MOST_UNITS = 5_000
"""With more units than this a t test is as good, and dealing again takes long."""


@dataclass(frozen=True, slots=True)
class Chance:
    """``p``: share of dealings with a difference at least as large; ``least``: smallest p that there could be."""

    p: float
    least: float
    dealings: int
    exact: bool


def dealt_again(
    treated: Floats, outcome: Floats, covariates: Mapping[str, Floats], unit: Ints, block: Ints, *, seed: int
) -> Chance | None:
    """Return the randomisation test of ``treated`` [N] (0 or 1, the same in a unit) within blocks.

    ``unit`` and ``block`` [N]: numbers from 0 without gaps. None where there are more than 5,000 units, or where a unit lies in
    several blocks.
    """
    units = int(unit.max()) + 1
    of = np.full(units, -1)
    of[unit] = block
    if units > MOST_UNITS or (of[unit] != block).any():
        return None
    size = np.bincount(block).astype(float)
    beside = [_about(values, block, size) for values in covariates.values()]
    rest = _about(outcome, block, size)
    wide = np.stack(beside, axis=1) if beside else np.empty((len(rest), 0))
    slope = np.linalg.lstsq(wide, rest, rcond=None)[0]
    rest = rest - wide @ slope
    sums = np.stack([np.bincount(unit, weights=v, minlength=units) for v in (rest, *wide.T)], axis=1)
    count = np.bincount(unit, minlength=units).astype(float)
    inverse = np.linalg.pinv(wide.T @ wide, hermitian=True)
    member = [np.flatnonzero(of == b) for b in range(len(size))]
    given = np.zeros(units)
    given[unit] = treated

    def differences(dealt: Floats) -> Floats:
        """Adjusted difference of each dealing [D, J]."""
        across = dealt @ sums
        inside = sum(
            (dealt[:, who] @ count[who]) * (1.0 - (dealt[:, who] @ count[who]) / size[b])
            for b, who in enumerate(member)
        )
        left = np.asarray(inside) - np.einsum("dj,jk,dk->d", across[:, 1:], inverse, across[:, 1:])
        out: Floats = np.divide(across[:, 0], left, out=np.zeros(len(dealt)), where=left > 1e-9)
        return out

    seen = abs(float(differences(given[None, :])[0]))
    ways = prod(comb(len(who), int(given[who].sum())) for who in member) if units <= 60 else ALL_WAYS + 1
    dealings = _every(given, member) if ways <= ALL_WAYS else _some(given, member, seed)
    beyond = int((np.abs(differences(dealings)) >= seen * (1.0 - 1e-9)).sum())
    if ways <= ALL_WAYS:
        balanced = all(2 * int(given[who].sum()) == len(who) for who in member)
        return Chance(beyond / ways, (2.0 if balanced else 1.0) / ways, ways, exact=True)
    return Chance((1 + beyond) / (1 + DRAWS), 1.0 / (1 + DRAWS), DRAWS, exact=False)


def _about(values: Floats, block: Ints, size: Floats) -> Floats:
    out: Floats = values - (np.bincount(block, weights=values) / size)[block]
    return out


def _every(given: Floats, member: list[Ints]) -> Floats:
    choices = [list(combinations(who.tolist(), int(given[who].sum()))) for who in member]
    out = np.zeros((prod(len(each) for each in choices), len(given)))
    for row, way in enumerate(product(*choices)):
        out[row, [who for part in way for who in part]] = 1.0
    return out


def _some(given: Floats, member: list[Ints], seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    out = np.zeros((DRAWS, len(given)))
    for who in member:
        chosen = int(given[who].sum())
        if 0 < chosen < len(who):
            order = np.argpartition(rng.random((DRAWS, len(who)), np.float32), chosen, axis=1)[:, :chosen]
            np.put_along_axis(out, who[order], 1.0, axis=1)
        else:
            out[:, who] = float(chosen > 0)
    return out
