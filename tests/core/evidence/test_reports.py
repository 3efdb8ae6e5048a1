"""No figure tells of fewer than ten learners, also not by subtraction; figures are what they say they are."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.catalogue import GRADES
from headway.core.evidence.reports.blocks import Blocks, blocks_of, leaks
from headway.core.evidence.reports.figures import Sums, add, change, columns_of, figure, gap
from headway.core.evidence.reports.kinds import ASKS, DEMANDS, KINDS
from headway.core.evidence.reports.measures import GAPS, HEADLINES, MEASURES, PARTS, POPULATIONS
from headway.core.evidence.reports.status import standing

ORDER, TONGUES = ("6", "7", "8"), ("en", "es", "vi")
tables = st.dictionaries(
    st.tuples(st.sampled_from(ORDER), st.sampled_from(TONGUES)), st.integers(0, 14), min_size=1, max_size=8
)


def given_away(table: dict[tuple[str, str], int], told: Blocks, k: int) -> bool:
    """Whether some set of 1 to ``k`` - 1 learners has a sum that is linear in the sums told: by looking at every set."""
    atoms = [key for key, n in table.items() if n]
    rows = [[float(a in block) for a, _ in atoms] for block in told.first]
    rows += [[float(b in block) for _, b in atoms] for block in told.second]
    _, sizes, basis = np.linalg.svd(np.array(rows))
    basis = basis[: int((sizes > 1e-9).sum())]
    for number in range(1, len(atoms) + 1):
        for chosen in itertools.combinations(range(len(atoms)), number):
            if sum(table[atoms[n]] for n in chosen) < k:
                wanted = np.zeros(len(atoms))
                wanted[list(chosen)] = 1.0
                if np.allclose(basis.T @ (basis @ wanted), wanted, atol=1e-9):
                    return True
    return False


@given(tables)
def test_nothing_of_fewer_than_ten_can_be_worked_out(table: dict[tuple[str, str], int]) -> None:
    told = blocks_of(table, ORDER)
    if told is None:
        assert sum(table.values()) < 10
        return
    for place, blocks in enumerate((told.first, told.second)):
        sizes = [sum(n for groups, n in table.items() if groups[place] in block) for block in blocks]
        assert sum(sizes) == sum(table.values()) and min(sizes) >= 10
    assert not given_away(table, told, 10)


@given(tables)
def test_the_quick_look_sees_what_looking_at_every_set_sees(table: dict[tuple[str, str], int]) -> None:
    fine = Blocks(
        tuple(frozenset({a}) for a in ORDER if any(n for (g, _), n in table.items() if g == a)),
        tuple(frozenset({b}) for b in TONGUES if any(n for (_, t), n in table.items() if t == b)),
    )
    small = any(
        0 < sum(n for groups, n in table.items() if groups[place] in block) < 10
        for place, blocks in enumerate((fine.first, fine.second))
        for block in blocks
    )
    if any(table.values()) and not small:
        assert leaks(table, fine.first, fine.second, 10) == given_away(table, fine, 10)


def test_a_subtraction_that_gives_one_child_away_is_closed() -> None:
    table = {("6", "es"): 12, ("7", "es"): 1, ("7", "en"): 20, ("8", "en"): 15}
    single = [(frozenset({a}),) for a in ORDER]
    assert leaks(table, [each[0] for each in single], [frozenset({"en"}), frozenset({"es"})], 10)
    told = blocks_of(table, ORDER)
    assert told is not None and told.second == (frozenset({"en", "es"}),) and len(told.first) == 3


def test_two_questions_that_differ_by_one_child_are_not_both_answered() -> None:
    # Grade 6 is all of the Spanish speakers but one; without that one they would be the same children.
    told = blocks_of({("6", "es"): 15, ("6", "vi"): 1, ("7", "en"): 30}, ORDER)
    assert told is not None
    assert not given_away({("6", "es"): 15, ("6", "vi"): 1, ("7", "en"): 30}, told, 10)


def test_ordinary_schools_lose_nothing() -> None:
    told = blocks_of({(g, t): n for g in ORDER for t, n in (("en", 20), ("es", 12))}, ORDER)
    assert told == Blocks(tuple(frozenset({g}) for g in ORDER), (frozenset({"en"}), frozenset({"es"})))


def sums(key: str, x: list[float], y: list[float] | None = None, weeks: int = 1) -> Sums:
    measure, given_ = MEASURES[key], np.array(x)
    other = np.array(y if y is not None else x)
    values = [given_.sum(), (given_**2).sum()]
    if measure.over:
        values = [given_.sum(), other.sum(), (given_**2).sum(), (given_ * other).sum(), (other**2).sum()]
    return Sums(len(x), weeks, dict(zip(columns_of(measure), map(float, values), strict=True)))


def test_a_mean_has_the_interval_of_its_learners() -> None:
    x = [float(n % 7) for n in range(40)]
    found = figure(MEASURES["growth"], sums("growth", x))
    error = np.std(x, ddof=1) / math.sqrt(40)
    assert found is not None and found.learners == 40
    assert found.value == round(float(np.mean(x)), 2)
    assert found.high == round(float(np.mean(x) + 1.959964 * error), 2)


def test_the_same_learners_in_more_weeks_are_not_more_learners() -> None:
    one = sums("growth", [float(n % 7) for n in range(40)])
    four = add((week, one) for week in range(4))
    assert four is not None and four.weeks == 4
    assert figure(MEASURES["growth"], four) == figure(MEASURES["growth"], one)


def test_what_all_have_or_none_is_told_as_a_bound() -> None:
    none, nearly = figure(MEASURES["high"], sums("high", [0.0] * 30)), sums("high", [1.0] * 29 + [0.0])
    assert none is not None and (none.bound, none.value) == ("<", 0.1)
    top = figure(MEASURES["high"], nearly)
    assert top is not None and (top.bound, top.value) == (">", 0.9)
    assert gap(MEASURES["high"], nearly, sums("high", [1.0, 0.0] * 15)) is None


def test_the_error_of_a_ratio_is_that_of_many_samples() -> None:
    rng = np.random.default_rng(1)
    found = []
    for _ in range(400):
        over = rng.integers(5, 30, 60).astype(float)
        found.append(figure(MEASURES["right"], sums("right", list(rng.binomial(over.astype(int), 0.6)), list(over))))
    inside = sum(each is not None and each.low - 0.005 <= 0.6 <= each.high + 0.005 for each in found)
    assert 0.93 <= inside / 400 <= 1.0


def test_a_gap_and_its_change_carry_both_groups_errors() -> None:
    low, high = sums("growth", [0.0, 1.0] * 20), sums("growth", [1.0, 2.0] * 20)
    found = gap(MEASURES["growth"], low, high)
    assert found is not None and found.value == -1.0 and found.low < -1.0 < found.high < 0.0
    assert found.in_sd is not None and found.in_sd < -1.9
    closed = change(MEASURES["growth"], (low, high), (high, high))
    assert closed is not None and closed.value == 1.0 and closed.high - closed.low > found.high - found.low


def test_learners_stand_where_they_are() -> None:
    rng = np.random.default_rng(2)
    true, hard = rng.normal(0.0, 1.0, 300), rng.normal(0.0, 1.0, (300, 40))
    right = (rng.random((300, 40)) < 1.0 / (1.0 + np.exp(hard - true[:, None]))).astype(np.int64)
    who = np.repeat(np.arange(300), 40)
    theta, noise = standing(who, hard.ravel(), np.ones(12_000, np.int64), right.ravel(), 301)
    assert np.isnan(theta[300]) and np.isnan(noise[300])
    z = (theta[:300] - true) / np.sqrt(noise[:300])
    assert abs(float(z.mean())) < 0.15 and 0.85 < float(z.std()) < 1.15


def test_every_measure_has_its_place() -> None:
    assert {each.part for each in MEASURES.values()} == set(PARTS) == set(HEADLINES)
    assert {each.population for each in MEASURES.values()} == set(POPULATIONS)
    assert set(GAPS) | {key for keys in HEADLINES.values() for key in keys} <= set(MEASURES)
    assert set(ASKS) == set(KINDS) and set(ASKS.values()) <= set(DEMANDS)
    assert all(name in GRADES for name in ORDER)


@pytest.mark.parametrize("key", MEASURES)
def test_nothing_is_said_of_nobody(key: str) -> None:
    assert figure(MEASURES[key], None) is None
    assert figure(MEASURES[key], Sums(1, 1, {})) is None
