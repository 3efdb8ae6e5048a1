"""Hints that are held back because they give the answer away: which, for whom they are open, opening and taking back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from headway.core.curriculum.problems import Problem
from headway.core.text import Text
from headway.pages.dates import when
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.learner import open_learner
from headway.school.coaching.actions import open_hints, take_back
from headway.school.coaching.held import Opening, Whom, holds_back, in_force, looked_after, may_open, openings
from headway.school.curriculum.library import book
from headway.school.environment.held import HeldNow, held_now
from headway.school.people.access import Viewer, rosters_of
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.school.profile.queries import profiles_of

MOST_CLASSES = 40
"""Classes that a choice lists; somebody with more opens hints on a learner's page."""


@dataclass(frozen=True, slots=True)
class ShownOpening:
    """An opening in force: ``whom`` in words, ``by`` whom and ``when``; ``do`` is what the button sends that takes it back."""

    whom: str
    by: str
    when: str
    do: str


@dataclass(frozen=True, slots=True)
class ShownHint:
    """A hint of the library's page; ``held`` that it is held back, ``open`` for whom the viewer or a colleague opened it."""

    id: str
    title: Text
    text: Text
    held: bool
    open: tuple[ShownOpening, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to open a hint for; the learners of a class stand under its title."""

    value: str
    name: str
    learners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownHeld:
    """The step that a learner has open: hints held back, for how many more tries, and those that were opened."""

    prompt: Text
    hints: tuple[Text, ...]
    code: str
    tries: int
    open: tuple[ShownOpening, ...]


def choices_of(viewer: Viewer) -> list[Choice]:
    """All classes of a teacher at once, then each class that somebody looks after with its learners."""
    own = Whom(teacher=viewer.person.id)
    found = [Choice("mine", _("Everybody I teach, from now on"))] if may_open(viewer, own) else []
    for section, people in rosters_of(viewer)[:MOST_CLASSES]:
        named = tuple((f"learner:{person.id}", person.name) for person in people)
        found.append(Choice(f"section:{section.id}", section.title, named))
    return found


def hints_of(viewer: Viewer, problem: Problem) -> list[list[ShownHint]]:
    """The hints of each step, with what is held back and for whom it is open among those whom the viewer looks after."""
    if not any(holds_back(problem, number) for number in range(len(problem.steps))):
        return [[ShownHint(hint.id, hint.title, hint.text, False) for hint in step.hints] for step in problem.steps]
    rows = looked_after(viewer, in_force(openings([problem.id])))
    shown = {row.number: _shown(row, viewer.person.district_id) for row in rows}
    return [
        [
            ShownHint(
                hint.id,
                hint.title,
                hint.text,
                hint.reveals,
                tuple(shown[row.number] for row in rows if (row.step, row.hint) == (number, hint.id)),
            )
            for hint in step.hints
        ]
        for number, step in enumerate(problem.steps)
    ]


def held_of(person: Person) -> ShownHeld | None:
    """What is held back from a learner now, or was opened for them; None where nothing is."""
    found = _held(person)
    if found is None:
        return None
    return ShownHeld(
        found.part.prompt,
        tuple(hint.text for hint in found.hints),
        found.code,
        found.tries,
        tuple(_shown(row, person.district_id) for row in found.open),
    )


def opened_now(viewer: Viewer, learner: Person, code: str) -> str:
    """Open what is held back on the step that a learner has open, if it is still the step ``code``; says what happened."""
    found = _held(learner)
    if found is None or found.code != code or not found.hints:
        return _("%(name)s has gone on. Nothing was opened.") % {"name": learner.given_name}
    hints = [hint.id for hint in found.hints]
    open_hints(
        viewer=viewer,
        activity=found.activity,
        step=found.step,
        hints=hints,
        whom=Whom(learner=learner.id),
        now=time.time(),
    )
    count = ngettext("%(n)d hint is open for %(name)s now.", "%(n)d hints are open for %(name)s now.", len(hints))
    return count % {"n": len(hints), "name": learner.given_name}


@require_POST
@page_for(*STAFF)
def learner_hints(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID) -> HttpResponse:
    """``do=open:<code>`` or ``back:<number>`` for what a learner has open."""
    found, person = open_learner(viewer, section, learner, place="working")
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    if verb == "open":
        messages.success(request, opened_now(viewer, person, rest))
    else:
        _back(request, viewer, verb, rest)
    return redirect("pages:learner-working", section=found.id, learner=person.id)


@require_POST
@page_for(*STAFF)
def problem_hints(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """``do=open:<step>:<hint>`` with ``for-<step>-<hint>``, or ``back:<number>``."""
    row = book(key)
    if row is None:
        raise Http404
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    if verb == "open":
        step, _colon, hint = rest.partition(":")
        chosen = request.POST.get(f"for-{step}-{hint}", "")
        if not chosen:
            messages.warning(request, _("Choose first for whom the hint shall be open."))
            return redirect("pages:problem", key=row.key)
        whom = _whom(viewer, chosen)
        if whom is None or not step.isdecimal() or len(step) > 3:
            raise Http404
        try:
            open_hints(viewer=viewer, activity=row.key, step=int(step), hints=[hint], whom=whom, now=time.time())
        except Refused as refusal:
            messages.warning(request, said(refusal.message))
        else:
            messages.success(request, _("The hint is open. Learners who are on this problem can open it at once."))
    else:
        _back(request, viewer, verb, rest)
    return redirect("pages:problem", key=row.key)


def _back(request: HttpRequest, viewer: Viewer, verb: str, number: str) -> None:
    if verb != "back" or not number.isdecimal() or len(number) > 18:
        raise Http404
    take_back(viewer=viewer, number=int(number), now=time.time())
    messages.success(request, _("The hint is held back again."))


def _whom(viewer: Viewer, value: str) -> Whom | None:
    kind, _colon, key = value.partition(":")
    if value == "mine":
        return Whom(teacher=viewer.person.id)
    try:
        return {"section": Whom(section=UUID(key)), "learner": Whom(learner=UUID(key))}.get(kind)
    except ValueError:
        return None


def _held(person: Person) -> HeldNow | None:
    kept, _damaged = profiles_of([person.id])
    return held_now(person.district_id, {key: each.profile.current for key, each in kept.items()}).get(person.id)


def _shown(row: Opening, district: UUID) -> ShownOpening:
    whom = row.named or _("everybody in the classes of %(name)s") % {"name": row.who}
    return ShownOpening(whom, row.who, when(row.now, time.time(), time_zone_of(district)), f"back:{row.number}")
