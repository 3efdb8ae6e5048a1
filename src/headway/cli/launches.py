"""``headway lti grades``: what is mastered goes back to the courses whose links people came by."""

from __future__ import annotations

import argparse
import time

from headway.cli.command import Command, Result
from headway.cli.school import find_district, open_school


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.exchange.lti.services import queue_grades, send_grades
        from headway.school.people.tenancy import in_district

        district, now = find_district(arguments.district), time.time()
        with in_district(district):
            queued = queue_grades(now=now)
        done = send_grades(district=district, now=now)
    data = {
        "queued": queued, "sent": done.sent, "waiting": done.waiting, "given_up": done.given_up, "district": str(district),
    }  # fmt: skip
    text = f"New grades: {queued}. Sent: {done.sent}; to be tried again: {done.waiting}; given up: {done.given_up}."
    return Result(data, text)


COMMAND = Command(
    help=(
        "Send grades to learning management systems: 1 for each learner who has mastered the skill of a link by which they\n"
        "came, where the district lets grades go (page Launches). What cannot be sent is tried again later, twelve times at\n"
        "most. Run it every few minutes by a timer."
    ),
    example="headway lti grades",
    configure=_configure,
    run=_run,
    keys={
        "queued": "grades that are new",
        "sent, waiting, given_up": "what became of those that were due",
        "district": "identifier of the district",
    },
)
