"""The proctor's board: who is where in a screening, live, and what somebody needs to take it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import ago_said
from headway.pages.guard import page_for
from headway.pages.leader.screening import STAFF, title_of
from headway.school.measurement.actions import NotTaken, fill_roster, pause, support
from headway.school.measurement.screenings import (
    STATUSES,
    ScreeningSitting,
    access_sitting,
    access_window,
    roster_of,
    schools_led,
)
from headway.school.people.access import Viewer

QUIET = 180.0
"""Seconds without an answer after which somebody who is working may need a look."""
FACTORS = ("1", "1.5", "2", "3")
SIZES = ("1", "1.25", "1.5", "2")


@dataclass(frozen=True, slots=True)
class Seat:
    """One learner on the board, in words."""

    id: UUID
    name: str
    grade: str
    status: str
    says: str
    given: int
    since: str
    quiet: bool
    extra_time: str
    text_size: str
    read_aloud: bool
    make_up: bool
    note: str


@require_GET
@never_cache
@page_for(*STAFF)
def board(request: HttpRequest, viewer: Viewer, window: UUID) -> HttpResponse:
    """The board; ``?part=seats`` is its moving part alone."""
    found, now = access_window(viewer, window), time.time()
    if found.closed_at is None and "part" not in request.GET:
        fill_roster(window=found)
    words = _words()
    seats = [_seat(row, now, words) for row in roster_of(viewer, found, place="proctor")]
    seats.sort(key=lambda seat: (not seat.quiet, STATUSES.index(seat.status)))
    context = {
        "window": found,
        "title": title_of(found),
        "seats": seats,
        "tally": [(name, words[name], sum(seat.status == name for seat in seats)) for name in STATUSES],
        "leads": found.school_id in {school.id for school in schools_led(viewer)},
        "factors": FACTORS,
        "sizes": SIZES,
    }
    part = "teacher/_seats.html" if request.GET.get("part") == "seats" else "teacher/screening_board.html"
    return render(request, part, context)


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, window: UUID, sitting: UUID) -> HttpResponse:
    """Set what a learner needs, or pause their sitting."""
    row = access_sitting(viewer, access_window(viewer, window), sitting)
    sent = request.POST
    if sent.get("do") == "pause":
        pause(sitting=row.id, now=time.time())
        return redirect("pages:screening-board", window=window)
    factor, size = sent.get("extra_time", ""), sent.get("text_size", "")
    try:
        support(
            sitting=row.id,
            extra_time=float(factor) if factor in FACTORS else None,
            text_size=float(size) if size in SIZES else None,
            read_aloud=sent.get("read_aloud") == "1",
            make_up=sent.get("make_up") == "1",
            excused=None if row.status == "finished" else sent.get("excused") == "1",
            note=sent.get("note", ""),
        )
    except NotTaken as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("Saved for {name}.").format(name=row.learner.name))
    return redirect("pages:screening-board", window=window)


def _words() -> dict[str, str]:
    return {
        "working": _("Working"),
        "paused": _("On a break"),
        "waiting": _("Not started"),
        "finished": _("Finished"),
        "excused": _("Excused"),
    }


def _seat(row: ScreeningSitting, now: float, words: dict[str, str]) -> Seat:
    touched = row.touched_at
    return Seat(
        id=row.id,
        name=row.learner.name,
        grade=row.grade,
        status=row.status,
        says=words[row.status],
        given=row.given,
        since=ago_said(touched, now) if touched else "",
        quiet=row.status == "working" and touched is not None and now - touched > QUIET,
        extra_time=f"{row.extra_time:g}",
        text_size=f"{row.text_size:g}",
        read_aloud=row.read_aloud,
        make_up=row.make_up,
        note=row.note,
    )
