"""The picture of ``headway cat simulate``: how often each item was seen, and how long tests were over time."""

from __future__ import annotations

from html import escape

import numpy as np

from headway.core.measurement.adaptive.figures import Figures
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.simulate import Simulated

WIDTH, HEIGHT, SIDE, TOP = 420, 250, 56, 44
INK, LINE, BAR = "#22201D", "#B23A1E", "#0E5A53"


def draw(pool: Pool, done: Simulated, found: Figures, limit: float) -> str:
    """Return an SVG with two panels and a description in words."""
    seen = np.bincount(done.items[done.items >= 0], minlength=len(pool)) / found.takers
    rates = np.sort(seen)[::-1]
    said = (
        f"{found.takers} takers. One item was seen by at most {found.max_exposure:.3f} of them. "
        f"Mean length by fifth: {', '.join(f'{length:.1f}' for length in found.length_by_fifth)} items."
    )
    full = 2 * (WIDTH + SIDE) + SIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {HEIGHT + 2 * TOP}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">\n<title>Adaptive test, simulated</title>\n'
        f'<desc>{escape(said)}</desc>\n<rect width="100%" height="100%" fill="#FFFFFF"/>\n'
        f"{_rates(rates, limit)}{_lengths(found)}</svg>\n"
    )


def _frame(left: int, title: str, top: float, bottom: str) -> str:
    base = TOP + HEIGHT
    return (
        f'<text x="{left}" y="{TOP - 16}" font-weight="bold">{escape(title)}</text>\n'
        f'<path d="M{left} {TOP}V{base}H{left + WIDTH}" fill="none" stroke="{INK}"/>\n'
        f'<text x="{left - 8}" y="{TOP + 5}" text-anchor="end">{top:.3g}</text>\n'
        f'<text x="{left - 8}" y="{base + 5}" text-anchor="end">0</text>\n'
        f'<text x="{left + WIDTH / 2:.0f}" y="{base + 26}" text-anchor="middle">{escape(bottom)}</text>\n'
    )


def _rates(rates: np.ndarray[tuple[int], np.dtype[np.float64]], limit: float) -> str:
    top = max(float(rates[0]), limit if limit < 1.0 else 0.0) * 1.08
    across = np.linspace(0, len(rates) - 1, min(len(rates), 300)).astype(int)
    step = WIDTH / max(len(rates) - 1, 1)
    points = " ".join(f"{SIDE + at * step:.1f},{TOP + HEIGHT * (1 - rates[at] / top):.1f}" for at in across.tolist())
    out = _frame(SIDE, "Share of takers that saw each item", top, f"{len(rates)} items, most seen first")
    if limit < 1.0:
        y = TOP + HEIGHT * (1 - limit / top)
        out += f'<path d="M{SIDE} {y:.1f}H{SIDE + WIDTH}" stroke="{LINE}" stroke-dasharray="5 4"/>\n'
        out += f'<text x="{SIDE + WIDTH}" y="{y - 5:.1f}" text-anchor="end">limit {limit:g}</text>\n'
    return out + f'<polyline points="{points}" fill="none" stroke="{BAR}" stroke-width="2"/>\n'


def _lengths(found: Figures) -> str:
    left, count = 2 * SIDE + WIDTH, len(found.length_by_fifth)
    top = max(found.length_by_fifth) * 1.2
    out = _frame(left, "Mean items in a test, by fifth of the takers", top, "first takers to last takers")
    for place, length in enumerate(found.length_by_fifth):
        x, high = left + (place + 0.2) * WIDTH / count, HEIGHT * length / top
        wide = 0.6 * WIDTH / count
        out += (
            f'<rect x="{x:.1f}" y="{TOP + HEIGHT - high:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{BAR}"/>\n'
        )
        out += (
            f'<text x="{x + wide / 2:.1f}" y="{TOP + HEIGHT - high - 6:.1f}" text-anchor="middle">{length:.1f}</text>\n'
        )
    return out
