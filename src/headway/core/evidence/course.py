"""A grade's course: its skills with all that they build on, learners for it, and its terms. ``taking`` lets them take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, Ints, compile_curriculum
from headway.core.curriculum.skills import SkillGraph
from headway.core.evidence.minds import Minds, growing, switching
from headway.core.evidence.term import FIRST_DAY

GENERATORS: tuple[str, ...] = ("growing", "switching")
ENOUGH = 0.9
"""Share of the grade's skills that have to be held at the same time for the course to count as mastered."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The skills of a grade that have activities (``goal``, numbers in the curriculum) with all that they build on."""

    grade: str
    level: int
    curriculum: Curriculum
    goal: Ints


@dataclass(frozen=True, slots=True)
class Terms:
    """How long and how much: ``minutes`` of practice a day; ``budget`` school days after which everybody is compared;
    ``days`` at most until mastery; ``after`` days without practice before retention is asked for."""

    minutes: float = 20.0
    budget: int = 15
    days: int = 100
    after: float = 30.0


USUAL = Terms()


def course_of(graph: SkillGraph, activities: Sequence[ActivityInfo], grade: str) -> Course:
    """Cut a grade's course out of a graph; prerequisites that have no activities are bridged. ValueError if nothing is left."""
    has = {activity.skill for activity in activities}
    before: dict[str, list[str]] = {skill.id: [] for skill in graph.skills}
    for earlier, later in graph.prerequisites:
        before[later].append(earlier)

    def sources(skill: str) -> set[str]:
        return {found for e in before[skill] for found in ({e} if e in has else sources(e))}

    wanted = [skill.id for skill in graph.skills if skill.grade == grade and skill.id in has]
    if not wanted:
        raise ValueError(f"no skill of grade {grade} has activities: use a grade with problems")
    inside, open_ = set(wanted), list(wanted)
    while open_:
        new = sources(open_.pop()) - inside
        inside |= new
        open_ += sorted(new)
    skills = tuple(skill for skill in graph.skills if skill.id in inside)
    edges = tuple((e, skill.id) for skill in skills for e in sorted(sources(skill.id)))
    curriculum = compile_curriculum(SkillGraph(skills, edges), [a for a in activities if a.skill in inside])
    goal = curriculum.skill_numbers(wanted)
    return Course(grade, int(curriculum.level[goal[0]]), curriculum, goal)


def minds_of(name: str, course: Course, count: int, rng: Generator, world: Generator) -> Minds:
    """Draw learners from a generator of :data:`GENERATORS`; items and skills, the same for all of them, from ``world``."""
    if name == "growing":
        return growing(course.curriculum, course.level, count, rng, world)
    if name == "switching":
        return switching(course.curriculum, course.level, count, rng, world, FIRST_DAY)
    raise ValueError(f"unknown generator {name!r}: use one of {', '.join(GENERATORS)}")
