"""Which hints a learner may open: what gives the key away waits, and nothing that was shown moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headway.core.coaching.held import HONEST_TRIES, held_back, ladder_of
from headway.core.curriculum.problems import Hint
from headway.core.text import verbatim

HINTS = st.lists(st.booleans(), max_size=6).map(
    lambda flags: [Hint(f"h{n}", verbatim("x"), reveals=flag) for n, flag in enumerate(flags)]
)
OPENED = st.sets(st.integers(0, 6).map("h{}".format), max_size=4)


@given(HINTS, st.integers(0, 3), OPENED)
def test_every_hint_is_in_the_ladder_or_held_back(hints: list[Hint], wrong: int, opened: set[str]) -> None:
    ladder, held = ladder_of(hints, wrong, opened), held_back(hints, wrong, opened)
    assert sorted(hint.id for hint in (*ladder, *held)) == [hint.id for hint in hints]
    assert all(hint.reveals and hint.id not in opened and wrong < HONEST_TRIES for hint in held)


@given(HINTS, OPENED)
def test_what_stood_open_keeps_its_place_when_tries_open_the_rest(hints: list[Hint], opened: set[str]) -> None:
    before = ladder_of(hints, 0, opened)
    assert ladder_of(hints, HONEST_TRIES, opened)[: len(before)] == before
    free = ladder_of(hints, 0)
    assert before[: len(free)] == free
