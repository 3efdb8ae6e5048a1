"""The thread that reads what trusted systems have just sent, one a process, a moment after they were answered."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

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
        pause = threading.Event()
        while True:
            with self.some:
                while not self.wanted:
                    self.some.wait()
                district, learners = self.wanted.popitem()
            try:
                bring(district=district, learners=learners)
                for _ in range(TRIES):
                    if not take(district=district).waiting:
                        break
                    pause.wait(PAUSE)
            except Exception:  # noqa: BLE001 (the thread must outlive any statement; the log has it, and the next time tries again)
                _log.exception("statements could not be read as evidence")
            finally:
                connection.close()


_takers: dict[int, Taker] = {}
_lock = threading.Lock()


def soon(district: UUID, learners: Iterable[UUID] = ()) -> None:
    """Have what trusted systems of a district sent read soon, and checks brought to ``learners``; whoever asks does not wait."""
    process = os.getpid()
    with _lock:
        taker = _takers.get(process) or _takers.setdefault(process, Taker())
    taker.want(district, learners)
