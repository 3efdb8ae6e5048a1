"""Statements that tell a result: who, on what, with which success, score and time; and what it is about, by identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

from headway.standards.plain import made_plain
from headway.standards.xapi.actors import key_of
from headway.standards.xapi.keys import activities_in
from headway.standards.xapi.values import moment_of

_ADL = "http://adlnet.gov/expapi/verbs/"
VERBS: dict[str, bool | None] = {
    f"{_ADL}answered": None,
    f"{_ADL}completed": None,
    f"{_ADL}scored": None,
    f"{_ADL}passed": True,
    f"{_ADL}failed": False,
    f"{_ADL}mastered": True,
}
"""Verbs of ADL, which cmi5 uses too, that tell a result, and the success that the verb alone says."""
_DURATION = re.compile(
    r"P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
_MINUTES = (7 * 1440.0, 1440.0, 60.0, 1.0, 1.0 / 60.0)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """A result as a statement tells it. ``actor`` is the agent's identifier as :func:`actors.key_of` writes it, "" for a group;
    ``scaled`` from -1 to 1, ``minutes`` from 0, ``at`` in seconds since 1970; None for what is not said."""

    actor: str
    activity: str
    title: str
    success: bool | None
    scaled: float | None
    minutes: float | None
    at: float


def result_of(statement: Mapping[str, Any]) -> Result | None:
    """The result that a kept statement tells; None for one that tells none (another verb, or no activity)."""
    verb, thing = statement["verb"]["id"], statement["object"]
    if verb not in VERBS or thing.get("objectType", "Activity") != "Activity":
        return None
    result = statement.get("result", {})
    success = VERBS[verb]
    moment = statement.get("timestamp") or statement.get("stored")
    actor = statement["actor"]
    return Result(
        actor=made_plain(key_of(actor)) if actor.get("objectType", "Agent") == "Agent" else "",
        activity=made_plain(thing["id"]),
        title=title_of(thing.get("definition", {})),
        success=result.get("success") if success is None else success,
        scaled=scaled_of(result.get("score", {})),
        minutes=minutes_of(result.get("duration", "")),
        at=moment_of(moment, "timestamp").timestamp(),
    )


def title_of(definition: Mapping[str, Any]) -> str:
    """The name of an activity: the English one where there is one, else the first; "" for none."""
    names: dict[str, str] = definition.get("name", {})
    english = [text for tag, text in names.items() if tag.lower().split("-")[0] == "en"]
    return next(iter([*english, *names.values()]), "")


def scaled_of(score: Mapping[str, Any]) -> float | None:
    """The scaled score, worked out from raw, min and max where it is not given.

    >>> scaled_of({"scaled": 0.5}), scaled_of({"raw": 8, "max": 10}), scaled_of({"raw": 8})
    (0.5, 0.8, None)
    """
    if "scaled" in score:
        return float(score["scaled"])
    low, high = score.get("min", 0), score.get("max")
    if "raw" not in score or high is None or not low < high:
        return None
    try:
        return min(max(float((score["raw"] - low) / (high - low)), 0.0), 1.0)
    except OverflowError:  # whole numbers of hundreds of digits
        return None


def minutes_of(duration: str) -> float | None:
    """Minutes of a duration of ISO 8601; None for none, and for one in months or years, which have no length.

    >>> minutes_of("PT1H30M"), minutes_of("PT45S"), minutes_of("P1Y"), minutes_of("")
    (90.0, 0.75, None, None)
    """
    found = _DURATION.fullmatch(duration) if len(duration) < 100 else None
    if found is None or not any(found.groups()):
        return None
    return sum(
        float(each.replace(",", ".")) * unit for each, unit in zip(found.groups(), _MINUTES, strict=True) if each
    )


def address_sum(address: str) -> str:
    """The sum by which an agent may be named instead of an address (``mbox_sha1sum``)."""
    return sha1(f"mailto:{address}".encode(), usedforsecurity=False).hexdigest()


def named_in(statement: Mapping[str, Any]) -> tuple[str, ...]:
    """The identifiers that a statement gives for what it is about: of its activity and those of its context, the addresses of
    more about them, and what stands in their extensions."""
    out: list[str] = []
    for thing in activities_in(dict(statement)):
        definition = thing.get("definition", {})
        out += [thing["id"], *(each for each in [definition.get("moreInfo")] if each)]
        out += _strings(definition.get("extensions", {}).values())
    return tuple(dict.fromkeys(out))


def case_ids_in(names: Iterable[str]) -> tuple[str, ...]:
    """The identifiers of CASE (UUIDs) in identifiers and addresses, in small letters."""
    return tuple(dict.fromkeys(found.lower() for name in names for found in _UUID.findall(name)))


def _strings(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if type(value) is str:
            yield value[:2_000]
        elif type(value) is list:
            yield from (each[:2_000] for each in value[:50] if type(each) is str)
