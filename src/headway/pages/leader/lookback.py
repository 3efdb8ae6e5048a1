"""Looking back at something that runs already: the list, setting it up on one page, and what can be said."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.mastery.kernels import DAY
from headway.core.text import T
from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.pilot_chart import Effect, chart
from headway.pages.leader.pilot_details import sensitivity
from headway.pages.leader.pilot_form import context_of, sections_led, sent_in
from headway.pages.leader.pilot_shown import ADVICE, outcome_said, sentence, shown_of
from headway.pages.render import plain
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.lookback.actions import Setup, look_back
from headway.school.evidence.lookback.queries import LookBack, access_look_back, look_backs
from headway.school.evidence.pilots.outcomes import Outcome
from headway.school.people.access import Viewer
from headway.school.people.clock import day_of, local_date, start_of, time_zone_of
from headway.school.people.models import RoleName, Section
from headway.school.people.refusal import Malformed

READERS = (RoleName.LEADER, RoleName.RESEARCHER)
WAYS = (
    ("matched", lazy("Each learner beside one who was alike before")),
    ("series", lazy("Each class beside its own results before, and beside the others’")),
)


@require_GET
@never_cache
@page_for(*READERS)
def list_(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was looked back at, newest first."""
    zone = time_zone_of(viewer.person.district_id)
    rows = [(row, date_said(local_date(zone, row.at))) for row in look_backs(viewer)]
    return render(request, "leader/lookbacks.html", {"rows": rows, "leads": bool(viewer.schools(RoleName.LEADER))})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@page_for(RoleName.LEADER)
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say what runs where and since when; the answer comes at once."""
    now, sections = time.time(), sections_led(viewer)
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        messages.warning(request, _("There is no curriculum yet, so nothing can be compared."))
        return redirect("pages:lookbacks")
    sent: Mapping[str, Sequence[str]] = {"way": ["matched"], "weeks": ["8"], "began": [_usual(viewer, now)]}
    if request.method == "POST":
        sent = sent_in(request.POST)
        try:
            row = look_back(by=viewer.person, setup=_setup(sent, sections, viewer.person.district_id), now=now)
        except Malformed as problem:
            messages.warning(request, plain(problem.message))
        else:
            return redirect("pages:lookback", key=row.id)
    return render(
        request,
        "leader/lookback_form.html",
        {
            **context_of(sent, sections, curriculum), "thing": _one(sent, "thing"), "began": _one(sent, "began"),
            "ways": [(value, name, value == _one(sent, "way")) for value, name in WAYS],
        },
    )  # fmt: skip


def _usual(viewer: Viewer, now: float) -> str:
    """Nine weeks ago, so that eight weeks are over."""
    zone = time_zone_of(viewer.person.district_id)
    return local_date(zone, now - 63 * DAY).isoformat()


def _one(sent: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(sent.get(name, ())), "").strip()


def _setup(sent: Mapping[str, Sequence[str]], sections: Sequence[Section], district: UUID) -> Setup:
    """What the form means; compared with are all other classes of the same subjects that the leader leads. Raises Malformed."""
    kind, _colon, about = _one(sent, "outcome").partition(":")
    try:
        having = tuple(dict.fromkeys(UUID(key) for key in sent.get("section", ())))
        weeks, began = int(_one(sent, "weeks")), date.fromisoformat(_one(sent, "began"))
        day = day_of(district, datetime(began.year, began.month, began.day, 12).timestamp())  # noqa: DTZ001 (any noon will do)
        begins = start_of(district, day)
    except (ValueError, OverflowError, OSError) as problem:
        raise Malformed(T("Something on the form is no number or no date. Look through it again.")) from problem
    subjects = {each.subject for each in sections if each.id in having}
    others = tuple(each.id for each in sections if each.id not in having and each.subject in subjects)
    return Setup(
        question=_one(sent, "question"), thing=_one(sent, "thing"), way=_one(sent, "way"),
        outcome=Outcome(kind, name=about) if kind == "measure" else Outcome(kind, subject=about), having=having, others=others,
        began=begins, weeks=weeks,
    )  # fmt: skip


@require_GET
@never_cache
@page_for(*READERS)
def one(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """What can be said, and what speaks against it."""
    row = access_look_back(viewer, key)
    zone = time_zone_of(row.district_id)
    outcome = Outcome(**row.setup["outcome"])
    facts = [
        (_("What these classes have"), row.setup["thing"]),
        (_("Since"), date_said(local_date(zone, row.setup["began"]))),
        (_("Weeks that count"), str(row.setup["weeks"])),
        (_("What was compared"), outcome_said(outcome)),
        (_("How"), next((str(name) for value, name in WAYS if value == row.setup["way"]), "")),
        (_("Classes with it, and beside it"), f"{len(row.setup['having'])} · {len(row.setup['others'])}"),
    ]
    context = {"row": row, "day": date_said(local_date(zone, row.at)), "facts": facts, "earlier": row.body["earlier"]}
    found = _matched(row) if row.setup["way"] == "matched" else _series(row, outcome)
    return render(request, "leader/lookback.html", {**context, **found})


def _matched(row: LookBack) -> dict[str, Any]:
    found = row.body["results"][0]
    plan = {"measured": row.setup["outcome"], "unit": "class", "design": row.body["design"]}
    shown = shown_of(found, plan)
    return {
        "advice": shown.advice, "mark": shown.mark, "paragraph": shown.paragraph, "answers": shown.answers,
        "drawing": chart(shown.effects, 0.0) if shown.effects else "",
        "figures": [*shown.figures, *shown.trust, *sensitivity(found)], "reasons": shown.reasons, "lines": [],
    }  # fmt: skip


def _series(row: LookBack, outcome: Outcome) -> dict[str, Any]:
    body = row.body
    good, bad = body["significant"] and body["g"] > 0, body["significant"] and body["g"] < 0
    figures = []
    if body["g"] is not None:
        figures += [
            (_("Change beyond the others’, in standard deviations"), f"{body['g']:+.2f}"),
            (_("95 % interval"), f"{body['g_low']:+.2f} – {body['g_high']:+.2f}"),
        ]
    for name, key in (
        (_("Did they move apart before? (p)"), "before_p"),
        (_("The same comparison of the time before (p)"), "placebo_p"),
    ):
        figures.append((name, _("too few periods") if body[key] is None else f"{body[key]:.3f}"))
    held = _("against its own line") if body["trend"] else _("against its own mean, for want of three periods before")
    figures.append((_("Each class was held"), held))
    drawn = [Effect(_("All classes"), body["g"], body["g_low"], body["g_high"])] if body["g"] is not None else []
    return {
        "advice": plain(ADVICE[body["advice"]]), "mark": "low" if good else "high" if bad else "waiting",
        "paragraph": " ".join(sentence(each, outcome) for each in body["sentences"]), "answers": [], "figures": figures,
        "drawing": chart(drawn, 0.0) if drawn else "", "reasons": [sentence(each, outcome) for each in body["reasons"]],
        "lines": [_line(each) for each in body["lines"]],
    }  # fmt: skip


def _line(row: Sequence[float | None]) -> tuple[str, str, str]:
    number = int(row[0] or 0)
    when = _("{n} before").format(n=-number) if number < 0 else _("{n} after").format(n=number + 1)
    return when, *("–" if value is None else f"{value:.2f}" for value in row[1:])  # type: ignore[return-value]
