"""Two chances from the first answers to one skill: that it will not be learnt by going on, and that a miss was a slip.

Both are logistic in five numbers that every profile holds. The weights were fitted on the training learners of one public
log (``python -m benchmarks.accuracy.detectors --fit``) and are measured on learners and logs of which the fit has
seen nothing; see ``docs/explanation/detectors.md``.
"""

from __future__ import annotations

from math import exp, log

OPPORTUNITIES, IN_A_ROW = 10, 3
"""Wheel-spinning: ten first tries at a skill without three right in a row (Beck and Gong 2013)."""
EARLIEST, LATEST = 3, 8
"""First tries at which the early prediction is made: three in a row were possible, and the last eight are all."""
SPINS = 0.5
"""Chance from which on a skill is called wheel-spinning early."""
UNCALLED = SPINS - 1e-6
SLIP = 0.7
"""Chance from which on a miss is called a slip."""
Weights = tuple[float, float, float, float, float, float]
SPIN_WEIGHTS: Weights = (-4.664, 2.839, -0.529, -0.946, -0.152, -0.535)
SLIP_WEIGHTS: Weights = (-0.196, -0.052, 0.58, 0.222, 0.223, 0.841)
"""Of 1 and the five numbers of :func:`described`."""


def described(pattern: int, n: int, all_n: int, all_right: int) -> tuple[float, float, float, float, float]:
    """Return the five numbers: ln(1 + first tries), log odds of right ones among the last eight, right ones in a row now (2
    at most), whether the one before the last was right, and log odds over all skills.

    ``pattern`` holds the last eight first tries of the skill as bits, newest lowest, 1 for right without help; ``n`` counts
    them all, ``all_n`` and ``all_right`` those of every skill.
    """
    kept = min(n, 8)
    right = (pattern & ((1 << kept) - 1)).bit_count()
    run = 0 if not pattern & 1 else 1 if not pattern & 2 else 2
    recent = log((right + 0.5) / (kept - right + 0.5))
    return log(1.0 + n), recent, float(run), float(pattern >> 1 & 1), log((all_right + 2.0) / (all_n - all_right + 1.0))


def passed(pattern: int, n: int) -> bool:
    """Say whether three of the last eight first tries in a row were right."""
    kept = pattern & ((1 << min(n, 8)) - 1)
    return bool(kept & kept >> 1 & kept >> 2)


def spin_chance(pattern: int, n: int, all_n: int, all_right: int) -> float:
    """Return the chance that ten first tries will go by without three right in a row, from what the first three to eight
    showed; 0 before and once three in a row were right, 1 from the tenth on. Whoever got more than half of the last
    eight right is getting there in another rhythm: the chance stays below ``SPINS``."""
    if n < EARLIEST or passed(pattern, n):
        return 0.0
    if n >= OPPORTUNITIES and 2 * (pattern & 255).bit_count() <= 8:
        return 1.0
    numbers = described(pattern, min(n, LATEST), all_n, all_right)
    chance = _logistic(SPIN_WEIGHTS, numbers)
    return min(chance, UNCALLED) if numbers[1] > 0.0 else chance


def slip_chance(pattern: int, n: int, all_n: int, all_right: int) -> float:
    """Return the chance that a miss that is about to be seen is a slip and no gap, from what stood before it: a slip is
    followed by two right first tries at the skill, a gap by two wrong ones. (Baker, Corbett and Aleven 2008 make the chance of
    a slip depend on the context and label it by the two actions that follow.)"""
    return _logistic(SLIP_WEIGHTS, described(pattern, n, all_n, all_right))


def _logistic(weights: Weights, numbers: tuple[float, ...]) -> float:
    return 1.0 / (1.0 + exp(-weights[0] - sum(w * x for w, x in zip(weights[1:], numbers, strict=True))))
