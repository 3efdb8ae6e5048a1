"""Opening a problem through the same door as the API."""

from __future__ import annotations

import uuid

from headway.school.loop import Receipt, Submission, submit
from headway.school.people.models import Person


def start(learner: Person, now: float, activity: str = "", *, event: uuid.UUID | None = None) -> Receipt:
    """Open a particular problem, or let the loop choose one; the same ``event`` has one effect. Raises Refused."""
    return submit(Submission(learner.district_id, learner.id, event or uuid.uuid4(), "start", activity, at=now))
