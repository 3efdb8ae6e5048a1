"""Growth percentiles among those who started alike."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from headway.core.measurement.growth.percentiles import fit_growth
from tests.standards.shared import SHARED, needs_shared


def cohort(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Spread grows with the start, as it often does."""
    rng = np.random.default_rng(seed)
    prior = rng.normal(500, 60, count)
    return prior, 520 + 0.8 * (prior - 500) + (30 + 0.1 * (prior - 320).clip(0)) * rng.normal(size=count)


def test_percentiles_are_even_wherever_one_starts() -> None:
    prior, now = cohort(4000, 1)
    norms = fit_growth(prior, now)
    fresh, later = cohort(4000, 2)
    found = norms.percentile(fresh, later)
    assert found.min() >= 1 and found.max() <= 99
    for low, high in ((300, 460), (460, 500), (500, 540), (540, 700)):
        here = found[(fresh >= low) & (fresh < high)]
        assert np.median(here) == pytest.approx(50, abs=5)
        assert (here <= 10).mean() == pytest.approx(0.10, abs=0.03)
    curves = norms.curves(np.array([420.0, 500.0, 580.0]))
    assert (np.diff(curves, axis=1) >= 0).all()
    assert np.diff(curves[:, [9, 89]], axis=1).ravel().tolist() == sorted(np.diff(curves[:, [9, 89]], axis=1).ravel())


def test_more_growth_is_a_higher_percentile_and_units_do_not_matter() -> None:
    prior, now = cohort(1000, 3)
    norms, scaled = fit_growth(prior, now), fit_growth(prior / 100 - 3, now * 7 + 1)
    some, ahead = np.full(9, 500.0), np.linspace(440, 600, 9)
    found = norms.percentile(some, ahead)
    assert (np.diff(found) >= 0).all() and found[-1] > 90 and found[0] < 10
    assert scaled.percentile(some / 100 - 3, ahead * 7 + 1) == pytest.approx(found, abs=1)
    span = norms.percentile_range(some, ahead, np.full(9, 10.0))
    assert (span[:, 0] <= found).all() and (found <= span[:, 1]).all()


@pytest.mark.parametrize(
    ("prior", "now", "message"),
    [
        (np.arange(10.0), np.arange(9.0), "as many"),
        (np.arange(50.0), np.arange(50.0), "at least 200"),
        (np.append(np.arange(299.0), np.nan), np.arange(300.0), "not a number"),
        (np.ones(300), np.arange(300.0), "hardly vary"),
    ],
)
def test_cohorts_that_cannot_be_fitted(prior: np.ndarray, now: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_growth(prior, now)


@needs_shared
@pytest.mark.shared
def test_a_real_cohort_has_even_percentiles() -> None:
    """Grade 4 to 5 mathematics in sgpData."""
    scores = pl.read_parquet(SHARED / "data" / "measurement" / "sgpData_LONG.parquet").filter(
        (pl.col("VALID_CASE") == "VALID_CASE") & (pl.col("CONTENT_AREA") == "MATHEMATICS")
    )
    before = scores.filter((pl.col("YEAR") == "2022_2023") & (pl.col("GRADE") == 4)).select("ID", before="SCALE_SCORE")
    after = scores.filter((pl.col("YEAR") == "2023_2024") & (pl.col("GRADE") == 5)).select("ID", after="SCALE_SCORE")
    both = before.join(after, on="ID").drop_nulls()
    prior, now = (both[name].cast(pl.Float64).to_numpy() for name in ("before", "after"))
    found = fit_growth(prior, now).percentile(prior, now)
    assert len(found) > 3000
    shares = np.histogram(found, bins=[1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 100])[0] / len(found)
    assert shares == pytest.approx(np.full(10, 0.1), abs=0.015)
    for fifth in np.array_split(np.argsort(prior), 5):
        assert np.median(found[fifth]) == pytest.approx(50, abs=6)
