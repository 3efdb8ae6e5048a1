"""The effect of visits: moments are found once, nobody counts as not visited because they recovered first, intervals cover."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.visits import LEAST, Effect, Record, Try, effect_of, moments


def tries(signs: str, begin: float = 0.0, every: float = 60.0, expected: float = 0.5) -> tuple[Try, ...]:
    return tuple(Try(begin + every * n, sign == "o", expected) for n, sign in enumerate(signs))


def test_a_moment_is_the_second_of_two_wrong_answers_and_none_follows_in_its_half_hour() -> None:
    assert moments(tries("oxxxoxx")) == [120.0]
    assert moments(tries("xox")) == []
    assert moments(tries("xx", every=1_000.0)) == []
    assert moments((*tries("xx"), *tries("xx", 3_000.0))) == [60.0, 3_060.0]


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
