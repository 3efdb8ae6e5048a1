"""Statements of tools that are good for one use."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from headway.school.exchange.tools.models import LtiTool, LtiUsed
from headway.standards.jose import LONGEST, SKEW, BadToken

KEPT = 24 * LONGEST + 2 * SKEW
"""Seconds after which a statement is out of date whatever stands in it."""


def use_once(tool: LtiTool, name: str, *, now: float) -> None:
    """Keep that a statement was used. Raises BadToken where it was used before."""
    LtiUsed.objects.filter(tool=tool, until__lt=now).delete()
    try:
        with transaction.atomic():
            LtiUsed.objects.create(district_id=tool.district_id, tool=tool, name=name[:500], until=now + KEPT)
    except IntegrityError as error:
        raise BadToken("replay", f"{name[:80]!r} was used before") from error
