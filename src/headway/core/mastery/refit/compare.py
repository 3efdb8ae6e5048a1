"""Challenger against champion on later data than either was fitted on, paired by learner, in all and by group.

Each counted answer from the cut on is predicted from what came before it, by the champion as it would have gone on
serving, and by the challenger taking over at the cut from the states that the champion left: just what promotion does.
Differences are of log loss and Brier score (below 0: the challenger is better), their errors robust against answers of
one learner going together (Liang and Zeger 1986), with Student's t for the number of learners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.metrics import BINS
from headway.core.mastery.refit.log import Flags, Log, Longs, solved
from headway.core.mastery.refit.stream import Tables, stream
from headway.core.mastery.report import WORKING

CELL = 10
"""A group of fewer learners is not shown, and not judged."""
LEARNERS, RESPONSES = 30, 500
"""Learners and later answers that a comparison needs."""
SURE, HARM = 0.99, 0.8
"""Confidence of the interval that decides (a refit is run again and again), and of that by which a group is harmed: harm
needs less proof than benefit, and groups are small."""
FINE = 1500
"""Bins of the predictions, for AUC from counts; a multiple of BINS."""

Verdict = Literal["better", "not-better", "harms", "too-little"]


@dataclass(frozen=True, slots=True)
class Difference:
    """``mean`` a response (nats for log loss) with its interval; below 0 the challenger is better."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good one model is on the later answers: ``bias`` is predicted less observed, ``reliability`` predicted,
    observed and count of each filled bin."""

    log_loss: float
    brier: float
    auc: float
    ece: float
    bias: float
    reliability: tuple[tuple[float, float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One group of learners. ``false_mastery`` is, for champion and challenger, the share of wrong answers among those
    predicted at 0.8 or more, less the share that the chances announce (nan where there are fewer than 100)."""

    kind: str
    name: str
    learners: int
    responses: int
    log_loss: Difference
    brier: Difference
    bias: tuple[float, float]
    false_mastery: tuple[float, float]

    @property
    def harmed(self) -> bool:
        """Whether the challenger is worse for this group beyond noise, by either measure."""
        return self.log_loss.low > 0.0 or self.brier.low > 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the later answers say. ``hidden`` counts groups that are too small to be shown, by kind."""

    cut: float
    learners: int
    responses: int
    champion: Quality
    challenger: Quality
    log_loss: Difference
    brier: Difference
    groups: tuple[Group, ...]
    hidden: dict[str, int]

    @property
    def harmed(self) -> tuple[Group, ...]:
        """The groups for which the challenger is worse."""
        return tuple(group for group in self.groups if group.harmed)

    @property
    def verdict(self) -> Verdict:
        """``better`` only if it is better beyond noise, on evidence enough, and no group is harmed."""
        if self.learners < LEARNERS or self.responses < RESPONSES:
            return "too-little"
        if self.log_loss.high >= 0.0 or self.brier.mean >= 0.0:
            return "not-better"
        return "harms" if self.harmed else "better"


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """By learner [L] and model [2] over the later answers: ``loss``, ``brier``, ``said``, and of answers predicted at
    ``WORKING`` or more ``passed`` (count) and ``excess`` (predicted less observed); ``n`` and ``right`` [L]; ``before``
    and ``before_right`` [L] of the answers before the cut; ``counts`` [2, FINE, 2] by prediction and outcome, ``told``
    [2, BINS] sums of predictions."""

    n: Floats
    right: Floats
    loss: Floats
    brier: Floats
    said: Floats
    passed: Floats
    excess: Floats
    before: Floats
    before_right: Floats
    counts: Floats
    told: Floats


def sums_of(
    log: Log, curriculum: Curriculum, champion: Tables, challenger: Tables, *, cut: float, learners: int
) -> Sums:
    """Go once through the log with both models."""
    one, two = np.zeros((4, learners)), np.zeros((5, learners, 2))
    s = Sums(
        one[0], one[1], two[0], two[1], two[2], two[3], two[4], one[2], one[3],
        np.zeros((2, FINE, 2)), np.zeros((2, BINS)),
    )  # fmt: skip
    for chunk in log:
        owner, y = np.repeat(chunk.learner, np.diff(chunk.starts)), solved(chunk)
        late, early = chunk.counted & (chunk.at >= cut), chunk.counted & (chunk.at < cut)
        s.before[:] += np.bincount(owner[early], minlength=learners)
        s.before_right[:] += np.bincount(owner[early], weights=y[early], minlength=learners)
        of, y = owner[late], y[late]
        s.n[:] += np.bincount(of, minlength=learners)
        s.right[:] += np.bincount(of, weights=y, minlength=learners)
        for number, after in enumerate((champion, challenger)):
            p = np.clip(stream(chunk, curriculum, champion, after=after, cut=cut).predicted[late], 1e-9, 1.0 - 1e-9)
            high = p >= WORKING
            for out, values in (
                (s.loss, -np.where(y == 1.0, np.log(p), np.log1p(-p))),
                (s.brier, (y - p) ** 2),
                (s.said, p),
                (s.passed, high.astype(np.float64)),
                (s.excess, np.where(high, p - y, 0.0)),
            ):
                out[:, number] += np.bincount(of, weights=values, minlength=learners)
            place = np.minimum((p * FINE).astype(np.int64), FINE - 1) * 2 + y.astype(np.int64)
            s.counts[number] += np.bincount(place, minlength=2 * FINE).reshape(FINE, 2)
            s.told[number] += np.bincount(np.minimum((p * BINS).astype(np.int64), BINS - 1), weights=p, minlength=BINS)
    return s


def compare(sums: Sums, cut: float, labels: Mapping[str, tuple[Longs, tuple[str, ...]]]) -> Comparison:
    """Judge the sums; ``labels`` gives by kind of group each learner's group [L] (-1 for none) and the groups' names."""
    here = sums.n > 0
    groups: list[Group] = []
    hidden: dict[str, int] = {}
    for kind, (of, names) in labels.items():
        for number, name in enumerate(names):
            members = here & (of == number)
            if np.count_nonzero(members) >= CELL:
                groups.append(_group(kind, name, sums, members))
            elif np.count_nonzero(members):
                hidden[kind] = hidden.get(kind, 0) + 1
    return Comparison(
        cut,
        int(np.count_nonzero(here)),
        int(sums.n.sum()),
        _quality(sums, 0),
        _quality(sums, 1),
        _difference(sums.loss, sums.n, here, SURE),
        _difference(sums.brier, sums.n, here, SURE),
        tuple(groups),
        hidden,
    )


def quarters(sums: Sums, least: int = 10) -> tuple[Longs, tuple[str, ...]]:
    """Return the learners' quartile of accuracy before the cut, and its names; fewer than ``least`` answers is a group of
    its own. Only learners with later answers are ranked."""
    known = (sums.before >= least) & (sums.n > 0)
    share = np.where(known, sums.before_right / np.maximum(sums.before, 1.0), 0.0)
    of = np.where(sums.n > 0, 4, -1)
    order = np.argsort(share[known], kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    of[known] = rank * 4 // max(len(order), 1)
    return of, ("lowest quarter", "second quarter", "third quarter", "highest quarter", "new")


def _group(kind: str, name: str, sums: Sums, members: Flags) -> Group:
    n = float(sums.n[members].sum())
    bias = [float(sums.said[members, m].sum() - sums.right[members].sum()) / n for m in (0, 1)]
    passed = [float(sums.passed[members, m].sum()) for m in (0, 1)]
    excess = [float(sums.excess[members, m].sum()) / passed[m] if passed[m] >= 100 else float("nan") for m in (0, 1)]
    return Group(
        kind,
        name,
        int(np.count_nonzero(members)),
        int(n),
        _difference(sums.loss, sums.n, members, HARM),
        _difference(sums.brier, sums.n, members, HARM),
        (bias[0], bias[1]),
        (excess[0], excess[1]),
    )


def _difference(values: Floats, n: Floats, members: Flags, level: float) -> Difference:
    """The mean difference a response, as a ratio of learners' sums, with its interval."""
    gap, weight = values[members, 1] - values[members, 0], n[members]
    count, total = len(weight), float(weight.sum())
    if count < 2 or total == 0.0:
        return Difference(0.0, -np.inf, np.inf)
    mean = float(gap.sum()) / total
    error = float(np.sqrt(((gap - mean * weight) ** 2).sum() * count / (count - 1))) / total
    reach = float(stdtrit(count - 1, 0.5 + level / 2.0)) * error
    return Difference(mean, mean - reach, mean + reach)


def _quality(sums: Sums, model: int) -> Quality:
    n = max(float(sums.n.sum()), 1.0)
    wrong, right = sums.counts[model, :, 0], sums.counts[model, :, 1]
    pairs = float(wrong.sum() * right.sum())
    below = np.cumsum(wrong) - wrong / 2.0
    place = np.minimum((np.arange(FINE) + 0.5) / FINE * BINS, BINS - 1).astype(np.int64)
    count = np.bincount(place, weights=wrong + right, minlength=BINS)
    seen = np.bincount(place, weights=right, minlength=BINS)
    told = sums.told[model]
    filled = np.flatnonzero(count)
    return Quality(
        float(sums.loss[:, model].sum()) / n,
        float(sums.brier[:, model].sum()) / n,
        float((right * below).sum()) / pairs if pairs else 0.5,
        float(np.abs(told - seen).sum()) / n,
        float(sums.said[:, model].sum() - sums.right.sum()) / n,
        tuple((float(told[b] / count[b]), float(seen[b] / count[b]), int(count[b])) for b in filled),
    )
