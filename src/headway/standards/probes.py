"""Probes as a table: one measurement of one learner a row.

| column | also called | meaning |
|---|---|---|
| learner | student, id, case | whose it is |
| week | session, time | weeks since some start; part weeks may be used |
| value | score, wcpm | what was measured |
| error | sem, see | its standard error (may be absent, then one is given for all) |
| phase | | A before and B during an intervention (may be absent) |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headway.standards.errors import ImportProblem
from headway.standards.tables import names, numbers, pick, read_table

WANTED = {"learner": ("student", "id", "case"), "week": ("session", "time"), "value": ("score", "wcpm")}
OPTIONAL = {"error": ("sem", "see"), "phase": ()}


LAST_WEEK, MOST = 2_080, 1e6
"""Beyond these a number is a slip; one of them would outweigh all others."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The probes of one learner by time; ``error`` is None where the table has none, ``start`` the week in which
    phase B begins, or None."""

    learner: str
    week: NDArray[np.float64]
    value: NDArray[np.float64]
    error: NDArray[np.float64] | None
    start: float | None


def read_probes(source: BinaryIO, name: str) -> list[Series]:
    """Read and check probes, grouped by learner in order of name and sorted by week. Raises ImportProblem."""
    raw = pick(read_table(source, name), WANTED, OPTIONAL, name)
    columns = {"learner": names(raw, "learner", name)}
    for column in ("week", "value", *(["error"] if "error" in raw.columns else [])):
        columns[column] = numbers(raw, column, name)
    if "phase" in raw.columns:
        columns["phase"] = names(raw, "phase", name).str.to_uppercase()
    frame = pl.DataFrame(columns).with_row_index("row", offset=1)
    _refuse(frame, (pl.col("week") < 0), name, "week", "is below 0", "Count weeks from the first probe up.")
    _refuse(
        frame, pl.col("week") > LAST_WEEK, name, "week", "is more than forty years", "Count weeks from the first probe."
    )
    far = pl.col("value").abs() > MOST
    _refuse(frame, far, name, "value", "is no score of a probe", "Correct it or leave the row out.")
    if "error" in frame.columns:
        _refuse(
            frame, pl.col("error") > MOST, name, "error", "is no error of a probe", "Correct it or leave the row out."
        )
        _refuse(frame, pl.col("error") <= 0, name, "error", "is not above 0", "Give the standard error of the measure.")
    frame = frame.sort("learner", "week", "row")
    found = []
    for (learner,), rows in frame.group_by("learner", maintain_order=True):
        start = None
        if "phase" in frame.columns:
            start = _start(rows, str(learner), name)
        error = rows["error"].to_numpy() if "error" in frame.columns else None
        found.append(Series(str(learner), rows["week"].to_numpy(), rows["value"].to_numpy(), error, start))
    return found


def _refuse(frame: pl.DataFrame, wrong: pl.Expr, name: str, column: str, what: str, how: str) -> None:
    bad = frame.filter(wrong)
    if len(bad):
        row = bad.row(0, named=True)
        raise ImportProblem(f"The value in row {row['row']}, {row[column]:g}, {what}.", f"{name}, column {column}", how)


def _start(rows: pl.DataFrame, learner: str, name: str) -> float | None:
    """The week of the first B. Only A then B is read; a series with another phase has no one start."""
    phases = rows["phase"].to_list()
    unknown = sorted(set(phases) - {"A", "B"})
    if unknown:
        raise ImportProblem(
            f"Learner {learner} has a phase {unknown[0]!r}.", f"{name}, column phase",
            "Name the phases A (before) and B (intervention), and give later phases a file of their own.",
        )  # fmt: skip
    if "B" not in phases or "A" not in phases:
        return None
    if "A" in phases[phases.index("B") :]:
        raise ImportProblem(
            f"Learner {learner} returns from phase B to A.",
            f"{name}, column phase",
            "Give one change from A to B a learner.",
        )
    return float(rows["week"][phases.index("B")])
