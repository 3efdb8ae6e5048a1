"""Where ability is summed over: equally spaced nodes, as dense as the sharpest posterior needs.

The sum over equally spaced nodes is off by about exp(-2 (pi sd / gap)^2) of a normal posterior with standard deviation
sd: 0.4 % of a person's likelihood at a gap of 1.9 sd, a millionth at 1.2 sd. So the number of nodes grows with the
length of the test, from one every 0.3 logits on; a fixed number breaks long tests silently. A curve of slope a adds an
error of about exp(-2 pi^2 / (a gap)); where slopes are steep there is a node every 0.2 logits.
"""

from __future__ import annotations

import numpy as np

from headway.core.measurement.calibration.expectation import Population
from headway.core.measurement.items import Floats

WIDEST_GAP, MOST = 0.3, 1201
STEEP, STEEP_GAP = 3.0, 0.2
"""The slope from which on the nodes are at most so far apart: the error above is then below a hundred-thousandth."""
GAP = 1.2
"""Distance of nodes in standard deviations of the sharpest posterior."""
REACH = 4.5
"""The nodes reach this many standard deviations from every group's mean: 7 learners in a million lie beyond. Further
out there is nothing to learn, and denser nodes inside serve more."""
WIDE = 7.0
"""Where the nodes reach at first when means or spreads of groups are to be found: cut off, they are found wrong."""


def nodes_for(sharpest: float, reach: float = REACH, steepest: float = 1.0) -> Floats:
    """Return the nodes [Q] on -reach to reach for posteriors down to a standard deviation of ``sharpest`` logits and for
    slopes up to ``steepest``. Q is odd, so that 0 is a node."""
    gap = min(WIDEST_GAP if steepest <= STEEP else STEEP_GAP, GAP * max(sharpest, 1e-3))
    wanted = int(min(np.ceil(2.0 * reach / gap) + 1, MOST))
    return np.linspace(-reach, reach, wanted + 1 - wanted % 2)


def guessed_sharpness(answered: int) -> float:
    """Return the posterior sd in logits to expect after this many items: information of 0.2 an item on top of 1."""
    return float(1.0 / np.sqrt(1.0 + 0.2 * answered))


def reach_of(population: Population) -> float:
    """Return how far the nodes must reach for these groups, in logits."""
    far = float(np.max(np.abs(population.mean) + REACH * population.sd))
    return max(REACH, float(np.ceil(far - 1e-6)))


def good_enough(nodes: Floats, sharpest: float, population: Population, steepest: float = 1.0) -> bool:
    """Whether the nodes are dense and wide enough for what was found, with a quarter in hand."""
    gap, reach = float(nodes[1] - nodes[0]), float(nodes[-1])
    far = float(np.max(np.abs(population.mean) + 0.9 * REACH * population.sd))
    needed = min(1.25 * GAP * sharpest, STEEP_GAP + 1e-6 if steepest > STEEP else np.inf)
    return (gap <= needed or len(nodes) >= MOST) and far <= reach
