"""Sending JSON from a native route."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from headway.api.native import Send

JSON = b"application/json"
Header = tuple[bytes, bytes]


async def send_json(send: Send, status: int, body: Any, more: Iterable[Header] = (), *, silent: bool = False) -> None:
    """Send a whole answer; None as a body sends none, bytes are JSON already, ``silent`` (HEAD) sends what it would be without
    it."""
    payload = b"" if body is None else body if isinstance(body, bytes) else _dumped(body)
    headers: list[Header] = [(b"x-content-type-options", b"nosniff"), *more]
    if body is not None and not any(name == b"content-type" for name, _value in headers):
        headers.append((b"content-type", JSON))
    if status != 204:
        headers.append((b"content-length", str(len(payload)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if silent else payload})


def _dumped(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
