"""Reading profiles: many at once for a board, with everything they rest on for one learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.profile.codec import decode
from headway.core.profile.profile import Profile
from headway.school.profile.models import Profile as ProfileRow


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile, and when the loop last wrote it (the server's clock, seconds since 1970)."""

    profile: Profile
    at: float


def profiles_of(learners: Sequence[UUID]) -> dict[UUID, Kept]:
    """Return the profiles of those learners who have one, in one query. The caller has checked access."""
    rows = ProfileRow.objects.filter(learner_id__in=learners).values_list("learner_id", "state", "updated_at")
    return {learner: Kept(decode(bytes(state)), at) for learner, state, at in rows}


def profile_of(learner: UUID) -> Kept | None:
    """Return one learner's profile, or None if they have never practised. The caller has checked access."""
    return profiles_of([learner]).get(learner)
