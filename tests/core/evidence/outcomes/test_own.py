"""One learner's own measure: nothing is said beyond its interval."""

from __future__ import annotations

from math import hypot, inf, nan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.evidence.outcomes.aims import Aim, Goal
from headway.core.evidence.outcomes.own import Own, moved, of_ten, own_of, reach_of

VALUES, ERRORS = st.floats(-20.0, 20.0), st.floats(0.0, 5.0)


def aim(bar: float, better: str = "higher") -> Aim:
    return Aim("a", "A", "college", "ability", "", better, bar, (Goal(1, 50.0),))  # type: ignore[arg-type]


def own(value: float, error: float) -> Own:
    found = own_of(value, error)
    assert found is not None
    return found


@given(VALUES, ERRORS, VALUES)
def test_a_goal_is_called_reached_or_ahead_only_when_the_whole_interval_is(
    value: float, error: float, bar: float
) -> None:
    found = own(value, error)
    reach = reach_of(found, aim(bar))
    assert (reach == "open") == (found.low < bar <= found.high)
    assert reach != "there" or found.low >= bar
    swapped = reach_of(own(-value, error), aim(-bar, "lower"))
    assert swapped == reach, "lower is better, mirrored, says the same"


@given(VALUES, ERRORS, VALUES, ERRORS)
def test_a_change_is_told_only_when_it_is_larger_than_its_error(a: float, e: float, b: float, f: float) -> None:
    there, back = moved(own(a, e), own(b, f)), moved(own(b, f), own(a, e))
    assert {"more": "less", "less": "more"}.get(there, there) == back
    if there in ("more", "less"):
        assert abs(b - a) > 1.95 * hypot(e, f)


def test_of_a_learner_who_did_not_change_hardly_ever_a_change_is_told() -> None:
    rng = np.random.default_rng(3)
    seen = [
        moved(own(x, 0.6), own(y, 0.4)) for x, y in zip(rng.normal(0, 0.6, 4000), rng.normal(0, 0.4, 4000), strict=True)
    ]
    assert 0.035 < np.mean([each != "open" for each in seen]) < 0.065


def test_what_is_not_known_is_not_told() -> None:
    assert own_of(nan, 0.1) is None
    assert own_of(inf, 0.1) is None
    hint = own(7.0, nan)
    assert (hint.low, hint.high, hint.sure) == (7.0, 7.0, False)
    assert reach_of(hint, aim(1.0)) == "open"
    assert moved(hint, own(9.0, 0.0)) == "open"
    assert moved(own(3.0, 0.0), own(3.0, 0.0)) == "same"


@given(st.floats(-2000.0, 2000.0), VALUES)
def test_problems_of_ten_rise_with_ability_and_stay_between_none_and_all(value: float, bar: float) -> None:
    found = of_ten(value, bar)
    assert 0.0 <= found <= 10.0
    assert of_ten(value + 1.0, bar) >= found
    assert of_ten(bar, bar) == 5.0
