"""iCalendar out: whatever is in an event, a reader by RFC 5545 gets it back, and no line is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.icalendar import FOLD, Event, write_calendar

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=120)


def read(body: bytes) -> list[dict[str, str]]:
    """Read events as a calendar program does: unfold, split at the first colon, take the escapes back."""
    assert body.endswith(b"\r\n")
    lines = body.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    events: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            out, rest = "", iter(value)
            for character in rest:
                out += {"n": "\n"}.get(following := next(rest), following) if character == "\\" else character
            events[-1][name] = out
    return events


def clean(text: str) -> str:
    return "".join(" " if (c < " " and c not in "\t\n") or c == "\x7f" else c for c in text)


@given(WORDS, WORDS, WORDS)
def test_an_event_survives(summary: str, place: str, about: str) -> None:
    body = write_calendar("Maple; a, b", [Event("1@headway", 0.0, 1_200.0, summary, place, about)], now=60.0)
    assert all(len(line) <= FOLD for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    (event,) = read(body)
    assert event["SUMMARY"] == clean(summary)
    assert event.get("LOCATION", "") == clean(place)
    assert event.get("DESCRIPTION", "") == clean(about)
    assert (event["DTSTART"], event["DTEND"], event["DTSTAMP"]) == (
        "19700101T000000Z",
        "19700101T002000Z",
        "19700101T000100Z",
    )


def test_the_whole_of_a_small_calendar() -> None:
    body = write_calendar(
        "Headway", [Event("a-1@headway", 1_790_000_000.0, 1_790_001_200.0, "Math 6: With the teacher", "Lab")], now=0.0
    )
    assert body.decode().split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Headway//Headway//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Headway", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "BEGIN:VEVENT", "UID:a-1@headway",
        "DTSTAMP:19700101T000000Z", "DTSTART:20260921T141320Z", "DTEND:20260921T143320Z", "SUMMARY:Math 6: With the teacher",
        "LOCATION:Lab", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_an_event_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="'x' ends before"):
        write_calendar("Headway", [Event("x", 2.0, 1.0, "")], now=0.0)
