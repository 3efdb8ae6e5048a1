"""A school's week or term for whoever leads it: adults' loads, rooms, support owed and held, and days without school."""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import month_day
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.pages.teacher.week import span_of
from headway.school.environment.days.school_week import school_week
from headway.school.environment.queries import names_of
from headway.school.intervention.dosage import Dosage, dosage_of
from headway.school.people.access import SCHOOL_WIDE, Viewer, access_school, learners_of_school
from headway.school.people.clock import date_of, day_of
from headway.school.people.days_off import end_days_off, keep_days_off, kept_days_off
from headway.school.people.models import Person, RoleName
from headway.school.people.refusal import Malformed

PURPOSE, PLACE = "leading", "school week"
EPOCH = date(1970, 1, 1).toordinal()


@require_GET
@never_cache
@page_for(*SCHOOL_WIDE)
def week(request: HttpRequest, viewer: Viewer, school: UUID) -> HttpResponse:
    """The week that the address names, or with ``?span=term`` the term that ends with it."""
    found = access_school(viewer, school, *SCHOOL_WIDE)
    today = day_of(found.district_id, time.time())
    span = span_of(request, today)
    added = school_week(found.id, span.first, span.last)
    support = dosage_of(added.learners, span.first, min(span.last, today))
    behind = {key for key, doses in support.items() if any(dose.held < dose.owed for dose in doses)}
    people = learners_of_school(viewer, purpose=PURPOSE, place=PLACE, only=behind)
    entries = kept_days_off(found.id, min(span.first, today))
    context = {
        "school": found, "span": span, "adults": added.adults.items(), "classes": added.days.items(),
        "rooms": [(name, use, round(100 * use.minutes / max(use.possible, 1))) for name, use in added.rooms.items()],
        "groups": _by_group(support), "behind": _behind(people, support), "leads": viewer.has(RoleName.LEADER),
        "entries": [
            (e.id, month_day(date_of(e.first)), month_day(date_of(e.last)), e.name, e.school_id is not None, e.first != e.last)
            for e in entries
        ],
    }  # fmt: skip
    return render(request, "leader/week.html", context)


@require_POST
@page_for(RoleName.LEADER)
def days_off(request: HttpRequest, viewer: Viewer, school: UUID) -> HttpResponse:
    """Write down days without school, or take an entry back."""
    found = access_school(viewer, school, RoleName.LEADER)
    now, what = time.time(), request.POST.get("what", "")
    if what == "end" and request.POST.get("entry", "").isdecimal():
        if end_days_off(school=found, entry=int(request.POST["entry"][:18]), now=now):
            messages.success(request, _("Taken away. School days are counted again."))
    elif what == "keep":
        try:
            first = _day(request.POST.get("first", ""))
            last = _day(request.POST.get("last", "")) if request.POST.get("last") else first
            keep_days_off(
                school=found, by=viewer.person, first=first, last=last, name=request.POST.get("name", ""), now=now
            )
            messages.success(request, _("Noted. No support is owed on these days."))
        except Malformed as problem:
            messages.warning(request, plain(problem.message))
        except ValueError:
            messages.warning(request, _("Choose a first day."))
    else:
        raise Http404
    return redirect("pages:school-week", school=found.id)


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


def _by_group(support: dict[UUID, list[Dosage]]) -> list[tuple[str, int, int, int, int]]:
    """Group, learners, sessions held of those owed, minutes; those first that owe most."""
    out: dict[str, list[int]] = {}
    for doses in support.values():
        for dose in doses:
            found = out.setdefault(dose.group, [0, 0, 0, 0])
            for at, value in enumerate((1, dose.held, dose.owed, dose.minutes)):
                found[at] += value
    rows = sorted(out.items(), key=lambda row: (row[1][1] - row[1][2], row[0]))
    return [(name, learners, held, owed, minutes) for name, (learners, held, owed, minutes) in rows]


def _behind(people: list[Person], support: dict[UUID, list[Dosage]]) -> list[tuple[str, str, int, int]]:
    """Learners who got less than was owed: name, group, held, owed; those first who miss most."""
    names = names_of(people)
    rows = [
        (names[str(person.id)], dose.group, dose.held, dose.owed)
        for person in people
        for dose in support[person.id]
        if dose.held < dose.owed
    ]
    return sorted(rows, key=lambda row: (row[2] - row[3], row[0]))
