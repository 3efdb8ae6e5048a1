"""Transfer between skills and items: what one response tells about all later ones, learnt as a low-rank linear filter.

Each response pushes a vector h of the learner: h <- decay * h + gain * (surprise * give + drift), where surprise is the
outcome less the core's chance, and give, drift belong to the item and its skills. The next item's logit gains
take . h. So the weight of response i on item j after n responses is decay^n x (give_i . take_j): a learned, fading
correlation between any two items or skills, at a cost that does not grow with the history. A linear recurrent net
without gates; fitted by back-propagation through all of a learner's responses and Adagrad (Duchi et al. 2011).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels

SPANS = (0.7, 0.9, 0.98, 0.998)
"""Decays a response of the four parts of h: the last few responses, a lesson, a week, the year."""
GIVE, DRIFT, TAKE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class TransferOptions:
    """``width`` of h (a multiple of 4), Adagrad's ``rate``, ridge of skills' and items' own vectors, ``epochs``."""

    width: int = 32
    rate: float = 0.02
    skill_ridge: float = 1e-3
    item_ridge: float = 10.0
    epochs: int = 6


class Transfer(NamedTuple):
    """``vectors`` float64 [3, skills + 1 + items + 1, width]: give, drift and take of skills, then items; the last of
    each is the unknown one and zero. ``decay`` and ``gain`` float64 [width]."""

    vectors: NDArray[np.float64]
    decay: Floats
    gain: Floats


def no_transfer(skills: int, items: int, width: int = 4) -> Transfer:
    """Return a filter that passes nothing on."""
    decay = np.repeat(np.array(SPANS), width // len(SPANS))
    return Transfer(np.zeros((3, skills + items + 2, width)), decay, (1.0 - decay) ** 0.7)


def fit_transfer(
    frame: Frame,
    learners: Longs,
    core: Floats,
    *,
    options: TransferOptions = TransferOptions(),
    seed: int = 0,
    after_epoch: Callable[[int, Transfer], bool] = lambda epoch, found: True,
) -> Transfer:
    """Fit on the learners (ids) against the core's logits [N]. One number of each part starts as general ability, the
    others as random directions that nothing takes yet. ``after_epoch`` is given the number
    of epochs done and the filter so far, and stops the fit by answering False."""
    rng = np.random.RandomState(seed)
    found = no_transfer(frame.skill_count, frame.items, options.width)
    chosen = np.flatnonzero(np.isin(frame.students, learners))
    seen = np.unique(frame.skills[np.repeat(frame.rows_of(learners), np.diff(frame.skills_at))])
    found.vectors[GIVE, seen] = rng.normal(0.0, 1.0, (frame.skill_count, options.width))[seen]
    general = np.arange(0, options.width, options.width // len(SPANS))
    found.vectors[GIVE][np.ix_(seen, general)] = 1.0
    found.vectors[TAKE][np.ix_(seen, general)] = 0.1
    squares = np.full_like(found.vectors, 1e-3)
    for epoch in range(options.epochs):
        _epoch(
            rng.permutation(chosen),
            frame.starts,
            frame.item,
            frame.skills_at,
            frame.skills,
            frame.correct,
            core,
            found.vectors,
            squares,
            found.decay,
            found.gain,
            options.rate,
            options.skill_ridge,
            options.item_ridge,
            frame.skill_count + 1,
        )
        if not after_epoch(epoch + 1, found):
            break
    return found


def transferred(frame: Frame, learners: Longs, core: Floats, transfer: Transfer) -> Floats:
    """Return the logits [N] of core and transfer on the rows of the learners; the core's elsewhere."""
    out = core.copy()
    chosen = np.flatnonzero(np.isin(frame.students, learners))
    _run(
        chosen,
        frame.starts,
        frame.item,
        frame.skills_at,
        frame.skills,
        frame.correct,
        core,
        *transfer,
        frame.skill_count + 1,
        out,
    )
    return out


@compiled
def give_and_take(
    h: Floats, vectors: NDArray[np.float64], item: int, skills: Ints, first: int, last: int, parts: Floats
) -> None:
    """Add what h says of the item to the four ``parts`` of the logit; ``item`` is its row in the vectors."""
    share, span = 1.0 / (last - first), h.shape[0] // 4
    for k in range(h.shape[0]):
        take = vectors[2, item, k]
        for m in range(first, last):
            take += share * vectors[2, skills[m], k]
        parts[k // span] += take * h[k]


@compiled
def push(
    h: Floats,
    vectors: NDArray[np.float64],
    decay: Floats,
    gain: Floats,
    item: int,
    skills: Ints,
    first: int,
    last: int,
    surprise: float,
) -> None:
    """Fold a response into h, in place."""
    share = 1.0 / (last - first)
    for k in range(h.shape[0]):
        move = surprise * vectors[0, item, k] + vectors[1, item, k]
        for m in range(first, last):
            move += share * (surprise * vectors[0, skills[m], k] + vectors[1, skills[m], k])
        h[k] = decay[k] * h[k] + gain[k] * move


@compiled
def _run(
    learners: Longs,
    starts: Longs,
    items: Ints,
    skills_at: Longs,
    skills: Ints,
    correct: Labels,
    core: Floats,
    vectors: NDArray[np.float64],
    decay: Floats,
    gain: Floats,
    first_item: int,
    out: Floats,
) -> None:
    h, parts = np.zeros(decay.shape[0]), np.zeros(4)
    for learner in learners:
        h[:] = 0.0
        for r in range(starts[learner], starts[learner + 1]):
            item, first, last = first_item + items[r], skills_at[r], skills_at[r + 1]
            parts[:] = 0.0
            give_and_take(h, vectors, item, skills, first, last, parts)
            out[r] = core[r] + parts[0] + parts[1] + parts[2] + parts[3]
            surprise = correct[r] - 1.0 / (1.0 + np.exp(-core[r]))
            push(h, vectors, decay, gain, item, skills, first, last, surprise)


@compiled
def _epoch(
    learners: Longs,
    starts: Longs,
    items: Ints,
    skills_at: Longs,
    skills: Ints,
    correct: Labels,
    core: Floats,
    vectors: NDArray[np.float64],
    squares: NDArray[np.float64],
    decay: Floats,
    gain: Floats,
    rate: float,
    skill_ridge: float,
    item_ridge: float,
    first_item: int,
) -> None:
    """One pass over the learners: forward through a learner's responses, then back with a step at each of them."""
    parts = np.zeros(4)
    for learner in learners:
        begin, end = starts[learner], starts[learner + 1]
        trail = np.zeros((end - begin + 1, decay.shape[0]))
        error, surprise = np.empty(end - begin), np.empty(end - begin)
        for r in range(begin, end):
            t, item, first, last = r - begin, first_item + items[r], skills_at[r], skills_at[r + 1]
            parts[:] = 0.0
            give_and_take(trail[t], vectors, item, skills, first, last, parts)
            logit = core[r] + parts[0] + parts[1] + parts[2] + parts[3]
            error[t] = 1.0 / (1.0 + np.exp(-logit)) - correct[r]
            surprise[t] = correct[r] - 1.0 / (1.0 + np.exp(-core[r]))
            trail[t + 1] = trail[t]
            push(trail[t + 1], vectors, decay, gain, item, skills, first, last, surprise[t])
        back = np.zeros(decay.shape[0])
        for r in range(end - 1, begin - 1, -1):
            t, item, first, last = r - begin, first_item + items[r], skills_at[r], skills_at[r + 1]
            share = 1.0 / (last - first)
            for k in range(decay.shape[0]):
                take = vectors[2, item, k]
                for m in range(first, last):
                    take += share * vectors[2, skills[m], k]
                moves = (gain[k] * back[k] * surprise[t], gain[k] * back[k], error[t] * trail[t, k])
                back[k] = error[t] * take + decay[k] * back[k]
                for j in range(3):
                    _step(vectors, squares, j, item, k, moves[j], rate, item_ridge)
                    for m in range(first, last):
                        _step(vectors, squares, j, skills[m], k, share * moves[j], rate, skill_ridge)


@compiled
def _step(
    vectors: NDArray[np.float64],
    squares: NDArray[np.float64],
    j: int,
    row: int,
    k: int,
    move: float,
    rate: float,
    ridge: float,
) -> None:
    slope = move + ridge * vectors[j, row, k]
    squares[j, row, k] += slope * slope
    vectors[j, row, k] -= rate * slope / np.sqrt(squares[j, row, k])
