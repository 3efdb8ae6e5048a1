"""``headway import courses``: what a course asks for, as competencies and skills."""

from __future__ import annotations

import argparse
from pathlib import Path

from headway.cli.command import Command, Refused, Result
from headway.cli.files import reading
from headway.cli.school import find_district, open_school
from headway.standards.courses import read_courses


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        type=Path,
        metavar="FILE",
        help="CSV: course, title, competency, skill and maybe credit, rubric, criterion, step",
    )
    parser.add_argument("--dry-run", action="store_true", help="read and report; write nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    with reading(arguments.path) as stream:
        rows = read_courses(stream, arguments.path.name)
    with open_school():
        from headway.school.curriculum.queries import curriculum_of
        from headway.school.mastery.credit.courses import load_courses
        from headway.school.measurement.projects.rubrics import rubrics_offered
        from headway.school.people.tenancy import in_district

        district = find_district(arguments.district)
        with in_district(district):
            known = curriculum_of(district).skill_number
            unknown = sorted({skill for row in rows for skill in row.skills} - set(known))
            if unknown:
                raise Refused(
                    f"{arguments.path.name} names skills that the district does not teach: {', '.join(unknown[:12])}. A course "
                    "with them could never be completed. Correct them, or bring the skills in first.",
                    data={"unknown_skills": unknown},
                )
            offered = rubrics_offered()
            for asked in (each for row in rows for each in row.work):
                rubric = offered.get(asked.rubric)
                criterion = rubric.criterion(asked.criterion) if rubric else None
                if criterion is None or asked.level > len(criterion.steps):
                    raise Refused(
                        f"{arguments.path.name} asks for step {asked.level} of {asked.criterion!r} in the rubric "
                        f"{asked.rubric!r}, which the district does not have. Correct it, or bring the rubric in first."
                    )
            if not arguments.dry_run:
                load_courses(district=district, rows=rows)
    data = {
        "courses": len(rows),
        "competencies": sum(len(row.competencies) for row in rows),
        "skills": len({skill for row in rows for skill in row.skills}),
        "unknown_skills": unknown,
        "dry_run": arguments.dry_run,
        "district": str(district),
    }
    head = "Read; nothing was written." if arguments.dry_run else "Imported in the place of the table before."
    lines = [head, *(f"  {row.title:<40} {len(row.skills):>4} skills, credit {row.credit:g}" for row in rows)]
    return Result(data, "\n".join(lines))


COMMAND = Command(
    help=(
        "Bring in the district's table of courses. It takes the place of the table before; credit that was granted keeps what\n"
        "the course asked for then."
    ),
    example="headway import courses samples/maple/tables/courses.csv --dry-run",
    configure=_configure,
    run=_run,
    keys={
        "courses, competencies, skills": "how many",
        "unknown_skills": "skills that the district does not teach; with any of them nothing is written",
        "dry_run, district": "whether it was a preview, and which district",
    },
)
