"""The history on all cores: each process plays some sections, and all of them write through the same loop."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from queue import Empty
from typing import Any
from uuid import UUID

from headway.cli.maple import DISTRICT, Maple

MOST = 3
"""More processes than periods bring nothing: PostgreSQL wants a core too."""


def play_together(
    url: str,
    maple: Maple,
    dates: Sequence[date],
    seed: int,
    tick: Callable[[float], None],
    *,
    parts: int | None = None,
    district: UUID = DISTRICT,
) -> int:
    """Play ``dates`` in up to ``parts`` processes (default: one a core); return the number of responses.

    ``tick`` is told of each finished share of a day. The rows are the same however many processes there are; only
    their numbers in the log depend on which was quicker. Raises RuntimeError with the trace of a process that failed.
    """
    sections = [section.sourced_id for section in maple.roster.sections]
    parts = min(parts or os.cpu_count() or 1, MOST, len(sections))
    context = multiprocessing.get_context("spawn")
    said: Any = context.Queue()
    shares = [sections[part::parts] for part in range(parts)]
    workers = [
        context.Process(target=_play, args=(said, url, maple, s, dates, seed, district), daemon=True) for s in shares
    ]
    responses, left = 0, parts * len(dates)
    try:
        for worker in workers:
            worker.start()
        while left:
            try:
                news = said.get(timeout=0.5)
            except Empty:
                if not any(worker.is_alive() for worker in workers):
                    raise RuntimeError("a process that made the history was killed; start the demo again") from None
                continue
            if not isinstance(news, int):
                raise RuntimeError(f"the history could not be made:\n{news}")  # noqa: TRY004 (a trace)
            responses, left = responses + news, left - 1
            tick(1.0 / parts)
    finally:
        for worker in workers:
            if worker.pid is not None:
                worker.terminate()
                worker.join()
    return responses


def _play(
    said: Any, url: str, maple: Maple, sections: Sequence[str], dates: Sequence[date], seed: int, district: UUID
) -> None:
    """The work of one process; ``said`` gets the responses of each day, or the trace of what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    try:
        from headway.cli.database import set_up

        set_up()
        from headway.cli.history import play_days

        for responses in play_days(url, maple, sections, dates, seed, district):
            said.put(responses)
    except Exception:  # noqa: BLE001 (whatever it was, the parent must hear of it)
        said.put(traceback.format_exc())
    said.close()
    said.join_thread()
