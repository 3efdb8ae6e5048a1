"""Plans (what is wanted for a learner, by whom) and decisions (what was chosen, why, and against what)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class PlanRow(Tenanted):
    """One wish for one learner, or for everyone where ``learner`` is empty. A row is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="plan", db_index=False)
    source = models.TextField()
    effect = models.TextField()
    value = models.TextField()
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    starts = models.FloatField()
    ends = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner"], name="plan_by_learner")]


class Decision(Tenanted):
    """What a policy chose after an event. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    after = models.UUIDField()
    activity = models.TextField()
    skill = models.TextField()
    reason = models.JSONField()
    reason_code = models.TextField()
    alternatives = models.JSONField()
    propensity = models.FloatField()
    predicted = models.FloatField()
    model = models.TextField()
    policy = models.TextField()
    curriculum = models.TextField()
    seed = models.TextField()
    overrides = models.JSONField(default=list)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="decision_by_learner")]
