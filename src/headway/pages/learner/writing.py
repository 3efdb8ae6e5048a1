"""A learner's writing: what is to be written, handing it in, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.pages.dates import day_said
from headway.pages.documents import pdf_response
from headway.pages.learner.gate import clock, for_learners
from headway.pages.render import said
from headway.pages.sheets import NotDrawn, drawn
from headway.pages.teacher.judgement_papers import feedback_sheet
from headway.pages.teacher.judgement_shown import place_said
from headway.school.measurement.actions import NotTaken
from headway.school.measurement.judgement.queries import Assigned, assigned_to, feedback_for
from headway.school.measurement.judgement.standing import LEVELS
from headway.school.measurement.judgement.tasks import hand_in
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.models import Person
from headway.standards.handed_in import MAX_BYTES, NotKept


@dataclass(frozen=True, slots=True)
class Line:
    """A task in the learner's list: ``state`` in words, ``due`` in words ("" for none)."""

    found: Assigned
    state: str
    due: str


@require_GET
@for_learners
def writing(request: HttpRequest, learner: Person) -> HttpResponse:
    """The learner's tasks."""
    now, here = clock(), zone(time_zone_of(learner.district_id))
    lines = [
        Line(found, _state(found), day_said(found.task.due, now, here) if _open(found) and found.task.due else "")
        for found in assigned_to(learner)
    ]
    return render(request, "learner/writing.html", {"lines": lines})


def _open(found: Assigned) -> bool:
    return found.task.judging_at is None


def _state(found: Assigned) -> str:
    if found.task.released_at is not None and found.piece is not None:
        return _("Your feedback is here")
    if _open(found):
        return _("Handed in; you can still change it") if found.piece else _("To write")
    return _("Being read") if found.piece else _("Closed")


@require_http_methods(["GET", "POST"])
@for_learners
def writing_task(request: HttpRequest, learner: Person, task: UUID) -> HttpResponse:
    """Write or hand in; later, read what came back."""
    found = next(iter(assigned_to(learner, task)), None)
    if found is None:
        raise Http404
    problem, text = "", found.piece.text if found.piece else ""
    if request.method == "POST":
        text = request.POST.get("text", "")
        file = request.FILES.get("file")
        data = file.read(MAX_BYTES + 1) if file is not None and not isinstance(file, list) else None
        try:
            hand_in(task=found.task, learner=learner, by=learner, now=clock(), text=text, file=data, sheets=drawn(data))
        except (NotTaken, NotDrawn) as refusal:
            problem = str(refusal)
        except NotKept as refusal:
            problem = " ".join(said(each) for each in refusal.said)
        else:
            messages.success(request, _("Your text is in. You can change it until the reading begins."))
            return redirect("pages:writing-task", task=task)
    back = feedback_for(found.piece, found.task) if found.piece else None
    context = {
        "found": found,
        "open": _open(found),
        "text": text,
        "problem": problem,
        "back": back,
        "place": place_said(back.place) if back else "",
        "works": [ASPECTS[key].works for key in back.works] if back else [],
        "step": ASPECTS[back.step].step if back and back.step else None,
        "examples": [(said(LEVELS[level]), piece) for level, piece in back.examples] if back else [],
    }
    return render(request, "learner/writing_task.html", context, status=422 if problem else 200)


@require_GET
@for_learners
def feedback_pdf(request: HttpRequest, learner: Person, task: UUID) -> HttpResponse:
    """What came back, on paper."""
    found = next(iter(assigned_to(learner, task)), None)
    back = feedback_for(found.piece, found.task) if found and found.piece else None
    if found is None or back is None:
        raise Http404
    now = clock()
    return pdf_response(feedback_sheet(found.task, learner.name, back, now), at=now, name=found.task.title)
