"""An interrupted series in words: what may be said of terms before and after, with others beside, and what may not.

Chance decided nothing here, so the label is low whatever comes out, and nothing is compared where the groups were on different
ways before: their trends differed, or the same analysis finds an "effect" in the middle of the time before, when there was none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.panel import BEFORE_FOR_TREND, Panel, panel_effect
from headway.core.evidence.pilots.regression import two_sided
from headway.core.evidence.pilots.tiers import FEWEST
from headway.core.text import T, Text

ALPHA = 0.05
SERIES_TIER = 3
"""The best that a series can be a candidate for: that the groups were equivalent at the start is not shown by it."""


@dataclass(frozen=True, slots=True)
class SeriesTold:
    """``advice`` as in a verdict; ``sentences``: the paragraph; ``tier`` candidate (None: none) with its ``reasons``;
    ``significant``: beyond chance, and nothing speaks against it; ``trend``: each unit was held against its own line."""

    panel: Panel
    advice: str
    sentences: tuple[Text, ...]
    tier: int | None
    reasons: tuple[Text, ...]
    significant: bool
    trend: bool


def series(
    outcome: Floats, unit: Ints, period: Floats, treated: Floats, start: float, *, thing: str, name: str
) -> SeriesTold:
    """Compare how units changed (see ``panel.panel_effect``), each against its own line where three periods before or more are
    known, and put it in words. ``thing`` is what they got, ``name`` the outcome. Raises ValueError."""
    trend = len(np.unique(period[period < start])) >= BEFORE_FOR_TREND
    found = panel_effect(outcome, unit, period, treated, start, trend=trend)
    reasons = [T("Chance did not decide who got it.")]
    against = _against(found)
    few = sum(found.units) < FEWEST
    lucky = two_sided(found.estimate, found.error, found.freedom) >= ALPHA
    fields = {"thing": thing, "outcome": name, "g": f"{found.effect.g:.2f}", "low": f"{found.effect.low:.2f}",
              "high": f"{found.effect.high:.2f}"}  # fmt: skip
    who = T("{first} classes with it and {second} without were compared by how they changed; chance did not decide who got it.",
            first=found.units[0], second=found.units[1])  # fmt: skip
    if against is not None:
        said = T("The groups were not equivalent before. {why} No effect is reported, because any number would mix {thing} with "
                 "that difference.", why=against, thing=thing)  # fmt: skip
        return SeriesTold(
            found, "not equivalent", (said, T("Advice: find a fairer comparison.")), None, (against,), False, trend
        )
    if few:
        said = T("In {outcome}, classes with {thing} changed by {g} standard deviations more than the others, but too few were "
                 "compared to tell that from luck.", **fields)  # fmt: skip
        last = T("Advice: take {least} or more before judging.", least=FEWEST)
        reasons.append(T("{count} units were assigned; with fewer than {least} no error can be trusted.", count=sum(found.units),
                         least=FEWEST))  # fmt: skip
        return SeriesTold(found, "too few units", (said, who, last), None, tuple(reasons), False, trend)
    if lucky:
        said = T("In {outcome}, no change beyond chance was found with {thing}: {g} standard deviations, and anything from {low} "
                 "to {high} fits the data.", **fields)  # fmt: skip
        reasons.append(T("No positive effect was shown beyond chance."))
        return SeriesTold(
            found, "cannot tell yet", (said, who, T("Advice: keep testing.")), None, tuple(reasons), False, trend
        )
    if found.effect.g < 0.0:
        said = T("In {outcome}, classes with {thing} fell behind the others by {g} standard deviations ({low} to {high} fit the "
                 "data).", **fields)  # fmt: skip
        reasons.append(T("The effect is negative."))
        return SeriesTold(
            found, "stop", (said, who, T("Advice: stop, and try something else.")), None, tuple(reasons), True, trend
        )
    said = T("In {outcome}, classes with {thing} gained {g} standard deviations more than the others since it began ({low} to "
             "{high} fit the data).", **fields)  # fmt: skip
    last = T("Advice: worth a pilot in which chance decides.")
    return SeriesTold(found, "keep testing", (said, who, last), SERIES_TIER, tuple(reasons), True, trend)


def _against(found: Panel) -> Text | None:
    """What shows that the groups went different ways before."""
    if found.before_p is not None and found.before_p < ALPHA:
        return T("Their results already moved apart before the start.")
    if found.placebo_p is not None and found.placebo_p < ALPHA:
        return T("The same comparison finds a difference in the time before, when there was nothing to find.")
    return None


def series_data(told: SeriesTold) -> dict[str, object]:
    """The figures as plain values with stable keys."""
    p = told.panel
    figures = {
        "estimate": p.estimate, "error": p.error, "freedom": p.freedom, "low": p.low, "high": p.high, "p": p.p,
        "g": p.effect.g, "g_low": p.effect.low, "g_high": p.effect.high, "before_p": p.before_p, "placebo": p.placebo,
        "placebo_p": p.placebo_p,
    }  # fmt: skip
    hidden = told.advice == "not equivalent"
    shown = ("before_p", "placebo", "placebo_p")
    return {
        **{
            key: None if value is None or (hidden and key not in shown) else round(float(value), 6)
            for key, value in figures.items()
        },
        "units": list(p.units), "advice": told.advice, "tier": told.tier, "significant": told.significant, "trend": told.trend,
    }  # fmt: skip
