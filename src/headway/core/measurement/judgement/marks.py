"""From a scale in logits to what a school reports: marks, levels, exemplars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from headway.core.measurement.judgement.comparisons import Floats


@dataclass(frozen=True, slots=True)
class MarkLine:
    """mark = ``intercept`` + ``slope`` x score; ``scatter``: standard deviation of the given marks about it."""

    intercept: float
    slope: float
    scatter: float
    scripts: int

    def marks(self, score: Floats, error: Floats) -> tuple[Floats, Floats]:
        """Marks and their standard errors."""
        return self.intercept + self.slope * score, abs(self.slope) * error


def mark_line(score: Floats, error: Floats, marks: Mapping[int, float]) -> MarkLine:
    """Set the scale by scripts whose marks are known (index -> mark): a line with equal mean and spread.

    The spread of the scores is taken without their error, so that marks are not pulled to the middle. Raises
    ValueError for fewer than three marked scripts, for marks that are all alike, or when higher marks went to lower
    scores.
    """
    if len(marks) < 3:
        raise ValueError(f"{len(marks)} scripts have a mark; at least three are needed to set a scale")
    rows = np.fromiter(marks, np.int64)
    y, x = np.array([marks[int(k)] for k in rows]), score[rows]
    if y.std() == 0 or x.std() == 0:
        raise ValueError("the marked scripts are all alike; mark some stronger and some weaker ones")
    if float(np.corrcoef(x, y)[0, 1]) <= 0:
        raise ValueError("higher marks went to scripts that the judges put lower; check the marks")
    true = max(float(x.var(ddof=1) - (error[rows] ** 2).mean()), 0.25 * float(x.var(ddof=1)))
    slope = float(y.std(ddof=1) / np.sqrt(true))
    line = float(y.mean() - slope * x.mean())
    return MarkLine(line, slope, float((y - line - slope * x).std(ddof=1)), len(rows))


def cuts_from_exemplars(score: Floats, error: Floats, levels: Mapping[int, int]) -> Floats:
    """Cut scores between neighbouring levels from scripts whose level is agreed (index -> level 0, 1, 2 ...).

    A cut is where as much doubt remains on one side as on the other: the precision-weighted middle between the nearest
    halves of the two levels. Returns float64 [highest level]. Raises ValueError if a level has no script, or if a
    higher level lies below a lower one.
    """
    if not levels:
        raise ValueError("no script has a level; name at least one for each level")
    top = max(levels.values())
    groups = [np.array([k for k, level in levels.items() if level == one], np.int64) for one in range(top + 1)]
    empty = [str(one) for one, group in enumerate(groups) if not len(group)]
    if empty:
        raise ValueError(f"no script stands for level {', '.join(empty)}; name at least one")
    cuts = []
    for low, high in pairwise(groups):
        under, over = np.sort(score[low])[len(low) // 2 :], np.sort(score[high])[: (len(high) + 1) // 2]
        w_under, w_over = 1.0 / float((error[low] ** 2).mean()), 1.0 / float((error[high] ** 2).mean())
        cuts.append((under.mean() * w_under + over.mean() * w_over) / (w_under + w_over))
        if over.mean() <= under.mean():
            raise ValueError("scripts of a higher level lie below those of a lower one; check which level each has")
    found = np.array(cuts)
    if (np.diff(found) <= 0).any():
        raise ValueError("the cuts between the levels are not in order; name clearer scripts for the levels")
    return found


def level_chances(score: Floats, error: Floats, cuts: Sequence[float] | Floats) -> NDArray[np.float64]:
    """Probability of each level for each script, [scripts, levels]; each row sums to 1."""
    edges = np.asarray(cuts, dtype=np.float64)
    below = ndtr((edges[None, :] - score[:, None]) / error[:, None])
    padded = np.hstack([np.zeros((len(score), 1)), below, np.ones((len(score), 1))])
    return np.diff(padded, axis=1)


def exemplars(score: Floats, error: Floats, count: int = 5) -> list[int]:
    """Scripts that show the range: spread evenly from the strongest to the weakest, each the surest near its place."""
    if count < 2 or len(score) < count:
        return [int(k) for k in np.argsort(-score)]
    order = np.argsort(-score)
    places = np.linspace(0, len(order) - 1, count).round().astype(int)
    reach = max((len(order) - 1) // (3 * (count - 1)), 0)
    chosen: list[int] = []
    for place in places.tolist():
        near = [int(k) for k in order[max(place - reach, 0) : place + reach + 1] if int(k) not in chosen]
        chosen.append(min(near, key=lambda k: float(error[k])))
    return chosen
