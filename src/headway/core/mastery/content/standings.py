"""What a learner's standing in one skill says of another, over all pairs: the sums that prerequisites and merges are read from.

For each early answer to skill B (until it has ``EARLY`` of its own) and each other skill A that the learner has answered
``KNOWN`` times or more: how the answer fell against what was foreseen, times how far the learner stands in A above what they
show elsewhere. Where the model has it right the product is 0 on average, whatever the path chose, because the standing is
known before the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.content.answers import Answers
from headway.core.mastery.refit.log import Flags, Longs

EARLY, KNOWN = 8, 3


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """By pair [A, B] of the K skills in ``skills`` (numbers in the curriculum): ``learners`` and ``answers``; ``score`` sums
    of unforeseen success times standing, ``information`` and ``variance`` of it (learners as clusters); ``lent`` the share
    of the standing in A that the model had already lent to B, on average."""

    skills: Longs
    learners: Floats
    answers: Floats
    score: Floats
    information: Floats
    variance: Floats
    lent: Floats

    @property
    def effect(self) -> Floats:
        """Logits that B moves, beyond what was foreseen, for a logit of standing in A (one Newton step) [K, K]."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.information > 0.0, self.score / self.information, np.nan)

    @property
    def error(self) -> Floats:
        """Standard error of ``effect`` [K, K]."""
        with np.errstate(divide="ignore", invalid="ignore"):
            wide = np.sqrt(np.maximum(self.variance, self.information)) / self.information
            return np.where(self.information > 0.0, wide, np.nan)


def pairs_of(a: Answers, curriculum: Curriculum, transfer: float) -> Pairs:
    """Sum up all pairs of skills that anybody has practised; ``transfer`` is the model's own share that it lends."""
    used = a.counted & (a.skill >= 0)
    skills = np.unique(a.skill[used]).astype(np.int64)
    number = np.full(len(curriculum.skills), -1)
    number[skills] = np.arange(len(skills))
    lends = np.zeros((len(skills), len(skills)))
    for place, skill in enumerate(skills.tolist()):
        before = curriculum.before[curriculum.before_at[skill] : curriculum.before_at[skill + 1]]
        inside = number[before]
        lends[inside[inside >= 0], place] = transfer / max(len(before), 1)
    starts = np.flatnonzero(np.diff(a.learner, prepend=-1) != 0)
    out = np.zeros((6, len(skills), len(skills)))
    rows = np.where(used, number[np.maximum(a.skill, 0)], -1)
    chance = expit(a.foreseen)
    _walk(
        np.append(starts, len(a.learner)), rows, a.solved - chance, chance * (1.0 - chance), a.ability, a.spread,
        a.pull, lends, out,
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        lent = np.where(out[3] > 0.0, out[5] / out[3], 0.0)
    return Pairs(skills, out[0], out[1], out[2], out[3], out[4], lent)


@compiled
def _walk(
    starts: Longs,
    skill: Longs,
    rest: Floats,
    known: Floats,
    ability: Floats,
    spread: Floats,
    pull: Floats,
    lends: Floats,
    out: Floats,
) -> None:
    """Fill ``out``: learners, answers, score, information, variance, and what was lent."""
    count = lends.shape[0]
    score, seen = np.zeros((count, count)), np.zeros((count, count))
    for learner in range(starts.shape[0] - 1):
        mean, trust, first, n = np.zeros(count), np.zeros(count), np.ones(count), np.zeros(count, np.int64)
        met, touched = np.empty(count, np.int64), 0
        for r in range(starts[learner], starts[learner + 1]):
            b = skill[r]
            if b < 0:
                continue
            if n[b] == 0:
                met[touched], first[b] = b, spread[r]
                touched += 1
            if n[b] < EARLY:
                _compare(b, met[:touched], mean, trust, n, rest[r], known[r], pull[r], lends, score, seen, out)
            left = spread[r] / (1.0 + spread[r] * known[r])
            mean[b] = ability[r] + left * rest[r]
            # The model lends the more, the more of its first doubt about a skill is gone.
            trust[b] = max(1.0 - left / first[b], 0.0)
            n[b] += 1
        _close(met[:touched], score, seen, out)


@compiled
def _compare(
    b: int,
    met: Longs,
    mean: Floats,
    trust: Floats,
    n: Longs,
    rest: float,
    known: float,
    pull: float,
    lends: Floats,
    score: Floats,
    seen: Floats,
    out: Floats,
) -> None:
    """Hold one answer to skill ``b`` beside the learner's standing in every other skill met."""
    total, others = 0.0, 0
    for a in met:
        if a != b and n[a] >= KNOWN:
            total += mean[a]
            others += 1
    if others < 3:
        return
    for a in met:
        if a != b and n[a] >= KNOWN:
            # Standing against the other skills alone, so that it does not hang on itself.
            z = mean[a] - (total - mean[a]) / (others - 1)
            score[a, b] += rest * z
            seen[a, b] += 1.0
            out[3, a, b] += known * z * z
            out[5, a, b] += known * z * z * lends[a, b] * pull * trust[a]


@compiled
def _close(met: Longs, score: Floats, seen: Floats, out: Floats) -> None:
    """Add a learner's sums to everybody's, and clear them."""
    for a in met:
        for b in met:
            if seen[a, b] > 0.0:
                out[0, a, b] += 1.0
                out[1, a, b] += seen[a, b]
                out[2, a, b] += score[a, b]
                out[4, a, b] += score[a, b] * score[a, b]
                score[a, b] = 0.0
                seen[a, b] = 0.0


def closure(curriculum: Curriculum, skills: Longs) -> Flags:
    """Return whether each skill A is a prerequisite of B, directly or through others [K, K]."""
    number = {int(skill): place for place, skill in enumerate(skills)}
    out = np.zeros((len(skills), len(skills)), bool)
    for place, skill in enumerate(skills.tolist()):
        open_, done = [skill], {skill}
        while open_:
            for earlier in _before(curriculum, open_.pop()).tolist():
                if earlier not in done:
                    done.add(earlier)
                    open_.append(earlier)
                    if earlier in number:
                        out[number[earlier], place] = True
    return out


def _before(curriculum: Curriculum, skill: int) -> Ints:
    return curriculum.before[curriculum.before_at[skill] : curriculum.before_at[skill + 1]]
