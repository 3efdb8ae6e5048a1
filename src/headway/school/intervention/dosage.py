"""What support learners were owed in a span of days, and what was delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.school.intervention.entries import NO_SCHOOL
from headway.school.intervention.models import SupportPlan, SupportSession
from headway.school.people.days_off import off_days


@dataclass(frozen=True, slots=True)
class Dosage:
    """A learner's support in one group: ``owed`` sessions by the group's weekdays, those that were held with the learner there,
    and their minutes."""

    group: str
    owed: int
    held: int
    minutes: int


def dosage_of(learners: Sequence[UUID], first: int, last: int) -> dict[UUID, list[Dosage]]:
    """Support owed and delivered from day ``first`` to ``last`` (days since 1970), in three queries. Nothing is owed on
    a day without school: one of the school's calendar, or one that was written down as such. The caller has checked access."""
    plans = list(
        SupportPlan.objects.filter(learner_id__in=learners, start_day__lte=last).select_related("group").order_by("at")
    )
    rows = SupportSession.objects.filter(group__in={plan.group_id for plan in plans}, day__gte=first, day__lte=last)
    logged = {(row.group_id, row.day): row for row in rows.order_by("id")}  # a later line corrects the earlier one
    shut = {key for key, row in logged.items() if row.why_not == NO_SCHOOL}
    off = off_days({plan.group.school_id for plan in plans}, first, last)
    out: dict[UUID, list[Dosage]] = {}
    for plan in plans:
        group = plan.group
        begin = max(first, plan.start_day, group.starts)
        end = min(last, *(day for day in (plan.ended, group.ends) if day is not None), last)
        days = [
            day
            for day in range(begin, end + 1)
            if (day + 3) % 7 in group.weekdays and day not in off[group.school_id] and (group.id, day) not in shut
        ]
        there = [
            logged[group.id, day].minutes
            for day in range(begin, end + 1)
            if (group.id, day) in logged and logged[group.id, day].held
            and str(plan.learner_id) in logged[group.id, day].present
        ]  # fmt: skip
        if days or there:
            out.setdefault(plan.learner_id, []).append(Dosage(group.name, len(days), len(there), sum(there)))
    return out
