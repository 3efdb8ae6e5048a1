"""Many classes at once: shared people count once, clashes are found by the clock, and no device stands idle beside paper."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.across import ClassDay, across
from headway.core.environment.elsewhere import Busy, Clash, clashes
from headway.core.environment.instruction.filling import fill_devices
from headway.core.environment.instruction.sessions import SPARE, Seat, Session
from headway.core.environment.instruction.today import Sitter
from headway.core.environment.moving import Together
from headway.core.environment.schedule.rules import Absent, Rule
from headway.core.environment.week import DayOf, Load, Period, Use
from headway.standards.instruction import shipped_models

MODEL = shipped_models()["station-rotation"]
MODEL = replace(MODEL, crews=(replace(MODEL.crews[0], names=("Ms. Okafor",)),))


def day(*groups: Together, shared: bool = False) -> DayOf:
    return DayOf(1, replace(MODEL, shared=shared), groups)


def test_an_adult_needed_twice_at_once_works_once_and_rooms_are_the_classes_own() -> None:
    group = Together(0, "teacher", "s", "Ms. Okafor", "Classroom", ("a", "b"))
    other = replace(group, skill="t", learners=("c",))
    adults, rooms = across([ClassDay("A", day(group)), ClassDay("B", day(other))])
    assert adults == {"Ms. Okafor": Load(20, 2, 3, 40)}
    assert rooms == {"Classroom (A)": Use(20, 360), "Classroom (B)": Use(20, 360)}


def test_a_group_of_two_classes_that_share_their_day_counts_once() -> None:
    group = Together(0, "teacher", "s", "Ms. Okafor", "Classroom", ("a", "b"))
    adults, rooms = across([ClassDay(title, day(group, shared=True)) for title in "AB"])
    assert adults == {"Ms. Okafor": Load(20, 1, 2, 40)}
    assert rooms == {"Classroom": Use(20, 360)}


def test_what_overlaps_is_a_clash_unless_it_only_touches_and_the_timetable_says_whose_block_it_is() -> None:
    first = MODEL.planned()[0]
    busy = [
        Busy("learner", "a", first.begin + 19, first.begin + 30, "B"),
        Busy("adult", "Ms. Okafor", first.begin - 30, first.begin, "B"),
    ]
    second = MODEL.planned()[1]
    assert second.begin < first.begin + 30
    assert clashes(MODEL, busy) == (Clash("learner", "a", 0, "B", False), Clash("learner", "a", 1, "B", False))
    own = [Period(0, first.begin, first.minutes, "")]
    assert [each.ours for each in clashes(MODEL, busy, own)] == [True, False]


@given(st.lists(st.sets(st.integers(0, 7)), min_size=3, max_size=3), st.integers(0, 8), st.sets(st.integers(0, 7)))
def test_no_device_stands_idle_beside_somebody_without_a_seat(
    spare: list[set[int]], devices: int, away: set[int]
) -> None:
    model = replace(MODEL, devices=devices)
    sessions = [
        Session(at, way, -1, "", "", tuple(Seat(n, -1, 0.0) for n in sorted(who)))
        for at, some in enumerate(spare)
        for way, who in (("device", set(range(8)) - some), (SPARE, some))
        if who and (way == SPARE or len(who) <= devices)
    ]
    rules: list[Rule] = [Absent(n) for n in sorted(away)]
    found = fill_devices(model, sessions, [Sitter(())] * 8, rules)
    assert sum(len(each.seats) for each in found) == sum(len(each.seats) for each in sessions)
    screens = {n: sum(n in {s.learner for s in e.seats} for e in found if e.modality == "device") for n in range(8)}
    before = {n: sum(n in {s.learner for s in e.seats} for e in sessions if e.modality == "device") for n in range(8)}
    for at in range(3):
        used = sum(len(each.seats) for each in found if each.block == at and each.modality == "device")
        left = {s.learner for each in found if each.block == at and each.modality == SPARE for s in each.seats}
        assert used <= devices
        for learner in left - away:
            assert used == devices or screens[learner] >= model.screen_blocks
    for learner in range(8):
        assert screens[learner] <= max(before[learner], model.screen_blocks)
        if learner in away:
            assert screens[learner] == before[learner]
