"""Conferences. Everything is append-only: a step that is taken back is a line too."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Preparation(Tenanted):
    """What somebody brings to the next conference of a learner: ``role`` is ``learner`` or ``family``. Each of the three answers
    may be empty. Append-only: the newest of a role since the last conference is what the talk begins with."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="preparations", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField()
    well = models.TextField(blank=True, default="")
    hard = models.TextField(blank=True, default="")
    want = models.TextField(blank=True, default="")
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="preparation_by_learner")]


class Conference(Tenanted):
    """A talk with a learner, held by an adult of the school. ``packet`` is the page as it was when the talk began
    (``core.path.conferences``). Append-only; its end is a line of the kind ``end``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conferences", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    packet = models.JSONField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="conference_by_learner")]


class ConferenceLine(Tenanted):
    """A line of a conference. ``goal``, ``pin`` and ``time`` are agreed steps that changed the plan (``ref`` is the goal or the
    plan row that they wrote), ``note`` is an agreed step in words that the family reads, ``private`` a note of the staff,
    ``back`` takes the line ``of`` back, ``end`` ends the talk. ``said`` is a sentence as ``core.text`` keeps it."""

    id = models.BigAutoField(primary_key=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="lines", db_index=False)
    kind = models.TextField()
    value = models.TextField(blank=True, default="")
    said = models.JSONField(default=str)
    ref = models.TextField(blank=True, default="")
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["conference", "id"], name="conference_line_order")]
