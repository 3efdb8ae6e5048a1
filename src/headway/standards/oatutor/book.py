"""OATutor's content as a book that is read from front to back: skills first, then problem by problem.

    book = open_book(stream, "oatutor.zip")
    ledger = Ledger()
    for problem in book.problems(ledger): ...
    ledger.report()

Memory holds the frame (skills, courses) and one problem at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from headway.core.curriculum.codec import problem_to_json
from headway.core.curriculum.problems import Problem
from headway.core.curriculum.skills import Skill
from headway.standards.archives import LIMITS, Limits
from headway.standards.oatutor.doubt import is_doubtful
from headway.standards.oatutor.layout import Frame, read_frame, read_parts
from headway.standards.oatutor.problem import PREFIX, read_problem
from headway.standards.report import Ledger

ALGEBRA_I = re.compile(r"Elementary Algebra|Foundations: Algebra")
"""Courses whose skills are grade ``A1``; those of every other course are ``HS``."""

APP_THRESHOLD = 0.95
"""The mastery threshold that OATutor's application itself uses, whatever its lessons say."""


@dataclass(frozen=True, slots=True)
class Book:
    """An opened archive. ``total`` is the number of problems, for a progress bar; ``skills`` are OATutor's own."""

    skills: tuple[Skill, ...]
    total: int
    frame: Frame
    stream: BinaryIO
    name: str
    limits: Limits

    def problems(self, ledger: Ledger) -> Iterator[Problem]:
        """Yield every problem, writing counts and defects into ``ledger``. May be called again from the start.

        Raises :class:`headway.standards.errors.ImportProblem` for an archive or a file that cannot be read.
        """
        _note_frame(self.frame, ledger)
        ledger.counts["skills"] = len(self.skills)
        ledger.counts["courses"] = len(self.frame.courses)
        lessons: set[str] = set()
        for parts in read_parts(self.stream, self.name, self.frame, self.limits):
            head = parts.files.get(f"{parts.name}.json")
            if isinstance(head, dict) and head.get("lessonId"):
                lessons.add(str(head["lessonId"]))
            problem = read_problem(parts, self.frame, ledger)
            if problem is not None:
                yield problem
        ledger.counts["lessons"] = len(lessons)

    def usable(self, problem: Problem) -> bool:
        """Tell whether a problem can be put before a learner as it is: whole, English, and with a key to trust.

        A problem that needs a figure, holds a variable without a value, has a step without a skill, or a key that its
        question contradicts, is imported all the same, but a path does not offer it.
        """
        course = problem.source.name.removeprefix("OATutor, ")
        languages = {str(c.get("courseName")): c.get("language") or "en" for c in self.frame.courses}
        whole = not problem.media and all(step.skills for step in problem.steps)
        if not whole or any(is_doubtful(problem, step) for step in problem.steps):
            return False
        return languages.get(course, "en") == "en" and "@{" not in json.dumps(problem_to_json(problem))


def open_book(stream: BinaryIO, name: str = "archive", limits: Limits = LIMITS) -> Book:
    """Open a zip, tar, tar.gz or tar.xz of an OATutor-Content tree. ``stream`` must be seekable and stay open.

    Raises :class:`headway.standards.errors.ImportProblem` for anything else.
    """
    frame = read_frame(stream, name, limits)
    names = sorted({skill for skills in frame.skill_model.values() for skill in skills})
    courses = _courses_by_skill(frame)
    skills = tuple(_skill(name, courses.get(name, [])) for name in names)
    return Book(skills, len(frame.files), frame, stream, name, limits)


def _courses_by_skill(frame: Frame) -> dict[str, list[str]]:
    """Skill -> the courses that teach it, in the order of the plans."""
    found: dict[str, list[str]] = {}
    for course in frame.courses:
        for skill in _goals(course):
            found.setdefault(skill, []).append(str(course.get("courseName", "")))
    return found


def _skill(name: str, courses: list[str]) -> Skill:
    """Make a skill of OATutor's name; the earliest course that teaches it says its grade and its domain."""
    early = [course for course in courses if ALGEBRA_I.search(course)]
    domain = (early or courses or ["OATutor"])[0].removeprefix("OpenStax: ")
    return Skill(PREFIX + name, spoken(name), "", "mathematics", "A1" if early else "HS", domain)


def spoken(skill: str) -> str:
    """Write OATutor's name of a skill as words: ``find_factors`` is "Find factors"."""
    words = " ".join(skill.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _note_frame(frame: Frame, ledger: Ledger) -> None:
    """Write down what the archive's own model of learning is worth."""
    thresholds = {value for course in frame.courses for value in _thresholds(course)}
    if len(thresholds) == 1 and thresholds != {APP_THRESHOLD}:
        (value,) = thresholds
        done = f"Left out: every lesson says {value}, while OATutor's application uses {APP_THRESHOLD}."
        ledger.defect("uniform-threshold", "coursePlans.json", done)
    distinct = {tuple(sorted(values.items())) for values in frame.bkt.values()}
    if len(frame.bkt) > 1 and len(distinct) == 1:
        done = f"Left out: all {len(frame.bkt)} skills have the same parameters, so they say nothing."
        ledger.defect("uniform-bkt", "bkt-params", done)
    ledger.defect("no-prerequisites", "skillModel.json", "Its skills have no edges; a person aligns them to the graph.")
    if frame.figures:
        ledger.defect("figures-left-out", "content-pool", f"{frame.figures} other files (figures) were not imported.")
    for course in frame.courses:
        language = course.get("language")
        if isinstance(language, str) and language not in ("", "en"):
            done = f"Imported as it is; its problems are not in English ({language})."
            ledger.defect("other-language", str(course.get("courseName", "")), done)


def _thresholds(course: dict[str, Any]) -> list[float]:
    return [float(value) for value in _goals(course).values() if isinstance(value, (int, float))]


def _goals(course: dict[str, Any]) -> dict[str, Any]:
    """The skills that a course's lessons name, with their thresholds."""
    lessons = course.get("lessons")
    found: dict[str, Any] = {}
    for lesson in lessons if isinstance(lessons, list) else ():
        goals = lesson.get("learningObjectives") if isinstance(lesson, dict) else None
        if isinstance(goals, dict):
            found.update(goals)
    return found
