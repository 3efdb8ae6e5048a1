"""Rubrics as a table: one criterion a row, its steps in columns.

| column | also called | meaning |
|---|---|---|
| rubric | code | the rubric's code, the same in each of its rows and over the years |
| title | rubric_title | what the rubric is called |
| criterion | name | what is looked at |
| kind | | ``thinking`` or ``together`` |
| step_1, step_2 … step_6 | level_1 … | what each step looks like, in plain words; two at least |
| skills | skill | skills of the curriculum that it has to do with, separated by semicolons (may be absent) |
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from headway.core.measurement.rubrics import MOST_STEPS, Criterion, Rubric, fault, key_of
from headway.standards.careers import texts
from headway.standards.errors import ImportProblem
from headway.standards.tables import names, pick, read_table

WANTED = {"rubric": ("code",), "title": ("rubric_title",), "criterion": ("name",), "kind": ()}
STEPS = {f"step_{n}": (f"level_{n}",) for n in range(1, MOST_STEPS + 1)}
OPTIONAL = {**STEPS, "skills": ("skill",)}
MOST_ROWS = 2_000
FORMULA = ("=", "+", "-", "@", "\t")


@cache
def shipped_rubrics() -> dict[str, Rubric]:
    """Return the rubrics that ship, by code."""
    folder = files("headway.standards") / "data/rubrics"
    found: dict[str, Rubric] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".csv"):
            found |= {rubric.code: rubric for rubric in read_rubrics(io.BytesIO(path.read_bytes()), path.name)}
    return found


def read_rubrics(source: BinaryIO, name: str) -> list[Rubric]:
    """Read and check the table. Raises ImportProblem with the first fault."""
    raw = pick(read_table(source, name), WANTED, OPTIONAL, name)
    if raw.height > MOST_ROWS:
        raise ImportProblem(f"It has {raw.height:,} rows.", name, f"Give at most {MOST_ROWS:,} criteria at a time.")
    columns = {column: [_bare(cell) for cell in names(raw, column, name).to_list()] for column in WANTED}
    rest = {column: [_bare(cell) for cell in texts(raw, column)] for column in OPTIONAL}
    found: dict[str, tuple[str, list[Criterion]]] = {}
    for n, (code, title) in enumerate(zip(columns["rubric"], columns["title"], strict=True)):
        here = found.setdefault(key_of(code), (title, []))
        if here[0] != title:
            raise ImportProblem(
                f"Row {n + 1} gives the rubric {code!r} another title than the rows before.",
                f"{name}, column title",
                "Give every row of a rubric the same title.",
            )
        steps = [rest[column][n] for column in STEPS]
        while steps and not steps[-1]:
            steps.pop()
        skills = tuple(part.strip() for part in rest["skills"][n].split(";") if part.strip())
        words = columns["criterion"][n]
        here[1].append(Criterion(key_of(words), words, columns["kind"][n].lower(), tuple(steps), skills))
    rubrics = [Rubric(code, title, tuple(criteria)) for code, (title, criteria) in found.items()]
    for rubric in rubrics:
        wrong = fault(rubric)
        if wrong is not None:
            raise ImportProblem(str(wrong), f"{name}, rubric {rubric.title}", "Correct it in the table.")
    return rubrics


def write_rubrics(rubrics: Sequence[Rubric]) -> bytes:
    """Write the table that :func:`read_rubrics` reads. Cells that a spreadsheet would take for a formula get an apostrophe
    before them."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*WANTED, *STEPS, "skills"])
    for rubric in rubrics:
        for each in rubric.criteria:
            steps = [*each.steps, *[""] * (MOST_STEPS - len(each.steps))]
            cells = [rubric.code, rubric.title, each.title, each.kind, *steps, ";".join(each.skills)]
            table.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue().encode()


def _bare(cell: str) -> str:
    """A cell without the apostrophe that was put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
