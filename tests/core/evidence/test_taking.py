"""Courses with learners from fitted generators: practice teaches, time takes, luck is the same under every policy."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.baselines import BASELINES, BktSequence, FixedSequence
from headway.core.evidence.course import GENERATORS, Course, Terms, course_of, minds_of
from headway.core.evidence.taking import take
from headway.core.evidence.term import FIRST_DAY
from headway.core.mastery.kernels import DAY
from headway.core.path.policies import POLICIES
from headway.standards.graph import shipped_graph

FEW_DAYS = Terms(budget=2, days=2)


def course(grade: str = "5") -> Course:
    return course_of(shipped_graph(), generated_activities(), grade)


def test_a_course_has_its_grade_with_all_that_it_builds_on() -> None:
    found = course()
    levels = found.curriculum.level
    assert set(levels[found.goal]) == {5}
    assert {3, 4, 5} == set(levels.tolist())
    assert (np.diff(found.curriculum.skill_activities_at) > 0).all()
    with pytest.raises(ValueError, match="no skill of grade K has activities"):
        course("K")


@pytest.mark.parametrize("generator", GENERATORS)
def test_practice_teaches_and_time_takes(generator: str) -> None:
    found = course()
    minds = minds_of(generator, found, 60, np.random.default_rng(1), np.random.default_rng(2))
    rng, skill = np.random.default_rng(3), int(found.goal[3])
    item = int(np.flatnonzero(found.curriculum.item_skills == skill)[0])
    now = np.full(60, FIRST_DAY)
    before = minds.held(now)[:, skill].mean(), np.mean([minds.chance(n, item, FIRST_DAY) for n in range(60)])
    for n in range(60):
        for _ in range(30):
            minds.practise(n, item, True, FIRST_DAY + 60.0, float(rng.random()), float(rng.random()))
    after = (
        minds.held(now + 120.0)[:, skill].mean(),
        np.mean([minds.chance(n, item, FIRST_DAY + 120.0) for n in range(60)]),
    )
    assert after[0] > before[0] + 0.15
    assert after[1] > before[1] + 0.05
    assert minds.held(now + 400 * DAY)[:, skill].mean() < after[0] - 0.05


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_same_seed_gives_the_same_course_and_another_policy_the_same_learners(generator: str) -> None:
    one, two = (take(course(), generator, POLICIES["frontier-2"], 3, 5, FEW_DAYS) for _ in range(2))
    assert (one.activities.tolist(), one.held.tolist(), one.right) == (
        two.activities.tolist(),
        two.held.tolist(),
        two.right,
    )
    other = take(course(), generator, FixedSequence(), 3, 5, FEW_DAYS)
    assert other.prior.tolist() == one.prior.tolist()


@pytest.mark.parametrize(
    "policy",
    [*BASELINES.values(), *(POLICIES[name] for name in ("frontier-2", "frontier-6"))],
    ids=lambda policy: policy.name,
)
def test_every_policy_gets_through_some_days(policy: object) -> None:
    run = take(course(), "switching", policy, 3, 7, FEW_DAYS, keep=True)  # type: ignore[arg-type]
    assert all(sum(a.probability for a in d.alternatives) == pytest.approx(1.0) for d in run.decisions)
    assert {d.policy for d in run.decisions} <= {policy.name, "frontier-1"}  # type: ignore[attr-defined]
    assert run.right[0] > 60


def test_frontiers_mix_and_a_fixed_sequence_does_not() -> None:
    mixed = take(course(), "growing", POLICIES["frontier-6"], 4, 1, FEW_DAYS).changes
    massed = take(course(), "growing", FixedSequence(each=10), 4, 1, FEW_DAYS).changes
    assert mixed[1] / mixed[0] >= 0.6
    assert massed[1] / massed[0] < 0.2


def test_knowledge_tracing_moves_with_the_answers() -> None:
    row = np.zeros(1, [("n", "u2"), ("pattern", "u1")])
    bkt, seen = BktSequence(), []
    for n, pattern in ((3, 0b000), (3, 0b001), (3, 0b111)):
        row[0] = (n, pattern)
        seen.append(bkt.known(row[0]))
    assert seen == sorted(seen)
    assert seen[0] < 0.5 < seen[2]
