"""One learner's part of a project: the work, a word on each milestone, feedback, and scoring with the rubric."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.measurement.rubrics import KINDS
from headway.pages.guard import page_for
from headway.pages.milestones import said_once, shown_place, shown_scores, today_in
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.measurement.projects import actions, work
from headway.school.measurement.projects.ledger import Scored, scored_of
from headway.school.measurement.projects.queries import (
    Whole,
    feedback_to,
    next_place,
    places_of,
    project_run_by,
    work_of,
)
from headway.school.measurement.projects.rubrics import NotKept
from headway.school.people.access import Viewer
from headway.school.people.models import Person

PLACE = "project page"


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def review(request: HttpRequest, viewer: Viewer, project: UUID, learner: UUID) -> HttpResponse:
    """The page; a POST marks a milestone, gives feedback or scores."""
    found = project_run_by(viewer, project, place=PLACE)
    person = next((each for each in found.learners if each.id == learner), None)
    if person is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            done = _do(request, viewer, found, person)
        except NotKept as refusal:
            problem = said(refusal.text)
        else:
            messages.success(request, done)
            return redirect(_after(request, found, person))
    return _page(request, found, person, problem)


def _after(request: HttpRequest, found: Whole, person: Person) -> str:
    """Where to go on: the same milestone, or the next learner."""
    following = _beside(found, person)[1]
    to = following if request.POST.get("then") == "next" and following else person
    number = request.POST.get("milestone", "")
    asked = f"?milestone={number}" if number.isdecimal() and len(number) < 3 else ""
    return f"{reverse('pages:project-review', args=[found.project.id, to.id])}{asked}"


def _do(request: HttpRequest, viewer: Viewer, found: Whole, person: Person) -> str:
    what, now, mates = request.POST.get("do", ""), time.time(), found.mates(person.id)
    group = found.group_of[person.id][0] if mates else None
    if what == "score":
        together = request.POST.get("whose") == "group" and group is not None
        keys = {each.key: request.POST.get(f"c-{each.key}", "") for each in found.rubric.criteria}
        levels = {key: int(value) for key, value in keys.items() if value.isdecimal() and len(value) < 3}
        count = work.score(
            project=found.project, learners=mates if together else [person], group=group if together else None,
            levels=levels, by=viewer.person, now=now, words=request.POST.get("words", ""),
        )  # fmt: skip
        words = ngettext("{n} score written down for {name}.", "{n} scores written down for {name}.", count)
        return words.format(n=count, name=person.given_name)
    number = request.POST.get("milestone", "")
    milestone = next((each for each in found.milestones if str(each.number) == number), None)
    if milestone is None:
        raise Http404
    if what in ("done", "again"):
        actions.mark(milestone=milestone, learners=mates or [person], says=what, by=viewer.person, now=now)
        said_so = _("Done. {name} sees it.") if what == "done" else _("{name} sees that another go is needed.")
        return said_so.format(name=person.given_name)
    if what != "feedback":
        raise Http404
    work.give_feedback(
        milestone=milestone, to=person, group=group, by=viewer.person, role="teacher", now=now,
        strength=request.POST.get("strength", ""), question=request.POST.get("question", ""),
    )  # fmt: skip
    return _("Your feedback is on the learner’s page.")


def _beside(found: Whole, person: Person) -> tuple[Person | None, Person | None]:
    """The learner before and the one after, as the board lists them."""
    people = found.in_order
    at = [each.id for each in people].index(person.id)
    return people[at - 1] if at else None, people[at + 1] if at + 1 < len(people) else None


def _page(request: HttpRequest, found: Whole, person: Person, problem: str) -> HttpResponse:
    now, zone, today = today_in(person.district_id)
    places = places_of([found], [person.id], today=today)[person.id]
    shown = [shown_place(places[each.id], today) for each in found.milestones]
    number = request.GET.get("milestone", request.POST.get("milestone", ""))
    waits = next((each for each in shown if each.state == "handed in"), None)
    following = next_place(found, places)
    start = waits.id if waits else following.milestone.id if following else shown[-1].id
    here = next((e for e in shown if str(e.number) == number), None) or next(e for e in shown if e.id == start)
    scored = scored_of(person.id, project=found.project.id)
    before, after = _beside(found, person)
    mates = found.mates(person.id)
    context = {
        "project": found.project,
        "learner": person,
        "before": before,
        "after": after,
        "mates": mates,
        "group": found.group_of.get(person.id, (0, 0))[1],
        "places": shown,
        "here": here,
        "pieces": work_of([found], person.id)[here.id],
        "feedback": feedback_to([found], person.id, all_of_it=True)[here.id],
        "form": _form(found, scored),
        "scores": shown_scores(scored, now, zone),
        "open": found.project.closed_at is None,
        "problem": problem,
        "posted": request.POST if problem else {},
    }
    return render(request, "teacher/project_review.html", context, status=422 if problem else 200)


def _form(
    found: Whole, scored: list[Scored]
) -> list[tuple[object, list[tuple[str, str, list[tuple[int, str, bool]]]]]]:
    """The rubric to score with, the steps that stand for the learner alone chosen."""
    stand = {each.criterion.key: each.standing.score.level for each in scored if each.standing.score.whose == "own"}
    return [
        (
            heading,
            [
                (
                    each.key,
                    said_once(each.title),
                    [(n, said_once(step), stand.get(each.key) == n) for n, step in enumerate(each.steps, 1)],
                )
                for each in found.rubric.criteria
                if each.kind == kind
            ],
        )
        for kind, heading in KINDS.items()
    ]
