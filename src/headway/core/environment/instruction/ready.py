"""What a learner can work on now, and what it is expected to bring: from the profile, the plan and the model in force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, Ints, grade_level
from headway.core.environment.instruction.today import Ready
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.mastery.gain import expected_gain
from headway.core.path.kernel import Flags, skill_values
from headway.core.path.policy import Situation
from headway.core.path.promise import Promise
from headway.core.path.terrain import allowed_skills

MOST = 8
"""Skills that are considered for a learner's day: more than a day has blocks."""
LOOKED = 2 * MOST
"""Skills of most worth whose gain is computed."""
WORTH = Promise()
MINUTES = 1.5
"""Minutes that one problem takes with its feedback; ten minutes of practice are that many problems."""


def ready_for(situation: Situation, most: int = MOST) -> tuple[Ready, ...]:
    """Return the open skills that promise most, best first, each with what ten minutes of own practice count for.

    Open is what the path may choose: prerequisites mastered or probably known, nothing that the plan closes, reviews when they
    are due. The gain of a skill is that of its middle activity (:func:`headway.core.mastery.gain.expected_gain`, 28 days ahead)
    for the first problem, and for each further one of ten minutes what it adds at once: the clock of memory starts once,
    however many problems are done, and only a skill that was practised has one. Ten minutes of one sitting are taken to add up,
    so it ranks skills and is no promise.

    Gain is not all the same to a learner: what a skill grows beyond holding it helps little. So the gain counts by the skill's
    worth (:class:`headway.core.path.promise.Promise`, skills newly held by a practice of it): in full for the best skill of the
    learner, in proportion for the others. What was practised last today is not held back tomorrow.
    """
    profile, allowed = situation.profile, allowed_skills(situation)
    tomorrow = replace(situation, profile=replace(profile, recent=profile.recent[:0]))
    worth = np.where(_open(situation, allowed), WORTH(tomorrow, allowed), 0.0)
    skills = np.argsort(-worth, kind="stable")[:LOOKED]
    skills = skills[worth[skills] > 0.0]
    if len(skills) == 0:
        return ()
    c = situation.curriculum
    middle = np.array([_middle(skill, c.skill_activities_at, c.skill_activities, _ease(situation)) for skill in skills])
    gain = expected_gain(situation.model, profile.state, c, middle, situation.now)
    at_once = expected_gain(situation.model, profile.state, c, middle, situation.now, 0.0)
    problems = 10.0 / MINUTES
    rates = worth[skills] * np.maximum(gain.mean + (problems - 1.0) * at_once.mean, 0.0)
    spreads = worth[skills] * np.sqrt(gain.variance * problems)
    found = [Ready(int(s), float(r), float(d)) for s, r, d in zip(skills, rates, spreads, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.rate, each.skill))[:most])


def _open(situation: Situation, allowed: Flags) -> NDArray[np.bool_]:
    """The skills that the path may choose now."""
    c, b, profile = situation.curriculum, situation.belief, situation.profile
    values = skill_values(
        b.mean, b.variance, b.row, profile.state.skills, c.base, c.level, c.before_at, c.before, c.skill_activities_at,
        allowed, grade_level(profile.grade), DEFAULT_CRITERION.margin, -1, -1, situation.now,
    )  # fmt: skip
    return np.asarray(values > 0.0)


def _ease(situation: Situation) -> Floats:
    """The difficulty of each activity: the mean of its items."""
    c = situation.curriculum
    sums = np.add.reduceat(c.difficulty[c.activity_items], c.activity_items_at[:-1])
    return np.asarray(sums / np.diff(c.activity_items_at), dtype=np.float64)


def _middle(skill: np.int64, at: Ints, activities: Ints, difficulty: Floats) -> int:
    """The activity of a skill whose difficulty is the median one."""
    own = activities[at[skill] : at[skill + 1]]
    return int(own[np.argsort(difficulty[own], kind="stable")[len(own) // 2]])
