"""Plots as SVG, by hand: values with their errors, and one learner's probes with the trend."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import floor, log10
from pathlib import Path

from headway.cli.command import Refused

WIDTH, LEFT, RIGHT, TOP, FOOT = 760, 140, 24, 44, 44
INK, SOFT, LINE, MARK, BAND = "#22201D", "#57504A", "#E4DAC6", "#0E5A53", "#CFE3DF"
MOST_NAMED = 60


def ticks(low: float, high: float) -> list[float]:
    """Round values that cover the range."""
    step = 10.0 ** floor(log10(max(high - low, 1e-9)))
    step = next((step * k for k in (0.2, 0.5, 1.0, 2.0) if (high - low) / (step * k) <= 8), step)
    first = floor(low / step)
    out = [round((first + k) * step, 10) for k in range(200) if (first + k) * step <= high + step]
    return [value for value in out if low - step * 1e-6 <= value <= high + step * 1e-6]


def caterpillar(title: str, unit: str, names: Sequence[str], values: Sequence[float], errors: Sequence[float]) -> str:
    """Each value with one standard error to both sides, from the highest to the lowest."""
    order = sorted(range(len(values)), key=lambda k: -values[k])
    row = 18.0 if len(order) <= MOST_NAMED else max(700.0 / len(order), 0.8)
    height = TOP + FOOT + row * len(order)
    low = min(v - e for v, e in zip(values, errors, strict=True))
    high = max(v + e for v, e in zip(values, errors, strict=True))
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return LEFT + (value - low) / span * (WIDTH - LEFT - RIGHT)

    parts = _frame(title, unit, height, [(x(tick), tick) for tick in ticks(low, high)])
    for place, k in enumerate(order):
        y = TOP + row * (place + 0.5)
        parts.append(
            f'<path d="M{x(values[k] - errors[k]):.1f} {y:.1f}H{x(values[k] + errors[k]):.1f}" stroke="{SOFT}"/>'
            f'<circle cx="{x(values[k]):.1f}" cy="{y:.1f}" r="{min(3.5, row / 2):.1f}" fill="{MARK}"/>'
        )
        if len(order) <= MOST_NAMED:
            parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(names[k][:18])}</text>')
    return "\n".join([*parts, "</svg>\n"])


def trend_plot(
    title: str,
    weeks: Sequence[float],
    values: Sequence[float],
    line: Sequence[tuple[float, float, float, float]],
    goal: tuple[float, float] | None,
) -> str:
    """One learner's probes; ``line`` holds (week, middle, low, high); ``goal`` is (week, value)."""
    every = [*values, *(p[2] for p in line), *(p[3] for p in line), *([goal[1]] if goal else [])]
    low, high = min(every), max(every)
    last = max([*weeks, line[-1][0], *([goal[0]] if goal else [])]) or 1.0
    height = 420.0

    def x(week: float) -> float:
        return 60 + week / last * (WIDTH - 60 - RIGHT)

    def y(value: float) -> float:
        return height - FOOT - (value - low) / ((high - low) or 1.0) * (height - TOP - FOOT)

    parts = _frame(title, "week", height, [(x(tick), tick) for tick in ticks(0.0, last)])
    upper = " ".join(f"{x(p[0]):.1f},{y(p[3]):.1f}" for p in line)
    lower = " ".join(f"{x(p[0]):.1f},{y(p[2]):.1f}" for p in reversed(line))
    middle = " ".join(f"{x(p[0]):.1f},{y(p[1]):.1f}" for p in line)
    parts.append(f'<polygon points="{upper} {lower}" fill="{BAND}"/>')
    parts.append(f'<polyline points="{middle}" fill="none" stroke="{MARK}" stroke-width="2"/>')
    parts += [f'<text x="52" y="{y(t) + 4:.1f}" text-anchor="end">{t:g}</text>' for t in ticks(low, high)]
    parts += [
        f'<circle cx="{x(week):.1f}" cy="{y(value):.1f}" r="4" fill="{INK}"/>'
        for week, value in zip(weeks, values, strict=True)
    ]
    if goal:
        parts.append(
            f'<path d="M{x(goal[0]) - 6:.1f} {y(goal[1]):.1f}h12M{x(goal[0]):.1f} {y(goal[1]) - 6:.1f}v12" '
            f'stroke="#B23A1E" stroke-width="3"/><text x="{x(goal[0]) - 10:.1f}" y="{y(goal[1]) + 4:.1f}" '
            f'text-anchor="end">goal</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _frame(title: str, unit: str, height: float, marks: Sequence[tuple[float, float]]) -> list[str]:
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
            f'height="{height:.0f}" role="img" font-family="sans-serif" font-size="12" fill="{INK}">'
        ),
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#FFFFFF"/>',
        f'<text x="16" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
    ]
    for place, tick in marks:
        parts.append(
            f'<path d="M{place:.1f} {TOP}V{height - FOOT:.0f}" stroke="{LINE}"/>'
            f'<text x="{place:.1f}" y="{height - FOOT + 16:.0f}" text-anchor="middle">{tick:g}</text>'
        )
    parts.append(
        f'<text x="{WIDTH - RIGHT}" y="{height - 10:.0f}" text-anchor="end" fill="{SOFT}">{escape(unit)}</text>'
    )
    return parts


def save(path: Path, svg: str) -> None:
    """Write a plot. Raises Refused when the file cannot be written."""
    try:
        path.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}). Name another file.") from None
