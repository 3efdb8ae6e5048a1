"""``frontier-1``, and what every policy after it keeps: what is opened, how it goes back and mixes, and what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from headway.core.curriculum.catalogue import ActivityInfo, catalogue_id, compile_curriculum
from headway.core.curriculum.skills import SkillGraph
from headway.core.events import Decision
from headway.core.loop import Turn, step
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import DAY, MONDAY, answer, curriculum, start

ADA = new_profile("ada", grade="5")
FIRST = replace(DEFAULT_PLAN, policy="frontier-1")


def walk(
    outcomes: str, profile: Profile = ADA, plan: EffectivePlan = DEFAULT_PLAN, at: float = MONDAY, gap: float = 60.0
) -> tuple[Profile, list[Decision]]:
    """Open practice, then answer what is given: ``1`` right, ``0`` wrong (three times, so that the step is over)."""
    decisions: list[Decision] = []
    events = [(None, 1), *[(outcome == "1", attempt) for outcome in outcomes for attempt in (1, 2, 3)]]
    for number, (correct, attempt) in enumerate(events):
        at += gap
        current = profile.current
        if correct is None:
            event = start(number, at=at)
        elif current.attempt != attempt:
            continue
        else:
            event = answer(number, current.activity, correct, at=at, step=current.step, attempt=attempt)  # type: ignore[assignment]
        (outcome,) = step([Turn(profile, plan, event, at)], curriculum())
        profile = outcome.profile
        decisions += [outcome.decision] if outcome.decision else []
    return profile, decisions


def master(skill: int, profile: Profile = ADA, at: float = MONDAY) -> Profile:
    """Right answers to a skill until it is mastered."""
    for number in range(30):
        current = replace(profile.current, activity="")
        event = answer(1000 + number, f"P{skill}.1", True, at=at)
        (outcome,) = step([Turn(replace(profile, current=current), DEFAULT_PLAN, event, at)], curriculum())
        profile = outcome.profile
        if any(entry.kind == "reached" for entry in outcome.entries):
            return profile
    raise AssertionError("not mastered after 30 right answers")


def test_difficulty_stays_in_the_productive_band() -> None:
    _, decisions = walk("1101110111011101110111")
    assert 0.65 <= np.mean([d.predicted for d in decisions]) <= 0.9


def test_skills_are_mixed() -> None:
    _, decisions = walk("110111011101110111011101110111")
    skills = [d.skill for d in decisions]
    assert np.mean([a != b for a, b in pairwise(skills)]) >= 0.6
    assert not any(a == b == c for a, b, c in zip(skills, skills[1:], skills[2:], strict=False))


def test_the_same_activity_does_not_come_straight_back() -> None:
    _, decisions = walk("1101110111011101110111")
    names = [catalogue_id(d.activity) for d in decisions]
    assert all(a != b for a, b in pairwise(names))


def test_a_skill_whose_prerequisite_is_weak_stays_closed() -> None:
    beginner = new_profile("ada", grade="3")
    _, decisions = walk("0" * 6, beginner)
    chosen = {a.skill for d in decisions for a in d.alternatives}
    assert chosen <= {f"S{n}" for n in range(8)}


def test_after_three_wrong_in_a_row_it_goes_back_to_a_weak_prerequisite() -> None:
    plan = EffectivePlan(only_skills=frozenset({"S13", "S9", "S12"}), pin_skills=("S13",))
    profile, _ = walk("000", plan=plan)
    (outcome,) = step([Turn(profile, FIRST, start(99), MONDAY + 900)], curriculum())
    assert outcome.decision is not None
    assert (outcome.decision.reason_code, outcome.decision.skill) == ("drop-back", "S12")
    assert "Skill 13" in str(outcome.decision.reason)


def test_only_a_prerequisite_is_called_a_part_of_what_was_hard() -> None:
    for skills in ({"S0", "S13"}, {"S0", "S5"}, {"S2", "S7"}):
        hard = sorted(skills, key=lambda s: int(s[1:]))[-1]
        profile, _ = walk("000", plan=EffectivePlan(only_skills=frozenset(skills), pin_skills=(hard,)))
        plan = EffectivePlan(only_skills=frozenset(skills), policy="frontier-1")
        for seed in range(20):
            (outcome,) = step([Turn(profile, plan, start(seed), MONDAY + 900)], curriculum())
            assert outcome.decision is not None
            c = curriculum()
            number = c.skill_number[hard]
            before = c.before[c.before_at[number] : c.before_at[number + 1]]
            said = outcome.decision.reason_code == "drop-back"
            assert said == (c.skill_number[outcome.decision.skill] in before)


def test_a_due_review_comes_back_and_is_named_as_one() -> None:
    profile = master(8)
    assert all(a.skill != "S8" for d in walk("111", profile)[1] for a in d.alternatives)
    later = [d for d in walk("11111111", profile, at=MONDAY + 9 * DAY)[1] if d.skill == "S8"]
    assert later
    assert later[0].reason_code == "review"


def test_a_pinned_skill_comes_first_until_it_is_mastered() -> None:
    plan = EffectivePlan(pin_skills=("S20",))
    _, decisions = walk("1010", plan=plan)
    assert {d.skill for d in decisions} == {"S20"}
    assert {d.reason_code for d in decisions} == {"pinned"}
    _, decisions = walk("11", master(20), plan, at=MONDAY + 100)
    assert "S20" not in {d.skill for d in decisions}


def test_the_reason_says_whether_a_person_or_a_programme_picked_a_skill() -> None:
    for source, code in (("pin", "pinned"), ("tier", "planned"), ("accommodation", "planned")):
        plan = resolve([PlanRow("r", source, "pin-skill", "S20")], MONDAY)  # type: ignore[arg-type]
        _, decisions = walk("1", plan=plan)
        assert {d.reason_code for d in decisions} == {code}
        assert "Skill 20" in str(decisions[0].reason)


def test_a_pinned_activity_comes_once_and_never_against_a_block() -> None:
    _, decisions = walk("111", plan=EffectivePlan(pin_activities=("P3.1",)))
    assert [d.activity for d in decisions].count("P3.1") == 1
    assert decisions[0].activity == "P3.1"
    _, decisions = walk("1", plan=EffectivePlan(pin_activities=("P3.1",), block_skills=frozenset({"S3"})))
    assert "P3.1" not in {d.activity for d in decisions}
    assert "block of S3" in decisions[0].overrides[0]


def test_when_all_is_mastered_it_keeps_skills_fresh() -> None:
    _, decisions = walk("1", master(8), EffectivePlan(only_skills=frozenset({"S8"})))
    assert {d.reason_code for d in decisions} == {"refresh"}


def test_choices_vary_by_event_and_repeat_by_event() -> None:
    def chosen(number: int) -> str:
        (outcome,) = step([Turn(ADA, DEFAULT_PLAN, start(number), MONDAY)], curriculum())
        return outcome.activity

    assert len({chosen(n) for n in range(40)}) > 2
    assert [chosen(n) for n in range(10)] == [chosen(n) for n in range(10)]


@pytest.mark.parametrize("code", ["new", "continue"])
def test_reasons_are_short_sentences_with_the_skills_name(code: str) -> None:
    _, decisions = walk("11011101")
    said = [str(d.reason) for d in decisions if d.reason_code == code]
    assert said
    assert all("Skill " in text and text.endswith((".", "?")) and "{" not in text for text in said)
    assert max(len(text.split()) for text in said) <= 25


def test_every_candidate_of_the_choice_is_recorded() -> None:
    _, decisions = walk("1101")
    sizes = Counter(len(d.alternatives) for d in decisions)
    assert min(sizes) >= 2
    assert all(d.activity in {a.activity for a in d.alternatives} for d in decisions)


def test_generated_activities_carry_seed_and_interest() -> None:
    base = curriculum()
    acts: list[ActivityInfo] = [replace(a, kind="generated", uses_interest=True) for a in base.activities]
    made = compile_curriculum(SkillGraph(base.skills, base.prerequisites), acts)
    fan = new_profile("ada", grade="5", interests=("space",))
    (outcome,) = step([Turn(fan, DEFAULT_PLAN, start(1), MONDAY)], made)
    assert outcome.activity.startswith("gen:P")
    assert outcome.activity.endswith(":space")
    assert made.activity(outcome.activity) is not None
