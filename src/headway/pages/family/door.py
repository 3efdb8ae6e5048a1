"""Which child a page of the family is about."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from headway.school.people.access import NotAllowed, Viewer, access_learner, wards_of
from headway.school.people.models import Person

PURPOSE, PLACE = "family", "family page"


def open_child(viewer: Viewer, learner: UUID, wards: Iterable[Person] | None = None) -> Person:
    """Open a child of the viewer's; the read is logged. Raises NotAllowed for every other learner. Who has read the viewer's
    ``wards`` already gives them."""
    if learner not in [ward.id for ward in (wards_of(viewer) if wards is None else wards)]:
        raise NotAllowed("There is no such child among yours.")
    return access_learner(viewer, learner, purpose=PURPOSE, place=PLACE)
