"""Drawings of a report: a measure week by week with its band, and groups beside each other. They stand on pages and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from headway.core.evidence.reports.figures import Figure
from headway.core.evidence.reports.measures import Measure
from headway.core.evidence.reports.told import number
from headway.pages.dates import short
from headway.pages.leader.pilot_chart import FONT, INK, LINE, QUIET, SPRUCE
from headway.pages.render import plain
from headway.school.people.clock import date_of

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 720, 230, 64, 36, 16, 34
ROW, NAMES = 42, 190
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)


def trend_words(measure: Measure, trend: Sequence[tuple[int, Figure]]) -> str:
    """What the drawing of the weeks shows, for who cannot see it."""
    (first, a), (last, b) = trend[0], trend[-1]
    return _("{name} week by week: {a} in the week of {first}, {b} in the week of {last}").format(
        name=plain(measure.name), a=number(measure, a.value), first=short(date_of(first)),
        b=number(measure, b.value), last=short(date_of(last)),
    )  # fmt: skip


def trend_chart(measure: Measure, trend: Sequence[tuple[int, Figure]]) -> SafeString:
    """The weeks from left to right: a line, a dot a week, the band of the 95 % intervals. Nothing for fewer than two weeks."""
    if len(trend) < 2:
        return SafeString("")
    weeks = [week for week, _figure in trend]
    bottom, top, step = _scale([f.low for _w, f in trend], [f.high for _w, f in trend])

    def x(week: int) -> float:
        return LEFT + (week - weeks[0]) / (weeks[-1] - weeks[0]) * (WIDE - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (top - value) / (top - bottom) * (HIGH - TOP - FOOT)

    parts = []
    for mark in range(round((top - bottom) / step) + 1):
        value = bottom + mark * step
        colour = INK if abs(value) < step / 1e6 else LINE
        parts.append(
            f'<path d="M{LEFT} {y(value):.1f}H{WIDE - RIGHT}" stroke="{colour}"/>'
            f'<text x="{LEFT - 8}" y="{y(value) + 5:.1f}" text-anchor="end" fill="{QUIET}">{number(measure, value)}</text>'
        )
    upper = [f"{x(week):.1f},{y(f.high):.1f}" for week, f in trend]
    lower = [f"{x(week):.1f},{y(f.low):.1f}" for week, f in reversed(trend)]
    parts.append(f'<polygon points="{" ".join(upper + lower)}" fill="{SPRUCE}" opacity=".16"/>')
    points = " ".join(f"{x(week):.1f},{y(f.value):.1f}" for week, f in trend)
    parts.append(
        f'<polyline points="{points}" fill="none" stroke="{SPRUCE}" stroke-width="3" stroke-linejoin="round"/>'
    )
    parts += [f'<circle cx="{x(week):.1f}" cy="{y(f.value):.1f}" r="4" fill="{SPRUCE}"/>' for week, f in trend]
    every = -(-len(weeks) // 6)
    for place in range(0, len(weeks), every):
        parts.append(
            f'<text x="{x(weeks[place]):.1f}" y="{HIGH - 10}" text-anchor="middle" fill="{QUIET}">'
            f"{escape(short(date_of(weeks[place])))}</text>"
        )
    return _svg(HIGH, trend_words(measure, trend), parts)


def groups_words(measure: Measure, rows: Sequence[tuple[str, Figure]]) -> str:
    """What the drawing of the groups shows, for who cannot see it."""
    return "; ".join(
        _("{name}: {value}, with {low} to {high} fitting the data").format(
            name=name, value=number(measure, f.value), low=number(measure, f.low), high=number(measure, f.high)
        )
        for name, f in rows
    )


def groups_chart(measure: Measure, rows: Sequence[tuple[str, Figure]]) -> SafeString:
    """Groups one under the other, each with its figure as a dot and its interval as a bar. Nothing for fewer than two."""
    if len(rows) < 2:
        return SafeString("")
    bottom, top, step = _scale([f.low for _n, f in rows], [f.high for _n, f in rows])
    high = TOP + ROW * len(rows) + FOOT

    def x(value: float) -> float:
        return NAMES + (value - bottom) / (top - bottom) * (WIDE - NAMES - 2 * RIGHT)

    parts = []
    for mark in range(round((top - bottom) / step) + 1):
        value = bottom + mark * step
        parts.append(
            f'<path d="M{x(value):.1f} {TOP}V{high - FOOT}" stroke="{LINE}"/>'
            f'<text x="{x(value):.1f}" y="{high - 10}" text-anchor="middle" fill="{QUIET}">{number(measure, value)}</text>'
        )
    for place, (name, f) in enumerate(rows):
        y = TOP + ROW * place + ROW / 2
        shown = name if len(name) <= 24 else f"{name[:23]}…"
        parts.append(
            f'<text x="0" y="{y + 5}" fill="{INK}">{escape(shown)}</text>'
            f'<path d="M{x(f.low):.1f} {y}H{x(f.high):.1f}" stroke="{SPRUCE}" stroke-width="6" stroke-linecap="round" '
            'opacity=".45"/>'
            f'<circle cx="{x(f.value):.1f}" cy="{y}" r="7" fill="{SPRUCE}" stroke="#fff" stroke-width="2"/>'
        )
    return _svg(high, groups_words(measure, rows), parts)


def _scale(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float, float]:
    """The ends of the axis and its step: at most five steps, on round numbers."""
    low, high = min(lows), max(highs)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    step = next((each for each in STEPS if (high - low) / each <= 4.0), 1000.0)
    first = step * (low // step)
    count = -int(-(high - first) // step)
    return first, first + max(count, 1) * step, step


def _svg(high: float, label: str, parts: Sequence[str]) -> SafeString:
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:.0f}" role="img" aria-label="{escape(label)}" '
        f'font-family="{FONT}" font-size="15">{"".join(parts)}</svg>'
    )
