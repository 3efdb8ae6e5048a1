"""API tokens: a person makes, lists and revokes their own. Only the hash of the secret is kept."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from headway.school.people.models import ApiToken, Person

SCOPES = {
    "read": "read what the person may read",
    "respond": "give the person's own answers",
    "respond:any": "give answers for any learner that the person may see (imports, kiosks)",
}


def issue_token(*, person: Person, name: str, scopes: list[str]) -> tuple[ApiToken, str]:
    """Make a token for a person and return its row with the token itself, which can be seen this once.

    Raises ValueError on a scope that is not in ``SCOPES``.
    """
    unknown = set(scopes) - set(SCOPES)
    if unknown:
        raise ValueError(f"unknown scope {', '.join(sorted(unknown))}: use {', '.join(SCOPES)}")
    secret = secrets.token_urlsafe(24)
    row = ApiToken.objects.create(
        district_id=person.district_id, person=person, name=name, digest=digest_of(secret), scopes=scopes
    )
    packed = urlsafe_b64encode(person.district_id.bytes + row.id.bytes).decode().rstrip("=")
    return row, f"hw1.{packed}.{secret}"


def tokens_of(person: Person) -> list[ApiToken]:
    """Return a person's tokens in force, the oldest first."""
    return list(ApiToken.objects.filter(person=person, revoked_at=None).order_by("created_at"))


def revoke_token(*, person: Person, token: UUID) -> bool:
    """Revoke a person's token; True if it was in force. A process that has just seen it may take it for half a minute."""
    mine = ApiToken.objects.filter(id=token, person=person, revoked_at=None)
    return bool(mine.update(revoked_at=datetime.now(UTC)))


def digest_of(secret: str) -> bytes:
    """The hash of a token's secret as the table keeps it."""
    return sha256(secret.encode()).digest()
