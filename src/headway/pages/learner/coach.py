"""Working line by line: the deeds of a working without a script, its card for the script, and one's own problem."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.coaching.render import to_latex
from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.tree import ParseError, Words, contains, names
from headway.pages.guard import page_for
from headway.pages.learner.bench import bench_of
from headway.pages.learner.columns import rows_sent
from headway.pages.learner.gate import clock
from headway.pages.render import mathml, said
from headway.school.coaching.actions import write_line
from headway.school.coaching.judging import About
from headway.school.coaching.queries import working_of
from headway.school.coaching.values import KINDS, MAX_LINE, MAX_PROBLEM, MOST_LINES, Note
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName
from headway.school.people.refusal import Refused

EVERYBODY = (
    RoleName.LEARNER, RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER, RoleName.RESEARCHER, RoleName.FAMILY,
)  # fmt: skip
STORIES = (
    (gettext_lazy("4 bags hold 26 apples. How many do 6 bags hold?"), "26/4*6"),
    (gettext_lazy("3 tickets and a drink for $4 cost $19. How much is a ticket?"), "3t+4=19"),
)
"""Stories with what one types for them."""
WORDS, MOST_LETTERS = 4, 4
"""A text with as many words is a story, unless it is read as mathematics with few letters."""
EXAMPLES = ("2(3x-5)-(x-1)=11", "3/4+1/6", "503-178", "x^2-5x+6=0")


@require_GET
@never_cache
@page_for(*EVERYBODY)
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A problem of one's own, worked line by line: ``?problem=``, and ``working`` to come back to one."""
    problem = " ".join(request.GET.get("problem", "")[:MAX_PROBLEM].split()).replace("\x00", "")
    if not problem:
        return render(request, "learner/coach.html", {"examples": EXAMPLES})
    task = task_of(problem)
    if _is_story(problem, task):
        return render(request, "learner/coach.html", {"stories": STORIES, "problem": problem, "story": True})
    if isinstance(task, ParseError) or task.start is None:
        why = said(task.message) if isinstance(task, ParseError) else ""
        return render(request, "learner/coach.html", {"examples": EXAMPLES, "problem": problem, "why": why})
    working = _uuid(request.GET.get("working", ""))
    if working is None:
        fresh = urlencode({"problem": problem, "working": str(uuid.uuid4())})
        return redirect(f"/coach?{fresh}")
    bench = bench_of(
        About(viewer.person.district_id, problem=problem),
        working,
        working_of(learner=viewer.person.id, working=working),
    )
    return render(
        request, "learner/coach.html", {"problem": problem, "formula": mathml(to_latex(task.start)), "bench": bench}
    )


def _is_story(problem: str, task: Task | ParseError) -> bool:
    """Whether a problem is told in words, from which no calculation can be read."""
    if len(re.findall(r"[^\W\d_]{2,}", problem)) < WORDS:
        return False
    if isinstance(task, ParseError) or task.start is None:
        return any(char.isdigit() for char in problem)
    return contains(task.start, Words) or len(names(task.start)) > MOST_LETTERS


@require_GET
@never_cache
@page_for(*EVERYBODY)
def bench(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The card of a working, for the script: ``activity`` and ``step`` or ``problem``, and ``working``."""
    about = About(
        viewer.person.district_id,
        request.GET.get("activity", "")[:300],
        _number(request.GET.get("step", "")),
        request.GET.get("problem", "")[:MAX_PROBLEM],
    )
    working = _uuid(request.GET.get("working", ""))
    if working is None:
        raise Http404
    try:
        card = bench_of(about, working, working_of(learner=viewer.person.id, working=working))
    except Refused as refusal:
        raise Http404 from refusal
    return render(request, "learner/_bench.html", {"bench": card})


@require_POST
@page_for(*EVERYBODY)
def deed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write a deed of a working from a form, then show the page it came from."""
    sent = request.POST
    now = clock()
    back = f"/coach?{urlencode({'problem': sent['problem'], 'working': sent.get('working', '')})}"
    try:
        for note in _notes(request, viewer, now):
            write_line(note=note, now=now)
    except Refused as refusal:
        messages.warning(request, said(refusal.message))
    return redirect(f"{back}#bench" if sent.get("problem") else "/practice?bench=1#bench")


def _notes(request: HttpRequest, viewer: Viewer, now: float) -> list[Note]:
    """The deeds of a form: one, or a line for each line that was pasted."""
    sent = request.POST
    working, event = _uuid(sent.get("working", "")), _uuid(sent.get("event", ""))
    kind = "drop" if sent.get("drop") else sent.get("kind", "line")
    if working is None or kind not in KINDS:
        return []
    written = sent.get("line", "").replace("\x00", "")
    if kind == "grid":
        written = rows_sent(sent.get("operation", "+"), _number(sent.get("rows", "")), _number(sent.get("width", "")), {
            key: str(value) for key, value in sent.items() if key.startswith("d")
        })  # fmt: skip
    lines = [line for line in written.splitlines() if line.strip()] if kind == "line" else [written]
    first = _number(sent.get("number", ""))
    return [
        Note(
            viewer.person.district_id,
            viewer.person.id,
            event if event is not None and n == 0 else uuid.uuid4(),
            working,
            kind,  # type: ignore[arg-type]  # one of KINDS
            sent.get("activity", ""),
            _number(sent.get("step", "")),
            sent.get("problem", ""),
            min(first + n, MOST_LINES - 1),
            line[:MAX_LINE],
            at=now,
        )
        for n, line in enumerate(lines)
    ]


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else 0


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
