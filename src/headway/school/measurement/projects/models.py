"""Projects, rubrics and what comes of them. Rubrics, marks, scores and contests are append-only. Times are seconds since 1970,
days are local ones counted since 1 January 1970."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, Section
from headway.school.people.tenancy import Tenanted


class Rubric(Tenanted):
    """A rubric as somebody wrote it down: ``criteria`` as ``core.measurement.rubrics.to_plain`` makes them. The newest
    row of a code is offered; a project keeps the row that it began with, so the steps that were scored stay readable.
    Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.TextField()
    title = models.TextField()
    criteria = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "code", "-at"], name="rubric_newest")]


class Project(Tenanted):
    """A project of a class over some weeks. ``subjects`` are words; ``peers`` is ``off``, ``checked`` (a teacher lets
    each feedback through) or ``open``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="projects", db_index=False)
    title = models.TextField()
    question = models.TextField()
    subjects = models.TextField(blank=True, default="")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="+", db_index=False)
    peers = models.TextField(default="checked")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    closed_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["section", "-at"], name="project_by_section")]


class Milestone(Tenanted):
    """A step of a project: what it is, what shows it, until which day; ``number`` counts from 1."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones", db_index=False)
    number = models.SmallIntegerField()
    title = models.TextField()
    shows = models.TextField(blank=True, default="")
    due = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="milestone_once")]


class ProjectGroup(Tenanted):
    """Learners who do a project together; ``number`` counts from 1."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="groups", db_index=False)
    number = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="project_group_once")]


class ProjectMember(Tenanted):
    """Somebody in a group now; what was handed in and scored keeps the group that it was for."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="members", db_index=False)
    group = models.ForeignKey(ProjectGroup, on_delete=models.PROTECT, related_name="members", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "learner"], name="project_member_once")]


class Artefact(Tenanted):
    """A piece of work for a milestone. ``kind`` is ``typed`` or ``link`` (``text`` holds it), or ``pdf``, ``jpeg``, ``png`` (an
    :class:`ArtefactFile` does); ``sheets`` is how many pages of a PDF are drawn. ``gone_at``: taken back by who handed it in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="artefacts", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(ProjectGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.TextField()
    text = models.TextField(blank=True, default="")
    sheets = models.SmallIntegerField(default=0)
    at = models.FloatField()
    gone_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["milestone", "learner"], name="artefact_by_milestone")]

    @property
    def sheet_numbers(self) -> range:
        """The pages that are drawn, from 1."""
        return range(1, self.sheets + 1)


class ArtefactFile(Tenanted):
    """The file of a piece of work (``number`` 0), as it may be shown, or a page of its PDF as a PNG picture (from 1)."""

    id = models.BigAutoField(primary_key=True)
    artefact = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="files", db_index=False)
    number = models.SmallIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["artefact", "number"], name="artefact_file_once")]


class MilestoneMark(Tenanted):
    """What an adult said of a learner's milestone: ``done``, or ``again`` with words why. Append-only: the newest decides."""

    id = models.BigAutoField(primary_key=True)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="marks", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    says = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["milestone", "learner"], name="mark_by_milestone")]


class ProjectFeedback(Tenanted):
    """Feedback on the work of a learner or, with ``group``, of a group: one strength, one question. ``role`` is ``teacher`` or
    ``peer``; ``state`` is ``waiting``, ``through`` or ``held``, and ``passed_by`` decided so."""

    id = models.BigAutoField(primary_key=True)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="feedback", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(ProjectGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField()
    strength = models.TextField()
    question = models.TextField(blank=True, default="")
    state = models.TextField()
    passed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["milestone", "learner"], name="feedback_by_milestone")]


class RubricScore(Tenanted):
    """A score on a criterion: evidence on the ledger. ``level`` counts the rubric's steps from 1; ``whose`` is ``own``,
    or ``group`` for a score that was given to the group: every member has a row. Append-only: the newest of a criterion
    decides."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="scores", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(ProjectGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    criterion = models.TextField()
    level = models.SmallIntegerField()
    whose = models.TextField()
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "-id"], name="score_by_learner"),
            models.Index(fields=["project"], name="score_by_project"),
        ]


class ScoreContest(Tenanted):
    """Somebody says that a score is wrong. A newer score of the criterion answers it; both stay. Append-only."""

    id = models.BigAutoField(primary_key=True)
    score = models.ForeignKey(RubricScore, on_delete=models.PROTECT, related_name="contests", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField()
    words = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["score"], name="contest_by_score")]
