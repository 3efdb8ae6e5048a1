"""The served model run over a chunk of the log, one response ahead, by the very functions that serve.

A learner's states stand in the order in which skills were first practised, so that nothing has to be searched; otherwise
it is ``gaussian.Gaussian`` or ``tied.TiedGaussian``, number for number (``tests/core/mastery/refit`` compares them).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import NamedTuple

import numpy as np

from headway.core.compiled import compiled, copy_into
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.gaussian import observe, priors, to_now, weight_of
from headway.core.mastery.kernels import chance, tally
from headway.core.mastery.refit.calibrated import FAMILY, Calibration
from headway.core.mastery.refit.log import Chunk, Flags, Longs
from headway.core.mastery.state import SKILL_STATE, SkillStates
from headway.core.mastery.tied import first_tie, observe_tied, ties_of


class Rows(NamedTuple):
    """A chunk's columns as the compiled code takes them."""

    starts: Longs
    mean: Floats
    variance: Floats
    item: Ints
    loose: Floats
    skills_at: Longs
    skills: Ints
    solved: Flags
    right: Flags
    attempt: Ints
    hints: Ints
    shown: Flags
    at: Floats


class Tables(NamedTuple):
    """A calibration's numbers for one curriculum: parameters, ``difficulty`` [I] and ``shift`` [S]; ``tied`` says that the
    model is one of ``gaussian-2``, which keeps ties."""

    parameters: Floats
    difficulty: Floats
    shift: Floats
    tied: bool


@dataclass(frozen=True, slots=True, eq=False)
class Streamed:
    """By row of the chunk: ``predicted`` chance of an unaided right first answer, ``ability`` in logits before it and
    ``spread`` its variance; ``pull`` float64 [len(skills)] is how much of a skill's prior is still in the belief, 0 to
    1, times its share in the item."""

    predicted: Floats
    ability: Floats
    spread: Floats
    pull: Floats


def tables_of(calibration: Calibration, curriculum: Curriculum, family: str = FAMILY) -> Tables:
    """Return the numbers that a calibration serves with in a model of a family."""
    return Tables(
        np.array(astuple(calibration.parameters)),
        curriculum.difficulty + calibration.offsets(curriculum),
        calibration.shifts(curriculum),
        family == FAMILY,
    )


def stream(
    chunk: Chunk, curriculum: Curriculum, tables: Tables, *, after: Tables | None = None, cut: float = np.inf
) -> Streamed:
    """Run the chunk's learners through the model; from ``cut`` on (seconds) ``after`` serves, on the states that it
    finds."""
    count = len(chunk.item)
    rows = Rows(
        chunk.starts,
        chunk.mean,
        chunk.variance,
        chunk.item,
        chunk.loose,
        chunk.skills_at,
        chunk.skills,
        (chunk.correct == 1) & (chunk.hints == 0),
        chunk.correct == 1,
        chunk.attempt.astype(np.int32),
        chunk.hints.astype(np.int32),
        chunk.shown,
        chunk.at,
    )
    out = Streamed(np.empty(count), np.empty(count), np.empty(count), np.empty(len(chunk.skills)))
    blank = np.zeros(len(curriculum.skills), SKILL_STATE)
    c = curriculum
    _stream(
        rows, tables, after or tables, cut, c.before_at, c.before, blank,
        out.predicted, out.ability, out.spread, out.pull,
    )  # fmt: skip
    return out


@compiled
def _stream(
    rows: Rows,
    first: Tables,
    later: Tables,
    cut: float,
    before_at: Ints,
    before: Ints,
    blank: SkillStates,
    predicted: Floats,
    abilities: Floats,
    spreads: Floats,
    pull: Floats,
) -> None:
    for learner in range(rows.starts.shape[0] - 1):
        states, ties, places = blank.copy(), np.ones(blank.shape[0]), np.full(blank.shape[0], -1)
        overall, variance, filled, kept = rows.mean[learner], rows.variance[learner], 0, True
        for r in range(rows.starts[learner], rows.starts[learner + 1]):
            used = first if rows.at[r] < cut else later
            begin, end = rows.skills_at[r], rows.skills_at[r + 1]
            skills, at = rows.skills[begin:end], rows.at[r]
            means, variances = priors(
                states, places, skills, overall, variance, used.parameters, used.shift, before_at, before
            )
            if used.tied and not kept:
                copy_into(ties, ties_of(states[:filled], variance, used.parameters[1]))
            kept = used.tied
            filled = _placed(places, ties, filled, skills, used, before_at, before)
            opens = rows.attempt[r] == 1 and not rows.shown[r]
            own = places[skills]
            ability, spread = _met(
                states, own, means, variances, rows.right[r], opens, rows.hints[r], at, used.parameters, pull[begin:end]
            )
            item = rows.item[r]
            difficulty = used.difficulty[item] if item >= 0 else rows.loose[r]
            abilities[r], spreads[r] = ability, spread
            predicted[r] = chance(ability - difficulty, spread)
            weight = weight_of(rows.right[r], rows.attempt[r], rows.hints[r], rows.shown[r], used.parameters)
            learnt, right = 1.0 if opens else 0.0, rows.right[r]
            if used.tied:
                overall, variance = observe_tied(
                    states[:filled], ties[:filled], own, overall, variance, difficulty, right, weight, learnt,
                    used.parameters,
                )  # fmt: skip
            else:
                overall, variance = observe(
                    states, own, overall, variance, difficulty, right, weight, learnt, used.parameters
                )


@compiled
def _met(
    states: SkillStates,
    own: Longs,
    means: Floats,
    variances: Floats,
    right: bool,
    opens: bool,
    hints: int,
    at: float,
    parameters: Floats,
    pull: Floats,
) -> tuple[float, float]:
    """Bring an item's rows to the moment of a response and count it; return mean and variance of their mean ability."""
    ability, spread, count = 0.0, 0.0, own.shape[0]
    for n in range(count):
        row = own[n]
        spaced = to_now(states, row, means[n], variances[n], at, parameters)
        pull[n] = min(states[row].variance / variances[n], 1.0) / count
        ability += states[row].mean / count
        spread += states[row].variance / (count * count)
        tally(states, row, right, opens, hints, 0.0, spaced, at)
    return ability, spread


@compiled
def _placed(places: Longs, ties: Floats, filled: int, skills: Ints, used: Tables, before_at: Ints, before: Ints) -> int:
    """Give skills that were never practised a row and a first tie; return how many rows are taken. No tie of a new skill
    hangs on another new one of the same item."""
    firsts = np.ones(skills.shape[0])
    for n in range(skills.shape[0]):
        if places[skills[n]] < 0 and used.tied:
            firsts[n] = first_tie(skills[n], places, ties, used.parameters[2], before_at, before)
    for n in range(skills.shape[0]):
        if places[skills[n]] < 0:
            places[skills[n]] = filled
            ties[filled] = firsts[n]
            filled += 1
    return filled
