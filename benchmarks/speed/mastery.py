"""How fast learner models update and predict, one core.

``python -m benchmarks mastery-speed`` streams a simulated log (60 skills, 2,000 items) through the compiled core and the
full ``hybrid-1``, then serves single responses through the seam that the loop uses. Bars: core 1,000,000 and full 50,000
updates a second. river is measured beside if it can be imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from headway.core.mastery.frame import Frame, frame_of
from headway.core.mastery.hybrid.fitting import Hybrid, fit_hybrid
from headway.core.mastery.hybrid.layout import NAMES
from headway.core.mastery.hybrid.scorer import scorer_of
from headway.core.mastery.hybrid.stream import core_logits, predict_all

LEARNERS, EACH, ITEMS, SKILLS = 1500, 100, 2000, 60


def simulated(learners: int = LEARNERS, seed: int = 0) -> Frame:
    """Learners who grow on each skill; every fourth item has two skills."""
    rng = np.random.default_rng(seed)
    count = learners * EACH
    item = rng.integers(ITEMS, size=count)
    difficulty = rng.normal(0.0, 1.0, ITEMS)
    ability = np.repeat(rng.normal(0.0, 1.0, learners), EACH) + np.tile(np.linspace(0.0, 1.0, EACH), learners)
    chance = 1.0 / (1.0 + np.exp(difficulty[item] - ability))
    return frame_of(
        {
            "student": np.repeat(np.arange(learners), EACH),
            "item": item,
            "skills": [[int(n) % SKILLS, (int(n) + 1) % SKILLS] if n % 4 == 0 else [int(n) % SKILLS] for n in item],
            "correct": (rng.random(count) < chance).astype(np.int8),
            "order": np.tile(np.arange(EACH), learners),
        }
    )


def rate(work: Callable[[], object], count: int, repeats: int = 3) -> float:
    """Return items a CPU second, the best of some runs after a warm-up."""
    work()
    best = np.inf
    for _ in range(repeats):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return count / best


def main() -> dict[str, float]:
    """Print and return updates a CPU second."""
    frame = simulated()
    begin = time.process_time()
    model: Hybrid = fit_hybrid(frame, frame.students)
    spent = time.process_time() - begin
    layers, every = model.layers, frame.students
    count, scorer = len(frame.item), scorer_of(model.forest, len(NAMES))
    found = {
        "fit, responses a second": count / spent,
        "core": rate(lambda: core_logits(frame, every, layers.core, layers.transfer), count),
        f"full ({len(model.forest.roots)} trees)": rate(
            lambda: predict_all(frame, every, layers.core, layers.transfer, layers.context, scorer), count
        ),
    }
    for name, value in found.items():
        print(f"{name:<26} {value:>12,.0f} a CPU second")
    found |= peers(frame)
    return found


def peers(frame: Frame) -> dict[str, float]:
    """Measure river's logistic regression on two columns if it is there."""
    out: dict[str, float] = {}
    rows = range(20_000)
    try:
        from river import linear_model, preprocessing
    except ImportError:
        print("river is not installed: not measured")
    else:
        learner = preprocessing.StandardScaler() | linear_model.LogisticRegression()

        def stream() -> None:
            for r in rows:
                x = {"item": float(frame.item[r]), "skill": float(frame.skills[frame.skills_at[r]])}
                learner.predict_proba_one(x)
                learner.learn_one(x, bool(frame.correct[r]))

        out["river"] = rate(stream, len(rows), 1)
        print(f"{'river':<26} {out['river']:>12,.0f} a CPU second")
    return out


if __name__ == "__main__":
    main()
