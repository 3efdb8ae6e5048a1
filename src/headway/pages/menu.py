"""The main menu by role. A line stands here only when its page exists; the first line of a role is its home."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class Line:
    """Name, address, icon of ``_icons.html``, and whose menu it is in; on a wide page the lines of one ``group`` open
    together."""

    name: Promise
    url: str
    icon: str
    roles: tuple[str, ...]
    group: Promise | str = ""


EVIDENCE = _("Evidence")
SCREENING = "/screening"
"""Stands in a learner's menu while there is a screening to take."""

MENU: tuple[Line, ...] = (
    Line(_("Practice"), "/practice", "i-pen", (RoleName.LEARNER,)),
    Line(_("My path"), "/my-path", "i-map", (RoleName.LEARNER,)),
    Line(_("My goals"), "/goals", "i-check", (RoleName.LEARNER,)),
    Line(_("Coach"), "/coach", "i-bulb", (RoleName.LEARNER,)),
    Line(_("My projects"), "/projects", "i-star", (RoleName.LEARNER,)),
    Line(_("About me"), "/me", "i-people", (RoleName.LEARNER,)),
    Line(_("My talks"), "/talks", "i-people", (RoleName.LEARNER,)),
    Line(_("Writing"), "/writing", "i-star", (RoleName.LEARNER,)),
    Line(_("Screening"), SCREENING, "i-flag", (RoleName.LEARNER,)),
    Line(_("Who read my record"), "/who-read", "i-eye", (RoleName.LEARNER,)),
    Line(_("My classes"), "/teach", "i-people", (RoleName.TEACHER,)),
    Line(_("Coach"), "/coach", "i-bulb", (RoleName.TEACHER,)),
    Line(_("My groups"), "/support", "i-people", (RoleName.INTERVENTIONIST, RoleName.TEACHER)),
    Line(_("Conferences"), "/conferences", "i-hand", (RoleName.TEACHER, RoleName.INTERVENTIONIST)),
    Line(_("Schools"), "/lead", "i-map", (RoleName.LEADER, RoleName.INTERVENTIONIST)),
    Line(_("Credit"), "/credit", "i-check", (RoleName.LEADER, RoleName.INTERVENTIONIST)),
    Line(_("Team meeting"), "/support/team", "i-flag", (RoleName.INTERVENTIONIST, RoleName.LEADER)),
    Line(_("Support"), "/support/overview", "i-chart", (RoleName.LEADER,)),
    Line(_("Writing"), "/judging", "i-star", (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)),
    Line(_("Screening"), "/screenings", "i-flag", (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)),
    Line(_("Data"), "/data", "i-chart", (RoleName.RESEARCHER,)),
    Line(_("Roster"), "/roster", "i-people", (RoleName.RESEARCHER,)),
    Line(_("Vision"), "/vision", "i-eye", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Outcomes"), "/outcomes", "i-star", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Reports"), "/reports", "i-chart", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Sign-on"), "/sign-on", "i-door", (RoleName.RESEARCHER,)),
    Line(_("Programs"), "/programs", "i-again", (RoleName.RESEARCHER,)),
    Line(_("Launches"), "/lti", "i-door", (RoleName.RESEARCHER,)),
    Line(_("Record store"), "/record-store", "i-again", (RoleName.RESEARCHER,)),
    Line(_("Readiness"), "/readiness", "i-map", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Pilots"), "/pilots", "i-flag", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("What helps"), "/efficacy", "i-chart", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Model"), "/models", "i-again", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Standards"), "/standards", "i-map", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("My children"), "/family", "i-star", (RoleName.FAMILY,)),
    Line(_("Weekly mail"), "/family/mail", "i-pen", (RoleName.FAMILY,)),
    Line(
        _("Problems"),
        "/problems",
        "i-pen",
        (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER, RoleName.RESEARCHER),
    ),
)
