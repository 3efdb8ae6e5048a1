"""Two texts side by side, for every judge: a teacher, a learner of the class, a guest of another school."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.pages.guard import page_for
from headway.pages.sheets import shut_in
from headway.pages.teacher.judgement_shown import precision_said
from headway.school.measurement.judgement.judging import Say, decide, pair_for
from headway.school.measurement.judgement.queries import file_for, precision_so_far, task_judged_by
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName

JUDGES = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER, RoleName.LEARNER)


@require_GET
@never_cache
@page_for(*JUDGES)
def compare(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """The pair in the judge's hand, without names; or that there is none."""
    found = task_judged_by(viewer, task)
    offer = pair_for(task=found, judge=viewer.person, now=time.time(), seed=secrets.randbits(63))
    sides = [("left", "A", offer.left), ("right", "B", offer.right)] if offer else []
    learner = viewer.has(RoleName.LEARNER)
    precision = None if learner or offer is None else precision_so_far(found.id)
    context = {
        "task": found,
        "offer": offer,
        "sides": sides,
        "learner": learner,
        "aspects": list(ASPECTS.values()),
        "precision": precision_said(precision, found.target) if precision is not None else "",
    }
    return render(request, "judging.html", context)


@require_POST
@page_for(*JUDGES)
def decided(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """Keep the decision and show the next pair. A decision that comes twice counts once."""
    found = task_judged_by(viewer, task)
    better, pair = request.POST.get("better", ""), _uuid(request.POST.get("pair", ""))
    if better not in ("left", "right") or pair is None:
        raise Http404
    decide(
        task=found,
        judge=viewer.person,
        pair=pair,
        better="left" if better == "left" else "right",
        now=time.time(),
        to_left=_say(request, "left"),
        to_right=_say(request, "right"),
    )
    return redirect("pages:compare", task=task)


def _say(request: HttpRequest, side: str) -> Say:
    """What the judge says to the writer of one text."""
    works, steps = request.POST.getlist(f"works_{side}"), request.POST.getlist(f"step_{side}")
    if not {*works, *steps} <= ASPECTS.keys():
        raise Http404
    return Say(request.POST.get(f"to_{side}", ""), works, steps)


@require_GET
@page_for(*JUDGES)
def file(request: HttpRequest, viewer: Viewer, piece: UUID, sheet: int = 0) -> HttpResponse:
    """A handed-in PDF or photo, or a page of a PDF as a picture."""
    kind, data = file_for(viewer, piece, sheet)
    return shut_in(kind, data)


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
