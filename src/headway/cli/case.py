"""``headway import case`` and ``headway export case``: frameworks of standards, as 1EdTech's CASE writes them."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from headway.cli.alignments import read_alignments, write_suggestions
from headway.cli.case_sources import Source, configure_sources, read_source
from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.losses import LOSSES, add_path, counted, losses
from headway.cli.school import find_district, open_school
from headway.core.curriculum.skills import SkillGraph
from headway.standards.case import framework_of, match, unmatched, write_package
from headway.standards.graph import shipped_crosswalk, shipped_graph


def _configure_import(parser: argparse.ArgumentParser) -> None:
    add_path(parser, "a CFPackage in JSON, CASE 1.0 or 1.1, or an export of the Knowledge Graph", needed=False)
    configure_sources(parser)
    parser.add_argument("--suggest", type=Path, metavar="CSV", help="write skills for standards that have none here")
    parser.add_argument("--aligned", type=Path, metavar="CSV", help="take the rows of such a file that are confirmed")
    parser.add_argument("--choose", action="store_true", help="read learners' profiles in this framework from now on")


def _run_import(arguments: argparse.Namespace) -> Result:
    pairs = read_alignments(arguments.aligned) if arguments.aligned else {}
    source = read_source(arguments)
    if isinstance(source, Result):
        return source
    framework, report = source.framework, source.report
    written: dict[str, Any] = {"new": 0, "changed": 0, "gone": 0, "confirmed": 0}
    district, graph = None, shipped_graph()
    if not arguments.dry_run:
        with open_school():
            district = find_district(arguments.district)
            graph = _graph(district)
            written = _write(district, source, graph, pairs, arguments)
    matches = match(framework, graph, shipped_crosswalk())
    skills, suggestions = unmatched(framework, graph, matches)
    if arguments.suggest:
        write_suggestions(arguments.suggest, skills, suggestions)
    counts = dict(report.counts) | {
        "matched": len({each.identifier for each in matches}), "unmatched": len(skills), **written,
    }  # fmt: skip
    data = {"framework": framework.identifier, "title": framework.title, **counts}
    heading = f"{framework.title}: " + ("read; nothing was written." if arguments.dry_run else "imported.")
    return Result({**data, **losses(report, district, arguments.dry_run)}, counted(heading, counts, report))


def _graph(district: UUID) -> SkillGraph:
    from headway.school.curriculum.queries import NoCurriculum, curriculum_of

    try:
        found = curriculum_of(district)
    except NoCurriculum:
        raise Refused("the district has no skills yet. Run `headway import standards` first.") from None
    return SkillGraph(found.skills, found.prerequisites, found.related)


def _write(
    district: UUID, source: Source, graph: SkillGraph, pairs: dict[str, str], arguments: argparse.Namespace
) -> dict[str, int]:
    from headway.school.curriculum.frameworks.actions import save_framework
    from headway.school.curriculum.frameworks.deciding import choose_framework, confirm_matches
    from headway.school.people.tenancy import in_district

    framework = source.framework
    with in_district(district):
        saved = save_framework(
            district=district, framework=framework, matches=match(framework, graph, shipped_crosswalk()),
            source=source.name[-200:], address=source.address, now=time.time(),
        )  # fmt: skip
        try:
            confirmed = confirm_matches(district=district, framework=framework.identifier, pairs=pairs)
        except ValueError as error:
            raise Refused(f"{error}. Mend the file of alignments.") from None
        if arguments.choose:
            choose_framework(district=district, framework=framework.identifier, now=time.time())
    return {name: n for name, n in asdict(saved).items() if name != "matched"} | {"confirmed": confirmed}


def _configure_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="JSON", help="file to write")
    parser.add_argument(
        "--framework", default="", metavar="ID", help="one that was imported; without it, the district's own skills"
    )
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run_export(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    with open_school():
        from headway.school.curriculum.frameworks.queries import frameworks, package_of
        from headway.school.people.models import District
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        with in_district(district):
            if arguments.framework:
                package = package_of(arguments.framework)
                if package is None:
                    there = ", ".join(f"{each.key} ({each.title})" for each in frameworks()) or "none yet"
                    raise Refused(f"there is no framework {arguments.framework}. The district has: {there}.")
            else:
                name = District.objects.get(id=district).name
                package = write_package(
                    framework_of(
                        _graph(district), district=district, creator=name, title=f"{name}: skills", at=time.time()
                    )
                )
    arguments.out.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    counts = {"items": len(package["CFItems"]), "associations": len(package["CFAssociations"])}
    lines = [f"Wrote {arguments.out}.", *(f"  {name:<14} {n:>8,}" for name, n in counts.items())]
    return Result({**counts, "title": package["CFDocument"]["title"]}, "\n".join(lines))


COMMANDS = {
    "import case": Command(
        help="Bring in a framework of standards, such as a state's, to read learners' profiles in its words.",
        example="headway import case package.json --suggest suggested.csv --dry-run",
        configure=_configure_import,
        run=_run_import,
        keys={
            "framework, title": "the document's identifier and name",
            "items, associations, isChildOf, ...": "how many were read",
            "matched, unmatched": "standards that a skill stands for by a published word; those without, headings aside",
            "new, changed, gone": "standards that the district did not have, that read otherwise now, that are no more",
            "confirmed": "new pairs from --aligned",
            "offers": "instead of all that: what the address or the export has, where none of it was named",
            **LOSSES,
        },
    ),
    "export case": Command(
        help="Write the district's skills, or an imported framework, as a CFPackage of CASE 1.1.",
        example="headway export case skills.json",
        configure=_configure_export,
        run=_run_export,
        keys={"items, associations": "how many were written", "title": "of the framework"},
    ),
}
