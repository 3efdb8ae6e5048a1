"""Reading goals: the open one with its weeks, earlier ones, and forecasts. Callers have checked access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import State
from headway.core.path.goals import WEEK, GoalWeek
from headway.core.path.policy import seed_of
from headway.core.path.projection import Effort, Pace, Projection, effort, project
from headway.core.profile.profile import Profile
from headway.school.mastery.queries import first_tries_of
from headway.school.path.models import Goal as Row

PACE_WEEKS = 6
KEPT = 500
"""Drawings that a process keeps, of about ten kilobytes each with the state that they follow from."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it was set. ``by`` names who wrote it; ``ended`` says how it ended ("" for the open one) and ``ended_at``
    when; times are seconds since 1970."""

    id: str
    grade: str
    domain: str
    skills: tuple[str, ...]
    weeks: tuple[GoalWeek, ...]
    why: str
    career: str
    by: str
    at: float
    due: float
    ended: str = ""
    ended_at: float = 0.0


def goals_of(learner: UUID) -> list[Goal]:
    """Return a learner's goals, newest first; only the first can be open. One query."""
    rows = Row.objects.filter(learner_id=learner).select_related("by", "end").order_by("-at", "id")
    return [_goal(row) for row in rows]


def open_goal(goals: Sequence[Goal]) -> Goal | None:
    """Return the open one of :func:`goals_of`."""
    return next((goal for goal in goals if not goal.ended), None)


def pace_of(learner: UUID, now: float) -> Pace:
    """Return how a learner has practised in the last weeks. One query."""
    counts, minutes = first_tries_of(learner, now=now, weeks=PACE_WEEKS)
    return Pace(counts, minutes)


def forecast(
    profile: Profile,
    curriculum: Curriculum,
    model: LearnerModel,
    skills: Sequence[str],
    pace: Pace,
    *,
    now: float,
    due: float,
    extra: Sequence[float] = (0.0,),
) -> list[Projection]:
    """Return a forecast for each number of extra minutes a day. The same day gives the same forecast, until the learner has
    answered again: its seed is the learner and the day."""
    seed = seed_of(f"{profile.learner}:{int(now // 86400.0)}")
    state, numbers = profile.state, curriculum.skill_numbers(skills).tolist()
    digest = blake2b(state.skills.tobytes() + state.memory.tobytes(), digest_size=16).digest()
    key = (digest, state.overall_mean, state.overall_variance, id(curriculum), model.name, tuple(numbers), seed)
    found = _drawn(_Asked(key, model, state, curriculum, numbers, now, seed))
    away = max(due - now, 0.0) / WEEK
    return [project(found, pace, away, extra_minutes=minutes, seed=seed) for minutes in extra]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a drawing follows from: equal where ``key`` is, which holds the same in short."""

    key: tuple[object, ...]
    model: LearnerModel = field(compare=False)
    state: State = field(compare=False)
    curriculum: Curriculum = field(compare=False)
    skills: list[int] = field(compare=False)
    now: float = field(compare=False)
    seed: int = field(compare=False)


@lru_cache(maxsize=KEPT)
def _drawn(asked: _Asked) -> Effort:
    """Draw, or take what this process has drawn today from the same state: a drawing goes through some thousand answers."""
    return effort(asked.model, asked.state, asked.curriculum, asked.skills, asked.now, seed=asked.seed)


def _goal(row: Row) -> Goal:
    end = getattr(row, "end", None)
    return Goal(
        id=str(row.id),
        grade=row.grade,
        domain=row.domain,
        skills=tuple(row.skills),
        weeks=tuple(GoalWeek(starts, ends, tuple(skills)) for starts, ends, skills in row.weeks),
        why=row.why,
        career=row.career,
        by=row.by.name,
        at=row.at,
        due=row.due,
        ended=end.kind if end else "",
        ended_at=end.at if end else 0.0,
    )
