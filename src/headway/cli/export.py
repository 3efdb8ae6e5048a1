"""``headway export``: a roster, everything of one learner, a section's gradebook, a district's data, data for research."""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.school import find_district, open_school


def _out(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    parser.add_argument("out", type=Path, metavar=name, help=what)
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _empty(folder: Path) -> Path:
    """A folder to write into: made where it is not there. Raises Refused for one that holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is not an empty folder. Name another: an export does not mix with what is there.")
    if not folder.parent.is_dir():
        raise Refused(f"there is no folder {folder.parent}. Make it first.")
    folder.mkdir(exist_ok=True)
    return folder


def _rows(heading: str, counts: dict[str, int]) -> str:
    return "\n".join([heading, *(f"  {name:<18} {n:>10,}" for name, n in counts.items())])


def _configure_roster(parser: argparse.ArgumentParser) -> None:
    _out(parser, "ZIP", "file to write")
    parser.add_argument("--version", choices=("1.1", "1.2"), default="1.2", help="of OneRoster")
    parser.add_argument(
        "--since", default="", metavar="DATE", help="only what changed after this day (2026-09-01), as changes"
    )


def _run_roster(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    since = day(arguments.since)
    with open_school():
        from headway.school.exchange.roster.export import export_roster

        district = find_district(arguments.district)
        today = datetime.now(UTC).date()
        with arguments.out.open("wb") as stream:
            counts = export_roster(
                district=district, stream=stream, version=arguments.version, since=since, today=today
            )
    return Result({"rows": counts, "version": arguments.version}, _rows(f"Wrote {arguments.out}.", counts))


def _configure_learner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("learner", metavar="LEARNER", help="sourcedId or identifier of the learner")
    _out(parser, "FILE", "file to write: .json, or .zip for a CSV of each table")


def _run_learner(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    if arguments.out.suffix not in (".json", ".zip"):
        raise Refused(f"{arguments.out}: name a file that ends in .json or .zip.")
    with open_school():
        from headway.school.exchange.out.learner import as_csv, as_json, everything

        def write(learner: Any) -> dict[str, int]:
            data = as_json(learner, at=time.time()) if arguments.out.suffix == ".json" else as_csv(learner)
            arguments.out.write_bytes(data)
            return {name: len(rows) for name, rows in everything(learner)}

        counts = _of_learner(find_district(arguments.district), arguments.learner, write)
    return Result({"rows": counts}, _rows(f"Wrote {arguments.out}.", counts))


def _of_learner(district: UUID, wanted: str, do: Callable[[Any], dict[str, int]]) -> dict[str, int]:
    from headway.school.people.models import Person, RoleName
    from headway.school.people.tenancy import in_district

    with in_district(district):
        found = Person.objects.filter(roles__name=RoleName.LEARNER).distinct()
        learner = found.filter(sourced_id=wanted).first()
        if learner is None and _is_uuid(wanted):
            learner = found.filter(id=wanted).first()
        if learner is None:
            raise Refused(f"there is no learner {wanted!r} in the district. Give a sourcedId or an identifier.")
        return do(learner)


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _configure_district(parser: argparse.ArgumentParser) -> None:
    _out(parser, "FOLDER", "empty folder to write into")


def _run_district(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.exchange.out.district import export_district

        counts = export_district(district=find_district(arguments.district), folder=_empty(arguments.out))
    return Result({"rows": counts}, _rows(f"Wrote {arguments.out}; dictionary.csv says what each column is.", counts))


def _configure_research(parser: argparse.ArgumentParser) -> None:
    _out(parser, "FOLDER", "empty folder to write into")
    parser.add_argument(
        "--consented",
        type=Path,
        required=True,
        metavar="CSV",
        help="who agreed: a column sourcedId; nobody else is exported",
    )
    parser.add_argument(
        "--k", type=int, default=10, help="how many have to share what could point at somebody (10 or more)"
    )
    parser.add_argument(
        "--twin", type=Path, metavar="FOLDER", help="write a synthetic twin of it as well: nobody in it exists"
    )


def _run_research(arguments: argparse.Namespace) -> Result:
    who = _consented(arguments.consented)
    with open_school():
        from headway.school.exchange.out.research import LEAST, TooFew, export_research
        from headway.school.exchange.out.twin import write_twin

        if arguments.k < LEAST:
            raise Refused(f"--k is {arguments.k}; the least is {LEAST}.")
        twin = _empty(arguments.twin) if arguments.twin else None
        if twin is not None and twin.resolve() == arguments.out.resolve():
            raise Refused("the twin needs a folder of its own: it must not be mixed up with the data.")
        try:
            found = export_research(
                district=find_district(arguments.district), folder=_empty(arguments.out), consented=who, k=arguments.k
            )
        except TooFew as few:
            raise Refused(f"{few}. Nothing was written.") from None
        try:
            drawn = write_twin(source=arguments.out, folder=twin, k=arguments.k) if twin is not None else {}
        except ValueError as problem:
            raise Refused(f"{arguments.out} is written, but there is no twin: {problem}.") from None
    data: dict[str, Any] = {
        "learners": found.learners,
        "left_out": found.left_out,
        "unknown": found.unknown,
        "rows": found.rows,
    }
    data["twin"] = drawn
    head = (
        f"Wrote {arguments.out}: {found.learners:,} learners who agreed; {found.left_out:,} more agreed but stand in too small "
        f"a group; {found.unknown:,} names of the list are no learners here."
    )
    text = _rows(head, found.rows)
    return Result(data, text + (f"\nWrote {twin}: a synthetic twin; nobody in it exists." if twin is not None else ""))


def _recorded(parser: argparse.ArgumentParser, what: str) -> None:
    _out(parser, "FILE", f"file to write: {what} a line")
    parser.add_argument(
        "--since", default="", metavar="DATE", help="only what was recorded from this day on (2026-09-01)"
    )
    parser.add_argument("--url", default="", help="address of this installation (default: the first of HEADWAY_HOSTS)")


def _configure_xapi(parser: argparse.ArgumentParser) -> None:
    _recorded(parser, "a statement")


def _configure_caliper(parser: argparse.ArgumentParser) -> None:
    _recorded(parser, "an envelope of events")


def _run_xapi(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    since = day(arguments.since)
    with open_school():
        from django.conf import settings

        from headway.cli.digest import address_of
        from headway.school.exchange.out.statements import export_statements

        home = address_of(arguments.url, settings.ALLOWED_HOSTS[0].lstrip(".")) + "/"
        with arguments.out.open("wb") as stream:
            counts = export_statements(
                district=find_district(arguments.district), stream=stream, home=home, since=since
            )
    return Result({"rows": counts, "home": home}, _rows(f"Wrote {arguments.out}.", counts))


def _run_caliper(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    since = day(arguments.since)
    with open_school():
        from django.conf import settings

        from headway.cli.digest import address_of
        from headway.school.exchange.out.events import export_events

        home = address_of(arguments.url, settings.ALLOWED_HOSTS[0].lstrip(".")) + "/"
        with arguments.out.open("wb") as stream:
            counts = export_events(
                district=find_district(arguments.district), stream=stream, home=home, since=since, now=time.time()
            )
    return Result({"rows": counts, "home": home}, _rows(f"Wrote {arguments.out}.", counts))


def day(given: str) -> float | None:
    """The time (seconds since 1970) at which a day of ``--since`` begins, by UTC. Raises Refused."""
    try:
        return datetime.fromisoformat(given).replace(tzinfo=UTC).timestamp() if given else None
    except ValueError:
        raise Refused(f"--since: {given!r} is no date. Write it as 2026-09-01.") from None


def _consented(path: Path) -> list[str]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path} cannot be read as CSV ({error}). Give UTF-8 with a column sourcedId.") from None
    if not rows or "sourcedId" not in rows[0]:
        raise Refused(f"{path} has no rows under a column sourcedId.")
    return [(row["sourcedId"] or "").strip() for row in rows if row["sourcedId"]]


ROWS = {"rows": "table -> how many rows were written"}
COMMANDS = {
    "export roster": Command(
        help="Write the district as OneRoster CSV: what its source said, as it said it, and whoever was made here.",
        example="headway export roster roster.zip --version 1.2",
        configure=_configure_roster,
        run=_run_roster,
        keys={**ROWS, "version": "1.1 or 1.2"},
    ),
    "export learner": Command(
        help="Write everything that Headway holds of one learner: every row of every table that is theirs. Other children's\n"
        "names are not in it. Learners and families find the same on the learner's profile page.",
        example="headway export learner s-mina mina.json",
        configure=_configure_learner,
        run=_run_learner,
        keys=ROWS,
    ),
    "export xapi": Command(
        help="Write what Headway has recorded as xAPI statements, one a line: answers, starts, screenings, skills mastered.\n"
        "Learners are accounts by their sourcedId, without names; simulated ones are left out.",
        example="headway export xapi statements.jsonl --since 2026-09-01",
        configure=_configure_xapi,
        run=_run_xapi,
        keys={"rows": "verb -> how many statements were written", "home": "address that identifiers begin with"},
    ),
    "export caliper": Command(
        help="Write what Headway has recorded as Caliper 1.2 events, an envelope a line: answers and their grades, starts,\n"
        "screenings, skills mastered. Learners are addresses by their sourcedId, without names; simulated ones are left out.",
        example="headway export caliper events.jsonl --since 2026-09-01",
        configure=_configure_caliper,
        run=_run_caliper,
        keys={"rows": "type of event -> how many were written", "home": "address that identifiers begin with"},
    ),
    "export district": Command(
        help="Write the district's data as Parquet with a dictionary, with names, for its own analysts.",
        example="headway export district build/data",
        configure=_configure_district,
        run=_run_district,
        keys=ROWS,
    ),
    "export research": Command(
        help="Write data without names for research: only of those who agreed, pseudonyms drawn anew, no dates, and nobody in\n"
        "a group of fewer than k by school, grade and language.",
        example="headway export research build/research --consented consented.csv",
        configure=_configure_research,
        run=_run_research,
        keys={
            "learners": "how many are in it",
            "left_out": "how many agreed but stand in too small a group",
            "unknown": "how many names of the list are no learners of the district",
            "twin": "table -> rows of the synthetic twin; empty without --twin",
            **ROWS,
        },
    ),
}
