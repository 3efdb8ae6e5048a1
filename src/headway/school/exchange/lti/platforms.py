"""The learning management systems of a district: registered by hand or by themselves, changed, closed, read."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from headway.core.text import T
from headway.school.exchange.lti.keys import ensure_key
from headway.school.exchange.lti.models import LtiGrade, LtiInvitation, LtiLink, LtiPlatform
from headway.school.exchange.sign_on import services
from headway.school.exchange.sign_on.services import Draft, NoService
from headway.school.people.models import Person

INVITED = 3600.0
"""Seconds for which a link for registering is good."""
MOST_DEPLOYMENTS = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A platform as its form describes it; ``rule`` is (claim, field of a person, domains of addresses)."""

    name: str
    issuer: str
    client: str
    login_url: str
    token_url: str
    keys_url: str
    claim: str
    field: str
    domains: tuple[str, ...] = ()
    deployments: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    token_audience: str = ""
    grades: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A registered platform on the page."""

    row: LtiPlatform
    links: int
    waiting: int
    failed: int


@transaction.atomic
def add_platform(*, by: Person, form: Form, now: float) -> LtiPlatform:
    """Open Headway to a platform. Raises NoService, saying what to mend."""
    for address in (form.login_url, form.token_url, form.keys_url):
        if not secure(address):
            raise NoService(
                T(
                    "Copy the three addresses of the platform, each with https: for signing in, for tokens, and for keys."
                )
            )
    origins = tuple(dict.fromkeys([*map(origin_of, form.origins), origin_of(form.login_url), origin_of(form.issuer)]))
    _check_alone(form.issuer.strip(), form.client.strip())
    draft = Draft("lti", form.name, form.issuer, form.client, claim=form.claim, field=form.field, domains=form.domains)
    key = services.add_service(by=by, draft=draft, now=now)
    ensure_key(district=by.district_id, now=now)
    return LtiPlatform.objects.create(
        district_id=by.district_id, service_id=key, login_url=form.login_url, token_url=form.token_url,
        keys_url=form.keys_url, token_audience=form.token_audience, deployments=_deployments(form.deployments),
        origins=[o for o in origins if o], grades=form.grades,
    )  # fmt: skip


@transaction.atomic
def change_platform(*, platform: UUID, deployments: Iterable[str], grades: bool, client: str = "") -> None:
    """Say anew which deployments are agreed to, and whether what is mastered goes back as a grade; and, where it was not known
    yet, which client identifier the platform gave us. Raises NoService for one that another registration has."""
    row = platform_with_id(platform)
    if row is None:
        return
    row.deployments, row.grades = _deployments(deployments), grades
    row.save(update_fields=["deployments", "grades"])
    if client.strip() and not row.service.client:
        _check_alone(row.service.issuer, client.strip())
        row.service.client = client.strip()[:300]
        row.service.save(update_fields=["client"])


def platform_with_id(key: UUID) -> LtiPlatform | None:
    """A platform that is open, or None."""
    return LtiPlatform.objects.select_related("service").filter(service_id=key, service__ended_at=None).first()


def standing_platforms() -> list[Standing]:
    """The open platforms, the oldest first, with how many links they have and how many grades wait or were given up."""
    out = []
    for row in LtiPlatform.objects.select_related("service").filter(service__ended_at=None).order_by("service__at"):
        unsent = LtiGrade.objects.filter(seat__link__platform=row, sent_at=None)
        links = LtiLink.objects.filter(platform=row).count()
        out.append(Standing(row, links, unsent.exclude(next_at=0.0).count(), unsent.filter(next_at=0.0).count()))
    return out


def link_with_id(key: UUID) -> LtiLink | None:
    """A link of a platform that is open, or None."""
    links = LtiLink.objects.select_related("platform__service")
    return links.filter(id=key, platform__service__ended_at=None).first()


def links_of(platform: LtiPlatform, *, most: int = 50) -> list[LtiLink]:
    """The links of a platform whose course has a list of members, the newest first."""
    return list(LtiLink.objects.filter(platform=platform).exclude(members="").order_by("-at", "id")[:most])


def invite(*, by: Person, claim: str, field: str, domains: tuple[str, ...], grades: bool, now: float) -> str:
    """Make a link by which one platform registers itself, once, within an hour; its people are matched by this rule. Returns the
    secret of the link. Raises NoService for a rule that cannot work."""
    services.check_rule(Draft("lti", "-", claim=claim, field=field, domains=domains))
    secret = secrets.token_urlsafe(24)
    rule = {"claim": claim, "field": field, "domains": list(domains), "grades": grades}
    LtiInvitation.objects.create(district_id=by.district_id, digest=_digest(secret), rule=rule, by=by, at=now)
    return secret


def invitation_of(secret: str, *, now: float) -> LtiInvitation | None:
    """The invitation of a link that is still good; locked, so that it is used once."""
    good = LtiInvitation.objects.select_for_update(of=("self",)).select_related("by")
    return good.filter(digest=_digest(secret), used_at=None, at__gt=now - INVITED).first()


def secure(address: str) -> bool:
    """Whether an address may be one of another system: https, or on a laptop http, with a host and without a fragment."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return False
    schemes = ("https",) if settings.PRODUCTION else ("https", "http")
    plain = not re.search(r"[\s\x00-\x1f\"'<>;\\]", address)
    return parts.scheme in schemes and bool(parts.hostname) and not parts.fragment and not parts.username and plain


def origin_of(address: str) -> str:
    """Scheme, host and port of an address that :func:`secure` takes, else nothing."""
    parts = urlsplit(address) if secure(address) else None
    return f"{parts.scheme}://{parts.netloc}".lower() if parts else ""


def _check_alone(issuer: str, client: str) -> None:
    same = LtiPlatform.objects.filter(service__issuer=issuer, service__client=client, service__ended_at=None)
    if client and same.exists():
        raise NoService(T("This platform is registered already, with the same client identifier. Close it first."))


def _deployments(given: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(each[:255] for each in given if each))[:MOST_DEPLOYMENTS]


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
