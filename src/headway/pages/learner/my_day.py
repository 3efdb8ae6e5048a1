"""A learner's day: where to go when, with whom, on what."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from headway.core.environment.instruction.sessions import SPARE
from headway.pages.dates import date_said
from headway.pages.learner.gate import clock, for_learners
from headway.pages.render import plain
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.queries import days_of
from headway.school.environment.days.values import Planned
from headway.school.environment.queries import title_of
from headway.school.people.clock import date_of, day_of
from headway.school.people.company import given_names
from headway.school.people.models import Person
from headway.standards.instruction import clock as hour


@dataclass(frozen=True, slots=True)
class Stop:
    """One block of the day. ``others`` are the given names of those who are there as well, where a group is small."""

    begin: str
    way: str
    adult: str
    space: str
    skill: str
    others: str


@require_GET
@for_learners
def my_day(request: HttpRequest, learner: Person) -> HttpResponse:
    """Today, or the day that the address names."""
    today = day_of(learner.district_id, clock())
    wanted = today
    with suppress(ValueError):
        wanted = (date.fromisoformat(request.GET.get("date", "")) - date(1970, 1, 1)).days
    classes = [(section.title, _stops(planned, learner)) for section, planned in days_of(learner.id, wanted)]
    days = [
        (date_of(each).isoformat(), said, each == wanted)
        for each, said in ((today, _("Today")), (today + 1, _("Tomorrow")))
    ]
    return render(
        request, "learner/my_day.html", {"classes": classes, "days": days, "date": date_said(date_of(wanted))}
    )


def _stops(planned: Planned, learner: Person) -> list[Stop]:
    model, mine = planned.model, planned.of(learner.id)
    curriculum = curriculum_of(learner.district_id)
    number = {block.id: at for at, block in enumerate(planned.blocks())}
    small = [
        place.learner for group, _place in mine.values() if group.modality and group.skill for place in group.places
    ]
    names = given_names(small)
    stops = []
    for block in model.blocks:
        if block.all:
            stops.append(Stop(hour(block.begin), model.modality(block.all).name, "", "", "", ""))
        elif number[block.id] in mine:
            group, place = mine[number[block.id]]
            way = model.spare if group.modality == SPARE else model.modality(group.modality).name
            known = curriculum.skill_number.get(place.skill, -1)
            skill = plain(title_of(curriculum, known)) if known >= 0 else ""
            others = [names[each.learner] for each in group.places if group.skill and each.learner != learner.id]
            stops.append(Stop(hour(block.begin), way, group.adult, group.space, skill, ", ".join(sorted(others))))
    return stops
