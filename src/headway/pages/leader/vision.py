"""The vision: what the district wants to become, and each strand from its gap to pilots and the next cycle."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.evidence.outcomes.aims import due
from headway.core.evidence.outcomes.cycle import STEPS
from headway.pages.dates import date_said
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.leader.outcome_shown import gap_said, goal_said, group_said, share_said, ways
from headway.pages.render import plain, said
from headway.school.evidence.outcomes.people import Crowd, crowd_of
from headway.school.evidence.outcomes.queries import aims_of, leads_district
from headway.school.evidence.outcomes.vision import (
    WORDS,
    Strand,
    VisionLine,
    begin_strand,
    link_pilot,
    pilots_to_link,
    vision_of,
    write_step,
    write_vision,
)
from headway.school.people.access import Viewer
from headway.school.people.clock import day_of, local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.refusal import Malformed

READERS = (RoleName.LEADER, RoleName.RESEARCHER, RoleName.TEACHER, RoleName.INTERVENTIONIST)


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in words; ``writes``: its words can be written on the page."""

    kind: str
    name: str
    state: str
    said: str
    words: str
    by: str
    writes: bool


@require_GET
@never_cache
@page_for(*READERS)
def vision(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All of it on one page."""
    crowd, zone = crowd_of(), time_zone_of(viewer.person.district_id)
    found, leads = vision_of(viewer, crowd), leads_district(viewer)
    today = day_of(viewer.person.district_id, time.time())
    context: dict[str, object] = {
        "line": found.line, "by": "" if found.line is None else _by(found.line, zone), "leads": leads,
        "figures": viewer.has(RoleName.LEADER, RoleName.RESEARCHER),
        "strands": [(each, _gap(each, today), _steps(each, zone)) for each in found.strands],
    }  # fmt: skip
    if leads:
        context |= {"aims": aims_of(), "groups": _groups(crowd), "pilots": pilots_to_link(viewer)}
    return render(request, "leader/vision.html", context)


def _by(line: VisionLine, zone: str) -> str:
    return _("{who}, {day}").format(who=line.by.name, day=date_said(local_date(zone, line.at)))


def _groups(crowd: Crowd) -> list[tuple[str, str]]:
    return [
        (f"{by}:{name}", f"{words}: {group_said(by, name)}") for by, words in ways() for name in crowd.splits[by].names
    ]


def _gap(strand: Strand, today: int) -> list[str]:
    """The gap now, in sentences."""
    body, aim = strand.begun.body, strand.aim
    if aim is None:
        return [_("Its outcome is no longer followed.")]
    out = [aim.title]
    if body["by"]:
        out[0] = _("{outcome}: {ahead} beside {behind}").format(
            outcome=aim.title,
            ahead=group_said(body["by"], body["ahead"]),
            behind=group_said(body["by"], body["behind"]),
        )
        return [*out, *(words for words in gap_said(strand.gap) if words)] if strand.gap is not None else out
    return [*out, share_said(strand.standing), goal_said(due(aim, today))]


def _steps(strand: Strand, zone: str) -> list[StepShown]:
    out = []
    for step in strand.steps:
        line = strand.begun if step.kind == "gap" else strand.lines.get(step.kind)
        by = "" if line is None else _by(line, zone)
        words = "" if line is None else line.words
        open_ = strand.closed is None and step.kind in WORDS
        out.append(StepShown(step.kind, said(STEPS[step.kind]), step.state, said(step.said), words, by, open_))
    return out


@require_POST
@page_for(RoleName.LEADER)
def say(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write a line: of the vision, of a new strand, or of a step."""
    if not leads_district(viewer):
        raise Http404
    what, words, by, now = request.POST.get("what", ""), request.POST.get("words", ""), viewer.person, time.time()
    try:
        if what == "vision":
            write_vision(by=by, words=words, now=now)
        elif what == "gap":
            group, _colon, ahead = request.POST.get("ahead", "").partition(":")
            other, _colon, behind = request.POST.get("behind", "").partition(":")
            ahead = ahead if group == other else ""
            begin_strand(
                by=by,
                words=words,
                aim=request.POST.get("aim", ""),
                group=group or other,
                ahead=ahead,
                behind=behind,
                now=now,
            )
        elif what == "pilot":
            link_pilot(by=by, strand=_key(request, "strand"), pilot=_key(request, "pilot"), now=now)
        else:
            write_step(by=by, strand=_key(request, "strand"), kind=what, words=words, now=now)
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    else:
        messages.success(request, _("Written down, with your name."))
    return redirect("pages:vision")


def _key(request: HttpRequest, name: str) -> UUID:
    return uuid_or_404(request.POST.get(name, ""))
