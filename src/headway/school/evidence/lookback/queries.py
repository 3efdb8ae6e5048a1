"""Reading what was found when somebody looked back. Counts and effects only: no learner is in it."""

from __future__ import annotations

from uuid import UUID

from headway.school.evidence.lookback.models import LookBack as LookBack
from headway.school.evidence.pilots.standing import may_read
from headway.school.people.access import NotAllowed, Viewer

MOST = 50


def look_backs(viewer: Viewer) -> list[LookBack]:
    """What the viewer may read, the newest first. One query."""
    rows = LookBack.objects.select_related("by").defer("body").order_by("-at")[:MOST]
    return [row for row in rows if may_read(viewer, row.schools)]


def access_look_back(viewer: Viewer, key: UUID) -> LookBack:
    """One of them. Raises NotAllowed."""
    row = LookBack.objects.select_related("by").filter(id=key).first()
    if row is None or not may_read(viewer, row.schools):
        raise NotAllowed("There is no such comparison.")
    return row
