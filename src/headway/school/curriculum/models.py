"""What a district teaches: its skill graph, its imported problems, and every version that decisions were made with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Skill(Tenanted):
    """A node of the graph. ``number`` is its place in the district's order; it never changes once given."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    number = models.IntegerField()
    title = models.TextField()
    description = models.TextField(blank=True, default="")
    subject = models.TextField()
    grade = models.TextField(blank=True, default="")
    domain = models.TextField(blank=True, default="")
    case_ids = models.JSONField(default=list)
    major = models.BooleanField(default=False)
    kind = models.TextField(default="skill", choices=[("skill", "skill"), ("cards", "cards")])
    source = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "key"], name="skill_key"),
            models.UniqueConstraint(fields=["district", "number"], name="skill_number"),
        ]


class SkillEdge(Tenanted):
    """``earlier`` builds towards ``later`` (kind ``prerequisite``), or the two are ``related``. Both are skill keys."""

    id = models.BigAutoField(primary_key=True)
    earlier = models.TextField()
    later = models.TextField()
    kind = models.TextField(choices=[("prerequisite", "prerequisite"), ("related", "related")])
    source = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "earlier", "later", "kind"], name="edge_once")
        ]


class Problem(Tenanted):
    """An imported problem as it was read: ``payload`` is the core value, ``skill`` where a path offers it."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    title = models.TextField(blank=True, default="")
    skill = models.TextField(blank=True, default="")
    payload = models.JSONField()
    source = models.TextField()
    licence = models.TextField()
    url = models.TextField(blank=True, default="")
    active = models.BooleanField(default=True)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "key"], name="problem_key")]
        indexes: ClassVar = [models.Index(fields=["district", "skill"], name="problem_by_skill")]


class ProblemVersion(Tenanted):
    """How an imported problem read before a later import changed it, so that what learners answered can be shown as they met it.
    Append-only."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    payload = models.JSONField()
    until = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "key", "-id"], name="problem_version_newest")]


class CurriculumVersion(Tenanted):
    """A compiled curriculum by its content hash, so that any old decision can be replayed with what it knew."""

    id = models.BigAutoField(primary_key=True)
    version = models.TextField()
    data = models.BinaryField()
    current = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "version"], name="curriculum_version"),
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(current=True), name="curriculum_one_current"
            ),
        ]


class ContentMark(Tenanted):
    """What a named person made of a finding about the content, and why. ``subject`` is the finding's own (``item:…``,
    ``hints:…``, ``skill:…``, ``skills:A>B``); ``verdict`` is ``held`` (no path offers the item any more), ``mended``
    (elsewhere) or ``fine``; ``kind`` and ``refit`` say which finding of which report. Append-only: the newest mark of a
    subject counts."""

    id = models.BigAutoField(primary_key=True)
    subject = models.TextField()
    verdict = models.TextField()
    kind = models.TextField()
    refit = models.UUIDField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "subject", "-id"], name="content_mark_newest")]
