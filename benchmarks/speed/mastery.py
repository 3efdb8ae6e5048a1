"""How fast learner models update and predict, one core, with peers in the same run.

``python -m benchmarks mastery-speed`` streams a simulated log (60 skills, 2,000 items) through the compiled core and the
full ``hybrid-1``, serves single responses through the seam that the loop uses, and runs the loop's step under each model.
Bars: core 1,000,000 and full 50,000 updates a second; 0.15 ms a step. Peers that can be imported are measured beside (``pip
install river fsrs``); pyBKT wants an interpreter of its own (``pybkt_peer``). The others are named with the reason. Where
../shared is there, the compiled EM is that of ASSISTments 2009.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.accuracy.mastery_fits import LOGS, read
from benchmarks.speed.step import curriculum
from benchmarks.speed.step import measure as measure_step

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.frame import Frame, frame_of, split
from headway.core.mastery.gain import expected_gain
from headway.core.mastery.hybrid.artefact import ModelCard, artefact_of
from headway.core.mastery.hybrid.fitting import Hybrid, fit_hybrid
from headway.core.mastery.hybrid.layout import NAMES
from headway.core.mastery.hybrid.scorer import scorer_of
from headway.core.mastery.hybrid.serve import serve
from headway.core.mastery.hybrid.stream import core_logits, predict_all
from headway.core.mastery.metrics import measure
from headway.core.mastery.models import MODELS, LearnerModel
from headway.core.mastery.peers.bkt import ITERATIONS, fit_bkt
from headway.core.mastery.state import Evidence
from headway.core.path.plan import EffectivePlan

LEARNERS, EACH, ITEMS, SKILLS = 1500, 100, 2000, 60
CANDIDATES = 1000


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
    """Print and return updates a CPU second, and microseconds of the seam."""
    frame = simulated()
    begin = time.process_time()
    model: Hybrid = fit_hybrid(frame, frame.students)
    spent = time.process_time() - begin
    layers, every = model.layers, frame.students
    count, scorer = len(frame.item), scorer_of(model.forest, len(NAMES))
    found = {
        "fit, responses": count / spent,
        "core": rate(lambda: core_logits(frame, every, layers.core, layers.transfer), count),
        f"full ({len(model.forest.roots)} trees)": rate(
            lambda: predict_all(frame, every, layers.core, layers.transfer, layers.context, scorer), count
        ),
    }
    for name, peer in PEERS.items():
        try:
            found[name] = peer(frame)
        except (ImportError, TypeError, ValueError, subprocess.CalledProcessError) as error:
            print(f"{name}: not measured, because here it fails with {type(error).__name__}: {error}")
    for name, value in found.items():
        print(f"{name:<26} {value:>12,.0f} a CPU second")
    card = ModelCard("simulated", (0.0, 0.0), LEARNERS, count, 0, measure(frame.correct, np.full(count, 0.5)))
    served = serve(artefact_of(model, frame, card))
    return found | _seam({**MODELS, served.name: served})


def _seam(models: dict[str, LearnerModel]) -> dict[str, float]:
    """Microseconds of update, belief, one and many predictions and gains after 60 responses, and of the loop's step."""
    made, found = curriculum(), dict[str, float]()
    for name, model in models.items():
        MODELS.setdefault(name, model)
        spent = {
            part: 1e6 / rate(partial(_again, call, turns), turns) for part, (call, turns) in _work(model, made).items()
        }
        spent["step of 32"] = 1000.0 * measure_step(32, made, EffectivePlan(model=name)).step
        print(f"{name:<22} " + ", ".join(f"{part} {value:,.1f}" for part, value in spent.items()) + " us", flush=True)
        found |= {f"{name} {part}": value for part, value in spent.items()}
    return found


def _again(call: Callable[[], object], turns: int) -> None:
    for _ in range(turns):
        call()


def _work(model: LearnerModel, made: Curriculum) -> dict[str, tuple[Callable[[], object], int]]:
    """What is timed of a model after 60 responses, and how many times in a run."""
    many = np.resize(np.arange(len(made.items)), CANDIDATES).astype(np.int32)
    activities = np.resize(np.arange(len(made.activities)), CANDIDATES).astype(np.int32)
    rng, state, now = np.random.default_rng(0), model.initial(5), 1_788_768_000.0
    for n in range(60):
        item = int(rng.integers(40))
        skills = made.item_skills[made.item_skills_at[item] : made.item_skills_at[item + 1]]
        seen = Evidence(skills, float(made.difficulty[item]), bool(rng.random() < 0.7), now + 60.0 * n, item=item)
        state = model.update(state, made, seen)
    belief, later = model.belief(state, made, now + 7200.0), now + 7200.0
    return {
        "update": (lambda: model.update(state, made, seen), 500),
        "belief": (lambda: model.belief(state, made, later), 500),
        "predict 1": (lambda: model.predict(belief, made, many[:1]), 500),
        f"predict {CANDIDATES:,}": (lambda: model.predict(belief, made, many), 10),
        f"gain of {CANDIDATES:,}": (lambda: expected_gain(model, state, made, activities, later), 2),
    }


def _river(frame: Frame) -> float:
    """Logistic regression on two columns, one row at a time."""
    from river import linear_model, preprocessing

    learner, rows = preprocessing.StandardScaler() | linear_model.LogisticRegression(), range(20_000)

    def stream() -> None:
        for r in rows:
            x = {"item": float(frame.item[r]), "skill": float(frame.skills[frame.skills_at[r]])}
            learner.predict_proba_one(x)
            learner.learn_one(x, bool(frame.correct[r]))

    return rate(stream, len(rows), 1)


def _fsrs(frame: Frame) -> float:
    """Reviews of cards, fuzzing off."""
    from fsrs import Card, Rating, Scheduler

    scheduler, start = Scheduler(enable_fuzzing=False), datetime(2026, 9, 1, tzinfo=UTC)
    cards = [Card() for _ in range(SKILLS)]

    def stream() -> None:
        for r in range(10_000):
            skill, rating = int(frame.skills[frame.skills_at[r]]), Rating.Good if frame.correct[r] else Rating.Again
            cards[skill], _ = scheduler.review_card(cards[skill], rating, start + timedelta(hours=r))

    return rate(stream, 10_000, 1)


def _pybkt(frame: Frame) -> float:
    """States of a roster, one skill, and the compiled EM beside ours, by the interpreter that HEADWAY_PYBKT names."""
    if "HEADWAY_PYBKT" not in os.environ:
        raise ImportError("HEADWAY_PYBKT names no interpreter; benchmarks/speed/pybkt_peer.py says how to make one")
    frame = read("assist2009") if LOGS.is_dir() else frame
    learner = np.repeat(frame.students, np.diff(frame.starts))
    columns = {"student": learner, "skill": frame.skills[frame.skills_at[:-1]], "correct": frame.correct}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.csv"
        pl.DataFrame(columns).with_columns(order=pl.int_range(pl.len()).over("student")).write_csv(log)
        words = [
            os.environ["HEADWAY_PYBKT"],
            "-E",
            "-W",
            "ignore",
            str(Path(__file__).with_name("pybkt_peer.py")),
            str(log),
        ]
        said = subprocess.run(
            words, capture_output=True, check=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}
        )
    found = json.loads(said.stdout.splitlines()[-1])
    train = frame.rows_of(split(frame, 0)[0])
    fit_bkt(frame, train, lambda done: None)
    begin = time.process_time()
    fit_bkt(frame, train, lambda done: None)
    print(
        f"EM of BKT on {found['responses']:,} responses: pyBKT {found['fit']:.2f} CPU s, bkt-1 {time.process_time() - begin:.2f} "
        f"({ITERATIONS} iterations, with forgetting and items)"
    )
    return float(found["updates"])


PEERS: dict[str, Callable[[Frame], float]] = {"river": _river, "fsrs": _fsrs, "pyBKT Roster": _pybkt}
"""Updates a CPU second of what can be imported."""


if __name__ == "__main__":
    main()
