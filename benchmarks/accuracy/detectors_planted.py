"""Simulated learners with planted habits in the real loop, and what the detectors say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, Floats, compile_curriculum, generated_activities
from headway.core.curriculum.generators.base import generate
from headway.core.events import Response
from headway.core.evidence.planted import Habit, Planted
from headway.core.evidence.simulate import Problems, Pupil, play
from headway.core.evidence.term import cohort
from headway.core.mastery.detectors.habits import ADRIFT, Habits, adrift, alone, guessed, rushed, without_effort
from headway.standards.graph import shipped_graph

HABITS: dict[str, Habit] = {"guesses": "guesses", "games": "games", "drifts": "drifts"}
KINDS = ("honest", "slow", "guesses", "games", "drifts", "alone", "seeks")
"""``slow`` are able and take eight times as long; ``alone`` never open a hint before the last try, ``seeks`` do."""
LEARNERS, EVENTS, SEED = 60, 100, 17
"""Thresholds were set on the 40 learners of seed 3; these are others."""
MONDAY = 1_788_768_000.0


def _slack(habits: Habits) -> int:
    count = without_effort(habits)
    return count if adrift(habits) else min(count, ADRIFT - 1)


COUNTS: dict[str, Callable[[Habits], int]] = {"guesses": guessed, "games": rushed, "alone": alone, "drifts": _slack}


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """``counts`` [L, E] of each detector after each event, and ``acts`` [L, E]: whether the planted habit acted."""

    counts: dict[str, Floats]
    acts: Floats

    @property
    def top(self) -> dict[str, Floats]:
        """The highest count of each learner, by detector."""
        return {name: counts.max(axis=1) for name, counts in self.counts.items()}

    def waits(self, detector: str, bar: int) -> list[int]:
        """Responses from the first act of the habit to the first flag, of those that acted and were flagged."""
        flagged = self.counts[detector] >= bar
        return [
            int(np.argmax(row)) - int(np.argmax(acts))
            for row, acts in zip(flagged, self.acts, strict=True)
            if row.any() and acts.any()
        ]


def shipped() -> Curriculum:
    """The shipped graph with our templates."""
    return compile_curriculum(shipped_graph(), generated_activities())


def pupils_of(kind: str, curriculum: Curriculum, count: int, seed: int) -> list[Pupil]:
    """Draw pupils of a kind; the same seed gives the same minds whatever the kind."""
    pupils = cohort(curriculum, ["5", "6", "7"], count, seed)
    for number, pupil in enumerate(pupils):
        if kind in HABITS:
            pupil.planted = Planted(HABITS[kind], np.random.default_rng([9, number]))
        elif kind == "slow":
            pupil.mind.pace, pupil.mind.fixed = 8.0 * pupil.mind.pace, pupil.mind.fixed + 1.5
        elif kind in ("alone", "seeks"):
            pupil.mind.avoids_help = kind == "alone"
    return pupils


def planted_scores(
    kind: str,
    curriculum: Curriculum | None = None,
    problems: Problems = generate,
    *,
    learners: int = LEARNERS,
    events: int = EVENTS,
    seed: int = SEED,
) -> Scored:
    """Let learners of a kind practise side by side and note what each detector counts after each event."""
    c = curriculum or shipped()
    pupils = pupils_of(kind, c, learners, seed)
    now, acts = np.full(learners, MONDAY), np.zeros((learners, events))
    counts = {name: np.zeros((learners, events)) for name in COUNTS}
    for turn in range(events):
        for n, (event, outcome) in enumerate(play(pupils, c, now.tolist(), problems)):
            now[n] += 5.0 + (event.seconds if isinstance(event, Response) else 0.0)
            habit = pupils[n].planted
            acts[n, turn] = habit is not None and habit.acted
            for name, count in COUNTS.items():
                counts[name][n, turn] = count(outcome.profile.behaviour.habits)
    return Scored(counts, acts)
