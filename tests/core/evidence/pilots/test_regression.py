"""Errors and degrees of freedom against their definition, written out; refusals; cost."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from headway.core.evidence.pilots.randomisation import dealt_again
from headway.core.evidence.pilots.regression import regress
from tests.timing import spent

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def by_definition(cluster: Ints, block: Ints, t: Floats, pre: Floats, y: Floats) -> tuple[float, float, float, float]:
    """Leave out each cluster in turn, with a column a block; degrees of freedom and the ratio to the true variance from the
    whole hat matrix."""
    wide = np.column_stack([t, pre, *((block == b) * 1.0 for b in np.unique(block))])
    whole = np.linalg.lstsq(wide, y, rcond=None)[0][0]
    names = np.unique(cluster)
    without = [np.linalg.lstsq(wide[cluster != g], y[cluster != g], rcond=None)[0][0] for g in names]
    inverse = np.linalg.pinv(wide.T @ wide)
    rest = np.eye(len(y)) - wide @ inverse @ wide.T
    columns = []
    for g in names:
        mine = cluster == g
        pull = np.linalg.pinv(rest[np.ix_(mine, mine)], rcond=1e-9, hermitian=True) @ wide[mine] @ inverse[:, 0]
        columns.append(rest[:, mine] @ pull)
    gram = np.stack(columns) @ np.stack(columns).T
    variance = (len(names) - 1) / len(names) * float(((np.array(without) - whole) ** 2).sum())
    ratio = float(np.trace(gram)) / inverse[0, 0] * (len(names) - 1) / len(names)
    return float(whole), variance**0.5, float(np.trace(gram) ** 2 / (gram**2).sum()), ratio


@settings(max_examples=12)
@given(st.integers(6, 14), st.integers(1, 3), st.integers(0, 10_000))
def test_leaving_out_clusters_is_exact(clusters: int, blocks: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rng.integers(3, 9, clusters))
    t = (np.arange(clusters) // blocks % 2)[cluster].astype(np.float64)
    block = cluster % blocks
    pre = rng.normal(size=len(cluster)) + rng.normal(size=clusters)[cluster]
    y = 900.0 + 70.0 * (0.5 * pre + rng.normal(size=clusters)[cluster] + rng.normal(size=len(cluster)))
    by_learner = rng.integers(0, 2, len(cluster)).astype(np.float64)
    for who, given_, where in ((cluster, t, block), (None, t, block), (cluster, by_learner, cluster)):
        fit = regress({"t": given_, "pre": pre}, y, cluster=who, block=where, kind="CR3")
        whose = np.arange(len(y)) if who is None else who
        value, error, free, ratio = by_definition(whose, where, given_, pre, y)
        assert fit.of("t")[:2] == pytest.approx((value, error), rel=1e-6)
        assert fit.of("t")[2] == pytest.approx(min(free, fit.clusters - 1), rel=1e-6)
        fair = regress({"t": given_, "pre": pre}, y, cluster=who, block=where).of("t")
        assert fair == pytest.approx((value, error / ratio**0.5, fit.of("t")[2]), rel=1e-6)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.floats(-1e4, 1e4), st.floats(0.01, 1e3))
def test_units_of_measurement_change_nothing(seed: int, shift: float, scale: float) -> None:
    rng = np.random.default_rng(seed)
    t, x, cluster = rng.integers(0, 2, 80).astype(np.float64), rng.normal(size=80), np.arange(80) // 4
    y = 0.3 * t + x + rng.normal(size=80)
    first = regress({"t": t, "x": x}, y, cluster=cluster).of("t")
    second = regress({"t": t, "x": shift + 5.0 * x}, shift + scale * y, cluster=cluster).of("t")
    assert second[0] == pytest.approx(scale * first[0], rel=1e-5, abs=1e-7 * scale)
    assert second[1:] == pytest.approx((scale * first[1], first[2]), rel=1e-5)


def test_what_says_nothing_new_is_dropped_and_what_cannot_be_told_apart_is_refused() -> None:
    rng = np.random.default_rng(1)
    t, x = rng.integers(0, 2, 60).astype(np.float64), rng.normal(size=60)
    y = t + x + rng.normal(size=60)
    fit = regress({"t": t, "x": x, "twice": 2.0 * x, "same": np.ones(60)}, y)
    assert fit.dropped == ("twice", "same")
    assert fit.of("t") == pytest.approx(regress({"t": t, "x": x}, y).of("t"))
    with pytest.raises(ValueError, match="t cannot be told apart from the covariates"):
        regress({"t": t, "x": 1.0 - t}, y)
    with pytest.raises(ValueError, match="t does not vary within the blocks"):
        regress({"t": t}, y, block=t.astype(np.int64))
    with pytest.raises(ValueError, match="not a number"):
        regress({"t": t, "x": np.where(x > 0, np.nan, x)}, y)
    with pytest.raises(ValueError, match="3 rows cannot tell 3 parameters apart"):
        regress({"t": t[:3], "x": x[:3]}, y[:3], tested=0)
    with pytest.raises(ValueError, match="one cluster"):
        regress({"t": t}, y, cluster=np.zeros(60, np.int64))


def test_dealing_again_tries_all_ways_where_they_are_few() -> None:
    """Six schools have twenty dealings, so p cannot be below 0.1; with a pair a block, below 2 to the power 1 - pairs."""
    rng = np.random.default_rng(2)
    school = np.repeat(np.arange(6), 30)
    t = (school < 3).astype(np.float64)
    y = 3.0 * t + rng.normal(size=6)[school] * 0.1 + rng.normal(size=180)
    found = dealt_again(t, y, {}, school, np.zeros(180, np.int64), seed=0)
    assert found is not None and found.exact and found.dealings == 20 and found.p == found.least == 0.1
    pairs = dealt_again((school % 2).astype(np.float64), y, {"x": rng.normal(size=180)}, school, school // 2, seed=0)
    assert pairs is not None and pairs.dealings == 8 and pairs.least == 0.25
    assert dealt_again(t, y, {}, school, np.arange(180) % 2, seed=0) is None  # a school in two blocks


def test_a_million_learners_cost_little() -> None:
    """Half a second and 200 MB over the data is the bar; this tenth of it may take a tenth, with room for a busy machine."""
    rng = np.random.default_rng(3)
    count = 100_000
    columns = {f"x{k}": rng.normal(size=count) for k in range(12)}
    cluster = rng.integers(0, 500, count)
    y = columns["x0"] + rng.normal(size=500)[cluster] + rng.normal(size=count)
    regress({k: v[:400] for k, v in columns.items()}, y[:400], cluster=np.arange(400) // 4)  # compiles
    tracemalloc.start()
    regress(columns, y, cluster=cluster)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    spent = min(_timed(columns, y, cluster) for _ in range(3))
    assert peak < 20e6 and spent < 0.25, (peak, spent)


def _timed(columns: dict[str, Floats], y: Floats, cluster: Ints) -> float:
    with spent() as cost:
        regress(columns, y, cluster=cluster)
    return cost.seconds
