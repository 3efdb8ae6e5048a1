"""What a district wants, its readings, and the lines of its vision. All of it is append-only: the newest line counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class OutcomeAim(Tenanted):
    """An outcome that a district wants (``core.evidence.outcomes.aims.Aim`` in ``body``), or that it no longer does (``gone``).
    Append-only: the newest row of a ``code`` counts; ``by`` is empty for one that a file brought."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    body = models.JSONField()
    gone = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "code", "-id"], name="aim_by_code")]


class OutcomeTake(Tenanted):
    """One reading of a measure for everybody who had it on a ``day`` (days since 1970, local): three packed columns of ``count``
    learners in order of their identifier: 16 bytes each, the value and its standard error (little-endian 8-byte floats, nan:
    not known). A projection of evidence: it can be taken again. Append-only: the newest of a measure and day counts."""

    id = models.BigAutoField(primary_key=True)
    measure = models.TextField()
    day = models.IntegerField()
    count = models.IntegerField()
    learners = models.BinaryField()
    values = models.BinaryField()
    errors = models.BinaryField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "measure", "-day", "-id"], name="take_newest")]


class VisionLine(Tenanted):
    """A line of the vision. ``kind`` is ``vision`` (what the district wants to become; ``strand`` is empty), or a step of a
    strand: ``gap`` (which begins it), ``theory``, ``design``, ``pilot``, ``next``, ``closed``. ``body`` holds what a step points
    to: a gap's outcome and groups, a pilot. Append-only: the newest of a strand and kind counts, of pilots each one."""

    id = models.BigAutoField(primary_key=True)
    strand = models.UUIDField(null=True)
    kind = models.TextField()
    words = models.TextField(blank=True, default="")
    body = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "strand", "id"], name="vision_by_strand")]
