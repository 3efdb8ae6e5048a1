"""What a launch says (LTI 1.3 core; Deep Linking 2.0), read from the claims of a token that has been verified, and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from headway.standards.lti import words

LONGEST = 255
"""Characters of an identifier (LTI 1.3 core, 5.3)."""
LONG = 4000
"""Characters of an address."""


class BadLaunch(ValueError):
    """A launch that says too little, or something that LTI does not know; ``code`` is one of version, message, deployment,
    target, resource, roles, person, test-user, settings."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Choosing:
    """The settings of a deep linking request: where to send what is chosen, and what may be chosen."""

    back: str
    data: str
    accepts: frozenset[str]
    several: bool


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch: ``subject`` is the account at the platform, ``resource`` the link that was followed (empty for choosing).

    ``items``, ``item`` and ``members`` are addresses of the platform's services, empty where it does not offer them.
    """

    kind: str
    subject: str
    deployment: str
    target: str
    roles: frozenset[str]
    resource: str = ""
    resource_title: str = ""
    context: str = ""
    context_title: str = ""
    items: str = ""
    item: str = ""
    members: str = ""
    scopes: frozenset[str] = frozenset()
    custom: Mapping[str, str] = field(default_factory=dict)
    choosing: Choosing | None = None
    back: str = ""


def launch_of(claims: Mapping[str, Any]) -> Launch:
    """Read a launch. Raises BadLaunch."""
    version, kind = claims.get(f"{words.LTI}version"), claims.get(f"{words.LTI}message_type")
    if version != words.VERSION:
        raise BadLaunch("version", f"LTI version {str(version)[:40]!r}")
    if kind not in (words.RESOURCE, words.CHOOSING):
        raise BadLaunch("message", f"message type {str(kind)[:80]!r}")
    deployment = word(claims.get(f"{words.LTI}deployment_id"), LONGEST)
    if not deployment:
        raise BadLaunch("deployment", "there is no deployment_id")
    subject = word(claims.get("sub"), LONGEST)
    if not subject:
        raise BadLaunch("person", "the launch is anonymous, or its sub is too long")
    roles = claims.get(f"{words.LTI}roles")
    if not isinstance(roles, list):
        raise BadLaunch("roles", "there is no list of roles")
    if words.TEST_USER in roles:
        raise BadLaunch("test-user", "a test user of the platform")
    link, context = _object(claims, f"{words.LTI}resource_link"), _object(claims, f"{words.LTI}context")
    target = word(claims.get(f"{words.LTI}target_link_uri"), LONG)
    if kind == words.RESOURCE and not word(link.get("id"), LONGEST):
        raise BadLaunch("resource", "there is no resource_link with an id")
    if not target:
        raise BadLaunch("target", "there is no target_link_uri")
    grades, members = _object(claims, words.GRADES), _object(claims, words.MEMBERS)
    scopes = grades.get("scope")
    return Launch(
        kind=kind, subject=subject, deployment=deployment, target=target, roles=words.short_roles(roles),
        resource=word(link.get("id"), LONGEST), resource_title=word(link.get("title"), 1000)[:200],
        context=word(context.get("id"), LONGEST), context_title=word(context.get("title"), 1000)[:200],
        items=word(grades.get("lineitems"), LONG), item=word(grades.get("lineitem"), LONG),
        members=word(members.get("context_memberships_url"), LONG),
        scopes=frozenset(str(s) for s in scopes) if isinstance(scopes, list) else frozenset(),
        custom={str(k): str(v) for k, v in _object(claims, f"{words.LTI}custom").items()},
        choosing=_choosing(claims) if kind == words.CHOOSING else None,
        back=word(_object(claims, f"{words.LTI}launch_presentation").get("return_url"), LONG),
    )  # fmt: skip


def flat(claims: Mapping[str, Any]) -> dict[str, object]:
    """The statements about a person by short names, such as ``email``, ``lis.person_sourcedid`` and ``custom.number``: what a
    matching rule may compare."""
    out: dict[str, object] = {k: v for k, v in claims.items() if "://" not in k}
    for name in ("lis", "custom", "ext"):
        out.update({f"{name}.{k}": v for k, v in _object(claims, f"{words.LTI}{name}").items()})
    return out


def _choosing(claims: Mapping[str, Any]) -> Choosing:
    found = _object(claims, f"{words.DEEP}deep_linking_settings")
    back, accepts = word(found.get("deep_link_return_url"), LONG), found.get("accept_types")
    if not back or not isinstance(accepts, list) or "ltiResourceLink" not in accepts:
        raise BadLaunch("settings", "deep linking without a return address, or without links that may be chosen")
    return Choosing(
        back, word(found.get("data"), 20_000), frozenset(map(str, accepts)), found.get("accept_multiple") is True
    )


def _object(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, dict) else {}


def word(value: object, longest: int) -> str:
    """A string of at most so many characters, without NUL; else nothing."""
    return value if isinstance(value, str) and len(value) <= longest and "\x00" not in value else ""


def pages(link: str) -> Iterator[tuple[str, str]]:
    """The addresses of an HTTP ``Link`` header (RFC 8288), each with its relation."""
    for part in link.split(","):
        where, _, rest = part.partition(";")
        where = where.strip()
        relation = next(
            (v.strip().strip('"') for k, _, v in (x.partition("=") for x in rest.split(";")) if k.strip() == "rel"), ""
        )
        if where.startswith("<") and where.endswith(">") and relation:
            yield relation, where[1:-1]
