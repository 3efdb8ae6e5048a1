"""``frontier-1``: practise at the edge of what is known, at the right difficulty, mixed, with reviews when due.

Formulas and numbers are in ``docs/explanation/path.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats, grade_level
from headway.core.events import Alternative
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.path.cards import card_reason, dealt, freshened, is_deck, without_idle_decks
from headway.core.path.kernel import Flags, candidates, skill_values, softmax
from headway.core.path.leaning import Towards, lean_code, leaned, towards
from headway.core.path.policy import CHOICE, Choice, Situation, concrete, pin_code, pinned_activity, single, uniform
from headway.core.path.reasons import why
from headway.core.path.terrain import (
    ages,
    allowed_skills,
    mastered_prerequisite,
    recent_skills,
    weakest_prerequisite,
)

STRUGGLE = 3
"""First attempts wrong in a row on one skill before the policy goes back to a prerequisite."""
JUST_NOW = 1800.0
"""Seconds after which a struggle is no longer a reason for the next activity."""


NOWHERE: Mapping[int, Towards] = {}

Worth = Callable[[Situation, Flags], Floats]
"""What practising each skill is worth [S], 0 where it is closed; flags as in ``terrain.allowed_skills``."""
Told = Callable[[int], tuple[str, int]]
"""Why a skill (its number) is chosen: the reason's code and the other skill that it speaks of (-1: none)."""


def open_worth(s: Situation, allowed: Flags) -> Floats:
    """The worth that ``frontier-1`` sees: what is open and how far along, see ``kernel.skill_values``."""
    c, b = s.curriculum, s.belief
    last, last_but_one = recent_skills(s.profile, c)
    return skill_values(
        b.mean,
        b.variance,
        b.row,
        s.profile.state.skills,
        c.base,
        c.level,
        c.before_at,
        c.before,
        c.skill_activities_at,
        allowed,
        grade_level(s.profile.grade),
        DEFAULT_CRITERION.margin,
        last,
        last_but_one,
        s.now,
    )


@dataclass(frozen=True, slots=True)
class Frontier:
    """``temperature`` is in units of value (a skill in progress at the right difficulty is worth about 1), ``size``
    the number of activities that the choice is drawn from, ``floor`` what far too easy or hard an activity keeps of its
    skill's ``worth``; ``within`` as in ``kernel.candidates``."""

    name: str = "frontier-1"
    temperature: float = 0.15
    size: int = 6
    floor: float = 0.15
    worth: Worth = open_worth
    within: float = -1.0

    def choose(self, situation: Situation) -> Choice | None:
        """Return the choice, or None if every activity is closed by the plan."""
        number, overrides = pinned_activity(situation)
        if number >= 0:
            return single(situation, number, "pinned", overrides)
        allowed = allowed_skills(situation)
        pinned = bool((allowed == 2).any())
        target, hard = situation.plan.target_success, -1
        if struggling(situation) and not pinned:
            hard = situation.curriculum.skill_number.get(situation.profile.behaviour.skill, -1)
            back = weakest_prerequisite(situation, hard, allowed)
            if back >= 0:
                allowed = np.zeros_like(allowed)
                allowed[back] = 2
            elif hard >= 0:
                target = min(target + 0.12, 0.95)
        choice = self._draw(situation, allowed, target, pinned, hard, overrides)
        if choice is None and pinned:
            return self._draw(situation, np.minimum(allowed, 1), target, False, -1, overrides)
        return choice if choice is not None else self.refresh(situation, overrides)

    def _draw(
        self, s: Situation, allowed: Flags, target: float, pinned: bool, hard: int, overrides: tuple[str, ...]
    ) -> Choice | None:
        allowed = without_idle_decks(s, allowed)
        values = self.worth(s, allowed)
        leaning = {} if pinned else towards(s, allowed)
        if leaning:
            values = leaned(s, values, leaning)
        told: Told = (lambda skill: ("pinned", -1)) if pinned else (lambda skill: explain(s, skill, hard, leaning))
        return self.pick(s, values, target, told, overrides)

    def refresh(self, s: Situation, overrides: tuple[str, ...]) -> Choice | None:
        """Nothing is open: keep any allowed skill fresh, the least secure first."""
        allowed = allowed_skills(s) > 0
        solve = 1.0 / (1.0 + np.exp(s.curriculum.base - s.belief.mean))
        values = np.where(allowed, 1.0 - 0.9 * solve, 0.0)
        return self.pick(s, values, s.plan.target_success, lambda skill: ("refresh", -1), overrides, freshened(s))

    def pick(
        self,
        s: Situation,
        values: Floats,
        target: float,
        told: Told,
        overrides: tuple[str, ...],
        cards: tuple[Floats, Floats] | None = None,
    ) -> Choice | None:
        """Draw one of the best activities by skills' ``values`` [S]; None where all are 0. ``cards`` as in ``cards.dealt``."""
        c = s.curriculum
        known, share = cards or dealt(s)
        numbers, worth, solved = candidates(
            values,
            s.belief.mean,
            s.belief.variance,
            c.difficulty,
            c.item_skills_at,
            c.item_skills,
            c.activity_items_at,
            c.activity_items,
            c.skill_activities_at,
            c.skill_activities,
            ages(s.profile, c),
            target,
            self.size,
            self.floor,
            known,
            share,
            self.within,
        )
        if len(numbers) == 0:
            return None
        odds = softmax(worth, self.temperature)
        chosen = min(int(np.searchsorted(np.cumsum(odds), uniform(s.seed, CHOICE), "right")), len(odds) - 1)
        alternatives = tuple(
            Alternative(name, c.activities[number].skill, value, p)
            for name, number, value, p in zip(
                concrete(s, numbers.tolist()), numbers.tolist(), worth.tolist(), odds.tolist(), strict=True
            )
        )
        number = int(numbers[chosen])
        skill = int(c.activity_skill[number])
        code, other = told(skill)
        if code == "pinned":
            code = pin_code(s.plan, c.skills[skill].id, c.activities[number].id)
        reason = card_reason(s, code, number) or why(code, c, s.profile, skill, number, other)
        return Choice(chosen, alternatives, float(solved[chosen]), code, reason, overrides)


def struggling(situation: Situation) -> bool:
    """Say whether the last answers to the skill just practised were wrong STRUGGLE times in a row. Facts that are not known yet
    are no struggle: the same cards come again soon."""
    behaviour = situation.profile.behaviour
    if behaviour.wrong_run < STRUGGLE or situation.now - behaviour.last_at >= JUST_NOW:
        return False
    return not is_deck(situation.curriculum, behaviour.skill)


def explain(situation: Situation, skill: int, hard: int, leaning: Mapping[int, Towards] = NOWHERE) -> tuple[str, int]:
    """Return the reason's code and the other skill that it speaks of (-1: none)."""
    row, c = int(situation.belief.row[skill]), situation.curriculum
    if hard >= 0 and skill == hard:
        return "easier", -1
    if hard >= 0 and skill in c.before[c.before_at[hard] : c.before_at[hard + 1]]:
        return "drop-back", hard  # any other skill has nothing to do with the hard one and gets its own reason
    if skill in leaning:
        return lean_code(leaning[skill]), leaning[skill].goal
    states = situation.profile.state.skills
    if row < 0 or states[row]["n"] == 0:
        return "new", mastered_prerequisite(situation, skill)
    return ("review", -1) if states[row]["mastered_at"] > 0.0 else ("continue", -1)
