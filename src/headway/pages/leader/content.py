"""What the answers say of the content: findings by kind, each with its evidence, and what a named person made of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.problems import Problem
from headway.core.text import Text
from headway.pages.dates import date_said
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.leader.content_said import kinds, rows_of, size_of, verdicts
from headway.pages.learner.answers import key_of
from headway.school.evidence.content.actions import JUDGES, NotMarked, mark
from headway.school.evidence.content.queries import ContentMark, Marked, marks_of, overview, shown, taught
from headway.school.evidence.refit.queries import may_decide
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName

READERS = (*JUDGES, RoleName.RESEARCHER)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the list: the sentence, the skills that it is about, since when (""), and what was decided ("")."""

    words: Text
    about: str
    since: str
    learners: int
    decided: str
    held: bool
    link: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A mark in words."""

    what: str
    subject: str
    by: str
    day: str
    reason: str


@require_GET
@never_cache
@page_for(*READERS)
def findings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything that the newest refit found, what is still open first."""
    found, zone = overview(), time_zone_of(viewer.person.district_id)
    groups = []
    if found is not None:
        curriculum = taught(viewer.person.district_id, found.version)
        for kind, title in kinds().items():
            lines = [_line(each, curriculum, zone) for each in found.findings if each.finding.kind == kind]
            if lines:
                lines.sort(key=lambda line: bool(line.decided))
                groups.append((kind, title, lines, found.counts[kind] - len(lines)))
    context = {
        "found": found,
        "day": date_said(local_date(zone, found.at)) if found else "",
        "groups": groups,
        "asked": sum(found.asked.values()) if found else 0,
        "others": [_decided(each, zone) for each in found.others] if found else [],
        "leads": viewer.has(RoleName.LEADER, RoleName.RESEARCHER),
    }
    return render(request, "leader/content.html", context)


@require_GET
@never_cache
@page_for(*READERS)
def finding(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One finding: the sentence, what it rests on, the problem as learners see it, and what was decided."""
    found, zone = overview(), time_zone_of(viewer.person.district_id)
    kind, subject = request.GET.get("kind", ""), request.GET.get("subject", "")
    named = (
        [each for each in found.findings if (each.finding.kind, each.finding.subject) == (kind, subject)]
        if found
        else []
    )
    if found is None or not named:
        raise Http404
    (each,) = named
    one, curriculum = each.finding, taught(viewer.person.district_id, found.version)
    problem = shown(viewer.person.district_id, curriculum, one.item) if one.item else None
    context = {
        "refit": found.refit,
        "simulated": found.simulated,
        "each": each,
        "line": _line(each, curriculum, zone),
        "kind": kinds()[one.kind],
        "size": size_of(one),
        "rows": rows_of(one),
        "problem": problem[0] if problem else None,
        "steps": _steps(problem) if problem else [],
        "parts": one.parts,
        "history": [_decided(row, zone) for row in marks_of(subject)],
        "judges": viewer.has(*JUDGES),
        "decides": may_decide(viewer),
    }
    return render(request, "leader/finding.html", context)


@require_POST
@page_for(*JUDGES)
def decide(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Hold an item back, or say that it was mended or is fine."""
    sent = request.POST
    kind, subject = sent.get("kind", ""), sent.get("subject", "")
    refit = uuid_or_404(sent.get("refit", ""))
    words = {"verdict": sent.get("verdict", ""), "reason": sent.get("reason", "")}
    try:
        row = mark(by=viewer.person, refit=refit, kind=kind, subject=subject, now=time.time(), **words)
    except NotMarked as problem:
        messages.warning(request, str(problem))
    else:
        held = row.verdict == "held"
        messages.success(
            request,
            _("Held back. No path chooses this problem any more; your reason is on record.")
            if held
            else _("Written down, with your name and reason."),
        )
    return redirect(f"{reverse('pages:content-finding')}?{urlencode({'kind': kind, 'subject': subject})}")


def _line(each: Marked, curriculum: Curriculum | None, zone: str) -> Line:
    one = each.finding
    titles = {skill.id: skill.title for skill in curriculum.skills} if curriculum is not None else {}
    about = ", ".join(titles.get(skill, skill) for skill in one.skills)
    return Line(
        one.words,
        about,
        date_said(local_date(zone, one.since)) if one.since else "",
        one.learners,
        verdicts()[each.mark.verdict] if each.mark is not None else "",
        each.held,
        f"{reverse('pages:content-finding')}?{urlencode({'kind': one.kind, 'subject': one.subject})}",
    )


def _decided(row: ContentMark, zone: str) -> Decided:
    day = date_said(local_date(zone, row.at))
    return Decided(verdicts()[row.verdict], row.subject.split(":", 1)[1], row.by.name, day, row.reason)


def _steps(problem: tuple[Problem, int]) -> list[tuple[object, str, bool]]:
    """The problem's steps with their keys, and which one the finding is about."""
    found, place = problem
    return [
        (step, key_of(step.answer), number == place and len(found.steps) > 1) for number, step in enumerate(found.steps)
    ]
