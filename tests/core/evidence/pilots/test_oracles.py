"""Two libraries that do the same thing give the same numbers.

statsmodels runs here. pyfixest would bring sixty packages, so its figures for this table are written down (0.60.0; with
``ssc(k_adj=False, G_adj=False)`` its CRV3 is ours times the root of G / (G - 1)).
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.multilevel import fit_levels
from headway.core.evidence.pilots.multiplicity import adjusted
from headway.core.evidence.pilots.power import Design, power
from headway.core.evidence.pilots.regression import regress

Made = tuple[Ints, Floats, Floats, Floats, Floats]


@pytest.fixture(scope="module")
def made() -> Made:
    """Cluster, treatment by cluster, treatment by learner, pretest and outcome of 428 learners in 24 classes."""
    rng = np.random.default_rng(2026)
    cluster = np.repeat(np.arange(24), rng.integers(5, 30, 24))
    count = len(cluster)
    t = (rng.permutation(24) < 12)[cluster].astype(np.float64)
    pre, by_learner = rng.normal(size=count), rng.integers(0, 2, count).astype(np.float64)
    y = 0.3 * t + 0.2 * by_learner + 0.5 * pre + 0.4 * rng.normal(size=24)[cluster] + rng.normal(size=count)
    return cluster, t, by_learner, pre, y


@pytest.fixture(scope="module")
def statsmodels() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("statsmodels.api", reason="statsmodels is not installed: make setup")


def test_ordinary_and_clustered_errors(made: Made, statsmodels: Any) -> None:
    cluster, t, _, pre, y = made
    model = statsmodels.OLS(y, np.column_stack([np.ones(len(y)), t, pre]))
    ours = regress({"t": t, "pre": pre}, y, cluster=cluster, kind="CR1")
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": cluster})
    assert ours.of("t")[:2] == pytest.approx((theirs.params[1], theirs.bse[1]), rel=1e-9)
    assert ours.constant == pytest.approx(theirs.params[0], rel=1e-9)
    robust = regress({"t": t, "pre": pre}, y, kind="CR1").of("t")[1]
    assert robust == pytest.approx(model.fit(cov_type="HC1").bse[1], rel=1e-9)
    jackknife = regress({"t": t, "pre": pre}, y, kind="CR3").of("t")[1]
    assert jackknife == pytest.approx(model.fit(cov_type="HC3").bse[1] * ((len(y) - 1) / len(y)) ** 0.5, rel=1e-9)


def test_random_intercepts(made: Made, statsmodels: Any) -> None:
    cluster, t, _, _, y = made
    wide = np.column_stack([np.ones(len(y)), t])
    for restricted in (True, False):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its search passes by a variance of 0
            theirs = statsmodels.MixedLM(y, wide, groups=cluster).fit(reml=restricted, method=["powell", "lbfgs"])
        ours = fit_levels(y, [cluster], {"t": t}, restricted=restricted)
        assert (ours.between[0], ours.residual) == pytest.approx((float(theirs.cov_re[0, 0]), theirs.scale), rel=2e-3)
        assert ours.coefficient["t"] == pytest.approx(theirs.fe_params[1], rel=1e-3)
        assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-3)


def test_many_tests_and_power(statsmodels: Any) -> None:
    p = np.random.default_rng(1).random(20) ** 2
    theirs = statsmodels.stats.multipletests(p, method="fdr_bh")[1]
    assert adjusted(p.tolist()) == pytest.approx(theirs.tolist(), rel=1e-9)
    for count, effect in ((40, 0.5), (200, 0.3), (1000, 0.1)):
        found = statsmodels.stats.tt_ind_solve_power(effect_size=effect, nobs1=count / 2, alpha=0.05)
        assert power(Design(count), effect) == pytest.approx(found, abs=1e-3)


def test_pyfixest(made: Made) -> None:
    cluster, t, by_learner, pre, y = made
    root = (24 / 23) ** 0.5
    plain = regress({"t": t, "pre": pre}, y, cluster=cluster, kind="CR3").of("t")
    assert (plain[0], plain[1] * root) == pytest.approx((0.544052704728187, 0.22774140807613918), rel=1e-9)
    blocks = regress({"t": t, "pre": pre}, y, cluster=cluster, block=cluster // 4, kind="CR3").of("t")
    assert (blocks[0], blocks[1] * root) == pytest.approx((0.5289743132794187, 0.21681906221094963), rel=1e-9)
    fixed = regress({"t": by_learner, "pre": pre}, y, cluster=cluster, block=cluster, kind="CR1").of("t")
    factor = (24 / 23 * (len(y) - 1) / (len(y) - 2)) ** 0.5
    assert (fixed[0], fixed[1] / factor) == pytest.approx((0.26491477691878473, 0.1116119430162038), rel=1e-9)
    assert regress({"t": t, "pre": pre}, y, cluster=cluster, kind="CR1").of("t")[1] == pytest.approx(
        0.20821381041245404, rel=1e-9
    )
