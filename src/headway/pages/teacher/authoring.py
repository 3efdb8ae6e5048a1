"""Writing a question: fields, a preview that keeps up, other numbers, trying it, sharing it with the school."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import Problem
from headway.core.text import NOTHING, Text
from headway.pages.guard import page_for
from headway.pages.learner.answers import key_of as key_said
from headway.pages.render import said
from headway.pages.teacher.skills import skills_by_grade
from headway.school.exchange.content.actions import NotTaken
from headway.school.exchange.content.authoring import (
    AUTHORS,
    LICENCES,
    Kept,
    keep,
    problems_of,
    question_of,
    questions_of,
    share,
    take_back,
)
from headway.school.people.access import Viewer
from headway.standards.content.authored import Draft, draft_of, write

KINDS: tuple[tuple[str, Promise], ...] = (
    ("number", gettext_lazy("A number")),
    ("choice", gettext_lazy("One choice")),
    ("choices", gettext_lazy("Several choices")),
    ("mathematics", gettext_lazy("Mathematics, such as 2x + 1")),
    ("words", gettext_lazy("Words")),
)
LEVELS = (
    ("1", gettext_lazy("First steps")),
    ("2", gettext_lazy("As usual")),
    ("3", gettext_lazy("A step further")),
)
STATES = {
    "draft": gettext_lazy("draft, only you see it"),
    "shared": gettext_lazy("shared"),
    "back": gettext_lazy("taken back"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft's preview: one variant of ``count`` (``number`` from 0), faults by field, what was tried and the verdict."""

    problem: Problem | None
    number: int
    count: int
    faults: Mapping[str, Text]
    key: str = ""
    given: str = ""
    outcome: str = ""
    message: Text = NOTHING


@require_GET
@page_for(*AUTHORS)
def mine(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer has written, and what colleagues share."""
    found = [(each, STATES[each.state]) for each in questions_of(viewer)]
    context = {"own": [pair for pair in found if pair[0].mine], "shared": [pair for pair in found if not pair[0].mine]}
    return render(request, "teacher/written.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*AUTHORS)
def one(request: HttpRequest, viewer: Viewer, question: UUID | None = None) -> HttpResponse:
    """The form with its preview. A POST keeps, shares, takes back or, without a script, previews."""
    kept = _kept(viewer, question)
    if request.method == "GET":
        copied = request.GET.get("copy", "")
        draft = kept.draft if kept else _copy(viewer, copied)
        return _page(request, viewer, kept, draft, _shown(viewer, draft, request.GET))
    draft, what = draft_of(request.POST.dict()), request.POST.get("what", "keep")
    if what in ("look", "try", "other"):
        return _page(request, viewer, kept, draft, _shown(viewer, draft, request.POST))
    try:
        key = question
        if what == "back" and kept:
            take_back(by=viewer.person, key=kept.id)
            messages.success(request, _("No learner gets it any more. What was answered stays."))
        else:
            key = keep(by=viewer.person, draft=draft, now=time.time(), key=question)
            if what == "share":
                share(by=viewer.person, key=key, now=time.time())
                messages.success(request, _("Shared. Learners whose path comes to this skill can meet it from now on."))
            elif kept and kept.state == "shared":
                messages.success(request, _("Kept. Learners get the change when you share it again."))
            else:
                messages.success(request, _("Kept as a draft."))
    except NotTaken as refusal:
        if key is not None and question is None:
            messages.warning(request, said(refusal.message))
            return redirect("pages:write", key)
        return _page(request, viewer, kept, draft, _shown(viewer, draft, request.POST), said(refusal.message))
    return redirect("pages:write", key)


@require_POST
@page_for(*AUTHORS)
def preview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The preview alone, for the script that keeps it up to date."""
    draft = draft_of(request.POST.dict())
    return render(request, "teacher/_written_preview.html", {"shown": _shown(viewer, draft, request.POST)})


def _kept(viewer: Viewer, question: UUID | None) -> Kept | None:
    if question is None:
        return None
    try:
        found = question_of(viewer, question)
    except NotTaken as refusal:
        raise Http404 from refusal
    return found


def _copy(viewer: Viewer, key: str) -> Draft:
    try:
        return question_of(viewer, UUID(key)).draft if key else Draft()
    except (ValueError, NotTaken):
        return Draft()


def _shown(viewer: Viewer, draft: Draft, data: Mapping[str, str]) -> Shown:
    if not draft.question.strip() and not draft.answers.strip():
        return Shown(None, 0, 0, {})
    made = write(draft)
    if made.faults:
        return Shown(None, 0, 0, made.faults)
    problems = problems_of(draft, made, key="preview", author=viewer.person.name)
    asked = str(data.get("number", "0"))
    number = (int(asked) if asked.isdecimal() and len(asked) < 4 else 0) + (data.get("what") == "other")
    number %= len(problems)
    problem = problems[number]
    shown = Shown(problem, number, len(problems), {}, key_said(problem.steps[0].answer))
    getlist = getattr(data, "getlist", None)
    given = ",".join(getlist("try"))[:500] if getlist else ""
    if data.get("what") != "try" or not given:
        return shown
    verdict = check(problem.steps[0].answer, given)
    return replace(shown, given=given, outcome=verdict.outcome, message=verdict.message)


def _page(
    request: HttpRequest, viewer: Viewer, kept: Kept | None, draft: Draft, shown: Shown, says: str = ""
) -> HttpResponse:
    context = {
        "kept": kept,
        "state": STATES[kept.state] if kept else "",
        "editable": kept is None or kept.mine,
        "draft": asdict(draft),
        "level": str(draft.level),
        "kinds": KINDS,
        "levels": LEVELS,
        "licences": LICENCES,
        "skills": skills_by_grade(viewer),
        "shown": shown,
        "says": says,
    }
    return render(request, "teacher/write.html", context, status=422 if says else 200)
