"""The thread that reads what trusted systems have just sent, one a process, a moment after they were answered."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from uuid import UUID

from django.db import connection

from headway.school.exchange.xapi.credentials import REMEMBERED_SECONDS
from headway.school.exchange.xapi.taking import bring, take

TRIES, PAUSE = 40, 0.5
"""How often, and after how many seconds, it looks again while an older transaction is open. After that, the next statement or
``headway xapi take`` comes to it."""
_log = logging.getLogger(__name__)


class Taker:
    """The reader of one process."""

    def __init__(self) -> None:
        self.wanted: dict[UUID, set[UUID]] = {}
        self.some = threading.Condition()
        threading.Thread(target=self._work, name="xapi-taker", daemon=True).start()

    def want(self, district: UUID, learners: Iterable[UUID]) -> None:
        """Have a district's statements read soon, and checks brought to these learners."""
        with self.some:
            self.wanted.setdefault(district, set()).update(learners)
            self.some.notify()

    def _work(self) -> None:
        while True:
            with self.some:
                while not self.wanted:
                    self.some.wait()
                district, learners = self.wanted.popitem()
            for learner in learners:
                with _outlived("checks could not be brought to a learner; their next result brings them"):
                    bring(district=district, learners=[learner])
            with _outlived("statements could not be read as evidence; the next one has them read"):
                _take(district)
            connection.close()


@contextmanager
def _outlived(what: str) -> Iterator[None]:
    """The thread outlives whatever goes wrong with one learner or district; the log says what and why."""
    try:
        yield
    except Exception:  # noqa: BLE001 (a thread that ends would leave every later statement unread)
        _log.exception(what)
        connection.close()


def _take(district: UUID) -> None:
    """Read a district's statements, again while some wait for a transaction that is still open."""
    pause = threading.Event()
    for _ in range(TRIES):
        if not take(district=district).waiting:
            return
        pause.wait(PAUSE)


_takers: dict[int, Taker] = {}
_lock = threading.Lock()


def soon(district: UUID, learners: Iterable[UUID] = (), *, again: bool = False) -> None:
    """Have what trusted systems of a district sent read soon, and checks brought to ``learners``; whoever asks does not wait.

    ``again``: and once more when no process remembers a system as one that is not trusted. What such a process keeps until
    then, it asks nobody to read.
    """
    process = os.getpid()
    with _lock:
        taker = _takers.get(process) or _takers.setdefault(process, Taker())
    taker.want(district, learners)
    if again:
        timer = Timer(REMEMBERED_SECONDS + 1.0, taker.want, (district, ()))
        timer.daemon = True
        timer.start()
