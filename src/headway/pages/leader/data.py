"""The data lead's home: what data there is, what models and policies made the decisions, and how to get at all of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.guard import page_for
from headway.school.evidence.overview import Month, data_of
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class Card:
    """A model or policy in a few lines: what it is, what it assumes or cannot do, what it was fitted on."""

    what: Promise
    limits: Promise
    fitted: Promise


_STARTING = gettext_lazy("Nothing of this district yet: the parameters are the starting values that ship with it.")
MODELS: dict[str, Card] = {
    "gaussian-2": Card(
        gettext_lazy(
            "Ability per skill as a Gaussian on one logit scale that keeps how each skill hangs on the learner's overall "
            "ability, so that its intervals hold what they promise; with forgetting and transfer from prerequisites."
        ),
        gettext_lazy(
            "It knows answers, hints, tries and times, and no backgrounds. It predicts the next unaided first answer, not what "
            "would happen under other teaching."
        ),
        _STARTING,
    ),
    "gaussian-1": Card(
        gettext_lazy(
            "Ability per skill as a Gaussian on one logit scale, updated by assumed density, with forgetting along the "
            "logarithm of time and transfer from prerequisites."
        ),
        gettext_lazy(
            "It knows answers, hints, tries and times, and no backgrounds. It predicts the next unaided first answer, not what "
            "would happen under other teaching."
        ),
        _STARTING,
    ),
    "elo-1": Card(
        gettext_lazy("An Elo rating per skill and overall: the plain alternative that a better model has to beat."),
        gettext_lazy("It knows no forgetting, and its variance only says how many answers it has seen."),
        _STARTING,
    ),
}


@dataclass(frozen=True, slots=True)
class ShownCommand:
    """A command as it is typed, and what it gives."""

    line: str
    what: Promise


COMMANDS: tuple[ShownCommand, ...] = (
    ShownCommand(
        "headway replay --json",
        gettext_lazy(
            "Rebuild every profile, decision and ledger line from the log and compare with what is stored, byte for byte."
        ),
    ),
    ShownCommand(
        "headway import responses log.parquet --json",
        gettext_lazy("Check a response log (student, item, skill, correct, order) before anything is fitted on it."),
    ),
    ShownCommand(
        "headway fit log.parquet --model hybrid-1 --seed 0 --json",
        gettext_lazy("Fit a learner model on a response log; metrics on learners that it has not seen."),
    ),
    ShownCommand(
        "headway irt fit scores.csv --model 2pl --out bank.csv --json",
        gettext_lazy(
            "Calibrate items on a table of scores, with standard errors, fit, and differences between groups."
        ),
    ),
    ShownCommand(
        "headway simulate --policy frontier-6 --learners 60 --days 20 --seed 1 --json",
        gettext_lazy("Let simulated learners practice a term under a policy, before a child meets it."),
    ),
    ShownCommand(
        "headway import standards downloads/standards --dry-run",
        gettext_lazy("What a new skill graph would change: skills, prerequisites, alignments."),
    ),
    ShownCommand(
        "headway import oatutor oatutor-content.zip --dry-run --json",
        gettext_lazy("The report on a package of problems: what is kept, what is lost and why."),
    ),
)


@require_GET
@never_cache
@page_for(RoleName.RESEARCHER)
def data(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Counts only: nobody's record is read here."""
    found = data_of(viewer.person.district_id, time.time())
    context = {
        "found": found,
        "months": [(date_format(date(m.year, m.month, 1), "F Y"), m) for m in found.months],
        "total": _total(found.months),
        "card": MODELS.get(found.plan.model),
        "commands": COMMANDS,
    }
    return render(request, "leader/data.html", context)


def _total(months: tuple[Month, ...]) -> tuple[int, int]:
    """Answers, and those of simulated learners among them."""
    return sum(month.answers for month in months), sum(month.simulated for month in months)
