"""For leaders: how many learners have which support, whether it was given, and what supports did here. No league table."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.intervention.monitoring import pooled_said
from headway.core.intervention.plans import MENU, MenuLine
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.home import STAFF
from headway.pages.support.said import VERDICTS, dose_said, kind_said, tier_said
from headway.school.intervention.cases import Circle, circles_of
from headway.school.intervention.evidence import Measured, effects_here
from headway.school.intervention.queries import learners_of, schools_of, tiers_of
from headway.school.people.access import Viewer
from headway.school.people.clock import day_of


@dataclass(frozen=True, slots=True)
class Given:
    """A group with its counts; it names no learner."""

    circle: Circle
    kind: str
    dose: str
    learners: int
    planned: int
    held: int
    unlogged: int
    verdicts: tuple[str, ...]
    slipped: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """A kind of support with what was measured here; ``here`` says why nothing is, where nothing is."""

    line: MenuLine
    learners: int
    here: str


@require_GET
@never_cache
@page_for(*STAFF)
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tiers and dosage of the viewer's schools. Counts name no learner, so no record is read."""
    schools = schools_of(viewer)
    today = day_of(viewer.person.district_id, time.time())
    learners = [person.id for person in learners_of(schools)]
    standings = tiers_of(learners)
    counts = [(tier, tier_said(tier), sum(each.tier == tier for each in standings.values())) for tier in (1, 2, 3)]
    measured = effects_here()
    context = {
        "schools": schools,
        "all": len(learners),
        "counts": counts,
        "groups": [_given(circle) for circle in circles_of(today, schools=schools)],
        "menu": [_effect(line, measured.get(line.kind)) for line in MENU.values()],
    }
    return render(request, "support/overview.html", context)


def _given(circle: Circle) -> Given:
    words = [case.progress.verdict for case in circle.cases]
    return Given(
        circle=circle,
        kind=kind_said(circle.group.kind),
        dose=dose_said(circle),
        learners=len(circle.cases),
        planned=sum(day < circle.today or day in circle.log for day in circle.planned),
        held=circle.held,
        unlogged=len(circle.open_days),
        verdicts=tuple(f"{VERDICTS[word]}: {words.count(word)}" for word in VERDICTS if word in words),
        slipped=circle.slip.code != "none",
    )


def _effect(line: MenuLine, found: Measured | None) -> Effect:
    if found is None:
        return Effect(line, 0, _("Nobody here has had it yet."))
    if found.pooled is None:
        return Effect(
            line, found.learners,
            _("Measured for %(n)d of %(all)d learners so far; an effect over all needs two or more.")
            % {"n": found.counted, "all": found.learners},
        )  # fmt: skip
    return Effect(line, found.learners, said(pooled_said(found.pooled)))
