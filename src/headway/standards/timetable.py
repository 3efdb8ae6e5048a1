"""The master timetable as a table: when each class meets, and where.

Columns (one line a meeting): ``class`` (its title or the roster's identifier) or ``period`` (as OneRoster names those of a class:
the line holds for every class that meets then, a bell schedule), ``weekday`` (Monday to Sunday, or 1 to 7), ``begin`` (09:05),
``end`` or ``minutes``, ``room`` (may be empty). OneRoster has periods by name and no times, so times come as this table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from headway.standards.errors import ImportProblem
from headway.standards.tables import read_frame

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
MOST = 20_000
LONGEST = 8 * 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """A line: ``section`` as it is written there ("" for a line of a ``period``), ``weekday`` 0 (Monday) to 6, ``begin`` in
    minutes after midnight."""

    section: str
    weekday: int
    begin: int
    minutes: int
    room: str
    period: str = ""


def read_timetable(source: BinaryIO, name: str) -> list[Meeting]:
    """Read a timetable. Raises ImportProblem with the line of the first fault."""
    frame = read_frame(source, name, as_text=True)
    columns = {column.strip().casefold(): column for column in frame.columns}
    missing = [each for each in ("class", "weekday", "begin") if each not in columns]
    if "period" in columns and "class" in missing:
        missing.remove("class")
    if missing or not {"end", "minutes"} & set(columns):
        wanted = ", ".join(missing) if missing else "end or minutes"
        raise ImportProblem(
            f"It has no column {wanted}.", name, "Give class, weekday, begin, end (or minutes) and room."
        )
    if frame.height > MOST:
        raise ImportProblem(f"It has {frame.height} lines.", name, f"Give at most {MOST}.")
    rows = frame.rename({own: key for key, own in columns.items()}).rows(named=True)
    return [
        _meeting({key: str(value or "").strip() for key, value in row.items()}, f"{name}, line {n}")
        for n, row in enumerate(rows, 2)
    ]


def _meeting(row: dict[str, str], where: str) -> Meeting:
    if not row.get("class") and not row.get("period"):
        raise ImportProblem("The class is empty.", where, "Write its title or identifier, or a period.")
    begin = _minute(row["begin"], where)
    length = row.get("minutes", "")
    if length and not (length.isascii() and length.isdecimal()):
        raise ImportProblem(f"“{length[:20]}” is no number of minutes.", where, "Write a whole number, as 45.")
    minutes = int(length[:6]) if length else _minute(row.get("end", ""), where) - begin
    if not 1 <= minutes <= LONGEST or begin + minutes > 24 * 60:
        raise ImportProblem(
            f"A meeting of {minutes} minutes.", where, f"It lasts 1 to {LONGEST} minutes and ends the same day."
        )
    named, period = row.get("class", ""), row.get("period", "")
    weekday, room = _weekday(row["weekday"], where), row.get("room", "")[:80]
    return Meeting(named, weekday, begin, minutes, room, "" if named else period)


def _minute(text: str, where: str) -> int:
    found = TIME.fullmatch(text)
    if found is None:
        raise ImportProblem(f"“{text[:20]}” is no time.", where, "Write it as 09:05.")
    return int(found[1]) * 60 + int(found[2])


def _weekday(text: str, where: str) -> int:
    if text in tuple("1234567"):
        return int(text) - 1
    low = text.casefold()
    found = [n for n, day in enumerate(DAYS) if len(low) >= 2 and day.startswith(low)]
    if len(found) != 1:
        raise ImportProblem(f"“{text[:20]}” is no weekday.", where, "Write Monday to Sunday, or 1 (Monday) to 7.")
    return found[0]
