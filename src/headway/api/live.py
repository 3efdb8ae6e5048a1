"""Live streams by server-sent events: a board hears of an answer as soon as it is durable.

One connection a process listens to PostgreSQL and fans out to the open boards; an idle board costs a socket and a queue.
A stream ends after a few minutes and the browser comes back, so that a right that was taken away does not stay.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from django.conf import settings

from headway.api.native import Receive, Scope, Send, answer, identify, in_thread, uuid_in
from headway.api.problem import problem, refusal
from headway.school.loop import Refused
from headway.school.people.access import NotAllowed, learners_in, sections_of, viewer_with_id
from headway.school.people.principal import Principal
from headway.school.people.tenancy import in_district

CHANNEL = "headway_live"
STREAM_SECONDS = 600.0
KEEP_ALIVE_SECONDS = 15.0


@dataclass(eq=False, slots=True)
class Board:
    """An open stream: which learners it hears of, and what has happened since it last looked."""

    district: str
    learners: frozenset[str]
    news: dict[tuple[str, str], float] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """The listener of one event loop."""

    def __init__(self) -> None:
        self.boards: set[Board] = set()
        self._task: asyncio.Task[None] | None = None

    def join(self, board: Board) -> None:
        """Let a board hear; the listener starts with the first."""
        self.boards.add(board)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())

    def leave(self, board: Board) -> None:
        """Stop telling a board; the listener ends with the last."""
        self.boards.discard(board)
        if not self.boards and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _listen(self) -> None:
        while True:
            with suppress(psycopg.Error):
                async with await psycopg.AsyncConnection.connect(settings.DATABASE_URL, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    async for note in connection.notifies():
                        self._tell(note.payload)
            await asyncio.sleep(0.5)

    def _tell(self, payload: str) -> None:
        district, _, rest = payload.partition(":")
        kind, _, learner = rest.partition(":")
        for board in self.boards:
            if board.district == district and learner in board.learners:
                board.news[kind, learner] = time.time()
                board.wake.set()


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def section_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /live/section/<uuid>``: an event for each learner of the section who answered or asked for help."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    try:
        found = await identify(headers, unsafe=False)
        if not isinstance(found, Principal):
            return await answer(send, found["status"], found)
        section = uuid_in(scope["path"], "/live/section/")
        learners = await in_thread(_learners, found, section) if section else None
    except Refused as error:
        return await answer(send, 503, refusal(error, str(error)))
    if learners is None:
        return await answer(send, 404, problem("not-found", 404, "There is no such section among those you work with."))
    board = Board(str(found.district), learners)
    hub().join(board)
    try:
        await _stream(board, receive, send)
    finally:
        hub().leave(board)


def _learners(principal: Principal, section: UUID) -> frozenset[str] | None:
    with in_district(principal.district), suppress(NotAllowed):
        found = sections_of(viewer_with_id(principal.person)).filter(id=section).first()
        if found is not None:
            return frozenset(str(person.id) for person in learners_in(found))
    return None


async def _stream(board: Board, receive: Receive, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
    gone = asyncio.ensure_future(_gone(receive))
    ends = time.monotonic() + STREAM_SECONDS
    try:
        while not gone.done() and time.monotonic() < ends:
            with suppress(TimeoutError):
                await asyncio.wait_for(board.wake.wait(), KEEP_ALIVE_SECONDS)
            board.wake.clear()
            news, board.news = board.news, {}
            lines = [
                f"event: {kind}\ndata: {json.dumps({'learner': learner, 'at': at})}\n\n"
                for (kind, learner), at in news.items()
            ]
            body = "".join(lines) or ": still here\n\n"
            await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
    finally:
        gone.cancel()
    with suppress(Exception):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
