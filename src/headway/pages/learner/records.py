"""Who has looked at the learner's record."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headway.pages.dates import day_said
from headway.pages.learner.gate import clock, for_learners
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.company import readings_of
from headway.school.people.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """One reading, with its day in words."""

    reader: str
    when: str
    purpose: str
    place: str


@require_GET
@for_learners
def who_read(request: HttpRequest, learner: Person) -> HttpResponse:
    """Every look of an adult into this learner's record."""
    now, here = clock(), zone(time_zone_of(learner.district_id))
    rows = [
        Row(
            found.reader,
            f"{day_said(found.at.timestamp(), now, here)}, {found.at.astimezone(here):%H:%M}",
            found.purpose,
            found.place,
        )
        for found in readings_of(learner.id)
    ]
    return render(request, "learner/who_read.html", {"readings": rows})
