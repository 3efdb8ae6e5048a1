"""A body that is too large is refused before it is written anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from headway.site.asgi import application
from headway.site.limits import LARGEST
from tests.clients import waited

SCOPE = {
    "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
    "path": "/sign-in", "raw_path": b"/sign-in", "root_path": "", "query_string": b"",
    "server": ("testserver", 80), "client": ("127.0.0.1", 1),
}  # fmt: skip
PART = b"a" * 1_000_000


def post(*headers: tuple[bytes, bytes], parts: int) -> tuple[int, int]:
    """Status of the answer, and how many parts were read."""
    read, sent = 0, list[MutableMapping[str, Any]]()

    async def receive() -> MutableMapping[str, Any]:
        nonlocal read
        if read == parts:
            await asyncio.Event().wait()  # somebody who stays for the answer
        read += 1
        return {"type": "http.request", "body": PART, "more_body": read < parts}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    waited(application({**SCOPE, "headers": [(b"host", b"testserver"), *headers]}, receive, send))
    return int(sent[0]["status"]), read


@pytest.mark.parametrize("length", [str(LARGEST + 1).encode(), b"1e9", b"-1"])
def test_a_body_that_says_it_is_too_large_is_not_read(length: bytes) -> None:
    assert post((b"content-length", length), parts=100) == (413, 0)


def test_a_body_that_says_nothing_is_read_until_it_is_too_large() -> None:
    assert post(parts=LARGEST // len(PART) + 20) == (413, LARGEST // len(PART) + 1)


def test_another_body_reaches_the_page(database: str) -> None:
    assert post((b"content-length", b"2000000"), parts=2) == (403, 2)  # the page wants its form's token
