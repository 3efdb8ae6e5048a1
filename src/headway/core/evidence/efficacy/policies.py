"""What another policy, followed for a few decisions, would have done to later success: doubly robust, from recorded chances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from headway.core.evidence.efficacy.later import USUAL, Answers, Span, after
from headway.core.evidence.offpolicy import Logs
from headway.core.evidence.watching import Seen, blocks

HORIZON = 3
"""Decisions in a row that the other policy would make."""


def later_logs(
    seen: Sequence[Seen], answers: Answers, numbers: Mapping[str, int], *, horizon: int = HORIZON, first: bool = False,
    span: Span = USUAL,
) -> Logs:  # fmt: skip
    """Cut each learner's decisions into episodes of ``horizon`` decisions without a pause; what counts is later success after
    the last of them (see ``efficacy.later``), against what was foreseen before the first. Episodes without enough answers after
    them are left out. ``numbers`` gives learners' numbers in ``answers``; ``first`` keeps each learner's first episode only.

    Raises ValueError where nothing is left.
    """
    rows: list[list[int]] = []
    learners: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        learners.setdefault(one.learner, []).append(number)
    for name, numbers_of in learners.items():
        if name in numbers:
            rows += blocks([(n, seen[n].at) for n in numbers_of], horizon)[: 1 if first else None]
    who = np.array([numbers[seen[row[0]].learner] for row in rows], np.int64)
    begins, ends = (np.array([seen[row[place]].at for row in rows], np.float64) for place in (0, -1))
    found = after(answers, who, begins, span, until=ends)
    kept = np.flatnonzero(np.isfinite(found.outcome))
    if len(kept) == 0:
        raise ValueError(f"no learner made {horizon} decisions without a pause and answered enough afterwards")
    flat = [n for k in kept.tolist() for n in rows[k]]
    reward = np.zeros(len(flat))
    reward[horizon - 1 :: horizon] = found.outcome[kept]
    known = np.repeat(found.known[kept], horizon, axis=0)

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([getattr(seen[n], name) for n in flat], np.float64)

    return Logs(
        np.repeat(who[kept], horizon), np.repeat(np.arange(len(kept)), horizon), reward, column("propensity"),
        column("target"), np.minimum(column("support"), 1.0), np.column_stack([column("foreseen"), known]),
        np.column_stack([column("expected"), known]),
    )  # fmt: skip
