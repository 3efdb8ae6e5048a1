"""Reports of a district with 10,000 learners and a school year of closed weeks: every page, table and print, over Django.

``python -m benchmarks reports`` prints the median of wall-clock and CPU milliseconds, and what it takes to close one week from
the log. The sums are made by the code that closes weeks, from drawn figures of every learner, and written in bulk; that sums
made from events are these sums is what ``tests/school/evidence/test_reports.py`` shows on a small district. Bar: 1,000 ms a page.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
from benchmarks.speed.board import timed
from benchmarks.speed.school import add_district, fresh_school

LEARNERS, SCHOOLS, WEEKS, EACH = 10_000, 14, 40, 20
BAR = 1000.0
"""Milliseconds of one page, wall clock."""
TONGUES = ("en", "es", "vi", "ar", "so")
MONDAY = 20976
"""The first Monday of June 2027, in days since 1970: the week that is closed from the log; the others lie before it."""
PAGES = (
    "/reports?time=month", "/reports?time=year", "/reports?time=year&for=research", "/reports/explore?time=year&group=school",
    "/reports/explore?time=year&group=grade&measure=thinking", "/reports/measure/growth?time=year",
    "/reports/report.csv?time=year", "/reports/report.pdf?time=year",
)  # fmt: skip


def places(district: Any, people: list[Any]) -> dict[Any, Any]:
    """Give the learners schools, grades and languages; return where each stands, as closing reads it."""
    from headway.school.evidence.reports.summing import roster_now
    from headway.school.models import Person, Role, School
    from headway.school.people.tenancy import in_district

    rng = np.random.default_rng(0)
    with in_district(district):
        schools = [
            School.objects.create(district_id=district, sourced_id=f"s{n}", name=f"School {n:02}")
            for n in range(SCHOOLS)
        ]
        for n, person in enumerate(people):
            person.grade = str(3 + n % 6)
            person.language = TONGUES[int(rng.choice(len(TONGUES), p=(0.6, 0.25, 0.08, 0.05, 0.02)))]
            person.simulated = False
        Person.objects.bulk_update(people, ["grade", "language", "simulated"], batch_size=2000)
        Role.objects.filter(person__in=people).delete()
        Role.objects.bulk_create(
            Role(district_id=district, person=person, school=schools[n % SCHOOLS], name="learner")
            for n, person in enumerate(people)
        )
        return roster_now()


def fill(district: Any, roster: dict[Any, Any]) -> int:
    """Write the sums of a year of weeks; return the number of rows."""
    from headway.core.evidence.reports.measures import COLUMNS
    from headway.school.evidence.reports.summing import cells_of
    from headway.school.models import ReportCell, ReportWeek
    from headway.school.people.tenancy import in_district

    rng = np.random.default_rng(1)
    rows = []
    for place in range(WEEKS):
        week = MONDAY - 7 * (WEEKS - place)
        for population, share in (
            ("active", 0.95), ("measured", 0.9), ("growing", 0.85), ("supported", 0.1), ("screened", 0.3), ("checked", 0.2),
            ("planned", 0.5),
        ):  # fmt: skip
            mine = [key for key in roster if rng.random() < share]
            drawn = rng.gamma(2.0, 5.0, (len(mine), len(COLUMNS[population])))
            values = {
                key: dict(zip(COLUMNS[population], row, strict=True))
                for key, row in zip(mine, drawn.tolist(), strict=True)
            }
            rows += [
                ReportCell(
                    district_id=district, week=week, school_id=school, population=population, sorting=by, blocks=blocks
                )
                for (school, by), blocks in cells_of(population, values, roster).items()
            ]
    with in_district(district):
        ReportCell.objects.bulk_create(rows, batch_size=2000)
        ReportWeek.objects.bulk_create(
            ReportWeek(district_id=district, week=MONDAY - 7 * (WEEKS - n), answers=LEARNERS * 100, at=0.0)
            for n in range(WEEKS)
        )
    return len(rows)


def close_one(district: Any, people: list[Any]) -> dict[str, float]:
    """Wall-clock and CPU seconds of closing a week of 200,000 answers."""
    from django.db import connection

    from headway.school.curriculum.queries import curriculum_of
    from headway.school.evidence.reports.actions import close_weeks
    from headway.school.people.clock import start_of
    from headway.school.people.tenancy import in_district

    rng = np.random.default_rng(2)
    curriculum = curriculum_of(district)
    number = len(people) * EACH
    with in_district(district), connection.cursor() as cursor:
        begin = start_of(district, MONDAY)
        cursor.execute(
            INSERT,
            [
                district, curriculum.version, [person.id for person in people for _ in range(EACH)],
                [curriculum.items[n] for n in rng.integers(len(curriculum.items), size=number).tolist()],
                (rng.random(number) < 0.7).tolist(), np.sort(rng.uniform(begin, begin + 6 * 86_400, number)).tolist(),
            ],
        )  # fmt: skip
    began, spent = time.perf_counter(), time.process_time()
    closed = close_weeks(district=district, now=begin + 7 * 86_400 + 60.0)
    assert len(closed.weeks) == 1
    return {"wall_s": round(time.perf_counter() - began, 2), "cpu_s": round(time.process_time() - spent, 2)}


INSERT = """
    INSERT INTO school_evidence (district_id, event, learner_id, kind, activity, step, item, skills, answer, correct, attempt,
      hints, shown, seconds, misconception, suspects, simulated, at, now, curriculum, digest, outcome)
    SELECT %s, gen_random_uuid(), r.learner, 'response', r.item, 0, r.item, '[]', '7', r.correct, 1,
      0, false, 20, '', '[]', false, r.at, r.at, %s, '', '{}'
    FROM unnest(%s::uuid[], %s::text[], %s::bool[], %s::float8[]) AS r (learner, item, correct, at)
"""


def run() -> dict[str, Any]:
    """Print and return the figures."""
    figures: dict[str, Any] = {"bar_ms": BAR}
    with fresh_school():
        import django

        django.setup()
        from django.db import connections
        from django.test import Client

        from headway.school.models import Person, Role
        from headway.school.people.sign_in import demo_link_token
        from headway.school.people.tenancy import in_district

        district, people = add_district("Bench reports", LEARNERS)
        figures["rows"] = fill(district, places(district, people))
        figures["close_a_week_of_200000_answers"] = close_one(district, people)
        with in_district(district):
            leader = Person.objects.create(district_id=district, sourced_id="lead", given_name="L", family_name="L")
            Role.objects.create(district_id=district, person=leader, school=None, name="leader")
        client = Client(SERVER_NAME="localhost")
        client.get(f"/demo/sign-in/{demo_link_token(leader)}")
        for path in PAGES:

            def load(path: str = path) -> object:
                answer = client.get(path)
                assert answer.status_code == 200
                return answer

            figures[path] = timed(load, 5)
        for connection in connections.all(initialized_only=True):
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
    print(json.dumps(figures, indent=2))
    return figures


if __name__ == "__main__":
    run()
