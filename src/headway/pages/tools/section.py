"""The tools of a class: what stands before it, choosing more in a tool, and what came back from there."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.text import Text
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.person.steer import skill_choices
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.tools.book import reached_in
from headway.school.exchange.tools.choosing import Pick, items_chosen, place_chosen, placed_in, take_away
from headway.school.exchange.tools.register import NoTool, open_tools
from headway.school.exchange.tools.visiting import begin_choosing, visit_of
from headway.school.people.access import NotAllowed, Viewer, access_section, sections_of
from headway.school.people.models import RoleName, Section

STAFF = (RoleName.TEACHER, RoleName.LEADER, RoleName.INTERVENTIONIST)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def standing(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """What stands before the class; a POST takes one thing away."""
    found = _section(viewer, section)
    if request.method == "POST":
        key = uuid_or_404(request.POST.get("placement", ""))
        if not take_away(placement=key, section=found, by=viewer.person, now=time.time()):
            raise Http404
        messages.success(request, _("Taken away. Scores that came before stay in the record."))
        return redirect("pages:section-tools", section=section)
    titles = _titles(viewer)
    placed = placed_in(found.id)
    access_section(viewer, section, purpose="teaching", place="tools")
    scores = reached_in(found.id)
    lines = [(row, titles.get(row.skill, row.skill), scores.get(row.id, [])) for row in placed]
    context = {"section": found, "lines": lines, "tools": open_tools()}
    return render(request, "tools/section.html", context)


@require_GET
@never_cache
@page_for(*STAFF)
def choose(request: HttpRequest, viewer: Viewer, section: UUID, tool: UUID) -> HttpResponse:
    """Off to the tool, to choose something for the class there."""
    found = _section(viewer, section)
    address = begin_choosing(tool=tool, section=found, person=viewer.person, now=time.time())
    return HttpResponse(status=302, headers={"Location": address})


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def confirm(request: HttpRequest, viewer: Viewer, visit: UUID) -> HttpResponse:
    """What came back from a tool; the teacher says which of it stands before the class, and at which skill."""
    found = visit_of(visit, viewer.person)
    if found is None or found.chosen is None:
        raise Http404
    section, words = _section(viewer, found.section_id), ""
    items = items_chosen(found)
    if request.method == "POST":
        known = set(_titles(viewer))
        taken = set(request.POST.getlist("take"))
        picks = [
            Pick(
                n,
                request.POST.get(f"title-{n}", ""),
                skill if (skill := request.POST.get(f"skill-{n}", "")) in known else "",
            )
            for n in range(len(items))
            if str(n) in taken
        ]
        try:
            n = place_chosen(visit=found.id, picks=picks, by=viewer.person, now=time.time())
        except NoTool as refusal:
            words = said(refusal.message)
        else:
            done = ngettext(
                "{n} activity stands before the class now.", "{n} activities stand before the class now.", n
            )
            messages.success(request, done.format(n=n))
            return redirect("pages:section-tools", section=section.id)
    context = {
        "section": section, "visit": found, "items": list(enumerate(items)), "others": found.chosen.get("others", 0),
        "said": found.chosen.get("said", ""), "choices": _choices(viewer), "words": words,
    }  # fmt: skip
    return render(request, "tools/chosen.html", context, status=422 if words else 200)


def _section(viewer: Viewer, key: UUID) -> Section:
    found = sections_of(viewer).filter(id=key).first()
    if found is None:
        raise NotAllowed("There is no such class among those that you work with.")
    return found


def _choices(viewer: Viewer) -> list[tuple[str, list[tuple[str, Text]]]]:
    try:
        return skill_choices(curriculum_of(viewer.person.district_id), -1)
    except NoCurriculum:
        return []


def _titles(viewer: Viewer) -> dict[str, Text]:
    return {key: title for _grade, skills in _choices(viewer) for key, title in skills}
