"""The scale of a task as its judgements have it now."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from headway.core.measurement.judgement.comparisons import Comparisons, Floats
from headway.core.measurement.judgement.marks import cuts_from_exemplars, level_chances
from headway.core.measurement.judgement.scale import Anchor, Scale, fit_scale
from headway.core.text import T
from headway.school.measurement.judgement.models import Judgement, Piece, TaskScale, WritingTask

LEVELS = (T("Getting started"), T("On the way"), T("Strong"))
"""Places in words, the first the lowest."""

BETWEEN = 0.6
"""A text is said to lie between two levels when neither is likelier than this."""

UNKNOWN = 1.5
"""Standard error of a text that nobody has judged: the usual spread of writing in a year group."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A fitted task: ``pieces`` in the order of ``scale.score``; ``judges``: the people in the order of the scale's;
    ``cuts`` between the levels; ``by_examples``: whether the texts that were named for the levels set them."""

    pieces: tuple[UUID, ...]
    judges: tuple[UUID, ...]
    scale: Scale
    cuts: Floats
    by_examples: bool


def standing_of(task: UUID) -> Standing | None:
    """Fit the scale on all decisions of a task; None when there is none. Two queries."""
    rows = list(
        Judgement.objects.filter(task=task).values_list("judge", "winner", "loser", "left_won", "seconds", "audit")
    )
    if not rows:
        return None
    pieces = list(
        Piece.objects.filter(task=task).order_by("id").only("id", "level", "origin", "anchor_score", "anchor_error")
    )
    number = {piece.id: k for k, piece in enumerate(pieces)}
    judges = sorted({row[0] for row in rows}, key=str)
    who = {judge: k for k, judge in enumerate(judges)}
    table = np.array([(number[w], number[lo], who[j]) for j, w, lo, *_rest in rows], np.int64)
    comparisons = Comparisons(
        tuple(str(piece.id) for piece in pieces),
        tuple(str(judge) for judge in judges),
        table[:, 0],
        table[:, 1],
        table[:, 2],
        np.array([row[3] for row in rows], np.bool_),
        np.array([row[4] for row in rows], np.float64),
        np.array([row[5] for row in rows], np.bool_),
    )
    anchors = {
        str(piece.id): Anchor(piece.anchor_score, piece.anchor_error)
        for piece in pieces
        if piece.anchor_score is not None and piece.anchor_error is not None
    }
    scale = fit_scale(comparisons, anchors, begun=True)
    named = _named_cuts(scale, pieces)
    cuts = _other_cuts(scale, pieces) if named is None else named
    return Standing(tuple(number), tuple(judges), scale, cuts, named is not None)


def _named_cuts(scale: Scale, pieces: list[Piece]) -> Floats | None:
    """Cuts by the texts that the teacher named; None until every level has one, and where the judges see these texts in
    another order, so that the names cannot set the cuts."""
    named = {k: piece.level for k, piece in enumerate(pieces) if piece.level is not None}
    if set(named.values()) != set(range(len(LEVELS))):
        return None
    try:
        return cuts_from_exemplars(scale.score, scale.error, named)
    except ValueError:
        return None


def _other_cuts(scale: Scale, pieces: list[Piece]) -> Floats:
    """The cuts of the task that the anchors come from; without anchors thirds of the spread."""
    origin = next((piece.origin_id for piece in pieces if piece.origin_id is not None), None)
    kept = TaskScale.objects.filter(task__pieces=origin).values_list("cuts", flat=True).first() if origin else None
    if kept is not None:
        return np.array(kept)
    centre = scale.posterior.centre
    return np.array([centre - 0.43 * scale.spread, centre + 0.43 * scale.spread])


def keep_scale(task: WritingTask, now: float | None = None) -> TaskScale | None:
    """Fit and keep the scale for the next pairs and for what learners see; None without decisions."""
    found = standing_of(task.id)
    if found is None:
        return None
    scale = found.scale
    row, _made = TaskScale.objects.update_or_create(
        task=task,
        defaults={
            "district_id": task.district_id,
            "decisions": len(scale.comparisons),
            "reliability": scale.reliability,
            "spread": scale.spread,
            "scores": {
                str(piece): [round(float(scale.score[k]), 5), round(float(scale.error[k]), 5)]
                for k, piece in enumerate(found.pieces)
            },
            "cuts": [round(float(cut), 5) for cut in found.cuts],
            "at": time.time() if now is None else now,
        },
    )
    return row


def place_of(score: float, error: float, cuts: list[float]) -> tuple[int, ...]:
    """The level of a score, or the two neighbouring levels that it lies between."""
    chances = level_chances(np.array([score]), np.array([max(error, 1e-6)]), np.array(cuts))[0]
    best = int(chances.argmax())
    if float(chances[best]) >= BETWEEN:
        return (best,)
    near = [k for k in (best - 1, best + 1) if 0 <= k < len(chances)]
    other = max(near, key=lambda k: float(chances[k]))
    return tuple(sorted((best, other)))


def scaled(score: float) -> int:
    """A score for reports: 500 is the middle of the first task of a scale, 50 is one logit."""
    return round(500 + 50 * score)
