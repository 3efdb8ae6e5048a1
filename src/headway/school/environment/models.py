"""Asking for help, an adult coming, and a good word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
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
    """An adult went to a learner, for the reason that the board gave."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits", db_index=False)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason_code = models.TextField()
    at = models.FloatField()

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
