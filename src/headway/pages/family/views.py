"""What a family sees: a child in plain words, and who has read the record."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.dates import when
from headway.pages.family.door import open_child
from headway.pages.family.summary import summary
from headway.pages.family.weeks import shown_week
from headway.pages.guard import page_for
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import record_of
from headway.school.environment.week import LONGEST_LEDGER, monday_of
from headway.school.mastery.queries import ledger_of
from headway.school.path.families.teaching import to_teach
from headway.school.path.queries import wishes_for
from headway.school.people.access import Viewer, wards_of
from headway.school.people.clock import time_zone_of
from headway.school.people.company import readings_of, teachers_of
from headway.school.people.models import RoleName


@require_GET
@never_cache
@page_for(RoleName.FAMILY)
def children(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The children; with one child, straight to that child."""
    found = list(wards_of(viewer))
    if len(found) == 1:
        return redirect("pages:family-child", learner=found[0].id)
    return render(request, "family/children.html", {"children": found})


@require_GET
@never_cache
@page_for(RoleName.FAMILY)
def child(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """One child."""
    wards = list(wards_of(viewer))
    found = open_child(viewer, learner, wards)
    now, zone = time.time(), time_zone_of(found.district_id)
    said = this = None
    teach: tuple[str, ...] = ()
    try:
        record = record_of(found, now)
    except NoCurriculum:
        pass
    else:
        ledger = ledger_of(found.id, most=LONGEST_LEDGER)
        said = summary(record, wishes_for(found.id, now))
        this = shown_week(found, monday_of(found.district_id, now), now, record.curriculum, ledger)
        teach = to_teach(found, now, record.curriculum, ledger)
    readings = [(reading, when(reading.at.timestamp(), now, zone)) for reading in readings_of(found.id, most=40)]
    context = {
        "learner": found,
        "others": [ward for ward in wards if ward.id != found.id],
        "family": said,
        "shown": this,
        "teach": teach,
        "readings": readings,
        "teachers": teachers_of(found.id),
    }
    return render(request, "family/child.html", context)
