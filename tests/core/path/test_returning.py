"""``frontier-5`` and ``frontier-6``: back to the likeliest cause and forward again, gain per minute, a band that bends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from headway.core.conformance import check_policy
from headway.core.curriculum.catalogue import Curriculum, generated_activities
from headway.core.events import Decision, Response, Start
from headway.core.evidence.course import course_of
from headway.core.evidence.replay import Logged, replay
from headway.core.evidence.simulate import play
from headway.core.evidence.term import cohort, school_days
from headway.core.loop import Turn, step
from headway.core.mastery.detectors.habits import Habits
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan, PlanRow, resolve
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Situation
from headway.core.path.returning import bent, minutes
from headway.core.profile.codec import encode
from headway.core.profile.profile import Profile, new_profile
from headway.standards.graph import shipped_graph
from tests.core.path.test_frontier import ADA, walk
from tests.core.small import MONDAY, answer, curriculum, problem, start

NEW = DEFAULT_PLAN
NEAR, FAR = 20, 60
"""Answers within which a newcomer is led back to what is missing, where it is one step behind what is practised first, and where
it lies further back."""


@cache
def grade5() -> Curriculum:
    return course_of(shipped_graph(), generated_activities(), "5").curriculum


def resting_on(c: Curriculum, skill: int) -> set[str]:
    """The skill and all that builds on it."""
    found, open_ = {skill}, [skill]
    while open_:
        here = open_.pop()
        new = set(c.after[c.after_at[here] : c.after_at[here + 1]].tolist()) - found
        found |= new
        open_ += sorted(new)
    return {c.skills[n].id for n in found}


def lived(c: Curriculum, plan: EffectivePlan, right: Callable[[str], bool], count: int) -> list[Decision]:
    """A newcomer of grade 5 answers; each wrong first answer is followed by the worked solution."""
    profile, at, number, decisions = new_profile("ada", grade="5"), MONDAY, 0, list[Decision]()
    event: Start | Response = start(0, at=at)
    while len(decisions) < count:
        (outcome,) = step([Turn(profile, plan, event, at)], c)
        profile, number, at = outcome.profile, number + 1, at + 40.0
        decisions += [outcome.decision] if outcome.decision is not None else []
        current = profile.current
        again = current.attempt > 1
        correct = not again and right(c.activities[c.activity_of(current.activity)].skill)
        event = answer(
            number,
            current.activity,
            correct,
            at=at,
            step=current.step,
            attempt=current.attempt,
            shown=again,
            catalogue=c,
        )
    return decisions


def lacking(planted: str, policy: str = NEW.policy, count: int = 80) -> list[Decision]:
    """What somebody gets who solves all that does not build on one missing skill; the rest fails until it was practised twice."""
    c = grade5()
    needs, practised = resting_on(c, c.skill_number[planted]), 0

    def right(skill: str) -> bool:
        nonlocal practised
        practised += skill == planted
        return skill not in needs or practised > 2

    return lived(c, replace(NEW, policy=policy), right, count)


@pytest.mark.parametrize(
    ("planted", "within"),
    [
        ("4.NBT.A.1", NEAR),
        ("4.NF.C.6", NEAR),
        ("4.NF.A.1", FAR),
        ("3.NF.A.1", FAR),
        ("3.OA.A.1", FAR),
        ("3.NF.A.2", FAR),
    ],
)
def test_a_newcomer_who_lacks_one_thing_is_led_back_to_it(planted: str, within: int) -> None:
    seen = lacking(planted)
    first = next(n for n, d in enumerate(seen) if d.skill == planted)
    assert first <= within
    assert seen[first].reason_code == "cause"
    changes = [a.skill != b.skill for a, b in pairwise(seen)]
    assert np.mean(changes) >= 0.6


def test_what_failed_comes_back_once_its_cause_is_shown_and_the_reasons_name_both() -> None:
    seen = lacking("4.NBT.A.1", count=30)
    c = grade5()
    titles = {skill.id: skill.title for skill in c.skills}
    back = [n for n, d in enumerate(seen) if (d.reason_code, d.skill) == ("cause", "4.NBT.A.1")]
    again = next(n for n, d in enumerate(seen) if d.reason_code == "come-back")
    hard = seen[again].skill
    assert max(n for n in back if n < again) < again
    assert all(d.skill != hard for d in seen[back[0] : again]), "it rests meanwhile"
    assert titles["4.NBT.A.1"] in str(seen[back[0]].reason)
    assert titles[hard] in str(seen[back[0]].reason)
    assert titles[hard] in str(seen[again].reason)
    assert titles["4.NBT.A.1"] in str(seen[again].reason)


def test_whoever_fails_at_everything_goes_back_too() -> None:
    """Under ``frontier-2`` 36 wrong answers of a newcomer led to nothing."""
    codes = [d.reason_code for d in lived(grade5(), NEW, lambda skill: False, 36)]
    assert codes.count("cause") >= 6


def test_pins_come_first_and_closed_skills_stay_closed() -> None:
    hard = lived(grade5(), replace(NEW, pin_skills=("5.NBT.A.1",)), lambda skill: False, 10)
    assert {d.skill for d in hard} == {"5.NBT.A.1"}
    closed = lived(grade5(), replace(NEW, block_skills=frozenset({"4.NBT.A.1"})), lambda skill: False, 40)
    assert "4.NBT.A.1" not in {a.skill for d in closed for a in d.alternatives}


def test_consecutive_activities_differ_in_skill_and_the_decisions_carry_its_name() -> None:
    _, decisions = walk("110110111011101110111011101110111011", plan=NEW)
    assert np.mean([a.skill != b.skill for a, b in pairwise(decisions)]) >= 0.6
    assert {decision.policy for decision in decisions} == {NEW.policy}


def test_alone_in_its_plan_a_skill_still_comes() -> None:
    only = replace(NEW, only_skills=frozenset({"S8"}))
    assert [d.skill for d in walk("1010101", plan=only)[1]] == ["S8"] * 8


def test_the_band_bends_to_wrong_answers_in_a_row_to_guessing_and_to_a_day_without_a_mistake() -> None:
    def target(profile: Profile, later: float = 60.0) -> float:
        model, at = MODELS[NEW.model], profile.behaviour.last_at + later
        return bent(Situation(profile, NEW, curriculum(), model, model.belief(profile.state, curriculum(), at), 1, at))

    usual = NEW.target_success
    calm, _ = walk("1101")
    bored, _ = walk("1111111111")
    sad = [walk("11" + "0" * count)[0] for count in (1, 2, 4)]
    hasty = replace(calm, behaviour=replace(calm.behaviour, habits=Habits(rapid=0b1011010)))
    assert target(calm) == usual
    assert target(bored) < usual
    assert usual < target(sad[0]) <= target(sad[1]) <= target(sad[2]) < usual + 0.13
    assert target(hasty) > usual
    assert {target(each, 86400.0) for each in (bored, hasty, *sad)} == {usual}


def test_of_equal_promises_the_one_that_takes_less_time_comes_first() -> None:
    profile, at = ADA, MONDAY
    for number, (skill, seconds) in enumerate([(8, 20.0), (9, 120.0)] * 4):
        free = replace(profile, current=replace(profile.current, activity=""))
        event = answer(number, f"P{skill}.1", True, at=at + number, seconds=seconds)
        profile = step([Turn(free, NEW, event, at)], curriculum())[0].profile
    rows = MODELS[NEW.model].belief(profile.state, curriculum(), at).row
    taken = minutes(rows, profile.state.skills)
    assert taken[8] < 1.0 < taken[9]
    assert taken[10] == 1.0
    assert set(minutes(rows[:0], ADA.state.skills)) == set()


def test_it_keeps_the_promises_of_every_policy() -> None:
    check_policy(POLICIES[NEW.policy], MODELS[NEW.model], curriculum())


def test_a_district_can_change_over_and_what_was_decided_before_replays() -> None:
    """Rows of the source ``shipped`` say which policy is a district's default, and until when."""
    days = school_days(4)
    rows = (
        PlanRow("was", "shipped", "policy", "frontier-2", ends=days[2]),
        PlanRow("now", "shipped", "policy", NEW.policy, starts=days[2]),
    )
    pupils = cohort(curriculum(), ["4", "5"], 4, seed=5)
    first, log, said = {pupil.mind.id: pupil.profile for pupil in pupils}, list[Logged](), list[Decision]()
    for begins in days:
        for turn in range(12):
            now = begins + 60.0 * turn
            for pupil in pupils:
                pupil.plan = resolve(rows, now)
            for event, outcome in play(pupils, curriculum(), [now] * len(pupils), problem):
                log.append(Logged(event, now, curriculum().version))
                said += [outcome.decision] if outcome.decision else []
    again = replay(log, first, dict.fromkeys(first, rows), {curriculum().version: curriculum()})
    assert list(again.decisions) == said
    assert {k: encode(p) for k, p in again.profiles.items()} == {p.mind.id: encode(p.profile) for p in pupils}
    assert {d.policy for d in said if d.at < days[2]} == {"frontier-1"}
    assert {d.policy for d in said if d.at >= days[2]} == {NEW.policy}
    assert not any(d.overrides for d in said)


@pytest.mark.parametrize(
    ("policy", "digest"),
    [
        ("frontier-1", "08f6f95bf251ff67"),
        ("frontier-3", "35c3088c4203732b"),
        ("frontier-4", "0ada8c5f2e8f3314"),
        ("frontier-5", "bfb081f3b28b7130"),
    ],
)
def test_older_policies_choose_as_they_did(policy: str, digest: str) -> None:
    """The digests were taken before the next policy was written; a change here breaks the replay of what schools have stored."""
    _, decisions = walk("1101100010001110110001011000110100", plan=replace(NEW, policy=policy))
    said = [(d.activity, d.skill, d.reason_code, str(d.reason), d.policy) for d in decisions]
    assert hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest() == digest
