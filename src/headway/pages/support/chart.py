"""A learner's probes as a drawing: points, goal line, trend with its range, and where the support began.

The drawing stands by itself (colours and fonts are in it), because pages and printed documents show the same one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from headway.core.intervention.plans import WEEK_DAYS
from headway.pages.dates import month_day, short
from headway.school.intervention.cases import Case
from headway.school.people.clock import date_of

WIDE, HIGH = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 44, 20, 26, 34
INK, QUIET, LINE, SPRUCE, SUN, BAND = "#22201D", "#57504A", "#E2D5C1", "#0E5A53", "#8A5A00", "#DDEFEA"
FONT = "'Atkinson Next','Noto Sans',sans-serif"


@dataclass(frozen=True, slots=True)
class Axes:
    """Days and scores to places in the drawing."""

    first: int
    last: int
    top: float

    def x(self, day: float) -> float:
        """Where a day lies."""
        return LEFT + (day - self.first) / max(self.last - self.first, 1) * (WIDE - LEFT - RIGHT)

    def y(self, score: float) -> float:
        """Where a score lies."""
        return HIGH - BOTTOM - min(max(score, 0.0), self.top) / self.top * (HIGH - TOP - BOTTOM)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table beside the drawing."""

    day: str
    right: str
    goal: str
    phase: str


def day_short(day: int) -> str:
    """``Oct 12`` as the language writes it."""
    return short(date_of(day))


def table(case: Case) -> list[Row]:
    """The drawing's numbers, for who cannot see it."""
    rows = []
    for score in case.scores:
        support = score.day >= case.goal.start_day
        rows.append(
            Row(
                month_day(date_of(score.day)),
                _("%(right)g of %(all)d") % {"right": score.right, "all": case.probe.length},
                f"{case.goal.at(score.day):.1f}" if support else "",
                _("with the support") if support else _("before the support"),
            )
        )
    return rows


def words(case: Case) -> str:
    """What the drawing shows, in a sentence."""
    return _("%(n)d probes from %(first)s on; the goal is %(goal)g problems right on %(day)s.") % {
        "n": len(case.scores),
        "first": day_short(case.scores[0].day if case.scores else case.goal.start_day),
        "goal": case.goal.goal,
        "day": day_short(case.goal.goal_day),
    }


def chart(case: Case, today: int) -> SafeString:
    """Draw the case. ``today`` is where the trend ends and its continuation to the goal's day begins."""
    days = [score.day for score in case.scores]
    first = min([*days, case.goal.start_day]) - 2
    last = max([*days, case.goal.goal_day]) + 3
    highest = max([case.goal.goal, *(score.right for score in case.scores)])
    axes = Axes(first, last, min(float(case.probe.length), 4.0 * (int(highest * 1.25) // 4 + 1)))
    parts = [_grid(axes), _band(case, axes), _goal(case, axes), _phase(case, axes), _points(case, axes), _frame(axes)]
    label = escape(words(case))
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}" '
        f'font-family="{FONT}" font-size="13">{"".join(parts)}</svg>'
    )


def _grid(axes: Axes) -> str:
    out = []
    step = 2 if axes.top <= 12 else 4
    for score in range(0, int(axes.top) + 1, step):
        y = axes.y(score)
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="{LINE}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{QUIET}">{score}</text>')
    weeks = (axes.last - axes.first) // WEEK_DAYS
    every = WEEK_DAYS * (2 if weeks <= 14 else 4)
    out += [
        f'<text x="{axes.x(day):.1f}" y="{HIGH - BOTTOM + 20}" text-anchor="middle" fill="{QUIET}">{day_short(day)}</text>'
        for day in range(axes.first + 2, axes.last - 1, every)
    ]
    out.append(f'<text x="{LEFT - 36}" y="14" fill="{QUIET}">{escape(_("Problems right"))}</text>')
    return "".join(out)


def _band(case: Case, axes: Axes) -> str:
    """The trend with the range that holds the true score four times out of five; dashed where nothing was measured yet."""
    since = [score.day for score in case.scores if score.day >= case.goal.start_day]
    if not since:
        return ""
    trend, start = case.progress.trend, case.goal.start_day
    seen, end = since[-1], case.goal.goal_day
    days = sorted({*range(start, end, 4), seen, end})
    low = [(day, trend.interval((day - start) / WEEK_DAYS)[0]) for day in days]
    high = [(day, trend.interval((day - start) / WEEK_DAYS)[1]) for day in days]
    ring = " ".join(f"{axes.x(day):.1f},{axes.y(value):.1f}" for day, value in [*high, *reversed(low)])
    middle = [(day, trend.at((day - start) / WEEK_DAYS)[0]) for day in days]
    return (
        f'<polygon points="{ring}" fill="{BAND}"/>'
        + _line([pair for pair in middle if pair[0] <= seen], axes, SPRUCE, 3)
        + _line([pair for pair in middle if pair[0] >= seen], axes, SPRUCE, 2, "2 5")
    )


def _goal(case: Case, axes: Axes) -> str:
    goal = case.goal
    ends = [(goal.start_day, goal.start), (goal.goal_day, goal.goal)]
    x, y = axes.x(goal.goal_day), axes.y(goal.goal)
    said = escape(_("goal %(n)g") % {"n": goal.goal})
    return (
        _line(ends, axes, SUN, 2.5, "9 5")
        + f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#fff" stroke="{SUN}" stroke-width="2.5"/>'
        + f'<text x="{x - 8:.1f}" y="{y - 11:.1f}" text-anchor="end" fill="{SUN}" font-weight="700">{said}</text>'
    )


def _phase(case: Case, axes: Axes) -> str:
    """A line where the support begins, and where a plan ended."""
    marks = [(case.goal.start_day, _("the support begins"))]
    if case.plan.ended is not None:
        marks.append((case.plan.ended, _("the plan ended")))
    return "".join(
        f'<path d="M{axes.x(day):.1f} {TOP - 4}V{HIGH - BOTTOM}" stroke="{INK}" stroke-width="1.5"/>'
        f'<text x="{axes.x(day) + 5:.1f}" y="{TOP + 17}" fill="{INK}">{escape(said)}</text>'
        for day, said in marks
    )


def _points(case: Case, axes: Axes) -> str:
    """Baseline points are hollow."""
    out = []
    for score in case.scores:
        fill = INK if score.day >= case.goal.start_day else "#fff"
        out.append(
            f'<circle cx="{axes.x(score.day):.1f}" cy="{axes.y(score.right):.1f}" r="5" fill="{fill}" stroke="{INK}" '
            f'stroke-width="2"/>'
        )
    return "".join(out)


def _frame(axes: Axes) -> str:
    return f'<path d="M{LEFT} {axes.y(0):.1f}H{WIDE - RIGHT}" stroke="{INK}" stroke-width="1.5"/>'


def _line(points: list[tuple[int, float]], axes: Axes, colour: str, width: float, dash: str = "") -> str:
    if len(points) < 2:
        return ""
    path = "M" + "L".join(f"{axes.x(day):.1f} {axes.y(value):.1f}" for day, value in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"{dashed}/>'
