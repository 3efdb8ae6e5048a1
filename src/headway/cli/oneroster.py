"""``headway import oneroster``: a roster from a student information system, looked at or taken in."""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import refusing
from headway.cli.oneroster_pull import pull_from
from headway.cli.school import find_district, open_school
from headway.standards.oneroster.findings import Finding, Findings, report_csv, unlisted
from headway.standards.oneroster.tables import TABLES

if TYPE_CHECKING:
    from headway.school.exchange.roster.actions import Taken

SHOWN = 20
"""Findings and changes that are printed; ``--json`` and ``--report`` have all that were kept."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", nargs="?", help="a zip, or the folder with the CSV files")
    parser.add_argument("--preview", action="store_true", help="compare and report; write nothing")
    parser.add_argument(
        "--strict", action="store_true", help="refuse where any row would be left out, mended or doubted"
    )
    parser.add_argument(
        "--allow-removals", default="", metavar="KINDS",
        help="tables of which more than 5 %% of the rows may go, with commas between them (users,enrollments)",
    )  # fmt: skip
    parser.add_argument(
        "--report", type=Path, metavar="CSV", help="write every finding here: file, row, field, how to mend it"
    )
    parser.add_argument(
        "--again", action="store_true", help="compare row by row even if no file has changed since the last time"
    )
    parser.add_argument(
        "--scheduled", action="store_true",
        help="take in what lies in the folder HEADWAY_ROSTERS; for cron or a systemd timer",
    )  # fmt: skip
    parser.add_argument("--url", default="", help="pull it from another system's OneRoster 1.2 service at this address")
    parser.add_argument("--client", default="", help="with --url: the client's identifier there")
    parser.add_argument(
        "--token-url", default="", help="with --url: where tokens are given (default: /oauth2/token there)"
    )
    parser.add_argument(
        "--secret-file",
        type=Path,
        metavar="FILE",
        help="with --url: file with the secret, else HEADWAY_ONEROSTER_SECRET",
    )
    parser.add_argument(
        "--changes", action="store_true", help="with --url: only what changed since it was last taken in"
    )
    parser.add_argument("--upload", default="", help=argparse.SUPPRESS)  # the page's own process
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    kinds = frozenset(word.strip() for word in arguments.allow_removals.split(",") if word.strip())
    unknown = sorted(kinds - set(TABLES))
    if unknown:
        raise Refused(f"--allow-removals: there is no table {unknown[0]!r}. Name some of {', '.join(TABLES)}.")
    if arguments.upload:
        return _work(arguments)
    if bool(arguments.path) + bool(arguments.scheduled) + bool(arguments.url) != 1:
        raise Refused("give the path of a zip or folder, or --url, or --scheduled for the folder HEADWAY_ROSTERS.")
    will_write(arguments.report)
    if arguments.path and not arguments.path.exists():
        raise Refused(f"there is no {arguments.path}. Check the path.")
    with open_school():
        district = find_district(arguments.district)
        pulled = pull_from(district, arguments) if arguments.url else None
        path = pulled.package if pulled else arguments.path or _scheduled(district)
        taken, refused = _take(district, path, arguments, kinds)
        if pulled and not refused and not arguments.preview:
            pulled.taken()
        if not refused:
            _settle(district, taken)
    if arguments.report:
        arguments.report.write_text("".join(report_csv(taken.findings)), encoding="utf-8", newline="")
    data = _data(taken, district)
    if refused:
        raise Refused(f"{refused}\n{_text(taken)}", data=data)
    return Result(data, _text(taken))


def _take(district: UUID, path: Path, arguments: argparse.Namespace, kinds: frozenset[str]) -> tuple[Taken, str]:
    from headway.school.exchange.roster.actions import NoRoster, Options, take_in
    from headway.school.exchange.roster.feeds import open_feed

    options = Options(preview=arguments.preview, strict=arguments.strict, again=arguments.again, removals=kinds)
    way = "schedule" if arguments.scheduled else "command"
    with progress() as bars, refusing(), open_feed(path) as feed:
        bar = bars.add_task("reading rows", total=None)
        try:
            taken = take_in(
                district=district, feed=feed, way=way, options=options,
                tick=lambda kind, done: bars.update(bar, advance=done, description=f"reading {kind}" if done else kind),
            )  # fmt: skip
        except NoRoster as refusal:
            if refusal.taken is None:
                raise Refused(str(refusal)) from None
            return refusal.taken, str(refusal)
    return taken, ""


def _settle(district: UUID, taken: Taken) -> None:
    """After an import: who has come into a class of a running pilot gets an arm at once, and old packages of the page go."""
    from headway.school.evidence.pilots.newcomers import seat_newcomers
    from headway.school.exchange.roster.uploads import let_old_go
    from headway.school.people.tenancy import in_district

    if not taken.preview:
        with in_district(district):
            seat_newcomers(district=district, now=time.time())
            let_old_go(now=time.time())


def _work(arguments: argparse.Namespace) -> Result:
    """The step that a package waits for which somebody handed in on the page."""
    with open_school(), refusing():
        from headway.school.exchange.roster.uploads import work

        district = find_district(arguments.district)
        taken = work(district=district, upload=UUID(arguments.upload))
        if taken is not None:
            _settle(district, taken)
    if taken is None:
        raise Refused("the package is not taken; the page says why.")
    return Result(_data(taken, district), _text(taken))


def _scheduled(district: UUID) -> Path:
    """The newest package of the folder that the server's operator has named."""
    from headway.school.exchange.roster.schedule import FOLDER, scheduled_package

    if not os.environ.get(FOLDER):
        raise Refused(
            f"{FOLDER} is not set. Name the folder into which the student information system puts its export."
        )
    found = scheduled_package(district)
    if found is None:
        raise Refused(f"there is no zip and no users.csv in {os.environ[FOLDER]}. Check the export and the folder.")
    return found


def _data(taken: Taken, district: UUID) -> dict[str, Any]:
    return {
        "version": taken.version,
        "modes": taken.modes,
        "counts": taken.counts,
        "findings": [_finding(each) for each in taken.findings.listed],
        "finding_counts": taken.findings.by_kind(),
        "faults": taken.findings.faults,
        "changes": [asdict(change) for change in taken.changes],
        "guarded": taken.guarded,
        "unchanged": taken.unchanged,
        "preview": taken.preview,
        "seconds": round(taken.seconds, 3),
        "district": str(district),
    }


def _finding(found: Finding) -> dict[str, Any]:
    names = ("file", "row", "field", "kind", "done")
    return {name: getattr(found, name) for name in names} | {"what": str(found.what), "how": str(found.how)}


def _text(taken: Taken) -> str:
    head = f"{taken.name}: OneRoster {taken.version}, "
    if taken.unchanged:
        head += "every file as the last time. Nothing to change."
    else:
        head += "looked at; nothing was written." if taken.preview else "compared row by row."
    columns = ("read", "added", "changed", "returned", "removed", "same")
    lines = [head, "  " + " " * 17 + "".join(f"{name:>10}" for name in columns)]
    lines += [
        f"  {kind:<17}" + "".join(f"{found[name]:>10,}" for name in columns)
        for kind, found in taken.counts.items()
        if found["read"] or found["before"]
    ]
    for change in taken.changes[:SHOWN]:
        fields = "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in change.fields)
        lines.append(f"  {change.what:<9} {change.kind} {change.name} ({change.sourced_id}) {fields}".rstrip())
    return "\n".join([*lines, *_said(taken.findings)])


def _said(findings: Findings) -> list[str]:
    if not findings.listed:
        return []
    marks = {"left-out": "left out", "mended": "mended", "kept": "kept", "noted": "note"}
    lines = ["What was found (all of it: --report FILE or --json):"]
    lines += [f"  {marks[f.done]:<9} {f.where}: {f.what} {f.how}" for f in findings.listed[:SHOWN]]
    more = unlisted(findings)
    left = len(findings.listed) - SHOWN
    return [*lines, *([f"  ... and {left:,} more"] if left > 0 else []), *([f"  {more}"] if more else [])]


COMMANDS = {
    "import oneroster": Command(
        help="Bring in a roster: OneRoster CSV 1.1 or 1.2, all rows or changes, as a zip or a folder, or over the network from\n"
        "another system's OneRoster 1.2 service (--url); a pull that broke off goes on where it stopped. What can be mended is\n"
        "mended and said; --strict refuses instead. All or nothing: a broken-off import leaves the district as it was, and\n"
        "the same command begins again. People who go keep their evidence and find it when they come back. When more than\n"
        "5 % of a table would go, it stops until the table is named. docs/how-to/connect-a-district.md goes through it.",
        example="headway import oneroster export.zip --preview",
        configure=_configure,
        run=_run,
        keys={
            "version": "1.1 or 1.2",
            "modes": "table -> bulk (all rows) or delta (changes)",
            "counts": "table -> read, added, changed, returned, removed, same, before (active rows until now)",
            "findings": "list: file, row (from 1; 0 is the file), field, kind, done (left-out, mended, kept, noted), what, how",
            "finding_counts": "kind of finding -> how many, also those that are not listed",
            "faults": "how many a strict import stops at",
            "changes": "with --preview, the first of each kind: kind, sourced_id, what, name, fields (name, before, after)",
            "guarded": "tables of which too much would go without being named",
            "unchanged": "true if every file is the one of the last time, so that nothing was compared",
            "preview": "true if nothing was written",
            "seconds": "how long it took",
            "district": "identifier of the district",
        },
    ),
}
