"""A class's week or term: minutes with people and screens, loads, rooms, support owed and delivered, and the master timetable."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.environment.week import WEEKDAYS, Minutes, hour, misfits
from headway.pages.dates import month_day
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.pages.teacher.classes import STAFF
from headway.school.environment.days.queries import model_in_force
from headway.school.environment.days.weeks import added_between, keep_timetable, periods_of
from headway.school.environment.queries import names_of
from headway.school.intervention.dosage import dosage_of
from headway.school.people.access import Viewer, access_section, sections_of
from headway.school.people.clock import date_of, day_of
from headway.school.people.days_off import off_days
from headway.school.people.refusal import Malformed
from headway.standards.errors import ImportProblem
from headway.standards.timetable import read_timetable

PURPOSE, PLACE = "teaching", "week"
TERM = 18 * 7
"""Days of a term, as the pages of misconceptions count it."""
FAR = 3650
"""Days from today that can be looked at."""
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """A week (Monday to Sunday), or the ``term`` that ends with it; days since 1970."""

    first: int
    last: int
    term: bool

    def begins(self) -> str:
        """The first day as people say it."""
        return month_day(date_of(self.first))

    def ends(self) -> str:
        """The last day as people say it."""
        return month_day(date_of(self.last))

    def iso(self) -> str:
        """The last day as an address names it."""
        return date_of(self.last).isoformat()

    def before(self) -> str:
        """A day of the span before."""
        return date_of(self.first - 1).isoformat()

    def after(self) -> str:
        """A day of the span after."""
        return date_of(self.last + 1).isoformat()


def span_of(request: HttpRequest, today: int) -> Span:
    """The week that the address names (``?date=``), or with ``?span=term`` the term that ends with it."""
    wanted = today
    with suppress(ValueError):
        wanted = date.fromisoformat(request.GET.get("date", "")).toordinal() - date(1970, 1, 1).toordinal()
    wanted = min(max(wanted, today - FAR), today + FAR)
    last, term = wanted - (wanted + 3) % 7 + 6, request.GET.get("span") == "term"
    return Span(last - (TERM if term else 7) + 1, last, term)


@require_GET
@never_cache
@page_for(*STAFF)
def week(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The week that the address names, or with ``?span=term`` the term that ends with it."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    today = day_of(found.district_id, time.time())
    span = span_of(request, today)
    first, last = span.first, span.last
    added, plans = added_between(found.id, first, last)
    off = off_days([found.school_id], first, last)[found.school_id]
    names, model = names_of(learners), model_in_force(found.id)
    support = dosage_of([person.id for person in learners], first, min(last, today))
    rows = [
        (names[str(person.id)], added.learners.get(str(person.id), Minutes()), support.get(person.id, [])) for person in learners
    ]  # fmt: skip
    periods = periods_of(found.id)
    context = {
        "section": found, "rows": rows, "adults": added.adults.items(), "days": len({plan.row.day for plan in plans}),
        "rooms": [(name, use, round(100 * use.minutes / max(use.possible, 1))) for name, use in added.rooms.items()],
        "span": span, "off": [(month_day(date_of(day)), name) for day, name in sorted(off.items())],
        "periods": [(WEEKDAYS[p.weekday], hour(p.begin), hour(p.begin + p.minutes), p.room) for p in periods],
        "misfits": misfits(model, periods) if model is not None else (),
        "supported": any(found for _name, _minutes, found in rows),
    }  # fmt: skip
    return render(request, "teacher/week.html", context)


@require_POST
@page_for(*STAFF)
def timetable(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Import a master timetable for the classes of this person; other classes in it are passed over."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    given = request.FILES.get("table")
    if given is None or (given.size or 0) > MOST_BYTES:
        messages.warning(request, _("Choose a CSV file of at most 2 MB."))
        return redirect("pages:week", section=found.id)
    try:
        meetings = read_timetable(BytesIO(given.read()), given.name or "table")
        kept = keep_timetable(sections=list(sections_of(viewer)), by=viewer.person, meetings=meetings, now=time.time())
        said = ngettext("The timetable of %(n)d class is kept.", "The timetables of %(n)d classes are kept.", kept)
        messages.success(request, said % {"n": kept})
    except ImportProblem as problem:
        messages.warning(request, str(problem))
    except Malformed as refusal:
        messages.warning(request, plain(refusal.message))
    return redirect("pages:week", section=found.id)
