"""Programs of other systems that ask for a district's data: registered by somebody with a part in all of it, and their tokens.

A program has an identifier and a secret, of which only the hash is kept. For these it gets a token for an hour (RFC 6749, client
credentials), signed and not stored; whoever takes a token looks up whether the program is still open and still looked after.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.crypto import salted_hmac

from headway.core.text import T
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import ApiProgram, Person, RoleName
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.school.people.tokens import digest_of

SECONDS = 3600
"""How long a token is taken."""
REMEMBERED_SECONDS = 30.0
MOST = 40
"""Open programs a district may have."""
_KEPT = 5_000
_SALT = "headway.programs"
_KIND = "hwp1"


class NoProgram(Refused):
    """The program cannot be registered as it is described."""

    code = "no-program"


class BadClient(Exception):
    """The identifier or the secret is wrong, or the program is closed or looked after by nobody. A message says more."""


class BadScope(Exception):
    """The program does not have the scope that it asks for."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A new program. ``secret`` can be seen this once."""

    id: UUID
    client: str
    secret: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A token with what it may do and for how many seconds."""

    token: str
    scopes: tuple[str, ...]
    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class Program:
    """Who is asking: a program, in the name of the person who looks after it. ``scopes`` are those of its token."""

    district: UUID
    id: UUID
    name: str
    person: UUID
    scopes: frozenset[str]


_remembered: dict[str, tuple[float, Program]] = {}


def check_may_register(viewer: Viewer) -> None:
    """Raise NotAllowed for somebody who neither leads the whole district nor looks after its data."""
    if None not in viewer.schools(RoleName.LEADER, RoleName.RESEARCHER):
        raise NotAllowed("Programs read the whole district: only somebody with a part in all of it registers them.")


def register_program(*, by: Person, name: str, scopes: Collection[str], now: float) -> Registered:
    """Register a program. Raises NoProgram, saying what to mend."""
    plain = name.strip()
    if not 1 <= len(plain) <= 80:
        raise NoProgram(
            T("Give the program a name of at most 80 letters: families read it where they see who read their record.")
        )
    if not scopes:
        raise NoProgram(T("Choose at least one thing that the program may do."))
    if ApiProgram.objects.filter(ended_at=None).count() >= MOST:
        raise NoProgram(T("There are {n} open programs already. Close one first.", n=MOST))
    secret = secrets.token_urlsafe(32)
    row = ApiProgram.objects.create(
        district_id=by.district_id, name=plain, digest=digest_of(secret), scopes=sorted(scopes), by=by, at=now
    )
    return Registered(row.id, client_of(row), secret)


def client_of(row: ApiProgram) -> str:
    """The identifier that a program gives: its district and its own."""
    return f"hwc.{_packed(row.district_id.bytes + row.id.bytes)}"


def open_programs() -> list[ApiProgram]:
    """The programs of the open district that may ask, oldest first."""
    return list(ApiProgram.objects.filter(ended_at=None).select_related("by").order_by("at", "id"))


def end_program(*, program: UUID, now: float) -> bool:
    """Close a program; its tokens stop within half a minute. True if it was open."""
    return bool(ApiProgram.objects.filter(id=program, ended_at=None).update(ended_at=now))


def may_answer_for(person: UUID) -> bool:
    """Whether somebody is still there with a part in the whole district, so that a program may read in their name."""
    roles = Q(roles__school=None, roles__name__in=(RoleName.LEADER, RoleName.RESEARCHER))
    return Person.objects.filter(roles, id=person, is_active=True).exists()


def take_charge(*, program: UUID, by: Person) -> bool:
    """Let somebody look after an open program from now on: it asks in their name. True if it is open."""
    return bool(ApiProgram.objects.filter(id=program, ended_at=None).update(by=by))


def grant_token(*, client: str, secret: str, wanted: Sequence[str], now: float) -> Grant:
    """A token for a program. No scope asked for means all that it has. Raises BadClient and BadScope."""
    keys = _keys(client.removeprefix("hwc."), 2) if client.startswith("hwc.") else None
    if keys is None:
        raise BadClient
    district, program = keys
    with in_district(district):
        row = _alive(program)
        if row is None or not hmac.compare_digest(bytes(row.digest), digest_of(secret)):
            raise BadClient
        ApiProgram.objects.filter(id=program).update(seen_at=now)
    if not set(wanted) <= set(row.scopes):
        raise BadScope
    return granted(_KIND, district, program, tuple(dict.fromkeys(wanted)) or row.scopes, now=now)


def granted(kind: str, district: UUID, key: UUID, scopes: Sequence[str], *, now: float) -> Grant:
    """A token for somebody who has shown who they are. ``kind`` says for which table ``key`` is; a token of one kind is none of
    another."""
    said = [district.hex, key.hex, int(now) + SECONDS, list(scopes)]
    body = _packed(json.dumps(said, separators=(",", ":")).encode())
    return Grant(f"{kind}.{body}.{_signature(kind, body)}", tuple(scopes))


def opened(kind: str, token: str, now: float) -> tuple[UUID, UUID, frozenset[str]] | None:
    """The district, the key and the scopes of a token of this kind, or None where it is forged or too old."""
    found = _read(kind, token)
    return found[:3] if found is not None and found[3] > now else None


def remembered_program(token: str) -> Program | None:
    """Who asks with this token, if this process looked a moment ago."""
    found = _remembered.get(token)
    return found[1] if found is not None and found[0] > time.monotonic() else None


def program_of_token(token: str, now: float) -> Program | None:
    """Who asks with this token, or None where it is forged or too old, or its program is closed or looked after by nobody."""
    found = _read(_KIND, token)
    if found is None or found[3] <= now:
        return None
    district, program, scopes, ends = found
    with in_district(district):
        row = _alive(program)
    if row is None:
        return None
    left = ends - now
    made = Program(row.district_id, row.id, row.name, row.by_id, scopes & frozenset(row.scopes))
    if len(_remembered) >= _KEPT:
        _remembered.clear()
    _remembered[token] = (time.monotonic() + min(REMEMBERED_SECONDS, left), made)
    return made


def _alive(program: UUID) -> ApiProgram | None:
    """An open program whose person is still there with a part in the whole district."""
    charge = Q(by__is_active=True, by__roles__school=None, by__roles__name__in=(RoleName.LEADER, RoleName.RESEARCHER))
    return ApiProgram.objects.filter(charge, id=program, ended_at=None).first()


def _read(kind: str, token: str) -> tuple[UUID, UUID, frozenset[str], float] | None:
    """What stands in a token that we have signed, and when it ends."""
    parts = token.split(".")
    if len(parts) != 3 or parts[0] != kind or not token.isascii():
        return None
    if not hmac.compare_digest(parts[2], _signature(kind, parts[1])):
        return None
    district, key, ends, scopes = json.loads(_unpacked(parts[1]))
    return UUID(hex=district), UUID(hex=key), frozenset(scopes), float(ends)


def _signature(kind: str, body: str) -> str:
    return _packed(salted_hmac(f"{_SALT}.{kind}", body, algorithm="sha256").digest())


def _packed(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _keys(text: str, count: int) -> list[UUID] | None:
    try:
        data = _unpacked(text)
    except ValueError:
        return None
    return [UUID(bytes=data[16 * n : 16 * n + 16]) for n in range(count)] if len(data) == 16 * count else None
