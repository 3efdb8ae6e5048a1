"""``headway import measures`` and ``headway import items``: outside tests, and calibrated items to screen with."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from headway.cli.command import Command, Refused, Result
from headway.cli.files import reading, refusing
from headway.cli.school import find_district, open_school
from headway.standards.errors import ImportProblem
from headway.standards.measures import FieldError, MeasureRow, MeasureTable, read_measures

SHOWN = 12
"""Errors and rows that a terminal shows; --json has all errors."""


def _configure(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("path", type=Path, metavar="FILE.csv", help=what)
    parser.add_argument("--dry-run", action="store_true", help="preview: read, look the students up, write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _configure_measures(parser: argparse.ArgumentParser) -> None:
    _configure(parser, "columns student, measure, date, score and, where known, se, unit, form")
    parser.add_argument("--skip-errors", action="store_true", help="import the rows without errors")


def _run_measures(arguments: argparse.Namespace) -> Result:
    today = datetime.now(UTC).date()
    with reading(arguments.path) as stream:
        table = read_measures(stream.read(), arguments.path.name, today=today)
    with open_school():
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        with in_district(district):
            known = _people(table)
            errors = [*table.errors, *(_unknown(row) for row in table.rows if row.student not in known)]
            errors.sort(key=lambda error: (error.row, error.field))
            good = [row for row in table.rows if row.student in known]
            data = _data(table, good, errors, arguments, district)
            if errors and not (arguments.dry_run or arguments.skip_errors):
                raise Refused(
                    f"{arguments.path.name} has {len(errors):,} errors; nothing was written.\n{_said(errors)}\nMend them, or "
                    "give --skip-errors to bring in the other rows.",
                    data=data,
                )
            new = 0 if arguments.dry_run else _write(good, known)
    return Result({**data, "written": new}, _text(data, errors, good, new, dry=arguments.dry_run))


def _people(table: MeasureTable) -> dict[str, UUID]:
    from headway.school.models import Person

    wanted = {row.student for row in table.rows}
    people = Person.objects.filter(roles__name="learner", sourced_id__in=wanted)
    return dict(people.values_list("sourced_id", "id"))


def _write(rows: list[MeasureRow], known: Mapping[str, UUID]) -> int:
    from headway.school.measurement.actions import import_measures

    return import_measures(rows=rows, learners=known, now=time.time())


def _unknown(row: MeasureRow) -> FieldError:
    return FieldError(row.row, "student", row.student, "is no student of this district's roster")


def _data(
    table: MeasureTable, good: list[MeasureRow], errors: list[FieldError], arguments: argparse.Namespace, district: UUID
) -> dict[str, object]:
    return {
        "rows": len(good) + len({error.row for error in errors}),
        "ready": len(good),
        "students": len({row.student for row in good}),
        "measures": dict(Counter(row.measure for row in good)),
        "errors": [asdict(error) for error in errors],
        "ignored_columns": list(table.ignored),
        "dry_run": arguments.dry_run,
        "district": str(district),
    }


def _said(errors: list[FieldError]) -> str:
    lines = [f"  row {e.row}, {e.field}: “{e.value[:40]}” {e.what}" for e in errors[:SHOWN]]
    more = len(errors) - SHOWN
    return "\n".join([*lines, f"  and {more:,} more (--json lists them all)"] if more > 0 else lines)


def _text(data: Mapping[str, object], errors: list[FieldError], good: list[MeasureRow], new: int, *, dry: bool) -> str:
    head = (
        "Preview; nothing was written." if dry else f"{new:,} scores imported ({len(good) - new:,} were there already)."
    )
    counts = Counter(row.measure for row in good)
    lines = [head, *(f"  {name:<40} {number:>8,} scores" for name, number in sorted(counts.items()))]
    lines += [f"  {row.student:<14} {date.fromordinal(EPOCH_DAY + row.day)}  {row.score:g}" for row in good[:3]]
    if data["ignored_columns"]:
        lines.append(f"Columns that nobody reads: {', '.join(map(str, data['ignored_columns']))}")  # type: ignore[call-overload]
    if errors:
        lines += [f"{len(errors):,} errors:", _said(errors)]
    return "\n".join(lines)


EPOCH_DAY = date(1970, 1, 1).toordinal()


def _configure_items(parser: argparse.ArgumentParser) -> None:
    _configure(parser, "columns item, b, prompt, answer and a, c, model, kind, choices, skill, domain, enemies")


def _run_items(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        data = stream.read()
    with open_school():
        from headway.school.measurement.actions import import_bank
        from headway.school.measurement.banks import checked_bank
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        with refusing(), in_district(district):
            name = arguments.path.name
            if not name.lower().endswith(".csv"):
                raise ImportProblem("Only CSV can be kept.", name, "Save the table as CSV.")
            table, bank = checked_bank(data, name), None
            if not arguments.dry_run:
                made = import_bank(district=district, name=arguments.path.stem, data=data, by=None, now=time.time())
                bank = str(made.id)
    found = {"items": len(table.bank), "bank": bank, "dry_run": arguments.dry_run, "district": str(district)}
    head = (
        "Read; nothing was written." if bank is None else "Imported; a leader can choose it when opening a screening."
    )
    return Result(found, f"{head}\n  items {len(table.bank):>8,}")


COMMANDS = {
    "import measures": Command(
        help="Bring in scores of outside tests, so that progress and the accuracy of screenings can be seen.",
        example="headway import measures spring.csv --dry-run",
        configure=_configure_measures,
        run=_run_measures,
        keys={
            "rows, ready": "rows in the file, and those without errors",
            "students": "students with a score among those rows",
            "measures": "name of a measure -> number of scores",
            "errors": "list of row (from 1 below the header), field, value and what is wrong",
            "ignored_columns": "columns that nobody reads",
            "written": "new scores; one that was there already is not written again",
            "dry_run, district": "whether it was a preview, and which district",
        },
    ),
    "import items": Command(
        help="Bring in a bank of calibrated items with their questions, to screen with.",
        example="headway import items bank.csv --dry-run",
        configure=_configure_items,
        run=_run_items,
        keys={"items": "how many", "bank": "its identifier, null in a dry run", "dry_run, district": "as said"},
    ),
}
