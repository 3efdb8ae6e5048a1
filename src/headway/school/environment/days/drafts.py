"""A plan that was only tried: taken, or put away. Until then the plan before it counts."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from headway.core.text import T
from headway.school.environment.days.editing import STALE, newest_plan
from headway.school.environment.models import DayPlan
from headway.school.people.models import Section
from headway.school.people.refusal import Malformed


@transaction.atomic
def settle(*, section: Section, plan: UUID, take: bool, now: float) -> DayPlan:
    """Put a draft in force, with its share of every class that was planned with it, or put it away. Raises Malformed where
    there is no such draft any more, or the plan that it was compared with has changed since."""
    Section.objects.select_for_update().get(id=section.id)
    row = DayPlan.objects.filter(section=section, id=plan, state="draft").first()
    if row is None:
        raise Malformed(T("This draft is settled already."))
    newest = newest_plan(section, row.day)
    if take and newest is not None and newest.began_at > row.began_at:
        raise Malformed(STALE)
    head = row.asked.get("with", str(row.id))
    parts = DayPlan.objects.filter(Q(id=head) | Q(asked__with=head), day=row.day, state="draft")
    if not take:
        parts.update(state="dropped", ended_at=now)
        return DayPlan.objects.get(id=row.id)
    parts.update(state="done", began_at=max(now, row.began_at + 1e-3), ended_at=now)
    return DayPlan.objects.get(id=row.id)
