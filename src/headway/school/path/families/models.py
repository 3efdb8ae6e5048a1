"""What families state and do. All of it is append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class FamilyChoice(Tenanted):
    """Whether somebody of a family wants the week by e-mail, in which language and where to: their consent, with its date. The
    newest row decides. Append-only."""

    id = models.BigAutoField(primary_key=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="family_choices", db_index=False)
    weekly = models.BooleanField()
    language = models.TextField()
    email = models.TextField(blank=True, default="")
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "-id"], name="family_choice_newest")]


class WeekSent(Tenanted):
    """That the week of a child was sent to somebody of the family; ``week`` is the local day of its Monday since 1970.
    Append-only: a week is sent once."""

    id = models.BigAutoField(primary_key=True)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    week = models.IntegerField()
    email = models.TextField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "learner", "week"], name="week_sent_once")]


class TeachBack(Tenanted):
    """That a child taught a skill at home: the problem that the grown-up was asked with the answer, and how the child explained
    (``core.path.teaching.EXPLAINED``). ``check`` is the activity that the child meets later, ``row`` the plan row that brings it.
    Its source is the family (``by``). It moves nothing in the learner's profile. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taught", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    skill = models.TextField()
    activity = models.TextField()
    answer = models.TextField()
    correct = models.BooleanField()
    explained = models.TextField()
    words = models.TextField(blank=True, default="")
    check_activity = models.TextField(blank=True, default="")
    row = models.UUIDField(null=True)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="teach_back_by_learner")]
