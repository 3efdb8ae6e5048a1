"""Imported problems by skill, with licence and source; opened as a learner would, without leaving a trace."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import Problem, Step
from headway.core.text import Text
from headway.pages.guard import page_for
from headway.pages.learner.answers import key_of
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.held import ShownHint, choices_of, hints_of
from headway.school.curriculum.library import book, books, earlier_wordings, shelves
from headway.school.curriculum.queries import problem_of
from headway.school.exchange.content.authoring import AUTHORS
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName

READERS = (*STAFF, RoleName.RESEARCHER)


@dataclass(frozen=True, slots=True)
class Tried:
    """A step as it is tried out: what was answered, the verdict ("" before the first answer), the key, and its hints."""

    number: int
    step: Step
    given: str
    outcome: str
    message: Text
    key: str
    hints: tuple[ShownHint, ...]


@require_GET
@page_for(*READERS)
def problems(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The shelves, and the books of one of them."""
    words, skill = request.GET.get("q", "")[:80].strip(), request.GET.get("skill")
    after = request.GET.get("after", "")
    found = shelves(words)
    chosen = next((shelf for shelf in found if shelf.key == skill), None)
    page, more = books(chosen.key, words=words, after=int(after) if after.isdecimal() else 0) if chosen else ([], 0)
    context = {"shelves": found, "chosen": chosen, "books": page, "more": more, "words": words}
    context["judges"] = viewer.has(RoleName.TEACHER, RoleName.LEADER, RoleName.RESEARCHER)
    context["writes"] = viewer.has(*AUTHORS)
    return render(request, "teacher/problems.html", context)


@require_http_methods(["GET", "POST"])
@page_for(*READERS)
def problem(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """One problem: all of its steps, their hints and keys; answers that are tried here are checked and forgotten."""
    row = book(key)
    if row is None:
        raise Http404
    found = problem_of(viewer.person.district_id, row.key)
    hints = hints_of(viewer, found)
    steps = [_tried(number, step, tuple(hints[number]), request) for number, step in enumerate(found.steps)]
    held = any(hint.held for step in hints for hint in step)
    choices = choices_of(viewer) if held and viewer.has(*STAFF) else []
    context = {"row": row, "problem": found, "steps": steps, "pictures": _pictures(found), "choices": choices}
    context["earlier"] = earlier_wordings(row.key)
    return render(request, "teacher/problem.html", context)


def _tried(number: int, step: Step, hints: tuple[ShownHint, ...], request: HttpRequest) -> Tried:
    given = request.POST.getlist(f"answer-{number}")
    answer = ",".join(given)[:2000] if step.answer.kind == "choices" else (given[0][:2000] if given else "")
    if not answer or request.method != "POST":
        return Tried(number, step, "", "", Text(""), key_of(step.answer), hints)
    verdict = check(step.answer, answer)
    return Tried(number, step, answer, verdict.outcome, verdict.message, key_of(step.answer), hints)


def _pictures(problem: Problem) -> int:
    return len(problem.media)
