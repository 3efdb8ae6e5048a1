"""Options to choose from: the policy's own best, one a skill, never against what a person has decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.path.choosing import OPTIONS, one_of, options
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.path.playlist import entry
from headway.core.path.policies import POLICIES
from headway.core.profile.profile import Today
from tests.core.path.test_frontier import ADA, walk
from tests.core.path.test_leaning import situation
from tests.core.small import DAY, MONDAY, curriculum

C = curriculum()


@pytest.mark.parametrize("name", sorted(POLICIES))
@given(st.text("01", max_size=10))
@settings(deadline=None, max_examples=6)
def test_three_skills_that_the_plan_allows_and_the_policys_probabilities(name: str, pattern: str) -> None:
    profile, _ = walk(pattern)
    s = situation(profile, replace(DEFAULT_PLAN, policy=name, block_skills=frozenset({"S8"})), MONDAY + 3600)
    found = options(s, POLICIES[name])
    assert len(found) == OPTIONS
    assert len({each.skill for each in found} - {"S8"}) == OPTIONS
    assert all(C.skills[C.skill_number[each.skill]].id == each.skill for each in found)
    assert 0.0 < sum(each.probability for each in found) <= 1.0 + 1e-9
    assert all(0.0 < each.predicted < 1.0 and str(each.reason) for each in found)


def test_what_a_person_decided_is_not_up_for_choice() -> None:
    for row in (
        PlanRow("p", "pin", "pin-skill", "S20"),
        PlanRow("t", "tier", "pin-skill", "S20"),
        PlanRow("l", "pin", "playlist", entry("S5", 3)),
    ):
        assert options(situation(ADA, resolve([row], MONDAY)), POLICIES["frontier-2"]) == ()


def test_a_spent_day_and_a_narrow_plan() -> None:
    spent = replace(ADA, today=Today(int(MONDAY // DAY), seconds=700.0))
    plan = EffectivePlan(screen_minutes=10)
    assert options(situation(spent, plan), POLICIES["frontier-2"]) == ()
    narrow = EffectivePlan(only_skills=frozenset({"S8"}))
    assert [each.skill for each in options(situation(ADA, narrow), POLICIES["frontier-2"])] == ["S8"]


def test_what_waits_for_a_skill_is_named() -> None:
    found = options(situation(ADA, EffectivePlan(only_skills=frozenset({"S0", "S13"}))), POLICIES["frontier-2"])
    for each in found:
        number = C.skill_number[each.skill]
        assert set(each.opens) <= set(C.after[C.after_at[number] : C.after_at[number + 1]].tolist())


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_one_problem_of_a_skill_where_the_plan_allows_it(name: str) -> None:
    policy, number = POLICIES[name], C.skill_number["S8"]
    given = one_of(situation(ADA, replace(DEFAULT_PLAN, policy=name)), policy, number)
    assert C.skills[C.activity_skill[C.activity_of(given)]].id == "S8"
    for plan in (
        EffectivePlan(policy=name, block_skills=frozenset({"S8"})),
        EffectivePlan(policy=name, only_skills=frozenset({"S9"})),
        replace(resolve([PlanRow("p", "pin", "pin-skill", "S20")], MONDAY), policy=name),
    ):
        assert one_of(situation(ADA, plan), policy, number) == ""
    spent = replace(ADA, today=Today(int(MONDAY // DAY), seconds=700.0))
    assert one_of(situation(spent, EffectivePlan(policy=name, screen_minutes=10)), policy, number) == ""
