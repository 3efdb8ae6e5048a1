"""Effects with their ranges about "no difference", as a drawing that stands by itself on a page and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDE, ROW, TOP, FOOT = 720, 54, 42, 56
LEFT, RIGHT = 24, 24
INK, QUIET, LINE, SPRUCE, SUN = "#22201D", "#57504A", "#E2D5C1", "#0E5A53", "#8A5A00"
FONT = "'Atkinson Next','Noto Sans',sans-serif"


@dataclass(frozen=True, slots=True)
class Effect:
    """A line of the drawing: whose effect, the effect ``g`` and its range in standard deviations."""

    name: str
    g: float
    low: float
    high: float


def words(effects: Sequence[Effect]) -> str:
    """What the drawing shows, for who cannot see it."""
    return "; ".join(
        _("{name}: {g}, with {low} to {high} fitting the data").format(
            name=each.name, g=f"{each.g:+.2f}", low=f"{each.low:+.2f}", high=f"{each.high:+.2f}"
        )
        for each in effects
    )


def chart(effects: Sequence[Effect], worth: float) -> SafeString:
    """Draw the effects; a dashed line stands where they would be worth their cost (not drawn for 0)."""
    edge = max(0.1, worth, *(max(abs(each.low), abs(each.high)) for each in effects)) * 1.08
    high = TOP + ROW * len(effects) + FOOT

    def x(value: float) -> float:
        return LEFT + (value + edge) / (2.0 * edge) * (WIDE - LEFT - RIGHT)

    parts = [_scale(x, edge, high)]
    if worth > 0.0:
        parts.append(
            f'<path d="M{x(worth):.1f} {TOP - 8}V{high - 12}" stroke="{SUN}" stroke-width="2" stroke-dasharray="6 4"/>'
            f'<text x="{x(worth) + 5:.1f}" y="{high - 14}" fill="{SUN}">{escape(_("worth its cost"))}</text>'
        )
    for place, each in enumerate(effects):
        y = TOP + ROW * place + 32
        bold = ' font-weight="700"' if place == 0 else ""
        parts.append(
            f'<text x="{LEFT}" y="{y - 16}" fill="{INK}"{bold}>{escape(each.name)}</text>'
            f'<path d="M{x(each.low):.1f} {y}H{x(each.high):.1f}" stroke="{SPRUCE}" stroke-width="{6 if place == 0 else 4}" '
            f'stroke-linecap="round" opacity=".55"/>'
            f'<circle cx="{x(each.g):.1f}" cy="{y}" r="{8 if place == 0 else 6}" fill="{SPRUCE}" stroke="#fff" stroke-width="2"/>'
        )
    label = escape(words(effects))
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{label}" '
        f'font-family="{FONT}" font-size="15">{"".join(parts)}</svg>'
    )


def _scale(x: object, edge: float, high: int) -> str:
    assert callable(x)
    step = next((one for one in (0.05, 0.1, 0.2, 0.5, 1.0) if edge / one <= 5.0), 2.0)
    count = int(edge / step)
    out = []
    for place in range(-count, count + 1):
        value = place * step
        colour, wide = (INK, 2) if place == 0 else (LINE, 1)
        out.append(f'<path d="M{x(value):.1f} {TOP - 8}V{high - FOOT}" stroke="{colour}" stroke-width="{wide}"/>')
        said = "0" if place == 0 else f"{value:+.2f}"
        out.append(f'<text x="{x(value):.1f}" y="{high - FOOT + 20}" text-anchor="middle" fill="{QUIET}">{said}</text>')
    out.append(f'<text x="{LEFT}" y="18" fill="{QUIET}">← {escape(_("did worse"))}</text>')
    out.append(f'<text x="{WIDE - RIGHT}" y="18" text-anchor="end" fill="{QUIET}">{escape(_("did better"))} →</text>')
    out.append(f'<text x="{x(0.0):.1f}" y="18" text-anchor="middle" fill="{INK}">{escape(_("no difference"))}</text>')
    return "".join(out)
