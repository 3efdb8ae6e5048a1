"""Tables of frameworks: the package as it was read, its standards, and which skills stand for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.tenancy import Tenanted


class Framework(Tenanted):
    """A framework that somebody brought in. ``package`` is its CFPackage (gzip of JSON, CASE 1.1); profiles are read in the
    one that is ``chosen``."""

    id = models.BigAutoField(primary_key=True)
    identifier = models.TextField()
    title = models.TextField()
    creator = models.TextField(blank=True, default="")
    licence = models.TextField(blank=True, default="")
    package = models.BinaryField()
    chosen = models.BooleanField(default=False)
    source = models.TextField(blank=True, default="")
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "identifier"], name="framework_once"),
            models.UniqueConstraint(fields=["district"], condition=models.Q(chosen=True), name="framework_one_chosen"),
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
    ``crosswalk``, ``association`` (published ones) or ``person`` (somebody confirmed a suggestion)."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="matches", db_index=False)
    identifier = models.TextField()
    skill = models.TextField()
    how = models.TextField()
    share = models.FloatField(default=1.0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "identifier", "skill"], name="framework_match_once")
        ]
