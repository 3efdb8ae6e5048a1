"""Pilots: the draft, the frozen plan, who has which arm, looks, and what people decided. All but the draft is append-only."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class Pilot(Tenanted):
    """A pilot. ``body`` is the draft (see ``school.evidence.pilots.draft``), which stands still once there is a ``PilotPlan``.
    ``state`` is ``draft``, ``running``, ``ended`` or ``dropped`` (a draft that nobody wants); ``schools`` are the ids of the
    schools that take part; ``before`` is the cycle that this one follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.TextField()
    body = models.JSONField(default=dict)
    schools = models.JSONField(default=list)
    state = models.TextField(default="draft")
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "-at"], name="pilot_newest"),
            models.Index(fields=["before"], name="pilot_by_before"),
        ]


class PilotPlan(Tenanted):
    """What was frozen when a pilot started: the whole ``plan`` with its allocation, and ``sha256`` of it. The arms steer from
    ``starts`` (seconds since 1970), and the pilot is planned to end at ``ends``. Append-only."""

    pilot = models.OneToOneField(Pilot, on_delete=models.PROTECT, primary_key=True, related_name="plan")
    plan = models.JSONField()
    sha256 = models.TextField()
    starts = models.FloatField()
    ends = models.FloatField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()


class PilotSeat(Tenanted):
    """One learner's ``arm``, dealt to their ``unit`` (a learner, class or school) within a ``stratum``; ``pretest`` as it was
    at that moment. It never changes: whoever moves class keeps the arm. ``week`` is 0 for who was there at the start, else the
    pilot's week of the dealing; ``since`` the moment from which the arm steers, and ``chance`` what it was dealt with (both
    None in pilots that began before these were kept, ``chance`` also where a class decided). Append-only."""

    id = models.BigAutoField(primary_key=True)
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="seats", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.UUIDField()
    school = models.UUIDField()
    unit = models.TextField()
    stratum = models.TextField(blank=True, default="")
    arm = models.TextField()
    pretest = models.FloatField(null=True)
    week = models.SmallIntegerField(default=0)
    since = models.FloatField(null=True)
    chance = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "learner"], name="pilot_seat_once")]
        indexes: ClassVar = [models.Index(fields=["district", "learner"], name="seat_by_learner")]


class PilotWeek(Tenanted):
    """How an adaptive pilot deals to who comes in a ``number``-th week: the ``shares`` of its arms, what they rest on (``found``:
    arm to weighted mean and its error; empty while too little is known), and the ``seed`` of both. Settled once, ``at`` the
    moment when its first newcomer came. Append-only."""

    id = models.BigAutoField(primary_key=True)
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="weeks", db_index=False)
    number = models.SmallIntegerField()
    shares = models.JSONField()
    found = models.JSONField(default=dict)
    seed = models.BigIntegerField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "number"], name="pilot_week_once")]


class PilotLook(Tenanted):
    """What was found at a planned look (``number`` from 1; ``last`` is the verdict): the analysis with its sentences in
    ``body``. Append-only."""

    id = models.BigAutoField(primary_key=True)
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="looks", db_index=False)
    number = models.SmallIntegerField()
    last = models.BooleanField()
    body = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "number"], name="pilot_look_once")]


class PilotMark(Tenanted):
    """What somebody did to a pilot after it was drafted. ``kind``: ``override`` (of a gate), ``change`` (of what was frozen),
    ``done`` (a milestone), ``ended``, or ``decision`` (spread, scale, keep testing, stop). Append-only."""

    id = models.BigAutoField(primary_key=True)
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="marks", db_index=False)
    kind = models.TextField()
    body = models.JSONField(default=dict)
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pilot", "id"], name="mark_by_pilot")]
