"""Plan rows and their one precedence; whatever gives way is reported."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.path.plan import DEFAULT_PLAN, PRECEDENCE, Effect, PlanRow, Source, resolve


def row(name: str, source: Source, effect: Effect, value: str, starts: float = 0.0, ends: float = 0.0) -> PlanRow:
    return PlanRow(name, source, effect, value, starts=starts, ends=ends)


def test_no_rows_give_the_default() -> None:
    assert resolve([], 0.0) == DEFAULT_PLAN


@pytest.mark.parametrize("place", range(len(PRECEDENCE) - 1))
def test_each_source_beats_the_next_and_says_so(place: int) -> None:
    high, low = PRECEDENCE[place], PRECEDENCE[place + 1]
    plan = resolve([row("b", low, "target-success", "0.9"), row("a", high, "target-success", "0.7")], 5.0)
    assert plan.target_success == 0.7
    assert plan.overrides == (f"{low} b (target-success 0.9) gave way to {high} a (target-success 0.7)",)


def test_within_one_source_the_row_that_started_last_wins() -> None:
    rows = [row("old", "pin", "daily-goal", "5", starts=1.0), row("new", "pin", "daily-goal", "8", starts=2.0)]
    assert resolve(rows, 3.0).daily_goal == 8


def test_rows_count_only_between_start_and_end() -> None:
    rows = [row("a", "pin", "daily-goal", "5", starts=10.0, ends=20.0)]
    assert [resolve(rows, now).daily_goal for now in (9.9, 10.0, 19.9, 20.0)] == [10, 5, 5, 10]


def test_what_shipped_then_is_a_default_and_nobody_s_wish() -> None:
    then = row("s", "shipped", "model", "gaussian-1", ends=20.0)
    assert [resolve([then], now).model for now in (19.9, 20.0)] == ["gaussian-1", DEFAULT_PLAN.model]
    tried = resolve([then, row("a", "arm", "model", "elo-1")], 5.0)
    assert (tried.model, tried.overrides) == ("elo-1", ())


@pytest.mark.parametrize(
    ("pin", "block", "pinned"),
    [("pin", "tier", True), ("tier", "pin", False), ("pin", "pin", False), ("arm", "accommodation", False)],
)
def test_pin_and_block_of_one_skill(pin: Source, block: Source, pinned: bool) -> None:
    plan = resolve([row("p", pin, "pin-skill", "S1"), row("b", block, "block-skill", "S1")], 0.0)
    assert (plan.pin_skills == ("S1",)) is pinned
    assert ("S1" in plan.block_skills) is not pinned
    assert len(plan.overrides) == 1


def test_only_skills_of_the_highest_source_and_pins_outside_them() -> None:
    rows = [
        row("a", "tier", "only-skills", "S1, S2"),
        row("b", "arm", "only-skills", "S9"),
        row("c", "pin", "pin-skill", "S5"),
        row("d", "arm", "pin-skill", "S6"),
    ]
    plan = resolve(rows, 0.0)
    assert plan.only_skills == frozenset({"S1", "S2"})
    assert plan.pin_skills == ("S5",)
    assert plan.pinned_by == (("S5", "c", "pin"),)
    assert {o.split()[1] for o in plan.overrides} == {"b", "d"}


@pytest.mark.parametrize(("effect", "value"), [("target-success", "0.2"), ("daily-goal", "many")])
def test_a_value_out_of_range_is_refused_with_the_row(effect: Effect, value: str) -> None:
    with pytest.raises(ValueError, match="plan row r7"):
        resolve([row("r7", "pin", effect, value)], 0.0)


def test_policy_and_model_are_names() -> None:
    plan = resolve([row("a", "arm", "policy", "sequence-1"), row("b", "arm", "model", "elo-1")], 0.0)
    assert (plan.policy, plan.model) == ("sequence-1", "elo-1")


_ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from("abcdefgh"),
        st.sampled_from(PRECEDENCE),
        st.sampled_from(["pin-skill", "block-skill", "only-skills", "pin-activity"]),
        st.sampled_from(["S1", "S2", "S3"]),
    ),
    max_size=4,
    unique_by=lambda r: r.id,
)


@given(_ROWS)
def test_the_order_of_rows_is_of_no_consequence(rows: list[PlanRow]) -> None:
    assert len({resolve(order, 0.0) for order in permutations(rows)}) == 1


@given(_ROWS)
def test_a_blocked_skill_is_never_pinned(rows: list[PlanRow]) -> None:
    plan = resolve(rows, 0.0)
    assert not plan.block_skills & set(plan.pin_skills)
