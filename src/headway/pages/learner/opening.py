"""Opening a problem through the same door as the API."""

from __future__ import annotations

import uuid

from headway.school.loop import Receipt, Submission, submit
from headway.school.people.models import Person


def start(learner: Person, now: float, activity: str = "") -> Receipt:
    """Open a particular problem, or let the loop choose one. Raises Refused."""
    return submit(Submission(learner.district_id, learner.id, uuid.uuid4(), "start", activity, at=now))
