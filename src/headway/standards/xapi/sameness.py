"""When two statements are the same: what a learning record store may add or arrange otherwise does not count."""

from __future__ import annotations

from typing import Any

from headway.standards.xapi.statements import CONTEXT_ACTIVITIES
from headway.standards.xapi.values import moment_of

_ADDED = frozenset({"id", "stored", "authority", "version", "timestamp", "attachments"})


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two checked statements say the same (specification, *statement comparison*).

    Left out: what the store sets itself (a timestamp counts where both have one), texts of verbs and definitions of
    activities, which belong to them and not to the statement, the order of a group's members, and attachments' bytes.
    """
    times = [moment_of(each["timestamp"], "timestamp") for each in (one, other) if "timestamp" in each]
    if len(times) == 2 and times[0] != times[1]:
        return False
    return _plain(one) == _plain(other)


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
    several = context.get("contextActivities")
    if several is not None:
        out["contextActivities"] = {
            name: sorted(each["id"] for each in _listed(several[name]))
            for name in CONTEXT_ACTIVITIES
            if name in several
        }
    return out


def _listed(value: Any) -> list[dict[str, Any]]:
    return value if type(value) is list else [value]
