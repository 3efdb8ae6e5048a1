"""Who has waited longest for a conference: the learners of one's classes, with the last talk and whether they have prepared."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.conference.door import PLACE
from headway.pages.dates import day
from headway.pages.guard import page_for
from headway.pages.teacher.classes import STAFF
from headway.school.path.conferences.actions import SITTING
from headway.school.path.conferences.queries import Waiting, waiting_of
from headway.school.people.access import Viewer, learners_of_classes
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person

SHOWN = 30
"""Learners of a list that stand open; the rest is folded away."""
MOST = 300
"""Learners of a list at most; one class always fits."""
WEEK = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class Row:
    """A learner of the list: how long they have waited, in words; ``going`` is a talk that was begun and not ended."""

    learner: Person
    classes: str
    waited: str
    prepared: str
    going: UUID | None


@require_GET
@never_cache
@page_for(*STAFF)
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The list; ``class`` of the address keeps it to one class."""
    classes = learners_of_classes(viewer, purpose="teaching", place=PLACE)
    chosen = request.GET.get("class", "")
    kept = [pair for pair in classes if str(pair[0].id) == chosen] or classes
    people = {person.id: person for _section, found in kept for person in found}
    now = time.time()
    waiting = waiting_of(list(people), open_since=now - SITTING)
    order = sorted(people.values(), key=lambda p: (waiting[p.id].last_at, p.family_name, p.given_name, str(p.id)))
    names: dict[UUID, list[str]] = {person: [] for person in people}
    for section, found in kept:
        for person in found:
            names[person.id].append(section.title)
    rows = [_row(person, waiting[person.id], ", ".join(names[person.id]), now) for person in order]
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN:MOST],
        "beyond": len(rows) > MOST,
        "classes": [section for section, _people in classes],
        "chosen": chosen if len(kept) == 1 else "",
        "going": [row for row in rows if row.going],
    }
    return render(request, "conference/listed.html", context)


def _row(person: Person, found: Waiting, classes: str, now: float) -> Row:
    zone = time_zone_of(person.district_id)
    waited = _("No talk yet")
    if found.last_at:
        weeks = int((now - found.last_at) // WEEK)
        last = day(found.last_at, now, zone)
        waited = _("Last talk: {day}").format(day=last)
        if weeks:
            waited = ngettext(
                "Last talk: {day}, {weeks} week ago", "Last talk: {day}, {weeks} weeks ago", weeks
            ).format(day=last, weeks=weeks)
    prepared = day(found.prepared_at, now, zone) if found.prepared_at > found.last_at else ""
    return Row(person, classes, waited, prepared, found.open)
