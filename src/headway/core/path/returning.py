"""``frontier-5`` and ``frontier-6``: gain per minute, a band that bends, back to the likeliest cause and forward again.

What a skill promises is counted as in ``frontier-4``, per minute of this learner's practice. A skill that keeps failing rests
while what is most probably missing for it is made strong, and comes back once that was shown (``retracing``). Problems become
easier after wrong answers in a row and rapid guessing, and harder when all is right. What people decided comes first.
``frontier-6`` besides finishes what is begun (``working``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.detectors.habits import GUESSES, RUSHES, guessed, rushed
from headway.core.mastery.kernels import Rows
from headway.core.mastery.state import SkillStates
from headway.core.path.cards import without_idle_decks
from headway.core.path.frontier import JUST_NOW, Frontier, explain
from headway.core.path.kernel import Flags
from headway.core.path.leaning import Towards, leaned, towards
from headway.core.path.policy import Choice, Situation, pinned_activity
from headway.core.path.promise import Promise, Weights
from headway.core.path.retracing import Detour, detour_of
from headway.core.path.terrain import allowed_skills, recent_skills
from headway.core.path.working import WorkingSet

NAME, FINISHING = "frontier-5", "frontier-6"
EASIER, EACH = 0.12, 0.04
"""By how much the wanted chance of a right answer rises at most, and for each wrong answer in a row after the first."""
HARDER, RIGHT, TRIED = 0.08, 0.9, 6
"""By how much it falls where, of so many first answers today or more, such a share was right without help."""
DUE = 0.9
"""What a retention check that is due is worth against the best skill; two days later it comes first."""
ABOVE = 0.3
"""What a grade above the learner's own leaves of a skill's worth where what is begun is finished first."""
USUAL = 4.0
"""First answers by which a skill's own minutes are drawn towards the learner's usual ones."""
SLOWEST, QUICKEST = 2.0, 0.5
"""Bounds of a skill's minutes against the usual ones: a long pause is not a long problem."""


@dataclass(frozen=True, slots=True)
class PerMinute:
    """What practising each skill promises, divided by how long its problems take this learner against the others."""

    promise: Promise = field(default_factory=lambda: Promise(Weights(due=DUE), mixes=False, whole=False))

    def __call__(self, s: Situation, allowed: Flags) -> Floats:
        """Return the worth of each skill [S], 0 where it is closed, and 1 for the best one."""
        values = self.promise(s, allowed) / minutes(s.belief.row, s.profile.state.skills)
        return values / max(float(values.max()), 1e-6)


@dataclass(frozen=True, slots=True)
class Returning:
    """``usual`` draws the activity once it is settled what each skill is worth now; ``working`` keeps some skills in progress."""

    usual: Frontier = field(default_factory=lambda: Frontier(NAME, 0.05, floor=0.6, worth=PerMinute(), within=0.15))
    working: WorkingSet | None = None

    @property
    def name(self) -> str:
        """The name that plans and decisions record."""
        return self.usual.name

    def choose(self, situation: Situation) -> Choice | None:
        """Return the choice, or None if every activity is closed by the plan."""
        s, allowed = situation, allowed_skills(situation)
        number, overrides = pinned_activity(s)
        if number >= 0 or bool((allowed == 2).any()):
            return self.usual.choose(s)
        open_ = without_idle_decks(s, allowed)
        detour, values, leaning = detour_of(s, open_), self.usual.worth(s, open_), towards(s, open_)
        wanted = leaning
        if self.working is not None:
            members = self.working.members(s, open_, detour.rests, leaning)
            values = self.working.steer(s, values, members, detour.rests)
            wanted = {skill: leaning[skill] for skill in self.working.first(members, leaning)}
        if wanted:
            values = leaned(s, values, wanted)
        values, target = mixed(s, detour.steer(values)), bent(s)
        eased = target > s.plan.target_success
        choice = self.usual.pick(s, values, target, lambda skill: told(s, skill, detour, leaning, eased), overrides)
        return choice if choice is not None else self.usual.refresh(s, overrides)


def finishing() -> Returning:
    """Return ``frontier-6``: ``frontier-5`` with a working set.

    A grade above counts for less, so that a good day does not leave the grade behind unfinished. Difficulty weighs less
    against the choice of the skill, since what is nearly shown is easy.
    """
    worth = PerMinute(Promise(Weights(due=DUE, above=ABOVE), mixes=False, whole=False))
    return Returning(Frontier(FINISHING, 0.05, floor=0.8, worth=worth, within=0.15), WorkingSet())


def told(s: Situation, skill: int, detour: Detour, leaning: dict[int, Towards], eased: bool) -> tuple[str, int]:
    """Return the reason's code and the other skill that it speaks of (-1: none)."""
    if skill in detour.causes:
        return "cause", detour.causes[skill]
    if skill in detour.returns:
        return "come-back", detour.returns[skill]
    if eased and skill in detour.tired:
        return "easier", -1
    code, other = explain(s, skill, -1, leaning)
    return ("refresh", -1) if code == "review" and not _any_other(s, skill) else (code, other)


def _any_other(s: Situation, skill: int) -> bool:
    """Whether a mastered skill is due, or another that is allowed is not mastered yet."""
    states, rows = s.profile.state.skills, s.belief.row
    if states[rows[skill]]["due_at"] <= s.now:
        return True
    c, allowed = s.curriculum, without_idle_decks(s, allowed_skills(s)) > 0
    open_ = rows[allowed & (np.diff(c.skill_activities_at) > 0)]
    return bool((open_ < 0).any() or (states["mastered_at"][open_] == 0.0).any())


def going_back(s: Situation) -> bool:
    """Say whether a cause is being practised now, so that misconceptions wait."""
    return bool(detour_of(s, without_idle_decks(s, allowed_skills(s))).causes)


def bent(s: Situation) -> float:
    """Return the wanted chance of a right first answer: the plan's, more after wrong answers in a row or rapid guessing, less
    where nearly everything has been right today."""
    target, behaviour, today = s.plan.target_success, s.profile.behaviour, s.profile.today
    if s.now - behaviour.last_at >= JUST_NOW:
        return target
    hasty = guessed(behaviour.habits) >= GUESSES or rushed(behaviour.habits) >= RUSHES
    rise = EASIER if hasty else min(EACH * max(behaviour.wrong - 1, 0), EASIER)
    if rise == 0.0 and today.tried >= TRIED and today.right >= RIGHT * today.tried:
        return max(target - HARDER, 0.5)
    return min(target + rise, 0.95)


def mixed(s: Situation, values: Floats) -> Floats:
    """Hold the skill of the last activity back where another is open; nearly to nothing after two in a row."""
    last, last_but_one = recent_skills(s.profile, s.curriculum)
    if last >= 0 and np.count_nonzero(values) > 1:
        values[last] *= 0.001 if last == last_but_one else 0.3
    return values


@compiled
def minutes(rows: Rows, states: SkillStates) -> Floats:
    """How long a problem of each skill takes a learner [S], against the usual one: 1 where nothing is known."""
    out, seconds, tries = np.ones(rows.shape[0]), 0.0, 0
    for row in range(states.shape[0]):
        seconds += states[row].seconds
        tries += states[row].n
    if tries == 0 or seconds <= 0.0:
        return out
    usual = seconds / tries
    for skill in range(rows.shape[0]):
        if rows[skill] >= 0:
            state = states[rows[skill]]
            own = (state.seconds + USUAL * usual) / (state.n + USUAL) / usual
            out[skill] = min(max(own, QUICKEST), SLOWEST)
    return out
