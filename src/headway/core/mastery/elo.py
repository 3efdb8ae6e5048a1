"""``elo-1``: the smallest model that can serve, an Elo rating per skill and overall.

After Pelanek, "Applications of the Elo rating system in adaptive educational systems" (Computers & Education 98,
2016): the step is 1.8 / (1 + 0.05 n), after n first attempts. It knows no forgetting; its variance only says how many
responses it has seen. It is here as the plain alternative that a better model has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import GRADE_STEP, Curriculum, Floats, Ints
from headway.core.mastery.kernels import SPACED, Keys, Rows, chance, chances, find, rows_of, tally, with_rows
from headway.core.mastery.state import Belief, Evidence, SkillStates, State


@compiled
def _belief(states: SkillStates, overall: float, sorted_keys: Keys, order: Ints) -> tuple[Floats, Floats, Rows]:
    rows = rows_of(states, sorted_keys, order)
    mean = np.full(rows.shape[0], overall)
    variance = np.ones(rows.shape[0])
    for skill in range(rows.shape[0]):
        row = rows[skill]
        if row >= 0:
            mean[skill], variance[skill] = states[row].mean, states[row].variance
    return mean, variance, rows


@compiled
def _update(
    states: SkillStates,
    overall: float,
    skills: Ints,
    difficulty: float,
    correct: bool,
    first: bool,
    hints: int,
    seconds: float,
    at: float,
    keys: Keys,
) -> tuple[SkillStates, float]:
    out = with_rows(states, keys, skills)
    count = skills.shape[0]
    ability = 0.0
    for skill in skills:
        row = find(out, keys[skill])
        if out[row].attempts == 0:
            out[row].mean = overall
        ability += out[row].mean / count
    error = (1.0 if correct else 0.0) - chance(ability - difficulty, 0.0)
    for skill in skills:
        row = find(out, keys[skill])
        seen = float(out[row].n)
        spaced = out[row].attempts > 0 and at - out[row].last_at >= SPACED
        tally(out, row, correct, first, hints, seconds / count, spaced, at)
        if first:
            out[row].mean = out[row].mean + 1.8 / (1.0 + 0.05 * seen) * error / count
        out[row].variance = 1.0 / (1.0 + 0.25 * float(out[row].n))
    return out, overall + (0.15 * error if first else 0.0)


@dataclass(frozen=True, slots=True)
class Elo:
    """The model as the loop uses it."""

    name: str = "elo-1"

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level who has shown nothing yet."""
        return State(GRADE_STEP * level, 1.0)

    def belief(self, state: State, curriculum: Curriculum, now: float) -> Belief:
        """Return the ratings; time does not move them."""
        return Belief(*_belief(state.skills, state.overall_mean, curriculum.sorted_keys, curriculum.order))

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right first answer to each item."""
        c = curriculum
        return chances(items, c.difficulty, c.item_skills_at, c.item_skills, belief.mean, np.zeros_like(belief.mean))

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response; only unrevealed first attempts move the rating."""
        e = evidence
        skills, overall = _update(
            state.skills,
            state.overall_mean,
            e.skills,
            e.difficulty,
            e.correct,
            e.attempt == 1 and not e.shown,
            e.hints,
            e.seconds,
            e.at,
            curriculum.keys,
        )
        skills.flags.writeable = False
        return State(overall, state.overall_variance, skills)
