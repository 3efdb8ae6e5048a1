"""Group commit: whoever waits is written together, in one short transaction per district.

One thread a process owns one connection. It takes everything that is waiting, writes it, and only then answers. It never
dies: a batch that fails is retried one by one, so that a poisonous submission spoils only itself; a lost connection is
opened again, and what was not acknowledged is tried anew, which the idempotency key makes harmless.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
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
from headway.school.loop.values import Receipt, Refused, Submission, Unavailable

MOST = 64
"""Submissions in one transaction at most: longer ones delay the first in line more than they save."""
PATIENCE = 5.0
"""Seconds for which a submission waits for a database that does not answer."""

Deliver = Callable[[Receipt | Refused], None]


@dataclass(slots=True)
class Waiting:
    """A submission in line: until when it waits and who is told."""

    prepared: Prepared
    now: float
    until: float
    deliver: Deliver


class Writer:
    """The writer of one process. Threads and event loops put submissions in line with :meth:`put`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._line: SimpleQueue[Waiting] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="headway-writer", daemon=True)
        self._thread.start()

    def put(self, prepared: Prepared, deliver: Deliver) -> None:
        """Put a submission in line; ``deliver`` is called from the writer's thread once it is durable or refused."""
        now = time.time()
        self._line.put(Waiting(prepared, now, now + PATIENCE, deliver))

    def _run(self) -> None:
        left: list[Waiting] = []
        while True:
            if not left:
                left.append(self._line.get())
            while len(left) < MOST and not self._line.empty():
                left.append(self._line.get())
            batch, left = _next_batch(left)
            self._write(batch)

    def _write(self, batch: list[Waiting]) -> None:
        try:
            results = self._record(batch)
        except Refused as refusal:
            results = [refusal for _ in batch]
        except psycopg.OperationalError:
            self._lost(batch)
            return
        except Exception as error:  # noqa: BLE001 (whatever it was, the line must go on)
            if len(batch) > 1:
                for each in batch:
                    self._write([each])
                return
            results = [_broken(error)]
        for each, result in zip(batch, results, strict=True):
            with suppress(Exception):  # a client that went away is no reason to stop
                each.deliver(result)

    def _record(self, batch: list[Waiting]) -> list[Receipt | Refused]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
        return record(self._connection, [each.prepared for each in batch], [each.now for each in batch])

    def _lost(self, batch: list[Waiting]) -> None:
        """The database went away in the middle: nobody was told anything, so everybody may try again."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
        self._connection = None
        late = [each for each in batch if time.time() > each.until]
        for each in late:
            with suppress(Exception):
                each.deliver(
                    Unavailable(T("Headway cannot save right now. Your answer is kept; it will be sent again."))
                )
        for each in batch:
            if each not in late:
                self._line.put(each)
        time.sleep(0.05)


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


def _broken(error: Exception) -> Refused:
    import logging

    logging.getLogger("headway.loop").exception("a submission could not be written", exc_info=error)
    return Unavailable(T("Headway could not save this answer. The fault is on our side and has been logged."))


def connect(url: str) -> Connection:
    """Open a connection for :func:`record`."""
    return psycopg.connect(url, autocommit=True, prepare_threshold=0, connect_timeout=3)


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


def submit_soon(submission: Submission, deliver: Deliver) -> None:
    """Check a submission and put it in line; ``deliver`` may be called from another thread. Raises Refused."""
    prepared = prepare(submission)
    if prepared.receipt is not None:
        deliver(prepared.receipt)
    else:
        writer().put(prepared, deliver)


def submit(submission: Submission) -> Receipt:
    """Check a submission, write it, and return once it is durable. Raises Refused, with the reason."""
    done: Future[Receipt | Refused] = Future()

    def deliver(result: Receipt | Refused) -> None:
        with suppress(InvalidStateError):
            done.set_result(result)

    submit_soon(submission, deliver)
    result = done.result(timeout=PATIENCE * 3)
    if isinstance(result, Refused):
        raise result
    return result
