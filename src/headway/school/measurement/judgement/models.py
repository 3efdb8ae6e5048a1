"""Writing assignments and their judging. Decisions and comments are append-only. Times are seconds since 1970."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School, Section
from headway.school.people.tenancy import Tenanted


class WritingTask(Tenanted):
    """A writing assignment. It collects texts until ``judging_at``, is judged until ``closed_at``, and learners see what
    they get back from ``released_at``. ``target``: reliability that is wanted; ``peers``: learners who handed in judge
    too; ``shared``: other schools of the district may use its examples as anchors; ``skill``: what the texts are evidence of
    ("" for none)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="writing_tasks", db_index=False)
    title = models.TextField()
    prompt = models.TextField()
    due = models.FloatField(null=True)
    target = models.FloatField(default=0.8)
    peers = models.BooleanField(default=False)
    shared = models.BooleanField(default=False)
    skill = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    judging_at = models.FloatField(null=True)
    closed_at = models.FloatField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    released_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "-at"], name="writing_by_school")]


class WritingSection(Tenanted):
    """A section whose learners write for a task."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(WritingTask, on_delete=models.PROTECT, related_name="sections", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="writing", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "section"], name="writing_section_once")]
        indexes: ClassVar = [models.Index(fields=["section"], name="writing_by_section")]


class Piece(Tenanted):
    """A text. ``kind`` is ``typed`` (``text`` holds it) or ``pdf``, ``jpeg``, ``png`` (a :class:`PieceFile` does); ``sheets``
    is how many pages of a PDF are drawn (:class:`PieceSheet`).

    An anchor has no learner: it is a copy of ``origin`` from an earlier task with the score and error that it had there.
    ``level``: the teacher named it as typical of a level."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(WritingTask, on_delete=models.PROTECT, related_name="pieces", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="pieces", db_index=False)
    kind = models.TextField(default="typed")
    text = models.TextField(blank=True, default="")
    sheets = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(null=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    anchor_score = models.FloatField(null=True)
    anchor_error = models.FloatField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "learner"], name="piece_once")]
        indexes: ClassVar = [models.Index(fields=["learner"], name="piece_by_learner")]

    @property
    def sheet_numbers(self) -> range:
        """The pages that are drawn, from 1."""
        return range(1, self.sheets + 1)


class PieceFile(Tenanted):
    """The file of a text that was not typed, as it may be shown."""

    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()


class PieceSheet(Tenanted):
    """A page of a handed-in PDF as a PNG picture, which is what judges see; ``number`` counts from 1."""

    id = models.BigAutoField(primary_key=True)
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="drawn", db_index=False)
    number = models.SmallIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["piece", "number"], name="sheet_once")]


class TaskJudge(Tenanted):
    """Somebody who judges a task: ``kind`` is ``teacher``, ``peer`` or ``guest`` (of another school)."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(WritingTask, on_delete=models.PROTECT, related_name="judges", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judging", db_index=False)
    kind = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "person"], name="judge_once")]
        indexes: ClassVar = [models.Index(fields=["person"], name="judge_by_person")]


class PairInHand(Tenanted):
    """The two texts that lie before a judge; gone when they have decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(WritingTask, on_delete=models.PROTECT, related_name="+", db_index=False)
    judge = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    left = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", db_index=False)
    right = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", db_index=False)
    audit = models.BooleanField()
    probability = models.FloatField()
    shown_at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "judge"], name="pair_in_hand_once")]


class Judgement(Tenanted):
    """One decision; ``id`` is that of the pair, so a decision that is sent twice counts once. Append-only."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(WritingTask, on_delete=models.PROTECT, related_name="judgements", db_index=False)
    judge = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    winner = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", db_index=False)
    loser = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", db_index=False)
    left_won = models.BooleanField()
    audit = models.BooleanField()
    probability = models.FloatField()
    seconds = models.FloatField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="judgement_by_task")]


class PieceComment(Tenanted):
    """What a judge says to the writer of a text. Append-only."""

    id = models.BigAutoField(primary_key=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="comments", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["piece"], name="comment_by_piece")]


class PieceMark(Tenanted):
    """A judge's tap: an aspect of a text works, or is the writer's next step. Append-only; ``aspect`` is a key of
    ``core.measurement.judgement.aspects``."""

    id = models.BigAutoField(primary_key=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="marks", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    aspect = models.TextField()
    works = models.BooleanField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["piece"], name="mark_by_piece")]


class TaskScale(Tenanted):
    """The scale after ``decisions``: a projection of the judgements, kept so that the next pair can be chosen at once.

    ``scores``: piece to [score, standard error] in logits; ``cuts``: scores between the levels."""

    task = models.OneToOneField(WritingTask, on_delete=models.CASCADE, primary_key=True, related_name="scale")
    decisions = models.IntegerField()
    reliability = models.FloatField()
    spread = models.FloatField()
    scores = models.JSONField()
    cuts = models.JSONField()
    at = models.FloatField()
