"""Who may see and lead a pilot, and the plan that was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from headway.school.evidence.pilots.models import Pilot as Pilot
from headway.school.evidence.pilots.models import PilotLook as PilotLook
from headway.school.evidence.pilots.models import PilotMark as PilotMark
from headway.school.evidence.pilots.models import PilotPlan
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import RoleName

READERS = (RoleName.LEADER, RoleName.RESEARCHER)


def may_lead(viewer: Viewer, schools: Sequence[str]) -> bool:
    """Whether somebody leads all of these schools (or the whole district)."""
    return _covers(viewer.schools(RoleName.LEADER), schools)


def may_read(viewer: Viewer, schools: Sequence[str]) -> bool:
    """Whether somebody leads, or studies, all of these schools. Pages of pilots show counts and no child."""
    return _covers(viewer.schools(*READERS), schools)


def _covers(held: set[UUID | None], schools: Sequence[str]) -> bool:
    return None in held or {UUID(key) for key in schools} <= held


def access_pilot(viewer: Viewer, pilot: UUID) -> Pilot:
    """Return a pilot that the viewer may read. Raises NotAllowed."""
    row = Pilot.objects.select_related("by", "before", "district").filter(id=pilot).first()
    if row is None or not may_read(viewer, row.schools):
        raise NotAllowed("There is no such pilot.")
    return row


def plan_of(pilot: Pilot) -> PilotPlan:
    """The frozen plan of a pilot that has started."""
    return PilotPlan.objects.get(pilot=pilot)
