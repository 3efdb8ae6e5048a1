"""Studies made for tests: a school district with a planted effect."""

from __future__ import annotations

from typing import Any

import numpy as np

from headway.core.evidence.pilots.analyse import Judged, analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.plan import check, freeze
from headway.core.evidence.pilots.study import Roles, study_of

SCHOOL_ROLES: dict[str, Any] = {"unit": "school", "cluster": "school", "site": "school", "pretest": "pre"}


def district(
    *, schools: int = 24, size: int = 30, effect: float = 0.4, seed: int = 1, unit: str = "school"
) -> dict[str, Any]:
    """A table of learners in schools; a half of the schools (or of the learners) has the treatment."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools), size)
    count = len(school)
    if unit == "school":
        treated = (rng.permutation(schools) < schools // 2)[school]
    else:
        treated = rng.permutation(count) < count // 2
    pre = rng.normal(size=count) + 0.3 * rng.normal(size=schools)[school]
    post = 0.6 * pre + effect * treated + 0.2 * rng.normal(size=schools)[school] + 0.7 * rng.normal(size=count)
    return {
        "learner": [f"L{k}" for k in range(count)], "school": [f"S{k:02}" for k in school],
        "arm": ["new" if t else "old" for t in treated], "pre": pre, "post": post,
        "sex": ["f" if k % 2 else "m" for k in range(count)],
    }  # fmt: skip


def judge(table: dict[str, Any], plan: dict[str, Any] | None = None, **roles: Any) -> Judged:
    """Analyse ``post``; ``plan`` is a frozen one."""
    study = study_of(table, Roles(("post",), "arm", "old", learner="learner", **roles))
    checked = None
    if plan is not None:
        key = "learner" if study.roles.unit == "learner" else "school"
        checked = check(plan, {}, dict(zip(table[key], table["arm"], strict=True)))
    return analyse(study, Settings(), checked=checked, rationale=True).judged[0]


def frozen(table: dict[str, Any], key: str) -> dict[str, Any]:
    """A plan that dealt the arms which the table has."""
    return freeze({"allocation": dict(zip(table[key], table["arm"], strict=True))})
