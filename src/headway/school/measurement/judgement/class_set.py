"""What a class gets back from a judged task: what works, what is asked for, texts that show each level, each writer's step."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from headway.core.measurement.judgement.aspects import ASPECTS, Aspect
from headway.core.measurement.judgement.feedback import Count, Mark, counts_of, examples_by_level, for_writers
from headway.school.measurement.judgement.models import Piece, PieceComment, WritingTask
from headway.school.measurement.judgement.overview import Overview, Writer, overview_of
from headway.school.measurement.judgement.queries import marks_of
from headway.school.people.access import Viewer


@dataclass(frozen=True, slots=True)
class WriterSet:
    """What one learner is told: aspects that work, the next step (None: nobody named one), comments without names."""

    writer: Writer
    works: tuple[Aspect, ...]
    step: Aspect | None
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text to show to the class without a name. ``level`` is None where it stands for an aspect alone; ``named``: the
    teacher chose it, otherwise the scale suggests it."""

    piece: Piece
    level: int | None
    named: bool


@dataclass(frozen=True, slots=True)
class ClassSet:
    """``writers`` have handed in; ``counts``: what was asked for most comes first; ``examples``: one a level, the lowest
    first; ``marks``: taps of judges, for :func:`shows`."""

    found: Overview
    writers: tuple[WriterSet, ...]
    counts: tuple[Count, ...]
    examples: tuple[Shown, ...]
    marks: tuple[Mark, ...]

    def focus(self, wanted: str = "") -> Aspect | None:
        """The aspect that was asked for, else the one that most texts need; None where nobody named one."""
        if wanted in ASPECTS:
            return ASPECTS[wanted]
        return next((ASPECTS[count.aspect] for count in self.counts if count.asked), None)

    def shows(self, aspect: Aspect) -> Piece | None:
        """The learner's text in which most judges found that an aspect works and nobody asked for it."""
        praised: dict[str, set[str]] = defaultdict(set)
        for mark in self.marks:
            if mark.aspect == aspect.key and mark.works:
                praised[mark.text].add(mark.judge)
        for mark in self.marks:
            if mark.aspect == aspect.key and not mark.works:
                praised.pop(mark.text, None)
        pieces = {str(w.writer.piece.id): w.writer.piece for w in self.writers if w.writer.piece is not None}
        best = max((key for key in praised if key in pieces), key=lambda key: (len(praised[key]), key), default=None)
        return pieces[best] if best is not None else None

    def for_lesson(self, aspect: Aspect | None) -> list[Shown]:
        """The examples, and a text that shows the aspect where none of them does, in an order that says nothing of levels."""
        texts = list(self.examples)
        model = self.shows(aspect) if aspect is not None else None
        if model is not None and all(each.piece.id != model.id for each in texts):
            texts.append(Shown(model, None, named=False))
        return sorted(texts, key=lambda each: each.piece.id)


def class_set_of(viewer: Viewer, task: WritingTask, *, place: str) -> ClassSet:
    """Everything that a class gets back. Reading its learners' texts and places is written into the access log."""
    found = overview_of(viewer, task, place=place)
    marks = marks_of(task)
    told = for_writers(marks)
    comments: dict[UUID, list[str]] = defaultdict(list)
    for piece, text in PieceComment.objects.filter(piece__task=task).order_by("id").values_list("piece", "text"):
        comments[piece].append(text)
    writers = []
    ordered = sorted(found.writers, key=lambda each: (each.learner.family_name, each.learner.given_name))
    for writer in ordered:
        if writer.piece is None:
            continue
        said = told.get(str(writer.piece.id))
        works = tuple(ASPECTS[key] for key in said.works) if said else ()
        step = ASPECTS[said.step] if said and said.step else None
        writers.append(WriterSet(writer, works, step, tuple(comments[writer.piece.id])))
    return ClassSet(found, tuple(writers), counts_of(marks), _examples(found), tuple(marks))


def _examples(found: Overview) -> tuple[Shown, ...]:
    standing = found.standing
    if standing is None:
        return ()
    pieces = {w.piece.id: w.piece for w in found.writers if w.piece is not None and w.comparisons}
    rows = [k for k, piece in enumerate(standing.pieces) if piece in pieces]
    own = [pieces[standing.pieces[k]] for k in rows]
    named = {n: piece.level for n, piece in enumerate(own) if piece.level is not None}
    chosen = examples_by_level(standing.scale.score[rows], standing.scale.error[rows], standing.cuts, named)
    return tuple(Shown(own[each.text], each.level, each.named) for each in chosen)
