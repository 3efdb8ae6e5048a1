"""Setting a writing task, collecting texts, and bringing it to its end. A named person takes every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from headway.core.measurement.judgement.marks import exemplars
from headway.school.curriculum.queries import curriculum_of
from headway.school.measurement.actions import NotTaken, record_measure
from headway.school.measurement.judgement.models import (
    Piece,
    PieceFile,
    PieceSheet,
    TaskJudge,
    TaskScale,
    WritingSection,
    WritingTask,
)
from headway.school.measurement.judgement.standing import LEVELS, keep_scale, standing_of
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import Person, School, Section
from headway.standards.handed_in import read_handed_in

LONGEST_TITLE, LONGEST_PROMPT, LONGEST_TEXT = 120, 4_000, 40_000
FEWEST_TEXTS = 3
ANCHORS = 5
MEASURE = "writing"
"""Name of the measure under which a finished task's scores are written down."""


@transaction.atomic
def open_task(
    *,
    school: School,
    title: str,
    prompt: str,
    sections: Sequence[Section],
    by: Person,
    now: float,
    due: float | None = None,
    target: float = 0.8,
    peers: bool = False,
    shared: bool = False,
    anchors_from: UUID | None = None,
    skill: str = "",
) -> WritingTask:
    """Set a task for the learners of some sections; whoever sets it judges too.

    ``anchors_from``: a finished task of this school, or a shared one, whose examples are judged among the new texts, so
    that both stand on one scale. ``skill``: what the texts are evidence of in the learners' profiles. Raises NotTaken
    without title, prompt or section, for a target outside 0.5 to 0.95, and for a skill that the district does not teach.
    """
    if not title.strip() or not prompt.strip():
        raise NotTaken(_("A writing task needs a title and a prompt."))
    if not sections:
        raise NotTaken(_("Choose at least one class."))
    if not 0.5 <= target <= 0.95:
        raise NotTaken(_("Choose a precision from 0.5 to 0.95."))
    if skill and skill not in curriculum_of(school.district_id).skill_number:
        raise NotTaken(_("The district does not teach this skill."))
    district = school.district_id
    task = WritingTask.objects.create(
        district_id=district,
        school=school,
        title=title.strip()[:LONGEST_TITLE],
        prompt=prompt.strip()[:LONGEST_PROMPT],
        due=due,
        target=target,
        peers=peers,
        shared=shared,
        skill=skill,
        by=by,
        at=now,
    )
    WritingSection.objects.bulk_create(WritingSection(district_id=district, task=task, section=s) for s in sections)
    TaskJudge.objects.create(district_id=district, task=task, person=by, kind="teacher", by=by, at=now)
    if anchors_from is not None:
        _bring_anchors(task, anchors_from, by, now)
    return task


def _bring_anchors(task: WritingTask, earlier: UUID, by: Person, now: float) -> None:
    source = TaskScale.objects.filter(task_id=earlier, task__closed_at__isnull=False).select_related("task").first()
    if source is None or not (source.task.shared or source.task.school_id == task.school_id):
        raise NotTaken(_("Only a finished task of this school, or one that is shared, can lend its examples."))
    keys = list(source.scores)
    score, error = (np.array([source.scores[key][k] for key in keys]) for k in (0, 1))
    chosen = [keys[k] for k in exemplars(score, error, ANCHORS)]
    for piece in Piece.objects.filter(id__in=chosen):
        value, off = source.scores[str(piece.id)]
        Piece.objects.create(
            district_id=task.district_id,
            task=task,
            kind=piece.kind,
            text=piece.text,
            sheets=piece.sheets,
            origin_id=piece.origin_id or piece.id,
            anchor_score=value,
            anchor_error=off,
            by=by,
            at=now,
        )


@transaction.atomic
def hand_in(
    *,
    task: WritingTask,
    learner: Person,
    by: Person,
    now: float,
    text: str = "",
    file: bytes | None = None,
    sheets: Sequence[bytes] = (),
) -> Piece:
    """Keep a learner's text; a later one takes its place until judging begins.

    ``file`` is a PDF or photo and wins over ``text``; ``sheets`` are the pages of a PDF as pictures. Raises NotTaken when
    nothing is handed in, it is too long, or judging has begun; ImportProblem for a file that may not be kept.
    """
    if WritingTask.objects.select_for_update().get(id=task.id).judging_at is not None:
        raise NotTaken(_("Judging has begun, so this text cannot be changed any more."))
    words = text.replace("\r\n", "\n").strip()
    found = read_handed_in(file) if file is not None else None
    if found is None and not words:
        raise NotTaken(_("There is nothing to hand in yet. Write something, or choose a file."))
    if found is None and len(words) > LONGEST_TEXT:
        raise NotTaken(_("This text is too long to hand in; hand it in as a PDF."))
    piece, _made = Piece.objects.update_or_create(
        task=task,
        learner=learner,
        defaults={
            "district_id": task.district_id,
            "kind": found.kind if found else "typed",
            "text": "" if found else words,
            "sheets": len(sheets) if found else 0,
            "by": by,
            "at": now,
        },
    )
    PieceFile.objects.filter(piece=piece).delete()
    PieceSheet.objects.filter(piece=piece).delete()
    if found is not None:
        PieceFile.objects.create(district_id=task.district_id, piece=piece, data=found.data)
        PieceSheet.objects.bulk_create(
            PieceSheet(district_id=task.district_id, piece=piece, number=number, data=data)
            for number, data in enumerate(sheets, 1)
        )
    return piece


@transaction.atomic
def invite(*, task: WritingTask, people: Sequence[Person], by: Person, now: float) -> int:
    """Let these adults judge, those of other schools as guests; return how many are new."""
    if task.closed_at is not None:
        raise NotTaken(_("This task is finished."))
    known = set(TaskJudge.objects.filter(task=task).values_list("person", flat=True))
    ours = set(
        Person.objects.filter(id__in=[p.id for p in people], roles__school=task.school_id).values_list("id", flat=True)
    )
    rows = [
        TaskJudge(
            district_id=task.district_id,
            task=task,
            person=p,
            kind="teacher" if p.id in ours else "guest",
            by=by,
            at=now,
        )
        for p in people
        if p.id not in known
    ]
    return len(TaskJudge.objects.bulk_create(rows))


@transaction.atomic
def begin_judging(*, task: WritingTask, by: Person, now: float) -> None:
    """Close the collection and open the judging; learners who handed in judge too where the task says so.

    Raises NotTaken for fewer than three texts.
    """
    row = WritingTask.objects.select_for_update().get(id=task.id)
    if row.judging_at is not None:
        return
    pieces = Piece.objects.filter(task=task)
    if pieces.count() < FEWEST_TEXTS:
        raise NotTaken(_("Judging needs at least three texts."))
    row.judging_at = now
    row.save(update_fields=["judging_at"])
    if row.peers:
        writers = pieces.filter(learner__isnull=False).values_list("learner", flat=True)
        TaskJudge.objects.bulk_create(
            [
                TaskJudge(district_id=task.district_id, task=task, person_id=learner, kind="peer", by=by, at=now)
                for learner in writers
            ],
            ignore_conflicts=True,
        )


@transaction.atomic
def name_levels(*, task: WritingTask, levels: Mapping[UUID, int | None], now: float) -> bool:
    """Name texts as typical of a level (0 is the first), or take that back (None); the places are set anew.

    Return whether places follow the examples: each level has one, and in the order that the judges found. Raises NotTaken
    for an unknown level.
    """
    for piece, level in levels.items():
        if level is not None and not 0 <= level < len(LEVELS):
            raise NotTaken(_("There is no such level."))
        Piece.objects.filter(id=piece, task=task).exclude(level=level).update(level=level)
    keep_scale(task, now)
    found = standing_of(task.id)
    return found is not None and found.by_examples


@transaction.atomic
def close_task(*, task: WritingTask, by: Person, now: float) -> None:
    """End the judging. Each learner's score with its error becomes a measure on record, in logits; that is how writing
    reaches rules and progress. ``school.loop.judged`` also folds it into the profile. Raises NotTaken when nothing has
    been decided."""
    row = WritingTask.objects.select_for_update().get(id=task.id)
    if row.closed_at is not None:
        return
    scale = keep_scale(row, now)
    if scale is None or row.judging_at is None:
        raise NotTaken(_("Nobody has decided anything yet."))
    row.closed_at, row.closed_by = now, by
    row.save(update_fields=["closed_at", "closed_by"])
    day = local_date(time_zone_of(row.district_id), now).toordinal() - 719_163
    for piece in Piece.objects.filter(task=row, learner__isnull=False).select_related("learner"):
        if piece.learner is None or str(piece.id) not in scale.scores:
            continue
        score, error = scale.scores[str(piece.id)]
        record_measure(
            learner=piece.learner, measure=MEASURE, day=day, score=score, se=error, unit="logits", form=str(row.id),
            detail={"task": row.title, "reliability": scale.reliability}, source="judgement", by=by, now=now,
        )  # fmt: skip


@transaction.atomic
def release(*, task: WritingTask, now: float) -> None:
    """Let learners see what they get back. Raises NotTaken before the task is finished."""
    row = WritingTask.objects.select_for_update().get(id=task.id)
    if row.closed_at is None:
        raise NotTaken(_("Finish the judging first."))
    if row.released_at is None:
        row.released_at = now
        row.save(update_fields=["released_at"])
