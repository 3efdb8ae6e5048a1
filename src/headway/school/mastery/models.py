"""The evidence log, the mastery ledger, and the models that a district has fitted. The log, the ledger, models, reports
and decisions about models are append-only; the database refuses updates and deletes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Evidence(Tenanted):
    """One event as it happened: a response to a step, a start of practice, or a finished screening, whose answers and result
    stand in ``answer`` as JSON.

    ``event`` is the client's idempotency key, ``now`` the server's clock (seconds since 1970) that the loop was given,
    ``curriculum`` the version it used, ``digest`` the hash of what the client sent, and ``outcome`` the answer it got,
    so that a retry gets the same. ``suspects`` are the misconceptions that a wrong answer speaks for: pairs of an identifier and
    a probability, the likeliest first.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.UUIDField(default=uuid.uuid4)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    kind = models.TextField(
        choices=[("response", "response"), ("start", "start"), ("screening", "screening"), ("judged", "judged")]
    )
    activity = models.TextField(blank=True, default="")
    step = models.SmallIntegerField(default=0)
    item = models.TextField(blank=True, default="")
    skills = models.JSONField(default=list)
    answer = models.TextField(blank=True, default="")
    correct = models.BooleanField(default=False)
    attempt = models.SmallIntegerField(default=1)
    hints = models.SmallIntegerField(default=0)
    shown = models.BooleanField(default=False)
    seconds = models.FloatField(default=0)
    misconception = models.TextField(blank=True, default="")
    suspects = models.JSONField(default=list)
    simulated = models.BooleanField(default=False)
    at = models.FloatField()
    now = models.FloatField()
    curriculum = models.TextField()
    digest = models.BinaryField()
    outcome = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "event"], name="evidence_event")]
        indexes: ClassVar = [
            models.Index(fields=["learner", "-id"], name="evidence_by_learner"),
            models.Index(
                fields=["learner", "misconception"],
                name="evidence_by_misconception",
                condition=~models.Q(misconception=""),
            ),
            # Reports read a week at a time. Rows come in the order of time: a few bytes for a million of them are enough.
            BrinIndex(fields=["now"], name="evidence_by_time", autosummarize=True),
            # What is said to other systems is read in order, from any moment on.
            models.Index(
                fields=["district", "now", "id"],
                name="evidence_in_order",
                condition=models.Q(simulated=False, kind__in=("response", "start", "screening")),
            ),
        ]


class MasteryEntry(Tenanted):
    """A line of the ledger; ``kind`` is ``reached``, ``confirmed`` or ``lost``."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mastery", db_index=False)
    skill = models.TextField()
    kind = models.TextField()
    response = models.UUIDField()
    probability = models.FloatField()
    threshold = models.FloatField()
    evidence_count = models.IntegerField()
    model = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "-id"], name="mastery_by_learner"),
            models.Index(fields=["district", "at", "id"], name="mastery_in_order", condition=models.Q(kind="reached")),
        ]


class AwayWork(Tenanted):
    """Work away from the screen on a skill (``kind`` ``done``), or an adult's word on it (``confirmed``, ``refused``,
    ``back``, with ``of``). ``form`` is a key of ``core.mastery.away.FORMS``, ``result`` of RESULTS; ``role`` is
    ``teacher`` or ``learner``; ``day`` is the local day of the work, counted since 1 January 1970. Append-only; ``id``
    is made by the page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="away_work", db_index=False)
    kind = models.TextField(default="done")
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    skill = models.TextField(blank=True, default="")
    form = models.TextField(blank=True, default="")
    minutes = models.SmallIntegerField(default=0)
    result = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    role = models.TextField()
    day = models.IntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="away_work_by_learner")]


class OutsideResult(Tenanted):
    """What another system says of a learner (``kind`` ``said``), or what was said of it later with ``of``: ``aligned`` to a
    ``skill`` by a person, ``refused`` by an adult of the school, taken ``back`` by its source. ``happened_at`` is by the
    source's clock, ``at`` by ours, in seconds since 1970; ``about`` is made from source and activity, ``id`` from the learner
    and the source's key. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_results", db_index=False)
    kind = models.TextField(default="said")
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    source = models.TextField(blank=True, default="")
    activity = models.TextField(blank=True, default="")
    about = models.UUIDField(null=True)
    title = models.TextField(blank=True, default="")
    skill = models.TextField(blank=True, default="")
    success = models.BooleanField(null=True)
    scaled = models.FloatField(null=True)
    minutes = models.FloatField(default=0)
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    happened_at = models.FloatField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "-at"], name="outside_result_newest"),
            models.Index(fields=["of"], name="outside_said_later", condition=~models.Q(of=None)),
            models.Index(fields=["district", "about"], name="outside_by_about", condition=models.Q(kind="said")),
        ]


class HintsShown(Tenanted):
    """How many hints of the open step a learner has been shown, in whichever window: one row a learner. ``since`` is when
    the problem was opened, as the profile has it; a row of another step or time counts for nothing. No evidence: what
    counted is written with the answer."""

    learner = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="hints_shown")
    activity = models.TextField()
    step = models.SmallIntegerField()
    since = models.FloatField()
    shown = models.SmallIntegerField()


class ModelVersion(Tenanted):
    """A fitted model as it serves: ``name`` ends in the hash of ``data`` (``core.mastery.refit.calibrated``). ``simulated``
    says that no child gave the answers that it was fitted on; such a model serves simulated districts only. Append-only."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    data = models.BinaryField()
    simulated = models.BooleanField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "name"], name="model_once")]


class Refit(Tenanted):
    """A refit under way or over. ``state`` is ``running``, ``done`` or ``failed``; ``step`` of ``steps`` are done;
    ``seen_at`` is when it last gave a sign of life, and ``words`` say what went wrong. No evidence: its result is a
    ``RefitReport``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.TextField(default="running")
    step = models.IntegerField(default=0)
    steps = models.IntegerField(default=1)
    words = models.TextField(blank=True, default="")
    began_at = models.FloatField()
    seen_at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-began_at"], name="refit_by_time")]


class RefitReport(Tenanted):
    """What a refit found: champion and challenger by name, the verdict, the whole comparison, what the log says of the
    content; ``digest`` is the hash of ``body``. Append-only."""

    refit = models.OneToOneField(Refit, on_delete=models.PROTECT, primary_key=True, related_name="report")
    champion = models.TextField()
    challenger = models.TextField()
    verdict = models.TextField()
    simulated = models.BooleanField()
    body = models.JSONField()
    content = models.JSONField(default=dict)
    digest = models.TextField()
    at = models.FloatField()


class ModelChange(Tenanted):
    """What a named person decided about models: ``kind`` is ``promoted``, ``refused`` or ``rolled-back``; ``model`` serves
    after it, ``before`` served until then; ``starts`` is from when (0 for a refusal). Append-only."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    model = models.TextField()
    before = models.TextField()
    refit = models.ForeignKey(Refit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    digest = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField(blank=True, default="")
    at = models.FloatField()
    starts = models.FloatField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-id"], name="model_change_newest")]
