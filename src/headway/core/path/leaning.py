"""Leaning: what a goal, a teacher or the learner wants more of, beside reviews, mixing and going back.

A pin closes everything else; a lean does not. It raises the skill (or what still has to be made ready for it), holds other
practice back somewhat, and leaves due reviews as they are. How much depends on how the work that is left compares with the
answers that are left until the skill is wanted. Numbers are explained in ``docs/explanation/path.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.mastery.kernels import DAY, chance
from headway.core.path.kernel import READY, Flags
from headway.core.path.plan import EffectivePlan, Lean
from headway.core.path.policy import Situation
from headway.core.path.terrain import allowed_skills, recent_skills

DEEP = 3
"""So many prerequisites deep a lean looks for what has to be made ready."""
CALM, URGENT = (1.0, 0.5), (1.2, 0.3)
"""What a skill that is leaned towards is worth at least, and what share other practice keeps: with time to spare, and without."""
STRUGGLING = 0.4
"""What is left of it after three misses in a row, as for every skill: a goal is no reason for spinning wheels."""
LOGITS, FIRST, MOST = 0.12, 4.0, 60.0
"""A rule of thumb for the work left on a skill: an answer for each of so many logits below the criterion, some to show it, and
not more than so many in all."""
SCHOOL_DAYS = 5.0 / 7.0


@dataclass(frozen=True, slots=True)
class Towards:
    """Why an open skill is raised: ``goal`` is the number of the skill that the lean names (itself, or one that builds on it)."""

    goal: int
    lean: Lean


def towards(s: Situation, allowed: Flags | None = None) -> dict[int, Towards]:
    """Return the open skills (numbers) that leans raise. A skill whose prerequisites are not sound is worked on through them."""
    if not s.plan.leans:
        return {}
    flags = allowed_skills(s) if allowed is None else allowed
    found: dict[int, Towards] = {}
    for lean in s.plan.leans:
        goal = s.curriculum.skill_number.get(lean.skill, -1)
        if goal >= 0 and not _mastered(s, goal):
            for skill in _open_for(s, flags, goal, DEEP):
                found.setdefault(skill, Towards(goal, lean))
    return found


def leaned(s: Situation, values: Floats, found: dict[int, Towards]) -> Floats:
    """Return skills' values [S] with the leans in them; a review that is due keeps its own."""
    urgency = pressure(s)
    floor, room = (CALM[n] + urgency * (URGENT[n] - CALM[n]) for n in range(2))
    states, rows = s.profile.state.skills, s.belief.row
    kept = np.zeros(len(values), np.bool_)
    kept[list(found)] = True
    touched = np.flatnonzero(rows >= 0)
    mine = states[rows[touched]]
    kept[touched] |= (mine["mastered_at"] > 0.0) & (mine["due_at"] <= s.now)
    out = np.where(kept, values, values * room)
    last, last_but_one = recent_skills(s.profile, s.curriculum)
    for skill in found:
        least = floor
        if rows[skill] >= 0 and states[rows[skill]]["wrong_run"] >= 3:
            least *= STRUGGLING
        if skill == last:
            least *= 0.0 if last == last_but_one else 0.3
        out[skill] = max(out[skill], least)
    return out


def pressure(s: Situation) -> float:
    """Say how tight time is, from 0 (there is plenty) to 1: the work left over the answers left, taking what ends first first."""
    timed = sorted((lean for lean in s.plan.leans if lean.due > 0.0), key=lambda lean: lean.due)
    work, worst = 0.0, 0.0
    for lean in timed:
        skill = s.curriculum.skill_number.get(lean.skill, -1)
        if skill >= 0 and not _mastered(s, skill):
            work += _work(s, skill)
            worst = max(worst, work / _answers_left(s.plan, s.now, lean.due))
    return min(max((worst - 0.3) / 0.7, 0.0), 1.0)


def lean_code(found: Towards) -> str:
    """Return the reason's code: ``chosen`` by the learner, ``asked`` for by a person, part of a ``goal``, or ``planned``."""
    if found.lean.effect == "choose-skill":
        return "chosen"
    return {"pin": "asked", "policy": "goal"}.get(found.lean.source, "planned")


def _answers_left(plan: EffectivePlan, now: float, due: float) -> float:
    days = max((due - now) / DAY * SCHOOL_DAYS, 0.5)
    return plan.daily_goal * days


def _work(s: Situation, skill: int) -> float:
    short = float(s.curriculum.base[skill]) + DEFAULT_CRITERION.margin - float(s.belief.mean[skill])
    return min(FIRST + max(short, 0.0) / LOGITS, MOST)


def _mastered(s: Situation, skill: int) -> bool:
    row = int(s.belief.row[skill])
    return row >= 0 and bool(s.profile.state.skills[row]["mastered_at"] > 0.0)


def _open_for(s: Situation, allowed: Flags, skill: int, deep: int) -> list[int]:
    """The skill itself where it is ready, else what can be practised of its prerequisites that are not."""
    c = s.curriculum
    before = c.before[c.before_at[skill] : c.before_at[skill + 1]].tolist() if deep else ()
    weak = [earlier for earlier in before if not _sound(s, earlier)]
    found = [each for earlier in weak for each in _open_for(s, allowed, earlier, deep - 1)]
    has = c.skill_activities_at[skill] < c.skill_activities_at[skill + 1]
    return list(dict.fromkeys(found)) or ([skill] if allowed[skill] == 1 and has else [])


def _sound(s: Situation, skill: int) -> bool:
    b = s.belief
    solve = chance(float(b.mean[skill] - s.curriculum.base[skill]), float(b.variance[skill]))
    return _mastered(s, skill) or solve >= READY
