"""Judgements as a table: one decision between two scripts a row.

| column | also called | meaning |
|---|---|---|
| winner | candidate_chosen, chosen | the script that was found better |
| loser | candidate_not_chosen, not_chosen | the other one |
| judge | judge_id, judge_name | who decided (may be absent) |
| left | | the script that stood on the left (may be absent) |
| seconds | time_taken, time | how long it took (may be absent or empty) |
| audit | | 1 if the pair was drawn at random to check the others, else 0 (may be absent) |
"""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
import polars as pl

from headway.core.measurement.judgement.comparisons import Comparisons, check
from headway.standards.errors import ImportProblem
from headway.standards.tables import names, numbers, pick, read_table

WANTED = {"winner": ("candidate_chosen", "chosen"), "loser": ("candidate_not_chosen", "not_chosen")}
OPTIONAL = {"judge": ("judge_id", "judge_name"), "left": (), "seconds": ("time_taken", "time"), "audit": ()}
TIES = frozenset({"tie", "draw", "equal", "both", "neither", "none", "="})


def read_judgements(source: BinaryIO, name: str) -> Comparisons:
    """Read and check decisions. Raises ImportProblem that names the row and says how to mend it."""
    frame = pick(read_table(source, name), WANTED, OPTIONAL, name)
    _refuse_ties(frame, name)
    winner, loser = names(frame, "winner", name), names(frame, "loser", name)
    scripts, both = _numbered(pl.concat([winner, loser]))
    who = names(frame, "judge", name) if "judge" in frame.columns else pl.Series(["judge"] * len(frame))
    judges, judge = _numbered(who)
    audit = numbers(frame, "audit", name) if "audit" in frame.columns else None
    found = Comparisons(
        scripts,
        judges,
        both[: len(frame)],
        both[len(frame) :],
        judge,
        _left(frame, winner, loser, name) if "left" in frame.columns else None,
        numbers(frame, "seconds", name, empty=True).to_numpy() if "seconds" in frame.columns else None,
        None if audit is None else audit.to_numpy() != 0.0,
    )
    try:
        check(found)
    except ValueError as error:
        raise ImportProblem(f"It cannot be used: {error}.", name, "Correct it or leave that row out.") from None
    return found


def _numbered(series: pl.Series) -> tuple[tuple[str, ...], np.typing.NDArray[np.int64]]:
    """Distinct names in order, and each row's number among them."""
    distinct = series.unique().sort()
    index = series.cast(pl.Enum(distinct)).to_physical().cast(pl.Int64).to_numpy()
    return tuple(distinct.to_list()), index


def _refuse_ties(frame: pl.DataFrame, name: str) -> None:
    for column in ("winner", "loser"):
        tied = frame[column].cast(pl.String).str.to_lowercase().is_in(list(TIES)).fill_null(value=False)
        if tied.any():
            row = int(tied.arg_true()[0]) + 1
            raise ImportProblem(
                f"Row {row} is a tie. A comparison has one winner here.", f"{name}, column {column}",
                "Leave ties out, or ask the judges to choose.",
            )  # fmt: skip


def _left(frame: pl.DataFrame, winner: pl.Series, loser: pl.Series, name: str) -> np.typing.NDArray[np.bool_]:
    left = names(frame, "left", name)
    wrong = (left != winner) & (left != loser)
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise ImportProblem(
            f"Row {row + 1} says that {left[row]!r} stood on the left, which is neither of its two scripts.",
            f"{name}, column left", "Name the winner or the loser.",
        )  # fmt: skip
    return (left == winner).to_numpy()
