"""The effect of visits: moments are found once, nobody counts as not visited because they recovered first, intervals cover."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.visits import (
    LEAST,
    REASONS,
    Effect,
    Record,
    Try,
    effect_of,
    effects_of,
    moments,
    moments_for,
)


def tries(signs: str, begin: float = 0.0, every: float = 60.0, expected: float = 0.5) -> tuple[Try, ...]:
    return tuple(Try(begin + every * n, sign == "o", expected) for n, sign in enumerate(signs))


def test_a_moment_is_the_second_of_two_wrong_answers_and_none_follows_in_its_half_hour() -> None:
    assert moments(tries("oxxxoxx")) == [120.0]
    assert moments(tries("xox")) == []
    assert moments(tries("xx", every=1_000.0)) == []
    assert moments((*tries("xx"), *tries("xx", 3_000.0))) == [60.0, 3_060.0]


def test_each_reason_of_the_board_has_moments_of_its_own() -> None:
    fast = tuple(Try(20.0 * n, False, 0.5, "s", 1.0) for n in range(4))
    spun = tuple(Try(60.0 * n, n % 3 == 0, 0.5, "s") for n in range(12))
    assert moments_for(Record("a", fast, ()), "guessing") == [40.0]
    assert moments_for(Record("a", spun, ()), "guessing") == []
    assert moments_for(Record("a", (*tries("ox"), Try(241.0, True, 0.5)), ()), "quiet") == [240.0]
    assert moments_for(Record("a", (*tries("xo"), *tries("ox", 9_000.0)), ()), "quiet") == []
    again = tuple(Try(10.0 * n, False, 0.5, first=n == 0) for n in range(3))
    assert moments(again) == [20.0]
    assert moments(again[:2]) == []
    assert moments_for(Record("a", spun, ()), "spinning") == [540.0]
    assert moments_for(Record("a", tuple(replace(each, skill=str(each.at)) for each in spun), ()), "spinning") == []
    assert moments_for(Record("a", (), (), hands=(5.0, 60.0, 9_000.0)), "asked") == [5.0, 9_000.0]
    went = Record("a", tries("oooooooooo"), (100.0,), reached=(0.0,))
    assert effects_of([went]) == {reason: Effect(reason == "ready", 0, reason == "ready", 0) for reason in REASONS}


def test_only_answers_after_the_landmark_count() -> None:
    early = Record("a", tries("xxoooo"), (90.0,))  # the last answer comes at 300 s, before 60 + 300
    late = Record("b", tries("xxoooooooo"), (90.0,))
    assert effect_of([early]) == Effect(0, 0, 0, 0)
    assert effect_of([late]) == Effect(1, 0, 1, 0)
    assert effect_of([Record("b", tries("xxoooooooo"), (400.0,))]) == Effect(0, 1, 0, 1)


def simulated(rng: np.random.Generator, gain: float, learners: int = 24) -> list[Record]:
    out = []
    for n in range(learners):
        signs, visits, level = list[Try](), list[float](), rng.uniform(-0.15, 0.15)
        for day in range(4):
            begin = 86_400.0 * day
            came = rng.random() < 0.5
            chance = 0.5 + level + (gain if came else 0.0)
            signs += tries("xx", begin)
            signs += [Try(begin + 400.0 + 60.0 * k, rng.random() < chance, 0.5) for k in range(5)]
            visits += [begin + 120.0] if came else []
        out.append(Record(str(n), tuple(signs), tuple(visits)))
    return out


def test_the_interval_covers_the_truth_and_sees_a_large_effect() -> None:
    rng, covered, seen = np.random.default_rng(7), 0, 0
    for _ in range(60):
        nothing, much = effect_of(simulated(rng, 0.0)), effect_of(simulated(rng, 0.3))
        covered += (nothing.low <= 0.0 <= nothing.high) + (much.low <= 0.3 <= much.high)
        seen += much.low > 0.0
    assert covered >= 108  # of 120, at 95 %: fewer than one run in a hundred thousand has less by chance
    assert seen >= 55


@given(st.lists(st.tuples(st.text("ox", max_size=14), st.lists(st.floats(0.0, 900.0), max_size=3)), max_size=14))
def test_whatever_is_recorded_the_counts_add_up(rows: list[tuple[str, list[float]]]) -> None:
    records = [Record(str(n), tries(signs), tuple(sorted(visits))) for n, (signs, visits) in enumerate(rows)]
    found = effect_of(records)
    assert found.visited + found.others <= sum(len(moments(record.tries)) for record in records)
    enough = min(found.visited_learners, found.other_learners) >= LEAST
    assert (found.difference is not None) == enough
    if found.difference is not None:
        assert found.low <= found.difference + 1e-9
        assert found.difference - 1e-9 <= found.high
