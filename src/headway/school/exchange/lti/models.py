"""What LTI has to remember: platforms, our keys, launches on their way, links, who came by them, grades to be sent."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.exchange.sign_on.models import SignOnService
from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class LtiKey(Tenanted):
    """A key by which we sign. ``sealed`` is its private half, encrypted. After ``ended_at`` it
    signs nothing more, and stays published for a while for whoever still holds what it has signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kid = models.TextField()
    sealed = models.BinaryField()
    public = models.JSONField()
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "kid"], name="lti_key_name")]


class LtiPlatform(Tenanted):
    """A learning management system that opens Headway. Who it is and how its accounts are matched stands in ``service``, as for
    every sign-on; here is what LTI needs besides. ``deployments`` are those that the district has agreed to, ``origins``
    the pages that may frame the first page of a launch; ``keys`` are its published keys as they were read at ``keys_at``."""

    service = models.OneToOneField(SignOnService, on_delete=models.PROTECT, primary_key=True, related_name="lti")
    login_url = models.TextField()
    token_url = models.TextField()
    keys_url = models.TextField()
    token_audience = models.TextField(blank=True, default="")
    deployments = ArrayField(models.TextField(), default=list)
    origins = ArrayField(models.TextField(), default=list)
    grades = models.BooleanField(default=False)
    keys = models.JSONField(default=dict)
    keys_at = models.FloatField(default=0.0)


class LtiInvitation(Tenanted):
    """A link by which a platform registers itself once (dynamic registration); only its hash is kept. The matching rule is the
    administrator's, who made the link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField()
    rule = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    used_at = models.FloatField(null=True)


class LtiLaunch(Tenanted):
    """A launch on its way: begun for one browser (the hash of a cookie), arrived with a token once, taken once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(LtiPlatform, on_delete=models.PROTECT, related_name="+", db_index=False)
    nonce = models.TextField()
    browser = models.BinaryField()
    asked = models.JSONField()
    at = models.FloatField()
    claims = models.JSONField(null=True)
    arrived_at = models.FloatField(null=True)
    used_at = models.FloatField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="lti_launch_order")]


class LtiLink(Tenanted):
    """A link in a course of a platform, with what it opens and the addresses of the services that came with it last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(LtiPlatform, on_delete=models.PROTECT, related_name="+", db_index=False)
    deployment = models.TextField()
    resource = models.TextField()
    title = models.TextField(blank=True, default="")
    context = models.TextField(blank=True, default="")
    context_title = models.TextField(blank=True, default="")
    kind = models.TextField()
    key = models.TextField(blank=True, default="")
    items = models.TextField(blank=True, default="")
    item = models.TextField(blank=True, default="")
    members = models.TextField(blank=True, default="")
    scopes = ArrayField(models.TextField(), default=list)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "platform", "deployment", "resource"], name="lti_link_once")
        ]


class LtiSeat(Tenanted):
    """Somebody came by a link; ``subject`` is their account there, under which a grade goes back. ``value`` was sent last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(LtiLink, on_delete=models.PROTECT, related_name="seats", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.TextField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "link", "person"], name="lti_seat_once")]


class LtiGrade(Tenanted):
    """A grade that is to go back, until it has: tried again later and later. ``words`` is what went wrong last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(LtiSeat, on_delete=models.PROTECT, related_name="grades", db_index=False)
    value = models.FloatField()
    at = models.FloatField()
    tries = models.SmallIntegerField(default=0)
    next_at = models.FloatField()
    sent_at = models.FloatField(null=True)
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "seat", "value"], name="lti_grade_once")]
        indexes: ClassVar = [models.Index(fields=["district", "next_at"], name="lti_grade_due")]
