"""Who really got their arm, decision by decision.

All rows of an arm begin at one moment and end at one moment, a learner is in one running pilot at a time, and the loop reads the
plan in the transaction that writes its decision. So each decision of a learner in that time was made under their arm, unless it
says itself that a wish of the arm gave way; nothing has to be written beside it. Replay makes the same decisions again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from headway.core.evidence.pilots.arms import Arm
from headway.core.mastery.kernels import DAY
from headway.school.environment.models import DayPlan
from headway.school.evidence.outcomes.having import as_many
from headway.school.evidence.pilots.models import PilotSeat
from headway.school.path.models import Decision, PlanRow

ENOUGH = 3
"""Decisions (or planned days of a class) under an arm from which a learner counts as having had it."""
GAVE_WAY = '"arm '


@dataclass(frozen=True, slots=True)
class Exposure:
    """``decisions`` were made for a learner during the pilot, ``under`` of them by what the arm asks for; ``gave_way`` did not
    follow it because something of a higher standing was in force."""

    decisions: int = 0
    under: int = 0
    gave_way: int = 0

    @property
    def exposed(self) -> bool:
        """Whether the learner had enough of it to count."""
        return self.under >= ENOUGH


def exposures(
    seats: Sequence[tuple[UUID, UUID, str]],
    arms: Mapping[str, Arm],
    *,
    starts: float,
    ends: float,
    late: Mapping[UUID, float] | None = None,
) -> dict[UUID, Exposure]:
    """Exposure of each learner of ``seats`` (learner, class, arm) from ``starts`` to ``ends``, of who came ``late`` from the day
    after their own moment on. Three queries at most, and one for each wish of an arm that somebody wrote into a control learner's
    plan; as many for each day on which somebody came.

    An arm that pins skills is followed where one of them is practised; any other wish where a decision was made under it. In an
    arm that changes nothing, ``under`` counts decisions under the same wish by somebody else.
    """
    if late:
        found = exposures([seat for seat in seats if seat[0] not in late], arms, starts=starts, ends=ends)
        for day in {ceil(since / DAY) * DAY for since in late.values()}:
            came = [seat for seat in seats if seat[0] in late and ceil(late[seat[0]] / DAY) * DAY == day]
            found |= exposures(came, arms, starts=day, ends=ends)
        return found
    made = Decision.objects.filter(learner_id__in=[key for key, _, _ in seats], at__gte=starts, at__lt=ends)
    pinned = {wish.value for arm in arms.values() for wish in arm.wishes if wish.effect == "pin-skill"}
    rows = (
        _lined(made)
        .values("learner_id")
        .annotate(
            n=Count("id"),
            gave=Count("id", filter=Q(lines__contains=GAVE_WAY)),
            skill=Count("id", filter=Q(skill__in=pinned) & ~Q(lines__contains=GAVE_WAY)),
        )
        .order_by()
    )
    by_learner = {row["learner_id"]: row for row in rows}
    days = _planned({section for _, section, name in seats if arms[name].model}, starts, ends)
    others = _by_others([key for key, _, arm in seats if arms[arm].usual], arms, starts, ends)
    out = {}
    for learner, section, name in seats:
        row = by_learner.get(learner, {"n": 0, "gave": 0, "skill": 0})
        arm = arms[name]
        pins = any(wish.effect == "pin-skill" for wish in arm.wishes)
        if arm.usual:
            under = others[learner]
        elif arm.model and not arm.wishes:
            under = days[section]
        else:
            under = row["skill"] if pins else row["n"] - row["gave"]
        out[learner] = Exposure(row["n"], under, row["gave"] if arm.wishes else 0)
    return out


def had_enough(arm: Arm, arms: Mapping[str, Arm], seats: QuerySet[PilotSeat], *, starts: float, ends: float) -> Q:
    """The condition on the ``seats`` of an arm that :attr:`Exposure.exposed` is true; two queries at most, and one for each
    wish of an arm that somebody wrote into a control learner's plan."""
    if arm.usual:
        count = _by_others(seats.values("learner_id"), arms, starts, ends)
        return Q(learner_id__in=[key for key, under in count.items() if under >= ENOUGH])
    if arm.model and not arm.wishes:
        days = _planned(set(seats.values_list("section", flat=True).distinct()), starts, ends)
        return Q(section__in=[section for section, planned in days.items() if planned >= ENOUGH])
    made = Decision.objects.filter(learner_id=OuterRef("learner_id"), at__gte=starts, at__lt=ends)
    under = _lined(made).exclude(Q(lines__contains=GAVE_WAY))
    pinned = {wish.value for each in arms.values() for wish in each.wishes if wish.effect == "pin-skill"}
    if any(wish.effect == "pin-skill" for wish in arm.wishes):
        under = under.filter(skill__in=pinned)
    # Who came later has a beginning of their own. For all the others a fixed one lets the database stop early.
    return Q(Q(week=0) & as_many(under, ENOUGH)) | Q(
        Q(week__gt=0) & as_many(under.filter(at__gte=OuterRef("since")), ENOUGH)
    )


def chosen(learners: Collection[UUID], *, starts: float, ends: float) -> tuple[int, int]:
    """Decisions of some learners, and those of them in which a wish of an arm gave way. One query."""
    made = _lined(Decision.objects.filter(learner_id__in=learners, at__gte=starts, at__lt=ends))
    found = made.aggregate(n=Count("id"), gave=Count("id", filter=Q(lines__contains=GAVE_WAY)))
    return int(found["n"]), int(found["gave"])


def _lined(made: QuerySet[Decision]) -> QuerySet[Decision]:
    return made.annotate(lines=Cast(F("overrides"), TextField()))


def _planned(sections: Collection[UUID], starts: float, ends: float) -> Counter[UUID]:
    """Days that were planned for classes."""
    if not sections:
        return Counter()
    found = DayPlan.objects.filter(section_id__in=sections, day__gte=int(starts // DAY), day__lte=int(ends // DAY) + 1)
    rows = found.filter(state="done").values_list("section_id", "day").distinct()
    return Counter(section for section, _day in rows)


def _by_others(
    learners: Sequence[UUID] | QuerySet[PilotSeat, Any], arms: Mapping[str, Arm], starts: float, ends: float
) -> Counter[UUID]:
    """Decisions of learners without a changed plan, under a wish that an arm has and somebody else wrote for them."""
    wishes = {(wish.effect, wish.value) for arm in arms.values() for wish in arm.wishes}
    found: Counter[UUID] = Counter()
    if not wishes:
        return found
    same = Q(pk__in=[])
    for effect, value in wishes:
        same |= Q(effect=effect, value=value)
    theirs: Any = learners  # names or a query
    rows = PlanRow.objects.filter(same, Q(learner_id__in=theirs) | Q(learner=None), starts__lt=ends)
    for row in rows.exclude(source__in=("arm", "shipped")).exclude(ends__lte=starts):
        own: Any = [row.learner_id] if row.learner_id else theirs
        made = Decision.objects.filter(
            learner_id__in=own, at__gte=max(starts, row.starts), at__lt=min(ends, row.ends or ends)
        )
        found.update(dict(made.values_list("learner_id").annotate(n=Count("id")).order_by()))
    return found
