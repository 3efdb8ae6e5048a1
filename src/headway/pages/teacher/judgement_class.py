"""What a class gets back from a writing task: the teacher's page, the page of the next lesson, and everything on paper."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from headway.core.measurement.judgement.aspects import ASPECTS, Aspect
from headway.pages.documents import language_in, pdf_response
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.judgement_papers import class_handout, judge_report, score_list, slips
from headway.pages.teacher.judgement_shown import place_said
from headway.school.measurement.judgement.class_set import ClassSet, WriterSet, class_set_of
from headway.school.measurement.judgement.overview import overview_of
from headway.school.measurement.judgement.queries import task_run_by
from headway.school.measurement.judgement.standing import LEVELS
from headway.school.people.access import Viewer


@dataclass(frozen=True, slots=True)
class Group:
    """Learners with the same next step; ``name`` of the aspect."""

    name: str
    step: str
    rows: tuple[tuple[WriterSet, str], ...]


@require_GET
@page_for(*STAFF)
def class_set(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """What to take into the next lesson, and what each learner gets back."""
    found, focus = _found(request, viewer, task)
    texts = len(found.writers)
    context = {
        "task": found.found.task,
        "decisions": found.found.decisions,
        "focus": focus,
        "aspects": list(ASPECTS.values()),
        "counts": [(ASPECTS[c.aspect], _of(c.works, texts), _of(c.asked, texts)) for c in found.counts],
        "examples": [(said(LEVELS[x.level]), x) for x in found.examples if x.level is not None],
        "missing": [said(level) for k, level in enumerate(LEVELS) if k not in {x.level for x in found.examples}],
        "groups": _groups(found),
        "languages": settings.LANGUAGES,
    }
    return render(request, "teacher/judgement_class.html", context)


def _found(request: HttpRequest, viewer: Viewer, task: UUID) -> tuple[ClassSet, Aspect | None]:
    """The class set and the aspect that the lesson is about."""
    found = class_set_of(viewer, task_run_by(viewer, task), place=request.path)
    return found, found.focus(request.GET.get("focus", ""))


def _of(count: int, texts: int) -> str:
    return _("{n} of {all}").format(n=count, all=texts) if count else "–"


def _groups(found: ClassSet) -> list[Group]:
    """The learners by next step, the most frequent first; those without one at the end."""
    groups: dict[str, list[tuple[WriterSet, str]]] = {}
    for row in found.writers:
        groups.setdefault(row.step.key if row.step else "", []).append((row, place_said(row.writer.place)))
    keys = sorted(groups, key=lambda key: (key == "", -len(groups[key])))
    return [
        Group(said(ASPECTS[key].name), said(ASPECTS[key].step), tuple(groups[key]))
        if key
        else Group(_("No next step was named"), "", tuple(groups[key]))
        for key in keys
    ]


@require_GET
@page_for(*STAFF)
def lesson(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """A page to show to the class: texts without names to compare, and what to practise."""
    found, focus = _found(request, viewer, task)
    shows = found.shows(focus) if focus else None
    texts = [
        (
            number,
            each.piece,
            said(LEVELS[each.level]) if each.level is not None else "",
            shows is not None and each.piece.id == shows.id,
        )
        for number, each in enumerate(found.for_lesson(focus), 1)
    ]
    asked = next((c.asked for c in found.counts if focus is not None and c.aspect == focus.key), 0)
    why = ngettext(
        "Readers asked for this in {n} of {all} text.",
        "Readers asked for this in {n} of {all} texts.",
        len(found.writers),
    ).format(n=asked, all=len(found.writers))
    context = {"task": found.found.task, "focus": focus, "why": why if asked else "", "texts": texts}
    return render(request, "teacher/judgement_lesson.html", context)


@require_GET
@page_for(*STAFF)
def scores_pdf(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """The list of scores."""
    found, _focus = _found(request, viewer, task)
    now, by_score = time.time(), request.GET.get("order") == "score"
    return pdf_response(score_list(found, now, by_score=by_score), at=now)


@require_GET
@page_for(*STAFF)
def judges_pdf(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """The judges' report."""
    now = time.time()
    return pdf_response(judge_report(overview_of(viewer, task_run_by(viewer, task), place=request.path), now), at=now)


@require_GET
@page_for(*STAFF)
def class_pdf(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """What the class works with, without names."""
    found, focus = _found(request, viewer, task)
    now = time.time()
    return pdf_response(class_handout(found, focus, language_in(request), now), at=now)


@require_GET
@page_for(*STAFF)
def slips_pdf(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """A slip for each learner."""
    found, _focus = _found(request, viewer, task)
    now = time.time()
    return pdf_response(slips(found, language_in(request), now), at=now)
