"""A screening as evidence: it moves ability and nothing else, and replay gives the same profile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headway.core.events import Event, Response, Screened, Screening, Start
from headway.core.evidence.replay import Logged, replay
from headway.core.loop import Turn, step
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.profile.codec import encode
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import MONDAY, curriculum

LEARNER = new_profile("ana", grade="6")


def screening(correct: bool, *, items: tuple[str, ...] = (), theta: float = 1.0, **more: object) -> Screening:
    items = items or curriculum().items[:6]
    answers = tuple(Screened(item, (), correct, 12.0) for item in items)
    made = Screening("s-1", "ana", "fall", MONDAY, answers, theta, 0.45, 3.6, 1.0)
    return replace(made, **more)  # type: ignore[arg-type]


def after(event: Screening, profile: Profile = LEARNER) -> Profile:
    (outcome,) = step([Turn(profile, DEFAULT_PLAN, event, event.at)], curriculum())
    assert outcome.decision is None
    assert outcome.entries == ()
    return outcome.profile


def test_right_answers_raise_and_wrong_ones_lower_what_we_believe() -> None:
    up, down = after(screening(True)), after(screening(False))
    assert up.state.overall_mean > LEARNER.state.overall_mean > down.state.overall_mean
    assert up.state.overall_variance < LEARNER.state.overall_variance
    assert len(up.state.skills) > 0


def test_position_goals_and_behaviour_stay_as_they_were() -> None:
    (begun,) = step([Turn(LEARNER, DEFAULT_PLAN, Start("a", "ana", MONDAY), MONDAY)], curriculum())
    moved = after(screening(False), begun.profile)
    before = begun.profile
    assert (moved.current, moved.today, moved.behaviour) == (before.current, before.today, before.behaviour)
    assert (moved.responses, moved.activities) == (before.responses, before.activities)


def test_items_that_the_curriculum_does_not_know_still_move_overall_ability() -> None:
    low = after(screening(False, items=("bank-1", "bank-2"), theta=1.0))
    assert len(low.state.skills) == 0
    assert 1.0 < low.state.overall_mean < LEARNER.state.overall_mean
    assert low.state.overall_variance < LEARNER.state.overall_variance
    nothing_new = after(screening(True, items=("bank-1",), se=1.0))
    assert encode(nothing_new) == encode(LEARNER)


def test_an_imported_item_of_a_known_skill_counts_with_its_own_difficulty() -> None:
    skill = curriculum().skills[0].id
    easy, hard = (
        after(screening(True, answers=(Screened("bank-1", (skill,), True, 9.0, difficulty),))).state.overall_mean
        for difficulty in (-2.0, 6.0)
    )
    assert hard > easy > LEARNER.state.overall_mean


def test_replay_gives_the_same_profile_as_living() -> None:
    item = curriculum().activities[0].items[0]
    answer = Response("r-1", "ana", curriculum().activities[0].id, 0, item.id, item.skills, "1", True, MONDAY + 90.0)
    events: list[Event] = [Start("a", "ana", MONDAY), screening(True, at=MONDAY + 60.0), answer]
    lived = LEARNER
    for event in events:
        (outcome,) = step([Turn(lived, DEFAULT_PLAN, event, event.at)], curriculum())
        lived = outcome.profile
    log = [Logged(event, event.at, curriculum().version) for event in events]
    again = replay(log, {"ana": LEARNER}, {}, {curriculum().version: curriculum()})
    assert encode(again.profiles["ana"]) == encode(lived)


def test_another_learners_screening_is_refused() -> None:
    with pytest.raises(ValueError, match="is of learner bo"):
        after(screening(True, learner="bo"))
