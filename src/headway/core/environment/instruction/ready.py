"""What a learner can work on now, and what it is expected to bring: from the profile, the plan and the model in force."""

from __future__ import annotations

import numpy as np

from headway.core.curriculum.catalogue import Floats, Ints, grade_level
from headway.core.environment.instruction.today import Ready
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.mastery.gain import expected_gain
from headway.core.path.kernel import skill_values
from headway.core.path.policy import Situation
from headway.core.path.terrain import allowed_skills

MOST = 8
"""Skills that are considered for a learner's day: more than a day has blocks."""
MINUTES = 1.5
"""Minutes that one problem takes with its feedback; ten minutes of practice are that many problems."""


def ready_for(situation: Situation, most: int = MOST) -> tuple[Ready, ...]:
    """Return the open skills that promise most, best first, each with the expected gain of ten minutes of own practice.

    Open is what the path may choose: prerequisites mastered or probably known, nothing that the plan closes, reviews when they
    are due. The gain of a skill is that of its middle activity (:func:`headway.core.mastery.gain.expected_gain`, 28 days ahead)
    for the first problem, and for each further one of ten minutes what it adds at once: the clock of memory starts once,
    however many problems are done, and only a skill that was practised has one. Ten minutes of one sitting are taken to add up,
    so it ranks skills and is no promise.
    """
    c, b, profile = situation.curriculum, situation.belief, situation.profile
    values = skill_values(
        b.mean, b.variance, b.row, profile.state.skills, c.base, c.level, c.before_at, c.before, c.skill_activities_at,
        allowed_skills(situation), grade_level(profile.grade), DEFAULT_CRITERION.margin, -1, -1, situation.now,
    )  # fmt: skip
    skills = np.argsort(-values, kind="stable")[:most]
    skills = skills[values[skills] > 0.0]
    if len(skills) == 0:
        return ()
    middle = np.array([_middle(skill, c.skill_activities_at, c.skill_activities, _ease(situation)) for skill in skills])
    gain = expected_gain(situation.model, profile.state, c, middle, situation.now)
    at_once = expected_gain(situation.model, profile.state, c, middle, situation.now, 0.0)
    problems = 10.0 / MINUTES
    rates = np.maximum(gain.mean + (problems - 1.0) * at_once.mean, 0.0)
    spreads = np.sqrt(gain.variance * problems)
    found = [Ready(int(s), float(r), float(d)) for s, r, d in zip(skills, rates, spreads, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.rate, each.skill)))


def _ease(situation: Situation) -> Floats:
    """The difficulty of each activity: the mean of its items."""
    c = situation.curriculum
    sums = np.add.reduceat(c.difficulty[c.activity_items], c.activity_items_at[:-1])
    return np.asarray(sums / np.diff(c.activity_items_at), dtype=np.float64)


def _middle(skill: np.int64, at: Ints, activities: Ints, difficulty: Floats) -> int:
    """The activity of a skill whose difficulty is the median one."""
    own = activities[at[skill] : at[skill + 1]]
    return int(own[np.argsort(difficulty[own], kind="stable")[len(own) // 2]])
