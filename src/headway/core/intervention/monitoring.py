"""What a learner's probes say about the goal: on track, not on track, or not enough evidence yet, and with how much more.

The decision is :func:`headway.core.measurement.growth.decisions.decide`; this module gives it the plan's goal line and the
probe's known error, and holds back "not on track" while the support was not given (``core.intervention.dosage``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.intervention.dosage import Dosage, enough, not_enough_said
from headway.core.intervention.plans import WEEK_DAYS, GoalLine
from headway.core.intervention.probes import Blueprint
from headway.core.measurement.growth.decisions import Goal, decide
from headway.core.measurement.growth.single_case import PhaseEffect, Pooled, phase_effect, pool
from headway.core.measurement.growth.trend import Trend, TrendPrior
from headway.core.text import T, Text

Verdict = Literal["on-track", "off-track", "more-evidence", "not-delivered"]
LEAST = 3
"""Probes in a phase below which no effect is computed."""


@dataclass(frozen=True, slots=True)
class Score:
    """Problems right on a day (since 1970)."""

    day: int
    right: float


@dataclass(frozen=True, slots=True)
class Progress:
    """What the probes say. ``chance`` is the probability to reach the goal on its day as things go; ``more`` the probes
    after which a decision is likelier than not (0: there is one; None: none of the next ones brings it); ``trend`` counts
    weeks from the goal line's start."""

    verdict: Verdict
    said: Text
    chance: float
    more: int | None
    trend: Trend
    probes: int


def progress(scores: Sequence[Score], goal: GoalLine, probe: Blueprint, given: Dosage, *, every: int = 7) -> Progress:
    """Judge the probes since the plan began. ``scores`` by day; those before the start are the baseline and stand in the
    goal line's start score. ``given`` is what was held of the plan, ``every`` the days between probes."""
    since = [score for score in scores if score.day >= goal.start_day]
    weeks = [(score.day - goal.start_day) / WEEK_DAYS for score in since]
    prior = TrendPrior(probe.growth, probe.growth_sd, level=goal.start, level_sd=probe.error)
    end = (goal.goal_day - goal.start_day) / WEEK_DAYS
    trend, judged = decide(
        weeks,
        [score.right for score in since],
        probe.error,
        prior,
        Goal(end, goal.goal),
        every=every / WEEK_DAYS,
        next_error=probe.error,
    )
    if len(since) < LEAST:
        more = max(LEAST - len(since), judged.more or 0)
        return Progress("more-evidence", more_said(more), judged.chance, more, trend, len(since))
    if judged.verdict == "not-on-track" and not enough(given):
        said = T("The goal will be missed at this rate, but the support was not given often enough to judge it.")
        said = T("{first} {second}", first=said, second=not_enough_said(given))
        return Progress("not-delivered", said, judged.chance, judged.more, trend, len(since))
    if judged.verdict == "on-track":
        said = T("On track: the goal will very likely be reached at this rate.")
        return Progress("on-track", said, judged.chance, 0, trend, len(since))
    if judged.verdict == "not-on-track":
        said = T("Not on track: the goal will very likely be missed at this rate, although the support was given.")
        return Progress("off-track", said, judged.chance, 0, trend, len(since))
    return Progress("more-evidence", more_said(judged.more), judged.chance, judged.more, trend, len(since))


def more_said(more: int | None) -> Text:
    """How many probes are missing for a decision, in words."""
    if more is None:
        return T("Not enough evidence yet, and more probes before the goal’s day will hardly change that.")
    if more == 1:
        return T("Not enough evidence yet: one more probe.")
    if more == 2:
        return T("Not enough evidence yet: two more probes.")
    return T("Not enough evidence yet: {n} more probes.", n=more)


def effect_for(scores: Sequence[Score], start_day: int) -> PhaseEffect | None:
    """What changed for one learner when the support began (single case, level and slope); None with fewer than three probes
    in a phase. Without a second learner who began at another time, other reasons cannot be excluded."""
    daily = {score.day: score.right for score in scores}
    days = sorted(daily)
    before = sum(day < start_day for day in days)
    if before < LEAST or len(days) - before < LEAST:
        return None
    weeks = [(day - start_day) / WEEK_DAYS for day in days]
    return phase_effect(weeks, [daily[day] for day in days], 0.0, trend_before=False)


def effect_over(effects: Sequence[PhaseEffect]) -> Pooled | None:
    """The mean effect over the learners who had a support, in standard deviations of a learner's own probes; None for fewer
    than two."""
    usable = [effect for effect in effects if effect.standardised_error > 0]
    if len(usable) < 2:
        return None
    return pool([effect.standardised for effect in usable], [effect.standardised_error for effect in usable])


def effect_said(effect: PhaseEffect) -> Text:
    """One learner's effect in words, in problems right."""
    low, high = effect.total - 2 * effect.total_error, effect.total + 2 * effect.total_error
    fields = {"total": _signed(effect.total), "low": _signed(low), "high": _signed(high)}
    if low > 0:
        return T("About {total} problems more than before the support (likely between {low} and {high}).", **fields)
    if high < 0:
        return T("Fewer than before the support: {total} problems (likely between {low} and {high}).", **fields)
    return T("No clear change since the support began: {total} problems (likely between {low} and {high}).", **fields)


def pooled_said(found: Pooled) -> Text:
    """The effect over all learners who had a support, in words."""
    fields: dict[str, str | int] = {
        "learners": found.learners,
        "effect": _signed(found.effect),
        "low": _signed(found.low),
        "high": _signed(found.high),
    }
    if found.low <= 0 <= found.high:
        return T(
            "{learners} learners: no clear effect yet (likely between {low} and {high} standard deviations).", **fields
        )
    return T(
        "{learners} learners: on average {effect} standard deviations of their own probes (likely between {low} and {high}).",
        **fields,
    )


def _signed(value: float) -> str:
    """Two digits at most, with a real minus sign."""
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "−")
