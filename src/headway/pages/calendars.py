"""A person's own calendar: a private address for a calendar program, made and ended here."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.dates import when
from headway.pages.guard import page_for, uuid_or_404
from headway.school.environment.days.feeds import calendar_of, end_feed, feeds_of, make_feed
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName


@never_cache
@page_for(RoleName.LEARNER, RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
def calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The addresses in force. A new one is shown once, on the page that answers its making."""
    now, person, address = time.time(), viewer.person, ""
    if request.method == "POST" and request.POST.get("what") == "make":
        address = request.build_absolute_uri(reverse("pages:calendar-feed", args=[make_feed(person=person, now=now)]))
    elif request.method == "POST":
        if end_feed(person=person, feed=uuid_or_404(request.POST.get("feed", "")), now=now):
            messages.success(request, _("Ended. Whoever has that address sees nothing more."))
        return redirect("pages:calendar")
    zone = time_zone_of(person.district_id)
    feeds = [
        (row.id, when(row.at, now, zone), when(row.read_at, now, zone) if row.read_at else "")
        for row in feeds_of(person)
    ]
    return render(request, "calendar.html", {"feeds": feeds, "address": address})


@require_GET
@never_cache
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a private address, for a program that signs nobody in."""
    body = calendar_of(token, name="Headway", now=time.time())
    if body is None:
        raise Http404
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
