"""Groups and plans in words: days, tiers, doses, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.intervention.plans import MENU
from headway.core.text import Text
from headway.pages.dates import near
from headway.pages.render import said
from headway.school.intervention.cases import Case, Circle
from headway.school.intervention.queries import Decided
from headway.school.people.clock import date_of

TONES = {"on-track": "leaf", "off-track": "clay", "more-evidence": "sun", "not-delivered": "sun"}
VERDICTS: dict[str, Promise] = {
    "on-track": gettext_lazy("On track"),
    "off-track": gettext_lazy("Not on track"),
    "more-evidence": gettext_lazy("Not enough evidence yet"),
    "not-delivered": gettext_lazy("Too few sessions to judge"),
}
DECISIONS: dict[str, Promise] = {
    "accept": gettext_lazy("as proposed"),
    "edit": gettext_lazy("other than proposed"),
    "refuse": gettext_lazy("stays, against the proposal"),
    "own": gettext_lazy("the team’s own decision"),
}
PURPOSE = "support"
"""Written into the access log, with the page as the place."""


@dataclass(frozen=True, slots=True)
class Member:
    """A learner of a group: the verdict in words and its colour, and whether a probe is due."""

    case: Case
    verdict: str
    tone: str
    due: str
    sessions: str


def day_said(day: int, today: int) -> str:
    """The day as :func:`headway.pages.dates.near` says it; both counted since 1970."""
    return near(date_of(day), date_of(today))


def weekdays_said(weekdays: Sequence[int]) -> str:
    """``Mon, Wed, Thu``."""
    return ", ".join(str(WEEKDAYS_ABBR[day]) for day in weekdays)


def weekday_choices(chosen: Sequence[int] = ()) -> list[tuple[int, str, bool]]:
    """The school days of the week for a form."""
    return [(day, str(WEEKDAYS[day]), day in chosen) for day in range(5)]


def kind_said(kind: str) -> str:
    """The name of a kind of support."""
    return said(MENU[kind].name) if kind in MENU else kind


def dose_said(circle: Circle) -> str:
    """What is planned: ``Mon, Wed, Thu at 10:50, 30 minutes``."""
    fields = {"days": weekdays_said(circle.dose.weekdays), "clock": circle.group.clock, "n": circle.dose.minutes}
    if circle.group.clock:
        return _("%(days)s at %(clock)s, %(n)d minutes") % fields
    return _("%(days)s, %(n)d minutes") % fields


def sessions_said(case: Case) -> str:
    """``Came to 14 of 16 sessions held; 18 were planned.``"""
    given = case.given
    if not given.planned and not given.held:
        return _("No session was planned up to now.")
    return ngettext(
        "Came to %(came)d of %(held)d session held; %(planned)d planned.",
        "Came to %(came)d of %(held)d sessions held; %(planned)d planned.",
        given.held,
    ) % {"came": given.attended, "held": given.held, "planned": given.planned}


def member(case: Case, today: int) -> Member:
    """Put one learner of a group into words."""
    due = ""
    if case.plan.ended is None:
        due = _("probe due today") if case.due == today else _("probe due") if case.due < today else ""
    return Member(case, str(VERDICTS[case.progress.verdict]), TONES[case.progress.verdict], due, sessions_said(case))


def tier_said(tier: int) -> str:
    """The tier with what it means."""
    words = {
        1: _("Tier 1: class teaching for all"),
        2: _("Tier 2: class teaching and a small group"),
        3: _("Tier 3: class teaching and intensive support"),
    }
    return words[tier]


def decided_said(line: Decided) -> str:
    """A decision in a sentence."""
    fields = {"by": line.by, "from": line.from_tier, "to": line.to_tier, "how": DECISIONS[line.kind]}
    if line.kind == "refuse":
        return _("%(by)s: stays in tier %(to)s, against the proposal.") % fields
    return _("%(by)s: from tier %(from)s to tier %(to)s, %(how)s.") % fields


def text(value: Text | None) -> str:
    """A sentence of the core in the reader's language, or nothing."""
    return said(value) if value is not None else ""
