"""Projects in words, for every reader: where a milestone stands, when it is due, a file of a piece of work."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from headway.core.measurement.rubrics import KINDS, Rubric
from headway.core.text import Text
from headway.pages.dates import day as day_of_moment
from headway.pages.dates import near
from headway.pages.guard import page_for
from headway.pages.sheets import shut_in
from headway.school.measurement.projects.ledger import Scored
from headway.school.measurement.projects.queries import Place, artefact_file
from headway.school.people.access import Viewer
from headway.school.people.clock import date_of, day_of, time_zone_of
from headway.school.people.models import RoleName

STATES = {
    "open": (lazy("To do"), "", "i-dot"),
    "late": (lazy("To do, the day has passed"), "clay", "i-bang"),
    "handed in": (lazy("With the teacher"), "sun", "i-clock"),
    "again": (lazy("Another go"), "clay", "i-again"),
    "done": (lazy("Done"), "leaf", "i-check"),
}
"""Where a milestone stands: words, tone, icon."""
EVERYBODY = (RoleName.LEARNER, RoleName.FAMILY, RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A milestone with where somebody stands: words, tone, icon, the day in words."""

    id: int
    number: int
    title: str
    shows: str
    state: str
    word: str
    tone: str
    icon: str
    due: str
    by: str


@dataclass(frozen=True, slots=True)
class ShownScore:
    """What stands for a criterion: the step in words, who scored it for whom and when, what was there before, contests."""

    number: int
    project: str
    criterion: str
    kind: Text
    level: int
    of: int
    step: str
    group: bool
    by: str
    day: str
    words: str
    contested: bool
    before: tuple[str, ...]
    contests: tuple[tuple[str, str, str], ...]
    skills: tuple[str, ...]


def said_once(words: str) -> str:
    """Words of a rubric that ships, in the reader's language; a school's own as they are."""
    return _(words) if words else ""


def shown_place(place: Place, today: int) -> ShownPlace:
    """Put a milestone into words."""
    word, tone, icon = STATES[place.state]
    each = place.milestone
    due = near(date_of(each.due), date_of(today))
    return ShownPlace(
        each.id, each.number, each.title, each.shows, place.state, str(word), tone, icon, due, place.said_by
    )


def shown_scores(found: Sequence[Scored], now: float, time_zone: str) -> list[ShownScore]:
    """Put scores into words, those of thinking first."""
    out = []
    for each in sorted(found, key=lambda each: list(KINDS).index(each.criterion.kind)):
        score = each.standing.score
        earlier = [
            _("step {n}, {by}, {day}").format(n=old.level, by=old.by, day=day_of_moment(old.at, now, time_zone))
            for old in each.standing.before
        ]
        said = [(one.by, one.words, day_of_moment(one.at, now, time_zone)) for one in each.standing.contests]
        out.append(
            ShownScore(
                number=score.number,
                project=each.title,
                criterion=said_once(each.criterion.title),
                kind=KINDS[each.criterion.kind],
                level=score.level,
                of=len(each.criterion.steps),
                step=said_once(each.step),
                group=score.whose == "group",
                by=score.by,
                day=day_of_moment(score.at, now, time_zone),
                words=score.words,
                contested=each.standing.contested,
                before=tuple(earlier),
                contests=tuple(said),
                skills=each.criterion.skills,
            )
        )
    return out


def shown_rubric(rubric: Rubric) -> list[tuple[Text, list[tuple[str, str, list[str]]]]]:
    """A rubric to read: each kind with its criteria (key, title, steps)."""
    rows = []
    for kind, heading in KINDS.items():
        criteria = [
            (each.key, said_once(each.title), [said_once(step) for step in each.steps])
            for each in rubric.criteria
            if each.kind == kind
        ]
        if criteria:
            rows.append((heading, criteria))
    return rows


def today_in(district: UUID) -> tuple[float, str, int]:
    """Now, the district's time zone, and its local day."""
    now = time.time()
    return now, time_zone_of(district), day_of(district, now)


@require_GET
@page_for(*EVERYBODY)
def file(request: HttpRequest, viewer: Viewer, artefact: UUID, sheet: int = 0) -> HttpResponse:
    """A handed-in file, or a page of a PDF as a picture."""
    kind, data = artefact_file(viewer, artefact, sheet)
    return shut_in(kind, data)
