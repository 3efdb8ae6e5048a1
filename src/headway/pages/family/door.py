"""Which child a page of the family is about."""

from __future__ import annotations

from uuid import UUID

from headway.school.people.access import NotAllowed, Viewer, access_learner, wards_of
from headway.school.people.models import Person

PURPOSE, PLACE = "family", "family page"


def open_child(viewer: Viewer, learner: UUID) -> Person:
    """Open a child of the viewer's; the read is logged. Raises NotAllowed for every other learner."""
    if learner not in [ward.id for ward in wards_of(viewer)]:
        raise NotAllowed("There is no such child among yours.")
    return access_learner(viewer, learner, purpose=PURPOSE, place=PLACE)
