"""Group commit: whoever waits is written together, in one short transaction per district.

One thread a process keeps a few connections going, each with a batch of another district. It takes everything that is
waiting, writes it, and only then answers. It never dies: a batch that fails is retried one by one, so that a poisonous
submission spoils only itself; a lost connection is opened again, and what was not acknowledged is tried anew, which the
idempotency key makes harmless. What happens to one district's batch is nothing to another's.
"""

from __future__ import annotations

import asyncio
import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg.pq import TransactionStatus

from headway.core.text import T
from headway.school.loop.prepare import Prepared, prepare
from headway.school.loop.record import recording
from headway.school.loop.values import Receipt, Submission
from headway.school.loop.wire import Connection, Talk, connect
from headway.school.people.refusal import TAKEN, KeyReused, Refused, Unavailable

MOST = 64
"""Submissions in one transaction at most: longer ones delay the first in line more than they save."""
LANES = 3
"""Transactions that one process keeps going at the same time, each of another district on a connection of its own: while
the disk makes one durable, the next is computed."""
GATHER = 0.004
"""Seconds in which a busy district's next answers may gather after a batch: a transaction for two costs most of one for
thirty. A learner alone never waits for it, nor does another district. (Measured: 1.5 and 8 ms cost more.)"""
PATIENCE = 5.0
"""Seconds for which a submission waits for a database that does not answer."""
AGAIN = 0.05
"""Seconds before a district is tried again after its connection was lost."""

Answer = Receipt | Refused
Promise = Future[Answer] | asyncio.Future[Answer]
"""Where the answer goes: a thread's future, or one of an event loop, which is told from outside."""


LOCK_SECONDS = 2.0
"""Seconds for which a batch waits for somebody else's lock; one that is held for ever must not stop the line."""


@dataclass(slots=True)
class Waiting:
    """A submission in line: until when it waits and where its answer goes; ``alone`` after a batch with it failed."""

    prepared: Prepared
    now: float
    until: float
    promise: Promise
    alone: bool = False


@dataclass(slots=True)
class Running:
    """A batch under way on a connection, whose socket has this number."""

    district: UUID
    batch: list[Waiting]
    connection: Connection
    number: int
    talk: Talk[list[Answer]]


class Writer:
    """The writer of one process. Threads and event loops put submissions in line with :meth:`put`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._arrived: deque[Waiting] = deque()
        self._lines: dict[UUID, list[Waiting]] = {}
        self._resting: dict[UUID, float] = {}
        self._running: dict[UUID, Running] = {}
        self._idle: list[Connection] = []
        self._selector = selectors.DefaultSelector()
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._asleep = False
        self._thread = threading.Thread(target=self._run, name="headway-writer", daemon=True)
        self._thread.start()

    def put(self, prepared: Prepared, promise: Promise) -> None:
        """Put a submission in line; the promise is kept once it is durable or refused."""
        now, district = time.time(), prepared.submission.district
        self._arrived.append(Waiting(prepared, now, now + PATIENCE, promise))
        # A district that is being written, or rests, is looked after when that is over: nobody need be woken for it.
        if self._asleep and district not in self._running and district not in self._resting:
            self._asleep = False
            with suppress(BlockingIOError):  # it has been rung often enough
                self._rope.send(b".")

    def _run(self) -> None:
        while True:
            self._begin()
            self._asleep = True
            pause = self._pause()
            for key, _ in self._selector.select(pause):
                if key.fileobj is self._bell:
                    self._bell.recv(4096)
                else:
                    self._go_on(key.data)
            self._asleep = False

    def _pause(self) -> float | None:
        """Seconds to sleep; None until something happens."""
        if self._arrived:
            return 0.0
        return max(min(self._resting.values()) - time.monotonic(), 0.0) if self._resting else None

    def _begin(self) -> None:
        """Let the districts that have waited longest begin, each in a lane of its own."""
        while self._arrived:
            waiting = self._arrived.popleft()
            self._lines.setdefault(waiting.prepared.submission.district, []).append(waiting)
        now = time.monotonic()
        for district in [each for each, until in self._resting.items() if until <= now]:
            del self._resting[district]
        for district in list(self._lines):
            if len(self._running) >= LANES:
                return
            if district not in self._running and district not in self._resting:
                batch, left = _next_batch(self._lines.pop(district))
                if left:
                    self._lines[district] = left
                self._start(district, batch)

    def _start(self, district: UUID, batch: list[Waiting]) -> None:
        try:
            connection = self._idle.pop() if self._idle else self._connect()
        except Exception as error:  # noqa: BLE001 (as in _go_on)
            self._failed(district, batch, error)
            return
        talk = recording(connection, [each.prepared for each in batch], [each.now for each in batch])
        self._running[district] = running = Running(district, batch, connection, connection.fileno(), talk)
        self._selector.register(running.number, selectors.EVENT_READ, running)
        self._go_on(running)

    def _connect(self) -> Connection:
        connection = connect(self._url)
        connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS:.0f}s"])
        return connection

    def _go_on(self, running: Running) -> None:
        """Take a batch to where it waits for the database again, or to its end."""
        try:
            events = next(running.talk)
        except StopIteration as end:
            self._over(running)
            deliver([(each.promise, answer) for each, answer in zip(running.batch, end.value, strict=True)])
        except Exception as error:  # noqa: BLE001 (whatever it was, the line must go on)
            self._over(running)
            self._failed(running.district, running.batch, error)
        else:
            if self._selector.get_key(running.number).events != events:
                self._selector.modify(running.number, events, running)

    def _over(self, running: Running) -> None:
        self._selector.unregister(running.number)
        del self._running[running.district]
        if running.connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.append(running.connection)
        else:
            running.connection.close()
        if len(running.batch) > 1:
            self._resting[running.district] = time.monotonic() + GATHER

    def _failed(self, district: UUID, batch: list[Waiting], error: Exception) -> None:
        if isinstance(error, Refused):
            deliver([(each.promise, error) for each in batch])
        elif isinstance(error, psycopg.errors.LockNotAvailable):
            self._locked(district, batch)
        elif isinstance(error, psycopg.OperationalError):
            self._lost(district, batch)
        elif len(batch) > 1:
            self._again(district, batch)
        else:
            taken = isinstance(error, psycopg.errors.UniqueViolation)  # another learner took this key at that moment
            deliver([(batch[0].promise, KeyReused(TAKEN) if taken else _broken(error))])

    def _again(self, district: UUID, batch: list[Waiting], *, alone: bool = True) -> None:
        """Put a batch back to the head of its line, each on its own, so that a poisonous one spoils only itself."""
        for each in batch:
            each.alone = alone
        if batch:
            self._lines[district] = batch + self._lines.get(district, [])

    def _locked(self, district: UUID, batch: list[Waiting]) -> None:
        """Somebody holds a row or the district's plans: only those who need it wait, and not beyond their patience."""
        late = batch if len(batch) == 1 else [each for each in batch if time.time() > each.until]
        deliver([(each.promise, _sorry()) for each in late])
        self._again(district, [each for each in batch if each not in late])

    def _lost(self, district: UUID, batch: list[Waiting]) -> None:
        """The database went away in the middle: nobody was told anything, so everybody may try again."""
        for connection in self._idle:
            with suppress(psycopg.Error):
                connection.close()
        self._idle.clear()
        late = [each for each in batch if time.time() > each.until]
        deliver([(each.promise, _sorry()) for each in late])
        self._again(district, [each for each in batch if each not in late], alone=False)
        self._resting[district] = time.monotonic() + AGAIN


def deliver(answers: Sequence[tuple[Promise, Answer]]) -> None:
    """Keep promises: threads' at once, each event loop's all together, because waking a loop costs a system call."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Answer], Answer]]] = {}
    for promise, answer in answers:
        if isinstance(promise, Future):
            with suppress(InvalidStateError):
                promise.set_result(answer)
        else:
            loops.setdefault(promise.get_loop(), []).append((promise, answer))
    for loop, pairs in loops.items():
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(_settle, pairs)


def _settle(pairs: list[tuple[asyncio.Future[Answer], Answer]]) -> None:
    for promise, answer in pairs:
        if not promise.done():  # a client that went away cancels its future, and nothing else
            promise.set_result(answer)


def _next_batch(line: list[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    """Take each learner once from a district's line, or the first alone; the rest keep their order."""
    if line[0].alone:
        return line[:1], line[1:]
    batch: list[Waiting] = []
    left: list[Waiting] = []
    learners: set[UUID] = set()
    for each in line:
        learner = each.prepared.submission.learner
        if len(batch) < MOST and learner not in learners:
            batch.append(each)
        else:
            left.append(each)
        learners.add(learner)
    return batch, left


def _sorry() -> Refused:
    return Unavailable(T("Headway cannot save right now. Your answer is kept; it will be sent again."))


def _broken(error: Exception) -> Refused:
    logging.getLogger("headway.loop").exception("a submission could not be written", exc_info=error)
    return Unavailable(T("Headway could not save this answer. The fault is on our side and has been logged."))


_writer: Writer | None = None
_lock = threading.Lock()


def writer() -> Writer:
    """The writer of this process, started when it is first needed."""
    global _writer
    if _writer is None:
        with _lock:
            if _writer is None:
                _writer = Writer(settings.DATABASE_URL)
    return _writer


def submit_soon(submission: Submission, promise: Promise) -> None:
    """Check a submission and put it in line; the promise may be kept from another thread. Raises Refused."""
    prepared = prepare(submission)
    if prepared.receipt is not None:
        deliver([(promise, prepared.receipt)])
    else:
        writer().put(prepared, promise)


def submit(submission: Submission) -> Receipt:
    """Check a submission, write it, and return once it is durable. Raises Refused, with the reason."""
    done: Future[Answer] = Future()
    submit_soon(submission, done)
    result = done.result(timeout=PATIENCE * 3)
    if isinstance(result, Refused):
        raise result
    return result
