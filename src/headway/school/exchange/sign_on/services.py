"""Adding and closing a district's sign-on services, and reading them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from headway.core.text import T
from headway.school.exchange.sealing import seal, unseal
from headway.school.exchange.sign_on.models import SignOnAccount, SignOnEvent, SignOnService
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import District, Person, RoleName
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district

PURPOSE = "headway-sign-on"
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
CLAIM = re.compile(r"[!-~]{1,200}")
DISTRICTS = 8
"""Up to so many districts the sign-in page shows everybody's buttons."""
MOST = 12
"""Open services a district may have: a page of buttons has to be read by a child."""


class NoService(Refused):
    """The service cannot be added as it is described."""

    code = "no-sign-on-service"


@dataclass(frozen=True, slots=True)
class Draft:
    """A service as its form describes it. ``metadata`` is that of a SAML service; ``domains`` are of e-mail addresses."""

    kind: str
    name: str
    issuer: str = ""
    client: str = ""
    secret: str = ""
    metadata: str = ""
    claim: str = "email"
    field: str = "email"
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """An open service with what its protocol needs. ``secret`` is in plain text: never show it."""

    id: UUID
    district: UUID
    kind: str
    name: str
    issuer: str
    client: str
    secret: str
    metadata: str
    claim: str
    field: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A button on the sign-in page."""

    service: UUID
    district: UUID
    where: str
    name: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line of the list of arrivals: an outcome of :mod:`reasons`, and who, where it is known."""

    at: float
    service: str
    outcome: str
    who: str
    detail: str


def check_may_sign_on(viewer: Viewer) -> None:
    """Raise NotAllowed for somebody who neither leads the whole district nor looks after its data."""
    if None not in viewer.schools(RoleName.LEADER, RoleName.RESEARCHER):
        raise NotAllowed("Sign-on is the whole district's: only somebody with a part in all of it changes it.")


def add_service(*, by: Person, draft: Draft, now: float) -> UUID:
    """Open a service for everybody in the district. Raises NoService, saying what to mend."""
    name, claim = draft.name.strip(), draft.claim.strip()
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise NoService(T("Give the service a name of at most 60 letters: it stands on the button."))
    check_rule(draft)
    if SignOnService.objects.filter(ended_at=None).count() >= MOST:
        raise NoService(T("There are {n} open services already. Close one first.", n=MOST))
    checked = {"saml": _checked_saml, "lti": _checked_lti}.get(draft.kind, _checked_oidc)(draft)
    row = SignOnService.objects.create(
        district_id=by.district_id, kind=draft.kind, name=name, claim=claim, field=draft.field,
        domains=list(draft.domains), by=by, at=now, **checked,
    )  # fmt: skip
    return row.id


def check_rule(draft: Draft) -> None:
    """Raise NoService for a matching rule that cannot work."""
    claim = draft.claim.strip()
    if not CLAIM.fullmatch(claim):
        raise NoService(T("Name the statement of the service to compare, such as email."))
    if draft.field not in ("email", "sourced_id"):
        raise NoService(T("Choose what to compare it with: the e-mail address or the identifier in the roster."))
    for domain in draft.domains:
        if not DOMAIN.fullmatch(domain):
            raise NoService(T("“{domain}” is no domain. Write it as in maple.example, without @.", domain=domain))


def close_service(*, service: UUID, now: float) -> None:
    """Let nobody in by this service any more; whoever is in stays until they sign out."""
    SignOnService.objects.filter(id=service, ended_at=None).update(ended_at=now)


def let_go(*, service: UUID, who: str) -> bool:
    """Forget which account of a service belongs to whoever has this address or identifier; the next one that matches is tied
    to them. False where nobody has one."""
    theirs = Q(person__email__iexact=who) | Q(person__sourced_id=who)
    gone, _ = SignOnAccount.objects.filter(theirs, service_id=service).delete() if who else (0, {})
    return bool(gone)


def open_services() -> list[Service]:
    """The services of the open district that let people in, oldest first."""
    rows = SignOnService.objects.filter(ended_at=None).exclude(
        kind="lti"
    )  # these begin at the learning management system
    return [_service(row) for row in rows.order_by("at", "id")]


def entries(at: UUID | None = None) -> list[Entry]:
    """The buttons of the sign-in page: of the district that a portal's link names, else of every district; without any in an
    installation of more than a few districts, where each portal has its own link."""
    named = District.objects.filter(id=at) if at else District.objects.order_by("-created_at", "id")
    districts = list(named[: DISTRICTS + 1])
    out: list[Entry] = []
    for district in districts if len(districts) <= DISTRICTS else []:
        with in_district(district.id):
            out += [Entry(row.id, district.id, district.name, row.name) for row in open_services()]
    return out


def service_with_id(key: UUID) -> Service | None:
    """An open service that people sign in by, or None."""
    row = SignOnService.objects.filter(id=key, ended_at=None).exclude(kind="lti").first()
    return _service(row) if row is not None else None


def arrivals(*, most: int = 50, service: UUID | None = None) -> list[Arrival]:
    """Who came in or was turned away, newest first; by one service where it is named."""
    rows = SignOnEvent.objects.select_related("service", "person").order_by("-at")
    rows = rows if service is None else rows.filter(service_id=service)
    return [
        Arrival(r.at, r.service.name, r.outcome, r.person.name if r.person else "", r.detail) for r in rows[:most]
    ]  # fmt: skip


def _service(row: SignOnService) -> Service:
    secret = unseal(PURPOSE, row.secret)
    return Service(
        row.id, row.district_id, row.kind, row.name, row.issuer, row.client, secret, row.metadata, row.claim, row.field,
        tuple(row.domains),
    )  # fmt: skip


def _checked_oidc(draft: Draft) -> dict[str, Any]:
    issuer = draft.issuer.strip().rstrip("/").removesuffix("/.well-known/openid-configuration")
    try:
        parts = urlsplit(issuer)
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        parts = urlsplit("")
    secure = parts.scheme == "https" or (parts.scheme == "http" and not settings.PRODUCTION)
    plain = issuer.isprintable() and "@" not in parts.netloc
    if draft.kind != "oidc" or not secure or not parts.hostname or parts.query or parts.fragment or not plain:
        raise NoService(T("Write the address of the provider with https, such as https://accounts.google.com."))
    if not draft.client.strip().isprintable() or not draft.client.strip() or not draft.secret.strip():
        raise NoService(
            T("Copy the client identifier and the client secret from the provider’s page for this application.")
        )
    if parts.hostname == "accounts.google.com" and draft.field == "email" and not draft.domains:
        raise NoService(T("Anybody can have a Google account: name the domains of your school’s addresses."))
    return {"issuer": issuer, "client": draft.client.strip(), "secret": seal(PURPOSE, draft.secret.strip())}


def _checked_lti(draft: Draft) -> dict[str, Any]:
    issuer, client = draft.issuer.strip(), draft.client.strip()
    if not 1 <= len(issuer) <= 300 or len(client) > 300:  # the client is known once our addresses are registered there
        raise NoService(T("Copy the issuer of the platform, such as https://canvas.instructure.com."))
    return {"issuer": issuer, "client": client}


def _checked_saml(draft: Draft) -> dict[str, Any]:
    """Read the metadata of a SAML service. Raises NoService where it is none."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    text = draft.metadata.strip()
    if len(text) > 200_000 or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NoService(T("This is no SAML metadata: it is too long, or it defines entities."))
    try:
        found = OneLogin_Saml2_IdPMetadataParser.parse(text)["idp"]
        issuer, where, keys = found["entityId"], found["singleSignOnService"]["url"], found.get("x509cert")
        keys = keys or found["x509certMulti"]["signing"]
    except Exception:  # noqa: BLE001 (the parser lets pass whatever its XML library throws)
        raise NoService(
            T("Copy the whole SAML metadata of the provider: it names the provider, its address and its certificate.")
        ) from None
    if not (issuer and keys and urlsplit(where).scheme in ("https", "http")):
        raise NoService(T("The metadata names no address for browsers, or no certificate. Export it again."))
    return {"issuer": issuer, "metadata": text}
