"""Our keys, and those that others publish: kept, read anew when they have changed, never asked for more than once a minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from headway.school.exchange.lti.models import LtiKey
from headway.school.exchange.outside import NoAnswer, ask
from headway.school.exchange.sealing import seal, unseal
from headway.school.people.models import District
from headway.standards.jose import BadToken, Claims, Expected, UnknownKey, key_set, new_key, signed, verified

PURPOSE = "headway-lti"
LINGERS = 30 * 86400.0
"""Seconds for which a key that signs nothing more is still published."""
STALE, PAUSE = 86400.0, 60.0
"""Seconds after which keys of others are read anew, and between two readings."""


class Keyed(Protocol):
    """A row with the address of somebody's keys and the keys as they were read last."""

    keys_url: str
    keys: Any
    keys_at: float

    def save(self, *, update_fields: list[str]) -> None:
        """Keep what was read."""


def sign(claims: Mapping[str, Any], *, district: UUID, now: float) -> str:
    """Sign a statement of the district's, by its newest key; the first statement makes the first key."""
    row = LtiKey.objects.filter(ended_at=None).order_by("-at").first() or _make(district, now)
    return signed(claims, unseal(PURPOSE, row.sealed), row.kid)


def ensure_key(*, district: UUID, now: float) -> None:
    """Make the first key before anything is signed: whoever checks a signature can only read keys that are committed."""
    if not LtiKey.objects.filter(ended_at=None).exists():
        _make(district, now)


def published_keys(*, district: UUID, now: float) -> dict[str, Any]:
    """The public halves of the district's keys, as a JWK set: those in use and those that were until lately. Empty where there
    is no such district."""
    if not District.objects.filter(id=district).exists():
        return {}
    rows = list(LtiKey.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now - LINGERS)).order_by("-at"))
    return {"keys": [row.public for row in rows or [_make(district, now)]]}


def change_key(*, district: UUID, now: float) -> None:
    """Sign by a new key from now on; the one before stays published for a month."""
    before = list(LtiKey.objects.filter(ended_at=None).values_list("id", flat=True))
    _make(district, now)
    LtiKey.objects.filter(id__in=before).update(ended_at=now)


def believed(token: str, owner: Keyed, expected: Expected, *, now: float) -> Claims:
    """Return the claims of a token that is signed by one of the owner's published keys. The keys are read when they are missing,
    a day old, or do not have the one that is named; where there is no address of keys, those that are known are all. Raises
    BadToken; also where the keys cannot be read."""
    fresh = not owner.keys_url
    if owner.keys_url and not owner.keys and 0 <= now - owner.keys_at < PAUSE:
        raise BadToken("key", "the keys could not be read a moment ago; they are tried again after a minute")
    if owner.keys_url and (not owner.keys or now - owner.keys_at > STALE):
        fresh = _read(owner, now, keep=bool(owner.keys))
    try:
        return verified(token, owner.keys or {}, expected, now=now)
    except UnknownKey:
        if fresh or now - owner.keys_at < PAUSE:
            raise
        _read(owner, now, keep=False)
        return verified(token, owner.keys, expected, now=now)


def _read(owner: Keyed, now: float, *, keep: bool) -> bool:
    """Read somebody's keys. With ``keep``, those that are known stay in force while the address does not answer."""
    owner.keys_at = now
    try:
        found, _headers = ask("GET", owner.keys_url)
        owner.keys = key_set(found)
    except (NoAnswer, BadToken) as error:
        if not keep:
            raise BadToken("key", str(error)) from error
    finally:
        owner.save(update_fields=["keys", "keys_at"])
    return True


def _make(district: UUID, now: float) -> LtiKey:
    kid, private, public = new_key()
    try:
        with transaction.atomic():
            return LtiKey.objects.create(
                district_id=district, kid=kid, sealed=seal(PURPOSE, private), public=public, at=now
            )
    except IntegrityError as error:  # eight random bytes twice
        raise RuntimeError("two keys of the same name were drawn") from error
