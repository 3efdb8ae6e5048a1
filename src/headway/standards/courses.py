"""A district's courses as a table: one skill of one competency of one course a row.

| column | also called | meaning |
|---|---|---|
| course | code | the course's code |
| title | course_title | what it is called, the same in every row of the course |
| competency | | what one can do with it, in plain words; skills with the same words belong together |
| skill | | a skill of the curriculum |
| credit | credits | how much the course gives (1 where the column is absent) |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from headway.standards.errors import ImportProblem
from headway.standards.tables import names, numbers, pick, read_table

WANTED = {"course": ("code",), "title": ("course_title",), "competency": (), "skill": ()}
OPTIONAL = {"credit": ("credits",)}


@dataclass(frozen=True, slots=True)
class CourseTable:
    """A course: competencies in the order of the table, each its words and its skills."""

    code: str
    title: str
    credit: float
    competencies: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def skills(self) -> tuple[str, ...]:
        """All skills, each once."""
        return tuple(dict.fromkeys(skill for _, skills in self.competencies for skill in skills))


def read_courses(source: BinaryIO, name: str) -> list[CourseTable]:
    """Read and check the table. Raises ImportProblem."""
    raw = pick(read_table(source, name), WANTED, OPTIONAL, name)
    columns = {column: names(raw, column, name).to_list() for column in WANTED}
    credit = numbers(raw, "credit", name).to_list() if "credit" in raw.columns else [1.0] * raw.height
    courses: dict[str, tuple[str, float, dict[str, dict[str, None]]]] = {}
    rows = zip(columns["course"], columns["title"], columns["competency"], columns["skill"], credit, strict=True)
    for number, (code, title, competency, skill, amount) in enumerate(rows, 1):
        found = courses.setdefault(code, (title, amount, {}))
        if found[:2] != (title, amount):
            raise ImportProblem(
                f"Row {number} gives the course {code!r} another title or credit than the rows before.",
                name,
                "Give every row of a course the same title and credit.",
            )
        if not amount > 0:
            raise ImportProblem(f"The credit in row {number} is not above 0.", f"{name}, column credit", "Correct it.")
        found[2].setdefault(competency, {})[skill] = None
    return [
        CourseTable(code, title, amount, tuple((words, tuple(skills)) for words, skills in competencies.items()))
        for code, (title, amount, competencies) in courses.items()
    ]
