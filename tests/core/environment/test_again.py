"""A day that is planned again: rules hold, few move, and what is free is used."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.environment.schedule.again import Again, moved, solve_again
from headway.core.environment.schedule.checking import check
from headway.core.environment.schedule.day import DEVICE, Day
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.rules import Absent, Apart, Ban, Pin, Rule, Together, words_of
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.environment.schedule.warming import tiny_day
from tests.core.environment.days import STYLES, random_day, random_rules

pytestmark = pytest.mark.timeout(300)  # who comes first compiles the planner's kernels, once a machine: a minute


def planned(day: Day, *rules: Rule) -> Schedule:
    found = solve(day, rules)
    assert isinstance(found, Schedule)
    assert check(day, found.plan, rules).broken == ()
    return found


def again(day: Day, rules: tuple[Rule, ...], before: Schedule) -> Again:
    found = solve_again(day, rules, before.plan)
    assert isinstance(found, Again)
    counted = check(day, found.plan, rules)
    assert [str(sentence) for sentence in counted.broken] == []
    assert counted.value == pytest.approx(found.value)
    assert found.value <= found.bound + 1e-9
    return found


def test_nothing_has_changed_and_nearly_nobody_moves() -> None:
    day = random_day(np.random.default_rng(1), 60)
    before = planned(day)
    found = again(day, (), before)
    assert found.hit == ()
    assert found.value >= before.value - 1e-9
    assert len(found.moved) <= 3  # learners without a task who got a free seat


def test_an_absent_adult_and_absent_learners_move_few_and_cost_little() -> None:
    day = random_day(np.random.default_rng(2), 120)
    before = planned(day)
    adults = day.adults.copy()
    adults[0] -= 1
    short = replace(day, adults=adults)
    rules = tuple(Absent(learner) for learner in range(0, 120, 20))
    found, anew = again(short, rules, before), planned(short, *rules)
    assert len(found.moved) < 0.5 * len(moved(short, rules, before.plan, anew.plan))
    assert found.value >= 0.97 * anew.value
    assert not set(found.moved) & set(range(0, 120, 20))  # who is away has not moved


@pytest.mark.parametrize("style", STYLES)
def test_changed_days_of_every_kind_pass_the_checker(style: str) -> None:
    rng = np.random.default_rng(7)
    day = random_day(rng, 40, style)
    before = planned(day)
    rules = random_rules(rng, day, 6)
    changed = replace(day, devices=day.devices // 2, rooms=day.rooms * 0, adults=np.maximum(day.adults - 1, 0))
    found = solve_again(changed, rules, before.plan)
    if isinstance(found, Collision):
        assert isinstance(solve(changed, rules), Collision)
    else:
        assert [str(sentence) for sentence in check(changed, found.plan, rules).broken] == []


def test_a_pin_moves_its_learner_and_few_others() -> None:
    day = random_day(np.random.default_rng(3), 60)
    before = planned(day)
    held = set(before.plan.seats[:, 5].tolist())
    own = np.flatnonzero((day.learner == 5) & (day.kind >= 0))
    modality = day.modalities[int(day.kind[next(choice for choice in own if choice not in held)])]
    found = again(day, (Pin(5, modality=modality), Ban(6, DEVICE)), before)
    assert len(found.moved) <= 12


def test_the_same_change_gives_the_same_plan() -> None:
    day = random_day(np.random.default_rng(4), 60)
    before = planned(day)
    rules = (Absent(1), Absent(2))
    assert (again(day, rules, before).plan.seats == again(day, rules, before).plan.seats).all()


def test_two_are_kept_together_once_and_a_learner_in_a_way_of_working() -> None:
    day = tiny_day()
    rules = (Together(0, 5), Pin(3, modality="group"), Pin(4, modality=""))
    found = planned(day, *rules)
    assert check(day, found.plan, (Apart(0, 5),)).broken != ()
    assert check(day, found.plan, (Together(3, 4),)).broken != ()
    again(day, rules, planned(day))


def test_together_collides_with_apart_and_with_absence() -> None:
    day = tiny_day()
    for rule in (Apart(0, 1), Absent(1)):
        found = solve(day, (Together(0, 1), rule, Absent(4)))
        assert isinstance(found, Collision)
        assert [str(words_of(day, each)) for each in found.rules] == [
            "learners 0 and 1 are kept together",
            str(words_of(day, rule)),
        ]
