"""``headway growth fit``: each learner's trend from noisy probes, a decision about the goal, and phase effects."""

from __future__ import annotations

from headway.cli import one_core as one_core  # isort: skip  (before NumPy)

import argparse
import time
from collections.abc import Sequence
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.files import reading
from headway.cli.plot import caterpillar, save, trend_plot
from headway.core.measurement.growth.decisions import SURE, Goal, decide
from headway.core.measurement.growth.overlap import baseline_corrected_tau, nap
from headway.core.measurement.growth.single_case import phase_effect, pool
from headway.core.measurement.growth.trend import READING_ALOUD, Trend, TrendPrior, fit_trend, learn_prior
from headway.standards.probes import Series, read_probes


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Parquet with learner, week and value")
    parser.add_argument("--error", type=float, help="standard error of a probe, where the table has no error column")
    parser.add_argument("--goal", type=float, help="value to reach, with --goal-week")
    parser.add_argument("--goal-week", type=float, help="the week of the goal")
    parser.add_argument("--grade", type=int, choices=sorted(READING_ALOUD), help="norms of reading aloud as the prior")
    parser.add_argument("--slope", type=float, help="prior mean of the slope a week, with --slope-sd")
    parser.add_argument("--slope-sd", type=float, help="prior standard deviation of the slope")
    parser.add_argument("--drift", type=float, default=0.0, help="random walk a week, standard deviation (default 0)")
    parser.add_argument("--sure", type=float, default=SURE, help=f"probability that a decision needs (default {SURE})")
    parser.add_argument("--down", action="store_true", help="less is better (phase effects)")
    parser.add_argument("--plot", type=Path, help="write the slopes, or one learner's probes, here (SVG)")


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.plot)
    if (arguments.goal is None) != (arguments.goal_week is None):
        raise Refused("--goal and --goal-week belong together. Give both or none.")
    if (arguments.slope is None) != (arguments.slope_sd is None):
        raise Refused("--slope and --slope-sd belong together. Give both or none.")
    with reading(arguments.file) as source:
        series = read_probes(source, arguments.file.name)
    if series[0].error is None and arguments.error is None:
        raise Refused(f"{arguments.file}: it has no column error. Add one, or give --error for all probes.")
    goal = None if arguments.goal is None else Goal(arguments.goal_week, arguments.goal)
    began = time.process_time()
    try:
        prior, whence = _prior(series, arguments)
        learners, trends = [], []
        for one in series:
            entry, trend = _learner(one, prior, goal, arguments)
            learners.append(entry)
            trends.append(trend)
        pooled = _pooled(learners)
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from None
    data = {
        "prior": {"slope": round(prior.slope, 5), "slope_sd": round(prior.slope_sd, 5), "from": whence},
        "learners": learners,
        "pooled": pooled,
        "warnings": _warnings(series),
        "cpu_seconds": round(time.process_time() - began, 4),
    }
    if arguments.plot is not None:
        save(arguments.plot, _plot(series, trends, goal))
    return Result(data, _text(data))


def _warnings(series: Sequence[Series]) -> list[str]:
    """A file that was put together twice looks like twice as much evidence."""
    twice = sum(len(one.week) - len(set(zip(one.week.tolist(), one.value.tolist(), strict=True))) for one in series)
    if not twice:
        return []
    rows = "1 row repeats" if twice == 1 else f"{twice:,} rows repeat"
    return [f"{rows} a learner, week and value; each counts as a probe of its own, so take out what is there twice"]


def _errors(one: Series, arguments: argparse.Namespace) -> np.typing.NDArray[np.float64]:
    return one.error if one.error is not None else np.full(len(one.week), float(arguments.error))


def _prior(series: Sequence[Series], arguments: argparse.Namespace) -> tuple[TrendPrior, str]:
    if arguments.grade is not None:
        norm = READING_ALOUD[arguments.grade]
        return TrendPrior(norm.slope, norm.slope_sd, drift=arguments.drift), f"norms of grade {arguments.grade}"
    if arguments.slope is not None:
        return TrendPrior(arguments.slope, arguments.slope_sd, drift=arguments.drift), "given"
    wide = TrendPrior(0.0, 1e4, drift=arguments.drift)
    found = [fit_trend(one.week, one.value, _errors(one, arguments), wide) for one in series if len(set(one.week)) > 2]
    if len(found) < 10:
        raise ValueError(
            f"{len(found)} learners have three probes or more; ten are needed to learn how slopes vary. "
            "Give --grade, or --slope and --slope-sd"
        )
    learned = learn_prior(np.array([t.slope for t in found]), np.array([t.slope_error for t in found]))
    return TrendPrior(learned.slope, learned.slope_sd, drift=arguments.drift), f"these {len(found)} learners"


def _learner(
    one: Series, prior: TrendPrior, goal: Goal | None, arguments: argparse.Namespace
) -> tuple[dict[str, Any], Trend]:
    errors = _errors(one, arguments)
    entry: dict[str, Any] = {"learner": one.learner, "probes": len(one.week)}
    try:
        if goal is None:
            trend = fit_trend(one.week, one.value, errors, prior)
        else:
            trend, judged = decide(one.week, one.value, errors, prior, goal, sure=arguments.sure)
            low, high = trend.interval(goal.week)
            entry |= {"verdict": judged.verdict, "chance": round(judged.chance, 4), "more": judged.more,
                      "projected": round(trend.at(goal.week)[0], 3), "low": round(low, 3), "high": round(high, 3),
                      "sentence": str(judged.sentence)}  # fmt: skip
    except ValueError as error:
        raise ValueError(f"learner {one.learner}: {error}") from None
    entry |= {
        "level": round(trend.level, 4),
        "slope": round(trend.slope, 5),
        "slope_error": round(trend.slope_error, 5),
    }
    if one.start is not None:
        entry["phase"] = _phase(one, up=not arguments.down)
    return entry, trend


def _phase(one: Series, *, up: bool) -> dict[str, Any] | None:
    """Effect of the intervention; None where a phase has fewer than three values."""
    after = one.week >= (one.start if one.start is not None else nan)
    if after.sum() < 3 or (~after).sum() < 3:
        return None
    effect = phase_effect(one.week, one.value, float(one.start or 0.0), up=up)
    overlap, tau = (
        nap(one.value[~after], one.value[after], up=up),
        baseline_corrected_tau(one.value[~after], one.value[after], up=up),
    )
    return {
        "level": round(effect.level, 4), "level_error": round(effect.level_error, 4),
        "slope": round(effect.slope, 4), "slope_error": round(effect.slope_error, 4),
        "total": round(effect.total, 4), "total_error": round(effect.total_error, 4), "p": round(effect.p, 5),
        "autocorrelation": round(effect.autocorrelation, 3), "enough": effect.enough,
        "standardised": round(effect.standardised, 4), "standardised_error": round(effect.standardised_error, 4),
        "nap": round(overlap.value, 4), "nap_low": round(overlap.low, 4), "nap_high": round(overlap.high, 4),
        "tau_bc": round(tau.value, 4), "tau_bc_p": round(tau.p, 5),
    }  # fmt: skip


def _pooled(learners: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    found = [entry["phase"] for entry in learners if entry.get("phase")]
    if len(found) < 2:
        return None
    whole = pool([f["standardised"] for f in found], [f["standardised_error"] for f in found])
    return {"effect": round(whole.effect, 4), "low": round(whole.low, 4), "high": round(whole.high, 4),
            "between": round(whole.between, 4), "learners": whole.learners}  # fmt: skip


def _plot(series: Sequence[Series], trends: Sequence[Trend], goal: Goal | None) -> str:
    if len(series) > 1:
        names, slopes = [one.learner for one in series], [trend.slope for trend in trends]
        return caterpillar("Growth a week", "units a week", names, slopes, [trend.slope_error for trend in trends])
    one, trend = series[0], trends[0]
    last = goal.week if goal is not None else float(one.week[-1])
    steps = np.linspace(float(one.week[0]), max(last, float(one.week[-1])), 40)
    line = [(float(w), trend.level + trend.slope * float(w), *_band(trend, float(w))) for w in steps]
    return trend_plot(
        f"Learner {one.learner}", one.week.tolist(), one.value.tolist(), line, (goal.week, goal.value) if goal else None
    )


def _band(trend: Trend, week: float) -> tuple[float, float]:
    c = trend.covariance
    wide = 1.2816 * float(np.sqrt(max(c[0, 0] + 2 * week * c[0, 1] + week * week * c[1, 1], 0.0)))
    middle = trend.level + trend.slope * week
    return middle - wide, middle + wide


def _text(data: dict[str, Any]) -> str:
    prior, pooled = data["prior"], data["pooled"]
    rows = [
        (
            f"{len(data['learners']):,} learners, {data['cpu_seconds']:.2f} CPU seconds; slopes expected at "
            f"{prior['slope']:.3f} a week, standard deviation {prior['slope_sd']:.3f} (from {prior['from']})"
        )
    ]
    if pooled:
        rows.append(
            f"phase effect over {pooled['learners']} learners: {pooled['effect']:.2f} standard deviations "
            f"({pooled['low']:.2f} to {pooled['high']:.2f})"
        )
    rows += [f"warning: {line}" for line in data["warnings"]]
    rows += ["", "   slope  error  n   learner"]
    for entry in data["learners"][:20]:
        said = f"  {entry['sentence']}" if "sentence" in entry else ""
        rows.append(
            f" {entry['slope']:7.3f} {entry['slope_error']:6.3f}  {entry['probes']:<3} {entry['learner'][:24]:<24}{said}"
        )
    if len(data["learners"]) > 20:
        rows.append(f" … {len(data['learners']) - 20:,} more; --json lists all")
    return "\n".join(rows)


COMMAND = Command(
    help="Estimate each learner's growth from probes with known errors, decide about a goal in three ways (on track, "
    "not on track, not enough evidence), and measure what an intervention changed. CSV or Parquet with learner, week "
    "and value, and where known error (standard error of the probe) and phase (A before, B during an intervention).",
    example="headway growth fit probes.csv --error 10 --grade 2 --goal 90 --goal-week 30 --json",
    configure=_configure,
    run=_run,
    keys={
        "prior": "what was known of slopes before: mean, standard deviation, and where that is from",
        "learners": "one entry a learner, in the order of their names",
        "learners.slope, slope_error, level": "units a week with standard error; level at week 0",
        "learners.verdict": "on-track, not-on-track or not-enough-evidence (with --goal)",
        "learners.chance": "probability that the goal will be reached",
        "learners.more": "probes until a decision is likelier than not; 0: decided, null: more will hardly help",
        "learners.projected, low, high": "true score expected in the week of the goal, with the 80 % interval",
        "learners.phase": "level and slope change with standard errors, total at the last value, p (one-sided), "
        "autocorrelation, standardised effect, NAP with 95 % interval, baseline-corrected tau; null under three values",
        "pooled": "mean standardised effect over the learners with 95 % interval; null for fewer than two",
        "warnings": "what to keep in mind",
        "cpu_seconds": "of the fits",
    },
)
