"""Everything that is held of a learner, to take away: as JSON, as a zip of CSV, or on paper."""

from __future__ import annotations

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from headway.pages.dates import date_said
from headway.pages.documents import Block, Document, Heading, Table, Words, pdf_response
from headway.pages.person.door import Seen, for_person
from headway.school.exchange.out.learner import as_csv, as_json, everything
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.company import school_names
from headway.school.people.models import Person, RoleName

SHOWN = 20
"""Rows of each part on paper, the latest; the other forms have all of them."""
LONGEST = 90
FORMS = {"json": "application/json", "zip": "application/zip"}


def may_take(seen: Seen) -> bool:
    """Whether somebody may take a learner's whole record away: the learner, the family, and who leads their school."""
    return seen.role != "school" or seen.viewer.has(RoleName.LEADER)


@require_GET
@for_person
def take_away(request: HttpRequest, seen: Seen, form: str) -> HttpResponse:
    """For the learner, the family, and whoever leads their school."""
    if not may_take(seen):
        raise Http404
    now, learner = time.time(), seen.learner
    name = f"everything-{learner.id}"
    if form == "pdf":
        return pdf_response(on_paper(learner, now), at=now, name=name)
    if form not in FORMS:
        raise Http404
    data = as_json(learner, at=now) if form == "json" else as_csv(learner)
    response = HttpResponse(data, content_type=FORMS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def on_paper(learner: Person, now: float) -> Document:
    """Each part with how much there is of it and its latest rows."""
    zone = time_zone_of(learner.district_id)
    blocks: list[Block] = []
    for name, rows in everything(learner):
        heading = _("{part}: {n}").format(part=part_said(name), n=f"{len(rows):,}")
        lines = [(_when(row, zone), _line(row)) for row in rows[: -SHOWN - 1 : -1]]
        blocks += [Heading(heading), Table((_("When"), _("What")), lines, (1, 4), heading, dense=True)]
        if len(rows) > SHOWN:
            blocks.append(Words(_("The latest {n} of them.").format(n=SHOWN), kind="quiet"))
    return Document(
        title=_("Everything that Headway holds of {name}").format(name=learner.name),
        language=get_language() or "en",
        school=", ".join(school_names(learner.id)),
        date=date_said(local_date(zone, now)),
        lead=_("The same as a file, with every row, is on the profile page."),
        blocks=blocks,
        author="Headway",
    )


def part_said(name: str) -> str:
    """A table in words; its own name where it has none."""
    return {
        "Person": _("The person"),
        "Role": _("Roles"),
        "Enrolment": _("Classes"),
        "Guardianship": _("Family"),
        "RosterRecord": _("What the school’s system says"),
        "Evidence": _("Answers"),
        "Decision": _("What came next, and why"),
        "MasteryEntry": _("What was mastered"),
        "PlanRow": _("The plan"),
        "Goal": _("Goals"),
        "ProfileFact": _("Wishes and interests"),
        "ProfileNote": _("Notes on the profile"),
        "SelfReport": _("How the learner sees themselves"),
        "Measure": _("Tests"),
        "Credit": _("Credit"),
        "CoachLine": _("Lines of working"),
        "AccessLog": _("Who read the record"),
        "Attendance": _("Who was here"),
        "Piece": _("Writing"),
        "Conference": _("Conferences"),
    }.get(name, name)


def _when(row: dict[str, Any], zone: str) -> str:
    at = row.get("at") or row.get("starts") or row.get("asked_at")
    if isinstance(at, float) and at > 0:
        return date_said(local_date(zone, at))
    return at[:10] if isinstance(at, str) else ""


def _line(row: dict[str, Any]) -> str:
    """The fields of a row that say something, in a line."""
    left = ("id", "pk", "learner", "person", "at", "now", "event", "state", "data", "content", "seed", "district")
    said = [
        f"{name}: {value}"
        for name, value in row.items()
        if name not in left and value not in ("", None, [], {}) and len(str(value)) <= LONGEST
    ]
    return "; ".join(said)[:400]
