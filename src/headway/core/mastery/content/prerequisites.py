"""Prerequisites that the log contradicts or suggests, and skills that behave as one.

*Contradicted.* The model lends a learner's standing in a prerequisite to the skill that builds on it. Where the lent part has
to be taken back (its coefficient, 0 if the model has it right, is near -1), knowing the one says nothing of the other.
*Suggested.* Beyond what was foreseen, learners do better at B the higher they stand in A, and the graph does not know it.
Which of the two should come first the log cannot say where a path lets nobody try B without A: then it is a link, and a person
decides. *Merge.* Both ways a logit in one skill is close to a logit in the other: the log cannot tell the two apart.

What most pairs show is set to 0 (Efron's empirical null), so a general factor that the model misses makes no edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.content.discovery import LEARNERS, RATE, Flags, adjusted, below, reach, usual
from headway.core.mastery.content.standings import Pairs, closure

FAIR = 0.25
"""Share of what the model lends that may be too much before an edge is doubted."""
LINK, ONE = 0.2, 0.7
"""Logits a logit that a link must be worth to be suggested, and from which two skills may be one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Two skills (numbers in the curriculum), the ``earlier`` first. ``effect`` with its interval: for ``kind``
    ``contradicted`` the share of what is lent that the log speaks for (1 as the graph says, 0 nothing), for ``suggested`` and
    ``merge`` logits of the later skill a logit of standing in the earlier one. ``both`` says that it holds both ways."""

    kind: str
    earlier: int
    later: int
    learners: int
    answers: int
    effect: float
    low: float
    high: float
    adjusted: float
    both: bool


def contradicted(pairs: Pairs) -> tuple[list[Linked], int]:
    """Return edges of the graph that the log speaks against, and how many were looked at."""
    edges = pairs.lent > 0.02
    with np.errstate(divide="ignore", invalid="ignore"):
        share, error = pairs.effect / pairs.lent, pairs.error / pairs.lent
    asked = edges & (pairs.learners >= LEARNERS) & np.isfinite(share)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = share / error
        middle, spread = usual(z[asked])
        # An interval null: a little less than lent is no contradiction. Only what is too low everywhere is forgiven.
        z = (z + FAIR / error - min(middle, 0.0)) / spread
    q = _adjusted(below(z), asked)
    stands = asked & (q <= RATE) & (share < -0.5)
    wide = reach(stands.ravel(), asked.ravel()) * spread
    out = [
        _linked("contradicted", pairs, i, j, 1.0 + float(share[i, j]), wide * float(error[i, j]), float(q[i, j]))
        for i, j in np.argwhere(stands).tolist()
    ]
    return out, int(np.count_nonzero(asked))


def suggested(pairs: Pairs, curriculum: Curriculum) -> tuple[list[Linked], int]:
    """Return links that the graph does not have, both ways and merges once each, and how many pairs were looked at."""
    above = closure(curriculum, pairs.skills)
    known = pairs.lent > 0.02
    asked = (pairs.learners >= LEARNERS) & np.isfinite(pairs.effect) & ~known
    with np.errstate(divide="ignore", invalid="ignore"):
        z = pairs.effect / pairs.error
    middle, spread = usual(z[asked & ~above & ~above.T])
    q = _adjusted(below(-(z - middle) / spread), asked & ~above)
    found = asked & ~above & (q <= RATE)
    wide = reach(found.ravel(), asked.ravel()) * spread
    effect, half = pairs.effect - middle * pairs.error, wide * pairs.error
    total = effect + pairs.lent
    stands = found & (effect >= LINK)
    out, done = [], set()
    for i, j in sorted(np.argwhere(stands).tolist(), key=lambda at: (q[at[0], at[1]], at)):
        if (j, i) in done:
            continue
        done.add((i, j))
        both = bool(stands[j, i] or (known[j, i] and total[j, i] > LINK))
        one = both and _one(total, half, i, j)
        kind = "merge" if one else "suggested"
        first, last = (j, i) if above[j, i] or (both and _earlier(curriculum, pairs, j, i)) else (i, j)
        if above.T[i, j] and not one:
            continue  # the later one of a known chain says something of the earlier one: that is no news
        out.append(
            Linked(
                kind, int(pairs.skills[first]), int(pairs.skills[last]), int(pairs.learners[i, j]),
                int(pairs.answers[i, j]), float(effect[i, j]), float((effect - half)[i, j]), float((effect + half)[i, j]),
                float(q[i, j]), both,
            )
        )  # fmt: skip
    return out, int(np.count_nonzero(asked & ~above))


def _one(total: Floats, half: Floats, i: int, j: int) -> bool:
    """Whether two skills look like one: near a logit a logit both ways, and surely more than a usual link."""
    return bool(min(total[i, j], total[j, i]) >= ONE and min((total - half)[i, j], (total - half)[j, i]) >= LINK)


def _earlier(curriculum: Curriculum, pairs: Pairs, i: int, j: int) -> bool:
    one, other = int(pairs.skills[i]), int(pairs.skills[j])
    return (int(curriculum.level[one]), one) < (int(curriculum.level[other]), other)


def _adjusted(p: Floats, asked: Flags) -> Floats:
    out = np.full(p.shape, np.nan)
    out[asked] = adjusted(p[asked])
    return out


def _linked(kind: str, pairs: Pairs, i: int, j: int, effect: float, half: float, q: float) -> Linked:
    return Linked(
        kind, int(pairs.skills[i]), int(pairs.skills[j]), int(pairs.learners[i, j]), int(pairs.answers[i, j]), effect,
        effect - half, effect + half, q, False,
    )  # fmt: skip
