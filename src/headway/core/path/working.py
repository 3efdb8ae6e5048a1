"""The working set of ``frontier-6``: about four skills are in progress, and what is begun is finished before more is opened.

By its promise alone a skill gives way to the next one as soon as it goes well, so that much is begun and nothing is shown.
Nothing is remembered beside the profile: what is in progress can be read off the skills' states, so that replay repeats it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats, grade_level
from headway.core.mastery.criterion import probability
from headway.core.mastery.kernels import DAY, SPACED
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
        states, rows, c, found = s.profile.state.skills, s.belief.row, s.curriculum, dict[int, float]()
        level = grade_level(s.profile.grade)
        for skill in np.flatnonzero((rows >= 0) & (allowed > 0) & (np.diff(c.skill_activities_at) > 0)).tolist():
            mine = states[rows[skill]]
            if mine["n"] == 0 or mine["mastered_at"] > 0.0 or s.now - mine["last_at"] >= self.lately:
                continue
            if skill not in rests and (c.level[skill] >= level or skill in wanted):
                mean, variance = float(s.belief.mean[skill]), float(s.belief.variance[skill])
                found[skill] = probability(mean, variance, float(c.base[skill]))
                if 0 < mine["wrong_run"] < MISSES:
                    found[skill] = max(found[skill], self.again)
        order = sorted(found, key=lambda n: (n not in wanted, -found[n], n))
        return {skill: found[skill] for skill in order[: self.size]}

    def steer(self, s: Situation, values: Floats, members: dict[int, float], rests: Collection[int]) -> Floats:
        """Return skills' values [S] with the working set in them; leans, going back and mixing come after.

        What is mastered and was practised today is closed until tomorrow.
        """
        states, touched = s.profile.state.skills, np.flatnonzero(s.belief.row >= 0)
        mine, due, done = (
            states[s.belief.row[touched]],
            np.zeros(len(values), np.bool_),
            np.zeros(len(values), np.bool_),
        )
        due[touched] = (mine["mastered_at"] > 0.0) & (mine["due_at"] <= s.now)
        done[touched] = (mine["mastered_at"] > 0.0) & (mine["due_at"] > s.now) & (s.now - mine["last_at"] < SPACED)
        others = ~(due | done)
        others[list(members)] = others[list(rests)] = False
        best = max(float(values[others].max(initial=0.0)), 1e-6)
        out = np.where(done, 0.0, values) * np.where(
            due, self.due, self.waits if len(members) >= self.size else 1.0 / best
        )
        for skill, held in members.items():
            out[skill] = self.begun + self.nearer * held
        return out

    def first(self, members: dict[int, float], wanted: Collection[int]) -> set[int]:
        """Which of the skills that are leaned towards come now: those in progress once they fill the set, else all of them."""
        begun = {skill for skill in members if skill in wanted}
        return begun if len(begun) >= self.size else set(wanted)
