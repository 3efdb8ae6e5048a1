"""The tenant: every table has row-level security by district, and a transaction names the district it works for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, models, transaction

DISTRICT_KEY = "district"
SETTING = "headway.district"
_NAME = """
SELECT CASE WHEN coalesce(current_setting(%(key)s, true), '') = '' THEN set_config(%(key)s, %(wanted)s, true)
    ELSE current_setting(%(key)s, true) END
"""
"""Name the district of a transaction that has none; one that has one keeps it. The answer is whose the transaction is."""


class Tenanted(models.Model):
    """A row that belongs to one district; the database refuses to show or take it under another."""

    district = models.ForeignKey("school.District", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


@dataclass(slots=True)
class Unit:
    """The open transaction of :func:`in_district`."""

    using: str

    def roll_back(self) -> None:
        """Leave without keeping what was written."""
        transaction.set_rollback(True, using=self.using)


@contextmanager
def in_district(district: UUID | str, *, using: str = "default") -> Iterator[Unit]:
    """Work for one district: a transaction in which only its rows exist.

    Nested calls must name the same district; a unit of work never spans two. Raises ValueError otherwise.
    """
    wanted = str(UUID(str(district)))
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(_NAME, {"key": SETTING, "wanted": wanted})
            found = cursor.fetchone()[0]
            if found != wanted:
                raise ValueError(f"this transaction works for district {found}; it cannot also work for {wanted}")
        yield Unit(using)


def current_district(*, using: str = "default") -> UUID | None:
    """The district that the open transaction works for, or None."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        row = cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None
