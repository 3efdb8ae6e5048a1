"""Activities and their definitions: checked, and put together from what several statements say of the same one."""

from __future__ import annotations

from typing import Any

from headway.standards.xapi.shapes import Invalid, Rule, at, check, list_of, one_of, shape, text
from headway.standards.xapi.values import extensions, iri, language_map

COMPONENTS = ("choices", "scale", "source", "target", "steps")
INTERACTIONS = ("true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert",
                "numeric", "other")  # fmt: skip
_components = list_of(shape({"id": text, "description": language_map}, ("id",)))


def components(value: Any, where: str) -> None:
    """Rule of interaction components: no identifier twice."""
    _components(value, where)
    if len({each["id"] for each in value}) < len(value):
        raise Invalid(where, "must not have an id twice.")


_DEFINITION: dict[str, Rule] = {
    "name": language_map,
    "description": language_map,
    "type": iri,
    "moreInfo": iri,
    "extensions": extensions,
    "interactionType": one_of(*INTERACTIONS),
    "correctResponsesPattern": list_of(text),
    **dict.fromkeys(COMPONENTS, components),
}


def definition(value: Any, where: str) -> None:
    """Rule of an activity's definition."""
    found = check(value, where, _DEFINITION)
    if "interactionType" not in found:
        for name in ("correctResponsesPattern", *COMPONENTS):
            if name in found:
                raise Invalid(at(where, "interactionType"), f"is missing: {name} needs it.")


activity: Rule = shape({"objectType": one_of("Activity"), "id": iri, "definition": definition}, ("id",))


def merged(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """A definition with what another statement says of the same activity: languages and extensions add up, the rest is
    the newest.

    >>> merged({"name": {"en": "sum"}}, {"name": {"es": "suma"}})
    {'name': {'en': 'sum', 'es': 'suma'}}
    """
    out = {**before, **said}
    for name in ("name", "description", "extensions"):
        if name in before and name in said:
            out[name] = {**before[name], **said[name]}
    return out
