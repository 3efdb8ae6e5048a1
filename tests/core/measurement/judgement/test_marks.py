"""From logits to marks, levels and exemplars."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.measurement.judgement.marks import cuts_from_exemplars, exemplars, level_chances, mark_line

SCORE = np.linspace(-3.0, 3.0, 61)
ERROR = np.full(61, 0.2)


def test_marks_keep_the_spread_of_those_given() -> None:
    """Scores carry error; a regression would pull the marks to the middle."""
    rng = np.random.default_rng(0)
    truth = rng.normal(0, 1, 400)
    score, error = truth + rng.normal(0, 0.6, 400), np.full(400, 0.6)
    line = mark_line(score, error, {k: 50 + 10 * float(truth[k]) for k in range(200)})
    assert line.slope == pytest.approx(10, rel=0.15) and line.intercept == pytest.approx(50, abs=1.5)
    marks, errors = line.marks(score, error)
    assert errors == pytest.approx(np.full(400, 0.6 * line.slope))
    assert marks.mean() == pytest.approx(50 + 10 * truth.mean(), abs=1.5)


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ({0: 5.0, 1: 6.0}, "at least three"),
        ({0: 5.0, 30: 5.0, 60: 5.0}, "all alike"),
        ({0: 9.0, 30: 5.0, 60: 1.0}, "check the marks"),
    ],
)
def test_marks_that_cannot_set_a_scale(marks: dict[int, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mark_line(SCORE, ERROR, marks)


def test_cuts_lie_between_the_levels() -> None:
    levels = {5: 0, 12: 0, 28: 1, 32: 1, 50: 2, 58: 2}
    cuts = cuts_from_exemplars(SCORE, ERROR, levels)
    assert SCORE[12] < cuts[0] < SCORE[28] and SCORE[32] < cuts[1] < SCORE[50]
    chances = level_chances(SCORE, ERROR, cuts)
    assert chances.shape == (61, 3)
    assert chances.sum(axis=1) == pytest.approx(np.ones(61))
    assert [int(chances[k].argmax()) for k in levels] == list(levels.values())
    assert level_chances(cuts[:1], np.array([0.5]), cuts)[0, :1] == pytest.approx([0.5], abs=1e-6)


@pytest.mark.parametrize(
    ("levels", "message"),
    [({}, "no script has a level"), ({3: 0, 9: 2}, "no script stands for level 1"), ({50: 0, 10: 1}, "lie below")],
)
def test_levels_that_cannot_be_cut(levels: dict[int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cuts_from_exemplars(SCORE, ERROR, levels)


def test_exemplars_span_the_range_and_are_sure() -> None:
    error = ERROR.copy()
    error[30] = 2.0
    chosen = exemplars(SCORE, error, 5)
    assert len(set(chosen)) == 5 and chosen == sorted(chosen, reverse=True)
    assert SCORE[chosen[0]] > 2 and SCORE[chosen[-1]] < -2 and 30 not in chosen
    assert exemplars(SCORE[:3], ERROR[:3], 5) == [2, 1, 0]
