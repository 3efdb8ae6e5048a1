"""Ways of working planted in simulated learners, so that detectors can be measured against what is known.

They come in bouts, as they do in class: a bout begins and ends by chance, and within it most answers show the habit. They
draw from a source of chance of their own, so that a learner without one answers exactly as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from headway.core.curriculum.problems import Step
from headway.core.evidence.answers import right_answer, wrong_answer

Habit = Literal["guesses", "games", "drifts"]
SHOWS: dict[Habit, float] = {"guesses": 0.8, "games": 0.8, "drifts": 0.7}
"""Share of the answers of a bout that show the habit."""


@dataclass(slots=True)
class Planted:
    """A habit at work. A bout begins with a chance of ``begins`` at each answer and ends with one of ``ends``; ``acted`` says
    whether the last answer showed the habit. ``guesses``: rapid wrong answers; ``games``: all hints clicked through and the
    answer copied, or a wrong try at once where there are none; ``drifts``: long absences and rapid wrong answers in turn."""

    habit: Habit
    rng: Generator
    begins: float = 0.06
    ends: float = 0.08
    working: bool = True
    acted: bool = False


def altered(planted: Planted, asked: Step) -> tuple[str, float, int] | None:
    """Return what the habit makes of an answer: its text, seconds and hints. None where the learner answers as usual."""
    rng = planted.rng
    if rng.random() < (planted.begins if planted.working else planted.ends):
        planted.working = not planted.working
    planted.acted = not planted.working and rng.random() < SHOWS[planted.habit]
    if not planted.acted:
        return None
    hints = min(len(asked.hints), 3)
    if planted.habit == "games" and hints > 1:
        return right_answer(asked.answer, rng), hints * float(rng.uniform(0.6, 2.4)), hints
    wrong = wrong_answer(asked.answer, rng)
    if planted.habit == "drifts" and rng.random() < 0.5:
        return wrong, float(rng.uniform(240.0, 900.0)), 0
    return wrong, float(rng.uniform(0.8, 3.2)), 0
