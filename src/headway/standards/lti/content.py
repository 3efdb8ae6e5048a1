"""What is chosen in a tool for a course (LTI Deep Linking 2.0), written as a tool and read as a platform."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headway.standards.lti import words
from headway.standards.lti.launch import LONG, BadLaunch

MOST = 20
"""Items of one answer that are read."""


@dataclass(frozen=True, slots=True)
class Item:
    """A link into a tool. ``maximum`` above 0 asks for a column in the gradebook; ``resource`` is the tool's name for it."""

    title: str
    url: str
    custom: Mapping[str, str] = field(default_factory=dict)
    maximum: float = 0.0
    resource: str = ""


def response_claims(
    items: Sequence[Item], *, client: str, issuer: str, deployment: str, data: str, nonce: str, now: float
) -> dict[str, Any]:
    """The claims of a deep linking response that we sign as a tool, good for five minutes."""
    out = {
        "iss": client, "aud": issuer, "iat": int(now), "exp": int(now) + 300, "nonce": nonce,
        f"{words.LTI}message_type": words.CHOSEN, f"{words.LTI}version": words.VERSION,
        f"{words.LTI}deployment_id": deployment, f"{words.DEEP}content_items": [_written(item) for item in items],
    }  # fmt: skip
    return {**out, f"{words.DEEP}data": data} if data else out


def items_of(claims: Mapping[str, Any]) -> list[Item]:
    """The links of a deep linking response that has been verified; other kinds of content are passed over. Raises BadLaunch."""
    if claims.get(f"{words.LTI}version") != words.VERSION:
        raise BadLaunch("version", "another version of LTI")
    if claims.get(f"{words.LTI}message_type") != words.CHOSEN:
        raise BadLaunch("message", f"message type {str(claims.get(f'{words.LTI}message_type'))[:80]!r}")
    found = claims.get(f"{words.DEEP}content_items", [])
    if not isinstance(found, list):
        raise BadLaunch("settings", "content_items is no list")
    links = [each for each in found if isinstance(each, dict) and each.get("type") == "ltiResourceLink"]
    return [_read(each) for each in links[:MOST]]


def _written(item: Item) -> dict[str, Any]:
    out: dict[str, Any] = {
        "type": "ltiResourceLink", "title": item.title, "url": item.url, "window": {"targetName": "_blank"}
    }  # fmt: skip
    if item.custom:
        out["custom"] = dict(item.custom)
    if item.maximum > 0:
        out["lineItem"] = {"scoreMaximum": item.maximum, "label": item.title, "resourceId": item.resource}
    return out


def _read(found: Mapping[str, Any]) -> Item:
    url, title, custom, line = (found.get(name) for name in ("url", "title", "custom", "lineItem"))
    best = line.get("scoreMaximum") if isinstance(line, dict) else 0
    usable = isinstance(best, int | float) and not isinstance(best, bool) and math.isfinite(best) and 0 < best < 1e6
    return Item(
        str(title)[:200].replace("\x00", "") if isinstance(title, str) else "",
        url if isinstance(url, str) and len(url) <= LONG else "",
        {str(k)[:100]: str(v)[:1000] for k, v in list(custom.items())[:30]} if isinstance(custom, dict) else {},
        float(best) if usable and isinstance(best, int | float) else 0.0,
        str(line.get("resourceId", ""))[:255] if isinstance(line, dict) else "",
    )
