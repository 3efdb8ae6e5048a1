"""iCalendar (RFC 5545): events out, as a calendar program subscribes to them.

Writing only, and only what a school day needs: single events in UTC with a summary, a place and a description. Lines end in CR LF
and are folded at 75 octets; a character is never cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//Headway//Headway//EN"
FOLD = 75
"""Octets of a line, the line break not counted (RFC 5545, 3.1)."""
ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


@dataclass(frozen=True, slots=True)
class Event:
    """Something from ``begin`` to ``end`` (seconds since 1970). ``uid`` is the same whenever the event is written again."""

    uid: str
    begin: float
    end: float
    summary: str
    location: str = ""
    description: str = ""


def write_calendar(name: str, events: Sequence[Event], *, now: float) -> bytes:
    """Return a calendar of these events. ``now`` stamps them. Raises ValueError for an event that ends before it begins."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events:
        lines += _event(event, now)
    return b"".join(folded([*lines, "END:VCALENDAR"]))


def _event(event: Event, now: float) -> Iterator[str]:
    if event.end < event.begin:
        raise ValueError(f"event {event.uid!r} ends before it begins")
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART:{_moment(event.begin)}"
    yield f"DTEND:{_moment(event.end)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.location:
        yield f"LOCATION:{escaped(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11). Other control characters may not stand in it and become spaces."""
    for plain, written in ESCAPES:
        text = text.replace(plain, written)
    return "".join(
        " " if (character < " " and character != "\t") or character == "\x7f" else character for character in text
    )


def folded(lines: Iterable[str]) -> Iterator[bytes]:
    """Each line with its break; a long one goes on in lines that begin with a space."""
    for line in lines:
        part, limit = b"", FOLD
        for character in line:
            octets = character.encode("utf-8", "replace")
            if len(part) + len(octets) > limit:
                yield part + b"\r\n"
                part, limit = b" ", FOLD
            part += octets
        yield part + b"\r\n"


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
