"""One row a learner: what we believe, as the loop left it."""

from __future__ import annotations

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Profile(Tenanted):
    """The encoded ``core.profile.Profile``. A projection: replaying the log from ``beginning`` gives ``state`` again."""

    learner = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="profile")
    state = models.BinaryField()
    beginning = models.BinaryField()
    updated_at = models.FloatField()
