"""Weeks that are closed, the sums of their learners, and who wants a report by e-mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headway.school.people.models import Person, School
from headway.school.people.tenancy import Tenanted


class ReportWeek(Tenanted):
    """A week that is over and summed up: ``week`` is the local day (since 1970) of its Monday. ``answers`` are the lines of the
    log that were read for it, ``simulated`` says that invented learners gave them."""

    id = models.BigAutoField(primary_key=True)
    week = models.IntegerField()
    answers = models.IntegerField(default=0)
    simulated = models.BooleanField(default=False)
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "week"], name="report_week_once")]


class ReportCell(Tenanted):
    """The sums of one population of a school in a closed week. ``sorting`` is ``all``, ``grade`` or ``language``;
    ``blocks`` has for each block the groups in it, its learners, its sums by column (``core.evidence.reports``). A projection of
    the log; a block has ten learners or more."""

    id = models.BigAutoField(primary_key=True)
    week = models.IntegerField()
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    population = models.TextField()
    sorting = models.TextField()
    blocks = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "sorting", "week", "school", "population"], name="report_cell_once"
            )
        ]


class ReportChoice(Tenanted):
    """Whether somebody wants the report by e-mail, in which language and where to. Append-only: the newest row holds."""

    id = models.BigAutoField(primary_key=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    wanted = models.BooleanField()
    language = models.TextField()
    email = models.TextField(blank=True, default="")
    at = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "-id"], name="report_choice_newest")]


class ReportSent(Tenanted):
    """A report that went out by e-mail: the last week in it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    week = models.IntegerField()
    email = models.TextField()
    at = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "week"], name="report_sent_once")]
