"""A small server of a test's own on this machine, for as long as a block lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

Peer = TypeVar("Peer")


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], make: Callable[[int], Peer]) -> Iterator[Peer]:
    """Answer by ``handler``; what ``make`` gives for the port is the handler's ``server.peer``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    peer = make(server.server_address[1])
    server.peer = peer  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
