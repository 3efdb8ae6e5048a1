"""A learner's projects: today's milestone, handing in, feedback, and how the work is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.pages.guard import uuid_or_404
from headway.pages.learner.gate import for_learners
from headway.pages.milestones import ShownPlace, shown_place, shown_rubric, shown_scores, today_in
from headway.pages.render import said
from headway.pages.sheets import NotDrawn, drawn
from headway.school.measurement.projects import work
from headway.school.measurement.projects.ledger import scored_of
from headway.school.measurement.projects.queries import (
    Project,
    Whole,
    feedback_to,
    next_place,
    places_of,
    project_of,
    projects_with,
    to_read,
    work_of,
)
from headway.school.measurement.projects.rubrics import NotKept
from headway.school.people.access import NotAllowed
from headway.school.people.models import Person
from headway.standards.handed_in import MAX_BYTES
from headway.standards.handed_in import NotKept as FileNotKept


@dataclass(frozen=True, slots=True)
class Line:
    """A project in a list: what is to do now (None: nothing), how many milestones are done."""

    project: Project
    now: ShownPlace | None
    done: int
    count: int


def lines_of(learner: UUID, today: int) -> list[Line]:
    """A learner's projects with what is to do in each, running ones first. Five queries."""
    found = projects_with(learner)
    places = places_of(found, [learner], today=today)[learner]
    lines = []
    for each in found:
        place = next_place(each, places) if each.project.closed_at is None else None
        states = [places[milestone.id].state for milestone in each.milestones]
        lines.append(
            Line(each.project, shown_place(place, today) if place else None, states.count("done"), len(states))
        )
    return lines


@require_GET
@for_learners
def projects(request: HttpRequest, learner: Person) -> HttpResponse:
    """My projects."""
    _now, _zone, today = today_in(learner.district_id)
    return render(request, "learner/projects.html", {"lines": lines_of(learner.id, today)})


@require_http_methods(["GET", "POST"])
@for_learners
def project(request: HttpRequest, learner: Person, project: UUID) -> HttpResponse:
    """One project; a POST hands in, takes back, or gives a classmate feedback."""
    try:
        found = project_of(learner, project)
    except NotAllowed as refusal:
        raise Http404 from refusal
    problem = ""
    if request.method == "POST":
        try:
            done, number = _do(request, found, learner)
        except (NotKept, NotDrawn, FileNotKept) as refusal:
            problem = _said(refusal)
        else:
            messages.success(request, done)
            return redirect(f"{reverse('pages:project', args=[project])}?milestone={number}")
    return _page(request, found, learner, problem)


def _said(refusal: NotKept | NotDrawn | FileNotKept) -> str:
    if isinstance(refusal, FileNotKept):
        return " ".join(said(each) for each in refusal.said)
    return said(refusal.text) if isinstance(refusal, NotKept) else str(refusal)


def _do(request: HttpRequest, found: Whole, learner: Person) -> tuple[str, int]:
    """Do one thing; what was done in words, and the number of its milestone."""
    what, _colon, rest = request.POST.get("do", "").partition(":")
    number = request.POST.get("milestone", "")
    milestone = next((each for each in found.milestones if str(each.number) == number), None)
    if milestone is None:
        raise Http404
    now = today_in(learner.district_id)[0]
    if what == "back":
        work.take_back(learner=learner, artefact=uuid_or_404(rest), now=now)
        return _("Taken back."), milestone.number
    if what == "peer":
        handed = [key for key, pieces in work_of([found], learner.id).items() if pieces]
        theirs = to_read(found, learner.id, handed)
        reading = next((r for r in theirs if str(r.writer.id) == rest and r.milestone.id == milestone.id), None)
        if reading is None:
            raise Http404
        group = _group_of(found, reading.writer.id)
        work.give_feedback(
            milestone=milestone, to=reading.writer, group=group, by=learner, role="peer", now=now,
            strength=request.POST.get("strength", ""), question=request.POST.get("question", ""),
        )  # fmt: skip
        return _("Thank you. Your words help somebody go on."), milestone.number
    if what != "hand":
        raise Http404
    file = request.FILES.get("file")
    data = file.read(MAX_BYTES + 1) if file is not None and not isinstance(file, list) else None
    work.hand_in(
        milestone=milestone, learner=learner, group=_group_of(found, learner.id), now=now, file=data, sheets=drawn(data),
        text=request.POST.get("text", ""), link=request.POST.get("link", ""),
    )  # fmt: skip
    return _("Handed in. Your teacher can see it now."), milestone.number


def _group_of(found: Whole, learner: UUID) -> int | None:
    return found.group_of.get(learner, (None, 0))[0]


def _page(request: HttpRequest, found: Whole, learner: Person, problem: str) -> HttpResponse:
    now, zone, today = today_in(learner.district_id)
    places = places_of([found], [learner.id], today=today)[learner.id]
    pieces, feedback = work_of([found], learner.id), feedback_to([found], learner.id)
    shown = [shown_place(places[each.id], today) for each in found.milestones]
    wanted, following = request.GET.get("milestone", request.POST.get("milestone", "")), next_place(found, places)
    asked = next((each for each in shown if str(each.number) == wanted), None)
    start = following.milestone.id if following else shown[-1].id
    here = asked or next(each for each in shown if each.id == start)
    reading = to_read(found, learner.id, [key for key, kept in pieces.items() if kept])
    context = {
        "project": found.project,
        "places": shown,
        "here": here,
        "pieces": pieces[here.id],
        "kept": sum(
            each.learner_id == learner.id for each in pieces[here.id]
        ),  # a draft is of what is not handed in yet
        "feedback": feedback[here.id],
        "open": found.project.closed_at is None,
        "mates": [each for each in found.mates(learner.id) if each.id != learner.id],
        "reading": [each for each in reading if each.milestone.id == here.id],
        "checked": found.project.peers == "checked",
        "rubric": shown_rubric(found.rubric),
        "scores": shown_scores(scored_of(learner.id, project=found.project.id), now, zone),
        "learner": learner,
        "problem": problem,
        "text": request.POST.get("text", "") if problem else "",
        "link": request.POST.get("link", "") if problem else "",
    }
    return render(request, "learner/project.html", context, status=422 if problem else 200)
