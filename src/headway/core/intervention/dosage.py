"""What of a plan really happened: sessions planned and held, minutes, who was there; and how to say what slipped.

Nobody is called a non-responder before the support was given. :func:`enough` is asked first, by every decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headway.core.intervention.plans import Dose
from headway.core.text import NOTHING, T, Text

SHARE_HELD, SHARE_ATTENDED = 0.8, 0.8
"""Defaults that a district may change: below four fifths of the planned sessions, or of those held, a plan has not been
tried. A convention of practice, not a law."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as it was logged for its planned ``day``: whether it was held, its minutes, and who was there."""

    day: int
    held: bool
    minutes: int = 0
    present: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dosage:
    """Counts of one learner's sessions up to a day. ``planned`` ones are those whose day has passed or was logged;
    ``unlogged`` ones nobody has written anything of; ``minutes`` are those that the learner was there for."""

    planned: int
    held: int
    attended: int
    unlogged: int
    minutes: int
    planned_minutes: int

    @property
    def share_held(self) -> float:
        """Sessions held of those planned, 0 to 1; 0 where none was planned yet. What nobody logged was not held."""
        return self.held / self.planned if self.planned else 0.0

    @property
    def share_attended(self) -> float:
        """Sessions that the learner came to of those held, 0 to 1."""
        return self.attended / self.held if self.held else 0.0


def dosage(learner: str, planned: Sequence[int], meetings: Iterable[Meeting], dose: Dose) -> Dosage:
    """Count one learner's sessions. ``planned`` are the days up to today that had one; of two lines for a day the later one
    in ``meetings`` counts, and a session on a day that was not planned counts as planned."""
    log = {meeting.day: meeting for meeting in meetings}
    days = sorted({*planned, *(day for day, meeting in log.items() if meeting.held)})
    held = [log[day] for day in days if day in log and log[day].held]
    there = [meeting for meeting in held if learner in meeting.present]
    return Dosage(
        planned=len(days),
        held=len(held),
        attended=len(there),
        unlogged=sum(day not in log for day in days),
        minutes=sum(meeting.minutes for meeting in there),
        planned_minutes=len(days) * dose.minutes,
    )


def enough(dose: Dosage, *, held: float = SHARE_HELD, attended: float = SHARE_ATTENDED) -> bool:
    """Whether the plan was given often enough to judge what it did."""
    return dose.planned > 0 and dose.share_held >= held and dose.share_attended >= attended


def not_enough_said(dose: Dosage, *, held: float = SHARE_HELD, attended: float = SHARE_ATTENDED) -> Text:
    """Why the plan cannot be judged yet, with the counts; nothing where it can."""
    if enough(dose, held=held, attended=attended):
        return NOTHING
    if not dose.planned:
        return T("No session was planned yet.")
    if dose.share_held < held:
        return T(
            "{held} of {planned} planned sessions are on record as held; a judgement asks for {share} out of 100.",
            held=dose.held, planned=dose.planned, share=round(100 * held),
        )  # fmt: skip
    return T(
        "The learner came to {attended} of {held} sessions; a judgement asks for {share} out of 100.",
        attended=dose.attended, held=dose.held, share=round(100 * attended),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """What slipped in a group, kindly, and the smallest next step. ``code`` is ``unlogged``, ``missed``, ``away``,
    ``probe`` or ``none``; the first ones cost least to mend."""

    code: str
    said: Text
    step: Text


def slip_of(*, unlogged: int, missed: int, away: Sequence[str], probes_due: int) -> Slip:
    """Return the one thing to mend first. ``unlogged`` and ``missed`` count the sessions of the last two weeks that nobody
    wrote of, or that were not held; ``away`` names learners who missed three held sessions in a row."""
    if unlogged == 1:
        return Slip(
            "unlogged", T("One session has no line yet. That happens in a full week."),
            T("Two taps: say whether it was held."),
        )  # fmt: skip
    if unlogged:
        return Slip(
            "unlogged", T("{n} sessions have no line yet. That happens in a full week.", n=unlogged),
            T("Begin with the latest one. Two taps are enough."),
        )  # fmt: skip
    if missed >= 2:
        return Slip(
            "missed", T("{n} sessions could not be held in the last two weeks.", n=missed),
            T("Keep one day that always works, and ask the team to move the other."),
        )  # fmt: skip
    if away:
        return Slip(
            "away", T("{name} has missed the last three sessions.", name=away[0]),
            T("A word with {name} or the family today is the smallest step.", name=away[0]),
        )  # fmt: skip
    if probes_due == 1:
        return Slip("probe", T("One probe is due."), T("It takes a few minutes at the start of the next session."))
    if probes_due:
        return Slip(
            "probe", T("{n} probes are due.", n=probes_due), T("The group can take them together in a few minutes.")
        )
    return Slip("none", T("Everything is on record."), T("Go on like this."))
