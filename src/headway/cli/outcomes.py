"""``headway import outcomes`` and ``headway outcomes measure``: what the district wants, and where everybody stands."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from headway.cli.command import Command, Refused, Result
from headway.cli.files import reading, refusing
from headway.cli.school import find_district, open_school
from headway.standards.measures import EPOCH, FieldError

SHOWN = 12
"""Errors that a terminal shows; --json has all."""
MOST_TIMES = 60


def table_arguments(parser: argparse.ArgumentParser, what: str) -> None:
    """The arguments of an import of a table."""
    parser.add_argument("path", type=Path, metavar="FILE.csv", help=what)
    parser.add_argument("--dry-run", action="store_true", help="read and report; write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def refuse_rows(name: str, errors: Sequence[FieldError], data: Mapping[str, object]) -> None:
    """Raise Refused with the file, and the row and field of each error; nothing where there are none."""
    if not errors:
        return
    lines = [f"  row {e.row}, {e.field}: “{e.value[:40]}” {e.what}" for e in errors[:SHOWN]]
    if len(errors) > SHOWN:
        lines.append(f"  and {len(errors) - SHOWN:,} more (--json lists them all)")
    told = "\n".join(lines)
    raise Refused(
        f"{name} has {len(errors):,} errors; nothing was written.\n{told}\nMend them and bring the file in again.",
        data={**data, "errors": [asdict(each) for each in errors]},
    )


def _configure(parser: argparse.ArgumentParser) -> None:
    table_arguments(parser, "columns code, title, facet, measure, name, better, bar, goals and maybe about")


def _run(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        content = stream.read()
    with open_school():
        from headway.school.evidence.outcomes.actions import known_names, save_aims
        from headway.school.people.refusal import Malformed
        from headway.school.people.tenancy import in_district
        from headway.standards.outcomes import read_aims

        district, name = find_district(arguments.district), arguments.path.name
        with refusing(), in_district(district):
            table = read_aims(content, name, **known_names(district))
            data = {
                "outcomes": len(table.aims), "errors": [], "ignored_columns": list(table.ignored),
                "dry_run": arguments.dry_run, "district": str(district),
            }  # fmt: skip
            refuse_rows(name, table.errors, data)
            try:
                new = (
                    0 if arguments.dry_run else save_aims(district=district, aims=table.aims, by=None, now=time.time())
                )
            except Malformed as problem:
                raise Refused(str(problem.message), data=data) from None
    head = (
        "Read; nothing was written." if arguments.dry_run
        else f"{new:,} outcomes are new or changed. `headway outcomes measure` reads where everybody stands."
    )  # fmt: skip
    lines = [head, *(f"  {aim.code:<18} {aim.title}" for aim in table.aims)]
    return Result({**data, "written": new}, "\n".join(lines))


def _configure_measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", default="", metavar="DATE", help="read earlier days as well, from this one (2026-09-01)"
    )
    parser.add_argument(
        "--every", type=int, default=28, metavar="DAYS", help="days from one reading to the next (default: 28)"
    )
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run_measure(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.evidence.outcomes.actions import take
        from headway.school.people.clock import day_of
        from headway.school.people.tenancy import in_district

        district, now = find_district(arguments.district), time.time()
        with in_district(district):
            days = days_back(arguments.since, arguments.every, day_of(district, now))
            made = take(district=district, now=now, days=days)
    data = {"readings": made, "days": len(days), "district": str(district)}
    return Result(data, f"{made:,} readings of learners on {len(days)} days are kept.")


def days_back(since: str, every: int, today: int) -> list[int]:
    """Today and each ``every`` days before it back to ``since``. Raises Refused for what is no such date or step."""
    if not since:
        return [today]
    try:
        first = (date.fromisoformat(since) - EPOCH).days
    except ValueError:
        raise Refused(f"--since {since!r} is no date. Write it as 2026-09-01.") from None
    if every < 1:
        raise Refused(f"--every {every} is less than a day. Give 1 or more.")
    if first > today:
        raise Refused(f"--since {since} lies ahead. Give an earlier day.")
    days = list(range(today, first - 1, -every))
    if len(days) > MOST_TIMES:
        raise Refused(
            f"that are {len(days):,} readings; {MOST_TIMES} are the most. Give a later --since or a longer --every."
        )
    return days


COMMANDS = {
    "import outcomes": Command(
        help="Bring in what the district wants for its learners: outcomes, their measures, and goals by day.",
        example="headway import outcomes samples/maple/tables/outcomes.csv --dry-run",
        configure=_configure,
        run=_run,
        keys={
            "outcomes": "rows without errors",
            "errors": "list of row (from 1 below the header), field, value and how to mend it; with any nothing is written",
            "ignored_columns": "columns that nobody reads",
            "written": "outcomes that are new or changed",
            "dry_run, district": "whether it was a preview, and which district",
        },
    ),
    "outcomes measure": Command(
        help=(
            "Read from the evidence where every learner stands on the district's outcomes, and keep it for the pages. Let a\n"
            "timer run it every week; --since reads earlier days too, as everything is in the log."
        ),
        example="headway outcomes measure --since 2026-09-01",
        configure=_configure_measure,
        run=_run_measure,
        keys={"readings": "numbers that were kept", "days": "days that were read", "district": "which district"},
    ),
}
