"""Response curves: what they promise for every model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.items import (
    MODELS,
    ItemBank,
    category_probabilities,
    expected_scores,
    information,
    item_bank,
)

numbers = st.floats(-3.0, 3.0)


@st.composite
def banks(draw: st.DrawFn) -> ItemBank:
    """A bank of one item of each model."""
    rows = np.full((5, 3), np.nan)
    for row in range(5):
        steps = draw(st.integers(1, 3)) if row > 2 else 1
        start, gap = draw(numbers), draw(st.floats(0.1, 1.5))
        rows[row, :steps] = start + gap * np.arange(steps)
    a = [1.0, *(draw(st.floats(0.3, 2.5)) for _ in range(4))]
    return item_bank(list("vwxyz"), rows, model=MODELS, a=a, c=[0, 0, draw(st.floats(0.0, 0.4)), 0, 0])


@given(banks(), numbers)
def test_chances_add_up_and_scores_rise_with_ability(bank: ItemBank, ability: float) -> None:
    chances = category_probabilities(bank, [ability])
    assert chances.min() >= 0.0
    assert np.allclose(chances.sum(axis=2), 1.0)
    low, high = expected_scores(bank, [ability, ability + 0.1])
    assert (high > low).all()
    assert (high <= bank.steps).all()


@given(banks(), numbers)
def test_information_is_the_variance_of_the_score_function(bank: ItemBank, ability: float) -> None:
    h = 1e-4
    below, here, above = category_probabilities(bank, [ability - h, ability, ability + h])
    slope = (above - below) / (2 * h)
    expected = np.divide(slope**2, here, out=np.zeros_like(here), where=here > 0).sum(axis=1)
    assert np.allclose(information(bank, ability)[0], expected, rtol=1e-4, atol=1e-8)


@given(banks(), numbers, numbers)
def test_only_the_distance_from_the_item_matters(bank: ItemBank, ability: float, shift: float) -> None:
    moved = ItemBank(bank.ids, bank.model, bank.a, bank.b + shift, bank.c)
    one, other = category_probabilities(bank, ability), category_probabilities(moved, ability + shift)
    assert np.allclose(one, other, atol=1e-9)


def test_one_step_is_a_two_parameter_item_in_every_model() -> None:
    bank = item_bank(list("abc"), [0.4] * 3, model=["2pl", "grm", "pcm"], a=1.3)
    curves = category_probabilities(bank, np.linspace(-4, 4, 9))
    assert np.allclose(curves[:, 1], curves[:, 0])
    assert np.allclose(curves[:, 2], curves[:, 0])


def test_a_far_ability_neither_overflows_nor_loses_its_digits() -> None:
    bank = item_bank(list("ab"), [[-1.0, 0.0, 1.0]] * 2, model=["grm", "pcm"], a=2.0)
    chances = category_probabilities(bank, [-400.0, -12.0, 12.0, 400.0])
    assert np.isfinite(chances).all()
    assert (chances[1:3, :, 1:3] > 0).all()
    assert np.isfinite(information(bank, [-400.0, 400.0])).all()


def test_a_bank_keeps_its_rows_together() -> None:
    bank = item_bank(["x", "y", "z"], [[0.0, np.nan], [1.0, 2.0], [-1.0, np.nan]], model=["2pl", "pcm", "3pl"], c=0.1)
    part = bank.take(bank.rows_of(["y", "x"]))
    assert part.ids == ("y", "x")
    assert part.steps.tolist() == [2, 1]
    assert part.difficulty.tolist() == [1.5, 0.0]
    with pytest.raises(KeyError):
        bank.rows_of(["nobody"])


@pytest.mark.parametrize(
    ("words", "parameters"),
    [
        ("'y' has a discrimination of 0", {"b": [0.0, 0.0], "a": [1.0, 0.0]}),
        ("'y' has a discrimination below 0", {"b": [0.0, 0.0], "a": [1.0, -1.0], "model": "grm"}),
        ("'y' has a guessing", {"b": [0.0, 0.0], "c": [0.2, 1.0], "model": "3pl"}),
        ("'x' has no difficulty", {"b": [np.nan, 0.0]}),
        ("'x' has more than one", {"b": [[0.0, 1.0], [0.0, 1.0]]}),
        ("'x' has thresholds that do not rise", {"b": [[1.0, 0.0], [0.0, 1.0]], "model": "grm"}),
        ("'y' has a difficulty that is not finite", {"b": [0.0, np.inf]}),
        ("unknown item model '4pl'", {"b": [0.0, 0.0], "model": "4pl"}),
        ("that many", {"b": [0.0]}),
    ],
)
def test_a_bank_refuses_what_cannot_be_an_item(words: str, parameters: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=words):
        item_bank(["x", "y"], **parameters)  # type: ignore[arg-type]
