"""Browsing the imported problems of a district, by skill, with their licence and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from headway.core.curriculum.codec import problem_from_json
from headway.core.curriculum.problems import Problem as CoreProblem
from headway.core.text import NOTHING, Text
from headway.school.curriculum.models import Problem, ProblemVersion, Skill


@dataclass(frozen=True, slots=True)
class Shelf:
    """A skill with its imported problems; ``key`` is "" for problems that belong to no skill of the graph."""

    key: str
    title: str
    grade: str
    problems: int


@dataclass(frozen=True, slots=True)
class Book:
    """An imported problem as a list shows it."""

    key: str
    title: str
    skill: str
    source: str
    licence: str
    steps: int
    asked: Text


def shelves(words: str = "") -> list[Shelf]:
    """Return the skills that have imported problems, in the district's order; ``words`` are looked for in the titles."""
    counts = dict(_matching(words).values_list("skill").annotate(n=Count("id")))
    skills = {s.key: s for s in Skill.objects.filter(key__in=list(counts)).order_by("number")}
    named = [Shelf(key, s.title, s.grade, counts[key]) for key, s in skills.items()]
    loose = sum(n for key, n in counts.items() if key not in skills)
    return [*named, Shelf("", "", "", loose)] if loose else named


def books(skill: str, *, words: str = "", after: int = 0, most: int = 40) -> tuple[list[Book], int]:
    """Return a page of a shelf, and where the next one begins (0: this is the last)."""
    rows = _matching(words)
    if skill:
        rows = rows.filter(skill=skill)
    else:
        rows = rows.exclude(skill__in=Skill.objects.values("key"))
    found = list(rows.order_by("title", "id")[after : after + most + 1])
    page = [
        Book(row.key, row.title or row.key, row.skill, row.source, row.licence, len(row.payload["steps"]), _asked(row))
        for row in found[:most]
    ]
    return page, after + most if len(found) > most else 0


def book(key: str) -> Problem | None:
    """Return an imported problem's row, or None."""
    return Problem.objects.filter(key=key, active=True).first()


def earlier_wordings(key: str, *, most: int = 10) -> list[tuple[datetime, CoreProblem]]:
    """How an imported problem read before it was changed, newest first, and until when."""
    rows = ProblemVersion.objects.filter(key=key).order_by("-id")[:most]
    return [(row.until, problem_from_json(row.payload)) for row in rows]


def shelves_by_subject() -> list[tuple[str, int, int]]:
    """Each subject of the district with how many skills and how many imported problems in use it has."""
    skills = dict(Skill.objects.values_list("subject").annotate(n=Count("id")).order_by("subject"))
    subject_of = dict(Skill.objects.values_list("key", "subject"))
    problems: dict[str, int] = {}
    for skill, count in Problem.objects.filter(active=True).values_list("skill").annotate(n=Count("id")):
        subject = subject_of.get(skill, "")
        problems[subject] = problems.get(subject, 0) + count
    return [(subject, count, problems.get(subject, 0)) for subject, count in skills.items()]


def _asked(row: Problem) -> Text:
    """What the first step asks, to tell problems of one title apart."""
    problem = problem_from_json(row.payload)
    return problem.steps[0].prompt if problem.steps[0].prompt != NOTHING else problem.body


def _matching(words: str) -> QuerySet[Problem]:
    rows = Problem.objects.filter(active=True)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(key__icontains=word))
    return rows
