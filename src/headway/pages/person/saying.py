"""What people write into a profile: facts, answers about oneself, notes, words about a line, and what is wrong with it."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.core.profile.person import QUESTIONS
from headway.core.text import T
from headway.pages.person.door import Seen, for_person
from headway.pages.person.seen import SAW
from headway.pages.render import said
from headway.school.mastery.away import NotKept as NotCounted
from headway.school.mastery.outside import refuse_outside
from headway.school.profile.actions import NotKept, fact_of, report_self, state_fact, write_note
from headway.school.profile.observing import chips_of


@require_POST
@for_person
def say(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Write one thing down and come back to the page."""
    what = request.POST.get("do", "")
    try:
        done = DO[what.partition(":")[0]](request, seen)
    except KeyError:
        raise Http404 from None
    except NotKept as refusal:
        messages.warning(request, said(refusal.text))
    else:
        messages.success(request, done)
    return redirect("pages:profile", seen.learner.id)


def _fact(request: HttpRequest, seen: Seen) -> str:
    state_fact(
        learner=seen.learner,
        by=seen.viewer.person,
        role=seen.role,
        kind=request.POST.get("kind", ""),
        value=request.POST.get("words", ""),
        career=request.POST.get("career", "") if request.POST.get("kind") == "aspiration" else "",
        now=time.time(),
    )
    return _("Written down. Everybody who works with this profile can read it.")


def _gone(request: HttpRequest, seen: Seen) -> str:
    """A fact no longer holds: ``gone:12``, or an interest of the roster by its words."""
    number = request.POST.get("do", "").partition(":")[2]
    found = fact_of(seen.learner.id, int(number)) if number.isdecimal() and len(number) < 16 else None
    kind, value = (found.kind, found.value) if found else ("interest", request.POST.get("words", ""))
    state_fact(
        learner=seen.learner, by=seen.viewer.person, role=seen.role, kind=kind, value=value, gone=True, now=time.time()
    )
    return _("Taken off the page. The record keeps who wrote it and when.")


def _reports(request: HttpRequest, seen: Seen) -> str:
    if not seen.own:
        raise Http404  # nobody answers these for somebody else
    given = {key: request.POST.get(key, "") for key in QUESTIONS}
    answers = {key: int(answer) for key, answer in given.items() if answer in ("1", "2", "3", "4")}
    report_self(learner=seen.learner, answers=answers, now=time.time())
    return _("Thank you. Your answers are written down with today’s date.")


def _note(request: HttpRequest, seen: Seen) -> str:
    kind, about = request.POST.get("kind", ""), request.POST.get("about", "")
    asked = request.POST.get("answers", "")
    chips = chips_of() if about.startswith(SAW) and seen.role != "school" else None
    if chips is not None and not (chips.shared and chips.answered):
        raise NotKept(T("This line cannot be written here."))
    write_note(
        learner=seen.learner,
        by=seen.viewer.person,
        role=seen.role,
        kind="note" if kind == "annotation" and not about else kind,
        words=request.POST.get("words", ""),
        about=about,
        answers=int(asked) if asked.isdecimal() and len(asked) < 16 else None,
        now=time.time(),
    )
    if kind == "contest":
        return _("Written down. An adult of the school will look at it and answer here.")
    return _("Written down. Everybody who works with this profile can read it.")


def _outside(request: HttpRequest, seen: Seen) -> str:
    """A result of another system does not count, an adult of the school says: ``outside:`` and the line's identifier."""
    if seen.role != "school":
        raise Http404
    try:
        line = UUID(request.POST.get("do", "").partition(":")[2])
        refuse_outside(
            learner=seen.learner, line=line, by=seen.viewer.person, words=request.POST.get("words", ""), now=time.time()
        )
    except ValueError as refusal:
        if isinstance(refusal, NotCounted):
            raise NotKept(refusal.text) from refusal
        raise Http404 from refusal
    return _("Written down: it does not count. The line stays with your words.")


DO = {"outside": _outside, "fact": _fact, "gone": _gone, "reports": _reports, "note": _note}
