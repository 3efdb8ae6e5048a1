"""The parameters of requests for statements, activities and agents, read and checked."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from headway.standards.xapi.actors import actor, key_of
from headway.standards.xapi.formats import FORMATS
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.values import iri, iso, moment_of, uuid

PAGE = 100
"""Statements of a page, where the request asks for no fewer."""
FILTERS = ("agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
           "ascending")  # fmt: skip
SINGLE = ("statementId", "voidedStatementId")
SHOWN = ("format", "attachments")


@dataclass(frozen=True, slots=True)
class Query:
    """Which statements, and how they are shown. ``after`` is the last one of the page before: its time and its number."""

    statement: str = ""
    voided: str = ""
    agent: Mapping[str, Any] | None = None
    verb: str = ""
    activity: str = ""
    registration: str = ""
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = PAGE
    ascending: bool = False
    format: str = "exact"
    attachments: bool = False
    after: tuple[datetime, int] | None = None


def parameters_of(query: str, *, most: int = 64) -> dict[str, str]:
    """The parameters of a query string or form; none may come twice. Raises Invalid."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError:
        raise Invalid("", "The parameters are not URL-encoded UTF-8, or too many.") from None
    found = dict(pairs)
    if any("\x00" in each for pair in pairs for each in pair):
        raise Invalid("", "A parameter holds a character that cannot be kept.")
    if len(found) < len(pairs):
        raise Invalid("", "A parameter comes twice.")
    return found


def known(parameters: Mapping[str, str], names: Collection[str]) -> None:
    """Raise Invalid for a parameter that the resource does not have; their names are case-sensitive."""
    for name in parameters:
        if name not in names:
            raise Invalid(name, "is not a parameter of this resource. Names are case-sensitive.")


def agent_of(parameters: Mapping[str, str], name: str = "agent") -> dict[str, Any]:
    """The agent or identified group of a parameter. Raises Invalid."""
    try:
        found = json.loads(parameters[name])
    except (KeyError, ValueError, RecursionError):
        raise Invalid(name, "must be an agent as JSON.") from None
    actor(found, name)
    if not key_of(found):
        raise Invalid(name, "must have an identifier.")
    return dict(found)


def query_of(parameters: Mapping[str, str]) -> Query:
    """The query of a GET on the statements. Raises Invalid."""
    if "more" in parameters:
        known(parameters, ("more",))
        return _continued(parameters["more"])
    known(parameters, (*FILTERS, *SINGLE, *SHOWN))
    single = [name for name in SINGLE if name in parameters]
    if single and len(parameters.keys() - set(SHOWN)) > 1:
        raise Invalid(single[0], "may only stand together with format and attachments.")
    for name in single:
        uuid(parameters[name], name)
    for name in ("verb", "activity"):
        if name in parameters:
            iri(parameters[name], name)
    if "registration" in parameters:
        uuid(parameters["registration"], "registration")
    if parameters.get("format", "exact") not in FORMATS:
        raise Invalid("format", f"must be one of {', '.join(FORMATS)}.")
    return Query(
        statement=parameters.get("statementId", "").lower(),
        voided=parameters.get("voidedStatementId", "").lower(),
        agent=agent_of(parameters) if "agent" in parameters else None,
        verb=parameters.get("verb", ""),
        activity=parameters.get("activity", ""),
        registration=parameters.get("registration", "").lower(),
        related_activities=_flag(parameters, "related_activities"),
        related_agents=_flag(parameters, "related_agents"),
        since=moment_of(parameters["since"], "since") if "since" in parameters else None,
        until=moment_of(parameters["until"], "until") if "until" in parameters else None,
        limit=_limit(parameters.get("limit", "0")),
        ascending=_flag(parameters, "ascending"),
        format=parameters.get("format", "exact"),
        attachments=_flag(parameters, "attachments"),
    )


def more_of(parameters: Mapping[str, str], after: tuple[datetime, int]) -> str:
    """The ``more`` parameter of the next page. It holds all that is needed, so it stays good for as long as the statements do."""
    asked = parameters.get("more", "")
    first = _token(asked)["asked"] if asked else dict(parameters)
    whole = json.dumps({"asked": first, "at": iso(after[0]), "number": after[1]}, separators=(",", ":"))
    return urlsafe_b64encode(whole.encode()).decode().rstrip("=")


def _continued(token: str) -> Query:
    found = _token(token)
    if "more" in found["asked"]:
        raise Invalid("more", "is no link of this server.")
    return replace(query_of(found["asked"]), after=(moment_of(found["at"], "more"), found["number"]))


def _token(token: str) -> dict[str, Any]:
    try:
        found = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        asked, number = found["asked"], found["number"]
        fits = all(type(each) is str for pair in asked.items() for each in pair) and type(number) is int
        if not fits or not 0 <= number < 2**63:
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Invalid("more", "is no link of this server.") from None
    return dict(found)


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    value = parameters.get(name, "false")
    if value not in ("true", "false"):
        raise Invalid(name, "must be true or false.")
    return value == "true"


def _limit(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid("limit", "must be a whole number from 0.")
    return min(int(value), PAGE) or PAGE
