"""A million learners with twelve covariates in 5,000 schools: cost of a cluster-robust regression, beside statsmodels.

Processor time of one thread (set OPENBLAS_NUM_THREADS=1), and memory over the data; the floor is half a second and 200 MB. And a
whole analysis of 100,000 learners, which may take three seconds.
"""

from __future__ import annotations

import resource
import time
import warnings
from typing import Any

import numpy as np

from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.regression import regress
from headway.core.evidence.pilots.study import Roles, study_of

ROWS, SCHOOLS, COVARIATES = 1_000_000, 5_000, 12


def peak() -> float:
    """Most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def million() -> None:
    """Our regression first, or its memory would hide under the other's."""
    rng = np.random.default_rng(0)
    columns = {f"x{k}": rng.normal(size=ROWS) for k in range(COVARIATES)}
    school = rng.integers(0, SCHOOLS, ROWS)
    y = 0.1 * columns["x0"] + 0.4 * rng.normal(size=SCHOOLS)[school] + rng.normal(size=ROWS)
    regress({k: v[:400] for k, v in columns.items()}, y[:400], cluster=np.arange(400) // 4)  # compiles
    before, began = peak(), time.process_time()
    fit = regress(columns, y, cluster=school)
    spent = time.process_time() - began
    estimate, error, free = fit.of("x0")
    print(f"headway: {spent:.2f} CPU s, {peak() - before:.0f} MB more; x0 {estimate:.6f} ({error:.6f}), {free:.0f} df")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import statsmodels.api as sm
    except ImportError:
        print("statsmodels is not installed: make setup")
        return
    before, began = peak(), time.process_time()
    theirs = sm.OLS(y, sm.add_constant(np.column_stack(list(columns.values())))).fit(
        cov_type="cluster", cov_kwds={"groups": school}
    )
    spent = time.process_time() - began
    print(
        f"statsmodels: {spent:.2f} CPU s, {peak() - before:.0f} MB more; x0 {theirs.params[1]:.6f} ({theirs.bse[1]:.6f})"
    )


def pilot() -> None:
    """A hundred thousand learners in 500 schools, from table to verdict."""
    rng = np.random.default_rng(1)
    count = 100_000
    school = rng.integers(0, 500, count)
    new = (rng.permutation(500) < 250)[school]
    pre = rng.normal(size=count)
    table: dict[str, Any] = {
        "learner": np.arange(count, dtype=np.float64), "school": school.astype(np.float64),
        "arm": ["new" if t else "old" for t in new], "pre": pre, "sex": ["f" if k % 2 else "m" for k in range(count)],
        "post": 0.6 * pre + 0.1 * new + 0.2 * rng.normal(size=500)[school] + 0.7 * rng.normal(size=count),
    }  # fmt: skip
    roles = Roles(
        ("post",), "arm", "old", "learner", "school", "school", pretest="pre", subgroups=("sex",), site="school"
    )
    began = time.process_time()
    found = analyse(study_of(table, roles), Settings()).judged[0]
    print(f"100,000 learners: {time.process_time() - began:.2f} CPU s; {' '.join(map(str, found.verdict.sentences))}")


if __name__ == "__main__":
    million()
    pilot()
