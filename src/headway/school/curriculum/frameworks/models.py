"""Tables of frameworks: the package as it was read, its parts, its standards, and which skills stand for them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted


class Framework(Tenanted):
    """A framework that somebody brought in. ``package`` is its CFPackage (gzip of JSON, CASE 1.1), ``changed`` when its publisher
    changed it last (as CASE writes times), ``address`` where it was pulled from. An ``open`` one is read by everybody over CASE.
    One that is withdrawn keeps its rows, and nothing reads in it."""

    id = models.BigAutoField(primary_key=True)
    identifier = models.TextField()
    title = models.TextField()
    creator = models.TextField(blank=True, default="")
    publisher = models.TextField(blank=True, default="")
    version = models.TextField(blank=True, default="")
    changed = models.TextField(blank=True, default="")
    licence = models.TextField(blank=True, default="")
    package = models.BinaryField()
    source = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    at = models.FloatField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    open = models.BooleanField(default=False)
    withdrawn_at = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "identifier"], name="framework_once")]


class FrameworkPart(Tenanted):
    """The document, an item, an association, a definition or a rubric as CASE writes it (``body`` is JSON), for whoever asks by
    its identifier. ``kind`` is the collection in which it is asked for; ``origin`` and ``destination`` are an association's
    ends."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="parts")
    kind = models.TextField()
    identifier = models.TextField()
    origin = models.TextField(blank=True, default="")
    destination = models.TextField(blank=True, default="")
    body = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "identifier"], name="framework_part_key"),
            models.Index(fields=["district", "origin"], name="framework_part_from", condition=~models.Q(origin="")),
            models.Index(
                fields=["district", "destination"], name="framework_part_to", condition=~models.Q(destination="")
            ),
        ]


class FrameworkStandard(Tenanted):
    """A standard; ``number`` is its place in the framework's order, ``parent`` the identifier of what it belongs to."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="standards", db_index=False)
    number = models.IntegerField()
    identifier = models.TextField()
    code = models.TextField(blank=True, default="")
    statement = models.TextField()
    kind = models.TextField(blank=True, default="")
    grades = models.JSONField(default=list)
    parent = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["framework", "number"], name="standard_place")]


class FrameworkMatch(Tenanted):
    """A skill that stands for a standard, whole or in part (``share``). ``how`` says on whose word: ``identifier``,
    ``crosswalk``, ``association`` (published ones) or ``person``. Somebody who confirmed or ``refused`` it is ``by``; such a row
    outlives every import, also while the standard is not there."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="matches", db_index=False)
    identifier = models.TextField()
    skill = models.TextField()
    how = models.TextField()
    share = models.FloatField(default=1.0)
    refused = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField(default=0.0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "identifier", "skill"], name="framework_match_once")
        ]


class FrameworkChoice(Tenanted):
    """What profiles are read in: ``key`` is a framework's identifier, or that of one that ships. Without a school it holds for
    every school that has no choice of its own."""

    id = models.BigAutoField(primary_key=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    key = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="framework_choice_school"),
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(school=None), name="framework_choice_district"
            ),
        ]


class FrameworkUpload(Tenanted):
    """A package that somebody handed in or pulled: looked at, taken in, or laid aside. ``body`` holds what was found and what it
    would change. ``content`` goes when it is taken in or laid aside, or when another one is handed in; after a week nobody can
    take it in any more. So a district keeps one package at the most that nobody has decided on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    name = models.TextField()
    address = models.TextField(blank=True, default="")
    state = models.TextField(choices=[(state, state) for state in ("looked", "taken", "aside")])
    content = models.BinaryField(default=b"")
    body = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="framework_upload_newest")]
