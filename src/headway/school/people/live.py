"""Telling open boards that something has happened, once the transaction has committed."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.db import connection

from headway.school.people.tenancy import SETTING

CHANNEL = "headway_live"
"""PostgreSQL's channel; the payload is ``<district>:<kind>:<learner>``."""


def announce(kind: Literal["learner", "help"], learner: UUID) -> None:
    """Say that a learner's record (``learner``) or raised hand (``help``) has changed.

    Call it inside the transaction that changes it: PostgreSQL delivers at commit, and not at all after a rollback.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, current_setting(%s) || ':' || %s || ':' || %s)",
            [CHANNEL, SETTING, kind, str(learner)],
        )
