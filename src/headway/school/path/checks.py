"""Looking at what another system says: one problem of the skill on the path where it says otherwise than the ledger here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.curriculum.catalogue import catalogue_id
from headway.core.mastery.outside import Outside, went_well
from headway.core.path.claims import CHECK_FOR, LATELY, MOST, Claim, check_for, claim_value, disagrees
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.mastery.credit.models import MasteryContest
from headway.school.mastery.models import Evidence, OutsideResult
from headway.school.mastery.outside import outside_of
from headway.school.mastery.queries import held
from headway.school.path.actions import after_the_last_event
from headway.school.path.models import OutsideCheck, PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of

EFFECT = "check-activity"
ALL = 5_000
"""Lines of one learner that are looked through."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check as people read it. ``held`` is what came of it: right at the first try without help, or not; None before it was
    answered."""

    source: str
    skill: str
    can: bool
    at: float
    held: bool | None


@transaction.atomic
def bring_checks(*, learner: Person, now: float) -> int:
    """Decide about each result that belongs to a skill and has not been looked at; whoever records or aligns results calls it.

    A problem comes where the newest result of a skill says otherwise than the ledger, at most :data:`MOST` at a time; the others
    wait for the next call. Doing it again changes nothing. Returns how many problems are new.
    """
    new = OutsideResult.objects.filter(learner=learner, kind__in=("said", "aligned"), check_row=None).exclude(skill="")
    if not new.exists():
        return 0
    now = after_the_last_event(learner, now)
    Person.objects.select_for_update(of=("self",), no_key=True).get(id=learner.id)
    lines = {line.id: line for line in outside_of(learner.id, most=ALL)}
    newest: dict[str, Outside] = {}
    for line in sorted(lines.values(), key=lambda each: (each.happened, each.at, each.id)):
        if line.skill and line.counts and _says(line) is not None:
            newest[line.skill] = line
    skills = held([learner.id], newest)
    under_way = set(MasteryContest.objects.filter(learner=learner, recheck=None).values_list("skill", flat=True))
    waiting = _open(learner, now)
    under_way |= set(OutsideCheck.objects.filter(row__in=waiting).values_list("skill", flat=True))
    room, brought = MOST - len(waiting), 0
    for row in list(new.order_by("at", "id")):
        about = lines.get(str(row.of_id or row.id))
        asks = (
            about is not None
            and newest.get(row.skill) is about
            and now - about.happened <= LATELY
            and row.skill not in under_way
            and disagrees(_says(about), (learner.id, row.skill) in skills)
        )
        if asks and brought >= room:
            continue
        activity = _activity(learner, row.skill) if asks else ""
        under_way |= {row.skill} if activity else set()
        brought += bool(activity)
        _decide(row, about, activity, learner, now)
    if brought:
        announce("learner", learner.id)
    return brought


def _says(line: Outside) -> bool | None:
    return went_well(line.success, line.scaled)


def _open(learner: Person, now: float) -> list[UUID]:
    rows = PlanRow.objects.filter(learner=learner, effect=EFFECT, ends__gt=now)
    return list(rows.values_list("id", flat=True))


def _activity(learner: Person, skill: str) -> str:
    kept = profile_of(learner.id)
    recent = frozenset(kept.profile.recent["activity"].tolist()) if kept else frozenset()
    try:
        return check_for(curriculum_of(learner.district_id), skill, recent)
    except NoCurriculum:
        return ""


def _decide(row: OutsideResult, line: Outside | None, activity: str, learner: Person, now: float) -> None:
    can, source = (_says(line), line.source) if line is not None else (None, "")
    brings = None
    if activity and can is not None:
        brings = PlanRow.objects.create(
            district_id=learner.district_id,
            learner=learner,
            source="policy",
            effect=EFFECT,
            value=claim_value(Claim(activity, source, can)),
            reason="",
            by=row.by,
            starts=now,
            ends=now + CHECK_FOR,
        )
    OutsideCheck.objects.create(
        district_id=learner.district_id,
        result=row,
        learner=learner,
        source=source,
        skill=row.skill,
        can=can,
        activity=activity,
        row=brings.id if brings is not None else None,
        at=now,
    )


@transaction.atomic
def settle(*, learner: Person, now: float) -> int:
    """End the plan rows whose problem has been answered, or whose result was taken back or refused; pages call it before they
    show a ledger, and it then brings what waits. Returns how many it ended."""
    waiting = _open(learner, now)
    if not waiting:
        return 0
    rows = list(OutsideCheck.objects.filter(row__in=waiting).select_related("result"))
    log, standing = _answers(learner.id, rows), {line.id for line in outside_of(learner.id, most=ALL) if line.counts}
    over = [
        row.row for row in rows if _held(row, log) is not None or str(row.result.of_id or row.result.id) not in standing
    ]
    if over:
        now = after_the_last_event(learner, now)
        PlanRow.objects.filter(id__in=[key for key in over if key], ends__gt=now).update(ends=now)
        bring_checks(learner=learner, now=now)
    return len(over)


def checks_of(learner: UUID, *, most: int = 40) -> list[Check]:
    """The checks of a learner, the newest first. Two queries; one where there are none. The caller has checked access."""
    rows = list(OutsideCheck.objects.filter(learner_id=learner).exclude(activity="").order_by("-at")[:most])
    log = _answers(learner, rows)
    return [Check(row.source, row.skill, bool(row.can), row.at, _held(row, log)) for row in rows]


def _answers(learner: UUID, rows: Sequence[OutsideCheck]) -> list[tuple[float, str, bool]]:
    """First answers since the oldest of these, oldest first: when, to what, whether right without help."""
    if not rows:
        return []
    since = min(row.at for row in rows)
    log = Evidence.objects.filter(learner_id=learner, kind="response", now__gte=since, attempt=1, step=0).order_by("id")
    return [
        (at, catalogue_id(activity), right and not hints and not shown)
        for at, activity, right, hints, shown in log.values_list("now", "activity", "correct", "hints", "shown")
    ]


def _held(row: OutsideCheck, log: Sequence[tuple[float, str, bool]]) -> bool | None:
    return next((right for at, activity, right in log if row.at <= at and activity == row.activity), None)
