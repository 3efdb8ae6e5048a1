"""Statements: every rule of their form, in 1.0.3 and in 2.0.0."""

from __future__ import annotations

import re
from typing import Any

from headway.standards.xapi.activities import activity
from headway.standards.xapi.actors import actor, agent, authority, group
from headway.standards.xapi.shapes import (
    Invalid,
    Rule,
    at,
    boolean,
    check,
    list_of,
    matching,
    number,
    object_of,
    one_of,
    shape,
    text,
    whole,
)  # fmt: skip
from headway.standards.xapi.values import (
    duration,
    extensions,
    iri,
    language,
    language_map,
    mime,
    sha2,
    timestamp,
    uuid,
)  # fmt: skip

VERSIONS = ("1.0.3", "2.0.0")
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
CONTEXT_ACTIVITIES = ("parent", "grouping", "category", "other")

verb: Rule = shape({"id": iri, "display": language_map}, ("id",))
reference: Rule = shape({"objectType": one_of("StatementRef"), "id": uuid}, ("objectType", "id"))
_attachments = list_of(
    shape(
        {"usageType": iri, "display": language_map, "description": language_map, "contentType": mime,
         "length": whole, "sha2": sha2, "fileUrl": iri},
        ("usageType", "display", "contentType", "length", "sha2"),
    )
)  # fmt: skip
_SCORE = dict.fromkeys(("scaled", "raw", "min", "max"), number)


def score(value: Any, where: str) -> None:
    """Rule of a score: scaled from -1 to 1, raw between min and max, min below max."""
    found = check(value, where, _SCORE)
    low, high, raw = found.get("min"), found.get("max"), found.get("raw")
    if not -1 <= found.get("scaled", 0) <= 1:
        raise Invalid(at(where, "scaled"), "must be from -1 to 1.")
    if low is not None and high is not None and low >= high:
        raise Invalid(where, "must have a min below its max.")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise Invalid(at(where, "raw"), "must be between min and max.")


_RESULT = {"score": score, "success": boolean, "completion": boolean, "response": text, "duration": duration,
           "extensions": extensions}  # fmt: skip
result: Rule = shape(_RESULT)


def one_or_many(value: Any, where: str) -> None:
    """Rule of context activities: an activity, or an array of them."""
    if type(value) is list:
        for place, each in enumerate(value):
            activity(each, f"{where}[{place}]")
    else:
        activity(value, where)


_types = list_of(iri, least=1)
_CONTEXT: dict[str, Rule] = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": shape(dict.fromkeys(CONTEXT_ACTIVITIES, one_or_many)),
    "revision": text,
    "platform": text,
    "language": language,
    "statement": reference,
    "extensions": extensions,
}
_CONTEXT_2 = {
    **_CONTEXT,
    "contextAgents": list_of(
        shape({"objectType": one_of("contextAgent"), "agent": agent, "relevantTypes": _types}, ("objectType", "agent"))
    ),
    "contextGroups": list_of(
        shape({"objectType": one_of("contextGroup"), "group": group, "relevantTypes": _types}, ("objectType", "group"))
    ),
}
_contexts: tuple[Rule, Rule] = (shape(_CONTEXT), shape(_CONTEXT_2))


def _thing(value: Any, where: str, rules: dict[str, Rule]) -> None:
    """Rule of an object: by its objectType, without one an activity."""
    kind = object_of(value, where).get("objectType", "Activity")
    rule = rules.get(kind) if type(kind) is str else None
    if rule is None:
        raise Invalid(at(where, "objectType"), f"must be one of {', '.join(rules)}.")
    rule(value, where)


_SUB_OBJECTS: dict[str, Rule] = {"Activity": activity, "Agent": agent, "Group": group, "StatementRef": reference}
_PARTS: dict[str, Rule] = {
    "actor": actor,
    "verb": verb,
    "object": lambda value, where: _thing(value, where, _SUB_OBJECTS),
    "result": result,
    "timestamp": timestamp,
    "attachments": _attachments,
}
_SUBS = [{**_PARTS, "objectType": one_of("SubStatement"), "context": each} for each in _contexts]


def _sub_rule(rules: dict[str, Rule]) -> Rule:
    def rule(value: Any, where: str) -> None:
        _context_fits(check(value, where, rules, ("actor", "verb", "object")), where)

    return rule


def _version(pattern: str) -> Rule:
    return matching(re.compile(pattern).fullmatch, "1.0 or 1.0.x, in xAPI 2.0 also 2.0.x")


def _whole_rules(two: bool) -> dict[str, Rule]:
    objects = {**_SUB_OBJECTS, "SubStatement": _sub_rule(_SUBS[two])}
    return {
        **_PARTS,
        "id": uuid,
        "object": lambda value, where: _thing(value, where, objects),
        "context": _contexts[two],
        "stored": timestamp,
        "authority": authority,
        "version": _version(r"[12]\.0(\.\d+)?" if two else r"1\.0(\.\d+)?"),
    }


_RULES = {"1.0.3": _whole_rules(two=False), "2.0.0": _whole_rules(two=True)}


def check_statement(value: Any, version: str, where: str = "") -> dict[str, Any]:
    """Check a statement as a version of the specification (of :data:`VERSIONS`) has it. Raises Invalid."""
    found = check(value, where, _RULES[version], ("actor", "verb", "object"))
    _context_fits(found, where)
    if found["verb"]["id"] == VOIDED and found["object"].get("objectType") != "StatementRef":
        raise Invalid(at(where, "object"), "must be a StatementRef where the verb is voided.")
    return found


def _context_fits(found: dict[str, Any], where: str) -> None:
    context = found.get("context")
    if context and found["object"].get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in context:
                raise Invalid(at(where, f"context.{name}"), "may only stand where the object is an activity.")
