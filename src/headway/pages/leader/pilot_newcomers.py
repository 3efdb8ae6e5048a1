"""Who comes to a pilot after its start, in words, and how an adaptive one deals to them: a drawing of the weeks with a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.evidence.pilots.newcomers import WEEK
from headway.core.evidence.pilots.study import SMALL
from headway.pages.dates import short
from headway.pages.leader.pilot_chart import FONT, INK, LINE, QUIET, SPRUCE, SUN
from headway.school.evidence.pilots.draft import Draft
from headway.school.evidence.pilots.queries import Running
from headway.school.people.clock import local_date

WIDE, HIGH, LEFT, RIGHT, FOOT, NAME = 440, 220, 56, 16, 34, 24
MARKS = ((INK, ""), (SPRUCE, "9 5"), ("#4B3FA7", "2 5"), ("#B23A1E", "14 4 2 4"))
"""Colour and dashes of each group's line, in their order."""


@dataclass(frozen=True, slots=True)
class Share:
    """A week of the table: when it began, and the percent of each group among those who came in it."""

    when: str
    shares: Sequence[int]


def newcomers_of(running: Running, zone: str) -> dict[str, Any] | None:
    """What a pilot's page says of newcomers; None for one that began before they were dealt."""
    rule = running.frozen.plan.get("newcomers")
    if rule is None:
        return None
    adaptive = bool(running.frozen.plan.get("adaptive"))
    said = [_came(running.came)]
    if not rule["counted"]:
        said.append(
            _("They get what their class or school gets. The result leaves them out: who joins may know what it gets.")
        )
    else:
        said.append(
            _(
                "Chance deals them a group at that moment. They count in the result from {n} days in their group on."
            ).format(n=f"{rule['least']:g}")
        )
    if adaptive:
        said.append(
            _(
                "Each week the groups that have done better so far get more of them, and no group gets less than {n} %."
            ).format(n=round(100 * rule["floor"]))
        )
    names = [str(name) for name in running.frozen.plan["arms"]]
    rows = _weeks(running, names, zone) if adaptive else []
    return {
        "said": said, "names": names, "weeks": rows,
        "drawing": chart(names, rows, float(rule["floor"])) if len(rows) > 1 else "",
    }  # fmt: skip


def _came(count: int) -> str:
    if not count:
        return _("Nobody has come into these classes since the start.")
    if count < SMALL:
        return _("Fewer than 10 learners have come into these classes since the start.")
    return ngettext(
        "{n} learner has come into these classes since the start.",
        "{n} learners have come into these classes since the start.",
        count,
    ).format(n=count)


def _weeks(running: Running, names: Sequence[str], zone: str) -> list[Share]:
    """The start, where all groups are alike, and each week in which somebody came."""
    first = Share(_("At the start"), [round(100 / len(names))] * len(names))
    starts = running.frozen.starts
    return [
        first,
        *(
            Share(
                _("Week of {day}").format(day=short(local_date(zone, starts + (week.number - 1) * WEEK))),
                [round(100 * float(week.shares[name])) for name in names],
            )
            for week in running.weeks
        ),
    ]


def words(names: Sequence[str], weeks: Sequence[Share]) -> str:
    """What the drawing shows, for who cannot see it."""
    return "; ".join(
        _("{name}: {first} % at the start, {last} % in the newest week").format(
            name=name, first=weeks[0].shares[place], last=weeks[-1].shares[place]
        )
        for place, name in enumerate(names)
    )


def chart(names: Sequence[str], weeks: Sequence[Share], floor: float) -> SafeString:
    """Draw the share of each group week by week; a thin line stands at the ``floor``."""
    top = 14 + NAME * len(names)
    high = top + HIGH

    def x(place: int) -> float:
        return LEFT + place / (len(weeks) - 1) * (WIDE - LEFT - RIGHT)

    def y(percent: float) -> float:
        return top + (100.0 - percent) / 100.0 * (HIGH - FOOT)

    parts = [
        f'<path d="M{LEFT} {y(percent):.1f}H{WIDE - RIGHT}" stroke="{LINE}"/>'
        f'<text x="{LEFT - 8}" y="{y(percent) + 5:.1f}" text-anchor="end" fill="{QUIET}">{percent} %</text>'
        for percent in (0, 25, 50, 75, 100)
    ]
    parts.append(f'<path d="M{LEFT} {y(100 * floor):.1f}H{WIDE - RIGHT}" stroke="{SUN}" stroke-width="2"/>')
    for place, name in enumerate(names):
        colour, dashes = MARKS[place % len(MARKS)]
        line = f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes or "none"}"'
        points = " ".join(f"{x(n):.1f},{y(week.shares[place]):.1f}" for n, week in enumerate(weeks))
        parts.append(f'<polyline points="{points}" {line}/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(week.shares[place]):.1f}" r="4" fill="{colour}"/>'
                  for n, week in enumerate(weeks)]  # fmt: skip
        level = 16 + NAME * place
        parts.append(
            f'<path d="M{LEFT} {level}h48" {line}/>'
            f'<text x="{LEFT + 58}" y="{level + 5}" fill="{INK}">{escape(name)}</text>'
        )
    for place, anchor in ((0, "start"), (len(weeks) - 1, "end")):
        parts.append(
            f'<text x="{x(place):.1f}" y="{high - 10}" text-anchor="{anchor}" fill="{QUIET}">{escape(weeks[place].when)}</text>'
        )
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img" '
        f'aria-label="{escape(words(names, weeks))}" font-family="{FONT}" font-size="15">{"".join(parts)}</svg>'
    )


def planned(draft: Draft) -> str:
    """What a plan says of who comes later."""
    if draft.unit != "learner":
        return _("They get what their class or school gets, and the result leaves them out.")
    if draft.adaptive:
        return _("Chance gives more of them to what has done better so far, and at least 10 % to each group.")
    return _("Chance gives each group as many of them.")


def counted_said(late: Mapping[str, int] | None, plan: Mapping[str, Any]) -> str:
    """What a verdict says of who came after the start; "" where nobody did or nobody kept it."""
    if not late or not late["came"]:
        return ""
    came, counted, rule = late["came"], late["counted"], plan["newcomers"]
    many = str(came) if came >= SMALL else _("Fewer than 10")
    if not rule["counted"]:
        said = _("{n} learners came after the start into classes that had their group already; they are not counted.")
    elif counted == came:
        said = _("{n} learners came after the start and are counted.")
    elif not counted:
        said = _("{n} learners came after the start, too late to be counted.")
    elif min(counted, came - counted) >= SMALL:
        said = _(
            "{n} learners came after the start; {counted} of them were in their group for {days} days and are counted."
        )
    else:
        said = _("{n} learners came after the start; those who were in their group for {days} days are counted.")
    return said.format(n=many, counted=counted, days=f"{rule['least']:g}")
