"""Plans, the days they ask for, and what of them really happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.intervention.dosage import Meeting, dosage, enough, not_enough_said, slip_of
from headway.core.intervention.plans import (
    BadPlan,
    Dose,
    Exit,
    GoalLine,
    check_dose,
    check_goal,
    planned_days,
    probe_due,
    reached_exit,
    row_at_goal,
    weekday,
)

MONDAY = 20_000 + (7 - (20_000 + 3) % 7) % 7
DOSE = Dose(30, (0, 2, 3))


def test_sessions_are_planned_on_their_weekdays_and_not_on_closed_days() -> None:
    assert weekday(MONDAY) == 0
    assert planned_days(DOSE.weekdays, MONDAY, MONDAY + 8, closed=[MONDAY + 2]) == (MONDAY, MONDAY + 3, MONDAY + 7)
    assert DOSE.weekly_minutes == 90


def test_what_nobody_logged_was_not_held_and_a_later_line_corrects() -> None:
    days = planned_days(DOSE.weekdays, MONDAY, MONDAY + 13)
    log = [
        Meeting(days[0], True, 30, frozenset({"ana", "ben"})),
        Meeting(days[1], False),
        Meeting(days[1], True, 20, frozenset({"ben"})),
        Meeting(days[2], False),
    ]
    ana = dosage("ana", days, log, DOSE)
    assert (ana.planned, ana.held, ana.attended, ana.unlogged, ana.minutes, ana.planned_minutes) == (
        6,
        2,
        1,
        3,
        30,
        180,
    )
    assert dosage("ben", days, log, DOSE).minutes == 50
    assert not enough(ana)
    assert str(not_enough_said(ana)).startswith("2 of 6 planned sessions are on record as held")


def test_who_stayed_away_was_not_given_the_plan() -> None:
    days = planned_days(DOSE.weekdays, MONDAY, MONDAY + 6)
    log = [Meeting(day, True, 30, frozenset({"ben"})) for day in days]
    assert enough(dosage("ben", days, log, DOSE))
    assert "came to 0 of 3 sessions" in str(not_enough_said(dosage("ana", days, log, DOSE)))


@given(st.lists(st.tuples(st.integers(0, 27), st.booleans(), st.booleans()), max_size=40))
def test_counts_stay_within_each_other(log: list[tuple[int, bool, bool]]) -> None:
    meetings = [Meeting(MONDAY + n, held, 30, frozenset({"ana"} if came else ())) for n, held, came in log]
    found = dosage("ana", planned_days(DOSE.weekdays, MONDAY, MONDAY + 27), meetings, DOSE)
    assert 0 <= found.attended <= found.held <= found.planned
    assert found.minutes == 30 * found.attended
    assert 0.0 <= found.share_attended <= 1.0 and 0.0 <= found.share_held <= 1.0


def test_the_goal_line_rises_to_the_goal_and_stays() -> None:
    line = check_goal(GoalLine(100, 8.0, 170, 18.0))
    assert (line.at(100), line.at(135), line.at(170), line.at(400)) == (8.0, 13.0, 18.0, 18.0)
    assert line.weekly == pytest.approx(1.0)


@pytest.mark.parametrize(
    "line", [GoalLine(100, 8.0, 107, 18.0), GoalLine(100, 8.0, 170, 8.0), GoalLine(100, -1.0, 170, 8.0)]
)
def test_a_goal_that_cannot_be_meant_is_refused(line: GoalLine) -> None:
    with pytest.raises(BadPlan):
        check_goal(line)


@pytest.mark.parametrize("dose", [Dose(4, (0,)), Dose(30, ()), Dose(30, (7,))])
def test_a_dose_that_cannot_be_meant_is_refused(dose: Dose) -> None:
    with pytest.raises(BadPlan):
        check_dose(dose)


def test_the_exit_wants_its_probes_in_a_row() -> None:
    assert reached_exit([9, 12, 11, 13], 11, Exit(3))
    assert not reached_exit([12, 12, 10, 13], 11, Exit(3))
    assert row_at_goal([12, 10, 13, 13], 11) == 2
    assert (probe_due(None, 100, 7), probe_due(103, 100, 7)) == (100, 110)


def test_what_slipped_is_said_kindly_with_the_smallest_step_first() -> None:
    assert slip_of(unlogged=1, missed=3, away=["Ana"], probes_due=2).code == "unlogged"
    assert slip_of(unlogged=0, missed=3, away=["Ana"], probes_due=2).code == "missed"
    assert (
        str(slip_of(unlogged=0, missed=1, away=["Ana"], probes_due=2).said) == "Ana has missed the last three sessions."
    )
    assert slip_of(unlogged=0, missed=0, away=[], probes_due=2).code == "probe"
    assert slip_of(unlogged=0, missed=0, away=[], probes_due=0).code == "none"
