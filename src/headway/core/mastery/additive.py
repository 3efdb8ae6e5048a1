"""``additive-1``: a penalised logistic regression of items, skills and history; each term can be read.

logit p = dense history . weights + item + sum over the item's skills of (skill + slopes . ln counts). Items and skills
are shrunk towards 0, so that an unseen item starts at its skill's difficulty and a rare skill at the common slopes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.features import Features, Singles
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels


@dataclass(frozen=True, slots=True)
class Penalties:
    """Ridge penalties, each half the inverse of a prior variance in squared logits."""

    dense: float = 0.5
    item: float = 0.6
    skill: float = 0.3
    slope: float = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Additive:
    """Fitted weights: ``dense`` by ``features.NAMES``, ``item`` and ``skill`` in logits (higher is easier), ``tries``
    and ``right`` the skills' own slopes."""

    dense: Floats
    item: Floats
    skill: Floats
    tries: Floats
    right: Floats

    def predict(self, frame: Frame, features: Features) -> Floats:
        """Return each row's chance of a right answer, one response ahead."""
        flat = np.concatenate([self.dense, self.item, self.skill, self.tries, self.right])
        out = np.empty(len(frame.item))
        _predict(
            flat,
            features.dense,
            frame.item,
            frame.skills_at,
            frame.skills,
            features.tries,
            features.right,
            frame.items,
            frame.skill_count,
            out,
        )
        return out


def fit_additive(
    frame: Frame,
    features: Features,
    train: NDArray[np.bool_],
    *,
    penalties: Penalties = Penalties(),
    iterations: int = 60,
    progress: Callable[[int], None] = lambda done: None,
) -> Additive:
    """Fit on the rows of ``train`` by L-BFGS; ``progress`` is told the iterations done."""
    rows = np.flatnonzero(train)
    wide, items, skills = features.dense.shape[1], frame.items, frame.skill_count
    p = penalties
    weights = np.concatenate(
        [np.full(wide, p.dense), np.full(items, p.item), np.full(skills, p.skill), np.full(2 * skills, p.slope)]
    )
    basis, scale = _preconditioner(frame, features, rows, weights)
    columns = (features.dense, frame.item, frame.skills_at, frame.skills, features.tries, features.right)
    steps = count(1)

    def loss(free: Floats) -> tuple[float, Floats]:
        flat = np.concatenate([basis @ free[:wide], free[wide:] * scale])
        gradient = 2.0 * weights * flat
        value = _loss(flat, rows, *columns, frame.correct, items, skills, gradient)
        back = np.concatenate([basis.T @ gradient[:wide], gradient[wide:] * scale])
        return value + float(np.dot(weights, flat * flat)), back

    free = minimize(
        loss,
        np.zeros(len(weights)),
        jac=True,
        method="L-BFGS-B",
        callback=lambda _: progress(next(steps)),
        options={"maxiter": iterations, "maxfun": 2 * iterations, "ftol": 1e-7, "maxcor": 20},
    ).x
    found = np.concatenate([basis @ free[:wide], free[wide:] * scale])
    cuts = np.cumsum([wide, items, skills, skills])
    return Additive(*np.split(found, cuts))


def _preconditioner(frame: Frame, features: Features, rows: Longs, weights: Floats) -> tuple[Floats, Floats]:
    """Return a change of variables in which the loss is nearly round: a whitening basis for the dense columns and a
    scale for each other one, from the Hessian at p (1 - p) = 0.2. L-BFGS then needs tens of steps, not hundreds."""
    wide, items, skills = features.dense.shape[1], frame.items, frame.skill_count
    part = features.dense[rows].astype(np.float64)
    hessian = 0.2 * part.T @ part + 2.0 * np.diag(weights[:wide])
    basis = np.linalg.inv(np.linalg.cholesky(hessian)).T
    entries = np.repeat(np.isin(np.arange(len(frame.item)), rows), np.diff(frame.skills_at))
    of = frame.skills[entries]
    curvature = np.concatenate(
        [
            np.bincount(frame.item[rows], minlength=items),
            np.bincount(of, minlength=skills),
            np.bincount(of, weights=features.tries[entries].astype(np.float64) ** 2, minlength=skills),
            np.bincount(of, weights=features.right[entries].astype(np.float64) ** 2, minlength=skills),
        ]
    )
    return basis, 1.0 / np.sqrt(0.2 * curvature + 2.0 * weights[wide:])


@compiled
def _score(
    flat: Floats,
    r: int,
    dense: Singles,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    tries: Singles,
    right: Singles,
    items: int,
    count: int,
) -> float:
    wide = dense.shape[1]
    score = flat[wide + item[r]]
    for n in range(wide):
        score += flat[n] * dense[r, n]
    at_skill = wide + items
    for n in range(skills_at[r], skills_at[r + 1]):
        place = at_skill + skills[n]
        score += flat[place] + flat[place + count] * tries[n] + flat[place + 2 * count] * right[n]
    return float(score)


@compiled
def _loss(
    flat: Floats,
    rows: Longs,
    dense: Singles,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    tries: Singles,
    right: Singles,
    correct: Labels,
    items: int,
    count: int,
    gradient: Floats,
) -> float:
    """Return the sum of log losses and add its gradient to ``gradient``."""
    total, wide = 0.0, dense.shape[1]
    for r in rows:
        score = _score(flat, r, dense, item, skills_at, skills, tries, right, items, count)
        y = float(correct[r])
        total += np.log1p(np.exp(-abs(score))) + max(score, 0.0) - y * score
        error = 1.0 / (1.0 + np.exp(-score)) - y
        gradient[wide + item[r]] += error
        for n in range(wide):
            gradient[n] += error * dense[r, n]
        for n in range(skills_at[r], skills_at[r + 1]):
            place = wide + items + skills[n]
            gradient[place] += error
            gradient[place + count] += error * tries[n]
            gradient[place + 2 * count] += error * right[n]
    return float(total)


@compiled
def _predict(
    flat: Floats,
    dense: Singles,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    tries: Singles,
    right: Singles,
    items: int,
    count: int,
    out: Floats,
) -> None:
    for r in range(out.shape[0]):
        out[r] = 1.0 / (1.0 + np.exp(-_score(flat, r, dense, item, skills_at, skills, tries, right, items, count)))
