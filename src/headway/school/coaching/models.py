"""The log of workings, and of what a language model was asked. Append-only: a line that is mended stays, and the mended
one is a row of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, Section
from headway.school.people.tenancy import Tenanted


class CoachLine(Tenanted):
    """One deed in a working: a line written or mended (``line``), taken out (``drop``), a grid of digits (``grid``), a
    hint asked for (``hint``), a reason chosen (``reason``).

    ``event`` is the device's idempotency key, ``working`` the opportunity: one time at one problem. The problem is
    ``step`` of ``activity``, or ``problem`` as typed where it is the learner's own. ``number`` is the line's place from
    0, ``written`` the text as written, ``verdict`` what the coach judged then, ``follows`` the place of the line that it
    was held against (-1: the problem), ``misconception`` the likeliest mal-rule with its ``probability`` (alleged above
    one half only), ``said`` the sentence that the learner saw, ``level`` the level of a hint from 1 (0: none), ``small``
    that a smaller step came with it. ``seconds`` is the time on the line, ``at`` the device's clock, ``now`` the
    server's, ``coach`` the version of Headway that judged.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.UUIDField()
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="coach_lines", db_index=False)
    working = models.UUIDField()
    kind = models.TextField(choices=[(kind, kind) for kind in ("line", "drop", "grid", "hint", "reason")])
    activity = models.TextField(blank=True, default="")
    step = models.SmallIntegerField(default=0)
    problem = models.TextField(blank=True, default="")
    skills = models.JSONField(default=list)
    number = models.SmallIntegerField(default=0)
    written = models.TextField(blank=True, default="")
    verdict = models.TextField(blank=True, default="")
    follows = models.SmallIntegerField(default=-1)
    misconception = models.TextField(blank=True, default="")
    probability = models.FloatField(default=0)
    said = models.JSONField(default=str)
    level = models.SmallIntegerField(default=0)
    small = models.BooleanField(default=False)
    seconds = models.FloatField(default=0)
    simulated = models.BooleanField(default=False)
    at = models.FloatField()
    now = models.FloatField()
    coach = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "event"], name="coach_line_event")]
        indexes: ClassVar = [
            models.Index(fields=["learner", "-id"], name="coach_line_by_learner"),
            models.Index(fields=["learner", "working", "id"], name="coach_line_by_working"),
            models.Index(
                fields=["district", "misconception", "-id"],
                name="coach_line_by_misconception",
                condition=models.Q(probability__gt=0.5),
            ),
        ]


class HintOpening(Tenanted):
    """Somebody opened an imported hint that is held back because it gives the key away (``open``), or took that back.

    ``activity``, ``step`` and ``hint`` name the hint. It is for ``learner``, for ``section``, or without either for everybody
    whom ``teacher`` teaches; of several rows with the same hint and the same people the last one holds. ``by`` is who did
    it, ``now`` the server's clock in seconds since 1970.
    """

    id = models.BigAutoField(primary_key=True)
    activity = models.TextField()
    step = models.SmallIntegerField()
    hint = models.TextField()
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    open = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    now = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "activity", "id"], name="hint_opening_by_activity")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(learner__isnull=False, section__isnull=True, teacher__isnull=True)
                | models.Q(learner__isnull=True, section__isnull=False, teacher__isnull=True)
                | models.Q(learner__isnull=True, section__isnull=True, teacher__isnull=False),
                name="hint_opening_for_one",
            )
        ]


class CoachModel(Tenanted):
    """The language model that may word this district's hints, if there is one. ``key_variable`` names the environment
    variable with its key: the key itself is not in the database. ``seconds`` is how long a learner waits for it."""

    id = models.BigAutoField(primary_key=True)
    url = models.TextField()
    model = models.TextField()
    key_variable = models.TextField(blank=True, default="")
    seconds = models.FloatField(default=2.0)
    on = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district"], name="coach_model_of_district")]


class Phrasing(Tenanted):
    """One thing that a model was asked: what left, what came back, whether a learner saw it (``refused`` is empty then)
    and in how many ``seconds``. No learner is named, neither here nor in what leaves."""

    id = models.BigAutoField(primary_key=True)
    url = models.TextField()
    model = models.TextField()
    sent = models.TextField()
    received = models.TextField(blank=True, default="")
    refused = models.TextField(blank=True, default="")
    seconds = models.FloatField(default=0)
    now = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-id"], name="phrasing_by_district")]
