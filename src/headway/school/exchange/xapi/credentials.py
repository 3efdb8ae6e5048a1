"""Who may use the record store: a system's name and secret, as HTTP Basic authentication sends them."""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from headway.core.text import T
from headway.school.exchange.xapi.models import XapiCredential, XapiTrust
from headway.school.people.models import Person
from headway.school.people.programs import may_answer_for
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.school.people.tokens import digest_of

SCOPES = {
    "all": "everything",
    "all/read": "read everything",
    "statements/write": "send statements",
    "statements/read": "read all statements",
    "statements/read/mine": "read the statements that it sent itself",
    "state": "keep documents of state",
    "profile": "keep documents of activities and agents",
}
"""What a credential may do, by the names of the specification (1.0.3, part three, 4.2)."""
REMEMBERED_SECONDS = 30.0
MOST = 200
"""Open credentials a district may have."""
_MOST_REMEMBERED = 10_000
_remembered: dict[str, tuple[float, Caller]] = {}


class NoCredential(Refused):
    """The credential cannot be made as it is described."""

    code = "no-xapi-credential"


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that has shown its secret. ``trusted``: what it says of learners is taken as evidence. ``person`` let it in
    and still has a part in the whole district; None where nobody does."""

    district: UUID
    credential: UUID
    name: str
    scopes: frozenset[str]
    trusted: bool = False
    person: UUID | None = None

    def may(self, *scopes: str) -> bool:
        """Whether it has one of these scopes, or everything."""
        return "all" in self.scopes or not self.scopes.isdisjoint(scopes)

    def authority(self) -> dict[str, Any]:
        """The agent that vouches for its statements."""
        account = {"homePage": f"https://{settings.ALLOWED_HOSTS[0]}/", "name": str(self.credential)}
        return {"objectType": "Agent", "name": self.name, "account": account}


def issue_credential(
    *, district: UUID, name: str, scopes: list[str], by: Person | None, now: float
) -> tuple[XapiCredential, str, str]:
    """Make a credential; return its row, the user name and the secret, which can be seen this once. Raises NoCredential."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise NoCredential(T("Name what it may do: some of {scopes}.", scopes=", ".join(SCOPES)))
    if not name.strip() or len(name) > 200:
        raise NoCredential(T("Give the system a name of at most 200 characters."))
    if XapiCredential.objects.filter(ended_at=None).count() >= MOST:
        raise NoCredential(T("There are {most} open credentials. Close those that nobody uses.", most=MOST))
    secret = secrets.token_urlsafe(32)
    row = XapiCredential.objects.create(
        district_id=district, name=name.strip(), digest=digest_of(secret), scopes=sorted(set(scopes)), by=by, at=now
    )
    return row, user_of(row), secret


def user_of(row: XapiCredential) -> str:
    """The user name of a credential: it names the district, so that nothing is read before the tenant is known."""
    return "hx1." + urlsafe_b64encode(row.district_id.bytes + row.id.bytes).decode().rstrip("=")


def credentials() -> list[XapiCredential]:
    """The open credentials of the district, the oldest first."""
    return list(XapiCredential.objects.filter(ended_at=None).order_by("at", "id"))


def close_credential(*, credential: UUID, now: float) -> bool:
    """Close a credential; whether it was open. A process that has just seen it may take it for half a minute."""
    return bool(XapiCredential.objects.filter(id=credential, ended_at=None).update(ended_at=now))


def remembered_caller(header: str) -> Caller | None:
    """The caller of an ``Authorization`` header that this process checked a moment ago."""
    found = _remembered.get(header)
    return found[1] if found is not None and found[0] > time.monotonic() else None


def caller_of(header: str) -> Caller | None:
    """Who sends an ``Authorization`` header of the scheme Basic, or None where nobody does."""
    found = remembered_caller(header)
    if found is not None:
        return found
    scheme, _, packed = header.partition(" ")
    try:
        user, _, secret = b64decode(packed.strip(), validate=True).decode().partition(":")
        raw = urlsafe_b64decode(user.removeprefix("hx1.") + "==")
        if scheme.lower() != "basic" or not user.startswith("hx1.") or len(raw) != 32:
            return None
        district, key = UUID(bytes=raw[:16]), UUID(bytes=raw[16:])
    except ValueError:
        return None
    with in_district(district):
        row = XapiCredential.objects.filter(id=key, ended_at=None).first()
        trusted = XapiTrust.objects.filter(credential_id=key, ended_at=None).exists()
        answers = row is not None and row.by_id is not None and may_answer_for(row.by_id)
    if row is None or not hmac.compare_digest(bytes(row.digest), digest_of(secret)):
        return None
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    caller = Caller(district, row.id, row.name, frozenset(row.scopes), trusted, row.by_id if answers else None)
    _remembered[header] = (time.monotonic() + REMEMBERED_SECONDS, caller)
    return caller
