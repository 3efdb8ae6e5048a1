"""``headway import``: standards, OATutor's problems, response logs. Each reads, reports its losses, then writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from headway.cli.alignments import read_alignments, write_suggestions
from headway.cli.command import Command, Refused, Result, progress
from headway.cli.files import reading, refusing
from headway.cli.losses import LOSSES, add_path, counted, losses
from headway.cli.school import find_district, open_school
from headway.standards.alignment import Evidence, Suggestion, suggest
from headway.standards.graph import shipped_crosswalk, shipped_graph
from headway.standards.learning_commons import read_standards
from headway.standards.oatutor import Book, open_book
from headway.standards.report import Ledger, LossReport
from headway.standards.responses import read_responses, summarize

FILE_BYTES = 256 * 1024 * 1024
OATUTOR_GRADES = ("3", "4", "5", "6", "7", "8", "A1", "HS")
"""OATutor starts where college readiness starts; suggesting first-grade standards for it would be noise."""


def _configure_standards(parser: argparse.ArgumentParser) -> None:
    add_path(parser, "folder or file of a download; without it, the graph that ships with Headway", needed=False)


def _run_standards(arguments: argparse.Namespace) -> Result:
    with refusing():
        matched = sum(map(len, shipped_crosswalk().values()))
        graph, report = shipped_graph(), LossReport((("crosswalk", matched),), ())
        if arguments.path is not None:
            graph, report = read_standards(_files(arguments.path))
    counts = {
        "skills": len(graph.skills),
        "prerequisites": len(graph.prerequisites),
        "related": len(graph.related),
        "crosswalk": report.count("crosswalk"),
    }
    district, written = None, {"new_skills": 0, "new_edges": 0}
    if not arguments.dry_run:
        with open_school():
            from headway.school.curriculum.actions import publish_curriculum, save_graph
            from headway.school.people.tenancy import in_district

            district = find_district(arguments.district)
            source = "shipped" if arguments.path is None else f"import standards {arguments.path.name}"
            with in_district(district):
                skills, edges = save_graph(district=district, graph=graph, source=source)
                publish_curriculum(district=district)
            written = {"new_skills": skills, "new_edges": edges}
    heading = "Read; nothing was written." if arguments.dry_run else "Imported, and put in force."
    return Result(
        {**counts, **written, **losses(report, district, arguments.dry_run)}, counted(heading, counts, report)
    )


def _files(path: Path) -> dict[str, bytes]:
    if not path.exists():
        raise Refused(f"there is no {path}. Give the folder of a download; see docs/how-to/import-standards.md.")
    found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    wanted = [p for p in found if p.name.endswith((".jsonl", ".jsonl.gz", ".csv", ".json", ".json.gz"))]
    size = sum(p.stat().st_size for p in wanted)
    if size > FILE_BYTES:
        raise Refused(
            f"{path} holds {size >> 20} MB of data files; the limit is {FILE_BYTES >> 20} MB. Name one folder."
        )
    return {str(p.relative_to(path) if path.is_dir() else p.name): p.read_bytes() for p in wanted}


def _configure_oatutor(parser: argparse.ArgumentParser) -> None:
    add_path(parser, "zip, tar, tar.gz or tar.xz of OATutor's content")
    parser.add_argument("--suggest", type=Path, metavar="CSV", help="write suggested standards for its skills here")
    parser.add_argument("--aligned", type=Path, metavar="CSV", help="take the rows of such a file that are confirmed")


def _run_oatutor(arguments: argparse.Namespace) -> Result:
    ledger, evidence = Ledger(), Evidence()
    district, written = None, {"new": 0, "changed": 0, "same": 0, "offered": 0}
    pairs = read_alignments(arguments.aligned) if arguments.aligned else {}
    with reading(arguments.path) as stream:
        book = open_book(stream, arguments.path.name)
        if arguments.dry_run:
            _read_through(book, ledger, evidence)
        else:
            with open_school():
                district = find_district(arguments.district)
                written = _write(district, book, pairs, ledger, evidence)
        suggestions = suggest(book.skills, shipped_graph(), evidence.words, grades=OATUTOR_GRADES)
    if arguments.suggest:
        write_suggestions(arguments.suggest, book.skills, suggestions)
    report = ledger.report()
    data = {**dict(report.counts), **written, "suggestions": _best(suggestions)}
    keep = ("problems", "steps", "hints", "scaffolds", "sub_hints", "skills")
    counts = {name: report.count(name) for name in keep} | ({} if arguments.dry_run else written)
    heading = "Read; nothing was written." if arguments.dry_run else "Imported, and put in force."
    return Result({**data, **losses(report, district, arguments.dry_run)}, counted(heading, counts, report))


def _best(suggestions: tuple[Suggestion, ...]) -> dict[str, Any]:
    best: dict[str, Any] = {}
    for one in suggestions:
        best.setdefault(one.skill, {"standard": one.target, "score": one.score, "shared": list(one.shared)})
    return best


def _read_through(book: Book, ledger: Ledger, evidence: Evidence) -> None:
    with progress() as bars:
        bar = bars.add_task("reading problems", total=book.total)
        for problem in book.problems(ledger):
            evidence.add(problem)
            bars.advance(bar)


def _write(district: Any, book: Book, pairs: dict[str, str], ledger: Ledger, evidence: Evidence) -> dict[str, int]:
    """Skills, alignments, problems and the new version, in one transaction."""
    from headway.core.curriculum.skills import SkillGraph
    from headway.school.curriculum.actions import align_skills, publish_curriculum, save_graph, save_problems
    from headway.school.people.tenancy import in_district

    def stream() -> Iterator[Any]:
        for problem in book.problems(ledger):
            evidence.add(problem)
            yield problem

    with progress() as bars, in_district(district):
        bar = bars.add_task("importing problems", total=book.total)
        save_graph(district=district, graph=SkillGraph(book.skills, ()), source="OATutor")
        try:
            align_skills(district=district, pairs=pairs)
        except ValueError as error:
            raise Refused(f"{error}. Mend the file of alignments, or import the standards first.") from None
        saved = save_problems(
            district=district, problems=stream(), usable=book.usable, tick=lambda done: bars.advance(bar, done)
        )
        publish_curriculum(district=district)
    return asdict(saved)


def _configure_responses(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE", help="Parquet, one response a row")
    parser.add_argument("--dry-run", action="store_true", help="same as without: checking writes nothing")


def _run_responses(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        found = asdict(summarize(read_responses(stream, arguments.path.name)))
    rows = "\n".join(f"  {name.replace('_', ' '):<14} {value}" for name, value in found.items())
    return Result(found, f"The log is in order; `headway fit {arguments.path}` can use it.\n{rows}")


COMMANDS = {
    "import standards": Command(
        help="Bring in a skill graph with prerequisites and CASE identifiers, and put it in force.",
        example="headway import standards downloads/standards --dry-run",
        configure=_configure_standards,
        run=_run_standards,
        keys={
            "skills, prerequisites, related, crosswalk": "how many were read",
            "new_skills, new_edges": "how many the district did not have",
            **LOSSES,
        },
    ),
    "import oatutor": Command(
        help="Bring in OATutor's problems with their steps, hints, scaffolds and skills, and put them in force.",
        example="headway import oatutor oatutor-content.zip --dry-run --json",
        configure=_configure_oatutor,
        run=_run_oatutor,
        keys={
            "problems, steps, hints, scaffolds, sub_hints, skills": "how many were read",
            "courses, lessons, one_step, two_step, text_box, multiple_choice, ...": "more counts of what was read",
            "new, changed, same": "how many problems were added, updated, found as they were",
            "offered": "how many of them a path may offer",
            "suggestions": "skill -> the closest standard, its score and the shared words; a person confirms",
            **LOSSES,
        },
    ),
    "import responses": Command(
        help="Check a response log column by column, so that models can be fitted on it.",
        example="headway import responses log.parquet --json",
        configure=_configure_responses,
        run=_run_responses,
        keys={
            "responses, students, items, skills": "how many the log holds",
            "mean_correct": "share of right answers",
            "timed": "true if it has time stamps",
        },
    ),
}
