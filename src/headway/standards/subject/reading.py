"""The tables of a subject, and what each row means.

skills.csv has one skill a row, items.csv one question, passages.csv one text that questions are about, and
misconceptions.csv one way of thinking that a wrong answer reveals. The last two may be left out.

``docs/how-to/add-a-subject.md`` explains each column. Whatever the tables hold, a wrong row is never taken in half.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from headway.core.curriculum.catalogue import grade_level
from headway.core.curriculum.problems import Problem, Source
from headway.core.curriculum.skills import Skill, SkillGraph, SkillKind
from headway.standards.errors import ImportProblem
from headway.standards.subject.items import Shelf, problem_of
from headway.standards.subject.rows import Faults, Row, Table, read_rows

CHOICES = tuple(f"{name}_{n}" for n in (1, 2, 3) for name in ("wrong", "reveals", "feedback"))
SKILLS = Table(
    "skills.csv",
    ("id", "title", "grade", "subject"),
    ("strand", "after", "standards", "description", "strategy", "kind"),
)
ITEMS = Table(
    "items.csv",
    ("id", "skill", "question", "answer"),
    ("passage", "level", "kind", *CHOICES, "hint_1", "hint_2", "hint_3", "why"),
)
PASSAGES = Table("passages.csv", ("id", "title", "text"), ("kind", "grade", "read_aloud"))
MISCONCEPTIONS = Table("misconceptions.csv", ("id", "name"), ("feedback",))
TABLES: dict[str, Table] = {table.name: table for table in (SKILLS, ITEMS, PASSAGES, MISCONCEPTIONS)}
NEEDED = (SKILLS.name, ITEMS.name)

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
SUBJECT = re.compile(r"[a-z][a-z0-9 ,&'-]{1,39}")
KINDS_OF_SKILL: dict[str, SkillKind] = {"": "skill", "skill": "skill", "cards": "cards"}
"""What the column ``kind`` of a skill may say: ``cards`` is a deck, each question of it a fact to know by heart."""
RESERVED = frozenset({"gen", "bank"})
"""Words that begin the identifiers of other kinds of activities."""
OWN_CONTENT = Source(name="", licence="")
"""What a school brings in for itself."""
LONGEST_TITLE = 60
"""Characters of a skill's title: it has to fit a phone in two lines."""


class SubjectRefused(Exception):
    """The tables cannot be used. ``faults`` lists what is wrong; ``found`` counts what is not listed as well."""

    def __init__(self, faults: Faults) -> None:
        super().__init__("\n".join(map(str, faults.listed)))
        self.faults: tuple[ImportProblem, ...] = tuple(faults.listed)
        self.found = faults.found


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject ready to be taken in: its name in small letters, its graph and its problems. ``passages`` counts the texts,
    ``bare`` names skills without a question: they are for what is judged, such as writing."""

    name: str
    graph: SkillGraph
    problems: tuple[Problem, ...]
    passages: int
    bare: tuple[str, ...]


def read_subject(files: Mapping[str, bytes], source: Source = OWN_CONTENT) -> Subject:
    """Read the tables of one subject, by file name; ``source`` says whose work it is.

    Raises SubjectRefused with every fault that was found.
    """
    faults = Faults()
    for name in files:
        if name not in TABLES:
            faults.add("It is none of the tables of a subject.", name, f"Name the files {', '.join(TABLES)}.")
    for name in NEEDED:
        if name not in files:
            faults.add("The file is missing.", name, "A subject needs skills and items.")
    rows = {name: read_rows(files[name], table, faults) for name, table in TABLES.items() if name in files}
    skills = _skills(rows.get(SKILLS.name, []), faults)
    subject = next(iter(skills.values())).subject if skills else ""
    edges = _edges(rows.get(SKILLS.name, []), skills, faults)
    shelf = Shelf(
        subject,
        source,
        {row["id"]: row["strategy"] for row in rows.get(SKILLS.name, [])},
        _named(rows.get(PASSAGES.name, []), "text", faults),
        _named(rows.get(MISCONCEPTIONS.name, []), "name", faults),
    )
    items = _unique(rows.get(ITEMS.name, []), faults)
    problems = [problem_of(row, shelf, faults) for row in items]
    _all_used(rows.get(PASSAGES.name, []), items, faults)
    if faults.found:
        raise SubjectRefused(faults)
    used = {row["skill"] for row in items}
    return Subject(
        subject,
        SkillGraph(tuple(skills.values()), edges),
        tuple(problem for problem in problems if problem is not None),
        len(shelf.passages),
        tuple(skill for skill in skills if skill not in used),
    )


def _unique(rows: list[Row], faults: Faults) -> list[Row]:
    """The rows with a good identifier of their own."""
    seen: dict[str, int] = {}
    for row in rows:
        key = row["id"]
        if not IDENTIFIER.fullmatch(key):
            faults.add(
                f"“{key[:40]}” is no identifier." if key else "The identifier is empty.",
                row.where("id"),
                "Use letters, digits, dots, hyphens and underscores, at most 80.",
            )
        elif key in seen:
            faults.add(f"“{key}” stands in row {seen[key]} already.", row.where("id"), "Give each row its own.")
        seen.setdefault(key, row.number)
    return [row for row in rows if seen[row["id"]] == row.number and IDENTIFIER.fullmatch(row["id"])]


def _skills(rows: list[Row], faults: Faults) -> dict[str, Skill]:
    subjects = {row["subject"].lower(): row for row in reversed(rows)}
    for name, row in subjects.items():
        if not SUBJECT.fullmatch(name) or name in RESERVED:
            how = "Use a short name in plain letters, such as science."
            faults.add(f"“{name[:40]}” cannot be the name of a subject.", row.where("subject"), how)
    if len(subjects) > 1:
        row = rows[next(n for n, each in enumerate(rows) if each["subject"].lower() != rows[0]["subject"].lower())]
        faults.add("It names another subject than row 2.", row.where("subject"), "Import one subject at a time.")
    return {row["id"]: _skill(row, faults) for row in _unique(rows, faults)}


def _skill(row: Row, faults: Faults) -> Skill:
    if not row["title"]:
        faults.add("The title is empty.", row.where("title"), "Say in a few plain words what is learned.")
    if len(row["title"]) > LONGEST_TITLE:
        how = f"At most {LONGEST_TITLE} characters fit a phone."
        faults.add(f"The title has {len(row['title'])} characters.", row.where("title"), how)
    try:
        grade_level(row["grade"])
    except ValueError:
        faults.add(f"“{row['grade'][:20]}” is no grade.", row.where("grade"), "Write K, 1 to 12, A1 or HS.")
    standards = [code.strip() for code in row["standards"].split(";") if code.strip()]
    description = " ".join([row["description"], *([f"({', '.join(standards)})"] if standards else [])]).strip()
    subject = row["subject"].lower()
    strand = row["strand"] or subject.capitalize()
    if row["kind"] not in KINDS_OF_SKILL:
        faults.add(f"“{row['kind'][:20]}” is no kind of skill.", row.where("kind"), "Write cards, or leave it empty.")
    kind = KINDS_OF_SKILL.get(row["kind"], "skill")
    return Skill(row["id"], row["title"], description, subject, row["grade"], strand, kind=kind)


def _edges(rows: list[Row], skills: Mapping[str, Skill], faults: Faults) -> tuple[tuple[str, str], ...]:
    edges: list[tuple[str, str]] = []
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for row in rows:
        for earlier in dict.fromkeys(part.strip() for part in row["after"].split(";") if part.strip()):
            if earlier not in skills:
                how = "Name skills of this table, with a semicolon between them."
                faults.add(f"There is no skill “{earlier[:40]}”.", row.where("after"), how)
            elif row["id"] in skills:
                edges.append((earlier, row["id"]))
                sorter.add(row["id"], earlier)
    try:
        sorter.prepare()
    except CycleError as error:
        faults.add(
            "Skills come after each other in a circle.",
            f"{SKILLS.name}, after",
            f"Take one of these out: {' → '.join(error.args[1])}.",
        )
    return tuple(edges)


def _named(rows: list[Row], column: str, faults: Faults) -> dict[str, Row]:
    found = {row["id"]: row for row in _unique(rows, faults)}
    for row in found.values():
        if not row[column]:
            faults.add("The field is empty.", row.where(column), "Fill it in, or leave the row out.")
    return found


def _all_used(passages: list[Row], items: list[Row], faults: Faults) -> None:
    used = {row["passage"] for row in items}
    for row in passages:
        if row["id"] not in used:
            how = "Name it in the column passage of items.csv, or leave it out."
            faults.add(f"No question is about the passage “{row['id'][:40]}”.", row.where("id"), how)
