"""``headway xapi``: which systems may use the district's learning record store."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from uuid import UUID

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school

ADDRESS = "/xapi/"


def _district(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _configure_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the system is called; its statements bear this name")
    parser.add_argument(
        "--scope", action="append", default=[], metavar="SCOPE",
        help="what it may do, as often as needed: statements/write, statements/read/mine, statements/read, state, profile, "
        "all/read or all (default: statements/write, statements/read/mine, state and profile)",
    )  # fmt: skip
    _district(parser)


def _run_add(arguments: argparse.Namespace) -> Result:
    scopes = arguments.scope or ["statements/write", "statements/read/mine", "state", "profile"]
    with open_school():
        from headway.school.exchange.xapi.credentials import NoCredential, issue_credential
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        try:
            with in_district(district):
                row, user, secret = issue_credential(
                    district=district, name=arguments.name, scopes=scopes, by=None, now=time.time()
                )
        except NoCredential as problem:
            raise Refused(str(problem)) from None
        data = {"id": str(row.id), "name": row.name, "user": user, "secret": secret, "scopes": list(row.scopes)}
    text = (
        f"{row.name} may use the record store at {ADDRESS} (HTTP Basic).\n  user:   {user}\n  secret: {secret}\n"
        "The secret is not kept and cannot be shown again."
    )
    return Result(data, text)


def _run_list(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.exchange.xapi.credentials import credentials
        from headway.school.people.tenancy import in_district

        with in_district(find_district(arguments.district)):
            rows = [
                {"id": str(row.id), "name": row.name, "scopes": list(row.scopes), "since": _day(row.at)}
                for row in credentials()
            ]
    lines = [f"{row['id']}  {row['since']}  {row['name']}: {', '.join(row['scopes'])}" for row in rows]
    return Result({"credentials": rows}, "\n".join(lines) or "No system may use the record store.")


def _configure_close(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="as `headway xapi list` prints it")
    _district(parser)


def _run_close(arguments: argparse.Namespace) -> Result:
    try:
        wanted = UUID(arguments.id)
    except ValueError:
        raise Refused(f"{arguments.id!r} is no identifier. `headway xapi list` prints them.") from None
    with open_school():
        from headway.school.exchange.xapi.credentials import close_credential
        from headway.school.people.tenancy import in_district

        with in_district(find_district(arguments.district)):
            found = close_credential(credential=wanted, now=time.time())
    if not found:
        raise Refused(f"there is no open credential {wanted}. `headway xapi list` prints them.")
    return Result({"id": str(wanted)}, "Closed. A server that has just seen it may take it for half a minute.")


def _run_take(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.exchange.xapi.taking import take

        took = take(district=find_district(arguments.district))
    data = {"taken": took.taken, "read": took.read, "waiting": took.waiting}
    text = f"{took.read:,} statements read, {took.taken:,} taken as results of learners."
    return Result(data, text + (" Some wait for a write that is under way: run it again." if took.waiting else ""))


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


COMMANDS = {
    "xapi add": Command(
        help="Let a system (a course, a simulator, an LMS) send statements to the record store, and read there.",
        example="headway xapi add 'Lab simulator' --scope statements/write --scope state",
        configure=_configure_add,
        run=_run_add,
        keys={"id": "of the credential", "user": "user name", "secret": "shown this once", "scopes": "what it may do"},
    ),
    "xapi list": Command(
        help="List the systems that may use the record store, the oldest first.",
        example="headway xapi list",
        configure=_district,
        run=_run_list,
        keys={"credentials": "id, name, scopes and the day since when"},
    ),
    "xapi take": Command(
        help="Read what trusted systems have sent, where no server was left to do it. Servers do it by themselves.",
        example="headway xapi take",
        configure=_district,
        run=_run_take,
        keys={"taken": "results of learners", "read": "statements", "waiting": "whether some wait for an open write"},
    ),
    "xapi close": Command(
        help="End a system's use of the record store. What it has sent stays.",
        example="headway xapi close 5b8d048c-93ba-475b-bf7c-1c4f4ed6d251",
        configure=_configure_close,
        run=_run_close,
        keys={"id": "of the credential"},
    ),
}
