"""The working set of ``frontier-6``: about four skills are in progress, and what is begun is finished before more is opened.

By its promise alone a skill gives way to the next one as soon as it goes well, so that much is begun and nothing is shown.
Nothing is remembered beside the profile: what is in progress can be read off the skills' states, so that replay repeats it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints, grade_level
from headway.core.mastery.criterion import probability
from headway.core.mastery.kernels import DAY, SPACED, Rows
from headway.core.mastery.state import SkillStates
from headway.core.path.kernel import WORKING_SET, Flags
from headway.core.path.policy import Situation
from headway.core.path.retracing import MISSES


@dataclass(frozen=True, slots=True)
class WorkingSet:
    """``size`` skills at most are in progress; one that was not practised for ``lately`` seconds has to be opened anew.
    ``begun`` is what a skill in progress is worth, and ``nearer`` what is added times the probability that it is held, so that
    one of them is finished before the others; one that was missed lately counts as held with ``again``, so that it comes soon:
    was it a slip, or is something missing? Against that the best of all others is worth 1 where there is room, and ``waits``
    where there is none; a retention check that is due has ``due`` times its worth and waits for nothing."""

    size: int = WORKING_SET
    lately: float = 14 * DAY
    begun: float = 0.8
    nearer: float = 1.2
    again: float = 0.75
    waits: float = 0.02
    due: float = 3.0

    def members(
        self, s: Situation, allowed: Flags, rests: Collection[int], wanted: Collection[int]
    ) -> dict[int, float]:
        """Return the skills in progress (numbers), each with the probability that it is held: what is leaned towards (``wanted``)
        first, then what is nearest to mastery.

        A skill that ``rests`` for its cause has left. One below the learner's grade is gone back to and comes by its promise, but
        does not keep the grade's own skills waiting, unless somebody wants it.
        """
        c, found, level = s.curriculum, dict[int, float](), grade_level(s.profile.grade)
        numbers, missed = _begun(
            s.belief.row, s.profile.state.skills, allowed, c.skill_activities_at, s.now, self.lately
        )
        for skill, just_missed in zip(numbers.tolist(), missed.tolist(), strict=True):
            if skill not in rests and (c.level[skill] >= level or skill in wanted):
                mean, variance = float(s.belief.mean[skill]), float(s.belief.variance[skill])
                held = probability(mean, variance, float(c.base[skill]))
                found[skill] = max(held, self.again) if just_missed else held
        order = sorted(found, key=lambda n: (n not in wanted, -found[n], n))
        return {skill: found[skill] for skill in order[: self.size]}

    def steer(self, s: Situation, values: Floats, members: dict[int, float], rests: Collection[int]) -> Floats:
        """Return skills' values [S] with the working set in them; leans, going back and mixing come after.

        What is mastered and was practised today is closed until tomorrow.
        """
        aside = np.zeros(len(values), np.bool_)
        aside[[*members, *rests]] = True
        waits = self.waits if len(members) >= self.size else -1.0
        out = _steered(values, s.belief.row, s.profile.state.skills, aside, s.now, self.due, waits)
        for skill, held in members.items():
            out[skill] = self.begun + self.nearer * held
        return out

    def first(self, members: dict[int, float], wanted: Collection[int]) -> set[int]:
        """Which of the skills that are leaned towards come now: those in progress once they fill the set, else all of them."""
        begun = {skill for skill in members if skill in wanted}
        return begun if len(begun) >= self.size else set(wanted)


@compiled
def _begun(
    rows: Rows, states: SkillStates, allowed: Flags, activities_at: Ints, now: float, lately: float
) -> tuple[Ints, NDArray[np.bool_]]:
    """The skills (numbers) that were practised lately and are not mastered, and which of them were missed just now."""
    out, missed, count = np.empty(states.shape[0], np.int32), np.zeros(states.shape[0], np.bool_), 0
    for skill in range(rows.shape[0]):
        row = rows[skill]
        if row < 0 or allowed[skill] == 0 or activities_at[skill] == activities_at[skill + 1] or states[row].n == 0:
            continue
        if states[row].mastered_at == 0.0 and now - states[row].last_at < lately:
            out[count], missed[count] = skill, 0 < states[row].wrong_run < MISSES
            count += 1
    return out[:count], missed[:count]


@compiled
def _steered(
    values: Floats, rows: Rows, states: SkillStates, aside: NDArray[np.bool_], now: float, due: float, waits: float
) -> Floats:
    """Values with ``due`` times those of checks that are due and none of what is done for today; all others times ``waits``, or,
    where that is below 0, against the best of those that are not ``aside``."""
    out, best = values.copy(), 1e-6
    plain = np.ones(values.shape[0], np.bool_)
    for skill in range(values.shape[0]):
        row = rows[skill]
        if row >= 0 and states[row].mastered_at > 0.0:
            if states[row].due_at <= now:
                out[skill], plain[skill] = values[skill] * due, False
            elif now - states[row].last_at < SPACED:
                out[skill], plain[skill] = 0.0, False
        if plain[skill] and not aside[skill]:
            best = max(best, values[skill])
    share = waits if waits >= 0.0 else 1.0 / best
    for skill in range(values.shape[0]):
        if plain[skill]:
            out[skill] = values[skill] * share
    return out
