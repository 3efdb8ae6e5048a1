"""Access tokens for tools: a statement signed with the tool's own key, once, for a token of an hour (RFC 7523)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.school.exchange.lti.keys import believed
from headway.school.exchange.tools.choosing import issuer_in, tool_of_client
from headway.school.exchange.tools.models import LtiTool
from headway.school.exchange.tools.register import client_of, issuer_of, keys_of_client, tool_with_id
from headway.school.exchange.tools.used import use_once
from headway.school.people.programs import BadClient, BadScope, Grant, granted, opened
from headway.school.people.tenancy import in_district
from headway.standards.jose import BadToken, Expected

KIND = "hwt1"
TOKEN_PATH = "/oauth2/token"  # noqa: S105 (an address)


@dataclass(frozen=True, slots=True)
class Caller:
    """A tool that asks with a token; inside of its district. ``scopes`` are those of the token that it still may use."""

    tool: LtiTool
    scopes: frozenset[str]


def grant_to_tool(*, assertion: str, client: str, wanted: Sequence[str], now: float) -> Grant:
    """A token for a tool, for the scopes among those wanted that it may use (all of them where it names none). Raises BadClient,
    whose message says why, and BadScope where none is left."""
    named = issuer_in(assertion)
    keys = keys_of_client(named)
    if keys is None or (client and client != named):
        raise BadClient("The assertion is by no tool that is registered here.")
    with in_district(keys[0]):
        found = _believed(named, keys[0], assertion, now)
    if isinstance(found, BadToken):  # raised here, so that what was read and used in there is kept
        raise BadClient(f"The assertion is not believed: {found}.")
    scopes = [each for each in found.scopes if not wanted or each in wanted]
    if not scopes:
        raise BadScope
    return granted(KIND, found.district_id, found.id, scopes, now=now)


def caller_of(token: str, *, now: float) -> tuple[UUID, UUID, frozenset[str]] | None:
    """The district, the tool and the scopes of an access token that is ours and in date; :func:`calling` looks the
    tool up."""
    return opened(KIND, token, now)


def calling(tool: UUID, scopes: frozenset[str]) -> Caller | None:
    """The tool of a token, inside of its district; None where it was closed."""
    row = tool_with_id(tool)
    return Caller(row, scopes & frozenset(row.scopes)) if row is not None else None


def _believed(named: str, district: UUID, assertion: str, now: float) -> LtiTool | BadToken:
    tool = tool_of_client(named, district)
    if tool is None:
        return BadToken("issuer", "the tool is closed, or nobody has agreed to it yet")
    for_us = (f"{tool.base}{TOKEN_PATH}", issuer_of(tool.base, district))
    try:
        claims = believed(assertion, tool, Expected(client_of(tool), for_us, needed=("sub", "jti")), now=now)
        if claims["sub"] != claims["iss"]:
            raise BadToken("missing", "sub is another than iss")
        use_once(tool, f"jti:{claims['jti']}", now=now)
    except BadToken as error:
        return error
    return tool
