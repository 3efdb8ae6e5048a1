"""``headway efficacy``: what helps later, by the log of every day: problems, hints, ways of working, support and policies."""

from __future__ import annotations

import argparse
import time
from typing import Any
from uuid import UUID

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.school import find_district, open_school
from headway.core.path.policies import POLICIES

MOST = 12
"""Rows that are printed; ``--json`` and the page have all that are kept."""
KINDS = {
    "problem": "problems", "hint": "hints", "modality": "ways of working", "support": "kinds of support",
    "policy": "policies",
}  # fmt: skip


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", help="name or identifier (default: the only district)")
    parser.add_argument(
        "--policy", action="append", choices=sorted(POLICIES), default=[],
        help="a policy to ask at each decision of the log, a replay each; may be repeated",
    )  # fmt: skip
    parser.add_argument("--begun", type=UUID, metavar="REPORT", help="do the work of a report that a page has begun")


def _run(arguments: argparse.Namespace) -> Result:
    with open_school():
        district = find_district(arguments.district)
        from headway.school.curriculum.queries import NoCurriculum
        from headway.school.evidence.efficacy.working import NoEfficacy, begin, run
        from headway.school.mastery.served import DamagedModel

        try:
            report = arguments.begun or begin(district=district, by=None, now=time.time())
            with progress() as bars:
                bar = bars.add_task("Efficacy", total=3)
                row = run(
                    district=district, report=report, policies=arguments.policy,
                    progress=lambda done: bars.update(bar, completed=done),
                )  # fmt: skip
        except (NoEfficacy, NoCurriculum, DamagedModel) as problem:
            raise Refused(f"{problem}".rstrip(".") + ".") from problem
        return Result({"district": str(district), "report": str(row.id), **row.body}, _text(row.body))


def _text(body: dict[str, Any]) -> str:
    lines = [
        f"{body['answers']:,} first answers and {body['decisions']:,} decisions of {body['learners']:,} learners"
        + (", all simulated" if body["simulated"] else "")
    ]
    for kind, name in KINDS.items():
        standing = [row for row in body["rows"] if row["kind"] == kind and row["stands"]]
        lines.append(
            f"{name}: {body['asked'][kind]:,} looked at, {body['told'][kind]:,} could be compared, {len(standing):,} stand out"
        )
        lines += [_line(row) for row in standing[:MOST]]
    return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    beside = f" rather than {row['other']}" if row["other"] else ""
    basis = "chance decided" if row["drawn"] else "like compared with like"
    return (
        f"  {row['subject']}{beside}: {100 * row['effect']:+.1f} right of the next 100 "
        f"[{100 * row['low']:+.1f} to {100 * row['high']:+.1f}; {row['learners']} learners; {basis}]"
    )


COMMAND = Command(
    help="What each problem, hint, way of working, kind of support and policy does to later success, from the log of every day.\n"
    "Where chance decided, by the chances that were recorded with each decision (doubly robust); else like is compared with\n"
    "like. Effects of a kind are drawn together, and what does not stand out beyond chance is called nothing yet.\n"
    "Keeps the report for the page /efficacy. A child's answers where there are any, else those of simulated learners.",
    example="headway efficacy --policy frontier-1 --json",
    configure=_configure,
    run=_run,
    keys={
        "district, report": "identifiers",
        "learners, answers, decisions, since, until": "what it rests on; seconds since 1970",
        "simulated": "true when simulated learners gave all of it",
        "curriculum, format": "version of the curriculum, and of this form",
        "asked, told": "by kind: how many things there are, and of how many something may be said",
        "rows[].kind, subject, other": "problem, hint, modality, support or policy; which one; what it is compared with (empty: "
        "whatever else could have been given)",
        "rows[].drawn": "true where chance decided and its probability was recorded",
        "rows[].given, could, learners": "how often it was given, how often it could have been, and to how many learners",
        "rows[].effect, low, high": "right answers more, as a share of the next ones, against what was foreseen; 95 % interval; "
        "drawn towards the others of its kind; null where nothing is said",
        "rows[].alone, error": "the estimate by itself and its standard error",
        "rows[].adjusted, stands, word": "p among all of its kind; whether it stands; helps, harms, nothing yet, no comparison",
        "rows[].why, more": "why nothing is said; how many times as many decisions would tell",
        "cpu_seconds": "processor time",
    },
)
