"""Figures as people read them."""

from __future__ import annotations

from headway.core.evidence.reports.figures import Figure, Gap
from headway.core.evidence.reports.measures import Measure
from headway.core.text import T, Text, verbatim


def number(measure: Measure, value: float) -> str:
    """A value in the measure's unit: ``0.21``, ``−0.3``, ``62 %``."""
    text = f"{100.0 * value:.{max(measure.digits - 2, 0)}f} %" if measure.share else f"{value:.{measure.digits}f}"
    return text.replace("-", "−")


def value_told(measure: Measure, figure: Figure) -> Text:
    """The figure's value, or the bound that it is told by."""
    value = number(measure, figure.value)
    if figure.bound:
        return T("under {value}", value=value) if figure.bound == "<" else T("over {value}", value=value)
    return verbatim(value)


def range_told(measure: Measure, found: Figure | Gap) -> Text:
    """The ends of the interval."""
    return T("{low} to {high}", low=number(measure, found.low), high=number(measure, found.high))


def gap_told(measure: Measure, found: Gap) -> str:
    """A gap with its sign; that of a share in percentage points."""
    value = f"{100.0 * found.value:+.0f}" if measure.share else f"{found.value:+.{measure.digits}f}"
    return value.replace("-", "−")


def figure_told(measure: Measure, figure: Figure) -> Text:
    """A figure as a line of a letter: ``Growth in four weeks: 0.21 (0.12 to 0.30; 140 learners)``."""
    return T(
        "{name}: {value} ({range}; learners: {n})",
        name=measure.name, value=value_told(measure, figure), range=range_told(measure, figure), n=figure.learners,
    )  # fmt: skip


def moved(found: Gap) -> str:
    """Whether an interval leaves 0 on one side: ``up``, ``down`` or "" where it does not."""
    return "up" if found.low > 0.0 else "down" if found.high < 0.0 else ""
