"""Work away from the screen: written down by an adult who saw it, or by the learner for an adult to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet

from headway.core.mastery.away import Away, fault
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.models import AwayWork
from headway.school.people.clock import day_of
from headway.school.people.models import Person

LONGEST = 300
MOST_WAITING = 20
"""Lines of one learner that wait at a time."""


class NotKept(ValueError):
    """What was entered cannot be kept; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def record_away(
    *,
    learners: Sequence[Person],
    skill: str,
    form: str,
    minutes: int,
    result: str,
    day: int,
    by: Person,
    role: str,
    key: UUID,
    now: float,
    words: str = "",
) -> int:
    """Write down what these learners did on a skill. ``role`` is ``teacher`` (it counts) or ``learner`` (their own
    line, which waits); ``key`` is made by the page: the same key is kept once. Returns how many lines are new. Raises NotKept."""
    if not learners:
        raise NotKept(T("Choose at least one learner."))
    district = learners[0].district_id
    if skill not in curriculum_of(district).skill_number:
        raise NotKept(T("Choose a skill from the list."))
    wrong = fault(form, minutes, result, day, day_of(district, now))
    if wrong is not None:
        raise NotKept(wrong)
    if role == "learner" and len(away_waiting([by.id])) >= MOST_WAITING:
        raise NotKept(T("Many lines wait for your teacher already. Let them be looked at first."))
    rows = [
        AwayWork(
            id=uuid5(key, str(learner.id)),
            district_id=district,
            learner=learner,
            skill=skill,
            form=form,
            minutes=minutes,
            result=result,
            words=words.strip()[:LONGEST],
            role=role,
            day=day,
            by=by,
            at=now,
        )
        for learner in learners
    ]
    there = set(AwayWork.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
    return len(AwayWork.objects.bulk_create([row for row in rows if row.id not in there], ignore_conflicts=True))


@transaction.atomic
def decide_away(*, learner: Person, line: UUID, says: str, by: Person, now: float) -> None:
    """Confirm or refuse a learner's own line (``confirmed``, ``refused``), or take an adult's line back (``back``).
    Raises NotKept."""
    Person.objects.select_for_update(of=("self",)).get(id=learner.id)  # two adults at once decide once
    row = AwayWork.objects.filter(id=line, learner=learner, kind="done").first()
    if row is None or by.id == learner.id or says not in ("confirmed", "refused", "back"):
        raise NotKept(T("There is no such line to decide about."))
    if (says == "back") != (row.role == "teacher"):
        raise NotKept(T("There is no such line to decide about."))
    if AwayWork.objects.filter(of=row).exists():
        raise NotKept(T("This line has been decided about already."))
    AwayWork.objects.create(
        district_id=row.district_id, learner=learner, kind=says, of=row, role="teacher", by=by, at=now
    )


def away_of(learner: UUID, *, most: int = 200) -> list[Away]:
    """Return a learner's work away from the screen, the newest first, without what was taken back. One query. The caller has
    checked access."""
    return [value for _key, value in _lines(AwayWork.objects.filter(learner_id=learner), most)]


def away_waiting(learners: Iterable[UUID]) -> list[tuple[UUID, Away]]:
    """Return learners' own lines that wait for an adult, the newest first, each with whose it is. One query."""
    rows = AwayWork.objects.filter(learner_id__in=list(learners))
    return [(key, value) for key, value in _lines(rows, 2_000) if value.state == "waiting"]


def away_seen_by(by: UUID, learners: Iterable[UUID], *, since: float) -> list[tuple[UUID, Away]]:
    """Return what an adult wrote down of these learners since a moment, the newest first, each with whose it is. One query."""
    mine = Q(by_id=by, role="teacher") | Q(kind="back")
    rows = AwayWork.objects.filter(mine, learner_id__in=list(learners), at__gte=since)
    return [(key, value) for key, value in _lines(rows, 2_000) if value.state == "counts"]


def _lines(rows: QuerySet[AwayWork], most: int) -> list[tuple[UUID, Away]]:
    kept = list(rows.select_related("by").order_by("-at", "id")[:most])
    said = {row.of_id: row for row in kept if row.of_id is not None}
    out = []
    for row in kept:
        end = said.get(row.id)
        if row.kind != "done" or (end is not None and end.kind == "back"):
            continue
        state = "counts" if row.role == "teacher" else "waiting"
        seen = row.by.name if row.role == "teacher" else ""
        if end is not None:
            state, seen = ("counts", end.by.name) if end.kind == "confirmed" else ("refused", end.by.name)
        value = Away(
            str(row.id),
            row.skill,
            row.form,
            row.minutes,
            row.result,
            row.words,
            row.day,
            row.by.name,
            row.at,
            state,
            seen,
        )
        out.append((row.learner_id, value))
    return out


def minutes_since(lines: Iterable[Away], day: int) -> int:
    """Minutes that count, of a local day and after it."""
    return sum(line.minutes for line in lines if line.state == "counts" and line.day >= day)
