"""What chance did not decide: hints that learners asked for, and support that people chose. Like is compared with like.

Nobody draws lots for a hint or for a place in a support group, so such effects carry a lower label. Who asks is compared with who
asks elsewhere; who is supported with the most alike who are not. Where they were not alike before, nothing is compared.
"""

from __future__ import annotations

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.evidence.efficacy.drawn import LEARNERS, Drawn, expected
from headway.core.evidence.efficacy.later import Longs

ALIKE = 0.25
"""Largest difference before, in standard deviations (What Works Clearinghouse)."""
NEIGHBOURS = 3
"""How many of those most alike stand for somebody's other life."""
UNLIKE = 5
"""Code beside those of ``Drawn.why_not``: the groups were not alike before."""


def beside(thing: Longs, outcome: Floats, known: Floats, learner: Longs, things: int) -> tuple[Drawn, Longs]:
    """Compare the outcomes [D] after each of ``things`` with those after all others, given what was known before [D, C].

    Returns the effects, and why nothing may be said of a thing [K] (0: something may; see ``Drawn.why_not`` and :data:`UNLIKE`).
    """
    there = np.isfinite(outcome)
    rest = (outcome - expected(outcome, known, learner))[there]
    of, who, before = thing[there], learner[there], known[there]
    count, every = np.bincount(of, minlength=things), max(len(of), 1)
    mean = np.bincount(of, rest, things) / np.maximum(count, 1)
    share = count / every
    effect = (mean - (rest.mean() if len(rest) else 0.0)) / np.maximum(1.0 - share, 1e-9)
    people = int(learner.max(initial=0)) + 1
    found, place = np.unique(of * people + who, return_inverse=True)
    group = found // people
    score = np.bincount(place, rest - mean[of], len(found))
    clusters = np.bincount(group, minlength=things)
    sums = np.bincount(group, score**2, things) * clusters / np.maximum(clusters - 1.0, 1.0)
    everybody = float((np.bincount(who, rest - mean[of], people) ** 2).sum()) if len(rest) else 0.0
    error = np.sqrt(sums / np.maximum(count, 1) ** 2 + everybody / every**2)
    others = len(np.unique(who)) if len(who) else 0
    drawn = Drawn(
        effect, error, np.maximum(clusters - 1.0, 1.0), count.astype(np.int64), np.full(things, every), clusters.astype(np.int64),
        np.full(things, others), count.astype(np.float64), np.zeros(things),
    )  # fmt: skip
    why = np.where(clusters < LEARNERS, 2, 0)
    if len(before):
        spread = np.where(before.std(0) > 0.0, before.std(0), 1.0)
        apart = np.stack(
            [np.bincount(of, column, things) / np.maximum(count, 1) - column.mean() for column in before.T]
        )
        why = np.where((why == 0) & (np.abs(apart / spread[:, None]).max(0) > ALIKE), UNLIKE, why)
    return drawn, why.astype(np.int64)


def matched(
    thing: Longs, pair: Longs, chosen: Floats, outcome: Floats, known: Floats, learner: Longs, things: int
) -> tuple[Drawn, Longs]:
    """Compare who was chosen for each of ``things`` with the three most alike of those beside them who were not.

    Rows [D]: ``pair`` numbers what is compared with each other (a moment at which somebody was chosen, with who else there was),
    ``chosen`` is 1 for who was. The error counts somebody who stands for several more than once (Abadie and Imbens 2006).
    """
    there = np.isfinite(outcome)
    rest = outcome - expected(outcome, known, learner)
    spread = np.where(known.std(0) > 0.0, known.std(0), 1.0) if len(known) else np.ones(known.shape[1])
    z = known / spread
    gaps: list[list[float]] = [[] for _ in range(things)]
    away: list[list[Floats]] = [[] for _ in range(things)]
    used: list[dict[int, float]] = [{} for _ in range(things)]
    order = np.argsort(pair, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(pair[order])) + 1):
        rows = rows[there[rows]]
        mine, others = rows[chosen[rows] > 0.0], rows[chosen[rows] == 0.0]
        if len(mine) != 1 or len(others) < NEIGHBOURS:
            continue
        row = int(mine[0])
        near = others[np.argsort(((z[others] - z[row]) ** 2).sum(1), kind="stable")[:NEIGHBOURS]]
        k = int(thing[row])
        gaps[k].append(float(rest[row] - rest[near].mean()))
        away[k].append(z[row] - z[near].mean(0))
        for other in near.tolist():
            used[k][int(learner[other])] = used[k].get(int(learner[other]), 0.0) + 1.0 / NEIGHBOURS
    noise = float(np.var(rest[there])) if there.any() else 0.0
    count = np.array([len(each) for each in gaps], np.int64)
    effect = np.array([float(np.mean(each)) if each else 0.0 for each in gaps])
    error = np.array([
        (noise * (len(each) + sum(w * w for w in u.values()))) ** 0.5 / max(len(each), 1)
        for each, u in zip(gaps, used, strict=True)
    ])  # fmt: skip
    stood = np.array([len(u) for u in used], np.int64)
    apart = np.array([float(np.abs(np.mean(each, 0)).max()) if each else 0.0 for each in away])
    why = np.select([(count < LEARNERS) | (stood < LEARNERS), apart > ALIKE], [2, UNLIKE], 0).astype(np.int64)
    drawn = Drawn(
        effect, error, np.maximum(count - 1.0, 1.0), count, count, count, stood, count.astype(float), np.zeros(things)
    )
    return drawn, why
