"""``headway import content``: question banks, packages and tables of links of other systems, looked at or taken in."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from headway.cli.alignments import read_alignments, write_suggestions
from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.files import reading
from headway.cli.school import find_district, open_school
from headway.core.curriculum.skills import Skill
from headway.standards.content.formats import READERS, read_content
from headway.standards.content.licences import licence_of
from headway.standards.content.neutral import Package
from headway.standards.report import LossReport

if TYPE_CHECKING:
    from headway.school.exchange.content.actions import Said
    from headway.school.people.models import Person

NO_GROUP = "(all)"
"""How the table of alignments calls questions that lie in no group."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE", help="a file or package of questions")
    parser.add_argument("--format", choices=sorted(READERS), default="", help="instead of telling it by its content")
    parser.add_argument("--preview", action="store_true", help="read, compare and report; write nothing")
    parser.add_argument("--skill", default="", metavar="CODE", help="the skill that all of its questions practise")
    parser.add_argument("--suggest", type=Path, metavar="CSV", help="write suggested skills for its groups here")
    parser.add_argument("--aligned", type=Path, metavar="CSV", help="take the rows of such a file that are confirmed")
    parser.add_argument("--licence", default="", metavar="TERMS", help="its terms in words, where the file says none")
    parser.add_argument(
        "--confirmed-by", default="", metavar="PERSON",
        help="e-mail or identifier of the person who says that it may be used here, where its licence does not",
    )  # fmt: skip
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.suggest)
    pairs = read_alignments(arguments.aligned) if arguments.aligned else {}
    with reading(arguments.path) as stream:
        package = read_content(stream, arguments.path.name, arguments.format)
    with open_school():
        district = find_district(arguments.district)
        came = _bring_in(district, package, pairs, arguments)
        if arguments.suggest:
            _suggest(arguments.suggest, district, package)
    data = _data(package, came, arguments.preview, district)
    return Result(data, _text(package, came, arguments.preview))


def _bring_in(district: UUID, package: Package, pairs: dict[str, str], arguments: argparse.Namespace) -> dict[str, int]:
    from headway.school.exchange.content.actions import NotTaken, came_of, preview, take
    from headway.school.people.tenancy import in_district

    with in_district(district):
        said = _said(package, pairs, arguments)
        try:
            if arguments.preview:
                return came_of(preview(district=district, package=package, said=said, now=time.time()))
            came = take(
                district=district, package=package, said=said, name=arguments.path.name, way="command", now=time.time()
            )
        except NotTaken as refusal:
            report = package.report
            said_so = f"{refusal.message}\n{_losses(report)}" if report.defects else str(refusal.message)
            raise Refused(said_so, data=_data(package, {}, arguments.preview, district)) from None
    return came_of(came)


def _said(package: Package, pairs: dict[str, str], arguments: argparse.Namespace) -> Said:
    from headway.school.exchange.content.actions import Said
    from headway.school.exchange.content.queries import earlier_skills

    skills = earlier_skills(package.format, package.source)
    for group in package.groups():
        skill = arguments.skill or pairs.get(group or NO_GROUP, "")
        skills |= {group: skill} if skill else {}
    for link in package.links:
        skill = pairs.get(link.place, "") or arguments.skill
        skills |= {link.place: skill} if skill else {}
    return Said(skills, arguments.licence.strip(), _person(arguments.confirmed_by))


def _person(named: str) -> Person | None:
    from headway.school.people.company import adult_named

    if not named:
        return None
    found = adult_named(named)
    if found is None:
        raise Refused(f"no adult of the district has the e-mail or identifier {named!r}. Name one with --confirmed-by.")
    return found


def _suggest(path: Path, district: UUID, package: Package) -> None:
    from headway.school.curriculum.queries import NoCurriculum, curriculum_of
    from headway.school.exchange.content.queries import suggestions

    found = suggestions(district, package)
    rows = [Skill(group or NO_GROUP, group or package.title, "", "", "", "") for group in package.groups()]
    rows += [Skill(link.place, link.title, "", "", "", "") for link in package.links]
    try:
        targets = curriculum_of(district).skills
    except NoCurriculum as problem:
        raise Refused(str(problem)) from None
    named = [one for group in found.values() for one in group]
    write_suggestions(path, rows, named, targets, empty=NO_GROUP)


def _data(package: Package, came: dict[str, int], preview: bool, district: UUID) -> dict[str, Any]:
    licence, report = licence_of(package.licence), package.report
    return {
        "format": package.format,
        "title": package.title,
        "found": report.count("found"),
        "questions": report.count("questions"),
        "parts": report.count("parts"),
        "refused": report.count("refused"),
        "forms": {name[5:]: number for name, number in report.counts if name.startswith("form ")},
        "licence": licence.name,
        "licence_standing": licence.standing,
        "groups": {group: len(questions) for group, questions in package.groups().items()},
        "links": [{"title": link.title, "url": link.url, "kind": link.kind} for link in package.links],
        "links_found": report.count("links found"),
        "pictures": len(package.pictures),
        **came,
        "losses": [{"kind": d.kind, "where": d.where, "done": d.done} for d in report.defects],
        "loss_counts": report.by_kind(),
        "preview": preview,
        "district": str(district),
    }


def _losses(report: LossReport) -> str:
    lines = ["Losses, by kind (every one: --json):"]
    for kind, number in report.by_kind().items():
        first = next(defect for defect in report.defects if defect.kind == kind)
        lines.append(f"  {kind:<28} {number:>7,}   e.g. {first.where}: {first.done}")
    return "\n".join(lines)


def _text(package: Package, came: dict[str, int], preview: bool) -> str:
    report, licence = package.report, licence_of(package.licence)
    head = "Looked at; nothing was written." if preview else "Taken in, and put in force."
    kept = {"found": report.count("found"), "can be brought in": report.count("questions")}
    if report.count("links found"):
        kept |= {"links found": report.count("links found"), "links to bring in": report.count("links")}
    rows = kept | {"not brought in": report.count("refused")} | {k.replace("_", " "): n for k, n in came.items()}
    lines = [f"{head} {READERS[package.format].name}: {package.title}"]
    lines += [f"  {name:<18} {number:>8,}" for name, number in rows.items()]
    lines.append(f"  licence: {licence.name or 'not said'} ({licence.standing})")
    if came.get("unaligned"):
        lines.append(
            "  No path offers a question before somebody has said which skill it practises: --suggest, --aligned."
        )
    return "\n".join([*lines, *([_losses(report)] if report.defects else [])])


COMMAND = Command(
    help="Bring questions of other systems in: what becomes of each is reported, nothing is dropped silently, and the\n"
    "same file again updates what is there. Formats are told by their content. docs/how-to/import-content.md.",
    example="headway import content bank.xml --preview",
    configure=_configure,
    run=_run,
    keys={
        "format, title": "what it is",
        "found, questions, parts, refused": "questions in the file; those that can be brought in, and their parts; the others",
        "forms": "kind of question, as the format calls it -> how many",
        "licence, licence_standing": "what the file says of its terms; open, restricted or unknown",
        "groups": "category, bank or lesson -> how many questions",
        "links, links_found": "pages and videos elsewhere that can be brought in; how many it names",
        "links_new, links_changed, links_same, links_laid_aside": "the same for links: added, updated, as they were, gone",
        "pictures": "how many pictures came with it",
        "new, changed, same, laid_aside": "problems added, updated, as they were, not in the file any more",
        "held, unaligned": "questions that lack something; whose skill nobody has said: no path offers either",
        "losses, loss_counts": "what was not carried over as it was: kind, where, done; and how many of each kind",
        "preview": "true if nothing was written",
        "district": "identifier of the district",
    },
)
