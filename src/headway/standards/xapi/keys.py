"""What a statement can be found by: its verb, activities, agents and registration, as numbers for an index.

A number is 64 bits of a hash of the kind of key and its value; two of a district's keys meet by chance about once in four
billion districts with a hundred thousand keys each.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from headway.standards.xapi.actors import key_of, keys_of

AGENT, ANY_AGENT, VERB, ACTIVITY, ANY_ACTIVITY, REGISTRATION = "a", "A", "v", "o", "O", "r"
"""Kinds of keys: the actor or object, an agent anywhere, the verb, the object, an activity anywhere, the registration."""


def number_of(kind: str, value: str) -> int:
    """The number of a key, with its sign, as a database's bigint has it."""
    return int.from_bytes(
        blake2b(f"{kind} {value}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True
    )


def keys_of_statement(statement: dict[str, Any], authority: dict[str, Any]) -> list[int]:
    """Every key of a checked statement, sorted."""
    found: set[tuple[str, str]] = {(VERB, statement["verb"]["id"])}
    found.update((AGENT, key) for key in keys_of(statement["actor"]))
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        found.add((ACTIVITY, thing["id"]))
    elif kind in ("Agent", "Group"):
        found.update((AGENT, key) for key in keys_of(thing))
    registration = statement.get("context", {}).get("registration")
    if registration:
        found.add((REGISTRATION, registration.lower()))
    found.update((ANY_AGENT, key) for each in (*_actors(statement), authority) for key in keys_of(each))
    found.update((ANY_ACTIVITY, each["id"]) for each in activities_in(statement))
    return sorted({number_of(kind, value) for kind, value in found})


def agent_number(agent: dict[str, Any], *, anywhere: bool) -> int:
    """The number by which the statements of an agent or identified group are found."""
    return number_of(ANY_AGENT if anywhere else AGENT, key_of(agent))


def activities_in(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each activity that a statement names, in its object, its context and its sub-statement."""
    for part in _parts(statement):
        thing = part["object"]
        if thing.get("objectType", "Activity") == "Activity":
            yield thing
        for several in part.get("context", {}).get("contextActivities", {}).values():
            yield from several if type(several) is list else [several]


def _parts(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield statement
    if statement["object"].get("objectType") == "SubStatement":
        yield statement["object"]


def _actors(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in _parts(statement):
        yield part["actor"]
        if part["object"].get("objectType") in ("Agent", "Group"):
            yield part["object"]
        context = part.get("context", {})
        for name in ("instructor", "team"):
            if name in context:
                yield context[name]
        yield from (each["agent"] for each in context.get("contextAgents", ()))
        yield from (each["group"] for each in context.get("contextGroups", ()))
