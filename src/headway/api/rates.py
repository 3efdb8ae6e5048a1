"""How often one person may ask: a token bucket a principal and process. Nobody types five answers a second."""

from __future__ import annotations

import os
import time
from collections.abc import Hashable

from headway.core.text import T
from headway.school.loop import Refused
from headway.school.people.principal import Principal

PER_SECOND = float(os.environ.get("HEADWAY_RATE", "20"))
BURST = PER_SECOND * 3
_MOST = 50_000
_buckets: dict[Hashable, tuple[float, float]] = {}


class TooMany(Refused):
    """The bucket is empty; a moment later it is not."""

    code = "too-many"


def allow(principal: Principal) -> None:
    """Take one token from the person's bucket. Raises TooMany when there is none."""
    take(principal.person, PER_SECOND, BURST)


def take(whose: Hashable, per_second: float, burst: float) -> None:
    """Take one token from a bucket that fills at so many a second up to ``burst``. Raises TooMany when there is none."""
    now = time.monotonic()
    left, at = _buckets.get(whose, (burst, now))
    left = min(burst, left + (now - at) * per_second)
    if left < 1.0:
        raise TooMany(T("That was very quick. Wait a moment and send it again."))
    if len(_buckets) >= _MOST:
        _buckets.clear()
    _buckets[whose] = (left - 1.0, now)
