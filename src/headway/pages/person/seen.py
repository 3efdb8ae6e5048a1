"""On the profile: what adults saw, what projects showed, and the time away from the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.curriculum.catalogue import Curriculum
from headway.core.profile.person import QUESTIONS
from headway.pages.dates import day
from headway.pages.milestones import said_once, shown_scores
from headway.pages.person.door import Seen
from headway.pages.person.shown import about_
from headway.pages.render import said
from headway.school.environment.record import Record
from headway.school.mastery.away import away_of, minutes_since
from headway.school.measurement.projects.ledger import scored_of
from headway.school.people.clock import day_of, time_zone_of
from headway.school.profile.observing import chips_of, observations_of
from headway.school.profile.person import Note

SAW = "observation:"
"""How words about an observation name it."""


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


def seen_and_shown(seen: Seen, notes: Sequence[Note], now: float, curriculum: Curriculum | None) -> dict[str, Any]:
    """The part of the page that people saw: observations where the district lets this reader read them, and scores of
    projects."""
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
    }


def _belongs(about: str, curriculum: Curriculum | None) -> str:
    if about in QUESTIONS:
        return said(QUESTIONS[about])
    number = curriculum.skill_number.get(about) if curriculum and about else None
    return _(curriculum.skills[number].title) if curriculum and number is not None else ""


def away_lines(learner: UUID, record: Record) -> list[str]:
    """Time away from the screen in the last seven days, in a sentence; nothing where there was none."""
    today = day_of(record.learner.district_id, record.at)
    minutes = minutes_since(away_of(learner), today - 6)
    if not minutes:
        return []
    words = ngettext(
        "{n} minute away from the screen in the last seven days.",
        "{n} minutes away from the screen in the last seven days.",
        minutes,
    )
    return [words.format(n=minutes)]
