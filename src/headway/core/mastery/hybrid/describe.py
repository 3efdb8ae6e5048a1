"""What the memory says before a response: the columns of the core, then those of the corrector.

After Gervet et al., "When is deep learning the best approach to knowledge tracing?" (JEDM 2020, counts), Galyardt and
Goldin, "Move your lamp post" (JEDM 2015, decayed recent rates) and Choffin et al., "DAS3H" (EDM 2019, gaps of time).
Nothing here reads the response itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.hybrid import layout as at

Row = NDArray[np.float32]

USUAL = 0.65
"""The rate of success that a rate without evidence is drawn to, by one response's weight."""
_USUAL_ODDS = float(np.log(USUAL / (1.0 - USUAL)))
NEVER = 12.0
"""The lag, as ln(1 + responses), of what was never met."""
DAY = 86400.0


@compiled
def _rate(right: float, weight: float) -> float:
    return (right + USUAL) / (weight + 1.0)


@compiled
def _odds(right: float, weight: float) -> float:
    rate = (right + USUAL) / (weight + 1.0)
    return float(np.log(rate / (1.0 - rate)) - _USUAL_ODDS)


@compiled
def describe_core(
    x: Row,
    own: Floats,
    traces: Floats,
    places: Ints,
    first: int,
    last: int,
    items: Floats,
    slot: int,
    skill: int,
    now: float,
    timed: bool,
) -> None:
    """Write the core's columns into ``x``. The skills' traces are at ``places[first:last]``, ``skill`` is the number of
    the first skill, ``slot`` the item's row in the recent items (negative if it is not there)."""
    for n in range(at.CORE):
        x[n] = 0.0
    x[0] = 1.0
    x[1], x[2] = np.log1p(own[at.TRIES]), np.log1p(own[at.RIGHT])
    if slot >= 0:
        x[5], x[6] = np.log1p(items[slot, at.I_TRIES]), np.log1p(items[slot, at.I_RIGHT])
    x[7] = _odds(own[at.RATES + 2], own[at.RATES + 3])
    x[8] = _odds(own[at.RATES + 6], own[at.RATES + 7])
    x[9] = _odds(own[at.RATES + 10], own[at.RATES + 11])
    for n in range(3):
        x[14 + n] = own[at.LAST + n]
    _describe_skills(x, traces, places, first, last, now, timed)
    if own[at.TRIES] > 0.0:
        if timed:
            x[22] = np.log1p(max(now - own[at.AT], 0.0) / DAY)
        x[24] = 1.0 if slot >= 0 and items[slot, at.I_SEEN] == own[at.TRIES] else 0.0
        x[25] = 1.0 if own[at.SKILL] == skill else 0.0
    x[27] = own[at.HELP] / (own[at.HELP_WEIGHT] + 1.0)


@compiled
def _describe_skills(x: Row, traces: Floats, places: Ints, first: int, last: int, now: float, timed: bool) -> None:
    share = 1.0 / (last - first)
    for m in range(first, last):
        place = places[m]
        x[3] += share * np.log1p(traces[place, at.TRIES])
        x[4] += share * np.log1p(traces[place, at.RIGHT])
        for n in range(4):
            x[10 + n] += share * _odds(traces[place, at.T_RATES + 2 * n], traces[place, at.T_RATES + 2 * n + 1])
        for n in range(5):
            x[17 + n] += share * traces[place, at.LAST + n]
        if traces[place, at.TRIES] == 0.0:
            x[26] += share
        elif timed:
            x[23] += share * np.log1p(max(now - traces[place, at.AT], 0.0) / DAY)
        x[28] += share * traces[place, at.T_HELP] / (traces[place, at.T_HELP_WEIGHT] + 1.0)


@compiled
def describe_learner(x: Row, own: Floats, items: Floats, slot: int, skill: int, skills: int) -> None:
    """Write the corrector's columns about the learner and the item, from ``rate 0.5`` to ``item wrong run``."""
    n = at.CORE + 17
    x[n] = _rate(own[at.RATES], own[at.RATES + 1])
    x[n + 1] = _rate(own[at.RATES + 4], own[at.RATES + 5])
    x[n + 2] = _rate(own[at.RATES + 8], own[at.RATES + 9])
    x[n + 3] = _rate(own[at.RATES + 12], own[at.RATES + 13])
    for k in range(3):
        x[n + 4 + k] = own[at.SURPRISES + 2 * k] / (own[at.SURPRISES + 2 * k + 1] + 1.0)
    x[n + 7] = own[at.SURPRISE] / (own[at.TRIES] + 3.0)
    x[n + 8], x[n + 9] = own[at.RUN_RIGHT], own[at.RUN_WRONG]
    x[n + 10] = own[at.PATTERN] if own[at.TRIES] > 0.0 else -1.0
    stays = own[at.SKILL] == skill and own[at.SKILLS] == skills
    x[n + 11] = own[at.STAY] if stays else 0.0
    x[n + 12] = own[at.STAY_RIGHT] if stays else 0.0
    x[n + 13] = (own[at.FIRSTS_RIGHT] + 1.2) / (own[at.FIRSTS] + 2.0)
    x[n + 14] = (own[at.AGAINS_RIGHT] + 1.2) / (own[at.AGAINS] + 2.0)
    x[n + 15] = own[at.FIRSTS_SURPRISE] / (own[at.FIRSTS] + 3.0)
    x[n + 16] = own[at.AGAINS_SURPRISE] / (own[at.AGAINS] + 3.0)
    x[n + 17] = own[at.HARD_SURPRISE] / (own[at.HARD] + 2.0)
    x[n + 18] = own[at.EASY_SURPRISE] / (own[at.EASY] + 2.0)
    x[n + 19] = own[at.FIRSTS]
    known = own[at.TRIES] > 0.0
    x[n + 20] = own[at.LAST_CORE] if known else -9.0
    x[n + 21] = own[at.LAST_EASE] if known else -9.0
    x[n + 22] = items[slot, at.I_LAST] if slot >= 0 else -1.0
    x[n + 23] = np.log1p(own[at.TRIES] - items[slot, at.I_SEEN]) if slot >= 0 else NEVER
    x[n + 24] = items[slot, at.I_WRONG] if slot >= 0 else 0.0


@compiled
def describe_traces(x: Row, own: Floats, traces: Floats, places: Ints, first: int, last: int) -> None:
    """Write the corrector's columns about the skills, from ``skill rarest`` to ``skill last surprise``."""
    n, share = at.CORE + 42, 1.0 / (last - first)
    for k in range(11):
        x[n + k] = 0.0
    rarest, weakest, best = 1e9, 2.0, -1.0
    for m in range(first, last):
        place = places[m]
        seen = traces[place, at.TRIES]
        rate = _rate(traces[place, at.T_RATES + 2], traces[place, at.T_RATES + 3])
        rarest, weakest, best = min(rarest, seen), min(weakest, rate), max(best, rate)
        x[n + 1] += share * traces[place, at.T_SURPRISES] / (traces[place, at.T_SURPRISES + 1] + 1.0)
        x[n + 2] += share * traces[place, at.T_SURPRISES + 2] / (traces[place, at.T_SURPRISES + 3] + 1.0)
        x[n + 3] += share * traces[place, at.T_SURPRISE] / (seen + 2.0)
        x[n + 6] += share * traces[place, at.T_RUN_RIGHT]
        x[n + 7] += share * traces[place, at.T_RUN_WRONG]
        x[n + 9] += share * (np.log1p(own[at.TRIES] - traces[place, at.T_SEEN]) if seen > 0.0 else NEVER)
        x[n + 10] += share * traces[place, at.T_LAST_SURPRISE]
    x[n], x[n + 4], x[n + 5] = rarest, weakest, best
    place = places[first]
    x[n + 8] = traces[place, at.T_PATTERN] if traces[place, at.TRIES] > 0.0 else -1.0


@compiled
def describe_pace(x: Row, own: Floats) -> None:
    """Write the corrector's columns about time, from ``pace`` on."""
    n = at.CORE + 53
    x[n] = own[at.PACE] / (own[at.PACE_WEIGHT] + 1e-3)
    x[n + 1], x[n + 2], x[n + 3] = own[at.LAST_GAP], own[at.BREAK], own[at.SESSION_N]
    x[n + 4] = own[at.SECONDS] / (own[at.SECONDS_WEIGHT] + 1e-3)
    x[n + 5] = own[at.LAST_SECONDS]
