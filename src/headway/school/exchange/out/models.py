"""How far other systems have been sent what is recorded."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.tenancy import Tenanted


class EventsSent(Tenanted):
    """An address that Caliper events are sent to: up to which number of the ``log`` and of the ``ledger`` it has confirmed
    them, how many it has ``taken``, and when the last (seconds since 1970)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.TextField()
    log = models.BigIntegerField(default=0)
    ledger = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    at = models.FloatField(default=0.0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "address"], name="events_sent_address")]
