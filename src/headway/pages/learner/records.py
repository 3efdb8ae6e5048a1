"""The learner's own path, and who has looked at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headway.pages.dates import day_said
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.trail import Way, way_of
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.skills import skills_of
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.company import readings_of
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of


@dataclass(frozen=True, slots=True)
class Row:
    """One reading, with its day in words."""

    reader: str
    when: str
    purpose: str
    place: str


@require_GET
@for_learners
def my_path(request: HttpRequest, learner: Person) -> HttpResponse:
    """What is solid, what is being worked on, what can come next."""
    way = Way((), (), ())
    kept = profile_of(learner.id)
    if kept is not None:
        try:
            now, curriculum = clock(), curriculum_of(learner.district_id)
            skills = skills_of(learner, kept.profile, now)
            way = way_of(kept.profile, skills, curriculum, now, zone(time_zone_of(learner.district_id)))
        except NoCurriculum:
            pass
    return render(request, "learner/my_path.html", {"way": way})


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
