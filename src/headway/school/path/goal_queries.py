"""Reading goals: the open one with its weeks, earlier ones, and forecasts. Callers have checked access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.models import LearnerModel
from headway.core.path.goals import WEEK, GoalWeek
from headway.core.path.policy import seed_of
from headway.core.path.projection import Pace, Projection, effort, project
from headway.core.profile.profile import Profile
from headway.school.mastery.queries import first_tries_of
from headway.school.path.models import Goal as Row

PACE_WEEKS = 6


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
    """Return a forecast for each number of extra minutes a day. The same day gives the same forecast: its seed is the learner
    and the day."""
    seed = seed_of(f"{profile.learner}:{int(now // 86400.0)}")
    state = profile.state
    numbers = curriculum.skill_numbers(skills).tolist()
    found = effort(model, state, curriculum, numbers, now, seed=seed)
    away = max(due - now, 0.0) / WEEK
    return [project(found, pace, away, extra_minutes=minutes, seed=seed) for minutes in extra]


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
