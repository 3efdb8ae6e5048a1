"""Setting goals. A goal writes rows into the learner's plan, week by week; changing it ends them, and nothing is deleted.

Goals of before wrote pins, which close everything else; those rows are replayed as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.db import transaction

from headway.core.path.goals import A_WEEK, MOST_SKILLS, WEEK, GoalWeek, weeks_of
from headway.core.path.projection import Projection
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import LONGEST_REASON, after_the_last_event
from headway.school.path.models import Goal, GoalEnd, PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person

LONGEST_GOAL = 26 * WEEK
"""A goal lies at most half a year away."""


GOAL = "Goal: "
"""How the reason of a goal's rows begins."""


class BadGoal(ValueError):
    """The goal cannot be set as it is; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def set_goal(
    *,
    learner: Person,
    by: Person,
    grade: str,
    domain: str,
    skills: Sequence[str],
    due: float,
    now: float,
    why: str = "",
    career: str = "",
    forecast: Projection | None = None,
) -> Goal:
    """Set a learner's goal; an earlier one that is open ends as changed. The path leans towards each week's skills until the week
    is over, and then until the goal's day, as part of the policy's own wishes: an accommodation, a person's pin or block and a
    support stand above them. ``by`` is the learner, or an adult of the school who sets it with them.

    Raises BadGoal for a day that is past or too far, without skills, or for one that the district does not teach.
    """
    _check(learner, skills, due, now)
    now = after_the_last_event(learner, now)
    _end(learner, by, "changed", "", now)
    weeks = weeks_of(skills, now, due)
    rows = _rows(learner, by, weeks, due, f"{GOAL}{why.strip() or domain}"[:LONGEST_REASON])
    goal = Goal.objects.create(
        district_id=learner.district_id,
        learner=learner,
        by=by,
        grade=grade,
        domain=domain,
        skills=list(skills),
        weeks=[[week.starts, week.ends, list(week.skills)] for week in weeks],
        rows=[str(row.id) for row in rows],
        why=why.strip()[:LONGEST_REASON],
        career=career,
        forecast=asdict(forecast) if forecast else {},
        at=now,
        due=due,
    )
    announce("learner", learner.id)
    return goal


def _check(learner: Person, skills: Sequence[str], due: float, now: float) -> None:
    known = curriculum_of(learner.district_id).skill_number
    if not skills or len(skills) > MOST_SKILLS or set(skills) - set(known):
        raise BadGoal(T("Choose one of the goals on the page."))
    if not now + WEEK / 2 <= due <= now + LONGEST_GOAL:
        raise BadGoal(T("Choose a day that is at least half a week away and at most half a year."))
    if (due - now) / WEEK < len(skills) / A_WEEK - 0.5:
        raise BadGoal(T("That is too much for so few days. Choose a later day."))


def _rows(learner: Person, by: Person, weeks: Sequence[GoalWeek], due: float, reason: str) -> list[PlanRow]:
    """Each week's skills, for that week; what is not mastered by then stays until the goal's day."""
    spans = [(skill, week.starts, week.ends) for week in weeks for skill in week.skills]
    spans += [(skill, week.ends, due) for week in weeks for skill in week.skills if week.ends < due]
    return PlanRow.objects.bulk_create(
        PlanRow(
            district_id=learner.district_id,
            learner=learner,
            source="policy",
            effect="prefer-skill",
            value=f"{skill}@{int(ends)}",
            reason=reason,
            by=by,
            starts=starts,
            ends=ends,
        )
        for skill, starts, ends in spans
    )


@transaction.atomic
def end_goal(
    *, learner: Person, by: Person, kind: Literal["reached", "dropped"], now: float, why: str = ""
) -> UUID | None:
    """End the open goal; return which it was, None if there was none."""
    now = after_the_last_event(learner, now)
    ended = _end(learner, by, kind, why, now)
    if ended is not None:
        announce("learner", learner.id)
    return ended


def _end(learner: Person, by: Person, kind: str, why: str, now: float) -> UUID | None:
    """The rows that have not ended by themselves end now; those that have not begun never begin."""
    goal = Goal.objects.filter(learner=learner, end=None).order_by("-at").first()
    if goal is None:
        return None
    GoalEnd.objects.create(
        district_id=learner.district_id, goal=goal, kind=kind, why=why.strip()[:LONGEST_REASON], by=by, at=now
    )
    PlanRow.objects.filter(id__in=[UUID(row) for row in goal.rows], ends__gt=now).update(ends=now)
    return goal.id
