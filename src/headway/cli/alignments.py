"""Suggested standards as a table that a person marks in any spreadsheet, and the marked table back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from headway.cli.command import Refused
from headway.core.curriculum.skills import Skill
from headway.standards.alignment import Suggestion
from headway.standards.graph import shipped_graph
from headway.standards.spreadsheet import safe_cell

FIELDS = ("skill", "title", "standard", "standard_title", "score", "shared_words", "confirmed")
YES = frozenset({"yes", "y", "x", "1", "true"})


def write_suggestions(
    path: Path,
    skills: Sequence[Skill],
    suggestions: Sequence[Suggestion],
    targets: Sequence[Skill] | None = None,
    empty: str = "",
) -> None:
    """Write one row a suggestion, ``confirmed`` empty. ``targets`` are the skills that are suggested (the shipped ones),
    ``empty`` stands for a skill without a name. Raises Refused if the file cannot be written."""
    titles = {skill.id: skill.title for skill in (*skills, *(shipped_graph().skills if targets is None else targets))}
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(FIELDS)
            for one in suggestions:
                words = " ".join(one.shared)
                skill = one.skill or empty
                writer.writerow([skill, safe_cell(titles[skill]), one.target, titles[one.target], one.score, words, ""])
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}). Name another file.") from None


def read_alignments(path: Path) -> dict[str, str]:
    """Return the confirmed rows (skill -> standard). Raises Refused for another table or two answers for one skill."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path} cannot be read as CSV ({error}). Save it as CSV in UTF-8.") from None
    if rows and not {"skill", "standard", "confirmed"} <= set(rows[0]):
        raise Refused(f"{path} needs the columns skill, standard and confirmed. `--suggest` writes such a file.")
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        if (row["confirmed"] or "").strip().lower() not in YES:
            continue
        skill, standard = (row["skill"] or "").strip(), (row["standard"] or "").strip()
        if found.setdefault(skill, standard) != standard:
            raise Refused(
                f"{path}, line {number}: {skill} is confirmed twice, for {found[skill]} and {standard}. Keep one."
            )
    return found
