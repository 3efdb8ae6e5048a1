"""What LTI has to remember as a platform: other providers' tools, where they stand, who went there, and what they sent back."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.people.models import Person, Section
from headway.school.people.tenancy import Tenanted


class LtiTool(Tenanted):
    """A tool of another provider; its ``id`` is its client identifier. ``redirects`` are the only addresses that a launch is sent
    to. ``names`` and ``counts`` are the district's leave to read names, and to let its scores stand without a teacher's word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    login_url = models.TextField()
    launch_url = models.TextField()
    redirects = ArrayField(models.TextField())
    keys_url = models.TextField()
    keys = models.JSONField(default=dict)
    keys_at = models.FloatField(default=0.0)
    names = models.BooleanField(default=False)
    counts = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="lti_tool_order")]


class LtiPlacement(Tenanted):
    """Something of a tool that a teacher put on the path of a class, at a skill."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    skill = models.TextField()
    title = models.TextField()
    url = models.TextField()
    custom = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "section", "skill"], name="lti_placement_of_section")]


class LtiVisit(Tenanted):
    """Somebody goes to a tool: named by ``id`` on the way there and back, used once. Without a placement, a teacher goes to
    choose one for ``section`` and ``skill``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    placement = models.ForeignKey(LtiPlacement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    skill = models.TextField(blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    gone_at = models.FloatField(null=True)
    back_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="lti_visit_order")]


class LtiLineItem(Tenanted):
    """A column of a tool's scores in a class (Assignment and Grade Services 2.0)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    placement = models.ForeignKey(LtiPlacement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    label = models.TextField()
    maximum = models.FloatField()
    resource = models.TextField(blank=True, default="")
    tag = models.TextField(blank=True, default="")
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "tool", "section"], name="lti_line_item_of_section")]


class LtiScore(Tenanted):
    """A score that a tool sent. Append-only: the newest of a learner in a line item is the result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(LtiLineItem, on_delete=models.PROTECT, related_name="scores", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    given = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    progress = models.TextField()
    grading = models.TextField()
    comment = models.TextField(blank=True, default="")
    made_at = models.FloatField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "item", "learner", "made_at"], name="lti_score_once")
        ]


class LtiUsed(Tenanted):
    """The name of a statement that was good for one use (a nonce, a ``jti``), kept until it is out of date anyway."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "tool", "name"], name="lti_used_once")]
