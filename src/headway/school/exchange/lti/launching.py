"""A launch, from the platform's first call to somebody who is in: begun, arrived, taken; each once, in this order."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from headway.school.exchange.lti.keys import believed
from headway.school.exchange.lti.models import LtiLaunch, LtiLink, LtiPlatform, LtiSeat
from headway.school.exchange.sign_on.arriving import Statement, TurnedAway, arrive
from headway.school.people.access import viewer_of
from headway.school.people.models import Person, RoleName
from headway.standards.jose import BadToken, Expected
from headway.standards.lti import words
from headway.standards.lti.launch import BadLaunch, Launch, flat, launch_of

OPEN_FOR = 600.0
"""Seconds from the first call of a platform until somebody has to be in."""
CHOOSING_FOR = 4 * 3600.0
KEPT = 7 * 86400.0
"""Seconds for which the trace of a launch is kept."""
OUTCOMES = {
    "expired": "late", "age": "late", "deployment": "deployment", "target": "target", "test-user": "test-user",
    "person": "anonymous", "version": "lti", "message": "lti", "resource": "lti", "roles": "lti", "settings": "lti",
}  # fmt: skip
"""What a fault of a token or a launch is called in the list of arrivals; anything else is ``token``."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A launch that was begun: ``state`` and ``nonce`` for the platform, ``browser`` for a cookie."""

    state: UUID
    nonce: str
    browser: str


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of ours opens: ``kind`` is home, skill, path or screening; ``key`` is the skill."""

    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A launch that was taken: who is in, and what it said."""

    person: Person
    launch: Launch
    platform: LtiPlatform


def begin(*, platform: LtiPlatform, asked: dict[str, str], now: float) -> Begun:
    """Keep that a platform has sent a browser, and give it something to come back with. Raises TurnedAway for a call that is not
    of this registration."""
    if not platform.service.client:
        raise TurnedAway("lti", "the client identifier of this platform has not been entered yet")
    if asked.get("iss") != platform.service.issuer:
        raise TurnedAway("state", f"begun by {asked.get('iss', '')[:200]!r}, which is not this platform")
    if asked.get("client_id", platform.service.client) != platform.service.client:
        raise TurnedAway("state", f"begun for the client {asked['client_id'][:200]!r}")
    if not asked.get("login_hint"):
        raise TurnedAway("lti", "begun without a login_hint")
    if sum(map(len, asked.values())) > 20_000:
        raise TurnedAway("lti", "begun with more than 20,000 characters")
    LtiLaunch.objects.filter(at__lt=now - KEPT).delete()
    nonce, browser = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    row = LtiLaunch.objects.create(
        district_id=platform.district_id, platform=platform, nonce=nonce, browser=_digest(browser), asked=asked, at=now
    )
    return Begun(row.id, nonce, browser)


def land(*, platform: LtiPlatform, state: str, token: str, now: float) -> LtiLaunch:
    """Read the token that a platform sends a browser back with. A state is good for one try. Raises TurnedAway."""
    key = _uuid(state)
    mine = LtiLaunch.objects.filter(id=key or UUID(int=0), platform=platform, at__gt=now - OPEN_FOR)
    if not mine.filter(arrived_at=None).update(arrived_at=now):
        raise TurnedAway("launch", "the state was not begun here, is too old, or was used before")
    row = mine.get()
    try:
        expected = Expected(platform.service.issuer, platform.service.client, needed=("nonce",))
        claims = believed(token, platform, expected, now=now)
        if not hmac.compare_digest(str(claims["nonce"]).encode(), row.nonce.encode()):
            raise BadToken("nonce", "the nonce is not the one that was sent, or was used before")
        launch = launch_of(claims)
        if launch.deployment not in platform.deployments:
            raise BadLaunch("deployment", f"the deployment {launch.deployment[:100]!r} is not in the list")
    except (BadToken, BadLaunch) as error:
        raise TurnedAway(OUTCOMES.get(error.code, "token"), str(error)) from error
    row.claims = claims
    row.save(update_fields=["claims"])
    return row


def asked_of(state: str, platform: LtiPlatform) -> dict[str, str]:
    """What a platform asked for when it began a launch, so that it can be begun again in another window."""
    key = _uuid(state)
    row = LtiLaunch.objects.filter(id=key, platform=platform).first() if key else None
    return dict(row.asked) if row is not None else {}


@transaction.atomic
def take(*, platform: LtiPlatform, state: str, browser: str, now: float) -> tuple[LtiLaunch, Launch]:
    """Take a launch that has arrived, in the browser that began it. Raises TurnedAway."""
    key = _uuid(state)
    row = LtiLaunch.objects.select_for_update(of=("self",)).filter(id=key, platform=platform).first() if key else None
    ours = row is not None and hmac.compare_digest(_digest(browser), bytes(row.browser))
    if row is None or not ours:
        raise TurnedAway("launch", "another browser, or one that keeps no cookies in this window")
    if row.claims is None or row.used_at is not None or row.at < now - OPEN_FOR:
        raise TurnedAway("launch", "nothing has arrived, it is too old, or it was taken before")
    row.used_at = now
    row.save(update_fields=["used_at"])
    return row, launch_of(row.claims)


def admit(*, row: LtiLaunch, platform: LtiPlatform, launch: Launch, now: float) -> Person:
    """Return whom of the roster the launch is about. The platform's roles give nothing: who is staff here stays so by the roster
    alone, and a launch that calls them a learner only opens nothing of theirs. Raises TurnedAway."""
    assert row.claims is not None
    with transaction.atomic():
        person = arrive(service=platform.service_id, statement=Statement(launch.subject, flat(row.claims)), now=now)
        learner = viewer_of(person).has(RoleName.LEARNER)
        if not learner and not launch.roles - words.LEARNER_WORDS:
            raise TurnedAway(
                "roles", f"{', '.join(sorted(launch.roles)) or 'no role'} for somebody of the staff or a family"
            )
    row.person = person
    row.save(update_fields=["person"])
    return person


def launch_for_choosing(*, platform: LtiPlatform, key: str, person: Person, now: float) -> Launch:
    """The launch for which this person chooses something now. Raises TurnedAway for another's, and after four hours."""
    row = LtiLaunch.objects.filter(id=_uuid(key) or UUID(int=0), platform=platform, person=person).first()
    if row is None or row.claims is None or row.at < now - CHOOSING_FOR:
        raise TurnedAway("launch", "nothing is being chosen by this person, or it was begun too long ago")
    return launch_of(row.claims)


def keep_link(*, platform: LtiPlatform, launch: Launch, place: Place, person: Person, now: float) -> LtiLink:
    """Keep what a link opens and which services came with it, and who came by it."""
    values: dict[str, Any] = {
        "title": launch.resource_title, "context": launch.context, "context_title": launch.context_title,
        "kind": place.kind, "key": place.key, "items": launch.items, "item": launch.item, "members": launch.members,
        "scopes": sorted(launch.scopes & set(words.SCOPES)),
    }  # fmt: skip
    link, _made = LtiLink.objects.update_or_create(
        district_id=platform.district_id, platform=platform, deployment=launch.deployment, resource=launch.resource,
        defaults=values, create_defaults={**values, "at": now},
    )  # fmt: skip
    if "Learner" in launch.roles and viewer_of(person).has(RoleName.LEARNER):
        LtiSeat.objects.get_or_create(
            district_id=platform.district_id, link=link, person=person, defaults={"subject": launch.subject, "at": now}
        )
    return link


def _uuid(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
