"""The processor time that one piece of work takes, whatever else the process of the tests holds or does."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Spent:
    """Seconds of this thread, known when the work is done."""

    seconds = float("nan")


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure what is done inside, in seconds of this thread's processor time.

    The collector of garbage waits meanwhile, as it does in ``timeit``: after some thousand tests one full collection looks
    through all their objects and takes longer than what is measured. Other threads, such as a server that an earlier test
    has started, do not count.
    """
    result, collecting = Spent(), gc.isenabled()
    gc.disable()
    began = time.thread_time()
    try:
        yield result
    finally:
        result.seconds = time.thread_time() - began
        if collecting:
            gc.enable()
