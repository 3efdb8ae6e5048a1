"""A platform registers itself by a link that an administrator made (dynamic registration)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.text import T
from headway.school.exchange.lti.models import LtiInvitation, LtiPlatform
from headway.school.exchange.lti.platforms import Form, add_platform, change_platform, platform_with_id, secure
from headway.school.exchange.outside import NoAnswer, ask
from headway.school.exchange.sign_on.services import NoService
from headway.school.people.refusal import Refused
from headway.standards.lti.registration import (
    BadRegistration,
    Configuration,
    Ours,
    client_of,
    configuration_of,
    request_of,
)


class NotRegistered(Refused):
    """The platform could not be registered; nothing of it was kept, and the link is still good."""

    code = "not-registered"


@dataclass(frozen=True, slots=True)
class Call:
    """What a platform opens the link with."""

    configuration: str
    token: str


def look(call: Call) -> Configuration:
    """Read what the platform says of itself. Raises NotRegistered."""
    if not secure(call.configuration):
        raise NotRegistered(T("The platform’s address has to begin with https."))
    try:
        found, _headers = ask("GET", call.configuration)
        return configuration_of(found, call.configuration)
    except (NoAnswer, BadRegistration) as error:
        raise NotRegistered(T("The platform does not say who it is as it should: {why}", why=str(error))) from error


@transaction.atomic
def prepare(*, invitation: LtiInvitation, found: Configuration, now: float) -> LtiPlatform:
    """Keep the platform, without a client identifier yet: its addresses at ours are named by it. Raises NotRegistered."""
    rule = invitation.rule
    form = Form(
        found.product.capitalize() or found.issuer.partition("//")[2][:60], found.issuer, "", found.login_url,
        found.token_url, found.keys_url, rule["claim"], rule["field"], tuple(rule["domains"]), grades=rule["grades"],
    )  # fmt: skip
    try:
        return add_platform(by=invitation.by, form=form, now=now)
    except NoService as refusal:
        raise NotRegistered(refusal.message) from refusal


def complete(
    *, invitation: LtiInvitation, platform: UUID, found: Configuration, call: Call, ours: Ours, now: float
) -> LtiPlatform:
    """Ask the platform to register us, and keep the client identifier that it answers; the link is used. Raises NotRegistered."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if call.token:
        headers["Authorization"] = f"Bearer {call.token}"
    try:
        answer, _headers = ask("POST", found.registration_url, headers=headers, body=request_of(ours, found))
        client, deployment = client_of(answer)
        agreed = [deployment] if deployment else []
        row = platform_with_id(platform)
        assert row is not None
        change_platform(platform=platform, deployments=agreed, grades=row.grades, client=client)
    except (NoAnswer, BadRegistration) as error:
        raise NotRegistered(T("The platform did not register Headway: {why}", why=str(error))) from error
    except NoService as refusal:
        raise NotRegistered(refusal.message) from refusal
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return row
