"""Leaning towards a skill: it comes more often, and reviews, mixing and going back go on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.loop import Turn, step
from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.path.leaning import leaned, pressure, towards
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Situation
from headway.core.profile.profile import Profile
from tests.core.path.test_frontier import ADA, master, walk
from tests.core.small import DAY, MONDAY, curriculum, start

C = curriculum()


def lean(skill: str, source: str = "policy", effect: str = "prefer-skill") -> PlanRow:
    return PlanRow(f"lean-{skill}-{source}", source, effect, skill)  # type: ignore[arg-type]


def situation(profile: Profile, plan: EffectivePlan, now: float = MONDAY) -> Situation:
    model = MODELS[DEFAULT_MODEL]
    return Situation(profile, plan, C, model, model.belief(profile.state, C, now), 1, now)


def test_a_goal_comes_often_and_other_skills_still_come() -> None:
    plan = resolve([lean("S10")], MONDAY)
    _, usual = walk("110111011101110111")
    _, more = walk("110111011101110111", plan=plan)
    share = np.mean([d.reason_code == "goal" for d in more])
    assert 0.4 <= share <= 0.8
    assert np.mean([d.skill == "S10" for d in usual]) < 0.4
    assert np.mean([a.skill != b.skill for a, b in pairwise(more)]) >= 0.6
    assert {str(d.reason) for d in more if d.reason_code == "goal"} >= {"“Skill 10” is part of your goal."}


def test_a_review_that_is_due_comes_in_spite_of_a_goal_and_not_of_a_pin() -> None:
    later = MONDAY + 9 * DAY
    found = {}
    for effect in ("prefer-skill", "pin-skill"):
        plan = resolve([lean("S10", effect=effect)], later)
        found[effect] = {d.reason_code for d in walk("111", master(8), plan, at=later)[1]}
    assert "review" in found["prefer-skill"]
    assert "review" not in found["pin-skill"]


def test_what_is_not_ready_is_worked_on_through_what_it_builds_on() -> None:
    s = situation(ADA, resolve([lean("S19", "pin")], MONDAY))
    found = towards(s)
    assert found and 19 not in found
    assert {t.goal for t in found.values()} == {19}
    _, decisions = walk("1111", plan=s.plan)
    steps = [d for d in decisions if d.reason_code == "asked"]
    assert steps and all("Skill 19” . “" not in str(d.reason) for d in steps)
    assert any("is a step on the way there" in str(d.reason) for d in steps)


def test_a_lean_opens_nothing_that_the_plan_closes() -> None:
    for other in (PlanRow("b", "tier", "block-skill", "S10"), PlanRow("o", "policy", "only-skills", "S9,S11")):
        plan = resolve([lean("S10", "pin"), other], MONDAY)
        assert plan.leans == () and "gave way to" in plan.overrides[0]
        assert "S10" not in {d.skill for d in walk("1111", plan=plan)[1]}


def test_a_struggle_still_leads_back() -> None:
    plan = resolve([lean("S13")], MONDAY)
    pinned = EffectivePlan(only_skills=frozenset({"S13", "S9", "S12"}), pin_skills=("S13",))
    profile, _ = walk("000", plan=pinned)
    (outcome,) = step([Turn(profile, plan, start(99), MONDAY + 900)], C)
    assert outcome.decision is not None and outcome.decision.reason_code == "cause"


def test_one_lean_a_skill_the_highest_source_and_there_the_learners_own_choice() -> None:
    rows = [lean("S5"), lean("S5", "pin"), lean("S6"), lean("S6", effect="choose-skill")]
    plan = resolve(rows, MONDAY)
    assert {(x.skill, x.source, x.effect) for x in plan.leans} == {
        ("S5", "pin", "prefer-skill"),
        ("S6", "policy", "choose-skill"),
    }
    assert plan.pin_skills == ()


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_every_policy_leans_and_names_it(name: str) -> None:
    plan = resolve([lean("S10"), PlanRow("p", "policy", "policy", name)], MONDAY)
    decisions = walk("1101", plan=plan)[1]
    assert {d.reason_code for d in decisions} & {"goal"}


@given(st.lists(st.tuples(st.integers(0, 23), st.floats(0.0, 90.0)), max_size=5), st.integers(0, 23))
@settings(deadline=None, max_examples=40)
def test_pressure_rises_as_time_runs_out_and_values_stay_sound(leans: list[tuple[int, float]], last: int) -> None:
    rows = [
        PlanRow(str(n), "policy", "prefer-skill", f"S{k}@{int(MONDAY + d * DAY)}") for n, (k, d) in enumerate(leans)
    ]
    plan = resolve(rows, MONDAY - 1.0)
    early, late = (pressure(situation(ADA, plan, at)) for at in (MONDAY - 40 * DAY, MONDAY))
    assert 0.0 <= early <= late <= 1.0
    s = situation(ADA, plan)
    values = np.linspace(0.0, 1.5, 24)
    out = leaned(s, values, towards(s))
    assert np.all(out >= 0.0) and np.all(np.isfinite(out))
    assert all(out[n] >= values[n] for n in towards(s))
    if not plan.leans:
        assert towards(s) == {}


def test_without_leans_nothing_changes() -> None:
    assert walk("10110", plan=DEFAULT_PLAN)[1] == walk("10110", plan=resolve([], MONDAY))[1]


def test_a_row_that_is_ended_early_leaves_earlier_decisions_as_they_were() -> None:
    value = f"S10@{int(MONDAY + 3 * DAY)}"
    open_row, ended = (PlanRow("g", "policy", "prefer-skill", value, ends=MONDAY + end) for end in (3 * DAY, 600.0))
    assert resolve([open_row], MONDAY) == resolve([ended], MONDAY)
    assert walk("1101", plan=resolve([open_row], MONDAY))[1] == walk("1101", plan=resolve([ended], MONDAY))[1]
