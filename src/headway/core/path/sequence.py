"""``sequence-1``: one skill after the other in the graph's order, from the learner's grade on, until it is mastered.

The course as a textbook has it. It is the plain alternative that a better policy has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import grade_level
from headway.core.path.cards import dealt, without_idle_decks
from headway.core.path.leaning import lean_code, towards
from headway.core.path.policy import Choice, Situation, pinned_activity, single
from headway.core.path.terrain import ages, allowed_skills


@dataclass(frozen=True, slots=True)
class Sequence:
    """No chance in it: each choice has propensity 1."""

    name: str = "sequence-1"

    def choose(self, situation: Situation) -> Choice | None:
        """Return the first unmastered skill's activity that was not given for the longest time, easy ones first."""
        number, overrides = pinned_activity(situation)
        if number >= 0:
            return single(situation, number, "pinned", overrides)
        c, rows, states = situation.curriculum, situation.belief.row, situation.profile.state.skills
        allowed = allowed_skills(situation)
        has = np.diff(c.skill_activities_at) > 0
        mastered = np.zeros(len(c.skills), bool)
        touched = rows >= 0
        mastered[touched] = states["mastered_at"][rows[touched]] > 0.0
        usable = np.flatnonzero((without_idle_decks(situation, allowed) > 0) & has)
        if len(usable) == 0:
            return None
        level = grade_level(situation.profile.grade)
        wanted = [s for s in usable.tolist() if not mastered[s] and (allowed[s] == 2 or c.level[s] >= level)]
        rest = [s for s in usable.tolist() if not mastered[s]] or usable.tolist()
        skill = (wanted or rest)[0]
        leaning = towards(situation, without_idle_decks(situation, allowed)) if not (allowed == 2).any() else {}
        skill = next((s for s in wanted + rest if s in leaning), skill)
        age, share = ages(situation.profile, c), dealt(situation)[1]
        of_skill = c.skill_activities[c.skill_activities_at[skill] : c.skill_activities_at[skill + 1]].tolist()
        best = min(of_skill, key=lambda a: (-share[a], -int(age[a]) if age[a] else -1000, int(c.activity_level[a]), a))
        if skill in leaning:
            return single(situation, best, lean_code(leaning[skill]), overrides, leaning[skill].goal)
        code = "pinned" if allowed[skill] == 2 else "refresh" if mastered[skill] else "sequence"
        return single(situation, best, code, overrides)
