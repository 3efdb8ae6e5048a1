"""What the district wants and where it stands: the overview, one outcome with its schools and groups, and the form."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.evidence.outcomes.aims import FACETS, Aim
from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.outcome_form import aim_from, context_of, sent_in, sent_of
from headway.pages.leader.outcome_shown import (
    chart,
    goal_said,
    group_said,
    mean_said,
    measure_said,
    measured_said,
    share_said,
    shown,
    ways,
)
from headway.pages.render import plain, said
from headway.school.evidence.outcomes.actions import end_aim, known_names, learners_here, save_aims, take
from headway.school.evidence.outcomes.people import Crowd, crowd_of
from headway.school.evidence.outcomes.queries import (
    READERS,
    Read,
    aims_of,
    groups_of,
    history_of,
    leads_district,
    lines_of,
    reads_of,
    schools_read,
)
from headway.school.people.access import Viewer
from headway.school.people.clock import date_of, day_of, local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.refusal import Malformed

AT_ONCE = 3_000
"""Learners up to which a page measures while somebody waits; a larger district is measured by the command."""


def scope_of(request: HttpRequest, viewer: Viewer, crowd: Crowd) -> tuple[UUID | None, list[tuple[str, str, bool]]]:
    """The school that is asked for (None: the district) and what can be chosen: a reader's own schools, and all together."""
    own = schools_read(viewer, crowd.schools)
    asked = request.GET.get("school", "")
    if asked and asked not in {str(each.id) for each in own} | {"all"}:
        raise Http404
    first = "all" if None in viewer.schools(*READERS) or not own else str(own[0].id)
    asked = asked or first
    choices = [("all", _("All schools"), asked == "all"), *((str(s.id), s.name, str(s.id) == asked) for s in own)]
    return None if asked == "all" else UUID(asked), choices


@require_GET
@never_cache
@page_for(*READERS)
def outcomes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every outcome by facet."""
    crowd = crowd_of()
    school, choices = scope_of(request, viewer, crowd)
    lines = lines_of(crowd, school, day_of(viewer.person.district_id, time.time()))
    facets = [
        (said(words), [shown(line) for line in lines if line.aim.facet == facet]) for facet, words in FACETS.items()
    ]
    context = {
        "facets": [(name, rows) for name, rows in facets if rows], "choices": choices, "school": school or "all",
        "leads": leads_district(viewer), "any": bool(lines), "measured": any(line.day is not None for line in lines),
    }  # fmt: skip
    return render(request, "leader/outcomes.html", context)


def _asked(request: HttpRequest) -> Aim:
    found = next((aim for aim in aims_of() if aim.code == request.GET.get("code", "")), None)
    if found is None:
        raise Http404
    return found


@require_GET
@never_cache
@page_for(*READERS)
def outcome(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One outcome: schools, groups, days, and what was said of it."""
    aim, crowd = _asked(request), crowd_of()
    school, choices = scope_of(request, viewer, crowd)
    reads = reads_of(aim, crowd)
    zone = time_zone_of(viewer.person.district_id)
    context: dict[str, object] = {
        "aim": aim, "facet": said(FACETS[aim.facet]), "measure": measure_said(aim), "choices": choices,
        "school": school or "all", "goals": [goal_said(goal) for goal in aim.goals], "leads": leads_district(viewer),
        "history": [
            (date_said(local_date(zone, row.at)), row.by.name if row.by else _("a file"), row.gone, row.body["title"])
            for row in history_of(aim.code)
        ],
    }  # fmt: skip
    if reads:
        context |= _stands(viewer, aim, reads, school)
    return render(request, "leader/outcome.html", context)


def _stands(viewer: Viewer, aim: Aim, reads: list[Read], school: UUID | None) -> dict[str, object]:
    late, crowd = reads[-1], reads[-1].crowd
    place = None if school is None else crowd.place(school)
    points = [(each.day, standing) for each in reads if (standing := each.standing(place)) is not None]
    own = {each.id for each in schools_read(viewer, crowd.schools)}
    return {
        "day": date_said(date_of(late.day)),
        "whole": (share_said(late.standing(place)), measured_said(late.standing(place))),
        "chart": chart(points, aim.goals) if points else "",
        "points": [(date_said(date_of(day)), share_said(each), mean_said(each), each.measured) for day, each in points],
        "schools": [
            (each.name, share_said(late.standing(n)), measured_said(late.standing(n)))
            for n, each in enumerate(crowd.schools)
            if each.id in own
        ],
        "groups": [
            (name, [
                (group_said(by, cell.name), share_said(cell.standing), measured_said(cell.standing))
                for cell in groups_of(late, by, place)
            ])
            for by, name in ways()
        ],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@page_for(RoleName.LEADER)
def edit(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say what is wanted, or say it otherwise."""
    if not leads_district(viewer):
        raise Http404
    district = viewer.person.district_id
    aim = _asked(request) if request.GET.get("code") else None
    sent = {} if aim is None else sent_of(aim)
    if request.method == "POST":
        sent = sent_in(request.POST)
        try:
            if aim is not None and request.POST.get("what") == "end":
                end_aim(code=aim.code, by=viewer.person, now=time.time())
                messages.success(request, _("It is no longer followed. What was said and measured stays."))
                return redirect("pages:outcomes")
            made = aim_from(sent, "" if aim is None else aim.code, [each.code for each in aims_of()])
            save_aims(district=district, aims=[made], by=viewer.person, now=time.time())
        except Malformed as problem:
            messages.warning(request, plain(problem.message))
        else:
            messages.success(request, _("Written down, with your name."))
            return redirect(f"{reverse('pages:outcome')}?{urlencode({'code': made.code})}")
    context = context_of(sent, known_names(district)) | {"code": "" if aim is None else aim.code}
    return render(request, "leader/outcome_form.html", context)


@require_POST
@page_for(RoleName.LEADER)
def measure(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Read where everybody stands now."""
    if not leads_district(viewer):
        raise Http404
    if len(learners_here()) > AT_ONCE:
        messages.warning(
            request, _("Your district is large. Whoever runs the server lets “headway outcomes measure” run at night.")
        )
    else:
        made = take(district=viewer.person.district_id, now=time.time())
        messages.success(request, _("Measured: {n} results are kept.").format(n=made))
    return redirect("pages:outcomes")
