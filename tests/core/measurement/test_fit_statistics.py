"""Fit of items and persons, and differences between groups: silent under the model, and not when it is broken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.measurement.calibration.calibrate import Calibration, calibrate
from headway.core.measurement.dif import differential_functioning
from headway.core.measurement.fit_statistics import MISFIT_RMSD, UNUSUAL, fit_of, item_fit, person_fit
from headway.core.measurement.items import Floats
from tests.core.measurement.simulated import answers, bank_of


def calibrated(shift: float, seed: int, model: str = "2pl", points: int = 1) -> Calibration:
    """Two groups, the second lower by half a logit; its first three items harder by ``shift``."""
    bank = bank_of(20, 11, model, points)
    rng = np.random.default_rng(seed)
    member = np.arange(2400) % 2
    ability: Floats = rng.normal(size=2400) - 0.5 * member
    b = bank.b.copy()
    b[:3] += shift
    plain, moved = answers(bank, ability, seed), answers(replace(bank, b=b), ability, seed)
    score = np.where(member[plain.person] == 1, moved.score, plain.score)
    data = replace(plain, score=score, group=member, groups=("English", "Spanish"))
    return calibrate(data, model="gpcm" if model == "pcm" else model)


@pytest.mark.parametrize(("model", "points"), [("2pl", 1), ("grm", 2), ("pcm", 2), ("3pl", 1)])
def test_under_the_model_nothing_is_found(model: str, points: int) -> None:
    bank = bank_of(24, 2, model, points)
    data = answers(bank, np.random.default_rng(2).normal(size=1500), 2, missing=0.2)
    fit, persons = item_fit(bank, data), person_fit(bank, data)
    assert fit.infit.mean() == pytest.approx(1.0, abs=0.02)
    assert fit.outfit.mean() == pytest.approx(1.0, abs=0.05)
    assert fit.rmsd.max() < 0.05
    assert persons.mean() == pytest.approx(0.0, abs=0.15)
    assert persons.std() == pytest.approx(1.0, abs=0.12)
    assert (persons < UNUSUAL).mean() < 0.025


def test_a_broken_item_and_random_persons_stand_out() -> None:
    data = answers(bank_of(24, 2), np.random.default_rng(2).normal(size=1500), 2)
    rng = np.random.default_rng(3)
    noise = (data.person < 150) | (data.item == 5)
    data = replace(data, score=np.where(noise, rng.integers(0, 2, len(data.score)), data.score).astype(np.int16))
    bank = bank_of(24, 2)
    fit, persons = item_fit(bank, data), person_fit(bank, data)
    assert fit.rmsd[5] > MISFIT_RMSD
    assert np.delete(fit.rmsd, 5).max() < MISFIT_RMSD
    assert fit.outfit[5] == fit.outfit.max()
    assert (persons[:150] < UNUSUAL).mean() > 0.5 > 0.1 > (persons[150:] < UNUSUAL).mean()


def test_a_calibration_knows_its_fit() -> None:
    fit, persons = fit_of(calibrated(0.0, 1))
    assert len(fit.rmsd) == 20
    assert persons.shape == (2400,)


@pytest.mark.parametrize(("model", "points"), [("2pl", 1), ("grm", 2), ("pcm", 2)])
def test_items_that_work_differently_are_named_in_words(model: str, points: int) -> None:
    rows = differential_functioning(calibrated(0.9, 3, model, points))
    assert [row.item for row in rows] == [f"i{n}" for n in range(20)]
    named = {row.item for row in rows if row.size in ("moderate", "large")}
    assert {"i0", "i1", "i2"} <= named
    assert len(named) <= 4  # one in twenty of those named may be wrong
    for row in rows[:3]:
        assert row.difference == pytest.approx(0.9, abs=3.5 * row.se)
        assert row.p < 0.001
        assert row.effect < -0.04
        assert str(row.words).startswith("Harder for Spanish than for English of the same ability: about")


def test_equal_items_are_seldom_accused() -> None:
    accused = [row.size != "none" for seed in range(3) for row in differential_functioning(calibrated(0.0, seed))]
    assert np.mean(accused) < 0.05


def test_one_group_has_nothing_to_differ_from() -> None:
    data = answers(bank_of(8, 2), np.random.default_rng(2).normal(size=300), 2)
    with pytest.raises(ValueError, match="two groups"):
        differential_functioning(calibrate(data))
