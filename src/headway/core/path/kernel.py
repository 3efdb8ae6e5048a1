"""The compiled arithmetic of ``frontier-1``: which skills are open, how much each promises, which activities fit."""

from __future__ import annotations

from math import erf

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.kernels import DAY, Rows, chance
from headway.core.mastery.state import SkillStates

Flags = NDArray[np.uint8]

READY = 0.62
"""A prerequisite counts as known when a middle item of it is solved with this chance."""
READY_ODDS = float(np.log(READY / (1.0 - READY)))
WORKING_SET = 4
"""Skills in progress from which on new ones have to wait."""


@compiled
def _ready(
    skill: int, mean: Floats, variance: Floats, base: Floats, rows: Rows, states: SkillStates, at: Ints, of: Ints
) -> bool:
    """Say whether every prerequisite is mastered or probably known."""
    for place in range(at[skill], at[skill + 1]):
        earlier = of[place]
        row = rows[earlier]
        if row >= 0 and states[row].mastered_at > 0.0:
            continue
        if mean[earlier] - base[earlier] < READY_ODDS * np.sqrt(1.0 + 0.39269908169872414 * variance[earlier]):
            return False
    return True


@compiled
def _in_progress(rows: Rows, states: SkillStates) -> int:
    """Count the skills that were begun, are not mastered and are not stuck."""
    count = 0
    for row in rows:
        if row >= 0 and states[row].n > 0 and states[row].mastered_at == 0.0 and states[row].wrong_run < 3:
            count += 1
    return count


@compiled
def _due(due_at: float, now: float) -> float:
    """Value of a mastered skill: none before its check is due, then above everything new, rising with the delay."""
    return 1.1 + min((now - due_at) / (20.0 * DAY), 0.5) if due_at <= now else 0.0


@compiled
def skill_values(
    mean: Floats,
    variance: Floats,
    rows: Rows,
    states: SkillStates,
    base: Floats,
    level: Ints,
    before_at: Ints,
    before: Ints,
    activities_at: Ints,
    allowed: Flags,
    learner_level: int,
    margin: float,
    last: int,
    last_but_one: int,
    now: float,
) -> Floats:
    """Return what practising each skill promises, 0 where it is closed; shapes [S]. See ``docs/explanation/path.md``.

    ``allowed`` is 0 for a closed skill, 1 for an open one, 2 for one that is practised whether or not it is ready.
    """
    new = 0.3 if _in_progress(rows, states) >= WORKING_SET else 0.75
    values = np.zeros(mean.shape[0])
    for skill in range(mean.shape[0]):
        if allowed[skill] == 0 or activities_at[skill] == activities_at[skill + 1]:
            continue
        row = rows[skill]
        if row >= 0 and states[row].mastered_at > 0.0:
            values[skill] = _due(states[row].due_at, now)
        elif allowed[skill] == 2 or _ready(skill, mean, variance, base, rows, states, before_at, before):
            distance = level[skill] - learner_level
            value = np.exp(-0.6 * distance if distance > 0 else 0.3 * distance)
            if row < 0 or states[row].n == 0:
                above = (mean[skill] - base[skill] - margin) / np.sqrt(2.0 * variance[skill])
                value *= new * (0.1 + 0.45 * (1.0 - erf(above)))
            elif states[row].wrong_run >= 3:
                value *= 0.4
            values[skill] = value
    _interleave(values, last, last_but_one)
    return values


@compiled
def _interleave(values: Floats, last: int, last_but_one: int) -> None:
    """Hold the skill of the last activity back where another is open; never a third time in a row."""
    others = 0
    for skill in range(values.shape[0]):
        others += values[skill] > 0.0 and skill != last
    if last >= 0 and others > 0:
        values[last] *= 0.0 if last == last_but_one else 0.3


@compiled
def _solve(
    activity: int,
    mean: Floats,
    variance: Floats,
    difficulty: Floats,
    item_skills_at: Ints,
    item_skills: Ints,
    items_at: Ints,
    items: Ints,
) -> float:
    """Return the chance of a right first answer, averaged over an activity's items."""
    total = 0.0
    for at in range(items_at[activity], items_at[activity + 1]):
        first, last = item_skills_at[items[at]], item_skills_at[items[at] + 1]
        ability, spread = 0.0, 0.0
        for entry in range(first, last):
            ability += mean[item_skills[entry]]
            spread += variance[item_skills[entry]]
        share = 1.0 / (last - first)
        total += chance(ability * share - difficulty[items[at]], spread * share * share)
    return total / float(items_at[activity + 1] - items_at[activity])


@compiled
def _insert(best: Ints, worth: Floats, solved: Floats, activity: int, value: float, p: float) -> None:
    """Put an activity into its place of a list sorted by falling worth, if it is worth more than the last one."""
    at = worth.shape[0] - 1
    if value <= worth[at]:
        return
    while at > 0 and worth[at - 1] < value:
        worth[at], best[at], solved[at] = worth[at - 1], best[at - 1], solved[at - 1]
        at -= 1
    worth[at], best[at], solved[at] = value, activity, p


@compiled
def candidates(
    values: Floats, mean: Floats, variance: Floats, difficulty: Floats, item_skills_at: Ints, item_skills: Ints,
    items_at: Ints, items: Ints, activities_at: Ints, activities: Ints, ages: Ints, target: float, size: int,
    floor: float, known: Floats, share: Floats, within: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Return the ``size`` most promising activities (at most two of a skill), their values and chances, best first.

    ``ages`` [A] says how many activities ago each was given last (0: not remembered). The most valuable skills are
    looked at first, so that most others can be passed over: an activity is never worth more than its skill, and never less than
    ``floor`` of it for its difficulty. ``known`` [A] is a fact card's chance, below 0 elsewhere: a card is never too hard or too
    easy. ``share`` [A] is what an activity keeps of its worth for other reasons, 1 for most. From 0 on, ``within`` is what it
    keeps besides for its difficulty against the best fitting one of its own skill; below 0 these are not compared.
    """
    best, worth, solved = np.full(size, -1, np.int32), np.zeros(size), np.zeros(size)
    two, top, odds, likely = np.full(2, -1, np.int32), np.zeros(2), np.zeros(2), 0.7 * values.max()
    fits, solves = np.empty(activities.shape[0]), np.empty(activities.shape[0])
    for turn in range(2 * values.shape[0]):
        skill = turn % values.shape[0]
        promising = values[skill] >= likely
        if promising != (turn < values.shape[0]) or values[skill] <= worth[size - 1]:
            continue
        two[:], top[:], best_fit = -1, 0.0, 0.0
        for place in range(activities_at[skill], activities_at[skill + 1]):
            activity = activities[place]
            p = known[activity]
            off = 0.0
            if p < 0.0:
                p = _solve(activity, mean, variance, difficulty, item_skills_at, item_skills, items_at, items)
                off = max(target - 0.08 - p, p - target - 0.07, 0.0) / 0.12
            fit = np.exp(-off * off)
            value = share[activity] * values[skill] * (floor + (1.0 - floor) * fit)
            if within >= 0.0:
                fits[place], solves[place] = fit, p
                best_fit = max(best_fit, fit)
                continue
            if ages[activity] > 0:
                value *= 1.0 - 0.9 / ages[activity]
            _insert(two, top, odds, activity, value, p)
        if within >= 0.0:
            worthy = values[skill] * (floor + (1.0 - floor) * best_fit)
            for place in range(activities_at[skill], activities_at[skill + 1]):
                activity = activities[place]
                value = share[activity] * worthy * (within + (1.0 - within) * fits[place] / max(best_fit, 1e-12))
                value *= 1.0 - 0.9 / ages[activity] if ages[activity] > 0 else 1.0
                _insert(two, top, odds, activity, value, solves[place])
        for n in range(2):
            if two[n] >= 0:
                _insert(best, worth, solved, two[n], top[n], odds[n])
    found = (best >= 0).sum()
    return best[:found], worth[:found], solved[:found]


@compiled
def softmax(values: Floats, temperature: float) -> Floats:
    """Return choice probabilities proportional to exp(value / temperature)."""
    out: Floats = np.exp((values - values.max()) / temperature)
    out /= out.sum()
    return out
