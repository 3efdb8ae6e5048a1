"""Projects of a class: the list, a new one, and the board of milestones by learner."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.dates import near
from headway.pages.guard import page_for
from headway.pages.milestones import said_once, shown_place, today_in
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.measurement.projects import actions, work
from headway.school.measurement.projects.ledger import contested_in
from headway.school.measurement.projects.queries import (
    Whole,
    places_of,
    project_run_by,
    projects_of,
    waiting_feedback,
)
from headway.school.measurement.projects.rubrics import NotKept, rubrics_offered
from headway.school.people.access import Viewer
from headway.school.people.clock import EPOCH, date_of

PLACE = "project board"
ROWS = 6
"""Milestones that a new project's page has room for; more come with the first ones filled."""


@require_GET
@never_cache
@page_for(*STAFF)
def projects(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The projects of a class."""
    found, rows = projects_of(viewer, section)
    return render(request, "teacher/projects.html", {"section": found, "projects": rows})


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def new(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Start a project."""
    found, _rows = projects_of(viewer, section)
    problem, form = "", request.POST
    lines = list(zip(form.getlist("name"), form.getlist("shows"), form.getlist("due"), strict=False))[
        : actions.MOST_MILESTONES
    ]
    if request.method == "POST":
        try:
            row = actions.start_project(
                section=found, title=form.get("title", ""), question=form.get("question", ""),
                subjects=form.get("subjects", ""), rubric=form.get("rubric", ""), peers=form.get("peers", ""),
                steps=[actions.Step(name, shows, day_in(due)) for name, shows, due in lines if name.strip() or due],
                by=viewer.person, now=time.time(),
            )  # fmt: skip
        except NotKept as refusal:
            problem = said(refusal.text)
        else:
            messages.success(request, _("The project has begun. Learners see it now."))
            return redirect("pages:project-board", project=row.id)
    empty = max(ROWS, min(len(lines) + 2, actions.MOST_MILESTONES)) - len(lines)
    context = {
        "section": found,
        "rubrics": [(code, said_once(rubric.title)) for code, rubric in rubrics_offered().items()],
        "form": form,
        "lines": [*lines, *[("", "", "")] * empty],
        "peers": form.get("peers") or "checked",
        "problem": problem,
    }
    return render(request, "teacher/project_new.html", context, status=422 if problem else 200)


def day_in(value: str) -> int:
    """A date of a form as a local day counted since 1970; -1 where it is none."""
    try:
        return date.fromisoformat(value).toordinal() - EPOCH
    except ValueError:
        return -1


@require_GET
@never_cache
@page_for(*STAFF)
def board(request: HttpRequest, viewer: Viewer, project: UUID) -> HttpResponse:
    """Milestones by learner, what waits for an adult, groups and days."""
    found = project_run_by(viewer, project, place=PLACE)
    _now, _zone, today = today_in(viewer.person.district_id)
    places = places_of([found], [learner.id for learner in found.learners], today=today)
    learners = found.in_order
    rows = [
        (
            learner,
            found.group_of.get(learner.id, (0, 0))[1],
            [shown_place(places[learner.id][m.id], today) for m in found.milestones],
        )
        for learner in learners
    ]
    context = {
        "project": found.project,
        "section": found.project.section,
        "milestones": [
            (each, near(date_of(each.due), date_of(today)), date_of(each.due).isoformat()) for each in found.milestones
        ],
        "rows": rows,
        "look": sum(place.state == "handed in" for _learner, _group, shown in rows for place in shown),
        "waiting": waiting_feedback(found),
        "contested": [
            (learner, said_once(criterion.title), contest)
            for learner, score, contest in contested_in(found.project)
            if (criterion := found.rubric.criterion(score.criterion)) is not None
        ],
        "numbers": range(1, min(len(learners), actions.MOST_GROUPS) + 1),
        "rubric_title": said_once(found.rubric.title),
    }
    return render(request, "teacher/project_board.html", context)


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, project: UUID) -> HttpResponse:
    """One step; what cannot be done is said on the page that follows."""
    found = project_run_by(viewer, project, place=PLACE)
    what, _colon, rest = request.POST.get("do", "").partition(":")
    step = STEPS.get(what)
    if step is None:
        raise Http404
    try:
        done = step(request, viewer, found, rest)
    except NotKept as refusal:
        messages.warning(request, said(refusal.text))
    else:
        messages.success(request, done)
    return redirect("pages:project-board", project=project)


def _groups(request: HttpRequest, _viewer: Viewer, found: Whole, _rest: str) -> str:
    wanted = {key.removeprefix("group-"): value for key, value in request.POST.items() if key.startswith("group-")}
    numbers = {
        key: int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 4 else 0
        for key, value in wanted.items()
    }
    count = actions.set_groups(project=found.project, groups=numbers)
    return _("Groups kept: {n} learners work in a group.").format(n=count)


def _days(request: HttpRequest, _viewer: Viewer, found: Whole, _rest: str) -> str:
    for each in found.milestones:
        given = request.POST.get(f"due-{each.number}")
        if given is not None and day_in(given) != each.due:
            actions.move_milestone(milestone=each, due=day_in(given))
    return _("The days are kept.")


def _pass(request: HttpRequest, viewer: Viewer, found: Whole, rest: str) -> str:
    through = request.POST.get("do", "").startswith("through")
    number = int(rest) if rest.isdecimal() and len(rest) < 16 else 0
    work.pass_feedback(project=found.project, number=number, by=viewer.person, through=through)
    return _("The feedback is let through.") if through else _("The feedback is held back.")


def _end(request: HttpRequest, _viewer: Viewer, found: Whole, rest: str) -> str:
    actions.close_project(project=found.project, now=time.time(), closed=rest != "open")
    if rest == "open":
        return _("The project runs again.")
    return _("The project has ended. Everything stays readable.")


Step = Callable[[HttpRequest, Viewer, Whole, str], str]
STEPS: dict[str, Step] = {"groups": _groups, "days": _days, "through": _pass, "hold": _pass, "end": _end}
