"""The picture of ``headway irt fit``: persons and items on one scale, and how well the test measures along it."""

from __future__ import annotations

from html import escape

import numpy as np

from headway.core.measurement.calibration.calibrate import Calibration
from headway.core.measurement.items import Floats, information

WIDTH, PANEL, LEFT, TOP = 760, 180, 56, 40
INK, SOFT, PERSON, ITEM = "#22201D", "#E4DAC6", "#57504A", "#0E5A53"
BINS = 41


def draw(found: Calibration) -> str:
    """Return an SVG with three panels over one axis in logits, and a description in words."""
    low, high = _range(found)
    grid = np.linspace(low, high, 161)
    total = information(found.bank, grid).sum(axis=1)
    best = float(grid[total.argmax()])
    said = (
        f"{len(found.bank)} items and {len(found.person_ids)} persons from {low:.1f} to {high:.1f} logits. "
        f"The test measures best at {best:.1f} logits, with an information of {total.max():.1f}."
    )
    edges = np.linspace(low, high, BINS + 1)
    panels = [
        ("Persons (posterior means)", _bars(found.ability, edges, PERSON)),
        ("Items (difficulty)", _bars(found.bank.difficulty, edges, ITEM)),
        (f"Information (highest {total.max():.1f})", _curve(total / max(float(total.max()), 1e-9))),
    ]
    body = "".join(
        f'<g transform="translate({LEFT},{TOP + place * (PANEL + TOP)})">'
        f'<text y="-10" font-weight="bold">{escape(title)}</text>'
        f'<path d="M0 {PANEL}H{WIDTH}" stroke="{INK}"/>{_ticks(low, high)}{drawn}</g>\n'
        for place, (title, drawn) in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 2 * LEFT} {3 * (PANEL + TOP) + TOP}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">\n<title>Persons and items on one scale</title>\n'
        f'<desc>{escape(said)}</desc>\n<rect width="100%" height="100%" fill="#FFFFFF"/>\n{body}</svg>\n'
    )


def _range(found: Calibration) -> tuple[float, float]:
    """The middle of persons and items, at least from -3 to 3; a stray item stands at the edge."""
    both = np.concatenate([found.ability, found.bank.difficulty])
    low, high = np.quantile(both, [0.01, 0.99])
    return min(-3.0, float(np.floor(low))), max(3.0, float(np.ceil(high)))


def _ticks(low: float, high: float) -> str:
    marks = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    return "".join(
        f'<text x="{(mark - low) / (high - low) * WIDTH:.1f}" y="{PANEL + 16}" text-anchor="middle">{mark}</text>'
        for mark in marks
    )


def _bars(values: Floats, edges: Floats, colour: str) -> str:
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    width = WIDTH / len(counts)
    tall = counts / max(int(counts.max()), 1) * (PANEL - 10)
    return f'<text x="{WIDTH}" y="-10" text-anchor="end">highest bar {counts.max()}</text>' + "".join(
        f'<rect x="{place * width + 1:.1f}" y="{PANEL - height:.1f}" width="{width - 2:.1f}" '
        f'height="{height:.1f}" fill="{colour}"/>'
        for place, height in enumerate(tall)
        if height
    )


def _curve(share: Floats) -> str:
    points = " ".join(
        f"{place / (len(share) - 1) * WIDTH:.1f},{PANEL - value * (PANEL - 10):.1f}"
        for place, value in enumerate(share)
    )
    return f'<polyline points="{points}" fill="none" stroke="{ITEM}" stroke-width="2"/>'
