"""Rubrics: those that are offered, writing one, and bringing some in as a table."""

from __future__ import annotations

import io
import time

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.measurement.rubrics import KINDS, MOST_CRITERIA, MOST_STEPS, Criterion, Rubric, key_of
from headway.core.text import T
from headway.pages.guard import page_for
from headway.pages.milestones import said_once, shown_rubric
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.measurement.projects.rubrics import NotKept, keep_rubric, rubrics_offered
from headway.school.people.access import Viewer
from headway.standards.errors import ImportProblem
from headway.standards.rubrics import read_rubrics, write_rubrics

MOST_BYTES = 500_000
USUAL_STEPS, EMPTY = 4, 2


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def rubrics(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The list; a POST takes a table."""
    problem = ""
    if request.method == "POST":
        try:
            count = _bring_in(request, viewer)
        except ImportProblem as refusal:
            problem = f"{refusal.what} {refusal.where}: {refusal.how}"
        except NotKept as refusal:
            problem = said(refusal.text)
        else:
            messages.success(
                request, ngettext("{n} rubric brought in.", "{n} rubrics brought in.", count).format(n=count)
            )
            return redirect("pages:rubrics")
    offered = [(code, said_once(each.title), shown_rubric(each)) for code, each in rubrics_offered().items()]
    status = 422 if problem else 200
    return render(request, "teacher/rubrics.html", {"rubrics": offered, "problem": problem}, status=status)


def _bring_in(request: HttpRequest, viewer: Viewer) -> int:
    file = request.FILES.get("file")
    if file is None or isinstance(file, list) or (file.size or 0) > MOST_BYTES:
        raise ImportProblem(_("Choose a CSV file of at most 500 kB."), "CSV", _("Its columns are named on this page."))
    found = read_rubrics(io.BytesIO(file.read(MOST_BYTES + 1)), file.name or "rubrics.csv")
    with transaction.atomic():  # all of them or none
        for rubric in found:
            keep_rubric(district=viewer.person.district_id, rubric=rubric, by=viewer.person, now=time.time())
    return len(found)


@require_GET
@page_for(*STAFF)
def table(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The rubrics as CSV, to change in a spreadsheet and bring in again."""
    response = HttpResponse(write_rubrics(list(rubrics_offered().values())), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rubrics.csv"'
    return response


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def edit(request: HttpRequest, viewer: Viewer, code: str = "") -> HttpResponse:
    """Write a rubric, or a newer form of one."""
    offered = rubrics_offered()
    if code and code not in offered:
        raise Http404
    rubric, problem = offered.get(code) or Rubric("", "", ()), ""
    if request.method == "POST":
        rubric = _read(request, code)
        try:
            if not code and rubric.code in offered:
                raise NotKept(T("There is a rubric of this title already. Give it another title, or edit that one."))
            keep_rubric(district=viewer.person.district_id, rubric=rubric, by=viewer.person, now=time.time())
        except NotKept as refusal:
            problem = said(refusal.text)
        else:
            messages.success(
                request, _("Kept. New projects use it; those that run keep the words that they began with.")
            )
            return redirect("pages:rubrics")
    known = [
        (each.key, said_once(each.title), each.kind, _steps(each), "; ".join(each.skills)) for each in rubric.criteria
    ]
    blank = [("", "", "thinking", [""] * USUAL_STEPS, "")] * min(EMPTY if known else 4, MOST_CRITERIA - len(known))
    context = {
        "code": code,
        "title": said_once(rubric.title),
        "criteria": [*known, *blank],
        "kinds": list(KINDS.items()),
        "problem": problem,
    }
    return render(request, "teacher/rubric.html", context, status=422 if problem else 200)


def _steps(each: Criterion) -> list[str]:
    steps = [said_once(step) for step in each.steps]
    return steps + [""] * max(USUAL_STEPS - len(steps), 1 if len(steps) < MOST_STEPS else 0)


def _read(request: HttpRequest, code: str) -> Rubric:
    """The rubric that a form holds: criteria in rows of fields that are numbered from 0. A criterion keeps its key when its words
    change, so that what a course asks for still names it."""
    title = " ".join(request.POST.get("title", "").split())
    criteria = []
    for n in range(MOST_CRITERIA + EMPTY):
        name = " ".join(request.POST.get(f"name-{n}", "").split())
        if not name:
            continue
        steps = [" ".join(step.split()) for step in request.POST.getlist(f"step-{n}")[:MOST_STEPS]]
        while steps and not steps[-1]:
            steps.pop()
        skills = [part.strip() for part in request.POST.get(f"skills-{n}", "").split(";") if part.strip()]
        key = key_of(request.POST.get(f"key-{n}", "")) or key_of(name)
        criteria.append(Criterion(key, name, request.POST.get(f"kind-{n}", ""), tuple(steps), tuple(skills)))
    return Rubric(code or key_of(title), title, tuple(criteria))
