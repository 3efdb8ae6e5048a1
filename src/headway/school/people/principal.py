"""Who is asking: the person behind a session or an API token, remembered for half a minute.

The hot path asks this for every answer; a session or token that is ended elsewhere stays valid for at most
``REMEMBERED_SECONDS`` in a process that has just seen it.
"""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64decode
from binascii import Error as BadBase64
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from headway.school.people.models import ApiToken, Person, Role
from headway.school.people.shared import is_over
from headway.school.people.tenancy import DISTRICT_KEY, in_district
from headway.school.people.tokens import digest_of

REMEMBERED_SECONDS = 30.0
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person. ``scopes`` is None for a session, which may do all that the person may."""

    district: UUID
    person: UUID
    language: str
    roles: frozenset[str]
    scopes: frozenset[str] | None = None

    def may(self, scope: str) -> bool:
        """Whether the session or token allows this kind of request at all."""
        return self.scopes is None or scope in self.scopes


_remembered: dict[str, tuple[float, Principal]] = {}


def remembered(key: str) -> Principal | None:
    """Return the principal of a session key or token that this process checked a moment ago."""
    found = _remembered.get(key)
    return found[1] if found is not None and found[0] > time.monotonic() else None


def forget(key: str) -> None:
    """Drop a key at once, as sign-out does."""
    _remembered.pop(key, None)


def _remember(key: str, principal: Principal) -> Principal:
    if len(_remembered) >= _MOST:
        _remembered.clear()
    _remembered[key] = (time.monotonic() + REMEMBERED_SECONDS, principal)
    return principal


def principal_of_session(key: str) -> Principal | None:
    """Return who a session belongs to, or None when it is unknown, ended, or its person has left."""
    found = remembered(key)
    if found is not None or not key or "\x00" in key:  # which a quoted cookie can carry and the database cannot hold
        return found
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    district = request.session.get(DISTRICT_KEY)
    if district is None or is_over(request.session, time.time()):
        return None
    if request.session.modified:
        request.session.save()
    with in_district(district):
        person = get_user(request)
        if not isinstance(person, Person):
            return None
        return _remember(key, _principal(person, None))


def principal_of_token(token: str) -> Principal | None:
    """Return who an API token acts for, or None when it is malformed, unknown or revoked."""
    found = remembered(token)
    if found is not None:
        return found
    parts = token.split(".")
    if len(parts) != 3 or parts[0] != "hw1":
        return None
    try:
        packed = urlsafe_b64decode(parts[1] + "==")
        district, key = UUID(bytes=packed[:16]), UUID(bytes=packed[16:])
    except (BadBase64, ValueError):
        return None
    with in_district(district):
        row = ApiToken.objects.select_related("person").filter(id=key, revoked_at=None, person__is_active=True).first()
        if row is None or not hmac.compare_digest(bytes(row.digest), digest_of(parts[2])):
            return None
        return _remember(token, _principal(row.person, frozenset(row.scopes)))


def _principal(person: Person, scopes: frozenset[str] | None) -> Principal:
    roles = frozenset(Role.objects.filter(person=person).values_list("name", flat=True))
    return Principal(person.district_id, person.id, person.language, roles, scopes)
