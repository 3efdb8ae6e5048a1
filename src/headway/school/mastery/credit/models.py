"""Contests with their re-checks, courses, credit, and the signing key of a district. What was decided is append-only."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class MasteryContest(Tenanted):
    """Somebody says that the ledger is wrong about a skill: ``says`` is ``can`` or ``cannot``. ``activities`` are the problems of
    the re-check, ``rows`` the plan rows that bring them. Append-only; its end is a ``MasteryRecheck``."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contests", db_index=False)
    skill = models.TextField()
    says = models.TextField()
    words = models.TextField()
    activities = models.JSONField()
    rows = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="contest_by_learner")]


class MasteryRecheck(Tenanted):
    """What came of a contest: ``right`` of ``of`` first answers, given in the lines ``evidence`` of the log. Append-only."""

    contest = models.OneToOneField(MasteryContest, on_delete=models.PROTECT, primary_key=True, related_name="recheck")
    right = models.SmallIntegerField()
    of = models.SmallIntegerField()
    evidence = models.JSONField()
    at = models.FloatField()


class Course(Tenanted):
    """A course of the district: competencies in order, each a title and skills; ``credit`` is how much it gives, in the
    district's own unit; ``work`` are competencies that a project shows: words, a rubric's code, a criterion's key, a
    step. Loaded from a table; credit that was granted keeps what the course asked for then."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    title = models.TextField()
    credit = models.FloatField(default=1.0)
    competencies = models.JSONField()
    work = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "code"], name="course_once")]


class Credit(Tenanted):
    """That a named person granted credit for a course, or took it back (``kind``). ``course`` and ``shown`` are what the course
    asked for and on what evidence, as they were; ``credential`` is the signed badge. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits", db_index=False)
    kind = models.TextField()
    code = models.TextField()
    title = models.TextField()
    amount = models.FloatField()
    shown = models.JSONField()
    credential = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="credit_by_learner")]


class SigningKey(Tenanted):
    """An Ed25519 key of the district. ``secret`` is encrypted with the server's secret key; ``public`` stays readable when that
    changes, so that old credentials verify. Append-only: the newest one signs."""

    id = models.BigAutoField(primary_key=True)
    public = models.BinaryField()
    secret = models.BinaryField()
    at = models.FloatField()
