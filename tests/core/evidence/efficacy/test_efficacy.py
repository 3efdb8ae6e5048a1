"""Effects from the everyday log: they are the true ones, most of the time nothing is said, and nothing without cause."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as student

from headway.core.evidence.efficacy.compared import UNLIKE, beside, matched
from headway.core.evidence.efficacy.drawn import Draws, effects
from headway.core.evidence.efficacy.later import Answers, Span, after, in_order
from headway.core.evidence.efficacy.report import policy_rows, reason, rows_of
from headway.core.evidence.efficacy.shrunk import shrink
from headway.core.evidence.offpolicy import Logs, evaluate
from tests.core.evidence.efficacy.world import THINGS, later, log_of, truth_of, world


def test_intervals_hold_what_two_lives_of_each_learner_differ_by() -> None:
    w = world()
    truth = truth_of(w, 3_000, 5)
    held = drawn = 0
    for seed in range(3):
        log = log_of(w, 150, 1000 + seed)
        outcome, known = later(log)
        found = effects(log[1], outcome, known, log[2], THINGS)
        held += int((np.abs(found.effect - truth) <= student.ppf(0.975, found.freedom) * found.error).sum())
        together = shrink(found.effect, found.error, found.p, found.why_not() == 0)
        drawn += int(((together.low <= truth) & (truth <= together.high)).sum())
        best = int(np.argmax(truth))
        assert together.stands[best]
        assert together.value[best] > 0.0
        assert np.abs(found.odd).max() < 4.0
    assert held >= 3 * THINGS - 4
    assert drawn >= 3 * THINGS - 4


def test_what_comes_later_is_held_against_what_was_foreseen_before() -> None:
    count = 40
    one = Answers(
        np.zeros(count, np.int64), 10.0 * np.arange(count, dtype=np.float64), np.array([1.0] * 20 + [0.0] * 20), np.zeros(count),
        np.zeros(count, np.int64), np.arange(count),
    )  # fmt: skip
    found = after(one, np.array([0, 0, 0, 5]), np.array([195.0, 45.0, 395.0, 0.0]))
    assert found.outcome[0] < -0.8, "twenty right, then wrong from the next but one on: less than foreseen"
    assert 0.0 < found.outcome[1] < 0.3
    assert np.isnan(found.outcome[2:]).all(), "nothing follows, and nobody is learner 5"
    assert found.known[0, 0] > 1.0
    shuffled = in_order(Answers(*(getattr(one, name)[::-1] for name in Answers.__dataclass_fields__)))
    np.testing.assert_array_equal(shuffled.at, one.at)
    easy = Answers(one.learner, one.at, one.right, np.where(one.at >= 200.0, -6.0, 0.0), one.item, one.task)
    assert after(easy, np.array([0]), np.array([195.0])).outcome[0] < found.outcome[0], "failing easy ones is worse"


def test_nothing_is_said_where_chance_did_not_decide_or_the_chances_are_not_true() -> None:
    w = world()
    log = log_of(w, 100, 3)
    answers, draws, learner, _at = log
    outcome, known = later(log)
    always = Draws(draws.thing, draws.moment, np.where(draws.taken > 0.0, 1.0, 0.0), draws.taken)
    assert set(effects(always, outcome, known, learner, THINGS).why_not().tolist()) == {1}
    wrong = Draws(draws.thing, draws.moment, np.where(draws.thing == 0, draws.chance / 3.0, draws.chance), draws.taken)
    assert effects(wrong, outcome, known, learner, THINGS).why_not()[0] == 4
    few = draws.moment < 2_000_000
    few &= np.isin(learner[draws.moment], np.arange(12))
    small = Draws(draws.thing[few], draws.moment[few], draws.chance[few], draws.taken[few])
    found = effects(small, outcome, known, learner, THINGS)
    rows, _ = rows_of("problem", [(str(k), "") for k in range(THINGS)], found, found.why_not(), by_chance=True)
    assert {row.word for row in rows} == {"no comparison"}
    assert "Too few learners" in str(rows[0].why)
    assert (rows[0].effect, rows[0].alone, rows[0].stands) == (None, None, False)
    with pytest.raises(ValueError, match="row 0 has a chance of 2"):
        effects(Draws(draws.thing, draws.moment, draws.chance * 0 + 2.0, draws.taken), outcome, known, learner, THINGS)
    assert len(answers) == 4000
    assert all(str(reason(code)) for code in range(1, 6))


def test_of_effects_that_are_none_hardly_one_stands() -> None:
    rng = np.random.default_rng(0)
    stood = 0
    for _ in range(50):
        error = rng.uniform(0.01, 0.05, 100)
        effect = rng.normal(0.0, error)
        p = 2.0 * student.sf(np.abs(effect / error), 200)
        found = shrink(effect, error, p, np.ones(100, np.bool_))
        stood += bool(found.stands.any())
        assert np.abs(found.value).max() < np.abs(effect).max()
    assert stood <= 6


def test_drawn_together_intervals_keep_their_promise_also_at_the_top_of_the_list() -> None:
    rng = np.random.default_rng(1)
    top = held = 0
    for _ in range(200):
        true = rng.normal(0.0, 0.03, 40)
        error = rng.uniform(0.02, 0.06, 40)
        effect = true + rng.normal(0.0, error)
        found = shrink(effect, error, 2.0 * student.sf(np.abs(effect / error), 500), np.ones(40, np.bool_))
        best = int(np.argmax(effect))
        top += bool(found.low[best] <= true[best] <= found.high[best])
        held += int(((found.low <= true) & (true <= found.high)).sum())
    assert top >= 180
    assert 0.93 <= held / 8000 <= 0.98


def test_like_is_compared_with_like_or_not_at_all() -> None:
    rng = np.random.default_rng(2)
    thing, learner = rng.integers(0, 12, 6_000), rng.integers(0, 200, 6_000)
    known = rng.normal(0.0, 1.0, (6_000, 2))
    known[:, 1] += np.where(thing == 3, 2.0, 0.0)
    outcome = 0.1 * known[:, 0] + np.where(thing == 1, 0.2, 0.0) + rng.normal(0.0, 0.2, 6_000)
    found, why = beside(thing, outcome, known, learner, 12)
    assert why.tolist() == [0, 0, 0, UNLIKE, *[0] * 8]
    assert found.p[1] < 1e-6
    assert found.effect[1] == pytest.approx(0.2, abs=0.04)
    nobody, codes = beside(thing[:0], outcome[:0], known[:0], learner[:0], 2)
    assert codes.tolist() == [2, 2]
    assert nobody.given.tolist() == [0, 0]


def test_support_is_compared_with_the_most_alike() -> None:
    rng = np.random.default_rng(3)
    pairs, each = 60, 40
    pair = np.repeat(np.arange(pairs), each)
    chosen = np.tile(np.arange(each) == 0, pairs) * 1.0
    known = rng.normal(0.0, 1.0, (pairs * each, 1)) - 0.8 * chosen[:, None]
    outcome = 0.1 * known[:, 0] + 0.15 * chosen + rng.normal(0.0, 0.15, len(pair))
    found, why = matched(pair * 0, pair, chosen, outcome, known, np.arange(len(pair)), 1)
    assert why.tolist() == [0]
    assert abs(found.effect[0] - 0.15) < 2.5 * found.error[0]
    far = known - 9.0 * chosen[:, None]
    assert matched(pair * 0, pair, chosen, outcome, far, np.arange(len(pair)), 1)[1].tolist() == [UNLIKE]
    assert matched(pair[:80] * 0, pair[:80], chosen[:80], outcome[:80], known[:80], np.arange(80), 1)[1].tolist() == [2]


def test_a_policy_has_a_gain_of_its_own_or_a_reason_for_none() -> None:
    rng = np.random.default_rng(4)
    count = 400
    better = rng.random(count) < 0.5
    reward = 0.3 * better.astype(np.float64) + rng.normal(0.0, 0.2, count)
    one = np.ones(count)
    logs = Logs(
        np.arange(count), np.arange(count), reward, 0.5 * one, better.astype(np.float64), one, 0.0 * one, 0.0 * one
    )
    found = evaluate(logs)
    assert found.gain == pytest.approx(found.value - found.logged)
    assert found.gain_low < 0.15 < found.gain_high
    thin = evaluate(
        Logs(logs.learner, logs.episode, reward, logs.propensity, logs.target, 0.1 * one, 0.0 * one, 0.0 * one)
    )
    rows = policy_rows([("good", found), ("thin", thin), ("none", "nobody decided anything")])
    assert [row.word for row in rows] == ["helps", "no comparison", "no comparison"]
    assert "seldom had a chance" in str(rows[1].why)
    assert str(rows[2].why) == "nobody decided anything."


def test_a_span_counts_no_further_than_it_says() -> None:
    count = 30
    a = Answers(
        np.zeros(count, np.int64), 86400.0 * np.arange(count, dtype=np.float64), np.ones(count), np.zeros(count),
        np.zeros(count, np.int64), np.arange(count),
    )  # fmt: skip
    near = after(a, np.array([0]), np.array([-1.0]), Span(answers=20, least=15, within=86400.0 * 30, own=False))
    far = after(a, np.array([0]), np.array([-1.0]), Span(answers=20, least=15, within=86400.0 * 10, own=False))
    assert np.isfinite(near.outcome[0])
    assert np.isnan(far.outcome[0])
