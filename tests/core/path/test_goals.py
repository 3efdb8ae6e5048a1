"""Goals: what is offered, in which order, week by week, and when it will probably be reached."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.path.goals import MOST_SKILLS, WEEK, in_order, offers, week_now, weeks_of
from headway.core.path.plan import PlanRow, resolve
from headway.core.path.projection import Effort, Pace, effort, project
from headway.core.profile.profile import new_profile
from tests.core.path.test_frontier import master, walk
from tests.core.small import MONDAY, curriculum

MODEL, C = MODELS[DEFAULT_MODEL], curriculum()
ADA = new_profile("ada", grade="5")
BELIEF = MODEL.belief(ADA.state, C, MONDAY)


def test_a_goal_begins_with_what_it_builds_on() -> None:
    order = in_order(C, BELIEF, frozenset(), [9])
    assert order[-1] == 9
    assert set(order[:-1]) <= set(C.before[C.before_at[9] : C.before_at[10]].tolist())
    assert len(order) > 1, "skill 9 builds on skills that nobody has shown yet"
    assert in_order(C, BELIEF, frozenset(range(9)), [9]) == (9,)
    assert in_order(C, BELIEF, frozenset({9}), [9]) == ()


def test_offers_are_open_differ_and_begin_with_what_the_wish_asks_for() -> None:
    found = offers(
        C, BELIEF, frozenset({8}), grade="5", allowed=None, blocked=frozenset({"S9"}), asked=frozenset({"D"})
    )
    assert found and found[0].asked
    skills = [skill for offer in found for skill in offer.skills]
    assert len(set(skills)) == len(skills)
    assert not {"S8", "S9"} & set(skills)
    assert all(0 < len(offer.skills) <= MOST_SKILLS for offer in found)
    closed = offers(C, BELIEF, frozenset(), grade="5", allowed=frozenset(), blocked=frozenset(), asked=frozenset())
    assert closed == ()


def test_who_has_mastered_their_grade_is_offered_the_one_above() -> None:
    levels = [int(level) for level in C.level]
    grades = sorted(set(levels))
    own, above = grades[0], grades[1]
    done = frozenset(n for n, level in enumerate(levels) if level <= own)
    grade = C.skills[levels.index(own)].grade
    found = offers(C, BELIEF, done, grade=grade, allowed=None, blocked=frozenset(), asked=frozenset())
    assert found and {offer.grade for offer in found} == {C.skills[levels.index(above)].grade}
    everything = frozenset(range(len(levels)))
    assert offers(C, BELIEF, everything, grade=grade, allowed=None, blocked=frozenset(), asked=frozenset()) == ()


@given(st.integers(1, MOST_SKILLS), st.floats(0.5, 26.0))
def test_weeks_hold_every_skill_once_in_order_and_leave_no_gap(count: int, away: float) -> None:
    skills = [f"S{n}" for n in range(count)]
    weeks = weeks_of(skills, MONDAY, MONDAY + away * WEEK)
    assert [skill for week in weeks for skill in week.skills] == skills
    assert all(week.skills for week in weeks)
    assert weeks[0].starts == MONDAY
    assert weeks[-1].ends == pytest.approx(MONDAY + away * WEEK)
    assert all(a.ends == b.starts for a, b in pairwise(weeks))
    assert week_now(weeks, MONDAY) == weeks[0]
    assert week_now(weeks, MONDAY + 27 * WEEK) is None


def test_a_goal_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="after the day"):
        weeks_of(["S1"], MONDAY, MONDAY)


def test_the_path_turns_to_the_week_of_a_goal_and_is_free_afterwards() -> None:
    row = PlanRow("g", "policy", "pin-skill", "S9", starts=MONDAY, ends=MONDAY + WEEK)
    _, decisions = walk("11", plan=resolve([row], MONDAY + 1.0))
    assert {decision.skill for decision in decisions} == {"S9"}
    assert decisions[0].reason_code == "planned"
    _, later = walk("11", plan=resolve([row], MONDAY + WEEK))
    assert {decision.skill for decision in later} != {"S9"}


def test_effort_shrinks_with_what_is_known_and_is_drawn_the_same_again() -> None:
    fresh = effort(MODEL, ADA.state, C, [8, 9], MONDAY, seed=3)
    again = effort(MODEL, ADA.state, C, [8, 9], MONDAY, seed=3)
    assert (fresh.answers == again.answers).all()
    assert fresh.answers.min() >= 5, "the criterion asks for five answers"
    known = walk("1" * 12, plan=resolve([PlanRow("g", "pin", "pin-skill", "S8")], MONDAY), profile=ADA)[0]
    later = effort(MODEL, known.state, C, [9], MONDAY + 3600.0, seed=3)
    assert later.answers.mean() < fresh.answers[:, 1].mean()
    assert effort(MODEL, ADA.state, C, [], MONDAY, seed=3).answers.sum() == 0


def test_more_practice_is_never_later_and_the_interval_is_in_order() -> None:
    found = effort(MODEL, ADA.state, C, [8, 9, 10], MONDAY, seed=5)
    pace = Pace((20, 35, 10), 1.5)
    usual, more = (project(found, pace, 4.0, extra_minutes=minutes, seed=5) for minutes in (0.0, 20.0))
    assert usual.early <= usual.middle <= usual.late
    assert more.middle < usual.middle and more.late < usual.late
    assert more.on_time >= usual.on_time
    assert project(Effort(np.zeros((4, 2), np.int64)), pace, 1.0).late == 0.0
    with pytest.raises(ValueError, match="0 or more"):
        project(found, pace, 4.0, extra_minutes=-1.0)


def test_the_interval_holds_about_four_of_five_learners_of_the_model() -> None:
    """Learners whose abilities are drawn from the same belief, each with luck of their own, against one forecast."""
    pace = Pace((30, 30, 30, 30), 1.0)
    forecast = project(effort(MODEL, ADA.state, C, [8, 9], MONDAY, seed=11), pace, 4.0, seed=11)
    others = effort(MODEL, ADA.state, C, [8, 9], MONDAY, seed=12).answers.sum(axis=1) / 30.0
    inside = float(((others >= forecast.early) & (others <= forecast.late)).mean())
    assert 0.65 <= inside <= 0.95


def test_a_goal_whose_skills_are_mastered_asks_for_nothing() -> None:
    profile = master(8)
    assert in_order(C, MODEL.belief(profile.state, C, MONDAY), frozenset({8}), [8]) == ()
