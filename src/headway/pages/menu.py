"""The main menu by role. A line stands here only when its page exists; the first line of a role is its home."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class Line:
    """Name, address, icon of ``_icons.html``, and whose menu it is in; on a wide page the lines of one ``group`` open
    together. Whoever is on one of the pages that it ``covers`` is at this line. ``whole``: only for somebody with a part in the
    whole district, or (False) only for somebody without."""

    name: Promise
    url: str
    icon: str
    roles: tuple[str, ...]
    group: Promise | str = ""
    covers: tuple[str, ...] = ()
    whole: bool | None = None


EVIDENCE = _("Evidence")
ABOUT = _("About me")
SCREENING = "/screening"
"""Stands in a learner's menu while there is a screening to take."""

WHOLE = (RoleName.LEADER, RoleName.RESEARCHER)
"""The roles that may be held for the whole district."""
JOINS = ("/roster", "/sign-on", "/lti", "/record-store", "/programs", "/standards")
"""The pages that *Connections* leads to."""

MENU: tuple[Line, ...] = (
    Line(_("Practice"), "/practice", "i-pen", (RoleName.LEARNER,)),
    Line(_("My path"), "/my-path", "i-map", (RoleName.LEARNER,)),
    Line(_("My goals"), "/goals", "i-check", (RoleName.LEARNER,)),
    Line(_("Coach"), "/coach", "i-bulb", (RoleName.LEARNER,)),
    Line(_("My projects"), "/projects", "i-star", (RoleName.LEARNER,)),
    Line(_("About me"), "/me", "i-people", (RoleName.LEARNER,), ABOUT),
    Line(_("My talks"), "/talks", "i-people", (RoleName.LEARNER,), ABOUT),
    Line(_("Writing"), "/writing", "i-star", (RoleName.LEARNER,)),
    Line(_("Screening"), SCREENING, "i-flag", (RoleName.LEARNER,)),
    Line(_("Who read my record"), "/who-read", "i-eye", (RoleName.LEARNER,), ABOUT),
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
    Line(_("Vision"), "/vision", "i-eye", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Outcomes"), "/outcomes", "i-star", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Reports"), "/reports", "i-chart", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Readiness"), "/readiness", "i-map", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Pilots"), "/pilots", "i-flag", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("What helps"), "/efficacy", "i-chart", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Model"), "/models", "i-again", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE),
    Line(_("Standards"), "/standards", "i-map", (RoleName.LEADER, RoleName.RESEARCHER), EVIDENCE, whole=False),
    Line(_("Connections"), "/connections", "i-door", WHOLE, covers=JOINS, whole=True),
    Line(_("My children"), "/family", "i-star", (RoleName.FAMILY,)),
    Line(_("Weekly mail"), "/family/mail", "i-pen", (RoleName.FAMILY,)),
    Line(
        _("Problems"),
        "/problems",
        "i-pen",
        (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER, RoleName.RESEARCHER),
    ),
)
