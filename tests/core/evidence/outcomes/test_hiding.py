"""No cell of a few learners is shown, nor one from which a total would give them away."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.evidence.outcomes.hiding import hidden, told


@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(st.integers(0, 40), min_size=wide, max_size=wide), min_size=1, max_size=6)
    )
)
def test_what_is_shown_and_its_totals_speak_of_nobody(rows: list[list[int]]) -> None:
    counts = np.array(rows, np.int64)
    hide = hidden(counts)
    assert hide[(counts > 0) & (counts < 10)].all()
    for line, covered in [*zip(counts, hide, strict=True), *zip(counts.T, hide.T, strict=True)]:
        if not covered.any() or line.sum() < 10:
            continue
        left = line.sum() - line[~covered].sum()
        assert left >= 10, "the total less what is shown is a small group"
        assert covered.sum() >= 2 or (line > 0).sum() == 1


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert hidden(np.array([[40, 4, 12, 30]])).tolist() == [[False, True, True, False]]
    assert hidden(np.array([[40, 12]])).tolist() == [[False, False]]
    assert hidden(np.array([[0, 5]])).tolist() == [[False, True]]


def test_nobody_is_told_that_all_or_none_are_there() -> None:
    assert (told(0.0), told(1.0), told(0.4)) == (0.05, 0.95, 0.4)
