"""Shadow tests: before each item a whole test is put together that keeps every rule, contains what was given already, and
tells most about the taker; the next item is the best new one in it (van der Linden, "Linear Models for Optimal Test
Design", 2005). So no early choice can make the rules impossible later.

The integer program is solved by HiGHS. Items that cannot be in the best test are left out of it first: of items with
the same content only the most informative compete.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from headway.core.measurement.adaptive.design import NO_LIMIT, Rules
from headway.core.measurement.adaptive.pool import Ints, Marks, Pool
from headway.core.measurement.items import Floats

LIMIT = 200
"""Nodes of the search after which the best test found so far is taken, or the greedy choice when there is none. They are
counted, not timed: a busy machine chooses the same item. Nearly every search ends at its first node, in about 5 ms."""
WITHHELD = 10.0
"""A withheld item is in a shadow test only where the rules cannot be kept without it: it counts as this many of the
most informative item lost."""


def shadow_items(
    pool: Pool, rules: Rules, value: Floats, used: Marks, withheld: Marks, counts: Ints, left: int
) -> Ints | None:
    """Return the new items of the best test, best first; None when there is none within the limit.

    ``value`` float64 [J] is each item's information; ``used`` marks items given and their enemies; ``counts`` int32
    [D, C] is the content given; ``left`` places are to be filled.
    """
    worth = value - WITHHELD * float(value.max()) * withheld
    free = _candidates(pool, worth, used, 2 * left)
    if len(free) < left:
        return None
    matrix, low, high = _constraints(pool, rules, free, counts, left)
    found = milp(
        -worth[free],
        integrality=np.ones(len(free)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low, high),
        options={"node_limit": LIMIT, "mip_rel_gap": 1e-4},
    )
    if found.x is None:
        return None
    chosen = free[found.x > 0.5]
    return np.asarray(chosen[np.argsort(-worth[chosen], kind="stable")], dtype=np.int32)


def _candidates(pool: Pool, worth: Floats, used: Marks, most: int) -> Ints:
    """The ``most`` best items of each combination of categories, one of each group of enemies in it.

    At most ``left`` items come from a combination and at most as many are barred by enemies chosen elsewhere, so twice
    as many suffice for the optimum.
    """
    taken: dict[tuple[int, ...], int] = {}
    seen: set[tuple[int, ...]] = set()
    kept: list[int] = []
    columns = pool.content.T.tolist()
    groups = pool.group.tolist()
    for item in np.argsort(-worth, kind="stable").tolist():
        if used[item]:
            continue
        cell = tuple(columns[item])
        if taken.get(cell, 0) >= most or (groups[item] >= 0 and (*cell, groups[item]) in seen):
            continue
        taken[cell] = taken.get(cell, 0) + 1
        seen.add((*cell, groups[item]))
        kept.append(item)
    return np.array(kept, np.int32)


def _constraints(pool: Pool, rules: Rules, free: Ints, counts: Ints, left: int) -> tuple[csr_array, Floats, Floats]:
    rows = [np.ones(len(free))]
    low, high = [float(left)], [float(left)]
    for d in range(len(pool.dimensions)):
        for c in range(len(pool.categories[d])):
            least = max(int(rules.lower[d, c]) - int(counts[d, c]), 0)
            most = int(rules.upper[d, c]) - int(counts[d, c])
            if least > 0 or rules.upper[d, c] < NO_LIMIT:
                rows.append((pool.content[d, free] == c).astype(np.float64))
                low.append(float(least))
                high.append(float(most))
    groups = pool.group[free]
    for group in np.unique(groups[groups >= 0]).tolist():
        if int((groups == group).sum()) > 1:
            rows.append((groups == group).astype(np.float64))
            low.append(0.0)
            high.append(1.0)
    matrix = vstack([csr_array(row.reshape(1, -1)) for row in rows], format="csr")
    return csr_array(matrix), np.array(low), np.array(high)
