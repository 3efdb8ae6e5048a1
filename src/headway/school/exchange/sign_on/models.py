"""The district's sign-on services, whose account is whose, and a line for everybody who came in or was turned away."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class SignOnService(Tenanted):
    """A service that says who somebody is. It is never edited: another one takes its place, and ``ended_at`` closes it.

    ``issuer`` is the address of an OpenID provider, the entity identifier of a SAML one, or the issuer of an LTI platform (see
    :mod:`headway.school.exchange.lti`). ``secret`` is encrypted with the
    server's secret key. ``claim`` names the statement of the service that is compared with ``field`` of a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField(choices=[("oidc", "oidc"), ("saml", "saml"), ("lti", "lti")])
    name = models.TextField()
    issuer = models.TextField()
    client = models.TextField(blank=True, default="")
    secret = models.BinaryField(default=b"")
    metadata = models.TextField(blank=True, default="")
    claim = models.TextField()
    field = models.TextField(choices=[("email", "email"), ("sourced_id", "sourced_id")])
    domains = ArrayField(models.TextField(), default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="sign_on_service_order")]


class SignOnAccount(Tenanted):
    """Whose an account of a service is: found by the matching rule once, known by the account's own identifier from then on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(SignOnService, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "service", "subject"], name="sign_on_account_subject"),
            models.UniqueConstraint(fields=["district", "service", "person"], name="sign_on_account_person"),
        ]


class SignOnEvent(Tenanted):
    """Somebody came in by a service, or was turned away and why. ``detail`` is for whoever looks after the service."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(SignOnService, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    outcome = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    detail = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="sign_on_event_newest")]
