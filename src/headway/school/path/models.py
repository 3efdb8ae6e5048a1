"""Plans (what is wanted for a learner, by whom) and decisions (what was chosen, why, and against what)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from headway.school.mastery.models import OutsideResult
from headway.school.people.models import Person
from headway.school.people.tenancy import Tenanted


class PlanRow(Tenanted):
    """One wish for one learner, or for everyone where ``learner`` is empty. A row is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="plan", db_index=False)
    source = models.TextField()
    effect = models.TextField()
    value = models.TextField()
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    starts = models.FloatField()
    ends = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner"], name="plan_by_learner")]


class Decision(Tenanted):
    """What a policy chose after an event. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    after = models.UUIDField()
    activity = models.TextField()
    skill = models.TextField()
    reason = models.JSONField()
    reason_code = models.TextField()
    alternatives = models.JSONField()
    propensity = models.FloatField()
    predicted = models.FloatField()
    model = models.TextField()
    policy = models.TextField()
    curriculum = models.TextField()
    seed = models.TextField()
    overrides = models.JSONField(default=list)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-id"], name="decision_by_learner")]


class Goal(Tenanted):
    """A goal that was set with a learner: skills in the order of practice, shared out over weeks (``starts``, ``ends`` and
    skills each), until ``due``. ``rows`` are the plan rows that it wrote; ``forecast`` is what was expected when it was set.
    Append-only: a change is a new goal, and the end of one is a ``GoalEnd``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    grade = models.TextField()
    domain = models.TextField()
    skills = models.JSONField()
    weeks = models.JSONField()
    rows = models.JSONField()
    why = models.TextField(blank=True, default="")
    career = models.TextField(blank=True, default="")
    forecast = models.JSONField(default=dict)
    at = models.FloatField()
    due = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="goal_by_learner")]


class GoalEnd(Tenanted):
    """That a goal is over: ``kind`` is ``reached``, ``changed`` or ``dropped``. Append-only."""

    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, primary_key=True, related_name="end")
    kind = models.TextField()
    why = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()


class ChoiceOffer(Tenanted):
    """What a learner was offered to choose from: activity, skill, reason's code and text, value, the policy's probability, chance
    of a right answer and the skills that it opens, each. Append-only; what was taken is a ``ChoiceTaken``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="choices", db_index=False)
    options = models.JSONField()
    policy = models.TextField()
    model = models.TextField()
    curriculum = models.TextField()
    seed = models.TextField()
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["learner", "-at"], name="choice_by_learner")]


class ChoiceTaken(Tenanted):
    """Which of the options the learner took: ``place`` in the list from 0; ``row`` is the lean that it wrote. Append-only."""

    offer = models.OneToOneField(ChoiceOffer, on_delete=models.PROTECT, primary_key=True, related_name="taken")
    place = models.SmallIntegerField()
    row = models.UUIDField()
    at = models.FloatField()


class AwayDone(Tenanted):
    """That a learner says they did something away from the screen; ``day`` is the local day since 1970. It is their own word,
    dated, and moves no ability. Append-only."""

    id = models.BigAutoField(primary_key=True)
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="away", db_index=False)
    task = models.TextField()
    skill = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    day = models.IntegerField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "task", "day"], name="away_once_a_day")]


class OutsideCheck(Tenanted):
    """What was decided about a result of another system that belongs to a skill: ``result`` is the line that said so (the result,
    or its alignment). ``activity`` is the problem that the plan row ``row`` brings, "" where there was nothing to look at;
    ``can`` is what the source says. Append-only."""

    result = models.OneToOneField(OutsideResult, on_delete=models.PROTECT, primary_key=True, related_name="check_row")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_checks", db_index=False)
    source = models.TextField(blank=True, default="")
    skill = models.TextField()
    can = models.BooleanField(null=True)
    activity = models.TextField(blank=True, default="")
    row = models.UUIDField(null=True)
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "-at"], name="outside_check_by_learner", condition=~models.Q(activity="")),
        ]
