"""A master timetable comes in, or the line of its first fault is named."""

from __future__ import annotations

from io import BytesIO

import pytest

from headway.standards.errors import ImportProblem
from headway.standards.timetable import Meeting, read_timetable


def test_both_ways_of_writing_come_in() -> None:
    table = b"Class,Weekday,Begin,End,Minutes,Room\nMath 6,Mon,09:05,09:50,,12\nMath 6,7,9:05,,45,\n"
    assert read_timetable(BytesIO(table), "t.csv") == [
        Meeting("Math 6", 0, 545, 45, "12"),
        Meeting("Math 6", 6, 545, 45, ""),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("M,Mon,25:00,26:00", "line 2: “25:00” is no time"),
        ("M,T,09:00,10:00", "“T” is no weekday"),
        ("M,Mon,10:00,09:00", "A meeting of -60 minutes"),
        (",Mon,09:00,10:00", "The class is empty"),
        ("M,Mon,,10:00", "“” is no time"),
    ],
)
def test_a_fault_is_named_with_its_line(line: str, says: str) -> None:
    with pytest.raises(ImportProblem) as found:
        read_timetable(BytesIO(f"class,weekday,begin,end\n{line}\n".encode()), "t.csv")
    assert says in str(found.value)


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(ImportProblem, match="no column weekday"):
        read_timetable(BytesIO(b"class,begin,end\nM,09:00,10:00\n"), "t.csv")
    with pytest.raises(ImportProblem, match="end or minutes"):
        read_timetable(BytesIO(b"class,weekday,begin\nM,Mon,09:00\n"), "t.csv")
    with pytest.raises(ImportProblem, match="no number of minutes"):
        read_timetable(BytesIO("class,weekday,begin,minutes\nM,Mon,09:00,²\n".encode()), "t.csv")


def test_a_bell_schedule_names_periods() -> None:
    table = b"period,weekday,begin,end\n2,Mon,09:05,09:50\n"
    assert read_timetable(BytesIO(table), "t.csv") == [Meeting("", 0, 545, 45, "", "2")]
