"""What joins the district to other systems, on one page: each with what it is for, how it stands, and whether it waits for
somebody."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.pages.dates import when
from headway.pages.guard import page_for
from headway.school.curriculum.frameworks.queries import frameworks
from headway.school.exchange.frameworks.uploads import standing as framework_upload
from headway.school.exchange.lti.platforms import standing_platforms
from headway.school.exchange.roster.queries import history
from headway.school.exchange.roster.uploads import standing as roster_upload
from headway.school.exchange.sign_on.services import check_may_sign_on, open_services
from headway.school.exchange.tools.register import standing_tools
from headway.school.exchange.xapi.credentials import credentials
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.programs import open_programs

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
NAMED = 4
"""So many are named; of more there is the number."""


@dataclass(frozen=True, slots=True)
class State:
    """How one stands, in words: ``on`` whether there is anything yet, ``waits`` what somebody has to look at."""

    on: bool
    words: str
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its name, its address and one sentence on what it is for."""

    name: Promise
    url: str
    icon: str
    what: Promise
    state: Callable[[float, str], State]


@dataclass(frozen=True, slots=True)
class Line:
    """A page with its state as it is now."""

    place: Place
    state: State


@require_GET
@never_cache
@page_for(*WHO)
def connections(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every connection with its state."""
    check_may_sign_on(viewer)
    now, tz = time.time(), time_zone_of(viewer.person.district_id)
    groups = [(title, [Line(place, place.state(now, tz)) for place in places]) for title, places in PLACES]
    return render(request, "leader/connections.html", {"groups": groups})


def _roster(now: float, tz: str) -> State:
    waiting = roster_upload(now=now)
    waits = _("A package waits for you.") if waiting is not None else ""
    last = next((came for came in history() if came.outcome == "taken"), None)
    if last is None:
        return State(False, _("No roster has come in yet."), waits)
    return State(True, _("Last brought in: {when}.").format(when=when(last.at, now, tz)), waits)


def _sign_on(now: float, tz: str) -> State:
    del now, tz
    return _listed([each.name for each in open_services()], _("No service yet"))


def _launches(now: float, tz: str) -> State:
    del now, tz
    found = standing_platforms()
    failed = sum(each.failed for each in found)
    says = ngettext("{n} grade was given up.", "{n} grades were given up.", failed)
    return _listed(
        [each.row.service.name for each in found], _("No platform yet"), says.format(n=failed) if failed else ""
    )


def _tools(now: float, tz: str) -> State:
    del now, tz
    found = [each.row for each in standing_tools()]
    asks = [row.name for row in found if not row.agreed_at]
    waits = _("{name} waits for your yes.").format(name=asks[0]) if asks else ""
    return _listed([row.name for row in found if row.agreed_at], _("No tool yet"), waits)


def _programs(now: float, tz: str) -> State:
    del now, tz
    return _listed([row.name for row in open_programs()], _("No program yet"))


def _record_store(now: float, tz: str) -> State:
    del now, tz
    return _listed([row.name for row in credentials()], _("No system yet"))


def _standards(now: float, tz: str) -> State:
    del tz
    waits = _("A package waits for you.") if framework_upload(now=now) is not None else ""
    return _listed([each.title for each in frameworks()], _("No framework yet"), waits)


def _listed(names: Sequence[str], nothing: str, waits: str = "") -> State:
    if not names:
        return State(False, nothing, waits)
    rest = len(names) - NAMED
    shown = list(names) if rest <= 1 else [*names[:NAMED], _("{n} more").format(n=rest)]
    return State(True, get_text_list(shown, _("and")), waits)


PLACES: tuple[tuple[Promise, tuple[Place, ...]], ...] = (
    (
        gettext_lazy("People and how they come in"),
        (
            Place(
                gettext_lazy("Roster"), "pages:roster", "i-people",
                gettext_lazy("Who is in the district, from your student information system."), _roster,
            ),
            Place(
                gettext_lazy("Sign-on"), "pages:sign-on", "i-door",
                gettext_lazy("By which services people of the district come in. Headway keeps no passwords."), _sign_on,
            ),
            Place(
                gettext_lazy("Launches"), "pages:lti", "i-next",
                gettext_lazy(
                    "Which learning management systems open Headway (LTI 1.3), such as Canvas, Schoology or Moodle."
                ),
                _launches,
            ),
        ),
    ),
    (
        gettext_lazy("What goes in and out"),
        (
            Place(
                gettext_lazy("Tools of others"), "pages:tools", "i-star",
                gettext_lazy("Which other providers’ tools classes can open from Headway (LTI 1.3)."), _tools,
            ),
            Place(
                gettext_lazy("Record store"), "pages:record-store", "i-again",
                gettext_lazy(
                    "Other systems send here what learners did there, such as a course or a simulator, and may read here."
                ),
                _record_store,
            ),
            Place(
                gettext_lazy("Programs"), "pages:programs", "i-chart",
                gettext_lazy(
                    "Programs of other systems that read this district over the network, such as a learning platform or a gradebook."  # noqa: E501
                ),
                _programs,
            ),
            Place(
                gettext_lazy("Standards"), "pages:frameworks", "i-map",
                gettext_lazy("The frameworks that learners’ records can be read in, such as your state’s standards."),
                _standards,
            ),
        ),
    ),
)  # fmt: skip
"""The pages by what they are about, in the order in which a district sets them up."""
