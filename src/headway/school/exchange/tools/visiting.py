"""Somebody goes to a tool: begun here, asked for by the tool, answered with a signed launch; each once, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction

from headway.school.exchange.lti.keys import sign
from headway.school.exchange.tools.listed import for_class_of
from headway.school.exchange.tools.models import LtiAccount, LtiColumn, LtiPlacement, LtiTool, LtiVisit
from headway.school.exchange.tools.register import client_of, issuer_of, keys_of_client, tool_with_id
from headway.school.people.access import NotAllowed, record_access_by, sections_of, viewer_of
from headway.school.people.models import District, Enrolment, Person, Section
from headway.standards.lti import words
from headway.standards.lti.hosting import (
    Asked,
    BadRequest,
    Course,
    Link,
    Platform,
    Somebody,
    asked_in,
    check_asked,
    launch_claims,
)

OPEN_FOR = 600.0
"""Seconds from the click until the tool has to ask for the launch."""
CHOOSING_FOR = 4 * 3600.0
"""Seconds that a teacher has to choose something in a tool."""
KEPT = 30 * 86400.0
"""Seconds for which a visit is kept: until then a tool may send somebody back to it."""
SERVICES = "/lti/services"
ITEMS = frozenset({words.LINE_ITEM, words.LINE_ITEM_READ, words.SCORE, words.RESULT})
PLACE = "LTI"
"""The place in the access log of what a tool is told about a learner."""


class NotOpened(Exception):
    """Nothing may be sent to the address that a request names; ``detail`` is for whoever looks after the tool."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A form for the tool: a signed launch, or an error of OpenID Connect."""

    address: str
    fields: dict[str, str]


def role_in(person: Person, section: UUID) -> str:
    """What somebody is in a section to a tool: Learner, Instructor, Administrator for whoever leads its school, or nothing."""
    rows = set(Enrolment.objects.filter(section_id=section, person=person).values_list("role", flat=True))
    if "teacher" in rows:
        return "Instructor"
    if sections_of(viewer_of(person)).filter(id=section).exists():
        return "Administrator"
    return "Learner" if "student" in rows else ""


@transaction.atomic
def begin_opening(*, placement: UUID, person: Person, now: float) -> str:
    """Begin to open something of a tool; returns the address that the browser goes to. Raises NotAllowed."""
    open_ones = LtiPlacement.objects.select_related("tool", "section")
    row = open_ones.filter(id=placement, tool__ended_at=None, tool__agreed_at__isnull=False).first()
    if row is not None and (row.ended_at is not None or not role_in(person, row.section_id)):
        row = for_class_of(row, person, now=now)
    if row is None:
        raise NotAllowed("There is no such activity among those of your classes.")
    return _begin(row.tool, row.section, person, now, placement=row)


@transaction.atomic
def begin_choosing(*, tool: UUID, section: Section, person: Person, now: float) -> str:
    """Begin to choose something in a tool for a section that the teacher works with; returns the address to go to.
    Raises NotAllowed."""
    row = tool_with_id(tool)
    if row is None or not row.choose_url:
        raise NotAllowed("There is no such tool, or nothing can be chosen in it.")
    return _begin(row, section, person, now)


def authorise(*, district: UUID, sent: Mapping[str, str], person: Person | None, now: float) -> Passage:
    """Answer a tool that asks for a launch. The client and the address of the answer have to be right before anything is sent
    there: else NotOpened. Whatever is wrong besides goes back to the tool as an error."""
    try:
        asked = asked_in(sent)
    except BadRequest as error:
        raise NotOpened(str(error)) from error
    keys = keys_of_client(asked.client)
    tool = tool_with_id(keys[1]) if keys is not None and keys[0] == district else None
    if tool is None:
        raise NotOpened(f"there is no tool with the client_id {asked.client[:100]!r}")
    if asked.redirect not in tool.redirects:
        raise NotOpened(f"the redirect_uri {asked.redirect[:200]!r} is not registered for {tool.name}")
    state = {"state": asked.state} if asked.state else {}
    try:
        check_asked(asked, sent)
        return Passage(asked.redirect, {"id_token": _launch(tool, asked, person, now), **state})
    except BadRequest as error:
        return Passage(asked.redirect, {"error": error.code, "error_description": error.detail, **state})


def subject_of(tool: LtiTool, person: UUID) -> str:
    """Who somebody is to a tool."""
    made, _new = LtiAccount.objects.get_or_create(district_id=tool.district_id, tool=tool, person_id=person)
    return str(made.id)


def somebody(tool: LtiTool, person: Person, role: str, subject: str) -> Somebody:
    """Whom a tool hears about: by default an identifier, a role and a language."""
    general = {"Learner": "Student", "Administrator": "Administrator"}.get(role, "Instructor")
    shares = set(tool.shares)
    return Somebody(
        subject, (f"{words.MEMBERSHIP}{role}", f"{words.INSTITUTION}{general}"), person.language,
        person.given_name if "name" in shares else "", person.family_name if "name" in shares else "",
        person.email if "email" in shares else "", person.sourced_id if "sourced_id" in shares else "",
    )  # fmt: skip


def items_address(tool: LtiTool, section: UUID) -> str:
    """Where a tool's line items in a section are."""
    return f"{tool.base}{SERVICES}/sections/{section}/items"


def members_address(tool: LtiTool, section: UUID) -> str:
    """Where the members of a section are."""
    return f"{tool.base}{SERVICES}/sections/{section}/members"


def visit_of(key: UUID, person: Person) -> LtiVisit | None:
    """A visit of this person's own, or None."""
    rows = LtiVisit.objects.select_related("tool", "section", "placement")
    return rows.filter(id=key, person=person).first()


def _begin(
    tool: LtiTool, section: Section, person: Person, now: float, *, placement: LtiPlacement | None = None
) -> str:
    LtiVisit.objects.filter(at__lt=now - KEPT).delete()
    row = LtiVisit.objects.create(
        district_id=tool.district_id, tool=tool, placement=placement, section=section, person=person, at=now
    )
    query = {
        "iss": issuer_of(tool.base, tool.district_id), "login_hint": subject_of(tool, person.id),
        "target_link_uri": _target(tool, placement), "lti_message_hint": str(row.id), "client_id": client_of(tool),
        "lti_deployment_id": str(tool.id),
    }  # fmt: skip
    joint = "&" if "?" in tool.login_url else "?"
    return f"{tool.login_url}{joint}{urlencode(query)}"


def _target(tool: LtiTool, placement: LtiPlacement | None) -> str:
    return tool.choose_url if placement is None else placement.url or tool.launch_url


def _launch(tool: LtiTool, asked: Asked, person: Person | None, now: float) -> str:
    """The signed launch of a visit that this person has begun, once. Raises BadRequest."""
    if person is None:
        raise BadRequest("login_required", "nobody is signed in to Headway in this browser")
    try:
        key = UUID(asked.message_hint)
    except ValueError:
        raise BadRequest("invalid_request", "the lti_message_hint is not one of ours") from None
    rows = LtiVisit.objects.select_related("section", "placement")
    visit = rows.filter(id=key, tool=tool, person=person, at__gt=now - OPEN_FOR).first()
    if visit is None or asked.login_hint != subject_of(tool, person.id):
        raise BadRequest("login_required", "whoever is signed in has not begun this, or began it too long ago")
    role = role_in(person, visit.section_id)
    if not role or (visit.placement is not None and visit.placement.ended_at is not None):
        raise BadRequest("access_denied", "this is not open to whoever is signed in any more")
    if not LtiVisit.objects.filter(id=key, gone_at=None).update(gone_at=now):
        raise BadRequest("invalid_request", "this launch was made before; open it again in Headway")
    told = somebody(tool, person, role, asked.login_hint)
    if role == "Learner" and tool.shares:
        record_access_by(tool.by_id, [person.id], district=tool.district_id, purpose=tool.name, place=PLACE)
    issuer = issuer_of(tool.base, tool.district_id)
    platform = Platform(issuer, client_of(tool), str(tool.id), District.objects.get(id=tool.district_id).name)
    claims = launch_claims(platform, told, course_of(tool, visit), _link(tool, visit), nonce=asked.nonce, now=now)
    return sign(claims, district=tool.district_id, now=now)


def course_of(tool: LtiTool, visit: LtiVisit) -> Course:
    """The section of a visit, with the services that the tool may use."""
    scopes, section = [each for each in tool.scopes if each in ITEMS], visit.section
    item = ""
    if scopes and visit.placement is not None:
        columns = LtiColumn.objects.filter(tool=tool, section=section, placement=visit.placement, ended_at=None)
        column = columns.order_by("at", "id").first()
        item = f"{items_address(tool, section.id)}/{column.id}" if column is not None else ""
    members = members_address(tool, section.id) if words.MEMBERS_READ in tool.scopes else ""
    items = items_address(tool, section.id) if scopes else ""
    return Course(str(section.id), section.title, items, item, scopes, members)


def _link(tool: LtiTool, visit: LtiVisit) -> Link:
    back = f"{tool.base}/lti/back/{visit.id}"
    place = visit.placement
    if place is None:
        at = f"{issuer_of(tool.base, tool.district_id)}/chosen"
        return Link(tool.choose_url, back, custom=tool.custom, choose_at=at, data=str(visit.id))
    return Link(_target(tool, place), back, str(place.id), place.title, {**tool.custom, **place.custom})
