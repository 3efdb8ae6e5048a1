"""Who decides unlike the others, leans to one side, favours their own, or clicks through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.measurement.judgement.judges import favour, fit_judges, script_misfit
from headway.core.measurement.judgement.scale import fit_scale
from tests.core.measurement.judgement.sessions import random_session


def test_a_coin_among_judges_is_found() -> None:
    session, _ = random_session(80, 60, 2.0, seed=1, judges=12, careless=1)
    fit = fit_scale(session).judges
    assert np.flatnonzero(fit.misfit).tolist() == [0]
    assert fit.infit[0] > 1.3 and fit.infit_z[0] > 4
    assert abs(fit.consistency[0]) < 0.3 < 0.8 < fit.consistency[1:].min()
    assert fit.agreement[0] < fit.agreement[1:].min()
    assert fit.decisions.sum() == len(session)


def test_careful_judges_are_left_in_peace() -> None:
    fit = fit_scale(random_session(100, 40, 1.5, seed=2, judges=15)[0]).judges
    assert not fit.misfit.any()
    assert fit.infit.mean() == pytest.approx(1.0, abs=0.1)
    assert (np.abs(fit.infit_z) < 3.5).all()
    assert np.isnan(fit.seconds).all() and not fit.hasty.any()


def test_a_lean_to_the_left_is_measured() -> None:
    session, truth = random_session(60, 120, 1.0, seed=3, judges=4, left=0.5)
    fit = fit_judges(session, truth)
    assert fit.left_bias == pytest.approx([0.5] * 4, abs=0.25)
    assert (np.abs(fit.left_bias - 0.5) < 3.5 * fit.left_error).all()


def test_favouring_the_own_class_is_measured() -> None:
    session, truth = random_session(60, 100, 1.0, seed=4, judges=6)
    classes, homes = np.arange(60) % 3, np.arange(6) % 3
    fair, error = favour(session, truth, homes, classes)
    assert abs(fair) < 3 * error
    rng = np.random.default_rng(0)
    swap = (classes[session.loser] == homes[session.judge]) & (classes[session.winner] != homes[session.judge])
    swap &= rng.random(len(session)) < 0.5
    biased = replace(
        session,
        winner=np.where(swap, session.loser, session.winner),
        loser=np.where(swap, session.winner, session.loser),
    )
    found, error = favour(biased, truth, homes, classes)
    assert found > 5 * error
    assert favour(biased, truth, np.full(6, -1), classes)[0] == pytest.approx(0.0)


def test_speed_is_the_median_and_haste_is_named() -> None:
    session, truth = random_session(20, 30, 1.0, seed=5, judges=3)
    seconds = np.where(session.judge == 0, 2.0, 20.0 + session.judge)
    seconds[0] = np.nan
    fit = fit_judges(replace(session, seconds=seconds), truth)
    assert fit.seconds.tolist() == [2.0, 21.0, 22.0]
    assert fit.hasty.tolist() == [True, False, False]


def test_a_script_that_divides_the_judges_stands_out() -> None:
    session, truth = random_session(50, 60, 2.0, seed=6)
    rng = np.random.default_rng(1)
    involved = (session.winner == 7) | (session.loser == 7)
    swap = involved & (rng.random(len(session)) < 0.5)
    divided = replace(
        session,
        winner=np.where(swap, session.loser, session.winner),
        loser=np.where(swap, session.winner, session.loser),
    )
    assert int(np.argmax(script_misfit(divided, truth))) == 7
