"""``headway import careers``: what people can become, and which domains of the curriculum it asks for."""

from __future__ import annotations

import argparse
from pathlib import Path

from headway.cli.command import Command, Result
from headway.cli.files import reading
from headway.cli.school import find_district, open_school
from headway.standards.careers import read_careers


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, metavar="FILE", help="CSV: code, title and, where known, what, asks, more, language"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and report; write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        rows = read_careers(stream, arguments.path.name)
    asks = {domain for row in rows for domain in row.asks}
    with open_school():
        from headway.school.curriculum.queries import curriculum_of
        from headway.school.people.tenancy import in_district
        from headway.school.profile.careers import load_careers

        district = find_district(arguments.district)
        with in_district(district):
            unknown = sorted(asks - {skill.domain for skill in curriculum_of(district).skills})
            if not arguments.dry_run:
                load_careers(district=district, rows=rows)
    data = {
        "careers": len({row.code for row in rows}),
        "languages": sorted({row.language for row in rows}),
        "unknown_domains": unknown,
        "dry_run": arguments.dry_run,
        "district": str(district),
    }
    head = "Read; nothing was written." if arguments.dry_run else "Imported in the place of the table before."
    lines = [head, f"  careers {data['careers']:>8,} in {', '.join(data['languages'])}"]
    if unknown:
        lines.append(f"  No skill is of these domains, so they lead to no goal: {', '.join(unknown)}")
    return Result(data, "\n".join(lines))


COMMAND = Command(
    help="Bring in the district's table of careers. It takes the place of the table before; wishes keep their code.",
    example="headway import careers samples/maple/tables/careers.csv --dry-run",
    configure=_configure,
    run=_run,
    keys={
        "careers": "how many",
        "languages": "languages of the table",
        "unknown_domains": "domains that no skill of the curriculum is of",
        "dry_run, district": "whether it was a preview, and which district",
    },
)
