"""What is chosen in a tool for a course (LTI Deep Linking 2.0), written as a tool and read as a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headway.core.curriculum.outside import plain_address
from headway.standards.lti import words
from headway.standards.lti.gradebook import LOWEST
from headway.standards.lti.launch import LONG, BadLaunch, word

MOST = 20
"""Links of one answer that are read."""


@dataclass(frozen=True, slots=True)
class Item:
    """A link into a tool. ``maximum`` above 0 asks for a column in the gradebook; ``resource`` is the tool's name for it.
    ``page``: a link to a public page instead, which is opened without a launch."""

    title: str
    url: str
    custom: Mapping[str, str] = field(default_factory=dict)
    maximum: float = 0.0
    resource: str = ""
    page: bool = False


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


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a tool answers: links, how many things that we do not take came too, and what it says to whoever chose."""

    items: tuple[Item, ...]
    others: int
    said: str


def chosen_in(claims: Mapping[str, Any]) -> Chosen:
    """Read a deep linking response whose token has been verified. Raises BadLaunch with version, message, settings or target."""
    if claims.get(f"{words.LTI}version") != words.VERSION:
        raise BadLaunch("version", f"LTI version {str(claims.get(f'{words.LTI}version'))[:40]!r}")
    if claims.get(f"{words.LTI}message_type") != words.CHOSEN:
        raise BadLaunch("message", f"message type {str(claims.get(f'{words.LTI}message_type'))[:80]!r}")
    found = claims.get(f"{words.DEEP}content_items", [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadLaunch("settings", "content_items is no list of objects")
    if len(found) > MOST:
        raise BadLaunch("settings", f"{len(found)} things were chosen; at most {MOST} are taken")
    links = [link for each in found if (link := _link(each)) is not None]
    said = [word(claims.get(f"{words.DEEP}{name}"), 1000) for name in ("errormsg", "msg")]
    return Chosen(tuple(links), len(found) - len(links), next(filter(None, said), "")[:300])


def _written(item: Item) -> dict[str, Any]:
    out: dict[str, Any] = {
        "type": "ltiResourceLink", "title": item.title, "url": item.url, "window": {"targetName": "_blank"}
    }  # fmt: skip
    if item.custom:
        out["custom"] = dict(item.custom)
    if item.maximum > 0:
        out["lineItem"] = {"scoreMaximum": item.maximum, "label": item.title, "resourceId": item.resource}
    return out


def _link(found: Mapping[str, Any]) -> Item | None:
    """A link into the tool or to a public page; None for things of another kind and addresses that nobody should be sent to."""
    if found.get("type") == "ltiResourceLink":
        return _read(found)
    address = plain_address(word(found.get("url"), LONG)) if found.get("type") == "link" else ""
    return Item(word(found.get("title"), 1000)[:200], address, page=True) if address else None


def _read(found: Mapping[str, Any]) -> Item:
    """A link as a tool describes it. An address that is no text is a fault; none means the tool's own."""
    url, custom, line = (found.get(name) for name in ("url", "custom", "lineItem"))
    if url is not None and not word(url, LONG):
        raise BadLaunch("target", "the address of a link is no text, or too long")
    line = line if isinstance(line, dict) else {}
    best = line.get("scoreMaximum")
    usable = isinstance(best, int | float) and not isinstance(best, bool) and LOWEST <= best < 1e6
    pairs = list(custom.items())[:30] if isinstance(custom, dict) else []
    return Item(
        word(found.get("title"), 1000)[:200], url or "", {str(k)[:100]: str(v)[:1000] for k, v in pairs},
        float(best) if usable and best is not None else 0.0, word(line.get("resourceId"), 255),
    )  # fmt: skip
