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
