"""Statements and documents of the Experience API, and who may bring and read them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class XapiCredential(Tenanted):
    """A system that may use the record store, by name and secret; only the secret's hash is kept. ``by`` is empty where the
    command line made it. It is never edited; ``ended_at`` closes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    digest = models.BinaryField()
    scopes = ArrayField(models.TextField())
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="xapi_credential_order")]


class XapiStatement(Tenanted):
    """A statement as it is given out, in the order in which it came.

    ``stored`` is the time of the transaction, so what a reader sees up to its oldest open transaction is complete. ``keys`` are
    the numbers of ``standards.xapi.keys``, turned by the district. ``refers`` is the statement that it is about, ``voids`` that
    which it takes back.
    """

    number = models.BigAutoField(primary_key=True)
    statement = models.UUIDField()
    stored = models.DateTimeField()
    body = models.TextField()
    keys = ArrayField(models.BigIntegerField())
    refers = models.UUIDField(null=True)
    voids = models.UUIDField(null=True)
    credential = models.ForeignKey(XapiCredential, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "statement"], name="xapi_statement_once")]
        indexes: ClassVar = [
            models.Index(fields=["district", "stored", "number"], name="xapi_statement_order"),
            GinIndex(fields=["keys"], name="xapi_statement_keys"),
            models.Index(fields=["district", "refers"], name="xapi_statement_refers", condition=~models.Q(refers=None)),
            models.Index(fields=["district", "voids"], name="xapi_statement_voids", condition=~models.Q(voids=None)),
        ]


class XapiFile(Tenanted):
    """The bytes of an attachment, of one statement: what another sender calls by the same sum is kept apart."""

    id = models.BigAutoField(primary_key=True)
    statement = models.UUIDField()
    sha2 = models.TextField()
    kind = models.TextField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "statement", "sha2"], name="xapi_file_once")
        ]


class XapiActivity(Tenanted):
    """What statements have said of an activity, put together; ``key`` is a hash of its identifier, ``definition`` JSON."""

    pk = models.CompositePrimaryKey("district", "key")
    key = models.BinaryField()
    iri = models.TextField()
    definition = models.TextField()


class XapiDocument(Tenanted):
    """A document of state, of an activity or of an agent. ``key`` and ``place`` see ``standards.xapi.documents.Address``."""

    pk = models.CompositePrimaryKey("district", "key")
    key = models.BinaryField()
    place = models.BinaryField()
    registration = models.TextField(blank=True, default="")
    name = models.TextField()
    kind = models.TextField()
    content = models.BinaryField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "place", "at"], name="xapi_document_place")]


class XapiTrust(Tenanted):
    """That a person takes what a system says of learners as evidence. ``stored`` and ``number`` name the last statement that was
    read for it; ``others`` counts those that told no result. ``ended_at`` ends it; what was taken stays."""

    credential = models.OneToOneField(XapiCredential, on_delete=models.PROTECT, primary_key=True, related_name="trust")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)
    stored = models.DateTimeField(null=True)
    number = models.BigIntegerField(default=0)
    others = models.BigIntegerField(default=0)


class XapiReading(Tenanted):
    """What became of a statement that tells a result: ``outcome`` is a key of ``taking.OUTCOMES``; ``actor`` is the identifier of
    whom it is about, ``about`` is made from its activity."""

    pk = models.CompositePrimaryKey("district", "statement")
    statement = models.UUIDField()
    credential = models.ForeignKey(XapiCredential, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField()
    actor = models.TextField()
    about = models.UUIDField()
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["credential", "outcome", "about"], name="xapi_reading_outcome")]


class XapiActor(Tenanted):
    """A person has said which learner a system means by an identifier."""

    id = models.BigAutoField(primary_key=True)
    credential = models.ForeignKey(XapiCredential, on_delete=models.PROTECT, related_name="+", db_index=False)
    actor = models.TextField()
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["credential", "id"], name="xapi_actor_of")]


class XapiAlignment(Tenanted):
    """A person has said which skill a system's activity belongs to; "" for none of ours. The newest row of one is in force."""

    id = models.BigAutoField(primary_key=True)
    credential = models.ForeignKey(XapiCredential, on_delete=models.PROTECT, related_name="+", db_index=False)
    about = models.UUIDField()
    activity = models.TextField()
    skill = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["credential", "about", "-id"], name="xapi_alignment_of")]
