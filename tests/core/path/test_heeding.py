"""``frontier-3``: an early sign is answered with an earlier step or an easier one; otherwise it is ``frontier-2``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from headway.core.events import Decision
from headway.core.loop import Turn, step
from headway.core.mastery.detectors.habits import Habits
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import DAY, MONDAY, answer, curriculum, start

USUAL = replace(DEFAULT_PLAN, policy="frontier-2")
HEEDING = replace(DEFAULT_PLAN, policy="frontier-3")


def practised(outcomes: str, skill: int = 13, seconds: float = 20.0) -> Profile:
    """First answers to one skill, whatever the path would have chosen."""
    profile = new_profile("ada", grade="6")
    for number, outcome in enumerate(outcomes):
        free = replace(profile, current=replace(profile.current, activity=""))
        event = answer(number, f"P{skill}.1", outcome == "1", at=MONDAY + 60.0 * number, seconds=seconds)
        profile = step([Turn(free, DEFAULT_PLAN, event, event.at)], curriculum())[0].profile
    return profile


def decided(profile: Profile, plan: EffectivePlan = HEEDING, later: float = 600.0, number: int = 0) -> Decision:
    at = MONDAY + later
    decision = step([Turn(profile, plan, start(number, at=at), at)], curriculum())[0].decision
    assert decision is not None
    return decision


def test_a_skill_that_will_probably_go_nowhere_is_left_for_what_it_builds_on() -> None:
    """Two wrong, one right, four wrong with rights between: never three misses in a row, so that no struggle is seen."""
    profile = practised("00100100")
    usual, heeded = decided(profile, USUAL), decided(profile)
    assert usual.reason_code != "drop-back"
    assert (heeded.reason_code, heeded.policy) == ("drop-back", "frontier-3")
    assert heeded.skill in ("S12", "S9")
    assert "tricky" in str(heeded.reason)


def test_after_rapid_guesses_the_step_is_smaller() -> None:
    calm = practised("110110110")
    hasty = replace(calm, behaviour=replace(calm.behaviour, habits=Habits(rapid=0b1011010)))
    odds = [np.mean([decided(profile, number=n).predicted for n in range(40)]) for profile in (calm, hasty)]
    assert odds[1] > odds[0] + 0.01
    assert decided(hasty).policy == "frontier-3"
    assert decided(calm) == decided(calm, USUAL)


def test_slow_and_right_is_chosen_for_like_quick_and_right() -> None:
    slow, quick = practised("110110110", seconds=900.0), practised("110110110", seconds=9.0)
    for number in range(10):
        assert decided(slow, number=number) == decided(quick, number=number)


def test_pins_and_another_day_come_first() -> None:
    profile = practised("00100100")
    pinned = decided(profile, replace(HEEDING, pin_skills=("S13",)))
    assert (pinned.skill, pinned.reason_code) == ("S13", "pinned")
    assert decided(profile, later=DAY).policy != "frontier-3"
