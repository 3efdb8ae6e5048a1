"""A window by its stored counts: no item is worn out, no class gets longer tests, items on trial find their place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.measurement.adaptive.design import Design
from headway.core.measurement.adaptive.rehearse import score_of
from headway.core.measurement.adaptive.simulate import warm
from headway.core.measurement.adaptive.sitting import begin, decode, encode, scored, take
from headway.core.measurement.adaptive.trials import FEWEST, trial_item
from headway.core.measurement.adaptive.window import control_of, counts_of, limited
from tests.core.measurement.adaptive.banks import mixed_pool, pool

DESIGN = Design(minimum=8, maximum=24, se=0.45)
CLASS = 25


def test_classes_that_begin_together_share_the_items_fairly() -> None:
    bank = pool(200, trial=6)
    rules = limited(bank, DESIGN, rate=0.2, trials=2)
    start, given, before = warm(bank, rules, takers=1000), dict[str, int](), dict[str, int]()
    lengths, abilities = [], np.random.default_rng(3).standard_normal(8 * CLASS)
    for k, ability in enumerate(abilities.tolist()):
        if k % CLASS == 0:
            before = dict(given)
        control = control_of(bank, rules, start, before, k - k % CLASS)
        sitting = begin(bank, rules, seed=7919 * k, exposure=control, given=before)
        done = take(bank, rules, sitting, lambda item, k=k, ability=ability: score_of(bank, item, ability, 5, k))  # type: ignore[misc]
        lengths.append(len(scored(bank, done)))
        for item in done.items:
            given[bank.bank.ids[item]] = given.get(bank.bank.ids[item], 0) + 1
    counts = counts_of(bank, given) / len(abilities)
    assert counts[bank.trial == 0].max() <= rules.exposure + 0.1
    assert np.mean(lengths[-50:]) <= 1.15 * np.mean(lengths[:50])
    on_trial = counts[bank.trial == 1] * len(abilities)
    assert on_trial.sum() == 2 * len(abilities) and np.ptp(on_trial) <= CLASS


@pytest.mark.parametrize(("size", "least", "most"), [(30, 0.7, 1.0), (100, 0.3, 0.5), (500, 0.2, 0.2)])
def test_a_limit_is_only_set_where_the_bank_can_keep_it(size: int, least: float, most: float) -> None:
    rules = limited(pool(size), DESIGN, rate=0.2, trials=3)
    assert least <= rules.exposure <= most
    assert rules.trials == 0  # nothing is on trial in these pools
    assert replace(rules, exposure=1.0, trials=0) == DESIGN


def test_a_sitting_without_items_on_trial_in_its_record_is_read_as_before() -> None:
    bank = pool(100, trial=4)
    sitting = begin(bank, replace(DESIGN, trials=2), seed=1)
    assert len(sitting.trials) == 2 and decode(encode(sitting)) == sitting
    old = encode(replace(sitting, trials=())).replace(b'"trials":[],', b"")
    assert decode(old).trials == ()


def test_wrong_counts_are_refused() -> None:
    bank = pool(100)
    start = warm(bank, DESIGN)
    assert counts_of(bank, {"gone": 3}).sum() == 0
    with pytest.raises(ValueError, match="not negative"):
        control_of(bank, DESIGN, start, {"i1": -1}, 5)
    with pytest.raises(ValueError, match="exposure 0"):
        limited(bank, DESIGN, rate=0.0)
    with pytest.raises(ValueError, match="give 0 or more"):
        limited(bank, DESIGN, trials=-1)


def takers(count: int, seed: int) -> tuple[np.typing.NDArray[np.float64], ...]:
    """Results with their errors, and abilities that lie about them as the errors say."""
    rng = np.random.default_rng(seed)
    mean, sd = rng.normal(0.0, 0.9, count), rng.uniform(0.3, 0.5, count)
    return mean, sd, mean + sd * rng.standard_normal(count)


def test_an_item_on_trial_is_placed_within_its_errors() -> None:
    bank, rng, away, verdicts = pool(80), np.random.default_rng(9), [], []
    for k in range(60):
        a, b = float(rng.lognormal(0.0, 0.3)), float(rng.normal())
        mean, sd, ability = takers(400, k)
        found = trial_item(bank, "x", rng.random(400) < 1.0 / (1.0 + np.exp(-a * (ability - b))), mean, sd)
        away.append(((found.a - a) / found.se_a, (found.b - b) / found.se_b))
        verdicts.append(found.verdict)
    assert np.abs(np.mean(away, axis=0)).max() < 0.4 and np.abs(np.std(away, axis=0) - 1.0).max() < 0.25
    assert verdicts.count("ready") >= 54 and verdicts.count("look") <= 2


def test_a_wrong_key_and_a_coin_are_not_taken_into_the_bank() -> None:
    mean, sd, ability = takers(400, seed=1)
    rng = np.random.default_rng(1)
    turned = trial_item(mixed_pool(), "x", rng.random(400) > 1.0 / (1.0 + np.exp(-ability)), mean, sd)
    coin = trial_item(mixed_pool(), "x", rng.random(400) < 0.5, mean, sd)
    assert turned.a < 0 and turned.verdict == coin.verdict == "look"
    few = trial_item(mixed_pool(), "x", np.ones(FEWEST - 1), mean[: FEWEST - 1], sd[: FEWEST - 1])
    assert few.verdict == "more" and few.right == 1.0 and np.isfinite(few.se_a)
    for wrong in ([], [0.5] * 400, [1.0] * 399):
        with pytest.raises(ValueError, match="item 'x'"):
            trial_item(mixed_pool(), "x", wrong, mean, sd)
    with pytest.raises(ValueError, match="errors above 0"):
        trial_item(mixed_pool(), "x", np.ones(400), mean, 0.0 * sd)
