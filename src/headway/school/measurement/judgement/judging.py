"""Two texts lie before a judge; the judge decides; the decision is kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import numpy as np
from django.db import transaction

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.core.measurement.judgement.pairing import next_pair
from headway.school.measurement.judgement.models import (
    Judgement,
    PairInHand,
    Piece,
    PieceComment,
    PieceMark,
    TaskJudge,
    TaskScale,
    WritingTask,
)
from headway.school.measurement.judgement.standing import UNKNOWN, keep_scale
from headway.school.people.models import Person

LONGEST_COMMENT = 600
FRESH = 0.25
"""The scale is fitted again when the decisions since the last fit reach this part of the texts."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Two texts side by side; ``decided``: how many pairs this judge has decided before."""

    id: UUID
    left: Piece
    right: Piece
    decided: int


@transaction.atomic
def pair_for(*, task: WritingTask, judge: Person, now: float, seed: int) -> Offer | None:
    """Return the pair in the judge's hand, or choose the next one; None when they may not judge or nothing is left.

    ``seed`` makes the choice; its probability is kept with the decision. A judge never gets their own text.
    """
    if task.judging_at is None or task.closed_at is not None:
        return None
    if not TaskJudge.objects.filter(task=task, person=judge).exists():
        return None
    decided = Judgement.objects.filter(task=task, judge=judge).count()
    hand = PairInHand.objects.filter(task=task, judge=judge).select_related("left", "right")
    held = hand.first()
    if held is None:
        found = _choose(task, judge, seed)
        if found is None:
            return None
        left, right, audit, probability = found
        row = PairInHand(
            district_id=task.district_id, task=task, judge=judge, left_id=left, right_id=right, audit=audit,
            probability=probability, shown_at=now,
        )  # fmt: skip
        PairInHand.objects.bulk_create([row], ignore_conflicts=True)  # another window of theirs may have been first
        held = hand.get()
    return Offer(held.id, held.left, held.right, decided)


def _choose(task: WritingTask, judge: Person, seed: int) -> tuple[UUID, UUID, bool, float] | None:
    rows = Piece.objects.filter(task=task).order_by("id")
    pieces = list(rows.values_list("id", "learner", "anchor_score", "anchor_error"))
    number = {row[0]: k for k, row in enumerate(pieces)}
    counts, seen = np.zeros(len(pieces), np.int64), set()
    for winner, loser, who in Judgement.objects.filter(task=task).values_list("winner", "loser", "judge"):
        a, b = number[winner], number[loser]
        counts[[a, b]] += 1
        if who == judge.id:
            seen.add((min(a, b), max(a, b)))
    for left, right in PairInHand.objects.filter(task=task).values_list("left", "right"):
        counts[[number[left], number[right]]] += 1
    known = TaskScale.objects.filter(task=task).values_list("scores", flat=True).first() or {}
    table = np.array([known.get(str(key), (score or 0.0, error or UNKNOWN)) for key, _who, score, error in pieces])
    found = next_pair(
        score=table[:, 0],
        error=table[:, 1],
        counts=counts,
        rng=np.random.default_rng(seed),
        allowed=np.array([row[1] != judge.id for row in pieces]),
        seen=seen,
    )
    if found is None:
        return None
    return pieces[found.left][0], pieces[found.right][0], found.audit, found.probability


@dataclass(frozen=True, slots=True)
class Say:
    """What a judge says to a writer: words, aspects that work, aspects that are a next step."""

    words: str = ""
    works: Sequence[str] = ()
    steps: Sequence[str] = ()


NOTHING_SAID = Say()


@transaction.atomic
def decide(
    *,
    task: WritingTask,
    judge: Person,
    pair: UUID,
    better: Literal["left", "right"],
    now: float,
    to_left: Say = NOTHING_SAID,
    to_right: Say = NOTHING_SAID,
) -> bool:
    """Keep a decision, with what the judge says to the two writers; False when the pair is not in their hand (any more)."""
    held = PairInHand.objects.select_for_update().filter(id=pair, task=task, judge=judge).first()
    row = WritingTask.objects.get(id=task.id)
    if held is None or row.closed_at is not None:
        return False
    winner, loser = (held.left_id, held.right_id) if better == "left" else (held.right_id, held.left_id)
    Judgement.objects.create(
        id=held.id,
        district_id=task.district_id,
        task=task,
        judge=judge,
        winner_id=winner,
        loser_id=loser,
        left_won=better == "left",
        audit=held.audit,
        probability=held.probability,
        seconds=max(now - held.shown_at, 0.0),
        at=now,
    )
    _keep_said(held.left_id, to_left, judge, now)
    _keep_said(held.right_id, to_right, judge, now)
    held.delete()
    _refresh(row, now)
    return True


def _keep_said(piece: UUID, say: Say, judge: Person, now: float) -> None:
    words, district = say.words.strip()[:LONGEST_COMMENT], judge.district_id
    if words:
        PieceComment.objects.create(district_id=district, piece_id=piece, by=judge, text=words, at=now)
    PieceMark.objects.bulk_create(
        PieceMark(district_id=district, piece_id=piece, by=judge, aspect=aspect, works=works, at=now)
        for works, chosen in ((True, say.works), (False, say.steps))
        for aspect in ASPECTS
        if aspect in chosen
    )


def _refresh(task: WritingTask, now: float) -> None:
    """Fit again when enough is new."""
    decisions = Judgement.objects.filter(task=task).count()
    fitted = TaskScale.objects.filter(task=task).values_list("decisions", flat=True).first() or 0
    if decisions - fitted >= max(3, FRESH * Piece.objects.filter(task=task).count()):
        keep_scale(task, now)
