"""Group commit: whoever waits is written together, in one short transaction per district.

One thread a process owns one connection. It takes everything that is waiting, writes it, and only then answers. It never
dies: a batch that fails is retried one by one, so that a poisonous submission spoils only itself; a lost connection is
opened again, and what was not acknowledged is tried anew, which the idempotency key makes harmless.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from uuid import UUID

import psycopg
from django.conf import settings

from headway.core.text import T
from headway.school.loop.prepare import Prepared, prepare
from headway.school.loop.record import Connection, record
from headway.school.loop.values import Receipt, Submission
from headway.school.people.refusal import TAKEN, KeyReused, Refused, Unavailable

MOST = 64
"""Submissions in one transaction at most: longer ones delay the first in line more than they save."""
GATHER = 0.0015
"""Seconds in which a busy class's next answers may gather after a batch: a transaction for two costs most of one for
thirty. A learner alone never waits for it."""
PATIENCE = 5.0
"""Seconds for which a submission waits for a database that does not answer."""

Answer = Receipt | Refused
Promise = Future[Answer] | asyncio.Future[Answer]
"""Where the answer goes: a thread's future, or one of an event loop, which is told from outside."""


LOCK_SECONDS = 2.0
"""Seconds for which a batch waits for somebody else's lock; one that is held for ever must not stop the line."""


@dataclass(slots=True)
class Waiting:
    """A submission in line: until when it waits and where its answer goes."""

    prepared: Prepared
    now: float
    until: float
    promise: Promise


class Writer:
    """The writer of one process. Threads and event loops put submissions in line with :meth:`put`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._line: SimpleQueue[Waiting] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="headway-writer", daemon=True)
        self._thread.start()

    def put(self, prepared: Prepared, promise: Promise) -> None:
        """Put a submission in line; the promise is kept once it is durable or refused."""
        now = time.time()
        self._line.put(Waiting(prepared, now, now + PATIENCE, promise))

    def _run(self) -> None:
        left: list[Waiting] = []
        while True:
            if not left:
                left.append(self._line.get())
            while len(left) < MOST and not self._line.empty():
                left.append(self._line.get())
            batch, left = _next_batch(left)
            self._write(batch)
            if len(batch) > 1 and self._line.qsize() + len(left) < len(batch):
                time.sleep(GATHER)

    def _write(self, batch: list[Waiting]) -> None:
        try:
            results = self._record(batch)
        except Refused as refusal:
            results = [refusal for _ in batch]
        except psycopg.errors.LockNotAvailable:
            results = self._locked(batch)
        except psycopg.OperationalError:
            self._lost(batch)
            return
        except Exception as error:  # noqa: BLE001 (whatever it was, the line must go on)
            if len(batch) > 1:
                for each in batch:
                    self._write([each])
                return
            taken = isinstance(error, psycopg.errors.UniqueViolation)  # another learner took this key at that moment
            results = [KeyReused(TAKEN) if taken else _broken(error)]
        if results:
            deliver([(each.promise, result) for each, result in zip(batch, results, strict=True)])

    def _record(self, batch: list[Waiting]) -> list[Answer]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
            self._connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS:.0f}s"])
        return record(self._connection, [each.prepared for each in batch], [each.now for each in batch])

    def _locked(self, batch: list[Waiting]) -> list[Answer]:
        """Somebody holds a row or the district's plans: only those who need it wait, and not beyond their patience."""
        if len(batch) == 1:
            return [_sorry()]
        for each in batch:
            if time.time() > each.until:
                deliver([(each.promise, _sorry())])
            else:
                self._write([each])
        return []

    def _lost(self, batch: list[Waiting]) -> None:
        """The database went away in the middle: nobody was told anything, so everybody may try again."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
        self._connection = None
        late = [each for each in batch if time.time() > each.until]
        deliver([(each.promise, _sorry()) for each in late])
        for each in batch:
            if each not in late:
                self._line.put(each)
        time.sleep(0.05)


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
    """Take those of the first one's district, each learner once; the rest keep their order."""
    district = line[0].prepared.submission.district
    batch: list[Waiting] = []
    left: list[Waiting] = []
    learners: set[UUID] = set()
    for each in line:
        submission = each.prepared.submission
        if submission.district == district and submission.learner not in learners:
            learners.add(submission.learner)
            batch.append(each)
        else:
            learners.add(submission.learner)
            left.append(each)
    return batch, left


def _sorry() -> Refused:
    return Unavailable(T("Headway cannot save right now. Your answer is kept; it will be sent again."))


def _broken(error: Exception) -> Refused:
    logging.getLogger("headway.loop").exception("a submission could not be written", exc_info=error)
    return Unavailable(T("Headway could not save this answer. The fault is on our side and has been logged."))


def connect(url: str) -> Connection:
    """Open a connection for :func:`record`. Its few statements are planned once, not anew for each batch.

    All of them are look-ups by an index. A plan made while the tables were still empty would read them from end to end,
    and would stay when they had grown: so reading from end to end is ruled out here, and the tables have one index only
    for each of these look-ups (an index that begins with the district would serve an empty table just as well).
    """
    connection: Connection = psycopg.connect(url, autocommit=True, prepare_threshold=0, connect_timeout=3)
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.execute("SET enable_seqscan = off")
    return connection


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
