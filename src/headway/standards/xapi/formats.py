"""The formats in which statements are asked for: exactly as they came, identifiers only, or in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from headway.standards.xapi.activities import COMPONENTS, merged
from headway.standards.xapi.actors import IDENTIFIERS

FORMATS = ("exact", "ids", "canonical")
Json = dict[str, Any]


def as_ids(statement: Json) -> Json:
    """A statement whose agents, activities, verbs and groups are only their identifiers."""
    return _mapped(statement, actor=_bare_actor, activity=_bare, verb=_bare)


def as_canonical(statement: Json, definitions: Mapping[str, Json], languages: list[str]) -> Json:
    """A statement whose activities have the definition that the store knows, and whose texts have one language.

    ``definitions`` by the activity's identifier; ``languages`` as :func:`wanted` reads them, the dearest first.
    """

    def activity(value: Json) -> Json:
        known = merged(value.get("definition", {}), definitions.get(value["id"], {}))
        return {**value, "definition": _definition(known, languages)} if known else value

    def verb(value: Json) -> Json:
        return {**value, "display": _chosen(value["display"], languages)} if "display" in value else value

    return _mapped(statement, actor=lambda value: value, activity=activity, verb=verb)


def wanted(header: str) -> list[str]:
    """The languages of an ``Accept-Language`` header, the dearest first.

    >>> wanted("es;q=0.5, en-GB")
    ['en-gb', 'es']
    """
    found: list[tuple[float, str]] = []
    for part in header[:1000].split(","):
        tag, _, rest = part.strip().partition(";")
        weight = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
        found.append((-(float(weight[1]) if weight else 1.0), tag.strip().lower()))
    return [tag for weight, tag in sorted(found, key=lambda each: each[0]) if tag and weight]


def _definition(value: Json, languages: list[str]) -> Json:
    out = dict(value)
    for name in ("name", "description"):
        if name in out:
            out[name] = _chosen(out[name], languages)
    for name in COMPONENTS:
        if name in out:
            out[name] = [
                {**each, "description": _chosen(each["description"], languages)} if "description" in each else each
                for each in out[name]
            ]
    return out


def _chosen(texts: Json, languages: list[str]) -> Json:
    """The one text that is wanted most: of each wish first its very tag, then any tag of its language; else the first."""
    tags = {tag.lower(): tag for tag in texts}
    for wish in languages:
        fitting = [tag for tag in tags if tag.split("-")[0] == wish.split("-")[0]]
        if fitting:
            found = tags[wish if wish in tags else fitting[0]]
            return {found: texts[found]}
    return dict(list(texts.items())[:1])


def _bare(value: Json) -> Json:
    return {"id": value["id"]}


def _bare_actor(value: Json) -> Json:
    kept = {name: value[name] for name in ("objectType", *IDENTIFIERS) if name in value}
    if value.get("objectType") == "Group" and len(kept) == 1:  # a group without an identifier is its members
        kept["member"] = [_bare_actor(each) for each in value["member"]]
    return kept


def _mapped(
    statement: Json, *, actor: Callable[[Json], Json], activity: Callable[[Json], Json], verb: Callable[[Json], Json]
) -> Json:
    out = {**statement, "actor": actor(statement["actor"]), "verb": verb(statement["verb"])}
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        out["object"] = activity(thing)
    elif kind in ("Agent", "Group"):
        out["object"] = actor(thing)
    elif kind == "SubStatement":
        out["object"] = _mapped(thing, actor=actor, activity=activity, verb=verb)
    if "authority" in out:
        out["authority"] = actor(out["authority"])
    if "context" in out:
        out["context"] = _context(out["context"], actor, activity)
    return out


def _context(context: Json, actor: Callable[[Json], Json], activity: Callable[[Json], Json]) -> Json:
    out = dict(context)
    for name in ("instructor", "team"):
        if name in out:
            out[name] = actor(out[name])
    if "contextActivities" in out:
        out["contextActivities"] = {
            name: [activity(each) for each in several] for name, several in out["contextActivities"].items()
        }
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in out:
            out[name] = [{**each, inner: actor(each[inner])} for each in out[name]]
    return out
