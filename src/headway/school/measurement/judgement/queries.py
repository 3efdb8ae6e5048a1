"""Reading writing tasks: who may see what, what is done, what learners get back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from headway.core.measurement.judgement.feedback import Mark, for_writers
from headway.school.curriculum.models import Skill
from headway.school.measurement.judgement.models import (
    Judgement,
    Piece,
    PieceComment,
    PieceFile,
    PieceMark,
    PieceSheet,
    TaskJudge,
    TaskScale,
    WritingSection,
    WritingTask,
)
from headway.school.measurement.judgement.standing import place_of
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import Enrolment, Person, RoleName

Task = WritingTask
"""A task, for those who only pass it on."""

TextOf = Piece
"""A text, for those who only pass it on."""

SCHOOL_WIDE = (RoleName.LEADER, RoleName.INTERVENTIONIST)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list, with its texts, the learners who are to write, and decisions so far. ``mine``: it may be run by
    the viewer; ``judging``: the viewer is one of its judges."""

    task: WritingTask
    texts: int
    writers: int
    decisions: int
    mine: bool
    judging: bool


def tasks_of(viewer: Viewer) -> list[TaskLine]:
    """The tasks that somebody runs or judges, the newest first. Four queries."""
    judge = TaskJudge.objects.filter(task=OuterRef("pk"), person=viewer.person)
    rows = list(
        WritingTask.objects.annotate(judging=Exists(judge))
        .filter(_runs(viewer) | Q(judging=True))
        .select_related("school", "by")
        .order_by("-at")[:100]
    )
    keys = [row.id for row in rows]
    texts = _counts(Piece.objects.filter(task__in=keys, learner__isnull=False))
    decisions = _counts(Judgement.objects.filter(task__in=keys))
    writers = dict(
        WritingSection.objects.filter(task__in=keys, section__enrolments__role="student")
        .values_list("task")
        .annotate(n=Count("section__enrolments__person", distinct=True))
        .order_by()
    )
    return [
        TaskLine(
            row, texts.get(row.id, 0), writers.get(row.id, 0), decisions.get(row.id, 0), _may_run(viewer, row),
            bool(row.judging),
        )
        for row in rows
    ]  # fmt: skip


def _counts(rows: QuerySet[Piece] | QuerySet[Judgement]) -> dict[UUID, int]:
    return dict(rows.values_list("task").annotate(n=Count("id")).order_by())


def _runs(viewer: Viewer) -> Q:
    schools = viewer.schools(*SCHOOL_WIDE)
    if None in schools:
        return Q()
    return Q(by=viewer.person) | Q(school__in=schools)


def _may_run(viewer: Viewer, task: WritingTask) -> bool:
    schools = viewer.schools(*SCHOOL_WIDE)
    return task.by_id == viewer.person.id or None in schools or task.school_id in schools


def task_run_by(viewer: Viewer, task: UUID) -> WritingTask:
    """A task for whoever runs it: who set it, and leaders and interventionists of its school. Raises NotAllowed."""
    found = WritingTask.objects.filter(id=task).select_related("school", "by").first()
    if found is None or not _may_run(viewer, found):
        raise NotAllowed("There is no such writing task among those that you run.")
    return found


def precision_so_far(task: UUID) -> float | None:
    """The reliability of all judges together when the scale was last fitted, a few decisions ago; None before. One query."""
    return TaskScale.objects.filter(task=task).values_list("reliability", flat=True).first()


def skills_taught() -> list[Skill]:
    """The skills of the district, in its order. One query."""
    return list(Skill.objects.order_by("number").only("key", "title", "subject", "grade"))


def task_judged_by(viewer: Viewer, task: UUID) -> WritingTask:
    """A task for one of its judges. Raises NotAllowed for anybody else."""
    found = WritingTask.objects.filter(id=task, judges__person=viewer.person).first()
    if found is None:
        raise NotAllowed("There is no such writing task among those that you judge.")
    return found


def file_for(viewer: Viewer, piece: UUID, sheet: int = 0) -> tuple[str, bytes]:
    """Kind and bytes of a handed-in file or, where ``sheet`` is named, of one of its pages; for its writer, a judge of its
    task and whoever runs it. The file of a text whose pages are drawn is for its writer and whoever runs the task alone: it
    may name its author. Raises NotAllowed."""
    found = Piece.objects.filter(id=piece).exclude(kind="typed").select_related("task").first()
    own = found is not None and (found.learner_id == viewer.person.id or _may_run(viewer, found.task))
    blind = found is not None and (
        TaskJudge.objects.filter(task=found.task, person=viewer.person).exists()
        or (found.level is not None and found.task.released_at is not None and _writes(viewer, found.task))
    )
    if found is None or not (own or (blind and (sheet or not found.sheets))):
        raise NotAllowed("There is no such text among those that you may see.")
    source = found.origin_id or found.id
    kept = (
        PieceSheet.objects.filter(piece_id=source, number=sheet) if sheet else PieceFile.objects.filter(piece_id=source)
    )
    data = kept.values_list("data", flat=True).first()
    if data is None:
        raise NotAllowed("There is no such text among those that you may see.")
    return "png" if sheet else found.kind, bytes(data)


def pictures_of(piece: Piece) -> tuple[str, list[bytes]]:
    """``sheets`` and the drawn pages of a PDF, or ``photo`` and the photo. The caller has checked access. One query."""
    source = piece.origin_id or piece.id
    if piece.sheets:
        drawn = PieceSheet.objects.filter(piece_id=source).order_by("number").values_list("data", flat=True)
        return "sheets", [bytes(data) for data in drawn]
    kept = PieceFile.objects.filter(piece_id=source).exclude(piece__kind="pdf").values_list("data", flat=True)
    return "photo", [bytes(data) for data in kept]


def _writes(viewer: Viewer, task: WritingTask) -> bool:
    return Enrolment.objects.filter(person=viewer.person, role="student", section__writing__task=task).exists()


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task as one of its learners sees it. ``judging``: they may judge now."""

    task: WritingTask
    piece: Piece | None
    judging: bool


def assigned_to(learner: Person, task: UUID | None = None) -> list[Assigned]:
    """The tasks that a learner writes for, the newest first; one of them where it is named. Three queries."""
    rows = WritingTask.objects.filter(
        sections__section__enrolments__person=learner, sections__section__enrolments__role="student"
    )
    rows = rows.filter(id=task) if task is not None else rows
    tasks = list(rows.select_related("school", "by").distinct().order_by("-at")[:50])
    pieces = {p.task_id: p for p in Piece.objects.filter(learner=learner, task__in=[row.id for row in tasks])}
    judging = set(
        TaskJudge.objects.filter(person=learner, task__in=[row.id for row in tasks]).values_list("task", flat=True)
    )
    return [
        Assigned(row, pieces.get(row.id), row.id in judging and row.judging_at is not None and row.closed_at is None)
        for row in tasks
    ]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a learner gets back: the place of their text in words, comments, and texts that show each level without a
    name; aspects that ``works`` and the next ``step`` ("" for none). No other learner's place."""

    place: tuple[int, ...]
    comments: tuple[str, ...]
    examples: tuple[tuple[int, Piece], ...]
    works: tuple[str, ...]
    step: str


def marks_of(task: WritingTask) -> list[Mark]:
    """What judges tapped about the learners' texts of a task. One query."""
    rows = PieceMark.objects.filter(piece__task=task, piece__learner__isnull=False).order_by("id")
    taps = rows.values_list("piece", "by", "aspect", "works")
    return [Mark(str(piece), str(by), aspect, works) for piece, by, aspect, works in taps]


def feedback_for(piece: Piece, task: WritingTask) -> Feedback | None:
    """None until the teacher has released it."""
    if task.released_at is None:
        return None
    kept = TaskScale.objects.filter(task=task).first()
    place: tuple[int, ...] = ()
    if kept is not None and str(piece.id) in kept.scores:
        score, error = kept.scores[str(piece.id)]
        place = place_of(score, error, kept.cuts)
    comments = PieceComment.objects.filter(piece=piece).order_by("id").values_list("text", flat=True)
    examples = Piece.objects.filter(task=task, level__isnull=False).exclude(id=piece.id).order_by("level", "id")
    told = for_writers(marks_of(task)).get(str(piece.id))
    return Feedback(
        place,
        tuple(comments),
        tuple((e.level, e) for e in examples if e.level is not None),
        told.works if told else (),
        told.step if told else "",
    )


@dataclass(frozen=True, slots=True)
class WritingScore:
    """A learner's place on the scale of a finished task, in logits: evidence for a profile to weigh."""

    task: UUID
    title: str
    score: float
    error: float
    at: float


def writing_scores(learners: Sequence[UUID]) -> dict[UUID, list[WritingScore]]:
    """The scores of learners in finished tasks, oldest first. The caller has checked access."""
    rows = Piece.objects.filter(learner__in=learners, task__closed_at__isnull=False).select_related("task__scale")
    out: dict[UUID, list[WritingScore]] = {}
    for piece in rows.order_by("task__closed_at"):
        kept = piece.task.scale.scores.get(str(piece.id))
        if kept is not None and piece.learner_id is not None and piece.task.closed_at is not None:
            found = WritingScore(piece.task_id, piece.task.title, kept[0], kept[1], piece.task.closed_at)
            out.setdefault(piece.learner_id, []).append(found)
    return out
