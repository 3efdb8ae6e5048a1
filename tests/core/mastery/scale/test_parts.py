"""A log in parts: nothing is lost or doubled, and a fit comes out the same however it is cut and wherever the parts lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.mastery.additive import additive_of, weights_of
from headway.core.mastery.fitting import artefact, fit
from headway.core.mastery.frame import Frame, split
from headway.core.mastery.hybrid.artefact import dump
from headway.core.mastery.scale import fitters
from headway.core.mastery.scale.fitters import IN_PARTS
from headway.core.mastery.scale.measured import fit_in_parts
from headway.core.mastery.scale.parts import InMemory, cuts, joined, part_of
from tests.core.mastery.scale.logs import uneven_log


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.integers(1, 120))
def test_parts_hold_whole_learners_and_every_row_once(lengths: list[int], size: int) -> None:
    starts = np.concatenate([[0], np.cumsum(lengths)])
    found = cuts(starts, size)
    assert [first for first, _ in found] == [0, *(last for _, last in found[:-1])]
    assert found[-1][1] == len(lengths)
    rows = [int(starts[last] - starts[first]) for first, last in found]
    assert all(count >= size for count in rows[:-1])
    assert all(count - lengths[last - 1] < size for count, (_, last) in zip(rows, found, strict=True))


@given(st.integers(1, 400))
def test_parts_put_together_are_the_log(size: int) -> None:
    frame = uneven_log()
    whole = joined([part_of(frame, first, last) for first, last in cuts(frame.starts, size)])
    for name in Frame.__slots__:
        one, two = getattr(frame, name), getattr(whole, name)
        assert np.array_equal(one, two), name


def test_the_hybrid_is_fitted_on_the_whole_log_where_it_fits_and_on_drawn_learners_else() -> None:
    frame = uneven_log()
    train, _ = split(frame, 0)
    parts = InMemory(frame, frame.rows_of(train), size=300)
    whole = fit(frame, model="hybrid-1")
    cut = fit_in_parts(parts, model="hybrid-1")
    assert np.array_equal(cut.fitted.predicted, whole.fitted.predicted)
    assert np.array_equal(cut.fitted.difficulty, whole.fitted.difficulty)
    assert dump(artefact(cut.fitted.fitted_on or frame, cut, "log")) == dump(artefact(frame, whole, "log"))
    one, two = (fitters.sampled(parts, 700) for _ in range(2))
    assert np.array_equal(one[0].students, two[0].students)
    assert one[1].all()
    assert set(one[0].students.tolist()) < set(train.tolist())
    assert 350 < len(one[0].item) < 1_050


@pytest.mark.parametrize("model", sorted(set(IN_PARTS) - {"hybrid-1"}))
def test_a_fit_does_not_hang_on_the_cuts(model: str) -> None:
    frame = uneven_log()
    train, _ = split(frame, 0)
    whole = fit(frame, model=model)
    for size in (40, 300):
        cut = fit_in_parts(InMemory(frame, frame.rows_of(train), size=size), model=model)
        assert np.allclose(cut.fitted.predicted, whole.fitted.predicted, rtol=0.0, atol=1e-6)
        assert np.allclose(cut.fitted.difficulty, whole.fitted.difficulty, rtol=0.0, atol=1e-6)
        assert cut.test.auc == pytest.approx(whole.test.auc, abs=1e-6)
        assert cut.quality.abroca.keys() == whole.quality.abroca.keys()
    same = fit_in_parts(InMemory(frame, frame.rows_of(train)), model=model)
    assert np.array_equal(same.fitted.predicted, whole.fitted.predicted)
    assert (same.train, same.test, same.quality) == (whole.train, whole.test, whole.quality)


def test_a_fit_that_starts_from_the_weights_of_another_takes_fewer_steps_to_the_same_place() -> None:
    frame = uneven_log(300)
    first = fit(frame).fitted.additive
    assert first is not None
    known = weights_of(first, frame.item_ids, frame.skill_ids)
    start = additive_of(known, frame.item_ids, frame.skill_ids)
    assert np.allclose(start.flat, first.flat, atol=1e-8)
    parts = InMemory(frame, frame.rows_of(split(frame, 1)[0]))  # other learners than those of the first fit
    cold, warm = list[int](), list[int]()
    one = fit_in_parts(parts, progress=cold.append).fitted.predicted
    other = fit_in_parts(parts, start=start, progress=warm.append).fitted.predicted
    assert max(warm, default=0) < max(cold)
    assert np.abs(one - other).max() < 0.01
    with pytest.raises(ValueError, match="of another model"):
        fit_in_parts(parts, model="pfa", start=first)
    with pytest.raises(ValueError, match="defaults alone"):
        fit_in_parts(parts, model="gaussian-1", start=first)


def test_what_is_not_fitted_in_parts_is_refused_with_what_is() -> None:
    frame = uneven_log()
    parts = InMemory(frame, frame.rows_of(split(frame, 0)[0]))
    with pytest.raises(ValueError, match=r"elo-1 is fitted in memory only.*additive-1"):
        fit_in_parts(parts, model="elo-1")
    with pytest.raises(ValueError, match="not described"):
        list(parts.each(lambda part, _: part.described, None))
