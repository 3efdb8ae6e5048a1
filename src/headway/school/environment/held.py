"""Learners who have a problem open with hints that are held back, as the adults see them. Callers have checked access."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from headway.core.coaching.held import HONEST_TRIES, held_back
from headway.core.curriculum.problems import Hint, Problem, Step
from headway.core.profile.profile import Current
from headway.school.coaching.held import Opening, applying, around, holds_back, in_force, openings
from headway.school.curriculum.queries import UnknownProblem, problem_of


@dataclass(frozen=True, slots=True)
class HeldNow:
    """The step that a learner has open: ``hints`` are held back, for ``tries`` more tries; ``open`` are the openings that
    reach the learner. ``code`` names the step, so that a late click opens nothing of another one."""

    activity: str
    step: int
    part: Step
    hints: tuple[Hint, ...]
    tries: int
    open: tuple[Opening, ...]

    @property
    def code(self) -> str:
        """The step's name in a button."""
        return blake2b(f"{self.activity}#{self.step}".encode(), digest_size=6).hexdigest()


def held_now(district: UUID, at: Mapping[UUID, Current]) -> dict[UUID, HeldNow]:
    """Of the learners with these places those whose step holds hints back or had some opened. Three queries, and none when
    no step has such hints."""
    found = {learner: problem for learner, current in at.items() if (problem := _problem(district, current))}
    if not found:
        return {}
    rows = in_force(openings({problem.id for problem in found.values()}))
    places = around(list(found))
    out = {}
    for learner, problem in found.items():
        current = at[learner]
        mine = [row for row in rows if (row.activity, row.step) == (problem.id, current.step)]
        mine = applying(mine, learner, places[learner])
        part, wrong = problem.steps[current.step], current.attempt - 1
        hints = held_back(part.hints, wrong, {row.hint for row in mine})
        if hints or mine:
            out[learner] = HeldNow(problem.id, current.step, part, hints, HONEST_TRIES - wrong, tuple(mine))
    return out


def _problem(district: UUID, current: Current) -> Problem | None:
    """The open problem, where its step has hints that give the key away."""
    if not current.activity or current.activity.startswith("gen:"):
        return None
    with suppress(UnknownProblem):
        problem = problem_of(district, current.activity)
        return problem if holds_back(problem, current.step) else None
    return None
