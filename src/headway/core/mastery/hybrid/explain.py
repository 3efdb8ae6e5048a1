"""Why ``hybrid-1`` expects what it expects: each term of the prediction as a sentence with its points.

Core and transfer are sums in logits, so that a term's points are the fall of the chance, in percentage points, if the
term alone were left out. What the corrector adds is one term more; it is not taken apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.hybrid import layout as at
from headway.core.mastery.hybrid.memory import slot_of
from headway.core.mastery.hybrid.row import describe
from headway.core.mastery.hybrid.serve import HybridBelief, ServedHybrid
from headway.core.mastery.hybrid.tables import bind
from headway.core.mastery.hybrid.trees import forest_sum
from headway.core.text import T, Text

_PARTS = (
    (T("How often the learner has practised and been right, in all: {points}."), (1, 2)),
    (T("How often this skill was practised and was right: {points}."), (3, 4)),
    (T("This very problem was met before: {points}."), (5, 6)),
    (T("How things went lately, over all skills: {points}."), (7, 8, 9, 14, 15, 16)),
    (T("How this skill went lately: {points}."), (10, 11, 12, 13, 17, 18, 19, 20, 21)),
    (T("The time since the last answer: {points}."), (22,)),
    (T("The time since this skill was practised: {points}."), (23,)),
    (T("The same problem came just before: {points}."), (24,)),
    (T("The same skill came just before: {points}."), (25,)),
    (T("The skill is new to the learner: {points}."), (26,)),
    (T("How often hints were needed lately: {points}."), (27, 28)),
)
"""Sentences of the core's columns (see ``layout.CORE_NAMES``)."""
_TRANSFER = (
    T("What the last few answers to other problems tell about this one: {points}."),
    T("What the last ten or so answers tell about this one: {points}."),
    T("What the last fifty or so answers tell about this one: {points}."),
    T("What all answers together tell about this one: {points}."),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One reason: a ``sentence``, its ``logits`` and its ``points`` (percentage points of the chance, may be
    negative)."""

    sentence: Text
    logits: float
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """``chance`` of a right first answer and the terms that make it, the largest first; their logits sum to the
    chance's own logit."""

    chance: float
    terms: tuple[Term, ...]


def explain(model: ServedHybrid, belief: HybridBelief, curriculum: Curriculum, item: int) -> Explanation:
    """Take the prediction of an item (number in the curriculum) apart."""
    c, fitted = curriculum, model.artefact.model
    bound = bind(model.artefact, curriculum)
    numbers = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
    skills = bound.skill[numbers]
    blank = len(belief.memory.traces) - 1
    places = np.where(belief.row[numbers] >= 0, belief.row[numbers], blank).astype(np.int32)
    x, parts, row = np.empty(len(at.NAMES), np.float32), np.zeros(4), int(bound.item[item])
    slot = slot_of(belief.memory.items, float(bound.key[item]))
    core = bound.core
    describe(
        x, parts, belief.memory, core, bound.transfer, bound.context, row, slot, skills, places, 0, len(skills),
        belief.now, True,
    )  # fmt: skip
    traces = belief.memory.traces[places]
    slopes = core.tries[skills] * np.log1p(traces[:, at.TRIES]) + core.right[skills] * np.log1p(traces[:, at.RIGHT])
    pieces = [
        (
            T("How easy this skill is for learners like these: {points}."),
            float(core.dense[0] + core.skill[skills].sum()),
        )
    ]
    pieces.append((T("How easy this problem is among those of its skill: {points}."), float(core.item[row])))
    pieces.append((T("How fast this skill is usually learnt: {points}."), float(slopes.sum())))
    pieces += [(text, float(core.dense[list(columns)] @ x[list(columns)])) for text, columns in _PARTS]
    pieces += [(text, float(part)) for text, part in zip(_TRANSFER, parts, strict=True)]
    raw = float(x[at.CORE + 1])
    final = fitted.shift + fitted.slope * (raw + float(forest_sum(x, fitted.forest)))
    finer = final - sum(value for _, value in pieces)
    pieces.append((T("Finer patterns in the learner's history, not taken apart: {points}."), finer))
    return _explained(final, pieces)


def _explained(final: float, pieces: list[tuple[Text, float]]) -> Explanation:
    chance = _sigmoid(final)
    terms = []
    for text, value in pieces:
        points = 100.0 * (chance - _sigmoid(final - value))
        said = T("{sign}{number} points", sign="+" if points >= 0 else "−", number=f"{abs(points):.0f}")
        terms.append(Term(Text(text.message, (("points", said),)), value, points))
    return Explanation(chance, tuple(sorted(terms, key=lambda term: -abs(term.logits))))


def _sigmoid(logit: float) -> float:
    return float(1.0 / (1.0 + np.exp(-logit)))
