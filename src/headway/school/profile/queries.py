"""Reading profiles: many at once for a board, with everything they rest on for one learner."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.profile.codec import decode
from headway.core.profile.profile import Profile
from headway.school.profile.models import Profile as ProfileRow

log = logging.getLogger("headway.profile")


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile, and when the loop last wrote it (the server's clock, seconds since 1970)."""

    profile: Profile
    at: float


def profiles_of(learners: Sequence[UUID]) -> tuple[dict[UUID, Kept], list[UUID]]:
    """Return the profiles of those learners who have one, in one query, and whose are damaged: one row that cannot be
    read must not hide a whole class. The caller has checked access."""
    kept: dict[UUID, Kept] = {}
    damaged: list[UUID] = []
    rows = ProfileRow.objects.filter(learner_id__in=learners).values_list("learner_id", "state", "updated_at")
    for learner, state, at in rows:
        try:
            kept[learner] = Kept(decode(bytes(state)), at)
        except ValueError as error:
            log.error("the profile of learner %s cannot be read: %s", learner, error)
            damaged.append(learner)
    return kept, damaged


def profile_of(learner: UUID) -> Kept | None:
    """Return one learner's profile, or None if they have never practised. The caller has checked access.

    Raises ValueError when the row is damaged."""
    row = ProfileRow.objects.filter(learner_id=learner).values_list("state", "updated_at").first()
    return None if row is None else Kept(decode(bytes(row[0])), row[1])
