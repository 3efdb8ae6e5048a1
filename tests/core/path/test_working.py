"""``frontier-6``: what is begun is finished before more is opened; reviews, goals and going back still come."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Decision, Response, Start
from headway.core.loop import Turn, step
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.path.policy import Situation
from headway.core.path.terrain import allowed_skills
from headway.core.path.working import WorkingSet
from headway.core.profile.profile import Profile, new_profile
from tests.core.path.test_frontier import master, walk
from tests.core.path.test_returning import grade5
from tests.core.small import DAY, MONDAY, answer, curriculum, start

OLD = replace(DEFAULT_PLAN, policy="frontier-2")
C = curriculum()


def sitting(
    c: Curriculum, answers: list[bool], number: int, plan: EffectivePlan = DEFAULT_PLAN
) -> tuple[list[Decision], list[int]]:
    """A newcomer of grade 5 answers so; what came, and after each answer how many skills are solid by then."""
    name, at, count = f"learner-{number}", MONDAY, 1000 * number
    profile, decisions, solid = new_profile(name, grade="5"), list[Decision](), list[int]()
    event: Start | Response = start(count, learner=name, at=at)
    left = list(answers)
    while True:
        (outcome,) = step([Turn(profile, plan, event, at)], c)
        profile, count, at = outcome.profile, count + 1, at + 40.0
        decisions += [outcome.decision] if outcome.decision is not None else []
        solid.append(int((profile.state.skills["mastered_at"] > 0.0).sum()))
        current = profile.current
        again = current.attempt > 1
        if not left and not again:
            return decisions, solid
        right = not again and left.pop(0)
        event = answer(
            count, current.activity, right, learner=name, at=at, step=current.step, attempt=current.attempt, shown=again,
            catalogue=c,
        )  # fmt: skip


@pytest.mark.parametrize("c", [C, grade5()], ids=["small", "grade 5"])
def test_who_answers_right_has_skills_solid_after_one_sitting(c: Curriculum) -> None:
    rights = [n != 12 for n in range(25)]
    ends = [sitting(c, rights, number)[1][-1] for number in range(4)]
    assert min(ends) >= 2
    assert np.mean(ends) >= 3


def test_as_much_becomes_solid_as_under_the_policy_before() -> None:
    totals = {plan.policy: 0 for plan in (DEFAULT_PLAN, OLD)}
    for plan in (DEFAULT_PLAN, OLD):
        for number in range(8):
            rights = np.random.default_rng(number).random(40) < 0.9
            for c in (C, grade5()):
                totals[plan.policy] += sitting(c, rights.tolist(), number, plan)[1][-1]
    assert totals[DEFAULT_PLAN.policy] >= totals["frontier-2"]


def test_no_more_than_four_skills_are_begun_and_not_finished() -> None:
    decisions, solid = sitting(grade5(), [True] * 30, 1)
    for n in range(len(decisions)):
        begun = {decision.skill for decision in decisions[: n + 1]}
        assert len(begun) - solid[n] <= 4
    assert np.mean([a.skill != b.skill for a, b in pairwise(decisions)]) >= 0.6


def situation(profile: Profile, plan: EffectivePlan, at: float) -> Situation:
    model = MODELS[plan.model]
    return Situation(profile, plan, C, model, model.belief(profile.state, C, at), 1, at)


def in_progress() -> tuple[Profile, float]:
    """Somebody with four skills of the grade in progress: two right answers to each of S8 to S11."""
    profile = new_profile("ada", grade="5")
    for number in range(8):
        free = replace(profile, current=replace(profile.current, activity=""))
        event = answer(number, f"P{8 + number % 4}.1", True, at=MONDAY + number)
        profile = step([Turn(free, DEFAULT_PLAN, event, event.at)], C)[0].profile
    return profile, MONDAY + 60.0


def members(
    profile: Profile, at: float, rests: frozenset[int] = frozenset(), wanted: frozenset[int] = frozenset()
) -> set[int]:
    s = situation(profile, DEFAULT_PLAN, at)
    return set(WorkingSet().members(s, allowed_skills(s), rests, wanted))


def test_a_skill_that_rests_leaves_the_set_and_so_does_one_that_was_left_for_long() -> None:
    profile, at = in_progress()
    assert members(profile, at) == {8, 9, 10, 11}
    assert members(profile, at, rests=frozenset({9})) == {8, 10, 11}
    assert members(profile, at + 20 * DAY) == set()
    assert members(replace(profile, grade="6"), at) == set(), "below the grade nothing is kept open"
    assert members(replace(profile, grade="6"), at, wanted=frozenset({10})) == {10}


def test_while_the_set_is_full_nothing_new_is_opened_but_what_is_wanted_is() -> None:
    profile, at = in_progress()
    _, usual = walk("11", profile, at=at)
    assert {decision.skill for decision in usual} <= {"S8", "S9", "S10", "S11"}
    plan = resolve([PlanRow("g", "policy", "prefer-skill", "S12")], at)
    _, wanted = walk("11", profile, plan, at=at)
    assert "S12" in {decision.skill for decision in wanted}


def test_a_review_that_is_due_comes_while_the_set_is_full() -> None:
    profile = master(8)
    later = MONDAY + 9 * DAY
    for number in range(8):
        free = replace(profile, current=replace(profile.current, activity=""))
        event = answer(number, f"P{(9, 10, 11, 14)[number % 4]}.1", True, at=later + number)
        profile = step([Turn(free, DEFAULT_PLAN, event, event.at)], C)[0].profile
    _, decisions = walk("11", profile, at=later + 60.0)
    assert ("S8", "review") in {(decision.skill, decision.reason_code) for decision in decisions}


def test_what_became_solid_today_does_not_come_again_today() -> None:
    profile = master(8)
    assert "S8" not in {a.skill for d in walk("11111111", profile)[1] for a in d.alternatives}
