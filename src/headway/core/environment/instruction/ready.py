"""What a learner can work on now, and what it is expected to bring: from the profile, the plan and the model in force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.environment.instruction.today import Ready
from headway.core.mastery.gain import expected_gain
from headway.core.path.policy import Situation
from headway.core.path.promise import Promise
from headway.core.path.terrain import allowed_skills

MOST = 8
"""Skills that are considered for a learner's day: more than a day has blocks."""
LOOKED = 2 * MOST
"""Skills of most worth whose gain is computed."""
WORTH = Promise()
LEAST = 1e-4
"""Worth below which a skill is not looked at."""
PATIENCE = 40.0
"""First tries after which a skill that is still practised counts half. A practice adds .05 logits in the fitted log, so that
many are what somebody two logits below needs: with 10, the usual line for wheel-spinning, slow learners were given up in
simulation."""
MINUTES = 1.5
"""Minutes that one problem takes with its feedback; ten minutes of practice are that many problems."""


def ready_for(situation: Situation, most: int = MOST) -> tuple[Ready, ...]:
    """Return the skills that promise most, best first, each with what ten minutes of own practice count for.

    The gain of a skill is that of its middle activity (:func:`headway.core.mastery.gain.expected_gain`, 28 days ahead) for the
    first problem, and for each further one of ten minutes what it adds at once: the clock of memory starts once, however many
    problems are done, and only a skill that was practised has one. Ten minutes of one sitting are taken to add up, so it ranks
    skills and is no promise.

    Gain is not all the same to a learner: what a skill grows beyond holding it helps little. So it counts by the skill's
    worth (:func:`worths`): in full for the learner's best skill, in proportion for the others.
    """
    worth, profile, c = worths(situation), situation.profile, situation.curriculum
    skills = np.argsort(-worth, kind="stable")[:LOOKED]
    skills = skills[worth[skills] > LEAST]
    if len(skills) == 0:
        return ()
    middle = np.array([_middle(skill, c.skill_activities_at, c.skill_activities, _ease(situation)) for skill in skills])
    gain = expected_gain(situation.model, profile.state, c, middle, situation.now)
    at_once = expected_gain(situation.model, profile.state, c, middle, situation.now, 0.0)
    problems = 10.0 / MINUTES
    rates = worth[skills] * np.maximum(gain.mean + (problems - 1.0) * at_once.mean, 0.0)
    spreads = worth[skills] * np.sqrt(gain.variance * problems)
    found = [Ready(int(s), float(r), float(d)) for s, r, d in zip(skills, rates, spreads, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.rate, each.skill))[:most])


def worths(situation: Situation) -> Floats:
    """Return the worth of each skill [S], 1 for the best and 0 where the plan closes it.

    It is that of the path's gains (:class:`headway.core.path.promise.Promise`: skills newly held by a practice; unsure
    prerequisites and distance from the grade hold a skill back, what is held rests until it fades or a check is due), with two
    differences. What was practised last today is not held back tomorrow. And patience ends: the models give every skill the
    same growth, but learners grow faster in some than in others, so that each try at a skill that is still not held makes it
    likelier that this is a slow one. After ``PATIENCE`` first tries it counts half.
    """
    profile, rows = situation.profile, situation.belief.row
    tomorrow = replace(situation, profile=replace(profile, recent=profile.recent[:0]))
    worth = WORTH(tomorrow, allowed_skills(situation))
    tried = rows >= 0
    tries = np.zeros(len(worth))
    tries[tried] = profile.state.skills["n"][rows[tried]]
    worth *= PATIENCE / (PATIENCE + tries)
    return np.asarray(worth / max(float(worth.max(initial=0.0)), 1e-9))


def _ease(situation: Situation) -> Floats:
    """The difficulty of each activity: the mean of its items."""
    c = situation.curriculum
    sums = np.add.reduceat(c.difficulty[c.activity_items], c.activity_items_at[:-1])
    return np.asarray(sums / np.diff(c.activity_items_at), dtype=np.float64)


def _middle(skill: np.int64, at: Ints, activities: Ints, difficulty: Floats) -> int:
    """The activity of a skill whose difficulty is the median one."""
    own = activities[at[skill] : at[skill + 1]]
    return int(own[np.argsort(difficulty[own], kind="stable")[len(own) // 2]])
