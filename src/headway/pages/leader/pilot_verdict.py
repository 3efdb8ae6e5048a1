"""The verdict of a pilot: one paragraph, a drawing, five questions, everything behind them; on a page and on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.text import text_from_json
from headway.pages.dates import date_said
from headway.pages.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Picture,
    Points,
    Table,
    Words,
    language_in,
    pdf_response,
)
from headway.pages.guard import page_for
from headway.pages.leader.pilot_chart import chart, words
from headway.pages.leader.pilot_page import frame_of, steps_said
from headway.pages.leader.pilot_shown import Shown, hardly_used, shown_of
from headway.pages.leader.pilots import READERS
from headway.pages.render import plain
from headway.school.evidence.pilots.queries import leads, looks_of
from headway.school.evidence.pilots.standing import Pilot, PilotLook, access_pilot, plan_of
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of


@require_GET
@never_cache
@page_for(*READERS)
def verdict(request: HttpRequest, viewer: Viewer, pilot: UUID) -> HttpResponse:
    """What came of it. ``?look=`` opens an earlier look."""
    row = access_pilot(viewer, pilot)
    look = _look(row, request.GET.get("look", ""))
    context = frame_of(row)
    found = _found(look, plan_of(row).plan, float(row.body["worth"]))
    zone = time_zone_of(row.district_id)
    return render(
        request,
        "leader/pilot_verdict.html",
        {
            **context, "look": look, "found": found, "day": date_said(local_date(zone, look.at)),
            "changes": [plain(text_from_json(each)) for each in look.body["plan"]["changes"]],
            "leads": leads(viewer, row), "decisions": steps_said(),
        },
    )  # fmt: skip


@require_GET
@page_for(*READERS)
def verdict_pdf(request: HttpRequest, viewer: Viewer, pilot: UUID) -> HttpResponse:
    """The verdict on paper."""
    row = access_pilot(viewer, pilot)
    look = _look(row, request.GET.get("look", ""))
    plan = plan_of(row)
    zone = time_zone_of(row.district_id)
    blocks: list[Block] = []
    for shown, drawing, used_little in _found(look, plan.plan, float(row.body["worth"])):
        blocks += _blocks(shown, drawing, used_little)
    blocks += [
        Heading(_("The plan")),
        Facts(frame_of(row)["facts"]),
        Words(
            _("Frozen on {day} as {hash}.").format(day=date_said(local_date(zone, plan.at)), hash=plan.sha256), "quiet"
        ),
        Points([plain(text_from_json(each)) for each in look.body["plan"]["changes"]] or [_("Nothing was changed.")]),
    ]
    document = Document(
        title=row.question, language=language_in(request), school=row.district.name,
        date=date_said(local_date(zone, look.at)), blocks=blocks, lead=_("What came of a pilot"), author=look.by.name,
    )  # fmt: skip
    return pdf_response(document, at=look.at, name="-".join([_("verdict"), row.question[:40]]))


def _look(row: Pilot, number: str) -> PilotLook:
    if row.state not in ("running", "ended"):
        raise Http404
    looks = looks_of(row)
    found = next((each for each in looks if str(each.number) == number), looks[-1] if looks and not number else None)
    if found is None:
        raise Http404
    return found


def _found(look: PilotLook, plan: dict[str, Any], worth: float) -> list[tuple[Shown, str, bool]]:
    out = []
    for one in look.body["results"]:
        shown = shown_of(one, plan, look.body.get("newcomers"))
        out.append((shown, chart(shown.effects, worth) if shown.effects else "", hardly_used(one)))
    return out


def _blocks(shown: Shown, drawing: str, used_little: bool) -> list[Block]:
    out: list[Block] = [Heading(shown.arm), Words(shown.paragraph)]
    if used_little:
        out.append(Words(_("Few really got it, so this says little of the thing itself.")))
    if drawing:
        out.append(Picture(drawing, words(shown.effects)))
    out.append(Facts(shown.answers))
    out += [Heading(_("The figures")), Facts([*shown.figures, *shown.trust])]
    if shown.groups:
        head = (_("Group"), _("Learners (this · usual)"), _("Effect"), _("95 % interval"))
        out.append(Table(head, shown.groups, (4, 3, 2, 3)))
    out += [Heading(_("Evidence tier")), Points(shown.reasons or [_("None.")])]
    return out
