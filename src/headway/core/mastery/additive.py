"""``additive-1``: a penalised logistic regression of items, skills and history; each term can be read.

logit p = dense history . weights + item + sum over the item's skills of (skill + slopes . ln counts). Items and skills
are shrunk towards 0, so that an unseen item starts at its skill's difficulty and a rare skill at the common slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.features import Features, Singles
from headway.core.mastery.frame import Frame, Ids, Longs
from headway.core.mastery.metrics import Labels
from headway.core.mastery.scale.parts import InMemory, Part, Parts


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

    @property
    def flat(self) -> Floats:
        """All weights in a row."""
        return np.concatenate([self.dense, self.item, self.skill, self.tries, self.right])

    def predict(self, frame: Frame, features: Features) -> Floats:
        """Return each row's chance of a right answer, one response ahead."""
        out = np.empty(len(frame.item))
        _predict(
            self.flat,
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


def weights_of(model: Additive, item_ids: Ids, skill_ids: Ids) -> dict[str, Any]:
    """Return the weights under the source's names, as JSON takes them: a fit of another log can start from them."""
    names = [str(each) for each in skill_ids.tolist()]
    each_skill = np.stack([model.skill, model.tries, model.right], axis=1).round(9).tolist()
    return {
        "columns": model.dense.round(9).tolist(),
        "items": dict(zip(map(str, item_ids.tolist()), model.item.round(9).tolist(), strict=True)),
        "skills": dict(zip(names, each_skill, strict=True)),
    }


def additive_of(weights: Mapping[str, Any], item_ids: Ids, skill_ids: Ids) -> Additive:
    """Return weights for the items and skills of a log; 0 for those that the source does not name. Raises ValueError for
    what :func:`weights_of` does not make."""
    try:
        items = np.array([float(weights["items"].get(str(each), 0.0)) for each in item_ids.tolist()])
        own = [weights["skills"].get(str(each), (0.0, 0.0, 0.0)) for each in skill_ids.tolist()]
        skills, dense = np.array(own, np.float64).reshape(-1, 3), np.array(weights["columns"], np.float64)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"these are not the weights of a fit ({type(error).__name__}: {error})") from None
    return Additive(dense, items, skills[:, 0], skills[:, 1], skills[:, 2])


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
    parts = InMemory(frame, train, features)
    return fit_additive_in_parts(parts, penalties=penalties, iterations=iterations, progress=progress)


def fit_additive_in_parts(
    parts: Parts,
    *,
    penalties: Penalties = Penalties(),
    iterations: int = 60,
    start: Additive | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Additive:
    """Fit on the training rows of described parts: each evaluation of the loss is one pass over them. ``start`` are weights
    to go on from; without them all are 0."""
    items, skills = parts.items, parts.skill_count
    hessian, curvature = _summed(parts.each(_curvature, (items, skills)))
    wide, p, steps = len(hessian), penalties, count(1)
    weights = np.concatenate(
        [np.full(wide, p.dense), np.full(items, p.item), np.full(skills, p.skill), np.full(2 * skills, p.slope)]
    )
    basis, scale = _preconditioner(hessian, curvature, weights)

    def weights_of(free: Floats) -> Floats:
        return np.concatenate([basis @ free[:wide], free[wide:] * scale])

    def loss(free: Floats) -> tuple[float, Floats]:
        flat = weights_of(free)
        value, gradient = _summed(parts.each(_part_loss, (flat, items, skills)))
        gradient += 2.0 * weights * flat
        back = np.concatenate([basis.T @ gradient[:wide], gradient[wide:] * scale])
        return float(value) + float(np.dot(weights, flat * flat)), back

    begin = np.zeros(len(weights))
    if start is not None:
        if len(start.dense) != wide or len(start.flat) != len(weights):
            raise ValueError(f"the start has {len(start.dense)} columns, this model {wide}: it is of another model")
        begin = np.concatenate([np.linalg.solve(basis, start.dense), start.flat[wide:] / scale])
    free = minimize(
        loss,
        begin,
        jac=True,
        method="L-BFGS-B",
        callback=lambda _: progress(next(steps)),
        options={"maxiter": iterations, "maxfun": 2 * iterations, "ftol": 1e-7, "maxcor": 20},
    ).x
    cuts = np.cumsum([wide, items, skills, skills])
    return Additive(*np.split(weights_of(free), cuts))


def _summed(found: Iterator[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Add up what the parts return, in their order."""
    one, two = next(found)
    for more, also in found:
        one, two = one + more, two + also
    return one, two


def _curvature(part: Part, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return a part's share of the Hessian of the dense columns and of the curvature of each other weight."""
    (items, skills), frame, features = sizes, part.frame, part.described
    dense = features.dense[part.train].astype(np.float64)
    entries = np.repeat(part.train, np.diff(frame.skills_at))
    of = frame.skills[entries]
    curvature = [
        np.bincount(frame.item[part.train], minlength=items).astype(np.float64),
        np.bincount(of, minlength=skills).astype(np.float64),
        np.bincount(of, weights=features.tries[entries].astype(np.float64) ** 2, minlength=skills),
        np.bincount(of, weights=features.right[entries].astype(np.float64) ** 2, minlength=skills),
    ]
    return dense.T @ dense, np.concatenate(curvature)


def _preconditioner(hessian: Floats, curvature: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return a change of variables in which the loss is nearly round: a whitening basis for the dense columns and a
    scale for each other one, from the Hessian at p (1 - p) = 0.2. L-BFGS then needs tens of steps, not hundreds."""
    wide = len(hessian)
    basis = np.linalg.inv(np.linalg.cholesky(0.2 * hessian + 2.0 * np.diag(weights[:wide]))).T
    return basis, 1.0 / np.sqrt(0.2 * curvature + 2.0 * weights[wide:])


def _part_loss(part: Part, given: tuple[Floats, int, int]) -> tuple[Floats, Floats]:
    """Return the sum of log losses of a part's training rows and its gradient."""
    (flat, items, skills), frame, features = given, part.frame, part.described
    gradient, rows = np.zeros(len(flat)), np.flatnonzero(part.train)
    columns = (features.dense, frame.item, frame.skills_at, frame.skills, features.tries, features.right)
    return np.array(_loss(flat, rows, *columns, frame.correct, items, skills, gradient)), gradient


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
