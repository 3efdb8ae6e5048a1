"""What was handed in, what came of it and who said yes; and the pictures of what was taken in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted

STATES = ("looked", "taken", "aside", "failed")


class ContentImport(Tenanted):
    """A file of questions: looked at, taken in, laid aside, or not readable. ``by`` is empty for the command line.

    ``body`` holds counts, losses, groups and what they were aligned to. ``licence`` is what the file says of itself, or what
    ``confirmed_by`` said of it. ``content`` goes when the file is taken in, laid aside, or a week old.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()
    way = models.TextField(choices=[("command", "command"), ("page", "page")])
    name = models.TextField()
    format = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    state = models.TextField(choices=[(state, state) for state in STATES])
    licence = models.TextField(blank=True, default="")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    content = models.BinaryField(default=b"")
    body = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "-at"], name="content_import_newest"),
            models.Index(fields=["district", "format", "source", "-at"], name="content_import_source"),
        ]


class ContentPicture(Tenanted):
    """A picture of an imported question, by the digest of its bytes and its ending."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "name"], name="content_picture_name")]


class AuthoredQuestion(Tenanted):
    """A question that somebody writes here. ``body`` is the draft; ``state``: only its author sees a ``draft``, the school and
    learners a ``shared`` one, nobody but the school one that is ``back``. ``shared_at`` 0 until it was shared first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.TextField(blank=True, default="")
    state = models.TextField(choices=[(state, state) for state in ("draft", "shared", "back")], default="draft")
    body = models.JSONField()
    at = models.FloatField()
    shared_at = models.FloatField(default=0.0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="authored_newest")]
