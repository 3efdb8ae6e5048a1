"""A small synthetic curriculum for the tests of ``core``: a grid of skills with imported activities."""

from __future__ import annotations

from functools import cache

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, ItemInfo, compile_curriculum
from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Step
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.events import Response, Start
from headway.core.text import NOTHING, Text

DAY = 86400.0
MONDAY = 1_789_000_000.0


def graph(count: int = 24, per_grade: int = 4) -> SkillGraph:
    """Skills S0, S1, … by grade from 3 on; each builds on the skill in its column one grade earlier, and every other
    one on its left neighbour too."""
    grades = ["3", "4", "5", "6", "7", "8", "A1"]
    skills = tuple(
        Skill(f"S{n}", f"Skill {n}", "", "math", grades[min(n // per_grade, 6)], "D", (), False) for n in range(count)
    )
    edges = [(f"S{n - per_grade}", f"S{n}") for n in range(per_grade, count)]
    edges += [(f"S{n - 1}", f"S{n}") for n in range(1, count) if n % per_grade and n % 2]
    return SkillGraph(skills, tuple(edges))


@cache
def curriculum(count: int = 24, per_grade: int = 4, each: int = 3) -> Curriculum:
    """``each`` activities a skill, of levels 1 to 3; every third of level 3 has two steps, the second of two skills."""
    activities = []
    for n in range(count):
        for k in range(each):
            level = k % 3 + 1
            items = [ItemInfo(f"P{n}.{k}.0", (f"S{n}",), (level - 2) * 0.8)]
            if level == 3 and n % 3 == 0 and n:
                items.append(ItemInfo(f"P{n}.{k}.1", (f"S{n}", f"S{n - 1}"), 0.5))
            activities.append(ActivityInfo(f"P{n}.{k}", "imported", f"S{n}", tuple(items), False, level))
    return compile_curriculum(graph(count, per_grade), activities)


def start(number: int, learner: str = "ada", at: float = MONDAY, activity: str = "") -> Start:
    return Start(f"start-{learner}-{number}", learner, at, activity)


def answer(
    number: int,
    activity: str,
    correct: bool,
    *,
    learner: str = "ada",
    at: float = MONDAY,
    step: int = 0,
    attempt: int = 1,
    hints: int = 0,
    shown: bool = False,
    seconds: float = 20.0,
    catalogue: Curriculum | None = None,
) -> Response:
    info = (catalogue or curriculum()).activity(activity)
    item = info.items[step] if info else ItemInfo("gone", (), 0.0)
    return Response(
        f"r-{learner}-{number}",
        learner,
        activity,
        step,
        item.id,
        item.skills,
        "7",
        correct,
        at,
        attempt,
        hints,
        shown,
        seconds,
    )


def problem(activity: str) -> Problem:
    """The problem of an activity: each step asks for seven."""
    infos = [info for made in (curriculum(), curriculum(28, 4, 2)) if (info := made.activity(activity))]
    steps = tuple(
        Step(str(n), item.id, Text("Seven?"), AnswerSpec("number", ("7",)), item.skills, (Hint("h1", Text("6 + 1")),))
        for n, item in enumerate(infos[0].items)
    )
    return Problem(activity, NOTHING, NOTHING, steps)
