"""Programs of other systems: registered, looked after and closed by people with a part in all of the district."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import when
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.school.people import programs
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.programs import NoProgram, Registered
from headway.standards.case.service.operations import ROOT
from headway.standards.case.service.operations import SCOPE as CASE_SCOPE
from headway.standards.oneroster.service.operations import BASES, SCOPE, SCOPES

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
MAY: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "roster": (
        gettext_lazy("Read the roster: schools, classes, people and who is in which class"),
        (f"{SCOPE}roster",),
    ),
    "resources": (gettext_lazy("Read which content classes work with"), (f"{SCOPE}resource",)),
    "grades": (
        gettext_lazy("Read the gradebook: skills mastered, and what programs wrote"),
        (f"{SCOPE}gradebook.readonly", f"{SCOPE}gradebook-core.", f"{SCOPE}assessment.readonly"),
    ),
    "write": (
        gettext_lazy("Write results into the gradebook, beside Headway’s own record"),
        tuple(f"{SCOPE}{what}.{how}" for what in ("gradebook", "assessment") for how in ("create", "delete")),
    ),
    "standards": (gettext_lazy("Read the frameworks of standards (CASE)"), (CASE_SCOPE,)),
}
"""What a program may do, in words, and how the scopes begin that it takes. That of demographics is among the roster's: Headway
keeps none."""


@dataclass(frozen=True, slots=True)
class Line:
    """A program in words."""

    id: UUID
    name: str
    client: str
    may: list[str]
    by: str
    mine: bool
    seen: str


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The programs that may ask, and a form for another one."""
    return _page(request, viewer)


@require_POST
@never_cache
@page_for(*WHO)
def register(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Register a program and show its secret this once, or say what to mend."""
    programs.check_may_register(viewer)
    name, may = request.POST.get("name", ""), [each for each in request.POST.getlist("may") if each in MAY]
    try:
        made = programs.register_program(by=viewer.person, name=name, scopes=_scopes(may), now=time.time())
    except NoProgram as refusal:
        return _page(request, viewer, form={"name": name, "may": may}, words=said(refusal.message))
    return _page(request, viewer, made=made)


@require_POST
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Close a program, or look after it from now on."""
    programs.check_may_register(viewer)
    what = request.POST.get("what", "")
    key = uuid_or_404(request.POST.get("program", ""))
    if what == "close":
        programs.end_program(program=key, now=time.time())
        messages.success(request, _("The program is closed. Its tokens stop within half a minute."))
    elif what == "take" and programs.take_charge(program=key, by=viewer.person):
        messages.success(request, _("You look after it now: what it reads stands under your name."))
    else:
        raise Http404
    return redirect("pages:programs")


def _scopes(may: list[str]) -> set[str]:
    begins = tuple(start for each in may for start in MAY[each][1])
    return {scope for scope in (*SCOPES, CASE_SCOPE) if begins and scope.startswith(begins)}


def _page(
    request: HttpRequest,
    viewer: Viewer,
    *,
    form: dict[str, Any] | None = None,
    words: str = "",
    made: Registered | None = None,
) -> HttpResponse:
    programs.check_may_register(viewer)
    now, tz = time.time(), time_zone_of(viewer.person.district_id)
    form = form or {"name": "", "may": ["roster"]}
    lines = []
    for row in programs.open_programs():
        may = [str(text) for key, (text, _starts) in MAY.items() if _scopes([key]) <= set(row.scopes)]
        seen = when(row.seen_at, now, tz) if row.seen_at else ""
        lines.append(
            Line(row.id, row.name, programs.client_of(row), may, row.by.name, row.by_id == viewer.person.id, seen)
        )
    context = {
        "lines": lines,
        "choices": [(key, text, key in form["may"]) for key, (text, _starts) in MAY.items()],
        "form": form,
        "words": words,
        "made": made,
        "token": request.build_absolute_uri("/oauth2/token"),
        "addresses": [request.build_absolute_uri(base) for base in (*BASES.values(), ROOT)],
    }
    return render(request, "programs.html", context, status=422 if words else 200)
