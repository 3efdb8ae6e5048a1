"""What the platform has to remember: other providers' tools, where they stand, who went there, what they wrote."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.people.models import Person, Section
from headway.school.people.tenancy import Tenanted


class LtiTool(Tenanted):
    """A tool of another provider. ``base`` is our address as it was registered there: every address that the tool hears begins
    with it. ``redirects`` are the only addresses that a launch is sent to; ``scopes`` are the services that it may use,
    ``shares`` what it may hear of a person besides an identifier of its own: name, email, sourced_id. Before ``agreed_at``
    (a tool that registered itself waits for a person's yes) and after ``ended_at`` nothing works."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    base = models.TextField()
    login_url = models.TextField()
    launch_url = models.TextField()
    choose_url = models.TextField(blank=True, default="")
    redirects = ArrayField(models.TextField())
    keys_url = models.TextField(blank=True, default="")
    keys = models.JSONField(default=dict)
    keys_at = models.FloatField(default=0.0)
    scopes = ArrayField(models.TextField(), default=list)
    shares = ArrayField(models.TextField(), default=list)
    custom = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    agreed_at = models.FloatField(null=True)
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="lti_tool_order")]


class LtiToolInvitation(Tenanted):
    """A link by which a tool registers itself once (dynamic registration); only its hash is kept. What the tool may do at most is
    the choice of whoever made the link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField()
    base = models.TextField()
    scopes = ArrayField(models.TextField(), default=list)
    shares = ArrayField(models.TextField(), default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    used_at = models.FloatField(null=True)


class LtiPlacement(Tenanted):
    """Something of a tool that a teacher put before a class, at a skill (empty: at none). ``like`` is what it repeats for another
    class."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    skill = models.TextField(blank=True, default="")
    title = models.TextField()
    url = models.TextField(blank=True, default="")
    custom = models.JSONField(default=dict)
    like = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["like", "section"], condition=models.Q(ended_at=None), name="lti_placement_like_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["district", "section", "at"], name="lti_placement_of_section")]


class LtiAccount(Tenanted):
    """Who somebody is to one tool: an identifier that no other tool hears."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "tool", "person"], name="lti_account_once")
        ]


class LtiVisit(Tenanted):
    """Somebody goes to a tool: named by ``id`` on the way there and back. Without a placement, a teacher goes to choose something
    for the section; ``chosen`` is what the tool answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    placement = models.ForeignKey(LtiPlacement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    gone_at = models.FloatField(null=True)
    chosen = models.JSONField(null=True)
    placed_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="lti_visit_order")]


class LtiColumn(Tenanted):
    """A line item of a tool in a section (Assignment and Grade Services 2.0)."""

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
        indexes: ClassVar = [models.Index(fields=["district", "tool", "section", "at"], name="lti_column_of_section")]


class LtiScore(Tenanted):
    """A score that a tool sent. Append-only: the newest of a learner in a column counts, by ``made_at``, the tool's moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    column = models.ForeignKey(LtiColumn, on_delete=models.PROTECT, related_name="scores", db_index=False)
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
            models.UniqueConstraint(fields=["district", "column", "learner", "made_at"], name="lti_score_once")
        ]


class LtiUsed(Tenanted):
    """The name of a statement of a tool that is good for one use (a nonce, a ``jti``), kept until it is out of date anyway."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey(LtiTool, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    until = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "tool", "name"], name="lti_used_once")]
