"""A report of what helps later: under way, done with everything in it, or failed with the reason."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class EfficacyReport(Tenanted):
    """``state`` is ``running``, ``done`` or ``failed``; ``seen_at`` is its last sign of life, ``words`` say what went wrong.
    ``body``: see ``headway efficacy --help``. No evidence: it can be worked out again from the log at any time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.TextField(default="running")
    words = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    began_at = models.FloatField()
    seen_at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-began_at"], name="efficacy_by_time")]
