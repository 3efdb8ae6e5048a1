"""Bodies of a platform's services, as a tool writes and reads them: line items and scores (Assignment and Grade Services 2.0),
members (Names and Role Provisioning 2.0), and the answer of a token endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headway.standards.lti.launch import LONG, pages
from headway.standards.lti.words import short_roles


class BadAnswer(ValueError):
    """A body that is not what the standard says; the message says where."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a course. Empty where the platform does not say."""

    subject: str
    roles: frozenset[str]
    name: str = ""
    email: str = ""
    sourced_id: str = ""
    active: bool = True


def token_in(found: object) -> str:
    """The access token of a token endpoint's answer. Raises BadAnswer."""
    if not isinstance(found, dict) or not isinstance(found.get("access_token"), str):
        raise BadAnswer("the answer has no access_token")
    if str(found.get("token_type", "bearer")).lower() != "bearer":
        raise BadAnswer("the token is no bearer token")
    return str(found["access_token"])


def next_page(link: str) -> str:
    """The address of the next page in a ``Link`` header, or nothing."""
    return next((where for relation, where in pages(link) if relation == "next"), "")


def members_in(found: object) -> list[Member]:
    """The members of a membership container. Raises BadAnswer."""
    rows = found.get("members") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise BadAnswer("the answer has no members")
    return [_member(row) for row in rows if isinstance(row, dict) and isinstance(row.get("user_id"), str)]


def line_item(label: str, maximum: float, *, resource: str = "", link: str = "", tag: str = "") -> dict[str, Any]:
    """A line item without an address of its own yet."""
    out: dict[str, Any] = {"label": label, "scoreMaximum": maximum}
    more = {"resourceId": resource, "resourceLinkId": link, "tag": tag}
    return out | {name: value for name, value in more.items() if value}


def item_in(found: object, *, resource: str) -> str:
    """The address of the first line item with this name of ours, or nothing. Raises BadAnswer."""
    if not isinstance(found, list):
        raise BadAnswer("the answer is no list of line items")
    ids = [each.get("id") for each in found if isinstance(each, dict) and each.get("resourceId") == resource]
    return next((each for each in ids if isinstance(each, str) and each), "")


def score(subject: str, given: float, maximum: float, *, when: str) -> dict[str, Any]:
    """A finished score. ``when`` is ISO 8601 with a zone."""
    return {
        "userId": subject, "scoreGiven": given, "scoreMaximum": maximum, "timestamp": when,
        "activityProgress": "Completed", "gradingProgress": "FullyGraded",
    }  # fmt: skip


def _member(row: Mapping[str, Any]) -> Member:
    name = _word(row, "name") or f"{_word(row, 'given_name')} {_word(row, 'family_name')}".strip()
    return Member(
        _word(row, "user_id"), short_roles(row.get("roles")), name, _word(row, "email"), _word(row, "lis_person_sourcedid"),
        row.get("status", "Active") == "Active",
    )  # fmt: skip


def _word(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONG or "\x00" in value:
        raise BadAnswer(f"{name} is no text, or too long")
    return value
