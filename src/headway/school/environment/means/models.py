"""What a school has, as somebody said it on a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted


class SchoolMeans(Tenanted):
    """One thing that a school has or may do (``core.environment.means``): ``kind`` is ``technology``, ``autonomy``, ``budget`` or
    ``partner``, ``name`` which one, ``body`` what is said of it; ``day`` (days since 1970) from when on; ``gone``: it no longer
    holds. Append-only: the newest row of a school, kind and name counts; ``by`` is empty for one that a file brought."""

    id = models.BigAutoField(primary_key=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="means", db_index=False)
    kind = models.TextField()
    name = models.TextField()
    body = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    day = models.IntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "-id"], name="means_by_school")]
