"""Scores with their errors: right on known truth, the same whatever the order, honest about what is not known."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.judgement.comparisons import Comparisons, comparisons_of, islands
from headway.core.measurement.judgement.scale import Anchor, fit_scale
from tests.core.measurement.judgement.sessions import random_session, squared_correlation
from tests.standards.shared import SHARED, needs_shared

CHAIN = comparisons_of(["a", "b", "a", "c", "b", "c", "a"], ["b", "c", "c", "b", "a", "a", "b"])


@pytest.mark.parametrize(("each", "method"), [(20, "ep"), (200, "laplace")])
def test_truth_is_found_within_the_stated_errors(each: int, method: str) -> None:
    session, truth = random_session(200, each, 1.5, seed=each)
    scale = fit_scale(session)
    away = (scale.score - (truth - truth.mean())) / scale.error
    assert scale.posterior.method == method
    assert 0.9 < away.std() < 1.1
    assert scale.reliability == pytest.approx(squared_correlation(scale.score, truth), abs=0.03)
    assert 1.3 < scale.spread < 1.7


def test_both_methods_agree_where_both_hold() -> None:
    """A session just under and just over the bound of comparisons a script."""
    under, truth = random_session(60, 99, 1.0, seed=4)
    over, _ = random_session(60, 101, 1.0, seed=4)
    first, second = fit_scale(under), fit_scale(over)
    assert (first.posterior.method, second.posterior.method) == ("ep", "laplace")
    assert first.error.mean() == pytest.approx(second.error.mean(), rel=0.1)
    assert squared_correlation(first.score, truth) > 0.9 < squared_correlation(second.score, truth)


def test_a_script_that_won_everything_has_a_finite_score() -> None:
    scale = fit_scale(comparisons_of(["a"] * 6 + ["b"] * 3, ["b", "c", "b", "c", "b", "c", "c", "c", "c"]))
    assert scale.scripts == ("a", "b", "c")
    assert scale.score[0] > scale.score[1] > scale.score[2]
    assert np.isfinite(scale.score).all() and (scale.error > 0).all()


@given(st.permutations(range(7)), st.booleans())
def test_order_and_direction_do_not_matter(order: list[int], turned: bool) -> None:
    base = fit_scale(CHAIN)
    rows = np.array(order)
    winner, loser = CHAIN.winner[rows], CHAIN.loser[rows]
    other = fit_scale(
        Comparisons(CHAIN.scripts, CHAIN.judges, loser if turned else winner, winner if turned else loser, CHAIN.judge)
    )
    assert other.score * (-1 if turned else 1) == pytest.approx(base.score, abs=1e-6)
    assert other.error == pytest.approx(base.error, abs=1e-6)
    assert other.reliability == pytest.approx(base.reliability, abs=1e-6)


def test_anchors_hold_two_terms_on_one_scale() -> None:
    """The second term's scripts are all weaker by 2; the anchors from the first bring that to light."""
    session, truth = random_session(80, 60, 1.0, seed=7)
    first = fit_scale(session)
    known = {name: Anchor(float(truth[k]), 0.05) for k, name in enumerate(session.scripts) if k < 12}
    moved = {name: Anchor(anchor.score + 2.0, anchor.error) for name, anchor in known.items()}
    again = fit_scale(session, moved)
    free = np.arange(80) >= 12
    assert first.score.mean() == pytest.approx(0.0, abs=1e-9)
    assert (again.score - truth)[free].mean() == pytest.approx(2.0, abs=0.25)
    assert again.error[~free].max() <= 0.05
    assert 0.8 < again.spread < 1.2


def test_islands_are_refused_unless_anchors_bridge_them() -> None:
    apart = comparisons_of(["a", "b", "c", "d"], ["b", "a", "d", "c"])
    assert [len(group) for group in islands(apart)] == [2, 2]
    with pytest.raises(ValueError, match=r"fall into 2 groups of scripts \(2, 2\) that were never compared"):
        fit_scale(apart)
    bridged = fit_scale(apart, {"a": Anchor(1.0, 0.1), "c": Anchor(-1.0, 0.1)})
    assert bridged.score[0] == pytest.approx(1.0, abs=0.1) and bridged.score[2] == pytest.approx(-1.0, abs=0.1)


def test_an_anchor_needs_an_error() -> None:
    with pytest.raises(ValueError, match="anchor 'a'"):
        fit_scale(CHAIN, {"a": Anchor(1.0, 0.0)})


@pytest.mark.parametrize(
    ("winners", "losers", "seconds", "message"),
    [
        ([], [], None, "no comparisons"),
        (["a"], ["a"], None, "row 1: script 'a' is compared with itself"),
        (["a", "b"], ["b"], None, "losers has 1 rows and winners 2"),
        (["a", "b"], ["b", "a"], [3.0, -1.0], "row 2: a decision took -1 seconds"),
        (["a", ""], ["b", "a"], None, "row 2: a script or judge has no name"),
    ],
)
def test_bad_rows_are_named(winners: list[str], losers: list[str], seconds: list[float] | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        comparisons_of(winners, losers, seconds=seconds)


@needs_shared
@pytest.mark.shared
def test_published_separations_are_reproduced() -> None:
    """54 real sessions of Kinnear, Jones and Davies (2025)."""
    folder = SHARED / "data" / "measurement"
    table = pl.read_parquet(folder / "cj_reliability_published.parquet")
    published = dict(table.select("judging_session", "ssr").rows())
    off = {}
    for (name,), rows in pl.read_parquet(folder / "cj_judgements.parquet").group_by("session"):
        if len(rows) < 20_000:  # the largest takes seconds and is in the benchmark
            session = comparisons_of(
                rows["candidate_chosen"].to_numpy(), rows["candidate_not_chosen"].to_numpy(), rows["judge"].to_numpy()
            )
            off[name] = abs(fit_scale(session).separation - published[name])
    assert len(off) == 53
    assert max(off.values()) < 0.001
