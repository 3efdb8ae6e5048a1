"""Rules, tier decisions, groups with their plans, sessions, probes and minutes. What was decided or happened is append-only.

Times are seconds since 1970; days are counted since 1 January 1970 in the district's local time.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted


class TierRules(Tenanted):
    """A version of the district's written rules (see ``core.intervention.rules``); the newest is in force. Append-only."""

    id = models.BigAutoField(primary_key=True)
    body = models.JSONField()
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()


class TeamMeeting(Tenanted):
    """A meeting of a school's team; ``present`` are the names as they were written down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="team_meetings", db_index=False)
    present = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "school", "-at"], name="meeting_by_school")]


class MeetingNote(Tenanted):
    """A line of the minutes, about one learner or (``learner`` empty) about all. Append-only."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(TeamMeeting, on_delete=models.PROTECT, related_name="notes", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["meeting", "id"], name="note_by_meeting"),
            models.Index(fields=["learner", "-id"], name="note_by_learner"),
        ]


class TierDecision(Tenanted):
    """What a named person decided about a learner's tier. ``kind`` is ``accept`` (as proposed), ``edit`` (another tier than
    proposed), ``refuse`` (stays) or ``own`` (without a proposal). ``evidence`` holds the proposal's reason and figures as
    they stood. Append-only; the newest line that is no refusal says the tier."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tier_decisions", db_index=False)
    kind = models.TextField()
    from_tier = models.SmallIntegerField()
    to_tier = models.SmallIntegerField()
    proposed_tier = models.SmallIntegerField(null=True)
    rule = models.TextField(blank=True, default="")
    rules = models.ForeignKey(TierRules, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    meeting = models.ForeignKey(TeamMeeting, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField()
    evidence = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="tier_by_learner")]


class SupportGroup(Tenanted):
    """Who meets whom, when: the learners are those with a plan in it. ``weekdays`` from Monday (0); ``starts`` and ``ends``
    are days, ``ends`` empty while it goes on; ``skills`` are what practice turns to meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="support_groups", db_index=False)
    name = models.TextField()
    kind = models.TextField()
    tier = models.SmallIntegerField()
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_groups", db_index=False)
    minutes = models.SmallIntegerField()
    weekdays = models.JSONField()
    clock = models.TextField(blank=True, default="")
    measure = models.TextField()
    probe_every = models.SmallIntegerField()
    skills = models.JSONField(default=list)
    starts = models.IntegerField()
    ends = models.IntegerField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "adult"], name="group_by_adult"),
            models.Index(fields=["district", "school"], name="group_by_school"),
        ]


class SupportPlan(Tenanted):
    """One learner's plan in a group: the goal line in the measure's unit, and when it ends. ``ended`` is the day on which a
    person ended it, with their reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(SupportGroup, on_delete=models.PROTECT, related_name="plans", db_index=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_plans", db_index=False)
    why = models.TextField()
    start_day = models.IntegerField()
    start_score = models.FloatField()
    goal_day = models.IntegerField()
    goal_score = models.FloatField()
    exit_in_a_row = models.SmallIntegerField(default=3)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended = models.IntegerField(null=True)
    ended_why = models.TextField(blank=True, default="")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["group"], name="plan_by_group"),
            models.Index(fields=["learner", "-at"], name="support_by_learner"),
        ]


class SupportSession(Tenanted):
    """A session as it was logged for its ``day``: held or not, minutes, who was there (identifiers of learners). Append-only;
    a later line for the same day corrects the earlier one."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(SupportGroup, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    day = models.IntegerField()
    held = models.BooleanField()
    minutes = models.SmallIntegerField()
    present = models.JSONField(default=list)
    why_not = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["group", "day", "id"], name="session_by_group")]


class ProbeForm(Tenanted):
    """A form that was made for a learner, so that no problem of it comes again. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="forms", db_index=False)
    measure = models.TextField()
    seed = models.BigIntegerField()
    activities = models.JSONField()
    expected = models.FloatField()
    curriculum = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "at"], name="form_by_plan")]


class ProbeScore(Tenanted):
    """What a learner reached on a form, on a ``day``: problems tried and right, digits right where the answers were typed
    in. Append-only; a later line for the same form corrects the earlier one, and one with ``taken`` false says that the
    form was not taken after all, so that it has no score."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="scores", db_index=False)
    form = models.ForeignKey(ProbeForm, on_delete=models.PROTECT, related_name="scores", db_index=False)
    day = models.IntegerField()
    right = models.SmallIntegerField()
    tried = models.SmallIntegerField()
    digits = models.SmallIntegerField(null=True)
    seconds = models.IntegerField()
    marks = models.JSONField(default=list)
    taken = models.BooleanField(default=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "day", "id"], name="score_by_plan")]
