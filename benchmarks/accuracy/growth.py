"""Decisions about progress: how many, how often right, and how right their probabilities are.

``python -m benchmarks growth``. Learners with slopes N(1.0, 0.6) words a week and levels N(60, 15), one probe a week, goal
slope 1.0. The prior is the norms' distribution of slope and level. Rules of thumb see the same probes.
"""

from __future__ import annotations

import time

import numpy as np
import polars as pl
from tests.standards.shared import SHARED

from headway.core.measurement.growth.decisions import SURE
from headway.core.measurement.growth.percentiles import fit_growth
from headway.core.measurement.growth.rules import four_point, trend_line
from headway.core.measurement.growth.trend import TrendPrior, fit_trend

PRIOR = TrendPrior(1.0, 0.6, 60.0, 15.0)
LEARNERS, SEED = 10_000, 20_261_121


def decisions() -> None:
    """The three-way decision, the four-point rule and the trend line on the same probes."""
    for error in (5.0, 10.0):
        for weeks in (6, 10, 14, 20):
            rng = np.random.default_rng([SEED, weeks, int(error)])
            level, slope = rng.normal(60, 15, LEARNERS), rng.normal(1.0, 0.6, LEARNERS)
            t = np.arange(float(weeks))
            probes = level[:, None] + slope[:, None] * t + rng.normal(0, error, (LEARNERS, weeks))
            began = time.process_time()
            chance = np.array([fit_trend(t, y, error, PRIOR).chance_of_slope(1.0) for y in probes])
            took = 1e6 * (time.process_time() - began) / LEARNERS
            good = slope >= 1.0
            decided = (chance >= SURE) | (chance <= 1.0 - SURE)
            right = float(((chance >= 0.5) == good)[decided].mean()) if decided.any() else float("nan")
            four = np.array([four_point(t, y, 1.0) != "change" for y in probes]) == good
            line = np.array([trend_line(t, y, 1.0) != "change" for y in probes]) == good
            print(f"error {error:g}, week {weeks:2}: decided {100 * decided.mean():.1f} %, right {100 * right:.1f} %; "
                  f"four-point rule right {100 * four.mean():.1f} %, trend line {100 * line.mean():.1f} %; "
                  f"calibration error {_ece(chance, good):.3f}; {took:.0f} µs a learner")  # fmt: skip
    print("bars at error 10: decided 35 % by week 14 and 55 % by week 20, right 89 %")


def _ece(chance: np.typing.NDArray[np.float64], good: np.typing.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins."""
    place = np.minimum((chance * 10).astype(int), 9)
    return sum(
        float((place == k).mean()) * abs(float(chance[place == k].mean()) - float(good[place == k].mean()))
        for k in range(10)
        if (place == k).any()
    )


def percentiles() -> None:
    """Growth percentiles of every cohort of sgpData: two subjects, all grades and years."""
    path = SHARED / "data" / "measurement" / "sgpData_LONG.parquet"
    if not path.exists():
        print("growth percentiles need ../shared; left out")
        return
    scores = pl.read_parquet(path, columns=["VALID_CASE", "CONTENT_AREA", "YEAR", "ID", "GRADE", "SCALE_SCORE"])
    scores = (
        scores.filter(pl.col("VALID_CASE") == "VALID_CASE")
        .drop_nulls()
        .with_columns(pl.col("YEAR").str.slice(0, 4).cast(int))
    )
    later = scores.with_columns(pl.col("YEAR") - 1, pl.col("GRADE") - 1)
    pairs = scores.join(later, on=["ID", "CONTENT_AREA", "YEAR", "GRADE"], suffix="_NEXT")
    began, done, cohorts, off = time.process_time(), 0, 0, []
    for _, rows in pairs.group_by("CONTENT_AREA", "YEAR", "GRADE"):
        if len(rows) < 200:
            continue
        before, after = (rows[name].cast(pl.Float64).to_numpy() for name in ("SCALE_SCORE", "SCALE_SCORE_NEXT"))
        found = fit_growth(before, after).percentile(before, after)
        off.append(max(abs((found < k).mean() - k / 100) for k in (10, 25, 50, 75, 90)))
        done, cohorts = done + len(rows), cohorts + 1
    print(f"growth percentiles: {done:,} learners in {cohorts} cohorts, {time.process_time() - began:.1f} CPU s; "
          f"shares under "
          f"10, 25, 50, 75, 90 off by {100 * np.mean(off):.2f} points on average, {100 * max(off):.2f} at most")  # fmt: skip


if __name__ == "__main__":
    decisions()
    percentiles()
