"""Regroup now: the last twenty minutes of a class, and a task of a few minutes for each group that comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.generators.base import activity_id, templates
from headway.core.environment.lately import WINDOW, Answered, Circle, regroup
from headway.core.environment.regrouping import Exercise, asked, given
from headway.core.text import NOTHING
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.mastery.models import Evidence

MOST_ANSWERS = 20_000
TASK = 3
"""Problems of a task: two together and one alone."""


@dataclass(frozen=True, slots=True)
class Task:
    """A few minutes on a skill (its identifier): problems to do together, and one alone at the end that tells who has it. Empty
    where the curriculum has no problems of it."""

    skill: str
    together: tuple[Exercise, ...]
    alone: Exercise | None


def regroup_now(learners: Sequence[UUID], now: float) -> tuple[Circle, ...]:
    """Group learners by their last twenty minutes, in one query. The caller has checked access."""
    rows = (
        Evidence.objects.filter(learner_id__in=learners, kind="response", now__gt=now - WINDOW)
        .order_by("id")
        .values_list("learner_id", "skills", "correct", "attempt", "hints", "misconception")[:MOST_ANSWERS]
    )
    lately: dict[UUID, list[Answered]] = {learner: [] for learner in learners}
    for learner, skills, correct, attempt, hints, misconception in rows:
        if skills:
            lately[learner].append(Answered(str(skills[0]), correct, attempt == 1, hints, misconception))
    return regroup([(str(learner), answers) for learner, answers in lately.items()])


def task_on(district: UUID, curriculum: Curriculum, skill: str, *, seed: int) -> Task:
    """Problems of a skill, other ones with another ``seed``. Any subject: they are the
    curriculum's own."""
    number = curriculum.skill_number.get(skill, -1)
    if number < 0:
        return Task(skill, (), None)
    at = curriculum.skill_activities_at
    own = curriculum.skill_activities[at[number] : at[number + 1]].tolist()
    first = {each: int(curriculum.activity_items[curriculum.activity_items_at[each]]) for each in own}
    ranked = sorted(own, key=lambda each: (float(curriculum.difficulty[first[each]]), each))
    start, found = seed % max(len(ranked), 1), list[Exercise]()
    for each in [*ranked[start:], *ranked[:start]]:
        exercise = _exercise(district, curriculum.activities[each].id, seed)
        if exercise is not None and str(exercise.problem) not in {str(other.problem) for other in found}:
            found.append(exercise)
        if len(found) == TASK:
            break
    return Task(skill, tuple(found[: TASK - 1]), found[TASK - 1] if len(found) == TASK else None)


def next_step(curriculum: Curriculum, skill: str) -> str:
    """A skill that builds on this one, the lowest level first; the skill itself where none does."""
    number = curriculum.skill_number.get(skill, -1)
    if number < 0:
        return skill
    after = [
        each
        for each in range(len(curriculum.skills))
        if number in curriculum.before[curriculum.before_at[each] : curriculum.before_at[each + 1]]
    ]
    return curriculum.skills[min(after, key=lambda each: (curriculum.level[each], each))].id if after else skill


def _exercise(district: UUID, listed: str, seed: int) -> Exercise | None:
    """The first question of an activity of the catalogue, with numbers of its own where a generator makes them."""
    activity = activity_id(listed, seed % 2**32) if listed in templates() else listed
    try:
        step = problem_of(district, activity).steps[0]
    except UnknownProblem:
        return None
    if not step.answer.keys:
        return None
    order = sorted(step.answer.choices, key=lambda choice: blake2b(f"{activity}#{choice}".encode()).digest())
    right = given(step.answer, step.answer.keys[0])
    return Exercise(activity, asked(problem_of(district, activity), step), right, NOTHING, tuple(order))
