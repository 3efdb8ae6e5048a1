"""Many questions asked of one study: Benjamini and Hochberg's (1995) control of false discoveries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def adjusted(p: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p values in the same order: a result stands when its own is at most alpha. Raises ValueError out of 0 to 1.

    >>> adjusted([0.01, 0.04, 0.03])
    (0.03, 0.04, 0.04)
    """
    values = np.asarray(p, float)
    if len(values) == 0:
        return ()
    if not ((values >= 0.0) & (values <= 1.0)).all():
        raise ValueError("p values lie from 0 to 1")
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    out = np.empty(len(values))
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return tuple(round(value, 15) for value in out.tolist())
