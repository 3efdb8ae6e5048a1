"""Effects from the log against simulation truth: problems that teach, and policies followed for three decisions.

Problems: 100 logs of 150 learners in each of two worlds, one where problems differ much and one where they hardly do, against the
true difference between two lives of each learner. Policies: 100 logs of 150 learners of each fitted generator in the real loop,
against the mean of 3,000 learners who really followed the other policy and of 3,000 who did not. In 90 of 100 logs the interval
has to hold the truth. Figures stay in ``build/prove/efficacy.json``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import t as student

from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.course import GENERATORS, Terms, course_of
from headway.core.evidence.efficacy.drawn import effects
from headway.core.evidence.efficacy.later import Answers, in_order
from headway.core.evidence.efficacy.policies import HORIZON, later_logs
from headway.core.evidence.efficacy.shrunk import shrink
from headway.core.evidence.offpolicy import Logs, evaluate
from headway.core.evidence.taking import CourseRun, take
from headway.core.evidence.watching import Watched
from headway.core.path.frontier import Frontier
from headway.core.path.policy import Choice, Policy, Situation
from headway.standards.graph import shipped_graph
from tests.core.evidence.efficacy.world import THINGS, later, log_of, truth_of, world

LOGS, NEEDED, LEARNERS, MANY, WORLD = 100, 90, 150, 3_000, 9
WORLDS = {"different": 0.15, "alike": 0.03}
ACTING, OTHER = Frontier("wide", temperature=0.4), Frontier("frontier-1")
TERMS = Terms(minutes=12.0, budget=1, days=1)


@dataclass(frozen=True)
class Switch:
    """Another policy for a learner's first decisions, then the usual one."""

    name: str = "switch"

    def choose(self, situation: Situation) -> Choice | None:
        """Choose as one or the other does."""
        return (OTHER if situation.profile.activities < HORIZON else ACTING).choose(situation)


def logs(generator: str, acting: Policy, count: int, seed: int) -> Logs:
    """The first decisions of learners, with later success; the other policy was asked beside."""
    beside = Watched(acting, OTHER)
    course = course_of(shipped_graph(), generated_activities(), "5")
    run = take(course, generator, beside, count, seed, TERMS, world=WORLD, keep=True)
    hard = dict(zip(course.curriculum.items, course.curriculum.difficulty.tolist(), strict=True))
    return later_logs(beside.seen, answers_of(run, hard), {str(n): n for n in range(count)}, first=True)


def answers_of(run: CourseRun, hard: dict[str, float]) -> Answers:
    """The first answers of a run."""
    rows = [each for each in run.responses if each.attempt == 1]
    task = {name: n for n, name in enumerate(dict.fromkeys((each.learner, each.activity) for each in rows))}
    return in_order(
        Answers(
            np.array([int(each.learner) for each in rows]), np.array([each.at for each in rows]),
            np.array([float(each.correct) for each in rows]), np.array([hard[each.item] for each in rows]),
            np.zeros(len(rows), np.int64), np.array([task[each.learner, each.activity] for each in rows]),
        )
    )  # fmt: skip


def problems(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Problems in both worlds."""
    for name, spread in WORLDS.items():
        mine = state.setdefault(name, {"done": 0, "held": [0] * THINGS, "drawn": 0, "stood": 0, "wrong": 0})
        w = world(spread)
        truth = np.array(mine.setdefault("truth", truth_of(w, 60_000, 5).tolist()))
        while mine["done"] < LOGS:
            if time.monotonic() > ends:
                return
            log = log_of(w, LEARNERS, 1000 + mine["done"])
            outcome, known = later(log)
            found = effects(log[1], outcome, known, log[2], THINGS)
            held = np.abs(found.effect - truth) <= student.ppf(0.975, found.freedom) * found.error
            together = shrink(found.effect, found.error, found.p, found.why_not() == 0)
            mine["held"] = (np.array(mine["held"]) + held).tolist()
            mine["drawn"] += int(((together.low <= truth) & (truth <= together.high)).sum())
            mine["stood"] += int(together.stands.sum())
            mine["wrong"] += int((together.stands & (np.sign(together.value) != np.sign(truth))).sum())
            mine["done"] += 1
        each, drawn = np.array(mine["held"]), mine["drawn"] / THINGS
        yield (
            f"{name}: intervals hold {each.mean():.1f} of 100 (least {each.min()}), drawn together {drawn:.1f}; "
            f"{mine['stood']} stood, {mine['wrong']} the wrong way"
        )
        assert each.mean() >= NEEDED, f"{name}: only {each.mean():.1f} of 100 intervals hold the truth"
        assert drawn >= NEEDED, f"{name}: only {drawn:.1f} of 100 intervals drawn together hold the truth"


def policies(state: dict[str, Any], ends: float) -> Iterator[str]:
    """A policy followed for three decisions, in the real loop."""
    for generator in GENERATORS:
        mine = state.setdefault(generator, {"done": 0, "held": 0})
        if "truth" not in mine:
            means = [evaluate(logs(generator, policy, MANY, 1000)).logged for policy in (Switch(), ACTING)]
            mine["truth"] = means[0] - means[1]
            yield f"{generator}: {mine['truth']:+.4f} of later answers right under the policy itself"
        while mine["done"] < LOGS:
            if time.monotonic() > ends:
                return
            found = evaluate(logs(generator, ACTING, LEARNERS, 2000 + mine["done"]))
            mine["done"] += 1
            mine["held"] += found.gain_low <= mine["truth"] <= found.gain_high
            mine.setdefault("wide", []).append(round(found.gain_high - found.gain_low, 4))
            if mine["done"] % 20 == 0:
                yield f"{generator}: {mine['held']} of {mine['done']} intervals hold it"
        assert mine["held"] >= NEEDED, f"{generator}: only {mine['held']} of {LOGS} intervals hold {mine['truth']:.4f}"


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Count how often intervals hold the truth."""
    yield from problems(state, ends)
    if time.monotonic() < ends:
        yield from policies(state, ends)
    done = [state.get(name, {}).get("done") for name in (*WORLDS, *GENERATORS)]
    state["complete"] = done == [LOGS] * len(done)
