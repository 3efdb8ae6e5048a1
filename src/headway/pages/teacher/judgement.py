"""Writing tasks of a teacher: the list, a new one, and one from collecting texts to giving them back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.sheets import NotDrawn, drawn
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.judgement_shown import judge_rows, own_class_said, scale_said, writer_rows
from headway.school.loop.judged import finish_task
from headway.school.measurement.actions import NotTaken
from headway.school.measurement.judgement.overview import anchor_tasks, overview_of, staff_by_school
from headway.school.measurement.judgement.queries import Task, skills_taught, task_run_by, tasks_of
from headway.school.measurement.judgement.standing import LEVELS
from headway.school.measurement.judgement.tasks import (
    begin_judging,
    hand_in,
    invite,
    name_levels,
    open_task,
    release,
)
from headway.school.people.access import Viewer, access_learner, sections_of
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.company import teachers_by_section
from headway.school.people.models import Section
from headway.standards.handed_in import MAX_BYTES, NotKept


@require_GET
@page_for(*STAFF)
def tasks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The tasks that somebody runs or judges."""
    return render(request, "teacher/judgement_list.html", {"lines": tasks_of(viewer), "can_set": _sections(viewer)})


@require_http_methods(["GET", "POST"])
@page_for(*STAFF)
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Set a task."""
    sections = _sections(viewer)
    if not sections:
        raise Http404
    problem, form = "", request.POST
    if request.method == "POST":
        try:
            return redirect("pages:judgement", task=_open(request, viewer).id)
        except NotTaken as refusal:
            problem = str(refusal)
    taught = teachers_by_section(section.id for section in sections)
    lend = anchor_tasks(list({section.school_id for section in sections}))
    context = {
        "sections": [(section, taught.get(section.id, [])) for section in sections],
        "chosen": form.getlist("section"), "form": form, "problem": problem, "lend": lend, "skills": _skills(),
    }  # fmt: skip
    return render(request, "teacher/judgement_new.html", context, status=422 if problem else 200)


def _skills() -> list[tuple[str, list[tuple[str, str]]]]:
    """The skills that the district teaches, by subject and grade, for a task to name the one that its texts show."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for taught in skills_taught():
        name = _("{subject}, grade {grade}").format(subject=_(taught.subject), grade=taught.grade)
        groups.setdefault(name, []).append((taught.key, _(taught.title)))
    return list(groups.items())


def _sections(viewer: Viewer) -> list[Section]:
    return list(sections_of(viewer).select_related("school"))


def _open(request: HttpRequest, viewer: Viewer) -> Task:
    wanted = set(request.POST.getlist("section"))
    chosen = [section for section in sections_of(viewer).select_related("school") if str(section.id) in wanted]
    if not chosen:
        raise NotTaken(_("Choose at least one class."))
    lend = request.POST.get("anchors", "")
    return open_task(
        school=chosen[0].school,
        title=request.POST.get("title", ""),
        prompt=request.POST.get("prompt", ""),
        sections=chosen,
        by=viewer.person,
        now=time.time(),
        due=_end_of_day(request.POST.get("due", ""), viewer),
        peers="peers" in request.POST,
        shared="shared" in request.POST,
        skill=request.POST.get("skill", ""),
        anchors_from=UUID(lend) if lend in {str(t.id) for t in anchor_tasks([chosen[0].school_id])} else None,
    )


def _end_of_day(value: str, viewer: Viewer) -> float | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    if not 2000 <= day.year <= 2200:
        raise NotTaken(_("Look at the year of the last day to hand in."))
    here = zone(time_zone_of(viewer.person.district_id))
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=here).timestamp()


@require_GET
@page_for(*STAFF)
def task(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """One task: texts, judges, precision, places."""
    found = overview_of(viewer, task_run_by(viewer, task), place=request.path)
    by_score = request.GET.get("order") == "score"
    context = {
        "task": found.task,
        "found": found,
        "texts": sum(writer.piece is not None for writer in found.writers),
        "said": scale_said(found),
        "writers": writer_rows(found, by_score=by_score),
        "by_score": by_score,
        "judges": judge_rows(found),
        "own_class": own_class_said() if found.own_class else "",
        "levels": list(enumerate(LEVELS)),
        "staff": staff_by_school(found.task) if found.task.closed_at is None else [],
        "judging": any(line.person.id == viewer.person.id for line in found.judges),
    }
    return render(request, "teacher/judgement_task.html", context)


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """One step of a task; what cannot be done is said on the page that follows."""
    found, do = task_run_by(viewer, task), request.POST.get("do", "")
    step = STEPS.get(do)
    if step is None:
        raise Http404
    try:
        done = step(request, viewer, found)
    except (NotTaken, NotDrawn) as refusal:
        messages.warning(request, str(refusal))
    except NotKept as refusal:
        messages.warning(request, " ".join(said(each) for each in refusal.said))
    else:
        messages.success(request, done)
    return redirect("pages:judgement", task=task)


def _begin(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    begin_judging(task=task, by=viewer.person, now=time.time())
    return _("Judging has begun. The texts cannot be changed any more.")


def _close(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    moved = finish_task(task=task, by=viewer.person, now=time.time())
    if moved:
        return _("The judging is finished. Each text is evidence in its writer’s profile.")
    return _("The judging is finished.")


def _release(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    release(task=task, now=time.time())
    return _("Learners can see their feedback now.")


def _invite(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    wanted = set(request.POST.getlist("person"))
    people = [p for _school, bunch in staff_by_school(task) for p in bunch if str(p.id) in wanted]
    unique = list({person.id: person for person in people}.values())
    if not unique:
        raise NotTaken(_("Choose at least one person."))
    count = invite(task=task, people=unique, by=viewer.person, now=time.time())
    return _("{count} more can judge now.").format(count=count)


def _hand_in(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    learner = access_learner(viewer, request.POST.get("learner", ""), purpose="writing", place=request.path)
    file = request.FILES.get("file")
    data = file.read(MAX_BYTES + 1) if file is not None and not isinstance(file, list) else None
    words = request.POST.get("text", "")
    hand_in(
        task=task, learner=learner, by=viewer.person, now=time.time(), text=words, file=data, sheets=drawn(data)
    )  # fmt: skip
    return _("The text of {name} is in.").format(name=learner.name)


def _levels(request: HttpRequest, viewer: Viewer, task: Task) -> str:
    chosen: dict[UUID, int | None] = {}
    for key, value in request.POST.items():
        name, _sep, piece = key.partition("-")
        if name == "level" and isinstance(value, str):
            try:
                chosen[UUID(piece)] = int(value) if value else None
            except ValueError as error:
                raise NotTaken(_("There is no such level.")) from error
    if name_levels(task=task, levels=chosen, now=time.time()):
        return _("The examples are set, and places follow them.")
    return _("The examples are set. Places follow once each place has one, in the order that the judges found.")


Step = Callable[[HttpRequest, Viewer, Task], str]
STEPS: dict[str, Step] = {
    "begin": _begin,
    "close": _close,
    "release": _release,
    "invite": _invite,
    "hand-in": _hand_in,
    "levels": _levels,
}
