"""Screening windows, each learner's sitting with its answers, imported banks, and scores entered by people.

Times are seconds since 1970; days are counted since 1 January 1970 in the district's local time. Answers and scores are
append-only.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted


class ScreeningBank(Tenanted):
    """Items that were imported to screen with: ``table`` is the CSV as it was read. A new import is a new bank."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    table = models.BinaryField()
    items = models.IntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()


class ScreeningWindow(Tenanted):
    """A time in which learners of some grades of a school are screened. ``season`` is ``fall``, ``winter`` or ``spring`` of
    the school ``year`` (its first calendar year). ``cuts``: grade to the two cut scores in logits, where the school set its
    own; ``bank`` is empty for the curriculum's own items; ``seconds`` limits working time (0: no limit)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="screening_windows", db_index=False)
    season = models.TextField()
    year = models.IntegerField()
    grades = models.JSONField()
    cuts = models.JSONField(default=dict)
    bank = models.ForeignKey(ScreeningBank, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    seconds = models.IntegerField(default=0)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.FloatField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "-opened_at"], name="window_by_school")]


class ScreeningSitting(Tenanted):
    """One learner in one window. ``state`` is the encoded ``core`` sitting, ``curriculum`` the version it was chosen from,
    ``model`` the learner model whose difficulties it uses ("": those of the curriculum),
    ``activity`` the problem that waits for an answer. ``status`` is ``waiting``, ``working``, ``paused``, ``finished`` or
    ``excused``; ``extra_time`` multiplies the working time, ``text_size`` the size of everything on the learner's page. The
    result stands when it is finished."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    window = models.ForeignKey(ScreeningWindow, on_delete=models.PROTECT, related_name="sittings", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sittings", db_index=False)
    grade = models.TextField()
    status = models.TextField(default="waiting")
    state = models.TextField(blank=True, default="")
    curriculum = models.TextField(blank=True, default="")
    model = models.TextField(blank=True, default="")
    activity = models.TextField(blank=True, default="")
    given = models.SmallIntegerField(default=0)
    extra_time = models.FloatField(default=1.0)
    text_size = models.FloatField(default=1.0)
    read_aloud = models.BooleanField(default=False)
    make_up = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    shown_at = models.FloatField(null=True)
    started_at = models.FloatField(null=True)
    touched_at = models.FloatField(null=True)
    finished_at = models.FloatField(null=True)
    score = models.FloatField(null=True)
    se = models.FloatField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["window", "learner"], name="sitting_once")]
        indexes: ClassVar = [models.Index(fields=["learner", "-finished_at"], name="sitting_by_learner")]


class ScreeningAnswer(Tenanted):
    """One answer of a sitting as it was given; ``place`` counts from 0. Append-only."""

    id = models.BigAutoField(primary_key=True)
    sitting = models.ForeignKey(ScreeningSitting, on_delete=models.PROTECT, related_name="answers", db_index=False)
    place = models.SmallIntegerField()
    item = models.TextField()
    activity = models.TextField()
    answer = models.TextField()
    correct = models.BooleanField()
    seconds = models.FloatField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sitting", "place"], name="screening_answer_once")]


class ScreeningCount(Tenanted):
    """In how many finished sittings of a window's grade an item was ``given``; under the name "" the sittings themselves.
    A projection of the answers, kept so that the next sitting can begin at once."""

    id = models.BigAutoField(primary_key=True)
    window = models.ForeignKey(ScreeningWindow, on_delete=models.CASCADE, related_name="counts", db_index=False)
    grade = models.TextField()
    item = models.TextField()
    given = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["window", "grade", "item"], name="screening_count_once")
        ]


class Measure(Tenanted):
    """A score that an adult took or a file brought: oral reading fluency, another timed probe, an outside test.

    ``measure`` names it (``orf``, or the name in the file), ``day`` is when, ``score`` is in ``unit`` with standard error
    ``se`` where one is known. ``detail`` holds what the score was made from. Append-only; a later line for the same
    measure, day and form corrects the earlier one."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="measures", db_index=False)
    measure = models.TextField()
    day = models.IntegerField()
    score = models.FloatField()
    se = models.FloatField(null=True)
    unit = models.TextField(blank=True, default="")
    form = models.TextField(blank=True, default="")
    detail = models.JSONField(default=dict)
    source = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "measure", "day", "id"], name="measure_by_learner")]
