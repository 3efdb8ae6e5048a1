"""Eight weeks of Maple, made by simulated learners who go through the real loop.

Each period is played in rounds: everybody who is there does one thing, at their own time, and the loop writes the
round in one transaction, as it writes what waits in a live school. The same seed and the same day give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from headway.cli.calendar import begins
from headway.cli.lessons import leave_open, lesson_days, lessons_beside, turn_to
from headway.cli.maple import DISTRICT, TIME_ZONE, Maple
from headway.cli.pupils import Pupil, pupils_of
from headway.cli.screening_day import screen
from headway.core.curriculum.catalogue import Curriculum
from headway.school.curriculum.queries import curriculum_of
from headway.school.loop import Refused, Submission, prepare, record
from headway.school.loop.wire import Connection, connect
from headway.school.path.subjects import taught

BLOCK = 8.0 * 60.0
"""Seconds of a lesson that are practice alone; the rest is teaching and groups."""


@dataclass(slots=True)
class Seat:
    """A pupil in one lesson: the time on their clock, and when they stop."""

    pupil: Pupil
    clock: float
    until: float


def play_days(
    url: str, maple: Maple, sections: Sequence[str], dates: Sequence[date], seed: int, district: UUID = DISTRICT
) -> Iterator[int]:
    """Play the school days of some sections, oldest first; yields the number of responses of each day.

    ``url`` is the application's connection. What one learner does depends on nobody else, so sections may be played in
    several processes. Raises whatever the loop refuses, which would be a fault of ours.
    """
    curriculum = curriculum_of(district)
    pupils = [
        p for p in pupils_of(maple, curriculum, seed, district) if p.section in sections and p.temperament != "new"
    ]
    periods = {section.sourced_id: section.period for section in maple.roster.sections}
    beside = lessons_beside(maple, sections) if len(taught(curriculum)) > 1 else []
    special = lesson_days(dates)
    with connect(url) as connection:
        for day in dates:
            total = 0
            for period in sorted({periods[section] for section in sections}):
                class_ = [pupil for pupil in pupils if periods[pupil.section] == period]
                total += sum(play_lesson(connection, curriculum, class_, begins(day, period, TIME_ZONE)))
            for section, people in beside if day in special else ():
                class_ = [pupil for pupil in pupils if pupil.mind.id in people]
                total += sum(
                    play_lesson(connection, curriculum, class_, turn_to(section, class_, maple, day, district))
                )
                leave_open(class_)
            if day == dates[-1]:
                screen(pupils, curriculum, begins(day, "6", TIME_ZONE) + 3600.0, district)
            yield total


def play_lesson(connection: Connection, curriculum: Curriculum, pupils: list[Pupil], start: float) -> Iterator[int]:
    """Play one lesson of those who are there; yields the number of responses of each round."""
    seats = [seat for pupil in pupils if (seat := _come(pupil, start)) is not None]
    while seats:
        sent = [(seat, _work(seat, curriculum)) for seat in seats]
        yield play_round(connection, sent)
        seats = [seat for seat in seats if _go_on(seat)]


def play_round(connection: Connection, sent: list[tuple[Seat, Submission]]) -> int:
    """Send what everybody did at their own time, in one transaction; return how many responses counted."""
    counted = 0
    waiting = []
    for seat, submission in sent:
        prepared = prepare(submission)
        if prepared.receipt is not None:
            counted += seat.pupil.see(prepared.receipt)
        else:
            waiting.append((seat, prepared))
    if not waiting:
        return counted
    results = record(connection, [prepared for _, prepared in waiting], [seat.clock for seat, _ in waiting])
    for (seat, _), result in zip(waiting, results, strict=True):
        if isinstance(result, Refused):
            raise result
        counted += seat.pupil.see(result)
    return counted


def _come(pupil: Pupil, start: float) -> Seat | None:
    """Whether and when the learner begins today: a few are away, most begin within a minute and a half."""
    rng = pupil.rng
    if rng.random() > pupil.mind.attendance:
        return None
    clock = start + float(rng.uniform(5.0, 90.0))
    return Seat(pupil, clock, start + BLOCK * float(rng.uniform(0.85, 1.15)))


def _work(seat: Seat, curriculum: Curriculum) -> Submission:
    """Let the learner do one thing; what is sent is sent when it is done."""
    submission = seat.pupil.act(curriculum, seat.clock)
    seat.clock += submission.seconds
    return replace(submission, at=seat.clock)


def _go_on(seat: Seat) -> bool:
    """Let time pass to read what the answer did and what is next. False when practice is over for today."""
    seat.clock += float(seat.pupil.rng.lognormal(2.8, 0.5))
    return seat.clock < seat.until
