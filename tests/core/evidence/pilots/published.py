"""Public studies with known answers (../shared/data/evidence), and how they are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

DATA = Path("../shared/data/evidence")
NEEDS_DATA = [pytest.mark.shared, pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/evidence is not here")]
GRADES = {"K": "k", "1": "1", "2": "2", "3": "3"}

Floats = NDArray[np.float64]


def expected() -> dict[str, Any]:
    """The figures to be reproduced."""
    return dict(json.loads((DATA / "expected.json").read_text()))


def read(name: str) -> pl.DataFrame:
    """One of the tables."""
    return pl.read_parquet(DATA / f"{name}.parquet")


def table(frame: pl.DataFrame) -> dict[str, Any]:
    """The columns as a study takes them."""
    return {
        c: frame[c].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        if frame[c].dtype.is_numeric()
        else frame[c].to_list()
        for c in frame.columns
    }


def codes(values: pl.Series) -> NDArray[np.int64]:
    """Numbers from 0 without gaps."""
    return np.asarray(values.cast(pl.String).rank("dense").to_numpy().astype(np.int64) - 1)


def same(found: float, wanted: float, digits: int = 3) -> bool:
    """Whether two figures agree to so many significant digits, as printed."""
    return bool(abs(found - wanted) <= 0.5001 * 10.0 ** (np.floor(np.log10(abs(wanted))) - digits + 1))


def star_percentiles(grade: str) -> tuple[pl.DataFrame, Floats]:
    """Learners of a STAR grade with an arm, and Krueger's score: the mean of the percentiles of reading and mathematics among
    regular classes (whichever a learner has)."""
    star = read("AER_STAR")
    arm = star[f"star{grade}"].to_numpy()
    regular = np.isin(arm, ["regular", "regular+aide"])
    parts = []
    for subject in ("read", "math"):
        score = star[f"{subject}{grade}"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        among = np.sort(score[regular & np.isfinite(score)])
        rank = (np.searchsorted(among, score, "left") + np.searchsorted(among, score, "right")) / (2.0 * len(among))
        parts.append(np.where(np.isfinite(score), 100.0 * rank, np.nan))
    there = np.isfinite(parts).any(axis=0) & np.array([a is not None for a in arm])
    mean = np.nansum(parts, axis=0)[there] / np.isfinite(parts).sum(axis=0)[there]
    return star.filter(pl.Series(there)), mean


def star_scores(grade: str) -> tuple[pl.DataFrame, Floats]:
    """Learners of a STAR grade with both scores, and their sum."""
    star = read("AER_STAR").drop_nulls([f"star{grade}", f"read{grade}", f"math{grade}"])
    return star, (star[f"read{grade}"] + star[f"math{grade}"]).cast(pl.Float64).to_numpy()
