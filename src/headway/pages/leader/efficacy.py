"""What helps later: problems, hints, ways of working, support and policies with their effects, for leaders and content people."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum
from headway.core.text import text_from_json
from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.render import plain, said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.efficacy.queries import standing
from headway.school.evidence.efficacy.working import NoEfficacy, begin_beside
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.standards.instruction import shipped_models

READERS = (RoleName.LEADER, RoleName.RESEARCHER)
SHOWN = 25
"""Rows of a kind that the page shows at once; ``?kind=`` shows all that are kept."""
KINDS = {
    "problem": lazy("Problems"),
    "hint": lazy("Hints"),
    "modality": lazy("Ways of working"),
    "support": lazy("Support"),
    "policy": lazy("How the next problem is chosen"),
}
WORDS = {
    "helps": lazy("helps"),
    "harms": lazy("does harm"),
    "nothing yet": lazy("nothing to say yet"),
    "no comparison": lazy("no fair comparison"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words: what it is, the effect with its range ("" where nothing is said), whom it was given to, and on what it
    rests. ``word`` is a key of :data:`WORDS`."""

    name: str
    code: str
    word: str
    told: str
    effect: str
    reach: str
    learners: int
    given: int
    drawn: bool
    why: str


@require_GET
@never_cache
@page_for(*READERS)
def efficacy(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The newest report, kind by kind; what stands comes first."""
    district = viewer.person.district_id
    stands, zone = standing(time.time()), time_zone_of(district)
    wanted = request.GET.get("kind", "")
    body: dict[str, Any] = stands.report.body if stands.report else {}
    try:
        curriculum = curriculum_of(district) if body else None
    except NoCurriculum:
        curriculum = None
    names = _names(curriculum)
    groups = []
    for kind, title in KINDS.items():
        rows = [row for row in body.get("rows", ()) if row["kind"] == kind]
        standing_ = sum(row["stands"] for row in rows)
        most = len(rows) if kind == wanted else max(SHOWN, standing_)
        if body and wanted in ("", kind):
            groups.append(
                (kind, title, body["asked"][kind], body["told"][kind], standing_,
                 [_line(row, names) for row in rows[:most]], len(rows) - most)
            )  # fmt: skip
    context = {
        "report": stands.report,
        "body": body,
        "running": stands.running,
        "broken": stands.run is not None and stands.run.state == "running" and not stands.running,
        "failed": said(text_from_json(stands.run.words)) if stands.run and stands.run.state == "failed" else "",
        "day": date_said(local_date(zone, stands.report.began_at)) if stands.report else "",
        "since": date_said(local_date(zone, body["since"])) if body else "",
        "groups": groups,
        "one": wanted if wanted in KINDS else "",
        "leads": viewer.has(RoleName.LEADER),
    }
    return render(request, "leader/efficacy.html", context)


@require_POST
@page_for(RoleName.LEADER)
def begin(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have it worked out anew, beside the server."""
    try:
        begin_beside(by=viewer.person, now=time.time())
        messages.success(
            request, _("It is being worked out beside the school. Open this page again in a minute or two.")
        )
    except NoEfficacy as problem:
        messages.warning(request, said(problem.message))
    return redirect("pages:efficacy")


def _names(curriculum: Curriculum | None) -> dict[str, str]:
    """What people call an activity or an item: the title of its skill."""
    out: dict[str, str] = {}
    for activity in curriculum.activities if curriculum is not None else ():
        number = curriculum.skill_number.get(activity.skill) if curriculum is not None else None
        title = curriculum.skills[number].title if curriculum is not None and number is not None else activity.skill
        out[activity.id] = title
        out |= {item.id: title for item in activity.items}
    return out


def _line(row: dict[str, Any], names: dict[str, str]) -> Line:
    kind, subject = row["kind"], row["subject"]
    if kind == "modality":
        modes = {mode.id: _(mode.name) for model in shipped_models().values() for mode in model.modalities}
        name = _("{one} rather than {other}").format(
            one=modes.get(subject, subject), other=modes.get(row["other"], row["other"])
        )
    else:
        name = names.get(subject, subject)
    told, reach = "", ""
    if row["effect"] is not None:
        told = _told(row)
        reach = _("{low} to {high}").format(low=f"{100 * row['low']:+.1f}", high=f"{100 * row['high']:+.1f}")
    return Line(
        name, subject if name != subject and kind != "modality" else "", row["word"], told,
        "" if row["effect"] is None else f"{100 * row['effect']:+.1f}", reach, row["learners"], row["given"], row["drawn"],
        plain(text_from_json(row["why"])),
    )  # fmt: skip


def _told(row: dict[str, Any]) -> str:
    """The effect in one sentence."""
    low, high = 100 * row["low"], 100 * row["high"]
    if row["stands"]:
        each = round(abs(100 * row["effect"]), 1)
        if row["effect"] > 0:
            return _("Of the next 100 problems about {n} more are right than if something else had been given.").format(
                n=each
            )
        return _("Of the next 100 problems about {n} fewer are right than if something else had been given.").format(
            n=each
        )
    if low < 0 < high and max(-low, high) < 1.0:
        return _("Whatever it does, it is less than one problem in a hundred.")
    if row["more"] is None or row["more"] > 100:
        return _("It would take more than a hundred times as many decisions to tell.")
    return _("About {n} times as many decisions would tell.").format(n=max(round(row["more"]), 2))
