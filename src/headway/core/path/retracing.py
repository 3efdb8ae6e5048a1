"""Going back from a skill that keeps failing to the likeliest cause, and coming back once that is shown again.

A skill's own run of wrong first answers counts, whatever came between, so that mixing does not hide it. Nothing is remembered
beside the profile: what has failed and what was shown since can be read off the skills' states, so that replay repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.kernels import DAY, Rows
from headway.core.mastery.state import SkillStates
from headway.core.path.cards import is_deck
from headway.core.path.causes import causes_of, signs
from headway.core.path.kernel import Flags
from headway.core.path.policy import Situation

MISSES = 3
"""First answers wrong in a row on one skill from which on its cause is looked for."""
FOR = 7 * DAY
"""Seconds since its last answer for which a failing skill is gone back for."""
LIKELY = 0.5
"""Probability from which on something that the skill builds on is held to be missing."""
MOST = 3
"""For so many failing skills a cause is looked for, the latest first; others have to wait."""
STUCK = 4
"""Wrong first answers in a row from which on a cause is no longer put before everything else: that is for a person."""
AHEAD, RETURN = 1.5, 1.2
"""What the likeliest cause is worth against the best skill, and a skill that is come back to."""
RIGHTS = 0b11
"""Bits of a skill's newest first answers that have to be right for it to be shown again: the last two."""
REST = 0.02
"""What is left of the worth of a skill while its cause is practised."""


@dataclass(frozen=True, slots=True)
class Detour:
    """Skills by number. ``causes``: what is practised now, with the skill that failed for lack of it; ``returns``: what is come
    back to, with what was shown for it; ``rests``: what waits for its cause; ``tired``: what fails though what it builds on is
    probably there."""

    causes: Mapping[int, int] = field(default_factory=dict)
    returns: Mapping[int, int] = field(default_factory=dict)
    rests: frozenset[int] = frozenset()
    tired: frozenset[int] = frozenset()

    def steer(self, values: Floats) -> Floats:
        """Return skills' values [S] with the detour in them; mixing comes after."""
        out, best = values.copy(), float(values.max())
        for skill in self.returns:
            out[skill] = max(out[skill], RETURN * best)
        for skill in self.rests - set(self.causes):
            out[skill] *= REST
        for skill in self.causes:
            out[skill] = max(out[skill], AHEAD * best)
        return out


NO_DETOUR = Detour()


def detour_of(s: Situation, allowed: Flags) -> Detour:
    """Return where the path goes back and what it comes back to; flags as in ``terrain.allowed_skills``."""
    failing = _failing(s, allowed)
    if not failing:
        return NO_DETOUR
    causes, returns, rests, tired = dict[int, int](), dict[int, int](), set[int](), set[int]()
    told = signs(s)
    for hard in failing[:MOST]:
        mine = s.profile.state.skills[s.belief.row[hard]]
        found = causes_of(s, hard, told, allowed)
        again = _shown_since(s, np.flatnonzero(found.behind), float(mine["last_at"]))
        if again >= 0:
            returns[hard] = again
        elif found.missing >= LIKELY:
            if not _stuck(s, found.likeliest):
                rests.add(hard)
                causes = causes or {found.likeliest: hard}
        else:
            tired.add(hard)
    return Detour(causes, returns, frozenset(rests), frozenset(tired))


def _stuck(s: Situation, skill: int) -> bool:
    row = int(s.belief.row[skill])
    return row >= 0 and bool(s.profile.state.skills[row]["wrong_run"] >= STUCK)


def _shown_since(s: Situation, behind: NDArray[np.int64], since: float) -> int:
    """The skill behind a failing one that was shown last since it failed, -1 for none."""
    states, rows = s.profile.state.skills, s.belief.row
    touched = behind[rows[behind] >= 0]
    late = touched[states["last_at"][rows[touched]] > since].tolist()
    found = [(float(states[rows[n]]["last_at"]), n) for n in late if states[rows[n]]["pattern"] & RIGHTS == RIGHTS]
    return max(found, default=(0.0, -1))[1]


def _failing(s: Situation, allowed: Flags) -> list[int]:
    """The skills that fail now, the latest first. Facts that are not known yet do not fail: the same cards come again soon."""
    states, rows = s.profile.state.skills, s.belief.row
    numbers = _failed(rows, states, allowed, s.now)
    found = [n for n in numbers.tolist() if not is_deck(s.curriculum, s.curriculum.skills[n].id)]
    return sorted(found, key=lambda n: (-float(states[rows[n]]["last_at"]), n))


@compiled
def _failed(rows: Rows, states: SkillStates, allowed: Flags, now: float) -> NDArray[np.int64]:
    out, count = np.empty(states.shape[0], np.int64), 0
    for skill in range(rows.shape[0]):
        row = rows[skill]
        if row < 0 or allowed[skill] == 0 or states[row].wrong_run < MISSES:
            continue
        if states[row].mastered_at == 0.0 and now - states[row].last_at < FOR:
            out[count] = skill
            count += 1
    return out[:count]
