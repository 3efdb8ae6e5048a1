"""``headway replay``: is what we believe still exactly what the log says?"""

from __future__ import annotations

import argparse

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.database import is_current
from headway.cli.school import find_district, open_school


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--district", default="", help="name or identifier (default: the only district)")


def run(arguments: argparse.Namespace) -> Result:
    """Replay a district's log and compare. Refused, with the first difference, when anything is not the same."""
    with open_school():
        district = find_district(arguments.district)
        if not is_current():
            raise Refused("the tables are not those of this version. Run `headway migrate` first; then replay.")
        from headway.school.evidence.queries import count_events, replay_district
        from headway.school.mastery.served import DamagedModel

        with progress() as bars:
            task = bars.add_task("Events", total=count_events(district))
            try:
                report = replay_district(district, progress=lambda done: bars.update(task, completed=done))
            except DamagedModel as problem:
                raise Refused(str(problem)) from problem
            bars.update(task, completed=report.events)
    data = {
        "district": str(district),
        "events": report.events,
        "profiles": report.profiles,
        "decisions": report.decisions,
        "mastery_entries": report.entries,
        "profiles_equal": report.profiles_equal,
        "decisions_equal": report.decisions_equal,
        "mastery_equal": report.entries_equal,
        "identical": report.identical,
        "first_difference": report.differences[0] if report.differences else "",
    }
    if not report.identical:
        raise Refused(
            f"replaying {report.events:,} events does not give what is stored: {report.differences[0]}. Either the "
            "stored rows were changed past the loop, or a model, a policy or a template was changed under its old name.",
            data=data,
        )
    return Result(
        data,
        f"{report.events:,} events replayed: {report.profiles:,} profiles, {report.decisions:,} decisions and "
        f"{report.entries:,} lines of the mastery ledger are identical to what is stored.",
    )


COMMAND = Command(
    help=(
        "Replay a district's whole log through the loop and compare every profile, decision and line of the mastery\n"
        "ledger with what is stored. Reads only. Without DATABASE_URL it takes the demo of HEADWAY_HOME."
    ),
    example="headway replay --json",
    configure=configure,
    run=run,
    keys={
        "district": "identifier of the district",
        "events": "events in the log",
        "profiles": "stored profiles",
        "decisions": "decisions that the log gives",
        "mastery_entries": "lines of the mastery ledger that the log gives",
        "profiles_equal": "true when every stored profile has the bytes that the log gives",
        "decisions_equal": "true when every stored decision is the one that the log gives",
        "mastery_equal": "true when the mastery ledger is the one that the log gives",
        "identical": "true when all of them are",
        "first_difference": "the first thing that is not the same, empty when identical",
    },
)
