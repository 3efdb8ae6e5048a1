"""``headway digest send``: the week by e-mail, to the families who asked for it."""

from __future__ import annotations

import argparse
import time
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school

if TYPE_CHECKING:
    from headway.school.environment.mailing import Letter

OLDEST = 53
"""Weeks back from which a week may be sent."""
STATES = ("sent", "would-send", "sent-before", "empty", "failed")


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--week", type=date.fromisoformat, metavar="DATE", help="a day of the week (default: last week)"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be sent; send and write nothing")
    parser.add_argument(
        "--url", default="", help="where Headway is served (default: https:// and the first of HEADWAY_HOSTS)"
    )
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    with open_school():
        from django.conf import settings

        from headway.school.curriculum.queries import NoCurriculum
        from headway.school.environment.mailing import send_weeks
        from headway.school.environment.week import monday_of, monday_on
        from headway.school.people.clock import date_of

        district, now = find_district(arguments.district), time.time()
        this = monday_of(district, now)
        monday = monday_on(arguments.week) if arguments.week else this - 7
        if monday >= this:
            raise Refused(f"the week of {arguments.week} is not over yet. Send it from Monday on, or leave --week out.")
        if monday < this - OLDEST * 7:
            raise Refused(
                f"the week of {arguments.week} is more than a year ago. Name a later one, or leave --week out."
            )
        if not arguments.dry_run and not settings.MAIL and settings.MODE != "test":
            raise Refused(
                "there is no mail server: set HEADWAY_MAIL, such as smtp://user:password@mail.example.org:587. "
                "--dry-run shows what would be sent."
            )
        address = address_of(arguments.url, settings.ALLOWED_HOSTS[0].lstrip("."))
        try:
            letters = send_weeks(district=district, monday=monday, address=address, now=now, dry_run=arguments.dry_run)
        except NoCurriculum as problem:
            raise Refused(f"{problem}.") from problem
    data = _data(letters) | {"district": str(district), "week": str(date_of(monday)), "dry_run": arguments.dry_run}
    if data["failed"]:
        first = next(letter for letter in letters if letter.state == "failed")
        raise Refused(
            f"{data['failed']} of {len(letters)} letters could not be sent; the first, to {first.email}: {first.problem}. "
            "What was sent is on record; run the command again for the rest.",
            data=data,
        )
    return Result(data, _text(letters, data))


def address_of(given: str, host: str) -> str:
    """Where Headway is served, without a slash at the end. Raises Refused for what is no address."""
    found = given.rstrip("/") or f"https://{host}"
    if urlsplit(found).scheme not in ("http", "https") or not urlsplit(found).netloc:
        raise Refused(f"{given!r} is no address: write it as https://learn.example.org.")
    return found


def _data(letters: list[Letter]) -> dict[str, Any]:
    counts = {state.replace("-", "_"): sum(letter.state == state for letter in letters) for state in STATES}
    rows = [
        {
            "to": letter.to,
            "email": letter.email,
            "learner": letter.learner,
            "language": letter.language,
            "state": letter.state,
        }
        for letter in letters
    ]
    return {**counts, "letters": rows}


def _text(letters: list[Letter], data: dict[str, Any]) -> str:
    if not letters:
        return "Nobody has asked for the weekly mail. Families do so on the page Weekly mail."
    lines = [f"Week of {data['week']}, letters: {len(letters)}."]
    lines += [f"  {letter.state:<12} {letter.learner:<28} {letter.email}" for letter in letters]
    shown = next((letter for letter in letters if letter.state == "would-send"), None)
    if shown is not None:
        lines += ["", f"The first of them, to {shown.email}:", "", f"Subject: {shown.subject}", "", shown.body]
    return "\n".join(lines)


COMMAND = Command(
    help=(
        "Send the week of each child to those of the family who asked for it, in their language: what was learned, what comes\n"
        "next, one thing to ask. A week is sent once; run it every Monday. A week in which nothing happened is not sent."
    ),
    example="headway digest send --dry-run",
    configure=_configure,
    run=_run,
    keys={
        "sent, would_send, sent_before, empty, failed": "how many letters, by what happened",
        "letters": "to, email, learner, language and state of each",
        "week": "the Monday of the week",
        "dry_run, district": "whether it was a preview, and which district",
    },
)
