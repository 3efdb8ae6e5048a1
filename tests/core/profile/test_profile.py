"""The profile: bytes and back, the day's counters, what a teacher's board looks at, what pages show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.catalogue import compile_curriculum
from headway.core.curriculum.skills import SkillGraph
from headway.core.events import Response
from headway.core.mastery.models import MODELS
from headway.core.profile.codec import decode, encode
from headway.core.profile.fold import fold
from headway.core.profile.profile import Profile, new_profile
from headway.core.profile.views import skill_views
from tests.core.small import DAY, MONDAY, answer, curriculum

ADA = new_profile("ada", grade="5", interests=("soccer", "music"))
MIDNIGHT = MONDAY - MONDAY % DAY


def folded(*responses: Response, profile: Profile = ADA, day_offset: float = 0.0) -> Profile:
    for response in responses:
        profile, _ = fold(profile, response, curriculum(), MODELS["gaussian-1"], day_offset=day_offset)
    return profile


_ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 23), st.booleans(), st.integers(1, 3), st.integers(0, 2), st.booleans(), st.floats(0, 1e7)
    ),
    max_size=25,
)


@given(_ANSWERS, st.text(max_size=8), st.sampled_from(["K", "5", "A1"]))
def test_bytes_and_back(rows: list[tuple[int, bool, int, int, bool, float]], name: str, grade: str) -> None:
    profile = new_profile(name, grade=grade, interests=("α", name))
    for n, (skill, correct, attempt, hints, shown, later) in enumerate(rows):
        response = answer(n, f"P{skill}.1", correct, attempt=attempt, hints=hints, shown=shown, at=MONDAY + later)
        profile = folded(response, profile=profile)
    data = encode(profile)
    assert encode(decode(data)) == data
    assert len(data) <= 600 + 4 * len(name.encode()) + 64 * len(profile.state.skills)
    again = decode(data)
    assert (again.learner, again.today, again.behaviour) == (profile.learner, profile.today, profile.behaviour)
    assert np.array_equal(again.state.skills, profile.state.skills)


@pytest.mark.parametrize("data", [b"", b"HP1\0", b"HP2\0aaaa", encode(ADA)[:-3], encode(ADA)[:20]])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="profile"):
        decode(data)


def test_a_profile_survives_a_curriculum_that_gains_and_reorders_skills() -> None:
    profile = folded(answer(1, "P8.1", True), answer(2, "P3.1", False))
    base = curriculum()
    graph = SkillGraph(tuple(reversed(base.skills)), base.prerequisites)
    wider = compile_curriculum(graph, base.activities)
    now = MONDAY + 60
    one = {v.skill: v.ability for v in skill_views(profile, base, now)}
    two = {v.skill: v.ability for v in skill_views(profile, wider, now)}
    assert one == two
    assert set(one) == {"S8", "S3"}


def test_an_unknown_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="use K"):
        new_profile("x", grade="first")


def test_first_attempts_help_and_own_corrections_are_counted_apart() -> None:
    today = folded(
        answer(1, "P8.1", False),
        answer(2, "P8.1", True, attempt=2),
        answer(3, "P7.1", True, hints=2),
        answer(4, "P6.1", True),
        answer(5, "P5.1", True, shown=True),
    ).today
    assert (today.responses, today.tried, today.right, today.corrected, today.hints) == (5, 3, 1, 1, 2)


def test_rapid_wrong_answers_are_counted_and_quick_right_ones_are_not() -> None:
    profile = folded(
        answer(1, "P8.1", False, seconds=1.0),
        answer(2, "P7.1", False, seconds=1.5),
    )
    assert (profile.today.rapid, profile.behaviour.rapid_run) == (2, 2)
    profile = folded(answer(3, "P6.1", True, seconds=1.0), profile=profile)
    assert (profile.today.rapid, profile.behaviour.rapid_run) == (2, 0)


def test_a_new_day_begins_at_the_local_boundary() -> None:
    late, after = answer(1, "P8.1", True, at=MIDNIGHT - 1), answer(2, "P7.1", True, at=MIDNIGHT + 1)
    assert folded(late, after).today.responses == 1
    assert folded(late, after, day_offset=3600.0).today.responses == 2


def test_a_run_of_wrong_answers_on_one_skill_and_since_when() -> None:
    wrong = [answer(n, "P8.1", False, at=MONDAY + 60 * n) for n in range(3)]
    behaviour = folded(*wrong).behaviour
    assert (behaviour.skill, behaviour.wrong_run, behaviour.stuck_since) == ("S8", 3, MONDAY)
    mended = folded(*wrong, answer(9, "P8.1", True, at=MONDAY + 600)).behaviour
    assert (mended.wrong_run, mended.stuck_since) == (0, 0.0)


def test_a_run_of_wrong_answers_goes_on_when_other_skills_come_between() -> None:
    mixed = [(8, False), (3, True), (8, False), (2, True), (8, False)]
    behaviour = folded(*[answer(n, f"P{skill}.1", right) for n, (skill, right) in enumerate(mixed)]).behaviour
    assert (behaviour.skill, behaviour.wrong_run) == ("S8", 3)


def test_views_show_what_a_board_needs() -> None:
    responses = [answer(n, "P8.1", True, at=MONDAY + n) for n in range(20)]
    stuck = [answer(50 + n, "P9.0", False, at=MONDAY + n) for n in range(3)]
    views = {v.skill: v for v in skill_views(folded(*responses, *stuck), curriculum(), MONDAY + 60)}
    assert (views["S8"].status, views["S9"].status) == ("mastered", "stuck")
    assert views["S8"].recent == (True,) * 8
    assert views["S9"].recent == (False,) * 3
    assert views["S8"].p_next > 0.75 > views["S9"].p_next
    assert views["S8"].due_at > MONDAY
    assert (views["S9"].n, views["S9"].right, views["S9"].wrong_run) == (3, 0, 3)


def test_folding_leaves_the_old_profile_alone() -> None:
    before = folded(answer(1, "P8.1", True))
    data = encode(before)
    folded(answer(2, "P8.1", False), answer(3, "P2.1", True), profile=before)
    assert encode(before) == data
    with pytest.raises(ValueError, match="read-only"):
        before.state.skills["mean"][0] = 9.0


def test_position_is_part_of_the_bytes() -> None:
    moved = replace(ADA, current=replace(ADA.current, activity="P8.1", step=1))
    assert decode(encode(moved)).current == moved.current
