"""Work away from the screen: on paper, in a lab, with a book. Who saw it, how long it took, how it went.

It counts as time: minutes stand beside the minutes of practice, by day. It is written on the ledger as seen by a named adult.
It moves no estimate of ability: what was done has no known difficulty and "right" has no known share of help, so an
evidence weight would be made up. A learner's own line counts once an adult has confirmed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.text import T, Text

FORMS: dict[str, Text] = {
    "paper": T("On paper"),
    "lab": T("In a lab or workshop"),
    "reading": T("Reading"),
    "talk": T("Talking it through"),
    "making": T("Making something"),
    "outside": T("Out of school"),
}
"""What kind of work it was."""
RESULTS: dict[str, Text] = {
    "right": T("Right"),
    "partly": T("Partly"),
    "not-yet": T("Not yet"),
    "": T("Nothing to mark"),
}
"""How it went."""
MOST_MINUTES, OLDEST_DAYS = 240, 60
"""Minutes of one line, and how many days back it may lie."""


@dataclass(frozen=True, slots=True)
class Away:
    """A line of work away from the screen. ``state``: it ``counts``, is ``waiting`` for an adult, or was ``refused``;
    ``by`` wrote it down, ``seen_by`` is the adult who saw or confirmed it, "" for nobody. ``day`` is a local day,
    ``at`` is in seconds since 1970."""

    id: str
    skill: str
    form: str
    minutes: int
    result: str
    words: str
    day: int
    by: str
    at: float
    state: str
    seen_by: str = ""


def fault(form: str, minutes: int, result: str, day: int, today: int) -> Text | None:
    """What keeps a line from being written down, None if nothing does."""
    if form not in FORMS or result not in RESULTS:
        return T("Choose what kind of work it was and how it went.")
    if not 1 <= minutes <= MOST_MINUTES:
        return T("Give the minutes, from 1 to {n}.", n=MOST_MINUTES)
    if not today - OLDEST_DAYS <= day <= today:
        return T("Choose a day of the last {n} days.", n=OLDEST_DAYS)
    return None


def sentence(away: Away, skill: Text) -> Text:
    """The line of the ledger."""
    said = {
        "right": T("“{skill}”, away from the screen: right. {minutes} minutes, seen by {by}.", skill=skill,
                   minutes=away.minutes, by=away.seen_by),
        "partly": T("“{skill}”, away from the screen: partly right. {minutes} minutes, seen by {by}.", skill=skill,
                    minutes=away.minutes, by=away.seen_by),
        "not-yet": T("“{skill}”, away from the screen: not yet. {minutes} minutes, seen by {by}.", skill=skill,
                     minutes=away.minutes, by=away.seen_by),
        "": T("“{skill}”, away from the screen: {minutes} minutes, seen by {by}.", skill=skill,
              minutes=away.minutes, by=away.seen_by),
    }  # fmt: skip
    return said[away.result]
