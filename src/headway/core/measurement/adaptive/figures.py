"""What a simulation says about a test: length, error, exposure, and whether early and late takers fared alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.simulate import Simulated
from headway.core.measurement.adaptive.sitting import REASONS

PARTS = 5
"""Takers are compared by fifths of their order."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Lengths in items; ``bias``, ``rmse`` and ``se`` (mean) in logits; ``coverage`` share of 95 % intervals that
    hold the true ability. ``max_exposure`` the largest share of takers that saw one item, ``bank_used`` share of
    scored items seen at all, ``overlap`` the mean share of items that two takers have in common. ``length_by_fifth``
    in order of taking, ``late_to_early`` last over first. ``reasons`` share of takers by why the test ended."""

    takers: int
    items: int
    mean_length: float
    length_p90: float
    bias: float
    rmse: float
    se: float
    coverage: float
    max_exposure: float
    bank_used: float
    overlap: float
    length_by_fifth: tuple[float, ...]
    late_to_early: float
    reasons: dict[str, float]


def figures(pool: Pool, simulated: Simulated) -> Figures:
    """Summarise a simulation of at least two takers. Raises ValueError for fewer."""
    takers = len(simulated.ability)
    if takers < 2:
        raise ValueError("give at least 2 takers: one says nothing of a test")
    error = simulated.estimate - simulated.ability
    seen = np.bincount(simulated.items[simulated.items >= 0], minlength=len(pool)).astype(np.float64)
    length = float(simulated.length.mean())
    fifths = tuple(float(part.mean()) for part in np.array_split(simulated.length, min(PARTS, takers)))
    shared = float((seen * (seen - 1.0)).sum()) / (takers * (takers - 1.0))
    ended = np.bincount(simulated.reason, minlength=len(REASONS)) / takers
    return Figures(
        takers=takers,
        items=int(simulated.length.sum()),
        mean_length=length,
        length_p90=float(np.quantile(simulated.length, 0.9)),
        bias=float(error.mean()),
        rmse=float(np.sqrt((error**2).mean())),
        se=float(simulated.se.mean()),
        coverage=float((np.abs(error) <= 1.959964 * simulated.se).mean()),
        max_exposure=float(seen.max()) / takers,
        bank_used=float((seen > 0).sum() / (pool.trial == 0).sum()),
        overlap=shared / length if length > 0.0 else 0.0,
        length_by_fifth=fifths,
        late_to_early=fifths[-1] / fifths[0],
        reasons={name: float(share) for name, share in zip(REASONS, ended, strict=True) if share > 0.0},
    )
