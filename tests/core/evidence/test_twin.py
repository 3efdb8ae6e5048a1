"""A synthetic twin agrees with its data on simple statistics, and has nobody of them in it."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.evidence.reports.twin import Columns, draw, learn


def made(count: int = 120, each: int = 60) -> tuple[Columns, Columns, Columns]:
    """Learners of two groups; one skill is hard, and one is practised by three learners only."""
    rng = np.random.default_rng(3)
    who = np.repeat(np.arange(count), each)
    skill = rng.choice(np.array(["a", "b", "hard"]), len(who))
    skill[who < 3] = "secret"
    logit = np.where(skill == "hard", -1.0, 1.0) + rng.normal(0.0, 0.8, count)[who]
    correct = rng.random(len(who)) < 1.0 / (1.0 + np.exp(-logit))
    answers = {
        "who": who, "skill": skill, "correct": correct, "day": rng.integers(0, 40, len(who)),
        "attempt": np.where(correct, 1, rng.integers(1, 3, len(who))), "hints": rng.integers(0, 2, len(who)),
        "seconds": np.round(np.exp(rng.normal(3.0, 0.5, len(who)))).astype(np.int64) + 1,
    }  # fmt: skip
    of = np.repeat(np.arange(count), 2)
    mastery = {
        "who": of,
        "entry": np.where(np.arange(len(of)) % 2 == 0, "a", "b"),
        "probability": np.full(len(of), 0.97),
    }
    return {"who": np.arange(count), "group": np.where(np.arange(count) % 3 == 0, "es", "en")}, answers, mastery


def test_simple_statistics_agree() -> None:
    learners, answers, mastery = made()
    drawn = draw(learn(learners, answers, mastery, k=10), 2000, np.random.default_rng(4))
    own, twin = answers["skill"] != "secret", drawn[1]
    for skill in ("a", "b", "hard"):
        real = answers["correct"][(answers["skill"] == skill) & (answers["attempt"] == 1)].mean()
        assert twin["correct"][twin["skill"] == skill].mean() == pytest.approx(real, abs=0.04)
    assert np.median(twin["seconds"]) == pytest.approx(np.median(answers["seconds"][own]), rel=0.1)
    assert len(twin["who"]) / 2000 == pytest.approx(60, rel=0.1)
    assert (drawn[0]["group"] == "es").mean() == pytest.approx(1 / 3, abs=0.04)
    assert len(drawn[2]["who"]) / 2000 == pytest.approx(2.0, rel=0.1)
    by_learner = np.bincount(twin["who"], twin["correct"]) / np.bincount(twin["who"])
    real_by = np.bincount(answers["who"], answers["correct"]) / 60
    assert by_learner.std() == pytest.approx(real_by.std(), rel=0.25)


def test_what_few_share_is_not_in_it() -> None:
    drawn = draw(learn(*made(), k=10), 500, np.random.default_rng(5))
    assert "secret" not in set(drawn[1]["skill"])
    assert [np.diff(drawn[1]["day"][drawn[1]["who"] == n]).min() >= 0 for n in range(20)] == [True] * 20


def test_nobody_of_the_data_is_in_it() -> None:
    learners, answers, mastery = made()
    twin = draw(learn(learners, answers, mastery, k=10), 500, np.random.default_rng(6))[1]

    def histories(columns: Columns) -> set[tuple[tuple[object, ...], ...]]:
        rows: dict[int, list[tuple[object, ...]]] = {}
        names = ("who", "skill", "correct", "seconds")
        for who, *row in zip(*(columns[name].tolist() for name in names), strict=True):
            rows.setdefault(who, []).append(tuple(row))
        return {tuple(each[:6]) for each in rows.values()}

    assert histories(answers) & histories(twin) == set()


def test_too_little_is_refused() -> None:
    learners, answers, mastery = made(count=6)
    with pytest.raises(ValueError, match="no skill was practised by 10 learners"):
        learn(learners, answers, mastery, k=10)
