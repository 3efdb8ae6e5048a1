"""Before the start: power, allocation, looks, multiplicity, standards."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.evidence.pilots.allocation import Unit, allocate, shared_by
from headway.core.evidence.pilots.multiplicity import adjusted
from headway.core.evidence.pilots.panel import panel_effect
from headway.core.evidence.pilots.power import Design, detectable, power, units_needed
from headway.core.evidence.pilots.sequential import always_valid, bars, crossing, spent
from headway.core.evidence.pilots.wwc import attrition, baseline, boundary, standing_of


@pytest.mark.parametrize(("units", "found"), [(200, 0.28), (400, 0.20), (1000, 0.125), (2000, 0.089), (4000, 0.063)])
def test_detectable_effects_of_learners(units: int, found: float) -> None:
    assert detectable(Design(units, explained_learner=0.5)) == pytest.approx(found, abs=0.003)


@pytest.mark.parametrize(("schools", "found"), [(10, 0.46), (20, 0.30), (40, 0.21), (60, 0.17), (100, 0.13)])
def test_detectable_effects_of_schools(schools: int, found: float) -> None:
    design = Design(schools, 60, 0.15, explained_unit=0.7, explained_learner=0.5)
    assert detectable(design) == pytest.approx(found, abs=0.005)
    needed = units_needed(design, found)
    # The effects are printed to two digits, so the units come back about right only.
    assert needed is not None and abs(needed - schools) <= max(0.06 * schools, 1)


@settings(max_examples=15)
@given(st.integers(12, 400), st.floats(0.0, 0.4), st.floats(0.0, 0.8), st.floats(0.05, 1.0))
def test_power_grows_with_effect_and_units(units: int, icc: float, explained: float, effect: float) -> None:
    design = Design(units, 20, icc, explained_unit=explained, explained_learner=explained)
    more = Design(units + 10, 20, icc, explained_unit=explained, explained_learner=explained)
    assert 0.0499 <= power(design, 0.0) <= 0.0501
    assert power(design, effect) <= power(design, effect + 0.1) + 1e-9
    assert power(design, effect) <= power(more, effect) + 1e-9
    assert power(design, detectable(design)) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"icc": 1.0}, "icc is a share"), ({"share": 0.0}, "share and alpha"), ({"blocks": 20}, "no degrees of freedom"),
     ({"size": 0.5}, "at least one learner"), ({"size": 1.0, "icc": 0.2}, "units of one learner"),
     ({"icc": 0.6, "icc_block": 0.6}, "together are below 1")],
)  # fmt: skip
def test_impossible_designs_are_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Design(**{"units": 20, "size": 10.0, **wrong})  # type: ignore[arg-type]


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from("abc"), min_size=6, max_size=60), st.integers(0, 99), st.integers(2, 4),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_allocation_is_fair_sticky_and_blind_to_order(
    strata: list[str], seed: int, arms: int, shuffler: object
) -> None:
    units = [Unit(f"u{k}", stratum) for k, stratum in enumerate(strata)]
    shares = {f"arm{k}": 1.0 for k in range(arms)}
    dealt = allocate(units, shares, seed=seed)
    shuffled = list(units)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert allocate(shuffled, shares, seed=seed).arm == dealt.arm
    for stratum in set(strata):
        counts = [dealt.counts.get((stratum, arm), 0) for arm in shares]
        assert max(counts) - min(counts) <= 1
    later = allocate([*units, Unit("late", "a"), Unit("later", "b")], shares, seed=seed + 1, before=dealt.arm)
    assert all(later.arm[name] == arm for name, arm in dealt.arm.items()) and later.kept == len(units)


def test_each_unit_gets_each_arm_equally_often() -> None:
    units = [Unit(f"u{k}", "ab"[k % 2]) for k in range(7)]
    got = [allocate(units, {"old": 1.0, "new": 1.0}, seed=seed).arm for seed in range(300)]
    shares = [np.mean([arm[unit.name] == "new" for arm in got]) for unit in units]
    assert min(shares) > 0.4 and max(shares) < 0.6
    thirds = [allocate(units, {"old": 1.0, "new": 2.0}, seed=seed).arm for seed in range(100)]
    assert np.mean([arm == "new" for each in thirds for arm in each.values()]) == pytest.approx(2 / 3, abs=0.1)


def test_classes_that_share_a_learner_are_dealt_together() -> None:
    rows = [
        ("ann", "1A"),
        ("ann", "choir"),
        ("ben", "1B"),
        ("cem", "1C"),
        ("cem", "band"),
        ("dan", "band"),
        ("dan", "1D"),
    ]
    together = shared_by(rows)
    names = ["1A", "1B", "1C", "1D", "band", "choir"]
    for seed in range(20):
        dealt = allocate([Unit(n, "", together.get(n, ())) for n in names], {"old": 1, "new": 1}, seed=seed)
        assert dealt.arm["1A"] == dealt.arm["choir"] and dealt.arm["1C"] == dealt.arm["band"] == dealt.arm["1D"]
    assert sorted(len(each) for each in dealt.joined) == [2, 3]
    with pytest.raises(ValueError, match="share learners but have the arms new and old"):
        allocate(
            [Unit(n, "", together.get(n, ())) for n in names], {"old": 1, "new": 1}, seed=1,
            before={"1A": "old", "choir": "new"},
        )  # fmt: skip


def test_dealing_again_mends_the_balance() -> None:
    rng = np.random.default_rng(1)
    units = [Unit(f"u{k}", "", (), {"pre": float(v)}) for k, v in enumerate(rng.normal(size=24))]
    worst = [abs(allocate(units, {"old": 1, "new": 1}, seed=s).balance[0].g) for s in range(20)]
    tried = [abs(allocate(units, {"old": 1, "new": 1}, seed=s, trials=50).balance[0].g) for s in range(20)]
    assert np.mean(worst) > 0.2 and max(tried) <= 0.1


@pytest.mark.parametrize(
    ("units", "shares", "before", "message"),
    [(["a", "a"], {"o": 1, "n": 1}, {}, "unit a is there twice"), (["a", "b"], {"o": 1}, {}, "two arms or more"),
     (["a"], {"o": 1, "n": 1}, {}, "1 units cannot fill 2 arms"), (["a", "b"], {"o": 1, "n": 1}, {"a": "x"}, "arm 'x' already"),
     (["a", "b"], {"o": 1, "n": 0}, {}, "share above 0")],
)  # fmt: skip
def test_impossible_allocations_are_refused(
    units: list[str], shares: dict[str, float], before: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        allocate([Unit(name) for name in units], shares, seed=0, before=before)


def test_bars_of_planned_looks_are_the_published_ones() -> None:
    assert bars((0.25, 0.5, 0.75, 1.0)) == pytest.approx((4.3326, 2.9631, 2.3590, 2.0141), abs=2e-4)
    thirds = [k / 20 for k in range(1, 21)]
    assert crossing(thirds, [2.130 * (20 / k) ** 0.5 for k in range(1, 21)]) == pytest.approx(0.05, abs=0.001)
    assert crossing(thirds, [1.96] * 20) == pytest.approx(0.25, abs=0.005)
    for looks in ((1.0,), (0.3, 1.0), (0.1, 0.4, 0.9, 1.0)):
        assert crossing(looks, bars(looks)) == pytest.approx(spent(1.0), abs=2e-4)
    with pytest.raises(ValueError, match="rising shares"):
        bars((0.5, 0.4, 1.0))


def test_a_confidence_sequence_is_wider_and_tightest_where_it_was_planned() -> None:
    low, high = always_valid(0.2, 0.05, 1e6, planned_error=0.05)
    assert low < 0.2 - 1.96 * 0.05 and high - low < 2 * 3.2 * 0.05
    planned = high - low
    assert all(np.diff(always_valid(0.2, 0.05, 1e6, planned_error=e))[0] > planned for e in (0.2, 0.02))


@settings(max_examples=40)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30))
def test_adjusted_p_values_keep_their_order(p: list[float]) -> None:
    found = adjusted(p)
    assert all(a >= min(v, 1.0) - 1e-12 and a <= 1.0 for a, v in zip(found, p, strict=True))
    order = np.argsort(p)
    assert (np.diff(np.array(found)[order]) >= -1e-12).all()


def test_attrition_and_baseline_against_the_standards() -> None:
    assert boundary(0.0) == (5.7, 10.0) and boundary(57.0) == (0.0, 2.3) and boundary(57.1) is None
    lost = attrition((100, 100), (90, 70))
    assert (lost.overall, lost.differential) == pytest.approx((20.0, 20.0)) and not lost.low_optimistic
    mild = attrition((1000, 1000), (860, 940))
    assert mild.low_optimistic and not mild.low_cautious
    assert [standing_of(g) for g in (0.05, -0.06, 0.25, -0.26)] == ["alike", "adjust", "adjust", "apart"]
    treated = np.arange(200) < 100
    yes = np.where(treated, np.arange(200) % 2 == 0, np.arange(200) % 4 == 0).astype(float)
    row = baseline({"yes": yes, "same": np.ones(200), "gone": np.where(treated, 1.0, np.nan)}, treated)
    assert row[0].g == pytest.approx(np.log(3.0) / 1.65) and row[1].g == 0.0 and row[2].standing == "apart"
    with pytest.raises(ValueError, match="no more analysed than assigned"):
        attrition((10, 10), (11, 5))


def test_panels_find_a_planted_change_and_refuse_what_has_none() -> None:
    rng = np.random.default_rng(2)
    unit, period = np.repeat(np.arange(40), 8), np.tile(np.arange(8.0), 40)
    treated = (unit % 2).astype(np.float64)
    y = rng.normal(size=40)[unit] + 0.3 * period + 0.2 * rng.normal(size=320)
    found = panel_effect(y + 0.5 * treated * (period >= 4), unit, period, treated, 4.0)
    assert found.low < 0.5 < found.high and found.p < 0.001 and found.units == (20, 20)
    assert found.before_p is not None and found.placebo_p is not None and found.placebo_p > 0.01
    # Groups that drift apart already: a trend of each unit takes it away, and the test before warns.
    drift = y + 0.2 * treated * period
    assert (
        found_before := panel_effect(drift, unit, period, treated, 4.0).before_p
    ) is not None and found_before < 0.01
    assert abs(panel_effect(drift, unit, period, treated, 4.0, trend=True).estimate) < 0.3
    with pytest.raises(ValueError, match="one side of the start"):
        panel_effect(y, unit, period, treated, 0.0)
    with pytest.raises(ValueError, match="2 periods before the start make no trend"):
        panel_effect(y, unit, period, treated, 2.0, trend=True)
