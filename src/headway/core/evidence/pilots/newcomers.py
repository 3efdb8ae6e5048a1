"""Learners who come after a pilot has begun: which arm chance gives them, and who of them counts.

In a pilot of fixed shares they continue the dealing of their stratum in permuted blocks: every so many newcomers as there are
arms get one arm each, in an order that the seed decides. So each has the same chance of every arm, and no stratum drifts apart.
In an adaptive pilot they are dealt week by week: the shares of a week are settled before its first newcomer is dealt, from the
outcomes known by then (a batched bandit; Perchet and others 2016), and each learner's chance is kept.

Chance decides after somebody has come, so whom an arm gets cannot depend on the arm, and newcomers belong to intention to treat
like anybody else. That is not so where a class or school has its arm already: who joins it may know. There they follow their
class and are not counted (What Works Clearinghouse 5.0 on joiners of clusters).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from headway.core.evidence.pilots.adaptive import shares, standings
from headway.core.evidence.pilots.moments import Floats
from headway.core.evidence.pilots.study import SMALL
from headway.core.mastery.kernels import DAY

WEEK = 7 * DAY
"""Seconds for which the shares of an adaptive pilot stand."""
LONGEST_LEAST = 28.0


def least_days(weeks: int) -> float:
    """Days that a learner has to have been in an arm before a look to count: half of the pilot, four weeks at the most."""
    return min(LONGEST_LEAST, 3.5 * weeks)


def counts(since: float, until: float, least: float) -> bool:
    """Whether somebody in an arm ``since`` has been in it for ``least`` days at a look that reads ``until``."""
    return until - since >= least * DAY


def week_of(starts: float, now: float) -> int:
    """The week of a pilot from 1, for who comes at ``now``."""
    return max(int((now - starts) // WEEK), 0) + 1


def week_seed(seed: int, week: int) -> int:
    """The seed of a week's shares and dealing."""
    return (seed * 1_009 + week) % 2_000_000_011


def blocked(number: int, arms: Sequence[str], *, seed: int, stratum: str) -> str:
    """The arm of the newcomer of this ``number`` (from 0) in a stratum, by permuted blocks.

    >>> [blocked(n, ("a", "b"), seed=1, stratum="6A") for n in range(4)]
    ['a', 'b', 'b', 'a']

    Raises ValueError for a number below 0.
    """
    if number < 0:
        raise ValueError(f"newcomers are counted from 0, not {number}")
    block, place = divmod(number, len(arms))
    return sorted(arms, key=lambda arm: in_turn(seed, f"{stratum}\x1f{block}", arm))[place]


def in_turn(seed: int, stratum: str, name: str) -> bytes:
    """What newcomers of one moment are sorted by, so that the order of a roster changes nothing."""
    return blake2b(f"{seed}\x1f{stratum}\x1f{name}".encode(), digest_size=16).digest()


def next_shares(
    arm: Sequence[str], outcome: Floats, chance: Floats, arms: Sequence[str], *, seed: int
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The shares of those who come next, and the mean and error of each arm that they rest on. While fewer than ten learners of
    an arm have an outcome, the shares are even and rest on nothing. Raises ValueError as ``adaptive.standings``."""
    found = standings(arm, outcome, chance, arms)
    known = [name for name, value in zip(arm, np.isfinite(outcome).tolist(), strict=True) if value]
    if min(known.count(name) for name in arms) < SMALL:
        return dict.fromkeys(arms, 1.0 / len(arms)), {}
    return shares(found, seed=seed), found
