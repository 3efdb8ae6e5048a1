"""``headway import subject``: a whole subject from tables, checked to the last field before anything is written."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school
from headway.standards.subject.reading import TABLES, Subject, SubjectRefused, read_subject
from headway.standards.subject.rows import MAX_BYTES
from headway.standards.subject.shipped import SHIPPED, shipped_subject

SHOWN = 20
"""Faults that are printed; ``--json`` lists all that were kept."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help=f"{', '.join(TABLES)}, or the folder that holds them"
    )
    parser.add_argument("--shipped", choices=SHIPPED, help="instead of files: a subject that comes with Headway")
    parser.add_argument("--dry-run", action="store_true", help="read, check and count; write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    subject = _subject(arguments)
    counts = {
        "subject": subject.name,
        "skills": len(subject.graph.skills),
        "prerequisites": len(subject.graph.prerequisites),
        "items": len(subject.problems),
        "passages": subject.passages,
        "without_items": list(subject.bare),
    }
    district, written = None, dict.fromkeys(("new_skills", "new", "changed", "same", "laid_aside"), 0)
    if not arguments.dry_run:
        with open_school():
            district = find_district(arguments.district)
            written = _write(district, subject)
    data = {**counts, **written, "dry_run": arguments.dry_run, "district": None if district is None else str(district)}
    return Result(data, _text(counts, written, arguments.dry_run))


def _subject(arguments: argparse.Namespace) -> Subject:
    if bool(arguments.shipped) == bool(arguments.files):
        raise Refused("give the files of one subject, or --shipped with the name of one that comes with Headway.")
    if arguments.shipped:
        return shipped_subject(arguments.shipped)
    try:
        return read_subject(_files(arguments.files))
    except SubjectRefused as refusal:
        raise _refused(refusal) from None


def _refused(refusal: SubjectRefused) -> Refused:
    """Every fault, one a line; nothing was written."""
    listed = "\n".join(f"  {fault}" for fault in refusal.faults[:SHOWN])
    more = f"\n  … and {refusal.found - SHOWN:,} more (--json)" if refusal.found > SHOWN else ""
    faults = [{"what": fault.what, "where": fault.where, "how": fault.how} for fault in refusal.faults]
    return Refused(
        f"mend these first ({refusal.found:,} in all); nothing was written.\n{listed}{more}", data={"faults": faults}
    )


def _files(paths: list[Path]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in paths:
        inside = [path / name for name in TABLES if (path / name).is_file()] if path.is_dir() else [path]
        for file in inside:
            if file.name in found:
                raise Refused(f"{file.name} is there twice. Give the tables of one subject.")
            try:
                with file.open("rb") as stream:
                    found[file.name] = stream.read(MAX_BYTES + 1)
            except OSError as error:
                raise Refused(f"{file} cannot be opened ({error.strerror}). Check the path.") from None
    return found


def _write(district: Any, subject: Subject) -> dict[str, int]:
    from headway.school.curriculum.subjects import SkillTaken, save_subject

    try:
        saved = save_subject(district=district, subject=subject)
    except SkillTaken as taken:
        raise Refused(
            f"these skills belong to another subject already: {taken}. Give yours other identifiers."
        ) from None
    kept = asdict(saved.problems)
    return {
        "new_skills": saved.new_skills,
        **{name: kept[name] for name in ("new", "changed", "same")},
        "laid_aside": saved.laid_aside,
    }


def _text(counts: dict[str, Any], written: dict[str, int], dry_run: bool) -> str:
    head = (
        "Read and in order; nothing was written." if dry_run else f"Imported {counts['subject']}, and put it in force."
    )
    rows = {name: value for name, value in counts.items() if isinstance(value, int)}
    rows |= {} if dry_run else written
    lines = [head, *(f"  {name.replace('_', ' '):<16} {value:>8,}" for name, value in rows.items())]
    if counts["without_items"]:
        lines.append(f"  Without questions, to be judged by people: {', '.join(counts['without_items'])}")
    return "\n".join(lines)


COMMANDS = {
    "import subject": Command(
        help="Bring in a subject of your own from tables (skills.csv, items.csv, and where wanted passages.csv and\n"
        "misconceptions.csv), or one that ships with Headway, and put it in force. Nothing is written unless every\n"
        "row is in order; a second import updates what is there. docs/how-to/add-a-subject.md explains the columns.",
        example="headway import subject samples/water-cycle --dry-run",
        configure=_configure,
        run=_run,
        keys={
            "subject": "its name, in small letters",
            "skills, prerequisites, items, passages": "how many were read",
            "without_items": "skills that have no question: people judge them",
            "new_skills, new, changed, same": "skills that are new; problems added, updated, found as they were",
            "laid_aside": "problems that are not offered any more, because the tables lack them",
            "dry_run": "true if nothing was written",
            "district": "identifier of the district that was written to, or null",
            "faults": "when refused: what is wrong, where (file, row, field) and how to mend it",
        },
    ),
}
