"""2,000 adaptive pilots of three arms without an effect and 2,000 with one planted, of two kinds each.

Learners are there at the start or come week by week; the shares of each week are settled from early, noisier scores of those who
have been there for two weeks, and chance deals by them, with the functions that a school uses. In the second kind few come, and
learners who come later score higher anyway. False alarms in at most 6 % of comparisons, intervals that hold in 94 to 96 %, and
no share below the floor. Figures stay in ``build/prove/dealing.json``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.pilots.adaptive import FLOOR, deal
from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.newcomers import next_shares, week_seed
from headway.core.evidence.pilots.study import Roles, study_of

STUDIES, STEP, PLANTED = 2_000, 20, 0.25
ALARMS, LEAST, MOST = 0.06, 0.94, 0.96
ARMS = ("as now", "good", "other")
DELAY = 2
"""Weeks until something is known of who came."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """``start`` learners at the start, ``each`` a week for ``weeks``; those of a later week score ``drift`` higher for each."""

    start: int
    each: int
    weeks: int
    drift: float


KINDS = {"many come": Kind(240, 24, 8, 0.0), "few come, and later ones score higher": Kind(150, 9, 10, 0.08)}


def played(kind: Kind, seed: int, planted: float) -> tuple[dict[str, Any], dict[str, float]]:
    """The table of one pilot and the shares of its last week."""
    rng = np.random.default_rng([17, seed])
    count = kind.start + kind.each * kind.weeks
    week = np.concatenate([np.zeros(kind.start, np.int64), np.repeat(np.arange(1, kind.weeks + 1), kind.each)])
    pre = rng.normal(size=count)
    score = 0.7071 * pre + 0.7071 * rng.normal(size=count) + kind.drift * week
    noise = 0.6 * rng.normal(size=count)
    arm = [ARMS[n] for n in rng.permutation(np.arange(kind.start) % 3).tolist()]
    chance = [1.0 / 3.0] * kind.start
    share = dict.fromkeys(ARMS, 1.0 / 3.0)
    for number in range(1, kind.weeks + 1):
        early = score[: len(arm)] + planted * (np.array(arm) == "good") + noise[: len(arm)]
        known = np.where(week[: len(arm)] <= number - DELAY, early, np.nan)
        share, _found = next_shares(arm, known, np.array(chance), ARMS, seed=week_seed(seed, number))
        assert min(share.values()) >= FLOOR - 1e-12
        for name, p in deal([f"{number}-{n}" for n in range(kind.each)], share, seed=week_seed(seed, number)).values():
            arm.append(name)
            chance.append(p)
    y = score + planted * (np.array(arm) == "good")
    return {"arm": arm, "chance": np.array(chance), "week": week.astype(np.float64), "pre": pre, "y": y}, share


def one(kind: Kind, seed: int) -> list[float]:
    """Of a void and a planted pilot: alarms of both comparisons, and after adjusting for both; whether the intervals of the good
    and of the other arm hold, in points and in deviations; whether the good one is found; its last share."""
    roles = Roles(("y",), "arm", ARMS[0], pretest="pre", chance="chance", when="week")
    void, _share = played(kind, seed, 0.0)
    planted, share = played(kind, seed, PLANTED)
    null = analyse(study_of(void, roles), Settings()).judged
    true = {each.compared.arm: each for each in analyse(study_of(planted, roles), Settings()).judged}
    good, other = true["good"].compared.found, true["other"].compared.found
    assert good is not None and other is not None
    alarms = [each.compared.found is not None and each.compared.found.significant for each in null]
    return [
        *map(float, alarms), float(any(each.holds for each in null)),
        float(good.low <= PLANTED <= good.high), float(good.effect.low <= PLANTED <= good.effect.high),
        float(other.low <= 0.0 <= other.high), float(other.effect.low <= 0.0 <= other.effect.high),
        float(true["good"].holds and good.estimate > 0.0), share["good"],
    ]  # fmt: skip


NAMES = ("alarm good", "alarm other", "alarm any", "holds good", "holds good g", "holds other", "holds other g", "found",
         "last share")  # fmt: skip


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Go on in steps of twenty studies; a rate beyond its bound stops the part."""
    done: dict[str, list[float]] = state.setdefault("kinds", {})
    for name, kind in KINDS.items():
        sums = done.setdefault(name, [0.0] * (len(NAMES) + 1))
        while sums[0] < STUDIES:
            if time.monotonic() > ends - 20:
                return
            for seed in range(int(sums[0]), int(sums[0]) + STEP):
                sums[:] = [sums[0] + 1.0, *(a + b for a, b in zip(sums[1:], one(kind, seed), strict=True))]
            if sums[0] % 200 == 0:
                yield f"{name}: {int(sums[0])} studies, {_rates(sums)}"
        rates = _rates(sums)
        assert max(rates[each] for each in NAMES[:3]) <= ALARMS, (name, rates)
        assert all(LEAST <= rates[each] <= MOST for each in NAMES[3:7]), (name, rates)
        assert rates["last share"] > 1.0 / 3.0, "what works gets no more"
    state["complete"] = True


def _rates(sums: list[float]) -> dict[str, float]:
    return {name: round(value / sums[0], 4) for name, value in zip(NAMES, sums[1:], strict=True)}
