"""``headway report``: closing weeks, holding them against the log, showing the report, sending it."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.digest import address_of
from headway.cli.school import find_district, open_school

if TYPE_CHECKING:
    from headway.school.evidence.reports.report import Report

STATES = ("sent", "would-send", "sent-before", "empty", "failed")


def _district(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _configure_close(parser: argparse.ArgumentParser) -> None:
    _district(parser)
    parser.add_argument(
        "--anew", action="store_true", help="drop all sums and make them from the log, with the roster of today"
    )


def _run_close(arguments: argparse.Namespace) -> Result:
    with open_school(), progress() as bars:
        from headway.school.curriculum.queries import NoCurriculum
        from headway.school.evidence.reports.actions import close_weeks
        from headway.school.people.clock import date_of

        task = bars.add_task("Weeks", total=None)
        try:
            closed = close_weeks(
                district=find_district(arguments.district),
                now=time.time(),
                anew=arguments.anew,
                progress=lambda done, of: bars.update(task, completed=done, total=of),
            )
        except NoCurriculum as problem:
            raise Refused(f"{problem}.") from problem
        weeks = [str(date_of(week)) for week in closed.weeks]
    return Result(
        {"weeks": weeks}, f"Closed {len(weeks)} weeks." + (f" The last began on {weeks[-1]}." if weeks else "")
    )


def _configure_check(parser: argparse.ArgumentParser) -> None:
    _district(parser)
    parser.add_argument("--last", type=int, metavar="N", help="only the last N closed weeks (default: all)")


def _run_check(arguments: argparse.Namespace) -> Result:
    if arguments.last is not None and arguments.last < 1:
        raise Refused(f"--last is {arguments.last}: give a number of weeks, 1 or more.")
    with open_school(), progress() as bars:
        from headway.school.curriculum.queries import NoCurriculum
        from headway.school.evidence.reports.actions import check_weeks

        task = bars.add_task("Weeks", total=None)
        try:
            found = check_weeks(
                district=find_district(arguments.district),
                last=arguments.last,
                progress=lambda done, of: bars.update(task, completed=done, total=of),
            )
        except NoCurriculum as problem:
            raise Refused(f"{problem}.") from problem
    data = {"weeks": len(found.weeks), "difference": found.difference}
    if found.difference:
        raise Refused(
            f"the sums of the {found.difference} are not those of the log. The roster may have changed since, or an adult may "
            "have logged or corrected a session later; otherwise `headway report close --anew` makes all sums from the log.",
            data=data,
        )
    return Result(data, f"The sums of {len(found.weeks)} weeks are those of the log.")


def _configure_show(parser: argparse.ArgumentParser) -> None:
    _district(parser)
    parser.add_argument("--school", default="", help="name, sourcedId or identifier of one school (default: all)")
    parser.add_argument(
        "--time", choices=("month", "term", "year"), default="month", help="last 4 or 12 weeks, or the school year"
    )
    parser.add_argument(
        "--for", dest="reader", choices=("lead", "board", "research"), default="lead", help="for whom (default: lead)"
    )


def _run_show(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.evidence.reports.queries import whole_district
        from headway.school.evidence.reports.report import report_of
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        with in_district(district):
            scope = whole_district(arguments.school)
            if scope is None:
                raise Refused(f"there is no school {arguments.school!r} in the district.")
            report = report_of(scope, arguments.time, arguments.reader)
        data = _figures(report)
    return Result(data, _text(data))


def _figures(report: Report) -> dict[str, Any]:
    from headway.school.people.clock import date_of

    figures = [
        {
            "part": part.key, "measure": line.measure.key, "name": str(line.measure.name),
            "unit": "share" if line.measure.share else str(line.measure.unit),
            "value": f.value, "low": f.low, "high": f.high, "bound": f.bound, "learners": f.learners,
        }
        for part in report.parts
        for line in part.lines
        if (f := line.figure) is not None
    ]  # fmt: skip
    return {
        "schools": [name for _key, name in report.scope.schools], "weeks": [str(date_of(week)) for week in report.weeks],
        "answers": report.answers, "simulated": report.simulated, "figures": figures,
    }  # fmt: skip


def _text(data: dict[str, Any]) -> str:
    if not data["weeks"]:
        return "No week is closed yet. `headway report close` sums up the weeks that are over."
    lines = [f"{', '.join(data['schools'])}, weeks of {data['weeks'][0]} to {data['weeks'][-1]}"]
    for each in data["figures"]:
        range_ = f"({each['low']} to {each['high']}; learners: {each['learners']})"
        lines.append(f"  {each['name']:<46} {each['bound']}{each['value']:>9} {each['unit']:<26} {range_}")
    return "\n".join(lines)


def _configure_send(parser: argparse.ArgumentParser) -> None:
    _district(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would be sent; send and write nothing")
    parser.add_argument(
        "--url", default="", help="where Headway is served (default: https:// and the first of HEADWAY_HOSTS)"
    )


def _run_send(arguments: argparse.Namespace) -> Result:
    with open_school():
        from django.conf import settings

        from headway.school.evidence.reports.mailing import send_reports

        district = find_district(arguments.district)
        if not arguments.dry_run and not settings.MAIL and settings.MODE != "test":
            raise Refused(
                "there is no mail server: set HEADWAY_MAIL, such as smtp://user:password@mail.example.org:587. "
                "--dry-run shows what would be sent."
            )
        address = address_of(arguments.url, settings.ALLOWED_HOSTS[0].lstrip("."))
        letters = send_reports(district=district, address=address, now=time.time(), dry_run=arguments.dry_run)
    data: dict[str, Any] = {
        state.replace("-", "_"): sum(letter.state == state for letter in letters) for state in STATES
    }
    data["letters"] = [
        {"to": each.to, "email": each.email, "language": each.language, "state": each.state} for each in letters
    ]
    bad = next((each for each in letters if each.state == "failed"), None)
    if bad is not None:
        raise Refused(
            f"{data['failed']} of {len(letters)} reports could not be sent; the first, to {bad.email}: {bad.problem}. "
            "What was sent is on record; run the command again for the rest.",
            data=data,
        )
    lines = [f"  {each.state:<12} {each.to:<28} {each.email}" for each in letters]
    shown = next((each for each in letters if each.state == "would-send"), None)
    if shown is not None:
        lines += ["", f"Subject: {shown.subject}", "", shown.body]
    return Result(
        data, "\n".join(lines) or "Nobody has asked for the report. Leaders do so at the foot of the page Reports."
    )


COMMANDS = {
    "report close": Command(
        help="Sum up every week that is over, for the reports. Run it every Monday. A closed week stays as it was told.",
        example="headway report close",
        configure=_configure_close,
        run=_run_close,
        keys={"weeks": "the Mondays of the weeks that were closed now"},
    ),
    "report check": Command(
        help="Work closed weeks out of the log again and compare; refused, with the first difference, where something differs.",
        example="headway report check --last 4",
        configure=_configure_check,
        run=_run_check,
        keys={"weeks": "how many were compared", "difference": "week, population, school and groups that differ first"},
    ),
    "report show": Command(
        help="Print the report of the district or of one school. No figure stands for fewer than ten learners.",
        example="headway report show --time term --json",
        configure=_configure_show,
        run=_run_show,
        keys={
            "schools, weeks": "what it is about: names, and the Mondays",
            "answers, simulated": "answers of the log behind it, and whether invented learners gave them",
            "figures": "part, measure, name, unit, value, ends of the 95 % interval, bound (< or >), learners of each",
        },
    ),
    "report send": Command(
        help="Send the main lines of the last four closed weeks to the leaders and researchers who asked for them, once a week.",
        example="headway report send --dry-run",
        configure=_configure_send,
        run=_run_send,
        keys={
            "sent, would_send, sent_before, empty, failed": "how many letters, by what happened",
            "letters": "to, email, language and state of each",
        },
    ),
}
