"""A launch as a platform makes it (LTI 1.3 core; Deep Linking 2.0): what a tool asks, and the claims that we sign for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headway.standards.lti import words
from headway.standards.lti.launch import word

LONGEST_REQUEST = 8_000
"""Characters of all parameters of a request together."""
LIVES = 300
"""Seconds that a launch is good for."""


class BadRequest(ValueError):
    """A request for a launch that is not as LTI says; ``code`` is an error of OpenID Connect."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a launch. ``client`` and ``redirect`` are to be checked before anything is sent there."""

    client: str
    redirect: str
    login_hint: str
    message_hint: str
    nonce: str
    state: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom a tool hears about. Empty where the district does not allow it: then the claim is not there."""

    subject: str
    roles: Sequence[str]
    locale: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    sourced_id: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A section as a tool sees it, with the addresses of our services, empty where the tool may not use them."""

    id: str
    title: str
    items: str = ""
    item: str = ""
    scopes: Sequence[str] = ()
    members: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What is opened. ``back`` is where the tool leads when it is done; without an ``id`` something is to be chosen, and the
    answer goes to ``choose_at`` with ``data``."""

    target: str
    back: str
    id: str = ""
    title: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    choose_at: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """Who we are to a tool."""

    issuer: str
    client: str
    deployment: str
    name: str


def asked_in(sent: Mapping[str, str]) -> Asked:
    """Read whom a request is by and where its answer goes. Raises BadRequest; then nothing may be sent to any address in it."""
    if sum(len(value) for value in sent.values()) > LONGEST_REQUEST:
        raise BadRequest("invalid_request", f"more than {LONGEST_REQUEST} characters")
    names = ("client_id", "redirect_uri", "login_hint", "lti_message_hint", "nonce", "state")
    values = [word(sent.get(name), 4000) for name in names]
    if not values[0] or not values[1]:
        raise BadRequest("invalid_request", "there is no client_id or no redirect_uri")
    return Asked(*values)


def check_asked(asked: Asked, sent: Mapping[str, str]) -> None:
    """Raise BadRequest for a request that LTI does not know, when its client and its address have been found right."""
    fixed = {"response_type": "id_token", "response_mode": "form_post", "prompt": "none"}
    for name, value in fixed.items():
        if sent.get(name) != value:
            code = "unsupported_response_type" if name == "response_type" else "invalid_request"
            raise BadRequest(code, f"{name} is {sent.get(name, '')[:60]!r}; LTI asks for {value!r}")
    if "openid" not in sent.get("scope", "").split():
        raise BadRequest("invalid_scope", "the scope does not hold openid")
    for name, value in (("nonce", asked.nonce), ("login_hint", asked.login_hint)):
        if not value:
            raise BadRequest("invalid_request", f"there is no {name}")


def launch_claims(
    platform: Platform, person: Somebody, course: Course, link: Link, *, nonce: str, now: float
) -> dict[str, Any]:
    """The claims of a launch, good for five minutes. Services come with what is in a class, not with choosing."""
    choosing = not link.id
    out: dict[str, Any] = {
        "iss": platform.issuer, "aud": platform.client, "azp": platform.client, "sub": person.subject, "nonce": nonce,
        "iat": int(now), "exp": int(now) + LIVES,
        f"{words.LTI}message_type": words.CHOOSING if choosing else words.RESOURCE,
        f"{words.LTI}version": words.VERSION, f"{words.LTI}deployment_id": platform.deployment,
        f"{words.LTI}target_link_uri": link.target, f"{words.LTI}roles": list(person.roles),
        f"{words.LTI}context": {"id": course.id, "label": course.title, "title": course.title, "type": [words.COURSE_SECTION]},
        f"{words.LTI}tool_platform": {"guid": platform.issuer, "name": platform.name, "product_family_code": "headway"},
        f"{words.LTI}launch_presentation": {
            "document_target": "window", "return_url": link.back, "locale": person.locale or "en"},
        **about(person),
    }  # fmt: skip
    if link.custom:
        out[f"{words.LTI}custom"] = substituted(link, person, course)
    if choosing:
        out[f"{words.DEEP}deep_linking_settings"] = {
            "deep_link_return_url": link.choose_at, "data": link.data, "accept_types": ["ltiResourceLink", "link"],
            "accept_presentation_document_targets": ["window"], "accept_multiple": True, "auto_create": False,
            "accept_lineitem": bool(course.items),
        }  # fmt: skip
        return out
    out[f"{words.LTI}resource_link"] = {"id": link.id, "title": link.title}
    if course.items:
        out[words.GRADES] = {"scope": list(course.scopes), "lineitems": course.items}
        out[words.GRADES] |= {"lineitem": course.item} if course.item else {}
    if course.members:
        out[words.MEMBERS] = {"context_memberships_url": course.members, "service_versions": ["2.0"]}
    return out


def about(person: Somebody) -> dict[str, Any]:
    """The claims that name a person: only those that are filled in."""
    name = f"{person.given_name} {person.family_name}".strip()
    found = {"name": name, "given_name": person.given_name, "family_name": person.family_name, "email": person.email}
    out: dict[str, Any] = {key: value for key, value in found.items() if value}
    if person.locale:
        out["locale"] = person.locale
    if person.sourced_id:
        out[f"{words.LTI}lis"] = {"person_sourcedid": person.sourced_id}
    return out


def substituted(link: Link, person: Somebody, course: Course) -> dict[str, str]:
    """The custom parameters of a link, its variables filled in (LTI 1.3 core, appendix C). A variable that we do not know, or
    that the tool may not hear, stays as it is written."""
    name = f"{person.given_name} {person.family_name}".strip()
    known = {
        "$User.id": person.subject, "$Context.id": course.id, "$Context.title": course.title, "$Context.label": course.title,
        "$Context.type": words.COURSE_SECTION, "$CourseSection.title": course.title,
        "$ResourceLink.id": link.id, "$ResourceLink.title": link.title, "$Membership.role": ",".join(person.roles),
        "$Person.name.full": name, "$Person.name.given": person.given_name, "$Person.name.family": person.family_name,
        "$Person.email.primary": person.email, "$Person.sourcedId": person.sourced_id,
        "$Message.locale": person.locale, "$Message.documentTarget": "window", "$Message.returnUrl": link.back,
        "$LineItem.url": course.item, "$LineItems.url": course.items,
        "$ToolProxyBinding.memberships.url": course.members,
    }  # fmt: skip
    return {key: known.get(value) or value for key, value in link.custom.items()}


def member(person: Somebody) -> dict[str, Any]:
    """A line of a membership container (Names and Role Provisioning Services 2.0)."""
    found = about(person)
    found.pop("locale", None)
    lis = found.pop(f"{words.LTI}lis", {})
    more = {"lis_person_sourcedid": lis["person_sourcedid"]} if lis else {}
    return {"status": "Active", "user_id": person.subject, "roles": list(person.roles), **found, **more}
