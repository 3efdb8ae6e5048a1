"""A sitting: the same next item wherever it is carried on, no item twice, every rule kept at the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.measurement.adaptive.design import Design, Range
from headway.core.measurement.adaptive.exposure import counted, fresh
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.rehearse import rehearse, score_of
from headway.core.measurement.adaptive.simulate import simulate, warm
from headway.core.measurement.adaptive.sitting import Sitting, ability_now, answer, begin, decode, encode, scored, take
from tests.core.measurement.adaptive.banks import mixed_pool, pool

RANGES = tuple(Range("domain", name, 2, 5) for name in "ABCD")
DESIGNS = {
    "plain": Design(maximum=25),
    "posterior": Design(maximum=25, criterion="posterior"),
    "content": Design(maximum=18, ranges=RANGES),
    "shadow": Design(minimum=12, maximum=12, ranges=RANGES, shadow=True),
    "glr": Design(maximum=30, se=0.0, cuts=(-0.5,), decide="glr"),
    "sprt": Design(maximum=30, se=0.0, cuts=(-0.5, 0.8), decide="sprt"),
    "exposure": Design(maximum=25, exposure=0.2),
    "trials": Design(minimum=8, maximum=20, trials=3),
}


def finished(bank: Pool, design: Design, ability: float, seed: int) -> Sitting:
    start = begin(bank, design, seed=seed, exposure=fresh(bank))
    return take(bank, design, start, lambda item: score_of(bank, item, ability, seed, 0))


@pytest.mark.parametrize("name", sorted(DESIGNS))
@settings(max_examples=8)
@given(ability=st.floats(-3.0, 3.0), seed=st.integers(0, 2**31))
def test_a_stored_sitting_goes_on_with_the_same_item(name: str, ability: float, seed: int) -> None:
    bank, design = pool(enemies=True, trial=20), DESIGNS[name]
    here = begin(bank, design, seed=seed)
    while here.pending >= 0:
        stored = decode(encode(here))
        assert stored == here
        score = score_of(bank, here.pending, ability, seed, 0)
        elsewhere = answer(bank, design, stored, score, seconds=3.5)
        here = answer(bank, design, here, score, seconds=3.5)
        assert elsewhere == here
    assert here.reason
    assert here == replace(finished(bank, design, ability, seed), seconds=here.seconds)


@pytest.mark.parametrize("name", sorted(DESIGNS))
@settings(max_examples=8)
@given(ability=st.floats(-4.0, 4.0), seed=st.integers(0, 2**31))
def test_a_finished_test_keeps_every_rule(name: str, ability: float, seed: int) -> None:
    bank, design = pool(enemies=True, trial=20), DESIGNS[name]
    done = finished(bank, design, ability, seed)
    assert len(set(done.items)) == len(done.items)
    counting = scored(bank, done)
    assert design.minimum <= len(counting) <= design.maximum
    groups = [group for group in bank.group[list(counting)].tolist() if group >= 0]
    assert len(set(groups)) == len(groups)
    for wanted in design.ranges:
        category = bank.categories[0].index(wanted.category)
        assert wanted.least <= int((bank.content[0, list(counting)] == category).sum()) <= wanted.most
    trials = [place for place, item in enumerate(done.items) if bank.trial[item]]
    assert len(trials) == design.trials
    assert 0 not in trials
    if done.reason == "precise":
        assert ability_now(bank, design, done).se <= design.se


@pytest.mark.parametrize("name", ["plain", "posterior", "content", "glr", "exposure"])
def test_live_sittings_are_what_the_simulation_simulates(name: str) -> None:
    bank, design = pool(), DESIGNS[name]
    abilities = np.random.default_rng(5).standard_normal(25)
    compiled, live = simulate(bank, design, abilities, seed=9), rehearse(bank, design, abilities, seed=9)
    assert np.array_equal(compiled.items, live.items)
    assert np.array_equal(compiled.reason, live.reason)
    assert np.allclose(compiled.estimate, live.estimate, atol=1e-12)
    assert np.allclose(compiled.exposure.balance, live.exposure.balance)


def test_items_of_every_model_work_together() -> None:
    bank, design = mixed_pool(), Design(maximum=30)
    abilities = np.random.default_rng(6).standard_normal(400)
    done = simulate(bank, design, abilities, seed=1)
    assert np.corrcoef(done.estimate, abilities)[0, 1] > 0.93
    assert rehearse(bank, design, abilities[:3], seed=1).items.tolist() == done.items[:3].tolist()


def test_exposure_as_counted_by_a_school_holds_back_what_is_ahead() -> None:
    bank, design = pool(), DESIGNS["exposure"]
    given = np.zeros(len(bank))
    first = begin(bank, replace(design, exposure=1.0), seed=0).pending
    given[first] = 30.0
    after = counted(warm(bank, design, takers=300), given, 50, design.exposure)
    shown = [begin(bank, design, seed=seed, exposure=after).pending for seed in range(40)]
    assert first not in shown


def test_time_ends_a_test() -> None:
    bank, design = pool(), Design(seconds=60.0)
    sitting = begin(bank, design, seed=0)
    for _ in range(3):
        sitting = answer(bank, design, sitting, 1, seconds=25.0)
    assert (sitting.reason, sitting.pending, sitting.seconds) == ("time", -1, 75.0)
    with pytest.raises(ValueError, match="the test is over"):
        answer(bank, design, sitting, 1)


def test_a_sitting_is_refused_where_it_does_not_belong() -> None:
    bank, design = pool(), Design()
    sitting = begin(bank, design, seed=0)
    with pytest.raises(ValueError, match="load that one"):
        answer(mixed_pool(), design, sitting, 1)
    with pytest.raises(ValueError, match="scores from 0 to 1, not 2"):
        answer(bank, design, sitting, 2)
    for data in (b"", b"[]", b'{"format":2}', encode(sitting).replace(b'"seed"', b'"sea"')):
        with pytest.raises(ValueError, match="not an encoded sitting"):
            decode(data)
