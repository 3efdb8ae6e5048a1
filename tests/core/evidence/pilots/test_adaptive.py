"""Arms that learn from each other: the floor holds, the good one gets more, and weighted intervals keep their promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as student

from headway.core.evidence.pilots.adaptive import FLOOR, deal, shares, standings, weighted

ARMS = ("old", "a", "b", "c")
EFFECTS = (0.0, 0.0, 0.1, 0.4)


def grown(seed: int, each: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, float]]:
    """Four groups of learners, each dealt by what the ones before showed: arm, outcome, chance, what was known, last shares."""
    rng = np.random.default_rng(seed)
    arm: list[str] = []
    outcome: list[float] = []
    chance: list[float] = []
    before: list[float] = []
    share = dict.fromkeys(ARMS, 0.25)
    for wave in range(4):
        if wave:
            share = shares(standings(arm, np.array(outcome), np.array(chance), ARMS), seed=10 * seed + wave)
        for name, p in deal([f"{wave}-{n}" for n in range(each)], share, seed=seed).values():
            known = float(rng.normal())
            arm.append(name)
            chance.append(p)
            before.append(known)
            outcome.append(0.6 * known + EFFECTS[ARMS.index(name)] + 0.8 * float(rng.normal()))
    return np.array(arm, dtype=object), np.array(outcome), np.array(chance), np.array(before), share


def test_the_good_arm_gets_more_every_arm_a_tenth_and_intervals_hold_the_truth() -> None:
    held, of_best, runs = 0, [], 30
    for seed in range(runs):
        arm, outcome, chance, before, share = grown(seed)
        assert min(share.values()) >= FLOOR - 1e-12
        assert sum(share.values()) == pytest.approx(1.0)
        of_best.append(share["c"])
        for name, true in zip(ARMS[1:], EFFECTS[1:], strict=True):
            rows = (arm == name) | (arm == "old")
            found = weighted(
                outcome[rows], (arm[rows] == name).astype(np.float64), chance[rows], {"before": before[rows]}
            )
            held += abs(found.estimate - true) <= student.ppf(0.975, found.freedom) * found.error
    assert held >= 0.9 * 3 * runs
    assert np.mean(of_best) > 0.45


def test_two_arms_are_dealt_half_and_half_whatever_they_did() -> None:
    assert shares({"old": (0.0, 0.1), "new": (3.0, 0.1)}, seed=1) == {"old": 0.5, "new": 0.5}
    share = shares({"old": (0.0, 0.1), "new": (3.0, 0.1), "other": (0.0, 0.1)}, seed=1)
    assert share == {"old": 0.1, "new": pytest.approx(0.8), "other": 0.1}
    with pytest.raises(ValueError, match="nothing to choose"):
        shares({"old": (0.0, 1.0)}, seed=1)
    with pytest.raises(ValueError, match="cannot each have"):
        shares({str(n): (0.0, 1.0) for n in range(10)}, seed=1)


def test_dealing_is_by_name_and_an_arm_that_nobody_had_is_tried() -> None:
    share = {"old": 0.2, "a": 0.3, "b": 0.5}
    names = [f"L{n}" for n in range(3000)]
    dealt = deal(names, share, seed=4)
    assert dealt == deal(names[::-1], share, seed=4)
    counts = [sum(arm == name for arm, _ in dealt.values()) / 3000 for name in share]
    assert counts == pytest.approx(list(share.values()), abs=0.03)
    assert all(p == share[arm] for arm, p in dealt.values())
    with pytest.raises(ValueError, match="twice"):
        deal(["x", "x"], share, seed=1)
    found = standings(["old"] * 40, np.arange(40.0), np.full(40, 0.5), ("old", "a", "b"))
    assert min(shares(found, seed=2).values()) >= FLOOR
    assert shares(found, seed=2)["a"] > 0.3
    with pytest.raises(ValueError, match="none of"):
        standings(["x"], np.ones(1), np.ones(1), ("old", "a"))
    with pytest.raises(ValueError, match="chance"):
        weighted(np.ones(4), np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.5, 0.0, 0.5, 0.5]), {})
