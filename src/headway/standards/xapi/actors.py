"""Agents and groups: who a statement is about, and the key by which one is found again."""

from __future__ import annotations

from typing import Any

from headway.standards.plain import plain
from headway.standards.xapi.shapes import Invalid, at, check, list_of, matching, object_of, one_of, shape, text
from headway.standards.xapi.values import iri, mbox, sha1

IDENTIFIERS = {
    "mbox": mbox,
    "mbox_sha1sum": sha1,
    "openid": iri,
    "account": shape(
        {"homePage": iri, "name": matching(plain, "a string of signs that can be kept")}, ("homePage", "name")
    ),
}
"""Inverse functional identifiers."""
_AGENT = {"objectType": one_of("Agent"), "name": text, **IDENTIFIERS}


def agent(value: Any, where: str) -> None:
    """Rule of an agent: exactly one identifier."""
    found = check(value, where, _AGENT)
    if _identifiers(found) != 1:
        raise Invalid(where, f"must have exactly one of {', '.join(IDENTIFIERS)}.")


_GROUP = {"objectType": one_of("Group"), "name": text, "member": list_of(agent), **IDENTIFIERS}


def group(value: Any, where: str) -> None:
    """Rule of a group: one identifier, or members."""
    found = check(value, where, _GROUP, ("objectType",))
    count = _identifiers(found)
    if count > 1:
        raise Invalid(where, f"must have at most one of {', '.join(IDENTIFIERS)}.")
    if not count and not found.get("member"):
        raise Invalid(at(where, "member"), "is missing: a group without an identifier names its members.")


def actor(value: Any, where: str) -> None:
    """Rule of an agent or a group."""
    (group if object_of(value, where).get("objectType") == "Group" else agent)(value, where)


def authority(value: Any, where: str) -> None:
    """Rule of an authority: an agent, or a group of two without an identifier (OAuth consumer and user)."""
    actor(value, where)
    if value.get("objectType") == "Group" and (_identifiers(value) or len(value["member"]) != 2):
        raise Invalid(where, "must be an agent, or a group without an identifier that has two members.")


def key_of(value: dict[str, Any]) -> str:
    """The identifier of an agent or group as one string; "" for a group that has none.

    >>> key_of({"mbox": "mailto:ana@example.org", "name": "Ana"})
    'mbox mailto:ana@example.org'
    """
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in value:
            return f"{name} {value[name]}"
    account = value.get("account")
    return f"account {account['homePage']} {account['name']}" if account else ""


def keys_of(value: dict[str, Any]) -> list[str]:
    """The identifiers by which a statement of an agent or group is found: its own, and those of its members."""
    own = key_of(value)
    members = [key_of(each) for each in value.get("member", ())]
    return [own, *members] if own else members


def person_of(value: dict[str, Any]) -> dict[str, Any]:
    """An agent as the Person of the agents resource: every property a list."""
    kept = {name: [value[name]] for name in ("name", *IDENTIFIERS) if name in value}
    return {"objectType": "Person", **kept}


def _identifiers(found: dict[str, Any]) -> int:
    return ("mbox" in found) + ("mbox_sha1sum" in found) + ("openid" in found) + ("account" in found)
