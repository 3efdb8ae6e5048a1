"""A plan may keep to subjects: what is outside waits, pins and goals too. The rule reads a word of each skill and knows none."""

from __future__ import annotations

import numpy as np

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, ItemInfo, compile_curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.events import Start
from headway.core.loop import Turn, step
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.path.terrain import outside
from headway.core.profile.profile import new_profile

NOW = 1_790_000_000.0


def two_subjects() -> Curriculum:
    skills = tuple(Skill(f"{s}.{n}", f"{s} {n}", "", s, "6", s) for s in ("counting", "singing") for n in range(3))
    activities = [
        ActivityInfo(f"{skill.id}#{n}", "imported", skill.id, (ItemInfo(f"{skill.id}#{n}", (skill.id,)),))
        for skill in skills
        for n in range(4)
    ]
    return compile_curriculum(SkillGraph(skills, ()), activities)


def chosen(plan: EffectivePlan, times: int = 24) -> set[str]:
    """The subjects that the loop opens under a plan, over several seeds."""
    curriculum, profile = two_subjects(), new_profile("ada", grade="6")
    turns = [Turn(profile, plan, Start(f"{n:032x}", "ada", NOW), NOW) for n in range(times)]
    found = [step([turn], curriculum)[0].decision for turn in turns]
    return {decision.skill.split(".")[0] for decision in found if decision is not None}


def plan_of(*rows: PlanRow) -> EffectivePlan:
    return resolve(rows, NOW)


def only(value: str, source: str = "policy", starts: float = 0.0) -> PlanRow:
    return PlanRow(f"{source}-{value}-{starts}", source, "only-subjects", value, starts=starts)  # type: ignore[arg-type]


def turns_taken(plan: EffectivePlan, times: int) -> list[str]:
    """The subjects of one learner's problems, one after the other."""
    curriculum, profile, found = two_subjects(), new_profile("ada", grade="6"), []
    for n in range(times):
        (outcome,) = step([Turn(profile, plan, Start(f"{n:032x}", "ada", NOW), NOW)], curriculum)
        assert outcome.decision is not None
        profile = outcome.profile
        found.append(outcome.decision.skill.split(".")[0])
    return found


def test_without_a_word_on_it_nothing_is_closed() -> None:
    assert DEFAULT_PLAN.only_subjects is None
    assert plan_of(only(" , ")).only_subjects is None


def test_several_subjects_take_turns() -> None:
    assert turns_taken(plan_of(only("singing,counting")), 40) == ["counting", "singing"] * 20


def test_only_the_subject_that_was_chosen_is_practised() -> None:
    assert chosen(plan_of(only("singing"))) == {"singing"}


def test_a_pin_of_another_subject_waits() -> None:
    pin = PlanRow("p", "pin", "pin-skill", "counting.1")
    exact = PlanRow("q", "pin", "pin-activity", "counting.1#2")
    assert chosen(plan_of(pin, exact, only("singing"))) == {"singing"}
    assert chosen(plan_of(pin, only("counting"))) == {"counting"}
    curriculum, profile = two_subjects(), new_profile("ada", grade="6")
    plan = plan_of(exact, only("singing"))
    (outcome,) = step([Turn(profile, plan, Start("a" * 32, "ada", NOW), NOW)], curriculum)
    assert outcome.decision is not None
    assert any("waits" in line for line in outcome.decision.overrides)


def test_a_persons_choice_stands_above_the_learners_and_the_newest_wins_within_one_source() -> None:
    lesson = plan_of(only("counting", "pin"), only("singing", starts=5.0))
    assert (lesson.only_subjects, lesson.subjects_by) == (frozenset({"counting"}), "pin")
    assert len(lesson.overrides) == 1
    assert plan_of(only("counting"), only("singing", starts=5.0)).only_subjects == frozenset({"singing"})


def test_a_subject_that_nobody_teaches_closes_nothing() -> None:
    assert not outside(two_subjects(), frozenset({"dancing"})).any()
    assert np.array_equal(outside(two_subjects(), frozenset({"singing"})), [True] * 3 + [False] * 3)
    assert chosen(plan_of(only("dancing"))) == chosen(DEFAULT_PLAN) != set()
