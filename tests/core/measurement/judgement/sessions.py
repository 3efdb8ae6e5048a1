"""Simulated judging sessions with known true scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.judgement.comparisons import Comparisons
from headway.core.measurement.judgement.pairing import AUDIT_SHARE, next_pair
from headway.core.measurement.judgement.scale import fit_scale

Floats = NDArray[np.float64]


def names(count: int) -> tuple[str, ...]:
    return tuple(f"t{k:04}" for k in range(count))


def random_session(
    count: int, each: int, spread: float, seed: int, judges: int = 10, careless: int = 0, left: float = 0.0
) -> tuple[Comparisons, Floats]:
    """Random pairs; the first ``careless`` judges toss a coin; ``left`` is the log odds for the left script."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(0.0, spread, count) if spread else np.zeros(count)
    rows = count * each // 2
    a = rng.integers(0, count, rows)
    b = (a + rng.integers(1, count, rows)) % count
    judge = rng.integers(0, judges, rows)
    chance = 1.0 / (1.0 + np.exp(-(truth[a] - truth[b] + left)))
    won = rng.random(rows) < np.where(judge < careless, 0.5, chance)
    return (
        Comparisons(
            names(count), tuple(f"j{k}" for k in range(judges)), np.where(won, a, b), np.where(won, b, a), judge, won
        ),
        truth,
    )


def adaptive_session(
    count: int, each: int, spread: float, seed: int, audit: float = AUDIT_SHARE, judges: int = 10
) -> tuple[Comparisons, Floats]:
    """Pairs as the product chooses them, with a new fit whenever every script was seen once more."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(0.0, spread, count) if spread else np.zeros(count)
    score, error, counts = np.zeros(count), np.ones(count), np.zeros(count, np.int64)
    seen: list[set[tuple[int, int]]] = [set() for _ in range(judges)]
    rows: list[tuple[int, int, int, bool]] = []
    for k in range(count * each // 2):
        if k >= count and k % (count // 2) == 0:
            scale = fit_scale(_comparisons(rows, count, judges), begun=True)
            score, error = scale.score, scale.error
        pair = next_pair(score=score, error=error, counts=counts, rng=rng, seen=seen[k % judges], audit_share=audit)
        assert pair is not None
        a, b = pair.left, pair.right
        seen[k % judges].add((min(a, b), max(a, b)))
        counts[[a, b]] += 1
        first = rng.random() < 1.0 / (1.0 + np.exp(-(truth[a] - truth[b])))
        rows.append((a, b, k % judges, pair.audit) if first else (b, a, k % judges, pair.audit))
    return _comparisons(rows, count, judges), truth


def _comparisons(rows: list[tuple[int, int, int, bool]], count: int, judges: int) -> Comparisons:
    table = np.array(rows)
    winner, loser, judge, audit = (table[:, k].astype(np.int64) for k in range(4))
    who = tuple(f"j{k}" for k in range(judges))
    return Comparisons(names(count), who, winner, loser, judge, audit=audit.astype(np.bool_))


def squared_correlation(score: Floats, truth: Floats) -> float:
    return float(np.corrcoef(score, truth)[0, 1] ** 2)
