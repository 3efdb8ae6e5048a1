"""Results from other systems, beside the log: recorded once, taken back or refused by a later row, never changed.

Whoever records one has found out which learner is meant and which system speaks. What a check is brought for is decided in
``school.path.checks``, from these rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from headway.core.mastery.outside import MOST_MINUTES, Outside, fault
from headway.core.text import T
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.mastery.away import NotKept
from headway.school.mastery.models import OutsideResult
from headway.school.people.models import Person

LONGEST_SOURCE, LONGEST_ACTIVITY, LONGEST_TITLE, LONGEST_WORDS = 200, 2_000, 300, 300
BATCH = 2_000
"""Rows of one statement to the database: an activity of a whole district has thousands of results."""


@transaction.atomic
def record_outside(
    *,
    learner: Person,
    source: str,
    activity: str,
    title: str,
    skill: str,
    success: bool | None,
    scaled: float | None,
    minutes: float | None,
    at: float,
    key: UUID,
    now: float,
) -> bool:
    """Write down what another system says of a learner. True if it is new: the same ``key`` is kept once for a learner.

    ``source`` is the system's name, ``activity`` the identifier (an IRI) and ``title`` the name of what was done, ``skill`` one
    of the curriculum that a person has aligned it to, or "". ``scaled`` is from -1 to 1, ``at`` is when it happened (seconds
    since 1970). Of long times :data:`MOST_MINUTES` count. Raises NotKept.
    """
    named, thing = _plain(source, LONGEST_SOURCE), activity.strip()
    if not named or not thing or len(thing) > LONGEST_ACTIVITY:
        raise NotKept(T("A result needs the name of its source and the identifier of what was done."))
    if skill and skill not in _skills(learner.district_id):
        raise NotKept(T("Choose a skill from the list."))
    wrong = fault(scaled, minutes, at, now)
    if wrong is not None:
        raise NotKept(wrong)
    line = line_of(learner.id, key)
    if OutsideResult.objects.filter(id=line).exists():
        return False
    made = OutsideResult(
        id=line,
        district_id=learner.district_id,
        learner=learner,
        source=named,
        activity=thing,
        about=_about(named, thing),
        title=_plain(title, LONGEST_TITLE) or thing[:LONGEST_TITLE],
        skill=skill,
        success=success,
        scaled=scaled,
        minutes=min(minutes or 0.0, MOST_MINUTES),
        happened_at=at,
        at=now,
    )
    OutsideResult.objects.bulk_create([made], ignore_conflicts=True)
    return True


def line_of(learner: UUID, key: UUID) -> UUID:
    """The identifier of a learner's line that was recorded with a key."""
    return uuid5(key, str(learner))


@transaction.atomic
def take_back(*, learner: Person, key: UUID, now: float) -> bool:
    """The source takes a result back; whether there was one that stood."""
    row = _locked(learner, line_of(learner.id, key))
    if row is None or OutsideResult.objects.filter(of=row, kind="back").exists():
        return False
    _later(row, "back", now=now).save(force_insert=True)
    return True


@transaction.atomic
def refuse_outside(*, learner: Person, line: UUID, by: Person, words: str, now: float) -> None:
    """An adult of the school says that a result does not count. It stays to be read, with their words. Raises NotKept."""
    row = _locked(learner, line)
    if row is None or by.id == learner.id:
        raise NotKept(T("There is no such line to decide about."))
    if OutsideResult.objects.filter(of=row, kind__in=("back", "refused")).exists():
        raise NotKept(T("This line has been decided about already."))
    if not words.strip():
        raise NotKept(T("Write a few words: why does it not count?"))
    _later(row, "refused", now=now, by=by, words=_plain(words, LONGEST_WORDS)).save(force_insert=True)


@transaction.atomic
def align_outside(*, source: str, activity: str, skill: str, by: Person, now: float) -> list[UUID]:
    """A person says which skill the results of an activity belong to ("" for none), also those that came before. Returns whose
    results that changes. Raises NotKept."""
    if skill and skill not in _skills(by.district_id):
        raise NotKept(T("Choose a skill from the list."))
    rows = list(OutsideResult.objects.filter(kind="said", about=_about(source, activity)))
    now_at = _aligned([row.id for row in rows])
    other = [row for row in rows if now_at.get(row.id, row.skill) != skill]
    OutsideResult.objects.bulk_create((_later(row, "aligned", now=now, by=by, skill=skill) for row in other), BATCH)
    return list(dict.fromkeys(row.learner_id for row in other))


def outside_of(learner: UUID, *, most: int = 200) -> list[Outside]:
    """Return what other systems say of a learner, the newest first, without what was taken back. One query. The caller has
    checked access."""
    return [value for _, value in _lines(OutsideResult.objects.filter(learner_id=learner), most)]


def _lines(rows: QuerySet[OutsideResult], most: int) -> list[tuple[OutsideResult, Outside]]:
    """Each result with what was said of it later, which came later and so is among the newest too."""
    kept = list(rows.select_related("by").order_by("-at", "id")[:most])
    later: dict[UUID | None, list[OutsideResult]] = {}
    for row in reversed(kept):
        later.setdefault(row.of_id, []).append(row)
    out = []
    for row in kept:
        said = {each.kind: each for each in later.get(row.id, ())}  # of each kind the newest
        if row.kind != "said" or "back" in said:
            continue
        skill = said["aligned"].skill if "aligned" in said else row.skill
        refused = said.get("refused")
        who = (refused.by.name, refused.words) if refused and refused.by else ("", "")
        value = Outside(
            str(row.id), row.source, row.activity, row.title, skill, row.success, row.scaled, row.minutes, row.happened_at,
            row.at, *who,
        )  # fmt: skip
        out.append((row, value))
    return out


def outside_minutes(lines: Iterable[Outside], since: float) -> float:
    """Minutes of what happened after a moment, without what was refused."""
    return sum(line.minutes for line in lines if line.counts and line.happened >= since)


def _aligned(lines: Sequence[UUID]) -> dict[UUID, str]:
    """The skill that a person gave each of these lines last."""
    rows = OutsideResult.objects.filter(of__in=lines, kind="aligned").order_by("at", "id")
    return dict(rows.values_list("of_id", "skill"))


def _locked(learner: Person, line: UUID) -> OutsideResult | None:
    Person.objects.select_for_update(of=("self",), no_key=True).get(id=learner.id)  # two at once decide once
    return OutsideResult.objects.filter(id=line, learner=learner, kind="said").first()


def _later(
    row: OutsideResult, kind: str, *, now: float, by: Person | None = None, skill: str = "", words: str = ""
) -> OutsideResult:
    """What is said of a result later, not saved yet."""
    return OutsideResult(
        district_id=row.district_id, learner_id=row.learner_id, kind=kind, of=row, skill=skill, by=by, words=words,
        happened_at=row.happened_at, at=now,
    )  # fmt: skip


def _skills(district: UUID) -> frozenset[str] | dict[str, int]:
    try:
        return curriculum_of(district).skill_number
    except NoCurriculum:
        return frozenset()


def _about(source: str, activity: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{source}\n{activity}")


def _plain(words: str, most: int) -> str:
    """Words of another system on one line, without the marks of formulas and pictures, and as much of them as is kept."""
    return " ".join(
        "".join(c for c in words if c.isprintable() or c.isspace()).replace("$$", "").replace("##", "").split()
    )[:most]
