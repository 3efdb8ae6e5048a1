"""Reading what people state of a learner: facts, answers about themselves, notes. Callers have checked access."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from headway.core.profile.person import Fact, SelfReport, latest_reports, standing
from headway.school.people.models import Person
from headway.school.profile.models import ProfileFact, ProfileNote
from headway.school.profile.models import SelfReport as ReportRow

MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Note:
    """Words about a learner; ``reply`` is what an adult answered to a contest, None for none yet."""

    number: int
    kind: str
    about: str
    words: str
    by: str
    role: str
    at: float
    reply: Note | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """All that people state of a learner: the facts that hold, the newest answer to each question with the one before, notes
    with their replies (newest first)."""

    facts: tuple[Fact, ...]
    reports: dict[str, tuple[SelfReport, SelfReport | None]]
    notes: tuple[Note, ...]


def whole_of(learner: Person) -> Whole:
    """Return what is stated of a learner, in three queries. The roster's interests are facts too,
    until they are said to be gone."""
    facts = ProfileFact.objects.filter(learner=learner).select_related("by")
    reports = ReportRow.objects.filter(learner=learner).values_list("question", "answer", "at")
    roster = [Fact(0, "interest", value, "", "school", 0.0) for value in learner.interests]
    return Whole(
        facts=standing(
            [
                *roster,
                *(
                    Fact(row.id, row.kind, row.value, row.by.name, row.role, row.at, row.career, row.gone)
                    for row in facts
                ),
            ]
        ),
        reports=latest_reports(SelfReport(*row) for row in reports),
        notes=_notes(learner.id),
    )


def _notes(learner: UUID) -> tuple[Note, ...]:
    rows = list(ProfileNote.objects.filter(learner_id=learner).select_related("by").order_by("-id")[:MOST_NOTES])
    replies: dict[int, Note] = {}
    for row in rows:
        if row.answers_id is not None:
            replies.setdefault(row.answers_id, _note(row, None))
    return tuple(_note(row, replies.get(row.id)) for row in rows if row.kind != "answer")


def _note(row: ProfileNote, reply: Note | None) -> Note:
    return Note(row.id, row.kind, row.about, row.words, row.by.name, row.role, row.at, reply)
