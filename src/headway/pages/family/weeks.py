"""One week of a child in plain words: this one on the family's page, and every earlier one to read again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.core.path.week import Week
from headway.pages.dates import month_day
from headway.pages.family.door import open_child
from headway.pages.guard import page_for
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.week import monday_of, monday_on, week_of
from headway.school.people.access import Viewer
from headway.school.people.clock import date_of
from headway.school.people.models import Person, RoleName

OLDEST = 2 * 53
"""Weeks that can be read back."""


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week with its days in words, and the dates of its neighbours ("" for none)."""

    week: Week
    name: str
    this: bool
    earlier: str
    later: str


def shown_week(
    child: Person,
    monday: int,
    now: float,
    curriculum: Curriculum | None = None,
    ledger: Sequence[MasteryEntry] | None = None,
) -> ShownWeek | None:
    """Return a week of a child; None where the school has not set up practice. The last two as in ``week_of``."""
    this = monday_of(child.district_id, now)
    try:
        found = week_of(child, monday, curriculum, ledger)
    except NoCurriculum:
        return None
    name = _("{first} to {last}").format(first=month_day(date_of(monday)), last=month_day(date_of(monday + 6)))
    earlier = str(date_of(monday - 7)) if monday - 7 >= this - 7 * OLDEST else ""
    return ShownWeek(found, name, monday == this, earlier, str(date_of(monday + 7)) if monday < this else "")


@require_GET
@never_cache
@page_for(RoleName.FAMILY)
def week(request: HttpRequest, viewer: Viewer, learner: UUID, day: str) -> HttpResponse:
    """The week of a day (``2026-11-16``)."""
    child, now = open_child(viewer, learner), time.time()
    try:
        monday = monday_on(date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
    this = monday_of(child.district_id, now)
    if not this - 7 * OLDEST <= monday <= this:
        raise Http404
    return render(request, "family/week.html", {"learner": child, "shown": shown_week(child, monday, now)})
