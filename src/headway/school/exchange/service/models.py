"""What programs have written into the gradebook over OneRoster's service. It never touches the ledger of evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import ApiProgram, Person
from headway.school.people.tenancy import Tenanted


class GradebookRecord(Tenanted):
    """An object of OneRoster's gradebook as a program wrote it, without the members that every object has.

    ``kind`` is one of ``standards.oneroster.service.objects.GRADED``. ``section`` and ``line_item`` are the sourcedIds that
    ``body`` refers to, or empty; ``learner`` is whose result it is. One that was deleted stays as ``tobedeleted``, so that
    whoever asks for changes hears of it.
    """

    pk = models.CompositePrimaryKey("district", "kind", "sourced_id")
    kind = models.TextField()
    sourced_id = models.TextField()
    status = models.TextField(choices=[("active", "active"), ("tobedeleted", "tobedeleted")])
    section = models.TextField(blank=True, default="")
    line_item = models.TextField(blank=True, default="")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.JSONField()
    program = models.ForeignKey(ApiProgram, on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "kind", "section"], name="gradebook_by_section"),
            models.Index(fields=["district", "line_item"], name="gradebook_by_line_item"),
        ]
