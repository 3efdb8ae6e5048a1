"""``frontier-2``: a problem that tells two explanations apart, then one that repairs; otherwise as ``frontier-1``."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from headway.core.coaching.bearing import answers_of, bears
from headway.core.conformance import check_policy
from headway.core.curriculum.catalogue import Curriculum, compile_curriculum, generated_activities
from headway.core.curriculum.generators.base import generate
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.events import Decision, Start
from headway.core.loop import Turn, step
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.path.telling import Telling
from headway.core.profile.profile import Profile, new_profile
from headway.core.profile.suspicion import Suspect
from tests.core.small import MONDAY

SKILL, ITEM = "3.NBT.A.2", "3.NBT.A.2/subtract"
SMALLER, ZERO, KEPT = "sub-smaller-from-larger", "sub-borrow-zero", "sub-borrow-kept"


@cache
def ours() -> Curriculum:
    names = sorted({activity.skill for activity in generated_activities()})
    return compile_curriculum(
        SkillGraph(tuple(Skill(n, n, "", "math", "3", "D", (), False) for n in names), ()), generated_activities()
    )


def suspecting(*held: tuple[str, float], skill: str = SKILL) -> Profile:
    suspects = tuple(Suspect(key, p, skill, ITEM, MONDAY) for key, p in held)
    return replace(new_profile("ada", grade="3"), suspects=suspects)


def decided(profile: Profile, number: int = 1, plan: EffectivePlan = DEFAULT_PLAN) -> Decision:
    (outcome,) = step([Turn(profile, plan, Start(f"{number:032d}", "ada", MONDAY), MONDAY + 60)], ours())
    assert outcome.decision is not None
    return outcome.decision


@pytest.mark.parametrize("number", range(6))
def test_two_explanations_are_told_apart(number: int) -> None:
    decision = decided(suspecting((SMALLER, 0.45), (KEPT, 0.4)), number)
    assert (decision.reason_code, decision.policy, decision.skill) == ("tell", DEFAULT_PLAN.policy, SKILL)
    assert (
        str(decision.reason)
        == "This one shows whether it was “Smaller digit from larger” or “Borrowed without paying”."
    )
    assert sum(a.probability for a in decision.alternatives) == pytest.approx(1.0)
    found = answers_of(generate(decision.activity).steps[0], (SMALLER, KEPT))
    assert not set(found[SMALLER]) & set(found[KEPT])


def test_one_explanation_is_told_from_a_slip() -> None:
    assert str(decided(suspecting((SMALLER, 0.6))).reason).endswith("or only a slip.")


def test_a_known_misconception_is_repaired_by_items_that_bear_on_it() -> None:
    decision = decided(suspecting((SMALLER, 0.97), (ZERO, 0.2)))
    assert decision.reason_code == "repair"
    assert all(bears(a.activity.split(":")[1], SMALLER) for a in decision.alternatives)


def test_pins_scopes_and_improbable_suspicions_come_first() -> None:
    for profile, plan in (
        (suspecting((SMALLER, 0.3)), DEFAULT_PLAN),
        (suspecting((SMALLER, 0.6)), replace(DEFAULT_PLAN, block_skills=frozenset((SKILL,)))),
        (suspecting((SMALLER, 0.6)), replace(DEFAULT_PLAN, pin_skills=("3.MD.A.2",))),
        (suspecting((SMALLER, 0.6), skill="gone"), DEFAULT_PLAN),
    ):
        new, old = (replace(plan, policy=policy) for policy in ("frontier-2", "frontier-1"))
        assert decided(profile, plan=new) == decided(profile, plan=old)


def test_another_skill_comes_between() -> None:
    profile, skills = suspecting((SMALLER, 0.6)), []
    for number in range(3):
        (outcome,) = step([Turn(profile, DEFAULT_PLAN, Start(f"{number:032d}", "ada", MONDAY), MONDAY + 60)], ours())
        assert outcome.decision is not None
        skills.append((outcome.decision.reason_code == "tell", outcome.decision.skill == SKILL))
        profile = outcome.profile
    assert skills[0] == skills[2] == (True, True)
    assert skills[1] == (False, False)


def test_it_keeps_the_promises_of_a_policy() -> None:
    check_policy(Telling(), MODELS["gaussian-1"], ours())
