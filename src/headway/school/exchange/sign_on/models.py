"""The district's sign-on services, whose account is whose, cards of young learners,
second steps of adults, and a line for each try."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.school.people.models import Person, Section
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


class ClassCode(Tenanted):
    """The word by which a class is named at the sign-in by pictures. Made with its first cards, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "section"], name="class_code_of_section"),
            models.UniqueConstraint(fields=["district", "code"], name="class_code_once"),
        ]


class SignInCard(Tenanted):
    """A card by which a young learner signs in. ``secret`` is the hash of what its QR code holds, ``pictures`` that of its
    sequence, keyed by the server's secret key; ``number`` names the card in its class. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    secret = models.BinaryField()
    pictures = models.BinaryField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    expires_at = models.FloatField()
    ended_at = models.FloatField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "section", "learner"],
                condition=models.Q(ended_at=None),
                name="sign_in_card_learner",
            ),
            models.UniqueConstraint(
                fields=["district", "section", "number"], condition=models.Q(ended_at=None), name="sign_in_card_number"
            ),
        ]


class CardTry(Tenanted):
    """Somebody held a card before the camera (``qr``) or tapped pictures (``pictures``); ``card`` is unknown where no card of
    the class has the number. ``outcome`` is ``in`` or a key of :data:`cards.SAID`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    card = models.ForeignKey(SignInCard, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.TextField(choices=[("qr", "qr"), ("pictures", "pictures")])
    at = models.FloatField()
    outcome = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "section", "-at"], name="card_try_of_section"),
            models.Index(fields=["district", "card", "-at"], name="card_try_of_card"),
        ]


class SecondStep(Tenanted):
    """The app of an adult that shows a new code every half minute (RFC 6238). ``secret`` is encrypted with the server's secret
    key; ``last`` is the newest half minute whose code was used. Ended, never deleted; ``why`` is the reason of a reset."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    secret = models.BinaryField()
    last = models.BigIntegerField()
    at = models.FloatField()
    ended_at = models.FloatField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "person"], condition=models.Q(ended_at=None), name="second_step_person"
            )
        ]


class RecoveryCode(Tenanted):
    """A code on paper that replaces the app once. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(SecondStep, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField()
    used_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "step"], name="recovery_code_of_step")]


class SecondStepTry(Tenanted):
    """A code was given: ``in``, ``paper`` (a code on paper) or a key of :data:`second.SAID`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(SecondStep, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    outcome = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "step", "-at"], name="second_step_try_newest")]


class SecondStepRule(Tenanted):
    """Whether everybody of the staff needs a second step; the newest row holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    needed = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="second_step_rule_newest")]
