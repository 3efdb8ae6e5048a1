"""Scores that adults take: a minute of reading aloud with a running record, and any other measure."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.screening import STAFF
from headway.pages.teacher.passages import PASSAGES
from headway.school.measurement.actions import NotTaken, record_measure
from headway.school.measurement.queries import Score, measures
from headway.school.people.access import Viewer, access_learner, learners_of_classes
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import Person

EPOCH = date(1970, 1, 1)
ORF = "orf"
SHORTEST = 5.0
"""Seconds of reading below which words in a minute mean nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A learner with the newest score of each measure, in words."""

    id: UUID
    name: str
    latest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One score in words."""

    name: str
    day: str
    score: str
    form: str


@require_GET
@page_for(*STAFF)
def all_measures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One's classes, with each learner's newest scores."""
    classes = learners_of_classes(viewer, purpose="measures", place="measures")
    series = measures([person.id for _section, people in classes for person in people])
    rows = [(section, [_row(person, series.get(person.id, {})) for person in people]) for section, people in classes]
    return render(request, "teacher/measures.html", {"classes": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*STAFF)
def measure(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """Take a score of one learner."""
    person = access_learner(viewer, learner, purpose="measures", place="measures")
    now = time.time()
    today = local_date(time_zone_of(person.district_id), now)
    if request.method == "POST":
        try:
            said = _orf(request, viewer, person, today, now) if request.POST.get("kind") == ORF else ""
            said = said or _score(request, viewer, person, now)
        except NotTaken as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, said)
        return redirect("pages:measure", learner=learner)
    series = measures([person.id]).get(person.id, {})
    lines = [_line(score) for scores in series.values() for score in reversed(scores)]
    context = {
        "learner": person,
        "shelf": PASSAGES,
        "today": today.isoformat(),
        "known": [name for name in series if name != ORF],
        "series": lines,
    }
    return render(request, "teacher/measure.html", context)


def _orf(request: HttpRequest, viewer: Viewer, person: Person, today: date, now: float) -> str:
    sent = request.POST
    read, seconds = _number(sent.get("read", "")), _number(sent.get("seconds", ""))
    if read is None or seconds is None or not 1 <= read <= 2000 or not SHORTEST <= seconds <= 60.0:
        raise NotTaken(_("Start the clock, let the student read, then tap the last word that was read."))
    wrong, own = (
        sorted({int(n) for n in sent.get(name, "").split(",") if n.isascii() and n.isdecimal() and int(n) < read})
        for name in ("wrong", "self")
    )
    right = int(read) - len(wrong)
    score = round(right * 60.0 / seconds, 1)
    detail = {"read": int(read), "wrong": wrong, "self_corrected": own, "seconds": seconds}
    record_measure(
        learner=person,
        measure=ORF,
        day=(today - EPOCH).days,
        score=score,
        unit="words/min",
        form=sent.get("form", ""),
        detail=detail,
        by=viewer.person,
        now=now,
    )
    return _("Saved: {n} words right in a minute, {right} of {read} read.").format(
        n=round(score), right=right, read=int(read)
    )


def _score(request: HttpRequest, viewer: Viewer, person: Person, now: float) -> str:
    sent, value = request.POST, _number(request.POST.get("score", ""))
    try:
        day = date.fromisoformat(sent.get("day", ""))
    except ValueError:
        raise NotTaken(_("Choose the day on which the score was taken.")) from None
    if value is None:
        raise NotTaken(_("A score needs a measure and a number."))
    name = sent.get("measure", "").strip()
    record_measure(
        learner=person,
        measure=name,
        day=(day - EPOCH).days,
        score=value,
        unit=sent.get("unit", "")[:40],
        by=viewer.person,
        now=now,
    )
    return _("Saved: {measure} {score}.").format(measure=name, score=f"{value:g}")


def _row(person: Person, series: dict[str, list[Score]]) -> Row:
    return Row(
        person.id, person.name, tuple(f"{_name(name)}: {_said(scores[-1])}" for name, scores in sorted(series.items()))
    )


def _line(score: Score) -> Line:
    return Line(_name(score.measure), date_said(EPOCH + timedelta(days=score.day)), _said(score), score.form)


def _said(score: Score) -> str:
    unit = _("words a minute") if score.measure == ORF else score.unit
    value = f"{score.score:g} ± {score.se:.2g}" if score.se is not None else f"{score.score:g}"
    return f"{value} {unit}".strip()


def _name(measure: str) -> str:
    return _("Reading aloud") if measure == ORF else measure


def _number(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
