"""What was chosen, its history, whose list it is on, and who opened it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from headway.school.people.models import Person, School, Section
from headway.school.people.tenancy import Tenanted


class OutsideActivity(Tenanted):
    """An activity elsewhere, as ``core.curriculum.outside.Outside`` describes it; retired, never deleted.

    ``school`` is empty where it belongs to the whole district, ``by`` where the command line brought it. ``key`` names the row of
    an import or of a tool, so that it comes in once; "" for one that somebody typed. How it read before a change is an
    ``OutsideChange``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.TextField(blank=True, default="")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.TextField()
    title = models.TextField()
    address = models.TextField()
    good_for = models.TextField()
    minutes = models.SmallIntegerField()
    skills = ArrayField(models.TextField(), default=list)
    language = models.TextField()
    licence = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    seen = models.IntegerField(default=0)
    shared = models.BooleanField(default=False)
    ref = models.TextField(blank=True, default="")
    at = models.FloatField()
    retired_at = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "key"], condition=~models.Q(key=""), name="outside_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["district", "-at"], name="outside_newest"),
            GinIndex(fields=["skills"], name="outside_by_skill"),
        ]


class OutsideChange(Tenanted):
    """That an activity was ``added``, ``changed``, ``retired`` or brought ``back``, and how it read from then on. Append-only."""

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey(OutsideActivity, on_delete=models.PROTECT, related_name="history", db_index=False)
    what = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    body = models.JSONField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["activity", "-id"], name="outside_change_newest")]


class OutsideGiven(Tenanted):
    """That an activity is on the list of a section, or of one learner; ``why`` is said to them. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(OutsideActivity, on_delete=models.PROTECT, related_name="given", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.TextField(blank=True, default="")
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(section__isnull=True) ^ models.Q(learner__isnull=True), name="outside_given_to_one"
            ),
            models.UniqueConstraint(
                fields=["section", "activity"], condition=models.Q(ended_at=None, learner=None), name="outside_section_once"
            ),
            models.UniqueConstraint(
                fields=["learner", "activity"], condition=models.Q(ended_at=None, section=None), name="outside_learner_once"
            ),
        ]  # fmt: skip


class OutsideEvent(Tenanted):
    """That a learner ``opened`` an activity, or says that it is ``done``, with the minutes that count; ``title`` and ``address``
    as they were. It is work away from the practice: it moves no ability. Append-only; ``id`` follows from what happened, so
    that sending it twice has one effect."""

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(OutsideActivity, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_events", db_index=False)
    what = models.TextField()
    title = models.TextField()
    address = models.TextField()
    minutes = models.SmallIntegerField(default=0)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "-at"], name="outside_by_learner"),
            models.Index(fields=["activity", "learner"], name="outside_by_activity"),
        ]
