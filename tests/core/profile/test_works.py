"""What works: said only where chance dealt it and the interval leaves out no difference."""

import numpy as np

from headway.core.profile.works import LEAST, compared


def test_too_few_answers_say_nothing() -> None:
    assert compared({}) == ()
    assert compared({"soccer": (500, 400)}) == (), "there is nothing to compare it with"
    assert compared({"soccer": (LEAST - 1, LEAST - 1), "music": (500, 100)}) == ()


def test_a_large_difference_is_told_with_its_interval() -> None:
    best = compared({"soccer": (80, 72), "music": (80, 40)})[0]
    assert best.telling
    assert best.low <= best.difference <= best.high
    assert {abs(round(each.difference, 6)) for each in compared({"soccer": (80, 72), "music": (80, 40)})} == {
        abs(round(best.difference, 6))
    }


def test_without_a_difference_almost_nothing_is_told() -> None:
    rng, told = np.random.default_rng(4), 0
    for _ in range(400):
        groups = {name: (60, int(rng.binomial(60, 0.75))) for name in ("soccer", "music", "space")}
        told += any(each.telling for each in compared(groups))
    assert told <= 0.08 * 400
