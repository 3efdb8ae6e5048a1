"""``headway district``: the districts of an installation. The first one has to be made before anything comes in."""

from __future__ import annotations

import argparse
from uuid import uuid4
from zoneinfo import available_timezones

from headway.cli.command import Command, Refused, Result
from headway.cli.school import no_tables_refused, open_school

LONGEST = 120


def _configure_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the district is called")
    parser.add_argument(
        "--time-zone", default="America/New_York", metavar="ZONE", help="its IANA name (default: America/New_York)"
    )


def _run_add(arguments: argparse.Namespace) -> Result:
    name, zone = arguments.name.strip(), arguments.time_zone
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise Refused(f"give the district a name of at most {LONGEST} letters.")
    if zone not in available_timezones():
        raise Refused(f"there is no time zone {zone!r}. Write it as in America/Chicago.")
    with open_school(), no_tables_refused():
        from headway.school.curriculum.actions import install_shipped_curriculum
        from headway.school.people.actions import make_district
        from headway.school.people.models import District
        from headway.school.people.tenancy import in_district

        there = District.objects.filter(name__iexact=name).first()
        if there is not None:
            raise Refused(
                f"there is a district {there.name} already ({there.id}). Give another name, or go on with it."
            )
        key = uuid4()
        with in_district(key):  # whole or not at all: a name that is taken by half a district could not be given again
            made = make_district(name=name, time_zone=zone, id=key)
            curriculum = install_shipped_curriculum(district=key)
        data = {"id": str(made.id), "name": name, "time_zone": zone, "skills": len(curriculum.skills)}
    text = (
        f"{name} is made, with {data['skills']:,} skills of mathematics and nobody in it.\n  identifier: {made.id}\n"
        "Next: `headway import oneroster export.zip --preview`."
    )
    return Result(data, text)


def _configure_list(parser: argparse.ArgumentParser) -> None:
    del parser


def _run_list(arguments: argparse.Namespace) -> Result:
    del arguments
    with open_school(), no_tables_refused():
        from headway.school.people.models import District

        rows = [
            {"id": str(row.id), "name": row.name, "time_zone": row.time_zone}
            for row in District.objects.order_by("name", "id")
        ]
    lines = [f"{row['id']}  {row['name']}  ({row['time_zone']})" for row in rows]
    return Result({"districts": rows}, "\n".join(lines) or "There is no district yet. `headway district add NAME`.")


COMMANDS = {
    "district add": Command(
        help="Make a district, with the skills of mathematics that ship with Headway and nobody in it. The roster brings its\n"
        "people: docs/how-to/connect-a-district.md goes on from here.",
        example="headway district add 'Maple Valley' --time-zone America/Chicago",
        configure=_configure_add,
        run=_run_add,
        keys={"id": "its identifier", "name": "its name", "time_zone": "IANA name", "skills": "in force there"},
    ),
    "district list": Command(
        help="List the districts of this installation, with their identifiers.",
        example="headway district list",
        configure=_configure_list,
        run=_run_list,
        keys={"districts": "id, name and time_zone of each, by name"},
    ),
}
