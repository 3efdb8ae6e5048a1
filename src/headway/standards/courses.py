"""A district's courses as a table: one skill of one competency of one course a row.

| column | also called | meaning |
|---|---|---|
| course | code | the course's code |
| title | course_title | what it is called, the same in every row of the course |
| competency | | what one can do with it, in plain words; skills with the same words belong together |
| skill | | a skill of the curriculum (may be empty in a row that names project work) |
| rubric | | a rubric's code: the competency is shown by a project's score on it (may be absent) |
| criterion | | the criterion of that rubric, by its name or key |
| step | | the step that is asked for, from 1 |
| credit | credits | how much the course gives (1 where the column is absent) |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from headway.core.mastery.credit import WorkAsked
from headway.core.measurement.rubrics import MOST_STEPS, key_of
from headway.standards.careers import texts
from headway.standards.errors import ImportProblem
from headway.standards.tables import names, numbers, pick, read_table

WANTED = {"course": ("code",), "title": ("course_title",), "competency": (), "skill": ()}
OPTIONAL = {"credit": ("credits",), "rubric": (), "criterion": (), "step": ("level",)}


@dataclass(frozen=True, slots=True)
class CourseTable:
    """A course: competencies in the order of the table, each its words and its skills; ``work`` is what projects must show."""

    code: str
    title: str
    credit: float
    competencies: tuple[tuple[str, tuple[str, ...]], ...]
    work: tuple[WorkAsked, ...] = ()

    @property
    def skills(self) -> tuple[str, ...]:
        """All skills, each once."""
        return tuple(dict.fromkeys(skill for _, skills in self.competencies for skill in skills))


def read_courses(source: BinaryIO, name: str) -> list[CourseTable]:
    """Read and check the table. Raises ImportProblem."""
    raw = pick(read_table(source, name), WANTED, OPTIONAL, name)
    columns = {column: names(raw, column, name).to_list() for column in WANTED if column != "skill"}
    credit = numbers(raw, "credit", name).to_list() if "credit" in raw.columns else [1.0] * raw.height
    cells = {column: texts(raw, column) for column in ("skill", "rubric", "criterion", "step")}
    courses: dict[str, tuple[str, float, dict[str, dict[str, None]], dict[WorkAsked, None]]] = {}
    rows = zip(columns["course"], columns["title"], columns["competency"], credit, strict=True)
    for number, (code, title, competency, amount) in enumerate(rows, 1):
        found = courses.setdefault(code, (title, amount, {}, {}))
        if found[:2] != (title, amount):
            raise ImportProblem(
                f"Row {number} gives the course {code!r} another title or credit than the rows before.",
                name,
                "Give every row of a course the same title and credit.",
            )
        if not amount > 0:
            raise ImportProblem(f"The credit in row {number} is not above 0.", f"{name}, column credit", "Correct it.")
        row = {column: values[number - 1] for column, values in cells.items()}
        if row["rubric"]:
            found[3][_work(competency, row, number, name)] = None
        elif not row["skill"]:
            raise ImportProblem(
                f"Row {number} names neither a skill nor a rubric.", f"{name}, column skill", "Fill one of them in."
            )
        if row["skill"]:
            found[2].setdefault(competency, {})[row["skill"]] = None
    for code, (_title, _amount, skills, _work_asked) in courses.items():
        if not skills:
            raise ImportProblem(
                f"The course {code!r} has no skill.", f"{name}, column skill", "Give it a row with a skill."
            )
    return [
        CourseTable(
            code, title, amount, tuple((words, tuple(skills)) for words, skills in competencies.items()), tuple(work)
        )
        for code, (title, amount, competencies, work) in courses.items()
    ]


def _work(competency: str, row: dict[str, str], number: int, name: str) -> WorkAsked:
    step = row["step"].removesuffix(".0")
    if not key_of(row["criterion"]) or not step.isdecimal() or not 1 <= int(step) <= MOST_STEPS:
        raise ImportProblem(
            f"Row {number} names a rubric without a criterion or without a step from 1 to {MOST_STEPS}.",
            f"{name}, columns criterion and step",
            "Fill both in, or leave the rubric empty.",
        )
    return WorkAsked(competency, key_of(row["rubric"]), key_of(row["criterion"]), int(step))
