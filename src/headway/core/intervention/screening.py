"""Screening: what a score means at a time of year, and how likely a learner is below a cut score.

Scores are abilities in logits on the one scale. A district sets its own cut scores; the defaults are a start, made from the
scale's own assumption: the middle learner of a grade is at the grade's middle item in winter, grades lie 0.6 logits
apart, and learners of a grade spread with a standard deviation of 1 logit.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from headway.core.curriculum.catalogue import GRADE_STEP, grade_level
from headway.core.text import T, Text

SEASONS = ("fall", "winter", "spring")
SEASON_STEP = 0.2
"""Logits between two seasons; a summer counts as one, so that a year makes a grade."""
SPREAD = 1.0
HIGH_PERCENTILE, SOME_PERCENTILE = 15.0, 35.0
"""Defaults: below the 15th percentile of the assumed norm is high risk, below the 35th some risk. Conventions of practice,
to be replaced by cut scores that predict the district's own outcomes (see ``screening_accuracy``)."""
RISKS = ("high", "some", "low")

SEASON_NAMES: dict[str, Text] = {"fall": T("Fall"), "winter": T("Winter"), "spring": T("Spring")}
RISK_NAMES: dict[str, Text] = {"high": T("High risk"), "some": T("Some risk"), "low": T("Low risk")}


@dataclass(frozen=True, slots=True)
class CutScores:
    """Below ``high`` logits a learner is at high risk, below ``some`` at some risk. Raises ValueError out of order."""

    high: float
    some: float

    def __post_init__(self) -> None:
        if not -20.0 < self.high <= self.some < 20.0:
            raise ValueError(f"cut scores {self.high} and {self.some}: give the one for high risk first, in logits")


@dataclass(frozen=True, slots=True)
class Risk:
    """``level`` is one of ``RISKS``; ``below`` and ``below_some`` are the chances that the true ability lies below the cut
    for high risk and below the one for some risk; ``sure`` says that both are clear (at most 0.2 or at least 0.8)."""

    level: str
    below: float
    below_some: float

    @property
    def sure(self) -> bool:
        """Whether another measurement would hardly change the level."""
        return all(chance <= 0.2 or chance >= 0.8 for chance in (self.below, self.below_some))


def expected(grade: str, season: str) -> float:
    """Return the assumed middle ability of a grade in a season, in logits. Raises ValueError for unknown ones."""
    if season not in SEASONS:
        raise ValueError(f"unknown season {season!r}: use {', '.join(SEASONS)}")
    return GRADE_STEP * grade_level(grade) + SEASON_STEP * (SEASONS.index(season) - 1)


def default_cuts(grade: str, season: str) -> CutScores:
    """Return the cut scores to begin with."""
    norm = NormalDist(expected(grade, season), SPREAD)
    return CutScores(norm.inv_cdf(HIGH_PERCENTILE / 100.0), norm.inv_cdf(SOME_PERCENTILE / 100.0))


def percentile(score: float, grade: str, season: str) -> float:
    """Return the share (1 to 99) of the assumed norm that scores lower."""
    share = 100.0 * NormalDist(expected(grade, season), SPREAD).cdf(score)
    return min(max(share, 1.0), 99.0)


def risk_of(score: float, se: float, cuts: CutScores) -> Risk:
    """Return the risk of a score with its standard error, both in logits. The level goes by the score itself."""
    belief = NormalDist(score, max(se, 1e-9))
    level = "high" if score < cuts.high else "some" if score < cuts.some else "low"
    return Risk(level, belief.cdf(cuts.high), belief.cdf(cuts.some))
