"""What a source of rosters said last, row by row, and each time that one came in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class RosterRecord(Tenanted):
    """A row as its source sent it, in the shape of OneRoster 1.2.

    ``kind`` is a table of ``standards.oneroster``, ``cells`` are in the order of its fields. A row that the source took
    away stays as ``tobedeleted``: it can come back, and whoever asks for changes hears of it. People, sections and
    enrolments of :mod:`headway.school.people` are what follows from these rows.
    """

    pk = models.CompositePrimaryKey("district", "kind", "sourced_id")
    kind = models.TextField()
    sourced_id = models.TextField()
    status = models.TextField(choices=[("active", "active"), ("tobedeleted", "tobedeleted")])
    cells = ArrayField(models.TextField())
    changed_at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index("district", "cells__0", name="roster_role_of_user", condition=models.Q(kind="roles")),
            models.Index("district", "cells__5", name="roster_role_at_org", condition=models.Q(kind="roles")),
            models.Index(
                "district", "cells__2", "cells__0", name="roster_users_of_role", condition=models.Q(kind="roles")
            ),
        ]


class RosterImport(Tenanted):
    """One time that a roster came in, or was refused. ``by`` is empty for the command line and the schedule."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.FloatField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.TextField(choices=[("command", "command"), ("page", "page"), ("schedule", "schedule")])
    name = models.TextField()
    outcome = models.TextField(choices=[("taken", "taken"), ("refused", "refused")])
    files = models.JSONField()
    counts = models.JSONField()
    findings = models.JSONField()
    words = models.TextField(blank=True, default="")
    seconds = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="roster_import_newest")]


class RosterUpload(Tenanted):
    """A package that somebody handed in on the page: looked at first, taken in when they say so. Its content goes when it is
    taken in, laid aside, or a week old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    name = models.TextField()
    content = models.BinaryField()
    state = models.TextField()
    step = models.IntegerField(default=0)
    seen_at = models.FloatField()
    body = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="roster_upload_newest")]
