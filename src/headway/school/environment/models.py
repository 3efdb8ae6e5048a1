"""Asking for help, an adult coming, and a good word."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, Section
from headway.school.people.tenancy import Tenanted


class HelpRequest(Tenanted):
    """A learner raised a hand; ``answered_at`` is when an adult said that they were on their way."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="help_requests", db_index=False)
    activity = models.TextField(blank=True, default="")
    asked_at = models.FloatField()
    answered_at = models.FloatField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner", "-id"], name="help_by_learner")]


class Visit(Tenanted):
    """An adult went to a learner, for the reason that the board gave; ``did`` is one of ``core.environment.visits.DEEDS``, or
    empty until somebody says what they did."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits", db_index=False)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason_code = models.TextField()
    at = models.FloatField()
    did = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner", "-id"], name="visit_by_learner")]


class GoodWord(Tenanted):
    """What an adult said to a learner about something they did: ``code`` and ``said`` (a text) are the board's.

    ``seen_at`` is when the learner's page first showed it. Times are seconds since 1970.
    """

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="good_words", db_index=False)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    said = models.JSONField()
    at = models.FloatField()
    seen_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner", "-id"], name="good_word_by_learner")]


class SectionModel(Tenanted):
    """How a class works: an instructional model (``standards.instruction``) with this class's people and places. Append-only; the
    newest counts."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "-id"], name="section_model_newest")]


class DayWish(Tenanted):
    """What somebody wants of a class's days: ``kind`` is ``with`` or ``never`` (a ``modality``), ``apart`` (from ``other``),
    ``away`` or ``here`` (in the planned ``block``, from 0, in the ``modality`` on the ``skill``; without one on their own next
    skill). ``day`` (days since 1970) is the one day that it is for; empty means every day. Ended, never deleted."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.TextField()
    modality = models.TextField(blank=True, default="")
    skill = models.TextField(blank=True, default="")
    block = models.IntegerField(null=True)
    day = models.IntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "-id"], name="day_wish_by_section")]


class DayPlan(Tenanted):
    """A class's day as planned. ``state`` is ``running``, ``done`` or ``failed`` (``words`` say why), or, of one that was only
    tried, ``draft`` until somebody takes it (``done``) or puts it away (``dropped``). ``asked`` has what it was
    asked with (names of adults who are away) and, where a person changed a plan by hand, what was changed (``edit``) in
    which plan (``before``); ``body`` the model, sessions and figures. The newest one that is done counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.IntegerField()
    state = models.TextField(default="running")
    words = models.TextField(blank=True, default="")
    asked = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "day", "-began_at"], name="day_plan_newest")]


class Attendance(Tenanted):
    """Somebody said whether a learner is there on a day (days since 1970): ``state`` is ``here``, ``late`` or ``away``.
    Append-only; the newest counts."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.IntegerField()
    state = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "day", "-id"], name="attendance_by_day")]


class ClassPeriod(Tenanted):
    """When a class meets by the master timetable: ``weekday`` 0 (Monday) to 6, ``begin`` in minutes after midnight, and where.
    Ended by the next import, never deleted."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    weekday = models.IntegerField()
    begin = models.IntegerField()
    minutes = models.IntegerField()
    room = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "weekday"], name="class_period_by_section")]


class CalendarFeed(Tenanted):
    """A private address under which a person's calendar is read; only the hash of its secret is kept. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField()
    at = models.FloatField()
    read_at = models.FloatField(null=True)
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="calendar_feed_by_person")]
