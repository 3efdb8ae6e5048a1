"""Outcomes in words: how many are there, how sure that is, how it stands to the goal and how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from headway.core.evidence.outcomes.aims import KINDS, Aim, Goal
from headway.core.evidence.outcomes.gaps import direction
from headway.core.evidence.outcomes.hiding import EDGE
from headway.core.evidence.outcomes.standing import Change, Standing
from headway.pages.dates import date_said, month_day, short
from headway.pages.render import said
from headway.school.evidence.outcomes.people import GROUPS
from headway.school.evidence.outcomes.queries import GapSeen, Line
from headway.school.people.clock import date_of

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 720, 260, 48, 16, 16, 34
INK, QUIET, GRID, SPRUCE, SUN = "#22201D", "#57504A", "#E2D5C1", "#0E5A53", "#8A5A00"
FONT = "'Atkinson Next','Noto Sans',sans-serif"


def percent(share: float) -> int:
    """A share from 0 to 1 in whole percent."""
    return round(100.0 * share)


def share_said(standing: Standing | None) -> str:
    """How many of a group are there, with what else fits."""
    if standing is None:
        return _("fewer than 10 learners: not shown")
    if standing.share < EDGE:
        return _("under 5 % are there")
    if standing.share > 1.0 - EDGE:
        return _("over 95 % are there")
    return _("{share} % are there (between {low} and {high})").format(
        share=percent(standing.share), low=percent(standing.low), high=percent(standing.high)
    )


def measured_said(standing: Standing | None) -> str:
    """Of how many that is known."""
    if standing is None:
        return ""
    return _("{measured} of {learners} learners measured").format(
        measured=standing.measured, learners=standing.learners
    )


def mean_said(standing: Standing) -> str:
    """The mean on the measure's own scale."""
    return _("{mean} ({low} to {high})").format(
        mean=f"{standing.mean:.2f}", low=f"{standing.mean_low:.2f}", high=f"{standing.mean_high:.2f}"
    )


def goal_said(goal: Goal) -> str:
    """A goal with its day."""
    return _("Goal: {share} % by {day}").format(share=f"{goal.share:g}", day=date_said(date_of(goal.day)))


def growth_said(growth: Change | None, since: int | None) -> str:
    """How the share of the same learners changed, as far as one can tell."""
    if growth is None or since is None:
        return ""
    fields = {
        "day": month_day(date_of(since)), "n": abs(percent(growth.change)),
        "low": f"{percent(growth.low):+d}", "high": f"{percent(growth.high):+d}",
    }  # fmt: skip
    if growth.low <= 0.0 <= growth.high:
        return _("Since {day}: no change that is sure ({low} to {high} in 100)").format(**fields)
    if growth.change > 0.0:
        return _("Since {day}: {n} more in 100 learners are there ({low} to {high})").format(**fields)
    return _("Since {day}: {n} fewer in 100 learners are there ({low} to {high})").format(**fields)


def measure_said(aim: Aim) -> str:
    """How an outcome is measured, and from where on a learner counts as there."""
    kind = KINDS[aim.kind]
    name = f" ({aim.name})" if aim.name else ""
    fields = {"measure": said(kind.says), "name": name, "bar": f"{aim.bar:g}", "unit": said(kind.unit)}
    if aim.better == "higher":
        return _("{measure}{name}. There: {bar} {unit} or more.").format(**fields)
    return _("{measure}{name}. There: {bar} {unit} or less.").format(**fields)


def group_said(by: str, name: str) -> str:
    """The name of a group."""
    if by == "support":
        return _("with extra support") if name == "yes" else _("without extra support")
    if by == "language":
        return (
            str(get_language_info(name)["name_translated"]).capitalize()
            if name in LANG_INFO
            else name or _("not known")
        )
    return _("Grade {grade}").format(grade=name) if name else _("not known")


def gap_said(seen: GapSeen) -> tuple[str, str]:
    """A gap now, and how it moves; the second is empty where nothing was read before."""
    if seen.now is None:
        return _("One of the groups has fewer than 10 learners with a result, so nothing is shown."), ""
    now = _("{n} in 100 apart (between {low} and {high})").format(
        n=percent(seen.now.gap), low=percent(seen.now.low), high=percent(seen.now.high)
    )
    if seen.trend is None:
        return now, ""
    size = abs(percent(seen.trend.gap))
    moves = {
        "smaller": _("The gap has become smaller by {n} in 100.").format(n=size),
        "larger": _("The gap has become larger by {n} in 100.").format(n=size),
        "unclear": _("Whether the gap moves cannot be told yet."),
    }
    return now, moves[direction(seen.trend)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the overview in words. ``state`` is that of the goal."""

    code: str
    title: str
    state: str
    share: str
    measured: str
    goal: str
    growth: str
    day: str
    bar: tuple[int, int, int] | None


def shown(line: Line) -> Shown:
    """An outcome of the overview in words; ``bar``: share, and the ends of its interval, in percent."""
    standing = line.standing
    drawn = None
    if standing is not None and EDGE <= standing.share <= 1.0 - EDGE:
        drawn = percent(standing.share), percent(standing.low), percent(standing.high)
    return Shown(
        line.aim.code, line.aim.title, line.state,
        _("Not measured yet") if line.day is None else share_said(standing), measured_said(standing), goal_said(line.goal),
        growth_said(line.growth, line.since), "" if line.day is None else date_said(date_of(line.day)), drawn,
    )  # fmt: skip


def ways() -> list[tuple[str, str]]:
    """The ways to form groups."""
    return [(key, said(words)) for key, words in GROUPS.items()]


def chart(points: Sequence[tuple[int, Standing]], goals: Sequence[Goal]) -> SafeString:
    """Draw the share by day with its interval, and the goals as steps on the way; a table stands beside it."""
    days = [day for day, _standing in points] + [goal.day for goal in goals]
    first, last = min(days), max(*days, min(days) + 1)

    def x(day: int) -> float:
        return LEFT + (day - first) / (last - first) * (WIDE - LEFT - RIGHT)

    def y(share: float) -> float:
        return TOP + (1.0 - share) * (HIGH - TOP - FOOT)

    parts = [
        f'<path d="M{LEFT} {y(v / 100):.1f}H{WIDE - RIGHT}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 8}" y="{y(v / 100) + 5:.1f}" text-anchor="end" fill="{QUIET}">{v} %</text>'
        for v in (0, 25, 50, 75, 100)
    ]
    path = " ".join(f"{'L' if n else 'M'}{x(goal.day):.1f} {y(goal.share / 100.0):.1f}" for n, goal in enumerate(goals))
    parts.append(f'<path d="{path}" fill="none" stroke="{SUN}" stroke-width="2" stroke-dasharray="6 4"/>')
    parts += [f'<circle cx="{x(g.day):.1f}" cy="{y(g.share / 100.0):.1f}" r="5" fill="{SUN}"/>' for g in goals]
    line = " ".join(f"{'L' if n else 'M'}{x(day):.1f} {y(each.share):.1f}" for n, (day, each) in enumerate(points))
    parts.append(f'<path d="{line}" fill="none" stroke="{SPRUCE}" stroke-width="2"/>')
    for day, each in points:
        parts.append(
            f'<path d="M{x(day):.1f} {y(each.low):.1f}V{y(each.high):.1f}" stroke="{SPRUCE}" stroke-width="4" opacity=".5"/>'
            f'<circle cx="{x(day):.1f}" cy="{y(each.share):.1f}" r="6" fill="{SPRUCE}" stroke="#fff" stroke-width="2"/>'
        )
    for day, anchor in ((first, "start"), (last, "end")):
        parts.append(
            f'<text x="{x(day):.1f}" y="{HIGH - 10}" text-anchor="{anchor}" fill="{QUIET}">{escape(short(date_of(day)))}</text>'
        )
    label = escape(
        _("The share of learners who are there, by day, with the goals; the table below has the same figures.")
    )
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}" '
        f'font-family="{FONT}" font-size="15">{"".join(parts)}</svg>'
    )
