"""What schools have to work with: all of them in one table, and one school with what follows and what was said when."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.environment.means import AUTONOMY, KINDS, NETWORK, TECHNOLOGY, YES, Means, Said, fitted
from headway.core.text import T, Text
from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.pilot_choices import COSTS, PER
from headway.pages.render import plain, said
from headway.school.environment.means.actions import Row, write_down
from headway.school.environment.means.queries import (
    READERS,
    Line,
    School,
    SchoolMeans,
    history_of,
    lines_of,
    schools_of,
)
from headway.school.people.access import Viewer
from headway.school.people.clock import EPOCH, date_of, day_of, local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.refusal import Malformed
from headway.standards.instruction import shipped_models

FACTS: dict[tuple[str, str], Text] = {
    ("technology", "devices"): TECHNOLOGY["devices"],
    ("technology", "network"): TECHNOLOGY["network"],
    ("autonomy", "schedule"): AUTONOMY["schedule"],
}
"""What the table of all schools shows."""
CHOICES = {"network": NETWORK, "repair": YES, **dict.fromkeys(AUTONOMY, YES)}


@require_GET
@never_cache
@page_for(*READERS)
def readiness(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every school that somebody reads about, or one of them."""
    schools = schools_of(viewer)
    asked = request.GET.get("school", "")
    if asked:
        found = next((each for each in schools if str(each.id) == asked), None)
        if found is None:
            raise Http404
        return render(request, "leader/school_readiness.html", _one(viewer, found))
    lines = lines_of([each.id for each in schools])
    rows = [(each, _summary(lines[each.id])) for each in schools]
    return render(request, "leader/readiness.html", {"rows": rows, "facts": [said(words) for words in FACTS.values()]})


def _summary(lines: Sequence[Line]) -> list[str]:
    there = {(line.said.kind, line.said.name): line.said for line in lines}
    return [value_said(there[key]) if key in there else _("not said yet") for key in FACTS]


def name_said(row: Said) -> str:
    """The name of a thing that a school has."""
    known = {"technology": TECHNOLOGY, "autonomy": AUTONOMY}.get(row.kind, {})
    return said(known[row.name]) if row.name in known else row.name


def value_said(row: Said) -> str:
    """What was said of it."""
    if row.kind == "budget":
        money = _("{money} {per}, {kind}").format(
            money=f"{row.number or 0.0:,.2f}", per=PER[row.per], kind=COSTS[row.cost]
        )
        return (
            money if row.years == 1.0 else _("{money}, for {years} years").format(money=money, years=f"{row.years:g}")
        )
    choices = CHOICES.get(row.name, {}) if row.kind in ("technology", "autonomy") else {}
    return said(choices[row.value]) if row.value in choices else row.value


def _one(viewer: Viewer, school: School) -> dict[str, object]:
    lines = lines_of([school.id])[school.id]
    zone = time_zone_of(viewer.person.district_id)
    rows = {
        kind: [
            (name_said(each.said), value_said(each.said), each.said.words, date_said(date_of(each.day)),
             each.by or _("a file"), f"{kind}:{each.said.name}")
            for each in lines
            if each.said.kind == kind
        ]
        for kind in KINDS
    }  # fmt: skip
    held, means = viewer.schools(RoleName.LEADER), Means(tuple(line.said for line in lines))
    ways = [fitted(model, means) for model in shipped_models().values()]
    return {
        "school": school, "leads": None in held or school.id in held,
        "today": date_of(day_of(viewer.person.district_id, time.time())).isoformat(),
        "kinds": [(said(words), rows[kind]) for kind, words in KINDS.items()],
        "ways": [(fit.model.name, [plain(each) for each in fit.said], fit.offered) for fit in ways],
        "history": [_told(row, zone) for row in history_of(school.id)],
        "things": [
            *((f"technology:{key}", said(words)) for key, words in TECHNOLOGY.items()),
            *((f"autonomy:{key}", said(words)) for key, words in AUTONOMY.items()),
        ],
        "values": [*((key, said(words)) for key, words in {**YES, **NETWORK}.items())],
        "costs": COSTS.items(), "pers": PER.items(),
    }  # fmt: skip


def _told(row: SchoolMeans, zone: str) -> tuple[str, str, str, str]:
    one = Said(row.kind, row.name, **row.body)
    who = row.by.name if row.by else _("a file")
    return (
        date_said(local_date(zone, row.at)),
        who,
        name_said(one),
        "" if row.gone else value_said(one) or one.words or "–",
    )


@require_POST
@page_for(RoleName.LEADER)
def say(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write something down of a school, or that it no longer holds."""
    school = next((s for s in schools_of(viewer, RoleName.LEADER) if str(s.id) == request.POST.get("school", "")), None)
    if school is None:
        raise Http404
    now = time.time()
    try:
        row = Row(
            school.id, _sent(request.POST), _day(request.POST, viewer, now), gone=request.POST.get("what") == "gone"
        )
        new = write_down(district=viewer.person.district_id, rows=[row], by=viewer.person, now=now)
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    else:
        messages.success(request, _("Written down, with your name.") if new else _("That stands there already."))
    return redirect(f"{reverse('pages:readiness')}?school={school.id}")


def _sent(post: QueryDict) -> Said:
    kind, _colon, name = post.get("thing", "").partition(":")
    name = name or post.get("name", "").strip()
    try:
        years = float(post.get("years", "") or 1.0)
    except ValueError:
        years = 0.0
    value = (
        (post.get("choice", "") or post.get("value", "")).strip() if kind != "budget" else post.get("value", "").strip()
    )
    return Said(kind, name, value, post.get("cost", ""), post.get("per", ""), years, post.get("words", "").strip())


def _day(post: QueryDict, viewer: Viewer, now: float) -> int:
    today = day_of(viewer.person.district_id, now)
    if not post.get("day"):
        return today
    try:
        day = date.fromisoformat(post.get("day", "")).toordinal() - EPOCH
    except ValueError:
        day = today + 1
    if not 0 < day <= today:
        raise Malformed(T("Give the day from which on it holds: today or earlier."))
    return day
