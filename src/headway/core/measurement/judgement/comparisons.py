"""Decisions between two scripts, as arrays; and what makes a set of them unusable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_SCRIPTS = 6000
"""The errors of all scripts together need a square matrix; this many take about 0.3 GB."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Decisions of judges: row k says that script ``winner[k]`` beat ``loser[k]`` in the eyes of ``judge[k]``.

    The arrays hold indices into ``scripts`` and ``judges``. ``left`` says whether the winner stood on the left,
    ``seconds`` how long the decision took, ``audit`` whether the pair was drawn at random to check the others;
    each is None where it was not recorded. A decision of nan seconds has no known time.
    """

    scripts: tuple[str, ...]
    judges: tuple[str, ...]
    winner: Longs
    loser: Longs
    judge: Longs
    left: Flags | None = None
    seconds: Floats | None = None
    audit: Flags | None = None

    def __len__(self) -> int:
        return len(self.winner)

    def per_script(self) -> Longs:
        """How many decisions each script took part in."""
        n = len(self.scripts)
        return np.bincount(self.winner, minlength=n) + np.bincount(self.loser, minlength=n)

    def subset(self, rows: Flags) -> Comparisons:
        """The decisions of some rows, with all scripts and judges kept."""
        return Comparisons(
            self.scripts,
            self.judges,
            self.winner[rows],
            self.loser[rows],
            self.judge[rows],
            None if self.left is None else self.left[rows],
            None if self.seconds is None else self.seconds[rows],
            None if self.audit is None else self.audit[rows],
        )


def comparisons_of(
    winners: Sequence[str] | NDArray[Any],
    losers: Sequence[str] | NDArray[Any],
    judges: Sequence[str] | NDArray[Any] | None = None,
    *,
    left: Sequence[bool] | None = None,
    seconds: Sequence[float] | None = None,
    audit: Sequence[bool] | None = None,
) -> Comparisons:
    """Number the names and check the rows. Without ``judges`` all decisions are one judge's.

    Raises ValueError, naming the row (from 1), for columns of different length, no rows, a script compared with
    itself, a name that is empty, a negative time, or more scripts than ``MOST_SCRIPTS``.
    """
    count = len(winners)
    given = {"losers": losers, "judges": judges, "left": left, "seconds": seconds, "audit": audit}
    for name, column in given.items():
        if column is not None and len(column) != count:
            raise ValueError(f"{name} has {len(column)} rows and winners {count}; they must be as many")
    if not count:
        raise ValueError("there are no comparisons")
    names = np.concatenate([np.asarray(winners).astype(str), np.asarray(losers).astype(str)])
    scripts, index = np.unique(names, return_inverse=True)
    who, judge = np.unique(
        np.asarray(judges if judges is not None else ["judge"] * count).astype(str), return_inverse=True
    )
    if scripts[0] == "" or who[0] == "":
        column = (index == 0) if scripts[0] == "" else (judge == 0)
        raise ValueError(f"row {int(np.flatnonzero(column)[0]) % count + 1}: a script or judge has no name")
    found = Comparisons(
        tuple(scripts.tolist()),
        tuple(who.tolist()),
        index[:count].astype(np.int64),
        index[count:].astype(np.int64),
        judge.astype(np.int64),
        None if left is None else np.asarray(left, dtype=np.bool_),
        None if seconds is None else np.asarray(seconds, dtype=np.float64),
        None if audit is None else np.asarray(audit, dtype=np.bool_),
    )
    check(found)
    return found


def check(comparisons: Comparisons) -> None:
    """Raise ValueError for a script compared with itself, a negative time or too many scripts."""
    same = np.flatnonzero(comparisons.winner == comparisons.loser)
    if len(same):
        name = comparisons.scripts[int(comparisons.winner[same[0]])]
        raise ValueError(f"row {int(same[0]) + 1}: script {name!r} is compared with itself")
    if comparisons.seconds is not None:
        negative = np.flatnonzero(comparisons.seconds < 0)
        if len(negative):
            seconds = float(comparisons.seconds[negative[0]])
            raise ValueError(f"row {int(negative[0]) + 1}: a decision took {seconds:g} seconds; a time is not negative")
    if len(comparisons.scripts) > MOST_SCRIPTS:
        raise ValueError(
            f"{len(comparisons.scripts):,} scripts in one scale; at most {MOST_SCRIPTS:,} can be fitted together. "
            "Fit parts that share anchor scripts"
        )


def islands(comparisons: Comparisons) -> list[list[str]]:
    """The groups of scripts that are connected by comparisons, the largest first: one group if the scale is whole.

    Scores of scripts on different islands cannot be compared.
    """
    n = len(comparisons.scripts)
    graph = coo_array((np.ones(len(comparisons)), (comparisons.winner, comparisons.loser)), shape=(n, n))
    count, label = connected_components(graph, directed=False)
    groups = [[comparisons.scripts[k] for k in np.flatnonzero(label == g).tolist()] for g in range(count)]
    return sorted(groups, key=len, reverse=True)
