"""What another policy would have brought, from the log of the one that was in force: the doubly robust estimate.

Each decision is logged with the probability that it was made with. Asked at the same place, the other policy gives its own
probabilities; their ratio weighs what happened, and a regression of what follows on what was foreseen takes most of the noise
away. The estimate is right if either the probabilities or the regression are (Robins and others 1994; Dudik and others
2014), over several decisions by recursion (Jiang and Li 2016). Learners are the unit of the interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from headway.core.curriculum.catalogue import Floats

Longs = NDArray[np.int64]
FOLDS = 5
THIN = 0.5
"""Mean share of the other policy's choices that the log must have had a chance to make; below, nothing can be said."""


@dataclass(frozen=True, slots=True, eq=False)
class Logs:
    """Decisions in the order of the log, by episode and within it; all arrays [N].

    ``learner`` and ``episode`` number them; ``reward`` is what followed the decision; ``propensity`` the probability that it was
    made with, in (0, 1]; ``target`` the other policy's for the same activity, in [0, 1]; ``support`` the share of the other
    policy's choices among what the log could have chosen; ``foreseen`` [N] or [N, K] numbers that tell of what follows from
    the activity taken, and ``expected`` the same averaged over the other policy's choices.
    """

    learner: Longs
    episode: Longs
    reward: Floats
    propensity: Floats
    target: Floats
    support: Floats
    foreseen: Floats
    expected: Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """``value`` is the mean sum of rewards of an episode under the other policy with its 95 % interval; ``logged`` the mean under
    the policy of the log; ``weighted`` the estimate without regression, by self-normalised weights; ``effective`` how many
    episodes the weights are worth; ``support`` as in :class:`Logs`, its mean; ``largest`` the largest weight of an episode.
    ``gain`` is ``value`` less ``logged``, with an interval of its own: the same learners are in both."""

    value: float
    low: float
    high: float
    logged: float
    weighted: float
    episodes: int
    learners: int
    decisions: int
    effective: float
    support: float
    largest: float
    gain: float
    gain_low: float
    gain_high: float

    @property
    def thin(self) -> bool:
        """Whether the log seldom had a chance to do what the other policy would."""
        return self.support < THIN


def evaluate(logs: Logs) -> Estimate:
    """Return the doubly robust estimate. Raises ValueError, naming the row, for numbers out of range and for fewer than two
    learners."""
    _check(logs)
    order = np.lexsort((np.arange(len(logs.episode)), logs.episode))
    log = Logs(*(getattr(logs, name)[order] for name in Logs.__dataclass_fields__))
    starts = np.flatnonzero(np.diff(log.episode, prepend=log.episode[0] - 1))
    ends = np.append(starts[1:], len(log.episode))
    ratio = log.target / log.propensity
    taken, hoped = _regressed(log, starts, ends, ratio)
    value, total, weight = np.zeros(len(starts)), np.zeros(len(starts)), np.ones(len(starts))
    for n, (first, last) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        after = 0.0
        for row in range(last - 1, first - 1, -1):
            after = hoped[row] + ratio[row] * (log.reward[row] + after - taken[row])
        value[n], total[n], weight[n] = after, log.reward[first:last].sum(), ratio[first:last].prod()
    learner = log.learner[starts]
    low, high = _interval(value, learner)
    gained = _interval(value - total, learner)
    return Estimate(
        value=float(value.mean()),
        low=low,
        high=high,
        logged=float(total.mean()),
        weighted=float((weight * total).sum() / weight.sum()) if weight.sum() > 0.0 else float("nan"),
        episodes=len(starts),
        learners=len(np.unique(learner)),
        decisions=len(log.reward),
        effective=float(weight.sum() ** 2 / max((weight**2).sum(), 1e-300)),
        support=float(log.support.mean()),
        largest=float(weight.max()),
        gain=float((value - total).mean()),
        gain_low=gained[0],
        gain_high=gained[1],
    )


def _check(logs: Logs) -> None:
    for name, low, high in (("propensity", 1e-9, 1.0), ("target", 0.0, 1.0), ("support", 0.0, 1.0)):
        values = getattr(logs, name)
        bad = ~((values >= low - 1e-12) & (values <= high + 1e-9))
        if bad.any():
            row = int(np.argmax(bad))
            raise ValueError(f"row {row} has a {name} of {values[row]:g}: a probability lies between 0 and 1")
    if not np.isfinite(logs.reward).all():
        raise ValueError(f"row {int(np.argmin(np.isfinite(logs.reward)))} has no number for its reward")
    if len(np.unique(logs.learner)) < 2:
        raise ValueError("an interval needs at least two learners")


def _regressed(log: Logs, starts: Longs, ends: Longs, ratio: Floats) -> tuple[Floats, Floats]:
    """Regress what follows each decision on its place in the episode and on what was foreseen; ridge, cross-fitted over
    learners so that nobody's own outcomes speak for their baseline. Returns it for what was taken and for what the other
    policy takes on average.

    What follows is weighed by the other policy's later ratios, because its own choices follow, cut at 10 for calm.
    """
    follows, weight, place, left = (np.zeros(len(log.reward)) for _ in range(4))
    for first, last in zip(starts.tolist(), ends.tolist(), strict=True):
        after, later = 0.0, 1.0
        for row in range(last - 1, first - 1, -1):
            after += log.reward[row]
            follows[row], weight[row] = after, min(later, 10.0)
            place[row], left[row] = row - first, last - row
            later *= ratio[row]
    shown, hoped = log.foreseen.reshape(len(place), -1), log.expected.reshape(len(place), -1)
    common = np.column_stack([np.ones_like(left), left, left * place])
    mine, theirs = np.column_stack([common, shown]), np.column_stack([common, hoped])
    _, number = np.unique(log.learner, return_inverse=True)
    taken, other = np.zeros(len(place)), np.zeros(len(place))
    for fold in range(FOLDS):
        out = number % FOLDS == fold
        x, w = mine[~out], weight[~out, None]
        beta = np.linalg.solve(x.T @ (w * x) + 1e-2 * np.eye(x.shape[1]), x.T @ (w[:, 0] * follows[~out]))
        taken[out], other[out] = mine[out] @ beta, theirs[out] @ beta
    return taken, other


def _interval(value: Floats, learner: Longs) -> tuple[float, float]:
    """The mean with 95 %, learners as clusters (Liang and Zeger 1986) and Student's t."""
    _, number = np.unique(learner, return_inverse=True)
    count = int(number.max()) + 1
    sums = np.bincount(number, weights=value - value.mean(), minlength=count)
    error = float(np.sqrt((sums**2).sum() * count / (count - 1))) / len(value)
    reach = float(student.ppf(0.975, count - 1)) * error
    return float(value.mean()) - reach, float(value.mean()) + reach
