"""What we believe of a learner as the loop left it, what people state of them, and the careers that wishes are linked to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Profile(Tenanted):
    """The encoded ``core.profile.Profile``. A projection: replaying the log from ``beginning`` gives ``state`` again."""

    learner = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="profile")
    state = models.BinaryField()
    beginning = models.BinaryField()
    updated_at = models.FloatField()


class Career(Tenanted):
    """A career of the district's table in one language: ``asks`` are domains of the curriculum, ``more`` is
    what else it asks for."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    language = models.TextField(default="en")
    title = models.TextField()
    what = models.TextField(blank=True, default="")
    asks = models.JSONField(default=list)
    more = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "code", "language"], name="career_once")]


class ProfileFact(Tenanted):
    """A fact that somebody stated of a learner, or that it no longer holds (``gone``). Append-only: the newest row of a kind
    and value decides. ``career`` is a career's code; ``role`` is learner, family or school."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts", db_index=False)
    kind = models.TextField()
    value = models.TextField()
    career = models.TextField(blank=True, default="")
    gone = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="fact_by_learner")]


class SelfReport(Tenanted):
    """What a learner answered about themselves on a day: a key of the questions, 1 to 4. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_reports", db_index=False)
    question = models.TextField()
    answer = models.SmallIntegerField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="self_report_by_learner")]


class ProfileNote(Tenanted):
    """Words about a learner (``note``), about a line of the profile (``annotation``), that a line is wrong (``contest``), or an
    adult's answer to that (``answer``). ``about`` names the line: ``skill:7.RP.A.2``, ``fact:12``. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="profile_notes", db_index=False)
    kind = models.TextField()
    about = models.TextField(blank=True, default="")
    words = models.TextField()
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="profile_note_by_learner")]


class ChipList(Tenanted):
    """What teachers can tap when they see something, and who reads it (``core.profile.observing``). Append-only: the newest row
    holds."""

    id = models.BigAutoField(primary_key=True)
    body = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-id"], name="chips_newest")]


class Observation(Tenanted):
    """What a named adult saw (``kind`` ``seen``), or that it is taken back (``back``, with ``of``). ``about`` is a
    question that learners answer about themselves or a skill of the graph, "" for neither; ``said`` is the chip as it
    read then. Append-only; ``id`` is made by the page, so that a tap that is sent twice counts once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="observations", db_index=False)
    kind = models.TextField(default="seen")
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    chip = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    about = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="observation_by_learner")]
