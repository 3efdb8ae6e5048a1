"""A log whose learners have histories of very different length."""

from __future__ import annotations

from typing import Any

import numpy as np

from headway.core.mastery.frame import Frame, frame_of


def uneven_columns(learners: int = 60, seed: int = 0) -> dict[str, Any]:
    """Learners with an ability each and 1 to 60 responses to 30 items of 6 skills; every third item has two skills."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 61, learners)
    count = int(lengths.sum())
    item = rng.integers(30, size=count)
    ability = np.repeat(rng.normal(0.0, 1.0, learners), lengths)
    chance = 1.0 / (1.0 + np.exp(rng.normal(0.0, 1.0, 30)[item] - ability))
    return {
        "student": np.repeat(np.arange(learners) * 2 + 1, lengths),
        "item": item * 7,
        "skills": [[int(n) // 5, (int(n) // 5 + 1) % 6] if n % 3 == 0 else [int(n) // 5] for n in item],
        "skill": item // 5,
        "correct": (rng.random(count) < chance).astype(np.int8),
        "order": np.concatenate([np.arange(n) for n in lengths]),
        "hints": rng.integers(3, size=count),
        "seconds": rng.uniform(2.0, 90.0, count).round(1),
        "timestamp_ms": np.cumsum(rng.integers(1_000, 80_000_000, count)),
    }


def uneven_log(learners: int = 60, seed: int = 0) -> Frame:
    """The same as a frame."""
    return frame_of(uneven_columns(learners, seed))
