"""Fit the two generators of learners on public logs of practice, and print the numbers that ``core.evidence.fitted`` holds.

``python -m benchmarks.paths.fit`` needs ``../shared/data/kt``. Nothing of the logs but these numbers ships. It was run twice:
the summary of the switching learners changed after first runs of policies. What the logs cannot say (they hold no graph of
skills) is assumed, and marked so there.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.paths.switches import Runs, loglik, runs_of, sums_by_learner
from headway.core.mastery.frame import frame_of
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.gaussian_fit import fit_gaussian, stream

LOGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "kt"
TIMED, LARGE = "assist2017_ts_shard", "assist2009"
FORGETS = (0.02, 0.05, 0.12, 0.3, 0.6, 1.2, 5.0, 20.0)
LEARNS = (0.03, 0.05, 0.073, 0.1, 0.14)
ASSUMED_FORGET = 0.3
"""Logits lost per e-fold of days before the first spaced success: two and a half times the served default."""
ENOUGH = 500
"""Responses from which on a skill gets numbers of its own."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
Floats = NDArray[np.float64]


def table(name: str) -> pl.DataFrame:
    """Read one of the public logs."""
    return pl.read_parquet(LOGS / f"{name}.parquet")


def growing() -> dict[str, float]:
    """The served family on the timed log; prints the log loss by strength of forgetting, learning fitted for each.

    It is least where every day begins at the prior again, at the edge of the grid: that log cannot tell lost gains from harder
    problems on later days. Nobody could teach such a learner anything, so that forgetting is assumed (``ASSUMED_FORGET``).
    """
    log = table(TIMED)
    frame = frame_of({c: log[c].to_list() if c == "skills" else log[c].to_numpy() for c in log.columns})
    fit = fit_gaussian(frame, np.ones(len(frame.item), bool))

    def loss(forget: float, learn: float) -> float:
        p = np.clip(
            stream(frame, fit.difficulty, replace(fit.parameters, forget=forget, learn=learn)), 1e-9, 1.0 - 1e-9
        )
        return -float(np.where(frame.correct == 1, np.log(p), np.log1p(-p)).mean())

    best = {forget: min((loss(forget, learn), learn) for learn in LEARNS) for forget in FORGETS}
    print("growing: log loss " + ", ".join(f"{lost:.4f} at forget {forget}" for forget, (lost, _) in best.items()))
    found: GaussianParameters = replace(fit.parameters, forget=ASSUMED_FORGET, learn=best[ASSUMED_FORGET][1])
    start = -float(fit.difficulty[frame.item].mean())
    return {**asdict(found), "start": start, "items": float(fit.difficulty.std())}


def switching() -> dict[str, float]:
    """Known or not known, on the large log skill by skill; differences between learners on all; forgetting on the timed one."""
    runs = runs_of(table(LARGE), ENOUGH)
    skills = np.array([_one_skill(runs, skill) for skill in range(runs.skills)])
    low, middle, high = np.quantile(skills, (0.25, 0.5, 0.75), axis=0)
    spread = (high - low) / 1.349  # medians and quartiles: a few skills of which nearly nothing is learnt stand far out
    between = _between_learners(runs, skills)
    timed = runs_of(table(TIMED), ENOUGH // 2)
    half_life, growth = _forgetting(timed, np.array([_one_skill(timed, skill) for skill in range(timed.skills)]))
    names = ("known", "learns", "guess", "slip")
    return {
        **{name: float(value) for name, value in zip(names, middle, strict=True)},
        **{f"{name}_spread": float(value) for name, value in zip(names, spread, strict=True)},
        "learner_known": between[0],
        "learner_learns": between[1],
        "half_life": half_life,
        "growth": growth,
        "skills": float(runs.skills),
    }


def _one_skill(runs: Runs, skill: int) -> Floats:
    """Logits of known at first, learnt by one practice, guess and slip; guess and slip are held below a half."""
    rows = runs.only(skill)

    def loss(x: Floats) -> float:
        if max(x[2], x[3]) > 0.0:
            return 1e9
        away = 0.5 * float(((x - np.array([0.0, -2.0, -1.4, -2.2])) ** 2).sum()) / 1.5**2
        return away - float(loglik(rows, x[None], 0.0, 0.0, 1e9, 1.0).sum())

    return np.asarray(
        minimize(loss, np.array([0.0, -2.0, -1.4, -2.2]), method="Nelder-Mead", options={"maxfev": 300}).x
    )


def _between_learners(runs: Runs, skills: Floats) -> tuple[float, float]:
    """By how much a standard deviation of a learner's trait moves the logits of known and of learnt; quadrature of 9 nodes."""

    def loss(x: Floats) -> float:
        nodes = np.array(
            [sums_by_learner(runs, loglik(runs, skills, x[0] * z, x[1] * z, 1e9, 1.0)) for z in NODES.tolist()]
        )
        return -float(np.log((np.exp(nodes - nodes.max(0)) * WEIGHTS[:, None]).sum(0)).sum() + nodes.max(0).sum())

    found = minimize(loss, np.array([0.8, 0.2]), method="Nelder-Mead", options={"maxfev": 80, "xatol": 0.01})
    return abs(float(found.x[0])), abs(float(found.x[1]))


def _forgetting(runs: Runs, skills: Floats) -> tuple[float, float]:
    """Half-life in days of what is known, and by how much each practice on another day lengthens it."""

    def loss(x: Floats) -> float:
        return -float(loglik(runs, skills, 0.0, 0.0, float(np.exp(x[0])), 1.0 + float(np.exp(x[1]))).sum())

    found = minimize(loss, np.array([2.0, 0.0]), method="Nelder-Mead", options={"maxfev": 120})
    return float(np.exp(found.x[0])), 1.0 + float(np.exp(found.x[1]))


if __name__ == "__main__":
    for name, numbers in (("growing", growing()), ("switching", switching())):
        print(f"{name}: " + ", ".join(f"{key}={value:.4g}" for key, value in numbers.items()))
