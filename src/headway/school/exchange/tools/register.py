"""The tools of a district: registered by hand or by themselves, agreed to, changed, closed, read."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from headway.core.text import T
from headway.school.exchange.lti.keys import ensure_key
from headway.school.exchange.lti.platforms import origin_of, secure
from headway.school.exchange.tools.models import LtiPlacement, LtiScore, LtiTool, LtiToolInvitation
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.standards.jose import BadToken, key_set
from headway.standards.lti import words
from headway.standards.lti.registration import BadRegistration
from headway.standards.lti.tools import Described, described_in, registered

SHARES = ("name", "email", "sourced_id")
"""What a tool may be allowed to hear of a person besides its own identifier for them."""
INVITED = 3600.0
"""Seconds for which a link for registering is good."""
MOST = 40
"""Open tools a district may have."""


class NoTool(Refused):
    """The tool cannot be registered as it is described."""

    code = "no-tool"


@dataclass(frozen=True, slots=True)
class Form:
    """A tool as its form describes it. ``key`` is a public key as JWK or JWKS text, where there is no address of keys."""

    name: str
    login_url: str
    launch_url: str
    redirects: tuple[str, ...] = ()
    keys_url: str = ""
    key: str = ""
    choose_url: str = ""
    scopes: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A tool on the page, with how much of it is in use."""

    row: LtiTool
    placed: int
    scores: int


@transaction.atomic
def add_tool(*, by: Person, form: Form, base: str, now: float, agreed: bool = True) -> LtiTool:
    """Register a tool. ``base`` is our own address, such as https://headway.example. Raises NoTool, saying what to mend."""
    name = form.name.strip()
    if not 1 <= len(name) <= 60:
        raise NoTool(T("Give the tool a name of at most 60 letters: learners and teachers read it."))
    redirects = tuple(dict.fromkeys(form.redirects or (form.launch_url,)))
    given = [form.login_url, form.launch_url, *redirects, *filter(None, (form.keys_url, form.choose_url))]
    for address in given:
        if not secure(address) or len(address) > 2_000:
            raise NoTool(
                T(
                    "“{address}” cannot be an address of a tool. Copy it as its provider gives it, with https.",
                    address=address[:200],
                )
            )
    keys = _keys(form)
    if LtiTool.objects.filter(ended_at=None).count() >= MOST:
        raise NoTool(T("There are {n} open tools already. Close one first.", n=MOST))
    ensure_key(district=by.district_id, now=now)
    return LtiTool.objects.create(
        district_id=by.district_id, name=name, base=origin_of(base), login_url=form.login_url, launch_url=form.launch_url,
        choose_url=form.choose_url, redirects=list(redirects), keys_url=form.keys_url, keys=keys,
        scopes=_of(form.scopes, words.OFFERED), shares=_of(form.shares, SHARES), custom=dict(form.custom[:30]), by=by, at=now,
        agreed_at=now if agreed else None,
    )  # fmt: skip


@transaction.atomic
def agree(*, tool: UUID, scopes: Iterable[str], shares: Iterable[str], now: float) -> bool:
    """Say what an open tool may do and hear from now on; one that waits for a yes works from now on. True if it is open."""
    row = LtiTool.objects.select_for_update(of=("self",)).filter(id=tool, ended_at=None).first()
    if row is None:
        return False
    row.scopes, row.shares = _of(scopes, words.OFFERED), _of(shares, SHARES)
    row.agreed_at = row.agreed_at or now
    row.save(update_fields=["scopes", "shares", "agreed_at"])
    return True


def close_tool(*, tool: UUID, now: float) -> bool:
    """Open nothing of a tool any more, and take nothing from it. What it wrote stays. True if it was open."""
    return bool(LtiTool.objects.filter(id=tool, ended_at=None).update(ended_at=now))


def standing_tools() -> list[Standing]:
    """The tools that are not closed, the oldest first. Three queries."""
    placed = LtiPlacement.objects.filter(ended_at=None).values_list("tool").annotate(n=Count("*")).order_by()
    scores = LtiScore.objects.values_list("column__tool").annotate(n=Count("*")).order_by()
    in_use, sent = dict(placed), dict(scores)
    rows = LtiTool.objects.filter(ended_at=None).order_by("at", "id")
    return [Standing(row, in_use.get(row.id, 0), sent.get(row.id, 0)) for row in rows]


def open_tools() -> list[LtiTool]:
    """The tools that work, by name."""
    return list(LtiTool.objects.filter(ended_at=None, agreed_at__isnull=False).order_by("name", "id"))


def tool_with_id(key: UUID | None) -> LtiTool | None:
    """A tool that works, or None."""
    return LtiTool.objects.filter(id=key, ended_at=None, agreed_at__isnull=False).first() if key else None


def client_of(tool: LtiTool) -> str:
    """The identifier that a tool has here: its district and its own."""
    return f"hwt.{_packed(tool.district_id.bytes + tool.id.bytes)}"


def keys_of_client(client: str) -> tuple[UUID, UUID] | None:
    """The district and the tool of a client identifier; None for anything else."""
    kind, _, rest = client.partition(".")
    raw = _unpacked(rest) if kind == "hwt" else b""
    return (UUID(bytes=raw[:16]), UUID(bytes=raw[16:])) if len(raw) == 32 else None


def issuer_of(base: str, district: UUID) -> str:
    """Who a district is to its tools: one issuer a district, so that no other's key speaks for it."""
    return f"{base}/lti/{district}"


def invite_tool(*, by: Person, scopes: Iterable[str], shares: Iterable[str], base: str, now: float) -> str:
    """Make the token by which one tool registers itself, once, within an hour, to do and hear no more than this."""
    secret = secrets.token_urlsafe(24)
    LtiToolInvitation.objects.create(
        district_id=by.district_id, digest=_digest(secret), base=origin_of(base), scopes=_of(scopes, words.OFFERED),
        shares=_of(shares, SHARES), by=by, at=now,
    )  # fmt: skip
    return f"hwr.{_packed(by.district_id.bytes)}.{secret}"


def take_registration(*, token: str, body: Any, now: float) -> dict[str, Any] | None:
    """Register a tool that describes itself, and return our answer; None for a token that is not good. The tool waits for a
    person's yes. Raises NoTool and BadRegistration; then the token is still good."""
    kind, _, rest = token.partition(".")
    packed, _, secret = rest.partition(".")
    raw = _unpacked(packed) if kind == "hwr" else b""
    if len(raw) != 16:
        return None
    with in_district(UUID(bytes=raw)):
        good = LtiToolInvitation.objects.select_for_update(of=("self",)).select_related("by")
        row = good.filter(digest=_digest(secret), used_at=None, at__gt=now - INVITED).first()
        if row is None:
            return None
        tool = _described(row, described_in(body), now)
        row.used_at = now
        row.save(update_fields=["used_at"])
        return registered(body, client=client_of(tool), deployment=str(tool.id), scopes=tool.scopes)


def _described(row: LtiToolInvitation, found: Described, now: float) -> LtiTool:
    origins = {origin_of(each) for each in (*found.redirects, found.launch, found.login)}
    if len(origins) != 1 or "" in origins:
        raise BadRegistration("initiate_login_uri, redirect_uris and target_link_uri are not all at one https address")
    form = Form(
        found.name, found.login, found.launch, found.redirects, found.keys_url, json.dumps(found.keys) if found.keys else "",
        found.choose, tuple(found.scopes & set(row.scopes)), tuple(row.shares), tuple(found.custom.items()),
    )  # fmt: skip
    return add_tool(by=row.by, form=form, base=row.base, now=now, agreed=False)


def _keys(form: Form) -> dict[str, Any]:
    """The keys that came with a form; they are needed where there is no address to read them from."""
    if form.keys_url:
        return {}
    try:
        given = json.loads(form.key[:20_000])
        found = key_set(given if isinstance(given, Mapping) and "keys" in given else {"keys": [given]})
    except (ValueError, RecursionError, BadToken):
        found = {"keys": []}
    if not any(isinstance(each.get("kid"), str) for each in found["keys"]):
        raise NoTool(T("Copy the address of the tool’s keys (JWKS), or its public key as a JWK with a name (kid)."))
    return found


def _of(given: Iterable[str], known: tuple[str, ...]) -> list[str]:
    wanted = set(given)
    return [each for each in known if each in wanted]


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _packed(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return b""
