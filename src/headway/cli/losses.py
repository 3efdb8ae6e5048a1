"""What every import says in the same way: its arguments, its losses, its counts."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from headway.standards.report import LossReport

LOSSES = {
    "defects": "list of what was changed or left out: kind, where, done",
    "defect_counts": "kind of defect -> how many",
    "dry_run": "true if nothing was written",
    "district": "identifier of the district that was written to, or null",
}


def add_path(parser: argparse.ArgumentParser, what: str, *, needed: bool = True) -> None:
    """The arguments of an import: what to read, whether to write, for whom."""
    parser.add_argument("path", type=Path, metavar="PATH", help=what, nargs=None if needed else "?")
    parser.add_argument("--dry-run", action="store_true", help="read and report; write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def losses(report: LossReport, district: object, dry_run: bool) -> dict[str, Any]:
    """The keys ``LOSSES`` of an answer."""
    return {
        "defects": [asdict(defect) for defect in report.defects],
        "defect_counts": report.by_kind(),
        "dry_run": dry_run,
        "district": None if district is None else str(district),
    }


def counted(heading: str, counts: dict[str, int], report: LossReport) -> str:
    """Counts and the kinds of losses, with an example of each, for people."""
    lines = [heading, *(f"  {name.replace('_', ' '):<24} {number:>8,}" for name, number in counts.items())]
    if report.defects:
        lines.append("\nLosses, by kind (every one: --json):")
    for kind, number in report.by_kind().items():
        first = next(defect for defect in report.defects if defect.kind == kind)
        lines.append(f"  {kind:<24} {number:>8,}   e.g. {first.where}: {first.done}")
    return "\n".join(lines)
