"""EAP, MAP and WLE against closed forms, against each other, and their errors against the truth."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.adaptive.design import Design, Range
from headway.core.measurement.adaptive.scoring import METHODS, ability_of
from headway.core.measurement.adaptive.stages import assemble, next_module
from headway.core.measurement.items import category_probabilities, item_bank
from tests.core.measurement.adaptive.banks import mixed_pool, pool


def test_wle_of_rasch_items_is_the_logit_of_the_corrected_score() -> None:
    """With n equal Rasch items Warm's estimate solves r + 1/2 - (n + 1) P = 0."""
    bank = item_bank([str(n) for n in range(10)], np.full(10, 0.4), model="1pl")
    for right in range(11):
        share = (right + 0.5) / 11.0
        found = ability_of(bank, range(10), [1] * right + [0] * (10 - right), method="wle")
        assert found.theta == pytest.approx(0.4 + log(share / (1.0 - share)), abs=1e-5)


def test_without_answers_the_prior_speaks() -> None:
    for method in ("eap", "map"):
        found = ability_of(pool().bank, [], [], method=method, mean=0.7, variance=0.25)
        assert (found.theta, found.se) == pytest.approx((0.7, 0.5), abs=1e-4)


@given(st.lists(st.integers(0, 1), min_size=60, max_size=60), st.sampled_from(METHODS))
def test_a_better_answer_never_lowers_the_estimate(scores: list[int], method: str) -> None:
    bank = pool().bank.take(range(60))
    scores[0] = 0
    worse = ability_of(bank, range(60), scores, method=method)
    better = ability_of(bank, range(60), [1, *scores[1:]], method=method)
    assert better.theta > worse.theta
    assert worse.se > 0.0


@pytest.mark.parametrize("method", METHODS)
def test_standard_errors_cover_the_truth_for_every_model(method: str) -> None:
    bank, rng = mixed_pool().bank, np.random.default_rng(3)
    covered = []
    for truth in rng.standard_normal(150).tolist():
        chances = category_probabilities(bank, truth)[0]
        scores = (rng.random(len(bank))[:, None] > chances.cumsum(axis=1)[:, :-1]).sum(axis=1).tolist()
        found = ability_of(bank, range(len(bank)), scores, method=method)
        covered.append(abs(found.theta - truth) <= 1.96 * found.se)
    assert 0.90 <= np.mean(covered) <= 0.99


def test_scores_that_do_not_fit_are_refused() -> None:
    bank = pool().bank
    for rows, scores, method in ([0], [2], "eap"), ([0, 1], [1], "eap"), ([0], [1], "ml"), ([], [], "wle"):
        with pytest.raises(ValueError):
            ability_of(bank, rows, scores, method=method)


def test_a_panel_routes_by_the_result_and_keeps_its_ranges() -> None:
    design = Design(maximum=8, ranges=tuple(Range("domain", name, 2, 2) for name in "ABCD"))
    panel = assemble(pool(), 8, design=design)
    used = [item for stage in panel.stages for module in stage for item in module.items]
    assert len(set(used)) == len(used) == 7 * 8
    for stage in panel.stages:
        for module in stage:
            assert np.bincount(pool().content[0, list(module.items)]).tolist() == [2, 2, 2, 2]
    first = panel.stages[0][0].items
    low, _ = next_module(panel, pool(), first, [0] * 8)
    high, found = next_module(panel, pool(), first, [1] * 8)
    assert low is not None
    assert high is not None
    assert low.aim < 0.0 < high.aim
    assert found.theta > 1.0
    last, _ = next_module(panel, pool(), (*first, *high.items), [1] * 16)
    assert last is not None
    end, _ = next_module(panel, pool(), (*first, *high.items, *last.items), [1] * 24)
    assert end is None
    with pytest.raises(ValueError, match="not finished"):
        next_module(panel, pool(), first[:3], [1] * 3)
