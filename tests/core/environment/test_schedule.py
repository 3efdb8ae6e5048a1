"""Schedules: a plan keeps every rule, its bound holds against the exact optimum, and collisions are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.environment.schedule.checking import check, gap_of
from headway.core.environment.schedule.day import DEVICE, Day, Plan
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.rules import Absent, Apart, Ban, Most, Pin, Rule, words_of
from headway.core.environment.schedule.solving import Schedule, solve, upper_bound
from headway.core.environment.schedule.warming import tiny_day
from tests.core.environment.days import STYLES, exact_value, random_day, random_rules

pytestmark = pytest.mark.timeout(300)  # who comes first compiles the planner's kernels, once a machine: a minute


def planned(day: Day, *rules: Rule, seed: int = 0) -> Schedule:
    found = solve(day, rules, seed=seed)
    assert isinstance(found, Schedule)
    counted = check(day, found.plan, rules)
    assert [str(sentence) for sentence in counted.broken] == []
    assert counted.value == pytest.approx(found.value)
    assert found.value <= found.bound + 1e-9
    return found


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_bound_holds_against_the_exact_optimum(style: str, seed: int) -> None:
    day = random_day(np.random.default_rng(seed), 7, style, blocks=2)
    best = exact_value(day)
    found = planned(day)
    assert found.value <= best + 1e-6 <= found.bound + 2e-6
    assert upper_bound(day, steps=1) >= best - 1e-6  # any prices are valid
    assert found.value >= 0.9 * best


@pytest.mark.parametrize("style", STYLES)
def test_plans_of_odd_days_pass_the_checker(style: str) -> None:
    rng = np.random.default_rng(len(style))
    for learners in (2, 30, 90):
        day = random_day(rng, learners, style)
        rules = random_rules(rng, day, learners // 4)
        found = solve(day, rules)
        if isinstance(found, Schedule):
            assert [str(sentence) for sentence in check(day, found.plan, rules).broken] == []
            assert found.value <= found.bound + 1e-9
        else:
            assert colliding(day, found)


def colliding(day: Day, collision: Collision) -> bool:
    """Without any one of the rules the others can be kept."""
    rest = [tuple(rule for at, rule in enumerate(collision.rules) if at != out) for out in range(len(collision.rules))]
    return all(isinstance(solve(day, rules), Schedule) for rules in rest)


def test_the_same_seed_gives_the_same_plan() -> None:
    day = random_day(np.random.default_rng(5), 60)
    one, two, other = planned(day, seed=3), planned(day, seed=3), planned(day, seed=4)
    assert (one.plan.seats == two.plan.seats).all()
    assert (one.plan.seats != other.plan.seats).any()


def test_rules_are_kept() -> None:
    day = tiny_day()
    found = planned(day, Pin(0, 1, 1), Ban(1, modality="group"), Apart(2, 3), Most(4, "group", 1), Absent(5, 0))
    assert day.kind[found.plan.seats[1, 0]] == 1
    assert found.bound >= exact_value(day) - 1e-6  # rules never make the bound smaller than it may be


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([Pin(0, 0, 0), Ban(0, 0)], ["learner 0 is pinned to group on skill 0 in block 1",
                                     "learner 0 is not to be in group on skill 0"]),
        ([Pin(0, 0, 0), Pin(0, 1, 0)], ["learner 0 is pinned to group on skill 0 in block 1",
                                        "learner 0 is pinned to group on skill 1 in block 1"]),
        ([Pin(0, 0, 0), Pin(1, 0, 0), Apart(0, 1)], ["learner 0 is pinned to group on skill 0 in block 1",
                                                     "learner 1 is pinned to group on skill 0 in block 1",
                                                     "learners 0 and 1 are kept apart"]),
        ([Pin(2, DEVICE), Most(2, "", 0)], ["learner 2 is pinned to own work on a device",
                                            "learner 2 has at most 0 seats of own work on a device"]),
        ([Pin(3, 0, 1), Absent(3)], ["learner 3 is pinned to group on skill 0 in block 2", "learner 3 is absent"]),
    ],
)  # fmt: skip
def test_a_collision_is_named_without_what_has_no_part_in_it(rules: list[Rule], said: list[str]) -> None:
    day = tiny_day()
    found = solve(day, [Ban(5, 1), *rules, Most(4, "group", 1), Apart(4, 5)])
    assert isinstance(found, Collision)
    assert [str(words_of(day, rule)) for rule in found.rules] == said


def test_nobody_joins_a_pinned_learner_from_whom_they_are_kept_apart() -> None:
    rng = np.random.default_rng(113)
    for _ in range(6):
        day = random_day(rng, 12, "tight", blocks=2)
        own = np.flatnonzero((day.learner == 0) & (day.kind >= 0))
        pin = Pin(0, int(day.kind[rng.choice(own)]))
        rules: list[Rule] = [pin, *(Apart(0, other) for other in range(1, 12, 2))]
        found = solve(day, rules)
        if isinstance(found, Schedule):
            assert check(day, found.plan, rules).broken == ()


def test_more_pins_than_seats() -> None:
    day = tiny_day()
    found = solve(day, [Pin(learner, 0, 0) for learner in range(5)])
    assert isinstance(found, Collision)
    assert len(found.rules) == 4  # three have a seat
    assert isinstance(solve(day, [Pin(learner, 0, 0) for learner in range(3)]), Schedule)


def test_the_checker_sees_every_breach() -> None:
    day = tiny_day()
    plan = planned(day).plan
    for seats, sessions, said in (
        (plan.seats, plan.sessions * 2, "adults for"),
        (plan.seats, plan.sessions * 0, "learners sit in 0 sessions"),
        (np.tile(np.arange(0, 24, 4), (2, 1)), plan.sessions, "same skill or project twice"),
        (np.roll(plan.seats, 1, axis=1), plan.sessions, "a choice of somebody else"),
        (np.tile(np.arange(2, 24, 4), (2, 1)), plan.sessions, "work on 1 devices"),
    ):
        broken = " ".join(str(sentence) for sentence in check(day, Plan(seats, sessions)).broken)
        assert said in broken
    assert len(check(day, Plan(plan.seats[:1], plan.sessions)).broken) == 1
    assert len(check(day, Plan(plan.seats + 100, plan.sessions)).broken) == 1
    assert str(
        check(replace(day, rooms=np.zeros(2, dtype=np.int64)), Plan(plan.seats, np.array([[0, 1], [0, 1]]))).broken[-1]
    )


def test_a_gap_is_a_share_of_the_value() -> None:
    assert gap_of(100.0, 101.0) == pytest.approx(0.01)
    assert gap_of(5.0, 5.0) == 0.0
    assert gap_of(0.0, 1.0) == np.inf
