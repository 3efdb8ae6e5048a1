"""Linking and drift: the line between two scales is found, and what has moved off it is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.drift import drift
from headway.core.measurement.items import ItemBank, item_bank
from headway.core.measurement.linking import METHODS, Link, link
from tests.core.measurement.simulated import bank_of


@given(st.floats(0.5, 2.0), st.floats(-2.0, 2.0), st.sampled_from(METHODS), st.sampled_from(["2pl", "3pl", "grm"]))
def test_a_moved_scale_is_moved_back(slope: float, shift: float, method: str, model: str) -> None:
    bank = bank_of(12, 3, model, 2 if model == "grm" else 1)
    moved = Link(slope, shift, 0, 0.0).bank(bank)
    found = link(bank, moved, method=method)
    assert found.slope == pytest.approx(slope)
    assert found.shift == pytest.approx(shift, abs=1e-6)
    assert found.shared == 12
    assert found.rmse < 1e-6
    assert found.ability(np.array([0.0, 1.0])) == pytest.approx([shift, slope + shift], abs=1e-5)


def test_only_shared_items_count_and_errors_are_carried_over() -> None:
    bank = replace(bank_of(10, 1), se_a=np.full(10, 0.1), se_b=np.full((10, 1), 0.2))
    target = Link(2.0, 1.0, 0, 0.0).bank(bank.take([7, 2, 5]))
    found = link(bank, target)
    carried = found.bank(bank)
    assert found.shared == 3
    assert carried.se_a == pytest.approx(np.full(10, 0.05))
    assert carried.se_b == pytest.approx(np.full((10, 1), 0.4))


def test_curves_are_not_upset_by_an_item_far_from_everybody() -> None:
    bank = bank_of(12, 3)
    stray = ItemBank((*bank.ids, "far"), np.append(bank.model, bank.model[0]), np.append(bank.a, 0.4),
                     np.vstack([bank.b, [[9.0]]]), np.append(bank.c, 0.0))  # fmt: skip
    noisy = replace(stray, b=np.where(np.arange(13)[:, None] == 12, 15.0, stray.b))
    curves, moments = link(stray, noisy), link(stray, noisy, method="mean-sigma")
    assert abs(curves.slope - 1.0) < 0.05 < abs(moments.slope - 1.0)


def test_what_cannot_be_linked_is_said() -> None:
    one, other = bank_of(4, 1), item_bank(["x"], [0.0])
    with pytest.raises(ValueError, match="these have 0"):
        link(one, other)
    with pytest.raises(ValueError, match="use one of"):
        link(one, one, method="guess")
    with pytest.raises(ValueError, match="another model"):
        link(one, bank_of(4, 1, "3pl"))
    with pytest.raises(ValueError, match="at least 4"):
        drift(one.take([0, 1]), one)


@given(st.integers(0, 500), st.floats(0.5, 1.6), st.floats(-1.0, 1.0))
def test_items_that_moved_are_named_whatever_the_scale(seed: int, slope: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    old = bank_of(24, seed)
    error = np.full((24, 1), 0.08)
    old = replace(old, se_a=np.full(24, 0.08), se_b=error)
    noise = rng.normal(0.0, 0.06, 24)
    moved = old.b[:, 0] + noise
    moved[3] -= 1.2
    moved[9] += 1.2
    new = Link(slope, shift, 0, 0.0).bank(replace(old, b=moved[:, None]))
    found = drift(old, new)
    named = {row.item: str(row.words) for row in found.items if row.drifted}
    assert {"i3", "i9"} <= set(named)
    assert len(named) <= 4
    assert "easier" in named["i3"] and "harder" in named["i9"]
    assert found.link.slope == pytest.approx(1.0 / slope, rel=0.12)


def test_stable_items_are_left_in_peace() -> None:
    bank = replace(bank_of(20, 2), se_a=np.full(20, 0.1), se_b=np.full((20, 1), 0.1))
    found = drift(bank, replace(bank, b=bank.b + np.random.default_rng(1).normal(0.0, 0.1, (20, 1))))
    assert not any(row.drifted for row in found.items)
