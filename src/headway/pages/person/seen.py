"""On the profile: what adults saw, what projects showed, what other systems say, and the time away from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.outside import Outside, sentence
from headway.core.profile.person import QUESTIONS
from headway.core.text import Text
from headway.pages.dates import day
from headway.pages.milestones import said_once, shown_scores
from headway.pages.person.door import Seen
from headway.pages.person.ledger import outside_title
from headway.pages.person.shown import about_
from headway.pages.render import said
from headway.school.environment.record import Record
from headway.school.mastery.away import away_of, minutes_since
from headway.school.mastery.outside import outside_minutes
from headway.school.measurement.projects.ledger import scored_of
from headway.school.people.clock import day_of, time_zone_of
from headway.school.profile.observing import chips_of, observations_of
from headway.school.profile.person import Note

SAW, SAID = "observation:", "outside:"
"""How words about an observation, and about a result of another system, name it."""
OUTSIDE_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ShownSeen:
    """An observation in words, what it belongs to, and what was written about it."""

    about: str
    said: str
    words: str
    by: str
    day: str
    belongs: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ShownOutside:
    """A result of another system in words, and what was written about it; ``key`` names the line, ``refused`` says by whom it
    was refused and why."""

    key: str
    about: str
    said: Text
    day: str
    refused_by: str
    words: str
    notes: tuple[Note, ...]


def seen_and_shown(
    seen: Seen, notes: Sequence[Note], now: float, curriculum: Curriculum | None, others: Sequence[Outside]
) -> dict[str, Any]:
    """The part of the page that people saw: observations where the district lets this reader read them, and scores of
    projects; and what other systems say."""
    learner, rows, answered = seen.learner, observations_of(seen.learner.id), True
    zone = time_zone_of(learner.district_id)
    if rows and seen.role != "school":  # the district says who reads them
        chips = chips_of()
        rows, answered = (rows if chips.shared else []), chips.answered
    shown = [
        ShownSeen(
            about=f"{SAW}{row.id}",
            said=said_once(row.said),
            words=row.words,
            by=row.by,
            day=day(row.at, now, zone),
            belongs=_belongs(row.about, curriculum),
            notes=about_(f"{SAW}{row.id}", notes),
        )
        for row in rows
    ]
    newest_first = sorted(shown_scores(scored_of(learner.id), now, zone), key=lambda each: -each.number)
    return {
        "saw": shown,
        "saw_open": answered,
        "scores": newest_first,
        "outside": _outside(others, notes, now, zone, curriculum),
    }


def _outside(
    others: Sequence[Outside], notes: Sequence[Note], now: float, zone: str, curriculum: Curriculum | None
) -> list[ShownOutside]:
    return [
        ShownOutside(
            key=line.id,
            about=f"{SAID}{line.id}",
            said=sentence(line, outside_title(line, curriculum)),
            day=day(line.happened, now, zone),
            refused_by=line.refused_by,
            words=line.words,
            notes=about_(f"{SAID}{line.id}", notes),
        )
        for line in others[:OUTSIDE_SHOWN]
    ]


def _belongs(about: str, curriculum: Curriculum | None) -> str:
    if about in QUESTIONS:
        return said(QUESTIONS[about])
    number = curriculum.skill_number.get(about) if curriculum and about else None
    return _(curriculum.skills[number].title) if curriculum and number is not None else ""


def away_lines(learner: UUID, record: Record, others: Sequence[Outside]) -> list[str]:
    """Time away from the screen and in other programs in the last seven days, in sentences; nothing where there was none."""
    today, out = day_of(record.learner.district_id, record.at), []
    minutes = minutes_since(away_of(learner), today - 6)
    if minutes:
        words = ngettext(
            "{n} minute away from the screen in the last seven days.",
            "{n} minutes away from the screen in the last seven days.",
            minutes,
        )
        out.append(words.format(n=minutes))
    elsewhere = round(outside_minutes(others, record.at - 7 * 86400.0))
    if elsewhere:
        words = ngettext(
            "{n} minute in other programs in the last seven days.",
            "{n} minutes in other programs in the last seven days.",
            elsewhere,
        )
        out.append(words.format(n=elsewhere))
    return out
