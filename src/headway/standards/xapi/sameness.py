"""When two statements are the same: what a learning record store may add or arrange otherwise does not count."""

from __future__ import annotations

from typing import Any

from headway.standards.xapi.statements import CONTEXT_ACTIVITIES
from headway.standards.xapi.values import moment_of, to_hundredths

_ADDED = frozenset({"id", "stored", "authority", "version", "timestamp", "attachments"})


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two checked statements say the same (specification, *statement comparison*).

    Left out: what the store sets itself, texts of verbs and definitions of activities, which belong to them and not to the
    statement, the order of a group's members, attachments, the case of UUIDs and language tags, and what a duration has
    beyond hundredths of a second.
    """
    return _plain(one) == _plain(other)


def same_time(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two statements name the same moment, or one of them names none."""
    times = {moment_of(each["timestamp"], "timestamp") for each in (one, other) if "timestamp" in each}
    return len(times) < 2


def _plain(statement: dict[str, Any]) -> dict[str, Any]:
    out = {name: value for name, value in statement.items() if name not in _ADDED}
    out["verb"] = statement["verb"]["id"]
    out["actor"] = _actor(statement["actor"])
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        out["object"] = thing["id"]
    elif kind in ("Agent", "Group"):
        out["object"] = _actor(thing)
    elif kind == "SubStatement":
        inner = _plain(thing)
        out["object"] = {**inner, "timestamp": moment_of(thing["timestamp"], "") if "timestamp" in thing else None}
    else:
        out["object"] = _reference(thing)
    if "duration" in statement.get("result", {}):
        out["result"] = {**statement["result"], "duration": to_hundredths(statement["result"]["duration"])}
    if "context" in statement:
        out["context"] = _context(statement["context"])
    return out


def _actor(value: dict[str, Any]) -> dict[str, Any]:
    out = {"objectType": "Agent", **value}
    if "member" in value:
        out["member"] = sorted((_actor(each) for each in value["member"]), key=repr)
    return out


def _context(context: dict[str, Any]) -> dict[str, Any]:
    out = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            out[name] = _actor(context[name])
    for name in ("registration", "language"):
        if name in context:
            out[name] = context[name].lower()
    if "statement" in context:
        out["statement"] = _reference(context["statement"])
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            out[name] = [{**each, inner: _actor(each[inner])} for each in context[name]]
    several = context.get("contextActivities")
    if several is not None:
        out["contextActivities"] = {
            name: sorted(each["id"] for each in _listed(several[name]))
            for name in CONTEXT_ACTIVITIES
            if name in several
        }
    return out


def _reference(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "id": value["id"].lower()}


def _listed(value: Any) -> list[dict[str, Any]]:
    return value if type(value) is list else [value]
