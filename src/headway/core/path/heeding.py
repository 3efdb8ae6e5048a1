"""``frontier-3``: as ``frontier-2``, but it heeds early signs of getting nowhere instead of waiting for three misses in a row.

A skill that will probably go on without three right in a row (wheel-spinning, predicted from the third first try on) is left for
its weakest prerequisite, or for easier problems where every prerequisite is sound. After rapid guessing or hints clicked
through the next step is smaller. Pins, supports and a struggle come first. Where there is no such sign ``frontier-2`` chooses.
Nothing here looks at how slow somebody is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from headway.core.mastery.detectors.habits import GUESSES, RUSHES, guessed, rushed
from headway.core.mastery.detectors.odds import SPINS, spin_chance
from headway.core.path.frontier import JUST_NOW, struggling
from headway.core.path.policy import Choice, Situation, pinned_activity
from headway.core.path.reasons import why
from headway.core.path.telling import Telling
from headway.core.path.terrain import allowed_skills, weakest_prerequisite

SMALLER = 0.12
"""How much higher the wanted chance of a right answer is on a smaller step: as ``frontier-1`` after a struggle."""


@dataclass(frozen=True, slots=True)
class Heeding:
    """Looks for early signs, and hands over to ``usual`` with a plan that answers them."""

    name: str = "frontier-3"
    usual: Telling = field(default_factory=Telling)

    def choose(self, situation: Situation) -> Choice | None:
        """Return a choice that answers an early sign, or what ``frontier-2`` chooses."""
        if not _may_heed(situation):
            return self.usual.choose(situation)
        skill = spinning_skill(situation)
        if skill >= 0:
            back = weakest_prerequisite(situation, skill, allowed_skills(situation))
            choice = self._back(situation, skill, back) if back >= 0 else self._smaller(situation, skill)
            if choice is not None:
                return choice
        habits = situation.profile.behaviour.habits
        if guessed(habits) >= GUESSES or rushed(habits) >= RUSHES:
            return self._smaller(situation, -1)
        return self.usual.choose(situation)

    def _back(self, s: Situation, hard: int, back: int) -> Choice | None:
        """Practise the prerequisite, and say what for."""
        c = s.curriculum
        plan = replace(s.plan, only_skills=frozenset({c.skills[back].id}))
        choice = self.usual.usual.choose(replace(s, plan=plan))
        if choice is None:
            return None
        activity = c.activity_of(choice.alternatives[choice.chosen].activity)
        reason = why("drop-back", c, s.profile, back, activity, hard)
        return replace(choice, reason_code="drop-back", reason=reason, policy=self.name)

    def _smaller(self, s: Situation, hard: int) -> Choice | None:
        """Easier problems; where the one chosen belongs to the hard skill, say that it is easier on purpose."""
        c, target = s.curriculum, min(s.plan.target_success + SMALLER, 0.95)
        choice = self.usual.usual.choose(replace(s, plan=replace(s.plan, target_success=target)))
        if choice is None:
            return None
        taken = choice.alternatives[choice.chosen]
        if hard >= 0 and taken.skill == c.skills[hard].id:
            reason = why("easier", c, s.profile, hard, c.activity_of(taken.activity))
            return replace(choice, reason_code="easier", reason=reason, policy=self.name)
        return replace(choice, policy=self.name)


def spinning_skill(s: Situation) -> int:
    """Return the number of the skill just practised if it is wheel-spinning early and not mastered, -1 otherwise."""
    skill = s.curriculum.skill_number.get(s.profile.behaviour.skill, -1)
    row = int(s.belief.row[skill]) if skill >= 0 else -1
    if row < 0:
        return -1
    states = s.profile.state.skills
    mine = states[row]
    if mine["mastered_at"] > 0.0:
        return -1
    chance = spin_chance(int(mine["pattern"]), int(mine["n"]), int(states["n"].sum()), int(states["right"].sum()))
    return skill if chance >= SPINS else -1


def _may_heed(s: Situation) -> bool:
    """Only what was just seen counts, and never against a person's pin; a struggle is answered already."""
    if s.now - s.profile.behaviour.last_at >= JUST_NOW or struggling(s) or pinned_activity(s)[0] >= 0:
        return False
    return not s.plan.pin_skills or not bool((allowed_skills(s) == 2).any())
