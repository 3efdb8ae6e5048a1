"""``headway import readiness``: technology, autonomies, budgets and partners of schools."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from datetime import UTC, datetime

from headway.cli.command import Command, Refused, Result
from headway.cli.files import reading
from headway.cli.outcomes import refuse_rows, table_arguments
from headway.cli.school import find_district, open_school
from headway.standards.measures import FieldError
from headway.standards.readiness import read_means


def _configure(parser: argparse.ArgumentParser) -> None:
    table_arguments(parser, "columns school, kind, name, date and maybe value, cost, per, years, words")


def _run(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        table = read_means(stream.read(), arguments.path.name, today=datetime.now(UTC).date())
    with open_school():
        from headway.school.environment.means.actions import Row, write_down
        from headway.school.models import School
        from headway.school.people.refusal import Malformed
        from headway.school.people.tenancy import in_district

        district, new = find_district(arguments.district), 0
        with in_district(district):
            known = {each.sourced_id: each.id for each in School.objects.filter(is_active=True)}
            names = Counter(School.objects.filter(is_active=True).values_list("name", flat=True))
            known |= {each.name: each.id for each in School.objects.filter(is_active=True) if names[each.name] == 1}
            strange = [
                FieldError(
                    row.row, "school", row.school, "is no school of this district. Give its identifier in the roster."
                )
                for row in table.rows
                if row.school not in known
            ]
            data = {
                "rows": len(table.rows), "schools": len({row.school for row in table.rows}), "errors": [],
                "ignored_columns": list(table.ignored), "dry_run": arguments.dry_run, "district": str(district),
            }  # fmt: skip
            refuse_rows(arguments.path.name, sorted([*table.errors, *strange], key=lambda e: (e.row, e.field)), data)
            rows = [Row(known[row.school], row.said, row.day) for row in table.rows]
            try:
                new = 0 if arguments.dry_run else write_down(district=district, rows=rows, by=None, now=time.time())
            except Malformed as problem:
                raise Refused(str(problem.message), data=data) from None
    head = (
        "Read; nothing was written."
        if arguments.dry_run
        else f"{new:,} rows are new; what was said before stays on record."
    )
    return Result({**data, "written": new}, f"{head}\n  rows {len(table.rows):>8,}")


COMMAND = Command(
    help="Bring in what schools have to work with. Plans of days and the costs of pilots read it.",
    example="headway import readiness samples/maple/tables/readiness.csv --dry-run",
    configure=_configure,
    run=_run,
    keys={
        "rows, schools": "rows without errors, and schools that they name",
        "errors": "list of row (from 1 below the header), field, value and how to mend it; with any nothing is written",
        "ignored_columns": "columns that nobody reads",
        "written": "rows that say something new",
        "dry_run, district": "whether it was a preview, and which district",
    },
)
