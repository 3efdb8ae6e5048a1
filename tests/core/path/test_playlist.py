"""Playlists are done in their order, once; the day's screen time ends practice kindly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.loop import Turn, step
from headway.core.path.plan import EffectivePlan, PlanRow, Source, resolve
from headway.core.path.playlist import entry, left_of, parsed
from headway.core.path.screen import minutes_today, spent
from headway.core.profile.profile import Today
from tests.core.path.test_frontier import ADA, master, walk
from tests.core.small import DAY, MONDAY, answer, curriculum, start


def playlist(*entries: str, source: Source = "pin") -> EffectivePlan:
    return resolve([PlanRow("list", source, "playlist", ",".join(entries))], MONDAY)


def test_entries_come_in_order_and_then_the_path_is_free() -> None:
    plan = playlist(entry("S8", 3), "P3.1", entry("S5", 2))
    _, decisions = walk("11111111", plan=plan)
    first = [(d.skill, d.reason_code) for d in decisions[:6]]
    assert first == [*[("S8", "playlist")] * 3, ("S3", "playlist"), *[("S5", "playlist")] * 2]
    assert decisions[3].activity == "P3.1"
    assert "playlist" not in {d.reason_code for d in decisions[6:]}
    assert str(decisions[0].reason) == "Your teacher made a list for you. “Skill 8” is next on it."


def test_what_is_mastered_blocked_or_unknown_is_passed_over() -> None:
    plan = playlist(entry("S8", 99), "gone", entry("S77", 4), entry("S5", 1))
    _, decisions = walk("1", master(8), plan)
    assert decisions[0].skill == "S5"
    rows = [PlanRow("l", "pin", "playlist", "P3.1"), PlanRow("b", "tier", "block-skill", "S3")]
    _, decisions = walk("1", plan=resolve(rows, MONDAY))
    assert decisions[0].skill != "S3" and "waits" in decisions[0].overrides[0]


def test_a_pin_comes_before_a_list() -> None:
    rows = [PlanRow("l", "pin", "playlist", entry("S5", 9)), PlanRow("p", "pin", "pin-skill", "S20")]
    _, decisions = walk("1", plan=resolve(rows, MONDAY))
    assert {d.skill for d in decisions} == {"S20"}


@given(st.text(st.characters(exclude_characters=","), min_size=1, max_size=20), st.integers(1, 999))
def test_entries_read_back(skill: str, until: int) -> None:
    assert parsed(entry(skill, until)) == (skill, until)


def test_a_list_is_left_from_its_front() -> None:
    entries = ["P3.1", "P4.1", entry("S5", 1)]
    assert left_of(entries, ADA, curriculum()) == entries
    profile, _ = walk("1", plan=playlist("P4.1"))
    assert left_of(entries, profile, curriculum()) == entries[2:], "what stands before a done activity came earlier"


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ([], 0),
        ([("policy", "60"), ("pin", "20")], 20),
        ([("policy", "15"), ("pin", "40")], 15),
        ([("accommodation", "45"), ("pin", "20")], 45),
    ],
)
def test_the_smallest_limit_holds_but_for_an_accommodation(rows: list[tuple[Source, str]], minutes: int) -> None:
    made = [PlanRow(f"r{n}", source, "screen-minutes", value) for n, (source, value) in enumerate(rows)]
    plan = resolve(made, MONDAY)
    assert plan.screen_minutes == minutes
    assert len(plan.overrides) == max(len(rows) - 1, 0)


def test_a_limit_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="screen-minutes is a number from 1 to 1440"):
        resolve([PlanRow("r", "pin", "screen-minutes", "none")], MONDAY)


def test_when_the_time_is_spent_nothing_comes_until_tomorrow() -> None:
    plan = resolve([PlanRow("r", "pin", "screen-minutes", "10")], MONDAY)
    (opened,) = step([Turn(ADA, plan, start(1), MONDAY)], curriculum())
    assert opened.decision is not None and not spent(plan, opened.profile, MONDAY)
    profile = replace(opened.profile, today=Today(int(MONDAY // DAY), seconds=595.0))
    event = answer(2, opened.activity, True, at=MONDAY + 60)
    (over,) = step([Turn(profile, plan, event, MONDAY + 60)], curriculum())
    assert (over.decision, over.activity, over.profile.current.activity) == (None, "", "")
    assert spent(plan, over.profile, MONDAY + 60) and minutes_today(plan, over.profile, MONDAY + 60) > 10
    (again,) = step([Turn(over.profile, plan, start(3, activity="P3.1"), MONDAY + 90)], curriculum())
    assert again.activity == ""
    (next_day,) = step([Turn(over.profile, plan, start(4), MONDAY + DAY)], curriculum())
    assert next_day.decision is not None
