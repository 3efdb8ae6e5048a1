"""Which two come next: fair to scripts, closed to judges who may not, partly at random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.judgement.pairing import AUDIT_SHARE, CHOICE, next_pair


def pair_in(count: int, seed: int, **more: object) -> object:
    base = {"score": np.zeros(count), "error": np.ones(count), "counts": np.zeros(count, np.int64)}
    return next_pair(**{**base, "rng": np.random.default_rng(seed), **more})  # type: ignore[arg-type]


@given(st.integers(2, 12), st.integers(0, 10_000), st.data())
def test_a_judge_never_sees_their_own_or_a_pair_twice(count: int, seed: int, data: st.DataObject) -> None:
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda p: p[0] < p[1])
    seen = data.draw(st.sets(pairs, max_size=20))
    left = [
        (a, b) for a in range(count) for b in range(a + 1, count) if allowed[a] and allowed[b] and (a, b) not in seen
    ]
    found = next_pair(
        score=np.zeros(count), error=np.ones(count), counts=np.zeros(count, np.int64),
        rng=np.random.default_rng(seed), allowed=allowed, seen=seen,
    )  # fmt: skip
    if found is None:
        assert not left
    else:
        assert (min(found.left, found.right), max(found.left, found.right)) in left
        assert 0.0 < found.probability <= 1.0


def test_the_least_judged_comes_first_and_its_partner_is_close() -> None:
    score, error = np.linspace(-4, 4, 41), np.full(41, 0.5)
    counts = np.full(41, 9)
    counts[20] = 3
    for seed in range(20):
        found = next_pair(score=score, error=error, counts=counts, rng=np.random.default_rng(seed), audit_share=0.0)
        assert found is not None and not found.audit
        assert 20 in (found.left, found.right)
        assert abs(score[found.left] - score[found.right]) <= 0.2 * CHOICE
        assert found.probability == pytest.approx(1 / CHOICE)


def test_sides_and_audits_come_in_their_shares() -> None:
    score = np.linspace(-4, 4, 30)
    found = [
        next_pair(score=score, error=np.ones(30), counts=np.zeros(30, np.int64), rng=np.random.default_rng(seed))
        for seed in range(600)
    ]
    pairs = [pair for pair in found if pair is not None]
    assert np.mean([pair.audit for pair in pairs]) == pytest.approx(AUDIT_SHARE, abs=0.05)
    assert np.mean([pair.left > pair.right for pair in pairs]) == pytest.approx(0.5, abs=0.07)
    gaps = {
        drawn: np.mean([abs(score[p.left] - score[p.right]) for p in pairs if p.audit == drawn])
        for drawn in (True, False)
    }
    assert gaps[True] > 2 * gaps[False]


def test_the_same_seed_gives_the_same_pair() -> None:
    assert pair_in(10, 3) == pair_in(10, 3)
