"""The live board of a section: the page, the parts of it that changed, and what a teacher does there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.guard import page_for
from headway.pages.learner.subjects import subject_name
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.held import opened_now
from headway.pages.teacher.shown import shown
from headway.school.environment.actions import answer_help, log_visit, say_good_word
from headway.school.environment.days.attendance import attendance_of
from headway.school.environment.queries import board_of, names_of
from headway.school.path.actions import BadWish
from headway.school.path.subjects import taught_in, teach_subject
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import day_of
from headway.school.people.models import Person, RoleName, Section

PARTS = ("counters", "needs", "praise", "table")
PURPOSE, PLACE = "teaching", "class board"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the board as HTML; ``version`` changes when the HTML does."""

    name: str
    html: SafeString
    version: str


@require_GET
@never_cache
@page_for(*STAFF)
def board(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The whole page."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    parts = {part.name: part for part in _parts(viewer, found, learners)}
    several = len(taught_in(found.district_id)) > 1
    subject = found.subject.strip().lower()
    today = attendance_of(found.id, day_of(found.district_id, time.time()))
    away = sum(person.id in today and today[person.id].state == "away" for person in learners)
    context = {"section": found, "parts": parts, "size": len(learners), "away": away}
    context["teaches"] = viewer.has(RoleName.TEACHER)
    if several and learners and subject in taught_in(found.district_id):
        context["subject"] = subject_name(subject)
    return render(request, "teacher/board.html", context)


@require_POST
@page_for(*STAFF)
def lesson(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Let the whole class practise the section's subject for a lesson."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    try:
        teach_subject(learners=learners, subject=found.subject.strip().lower(), by=viewer.person, now=time.time())
    except BadWish as refusal:
        raise Http404 from refusal
    says = _("For the next hour the class practices %(subject)s. A problem that is open can be finished first.")
    messages.success(request, says % {"subject": subject_name(found.subject)})
    return redirect("pages:board", section=found.id)


@require_GET
@never_cache
@page_for(*STAFF)
def now(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The parts that differ from those that the page has: ``?needs=<version>&table=<version>``."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    changed = [part for part in _parts(viewer, found, learners) if request.GET.get(part.name) != part.version]
    return JsonResponse({"parts": {part.name: {"version": part.version, "html": part.html} for part in changed}})


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """``do=coming:<code>:<learner>``, ``visited:…``, ``word:…`` or ``hints:…``: on the way, been there, a good word, the hints
    that are held back."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    code, _colon, who = rest.partition(":")
    learner = next((person for person in learners if str(person.id) == who), None)
    if learner is None or verb not in ("coming", "visited", "word", "hints"):
        raise Http404
    said = opened_now(viewer, learner, code) if verb == "hints" else _act(verb, code, learner, viewer.person)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect("pages:board", section=found.id)


def _act(verb: str, code: str, learner: Person, adult: Person) -> str:
    at = time.time()
    if verb == "word":
        return _say(code, learner, adult, at)
    if verb == "coming" and code == "asked" and answer_help(learner=learner, adult=adult, now=at) is not None:
        return _("%(name)s can see that you are on your way.") % {"name": learner.given_name}
    try:
        log_visit(learner=learner, adult=adult, code=code, now=at)
    except ValueError as error:
        raise Http404 from error
    return _("Noted. The board leaves %(name)s alone for five minutes.") % {"name": learner.given_name}


def _say(code: str, learner: Person, adult: Person, at: float) -> str:
    """The word must be one that the board would offer now: nobody's free text reaches a child here."""
    words = board_of(learner.district_id, [learner.id], at).good_words
    word = next((word for word in words if word.code == code), None)
    if word is None:
        raise Http404
    say_good_word(learner=learner, adult=adult, word=word, now=at)
    return _("%(name)s will see it on the practice page.") % {"name": learner.given_name}


def _parts(viewer: Viewer, section: Section, learners: list[Person]) -> list[Part]:
    people = [person.id for person in learners]
    found = board_of(viewer.person.district_id, people, time.time(), subject=section.subject)
    context = {"section": section, **shown(found, names_of(learners))}
    return [_part(name, context) for name in PARTS]


def _part(name: str, context: dict[str, object]) -> Part:
    html = render_to_string(f"teacher/_{name}.html", context).strip()
    return Part(name, SafeString(html), blake2b(html.encode(), digest_size=6).hexdigest())
