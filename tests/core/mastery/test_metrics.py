"""Metrics against definitions worked by hand and by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.mastery.metrics import auc, ece, measure


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), min_size=2, max_size=40))
def test_auc_is_the_chance_that_right_ranks_above_wrong(rows: list[tuple[bool, int]]) -> None:
    y, p = np.array([r[0] for r in rows], np.int8), np.array([r[1] / 10 for r in rows])
    pairs = [(a, b) for a in p[y == 1] for b in p[y == 0]]
    expected = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs) if pairs else 0.5
    assert auc(y, p) == pytest.approx(expected)


def test_ece_weighs_the_bins_by_size() -> None:
    y = np.array([1, 0, 1, 1], np.int8)
    assert ece(y, np.array([0.5, 0.5, 0.99, 0.99])) == pytest.approx(0.5 * 0.0 + 0.5 * 0.01)


def test_measure_by_hand() -> None:
    found = measure(np.array([1, 0], np.int8), np.array([0.8, 0.4]))
    assert found.log_loss == pytest.approx(-(np.log(0.8) + np.log(0.6)) / 2)
    assert found.rmse == pytest.approx(np.sqrt((0.04 + 0.16) / 2))
    assert (found.auc, found.n) == (1.0, 2)


def test_nothing_to_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="no responses"):
        measure(np.zeros(0, np.int8), np.zeros(0))
