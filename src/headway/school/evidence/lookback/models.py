"""What was found when somebody looked back. Append-only: a second look does not replace the first."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class LookBack(Tenanted):
    """``setup`` says what was compared (see ``school.evidence.lookback.actions.Setup``), ``body`` what was found; ``schools``
    are the ids of the schools that it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.TextField()
    schools = models.JSONField(default=list)
    setup = models.JSONField()
    body = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="lookback_newest")]
