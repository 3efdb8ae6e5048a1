"""What a teacher chose in a tool comes back signed, is read, and becomes something before a class when the teacher says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import jwt
from django.db import transaction

from headway.core.text import T
from headway.school.exchange.lti.keys import believed
from headway.school.exchange.lti.platforms import origin_of
from headway.school.exchange.tools.listed import put_on_list, put_page_on_list, take_off_list
from headway.school.exchange.tools.models import LtiColumn, LtiPlacement, LtiTool, LtiVisit
from headway.school.exchange.tools.register import NoTool, client_of, issuer_of, keys_of_client, tool_with_id
from headway.school.exchange.tools.used import use_once
from headway.school.exchange.tools.visiting import CHOOSING_FOR
from headway.school.people.models import Person, Section
from headway.standards.jose import LARGEST, BadToken, Expected
from headway.standards.lti import words
from headway.standards.lti.content import Chosen, Item, chosen_in
from headway.standards.lti.launch import BadLaunch

MOST_IN_CLASS = 200
"""Things of tools that a class may have."""


class NotChosen(Exception):
    """The answer of a tool is not believed, or belongs to no choice of ours; ``detail`` is for whoever looks after the tool."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the things that came back, as the teacher takes it: which, under what title, at which skill."""

    number: int
    title: str
    skill: str


def tool_of_client(client: str, district: UUID) -> LtiTool | None:
    """The working tool of a client identifier in this district."""
    keys = keys_of_client(client)
    return tool_with_id(keys[1]) if keys is not None and keys[0] == district else None


def issuer_in(token: str) -> str:
    """Whom an unread token says that it is by; nothing is believed of it yet."""
    try:
        found = jwt.decode(token, options={"verify_signature": False}) if len(token) <= LARGEST else {}
    except (jwt.PyJWTError, ValueError, RecursionError):
        found = {}
    issuer = found.get("iss")
    return issuer if isinstance(issuer, str) else ""


def take_answer(*, district: UUID, token: str, now: float) -> LtiVisit:
    """Read a deep linking response, once, and keep what it holds with the visit that it answers. Raises NotChosen."""
    tool = tool_of_client(issuer_in(token), district)
    if tool is None:
        raise NotChosen("by no tool of this district")
    try:
        issuer = issuer_of(tool.base, district)
        claims = believed(token, tool, Expected(client_of(tool), issuer, needed=("nonce",)), now=now)
        use_once(tool, f"nonce:{claims['nonce']}", now=now)
        if claims.get(f"{words.LTI}deployment_id") != str(tool.id):
            raise BadLaunch("deployment", "another deployment")
        found = chosen_in(claims)
        check_addresses(tool, found)
        key = _uuid(claims.get(f"{words.DEEP}data"))
    except (BadToken, BadLaunch) as error:
        raise NotChosen(str(error)) from error
    mine = LtiVisit.objects.filter(
        id=key, tool=tool, placement=None, gone_at__gt=now - CHOOSING_FOR, chosen__isnull=True
    )
    if not mine.update(chosen={**asdict(found), "items": [_kept(each) for each in found.items]}):
        raise NotChosen("data: nothing is being chosen, or it was chosen before")
    return LtiVisit.objects.get(id=key)


def check_addresses(tool: LtiTool, found: Chosen) -> None:
    """Raise BadLaunch for a launch anywhere but at the tool's own registered places. A public page is anywhere: nothing of ours
    goes there."""
    own = {origin_of(each) for each in (tool.launch_url, tool.login_url, *tool.redirects)}
    for item in found.items:
        if item.url and not item.page and origin_of(item.url) not in own:
            raise BadLaunch("target", f"a link to {item.url[:200]!r}, which is not an address of the tool")


def items_chosen(visit: LtiVisit) -> list[Item]:
    """What came back for a visit."""
    return [Item(**each) for each in (visit.chosen or {}).get("items", [])]


@transaction.atomic
def place_chosen(*, visit: UUID, picks: Sequence[Pick], by: Person, now: float) -> int:
    """Put what the teacher takes before the class, once; return how many. Raises NoTool, saying what to mend."""
    rows = LtiVisit.objects.select_for_update(of=("self",)).select_related("tool", "section")
    row = rows.filter(id=visit, person=by, placed_at=None, chosen__isnull=False).first()
    if row is None:
        raise NoTool(T("This was put before the class already, or was not chosen by you."))
    items = items_chosen(row)
    taken = [pick for pick in picks if 0 <= pick.number < len(items)]
    if not taken:
        raise NoTool(T("Choose at least one thing."))
    for pick in taken:
        item = items[pick.number]
        if item.page:
            title = pick.title.strip() or item.title.strip()
            put_page_on_list(
                tool=row.tool, section=row.section, address=item.url, title=title, skill=pick.skill, by=by, now=now
            )
        else:
            place(tool=row.tool, section=row.section, item=item, title=pick.title, skill=pick.skill, by=by, now=now)
    row.placed_at = now
    row.save(update_fields=["placed_at"])
    return len(taken)


@transaction.atomic
def place(
    *, tool: LtiTool, section: Section, item: Item, title: str, skill: str, by: Person, now: float
) -> LtiPlacement:
    """Put something of a tool before a class, at a skill; what asks for a column of scores gets one. Raises
    NoTool, Faulty for a skill that the district does not have, and NotAllowed for somebody who does not work with the class."""
    name = (title.strip() or item.title.strip() or tool.name)[:200]
    if LtiPlacement.objects.filter(section=section, ended_at=None).count() >= MOST_IN_CLASS:
        raise NoTool(T("This class has {n} things of tools already. Take one away first.", n=MOST_IN_CLASS))
    row = LtiPlacement.objects.create(
        district_id=tool.district_id, tool=tool, section=section, skill=skill, title=name, url=item.url,
        custom=dict(item.custom), by=by, at=now,
    )  # fmt: skip
    if item.maximum > 0 and set(tool.scopes) & {words.LINE_ITEM, words.SCORE}:
        LtiColumn.objects.create(
            district_id=tool.district_id, tool=tool, section=section, placement=row, label=name, maximum=item.maximum,
            resource=item.resource, at=now,
        )  # fmt: skip
    put_on_list(row, now=now)
    return row


@transaction.atomic
def take_away(*, placement: UUID, section: Section, by: Person, now: float) -> bool:
    """Let nobody open a thing of a class any more; its scores stay. True if it was there."""
    rows = LtiPlacement.objects.select_for_update(of=("self",))
    row = rows.filter(id=placement, section=section, ended_at=None).first()
    if row is None:
        return False
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    take_off_list(row, by=by, now=now)
    return True


def placed_in(section: UUID) -> list[LtiPlacement]:
    """What stands before a class, the oldest first; what belongs to a closed tool does not."""
    rows = LtiPlacement.objects.filter(
        section_id=section, ended_at=None, tool__ended_at=None, tool__agreed_at__isnull=False
    )
    return list(rows.select_related("tool").order_by("at", "id"))


def _kept(item: Item) -> dict[str, Any]:
    return {**asdict(item), "custom": dict(item.custom)}


def _uuid(value: object) -> UUID:
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise BadLaunch("settings", "data is not what was sent") from None
