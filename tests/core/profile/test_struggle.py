"""A struggle begins with a wrong answer and ends with a right one; the day knows how long the learner was away."""

from __future__ import annotations

from dataclasses import replace

from headway.core.events import Response
from headway.core.mastery.models import MODELS
from headway.core.profile.codec import decode, encode
from headway.core.profile.fold import fold
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import DAY, MONDAY, answer, curriculum

MODEL = MODELS["gaussian-1"]


def after(profile: Profile, *responses: Response) -> Profile:
    for response in responses:
        profile, _ = fold(profile, response, curriculum(), MODEL)
    return profile


def wrong(number: int, activity: str = "P4.0", *, attempt: int = 1, at: float = MONDAY) -> Response:
    return answer(number, activity, False, attempt=attempt, at=at)


ADA = new_profile("ada", grade="4")


def test_wrong_answers_of_one_struggle_are_counted_over_problems() -> None:
    stuck = after(ADA, wrong(1), wrong(2, attempt=2), wrong(3, attempt=3), wrong(4, "P4.1", at=MONDAY + 60))
    assert (stuck.behaviour.wrong, stuck.behaviour.wrong_run, stuck.behaviour.stuck_since) == (4, 2, MONDAY)


def test_a_right_answer_ends_it_and_another_skill_does_not() -> None:
    stuck = after(ADA, wrong(1), wrong(2, attempt=2))
    solved = after(stuck, answer(3, "P4.0", True, attempt=3))
    elsewhere = after(stuck, wrong(3, "P5.0", at=MONDAY + 9))
    assert (solved.behaviour.wrong, solved.behaviour.stuck_since) == (0, 0.0)
    assert (elsewhere.behaviour.wrong, elsewhere.behaviour.stuck_since) == (3, MONDAY)
    assert elsewhere.behaviour.wrong_run == 1


def test_a_misconception_is_forgotten_with_its_struggle() -> None:
    seen = after(ADA, replace(wrong(1), misconception="add-no-carry"), wrong(2, attempt=2))
    assert seen.behaviour.misconception == "add-no-carry"
    assert after(seen, answer(3, "P4.0", True, attempt=3)).behaviour.misconception == ""
    assert after(seen, wrong(3, "P5.0")).behaviour.misconception == ""


def test_the_day_knows_how_long_the_learner_was_away() -> None:
    monday = after(ADA, wrong(1))
    assert monday.today.away == 0.0
    later = after(monday, wrong(2, at=MONDAY + 9 * DAY), wrong(3, at=MONDAY + 9 * DAY + 60))
    assert later.today.away == 9 * DAY
    assert decode(encode(later)).today == later.today
    assert decode(encode(later)).behaviour == later.behaviour
