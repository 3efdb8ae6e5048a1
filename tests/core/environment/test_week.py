"""A week added up: every minute of every learner is somewhere, and blocks outside of the timetable are named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.instruction.model import Block
from headway.core.environment.moving import Together
from headway.core.environment.week import DayOf, Load, Minutes, Period, Use, add_up, misfits
from headway.standards.instruction import shipped_models

MODEL = shipped_models()["station-rotation"]
MODEL = replace(MODEL, crews=(replace(MODEL.crews[0], names=("Ms. Okafor", "Mr. Bell")),))


def group(block: int, modality: str, learners: str, adult: str = "", space: str = "") -> Together:
    return Together(block, modality, "", adult, space, tuple(learners))


def test_minutes_loads_and_rooms_of_one_day() -> None:
    day = DayOf(
        1, MODEL,
        (group(0, "teacher", "abc", "Ms. Okafor", "Classroom"), group(0, "device", "d"),
         group(1, "partners", "ab", "", "Classroom"),
         group(1, "", "cd"), group(2, "device", "abcd")),
        frozenset("c"),
    )  # fmt: skip
    found = add_up([day])
    assert found.learners["a"] == Minutes(adult=20, peers=20, screen=20, days=1)
    assert found.learners["c"] == Minutes(missed=1)
    assert found.learners["d"] == Minutes(screen=40, rest=20, days=1)
    assert found.adults == {"Mr. Bell": Load(0, 0, 0, 60), "Ms. Okafor": Load(20, 1, 3, 40)}
    assert found.rooms == {"Classroom": Use(40, 360)}


@given(
    st.lists(
        st.lists(st.sampled_from(["teacher", "partners", "device", ""]), min_size=3, max_size=3), min_size=1, max_size=8
    )
)
def test_no_minute_is_lost(days: list[list[str]]) -> None:
    rows = [
        DayOf(n, MODEL, tuple(group(at, way, "a", "Ms. Okafor" * (way == "teacher")) for at, way in enumerate(day)))
        for n, day in enumerate(days)
    ]
    found = add_up(rows).learners["a"]
    assert found.adult + found.peers + found.screen + found.rest == 60 * len(days)
    assert found.days == len(days)


def test_blocks_for_everybody_count_once() -> None:
    model = replace(MODEL, blocks=(*MODEL.blocks, Block("9", "Project", 700, 30, "partners")))
    found = add_up([DayOf(1, model, (group(0, "device", "a"), group(1, "device", "a")))])
    assert found.learners["a"] == Minutes(screen=40, rest=30, days=1)


def test_what_does_not_fit_the_timetable_is_named() -> None:
    assert misfits(MODEL, [Period(0, 540, 70, "12")]) == ()
    short = misfits(MODEL, [Period(1, 540, 45, "12"), Period(1, 580, 45, "12")])
    assert [str(each) for each in short] == [
        "Tuesday: two periods of this class overlap, at 09:00 and 09:40.",
    ]
    late = misfits(MODEL, [Period(4, 550, 60, "")])
    assert [str(each) for each in late] == [
        "Friday: “First round” (09:00–09:20) lies outside of the periods of this class."
    ]
    assert misfits(MODEL, []) == ()
