"""The platform's services for a link: who is in the course (Names and Roles 2.0), and grades that go back (Assignment and Grade
Services 2.0) from a queue."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin
from uuid import UUID

from headway.school.exchange.lti.keys import sign
from headway.school.exchange.lti.models import LtiGrade, LtiLink, LtiPlatform, LtiSeat
from headway.school.exchange.lti.platforms import origin_of
from headway.school.exchange.outside import NoAnswer, ask
from headway.school.exchange.sign_on.arriving import Statement, TurnedAway, whose
from headway.school.mastery.queries import held
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from headway.standards.lti.services import (
    BadAnswer,
    Member,
    item_in,
    line_item,
    members_in,
    next_page,
    score,
    token_in,
)

PAGES, MOST = 100, 5_000
"""Pages of a course's list that are read, and members of it."""
TRIES = 12
"""Times that a grade is sent before it is given up; the last waits are a day each."""
WAIT, LONGEST_WAIT = 60.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Found:
    """A member of a course, and who of the roster that is; ``why`` is an outcome of the sign-on's reasons where nobody is."""

    member: Member
    person: str
    why: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending did: grades that went, that wait for another try, and that were given up."""

    sent: int
    waiting: int
    given_up: int


def token_for(platform: LtiPlatform, scopes: Sequence[str], *, now: float) -> str:
    """Ask the platform for an access token by a statement signed with our key (RFC 7523). Raises NoAnswer."""
    client = platform.service.client
    claims = {
        "iss": client, "sub": client, "aud": platform.token_audience or platform.token_url,
        "iat": int(now), "exp": int(now) + 300, "jti": secrets.token_urlsafe(24),
    }  # fmt: skip
    form = {
        "grant_type": "client_credentials", "client_assertion_type": words.JWT_BEARER,
        "client_assertion": sign(claims, district=platform.district_id, now=now), "scope": " ".join(scopes),
    }  # fmt: skip
    found, _headers = ask("POST", platform.token_url, form=form, follow=False)
    try:
        return token_in(found)
    except BadAnswer as error:
        raise NoAnswer(f"{platform.token_url}: {error}") from error


def members_of(link: LtiLink, *, now: float) -> list[Member]:
    """Who is in the course of a link, page by page; every page is at the address of the first. Raises NoAnswer."""
    if not link.members:
        raise NoAnswer("the platform offers no list of members for this link")
    headers = _headers(token_for(link.platform, [words.MEMBERS_READ], now=now), words.TYPE_MEMBERS)
    out: list[Member] = []
    joint = "&" if "?" in link.members else "?"
    address, seen = f"{link.members}{joint}{urlencode({'limit': 100})}", set[str]()
    while address and address not in seen and len(seen) < PAGES and len(out) < MOST:
        seen.add(address)
        found, given = ask("GET", address, headers=headers, follow=False)
        try:
            out += members_in(found)
        except BadAnswer as error:
            raise NoAnswer(f"{address}: {error}") from error
        onward = urljoin(address, next_page(given.get("link", "")) or address)
        address = onward if origin_of(onward) == origin_of(link.members) else ""
    return out[:MOST]


def compared(link: LtiLink, *, now: float) -> list[Found]:
    """The members of a link's course beside the roster, as the matching rule would find them; nobody is tied. Raises NoAnswer."""
    out = []
    for member in members_of(link, now=now):
        claims = {"email": member.email, "name": member.name, "lis.person_sourcedid": member.sourced_id}
        statement = Statement(member.subject, {name: value for name, value in claims.items() if value})
        try:
            out.append(Found(member, whose(service=link.platform.service_id, statement=statement).name, ""))
        except TurnedAway as why:
            out.append(Found(member, "", why.outcome))
    return out


def queue_grades(*, now: float) -> int:
    """Write down which learners have mastered the skill of a link since they came by it, or before; how many are new. Only for
    platforms to which the district lets grades go. Call it inside of the district."""
    seats = LtiSeat.objects.filter(
        link__kind="skill", link__platform__grades=True, link__platform__service__ended_at=None, grades=None
    ).exclude(link__items="", link__item="")  # fmt: skip
    waiting = list(seats.select_related("link").order_by("at", "id"))
    mastered = held((seat.person_id for seat in waiting), (seat.link.key for seat in waiting))
    rows = [
        LtiGrade(district_id=seat.district_id, seat=seat, value=1.0, at=now, next_at=now)
        for seat in waiting
        if (seat.person_id, seat.link.key) in mastered
    ]
    return len(LtiGrade.objects.bulk_create(rows, ignore_conflicts=True))


def send_grades(*, district: UUID, now: float) -> Sent:
    """Send what is due, one grade a transaction: what was sent stays so whatever comes after. Two processes at once
    send different ones; to the platform, the same score twice is one."""
    with in_district(district):
        due = LtiGrade.objects.filter(sent_at=None, next_at__gt=0.0, next_at__lte=now)
        keys = list(due.order_by("next_at", "id").values_list("id", flat=True)[:1_000])
    states = [_send_one(district, key, now) for key in keys]
    return Sent(states.count("sent"), states.count("waiting"), states.count("given-up"))


def _send_one(district: UUID, key: UUID, now: float) -> str:
    with in_district(district):
        locked = LtiGrade.objects.select_for_update(of=("self",), skip_locked=True)
        row = locked.filter(id=key, sent_at=None).select_related("seat__link__platform__service").first()
        if row is None:
            return "elsewhere"
        try:
            post_grade(row.seat, row.value, now=now)
            row.sent_at, row.words = now, ""
        except NoAnswer as error:
            row.tries, row.words = row.tries + 1, str(error)[:300]
            over = row.tries >= TRIES
            row.next_at = 0.0 if over else now + min(WAIT * 4**row.tries, LONGEST_WAIT)
        row.save(update_fields=["sent_at", "words", "tries", "next_at"])
        return "sent" if row.sent_at else "given-up" if not row.next_at else "waiting"


def post_grade(seat: LtiSeat, value: float, *, now: float) -> None:
    """Post one score, of at most 1, into the column of the seat's link; the column is found or made. Raises NoAnswer."""
    link = seat.link
    scopes = [scope for scope in (words.LINE_ITEM, words.SCORE) if not link.scopes or scope in link.scopes]
    token = token_for(link.platform, scopes, now=now)
    item = link.item or _column(link, token, making=words.LINE_ITEM in scopes)
    if item != link.item:
        link.item = item
        link.save(update_fields=["item"])
    path, question, query = item.partition("?")
    body = score(seat.subject, value, 1.0, when=datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"))
    ask(
        "POST",
        f"{path}/scores{question}{query}",
        headers=_headers(token, words.TYPE_SCORE, sends=True),
        body=body,
        follow=False,
    )


def _column(link: LtiLink, token: str, *, making: bool) -> str:
    """The address of the link's column in the gradebook: one with our name for it, or a new one."""
    joint = "&" if "?" in link.items else "?"
    asked = f"{link.items}{joint}{urlencode({'resource_id': link.key, 'resource_link_id': link.resource})}"
    try:
        found, _given = ask("GET", asked, headers=_headers(token, words.TYPE_ITEMS), follow=False)
        there = item_in(found, resource=link.key)
        if there:
            return there
        if not making:
            raise NoAnswer(f"{link.items}: there is no column, and we may make none")
        body = line_item(link.title or link.key, 1.0, resource=link.key, link=link.resource)
        made, _given = ask(
            "POST", link.items, headers=_headers(token, words.TYPE_ITEM, sends=True), body=body, follow=False
        )
        return item_in([made], resource=link.key) or _no_column(link)
    except BadAnswer as error:
        raise NoAnswer(f"{link.items}: {error}") from error


def _no_column(link: LtiLink) -> str:
    raise NoAnswer(f"{link.items}: the new column has no id")


def _headers(token: str, kind: str, *, sends: bool = False) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type" if sends else "Accept": kind}
