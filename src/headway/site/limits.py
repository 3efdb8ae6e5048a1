"""The largest body that is received: it would be written to disk before any page could refuse it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from headway.api.native import Receive, Scope, Send

LARGEST = 64_000_000
"""Bytes. Well above the largest file that a page takes, so that a page, which knows more, says what is too large."""
ANSWER = b"This is larger than 64 MB. Send a smaller file."


def declares_too_much(scope: Scope) -> bool:
    """Whether a request says that its body is larger than :data:`LARGEST`."""
    lengths = [value for name, value in scope.get("headers", ()) if name == b"content-length"]
    return any(not value.isdigit() or int(value) > LARGEST for value in lengths)


async def refuse(send: Send) -> None:
    """Answer 413 without reading the body, and close."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})


class Counted:
    """The same messages, until a body that did not say its length has grown past :data:`LARGEST`: then as if the sender had
    gone, and ``over`` is true."""

    def __init__(self, receive: Receive) -> None:
        self.receive, self.came, self.over = receive, 0, False

    async def __call__(self) -> MutableMapping[str, Any]:
        message = await self.receive()
        self.came += len(message.get("body", b""))
        self.over = self.came > LARGEST
        return {"type": "http.disconnect"} if self.over else message
