"""What is chosen here for a course (LTI Deep Linking 2.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headway.standards.lti import words


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


def _written(item: Item) -> dict[str, Any]:
    out: dict[str, Any] = {
        "type": "ltiResourceLink", "title": item.title, "url": item.url, "window": {"targetName": "_blank"}
    }  # fmt: skip
    if item.custom:
        out["custom"] = dict(item.custom)
    if item.maximum > 0:
        out["lineItem"] = {"scoreMaximum": item.maximum, "label": item.title, "resourceId": item.resource}
    return out
