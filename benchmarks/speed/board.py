"""The board of a section at 35 and at 1,000 learners: the query, and the whole page over Django.

``python -m benchmarks.speed.board`` prints the median of wall-clock and CPU milliseconds. Every learner has weeks of practice
behind them (about 20 touched skills), one in ten is stuck, one in thirty has a hand up. Bars: 100 ms and 1 s for the query.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
from benchmarks.speed.school import add_district, fresh_school

BARS = {35: 100.0, 1000: 1000.0}
"""Milliseconds of one query, wall clock."""
DISTINCT, ANSWERS, DAY = 40, 320, 86_400.0


def histories(curriculum: Any, now: float) -> list[Any]:
    """Profiles of some learners after some weeks in the real loop."""
    from headway.core.events import Event, Response, Start
    from headway.core.loop import Turn, step
    from headway.core.path.plan import DEFAULT_PLAN
    from headway.core.profile.profile import new_profile

    rng = np.random.default_rng(0)
    profiles = [new_profile(f"learner-{n}", grade=str(4 + n % 4)) for n in range(DISTINCT)]
    begin = now - 40 * DAY
    for number in range(ANSWERS):
        at = now - 60.0 if number == ANSWERS - 1 else begin + 40 * DAY * number / ANSWERS
        turns = []
        for n, profile in enumerate(profiles):
            current, key = profile.current, f"{n}-{number}"
            info = curriculum.activity(current.activity)
            right = bool(rng.random() < 0.75) and not (n % 10 == 0 and number > ANSWERS - 6)
            event: Event = Start(key, profile.learner, at)
            if info is not None:
                item = info.items[current.step]
                event = Response(
                    key, profile.learner, current.activity, current.step, item.id, item.skills, "7", right, at,
                    current.attempt,
                )  # fmt: skip
            turns.append(Turn(profile, DEFAULT_PLAN, event, at))
        profiles = [outcome.profile for outcome in step(turns, curriculum)]
    return profiles


def fill(district: Any, people: list[Any], now: float) -> None:
    """Give the people profiles and some raised hands."""
    from headway.core.profile.codec import encode
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.models import HelpRequest, Profile
    from headway.school.people.tenancy import in_district

    made = histories(curriculum_of(district), now)
    with in_district(district):
        Profile.objects.bulk_create(
            Profile(
                district_id=district,
                learner=person,
                state=encode(replace(made[n % DISTINCT], learner=str(person.id))),
                updated_at=now - 60.0,
            )
            for n, person in enumerate(people)
        )
        HelpRequest.objects.bulk_create(
            HelpRequest(district_id=district, learner=person, asked_at=now - 90.0) for person in people[::30]
        )


def timed(work: Callable[[], object], rounds: int) -> dict[str, float]:
    """Median wall-clock and CPU milliseconds after one warm-up."""
    work()
    wall, cpu = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        work()
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - spent))
    return {"wall_ms": round(median(wall), 1), "cpu_ms": round(median(cpu), 1)}


def page(district: Any, people: list[Any]) -> Callable[[], object]:
    """A function that loads the whole board as its teacher, through Django's handler."""
    from django.test import Client

    from headway.school.models import Enrolment, Person, Role, School, Section
    from headway.school.people.sign_in import demo_link_token
    from headway.school.people.tenancy import in_district

    with in_district(district):
        school = School.objects.create(district_id=district, sourced_id="s", name="Bench Middle")
        section = Section.objects.create(district_id=district, school=school, sourced_id="c", title="Math 6")
        teacher = Person.objects.create(district_id=district, sourced_id="t", given_name="T", family_name="T")
        Role.objects.create(district_id=district, person=teacher, school=school, name="teacher")
        Enrolment.objects.create(district_id=district, section=section, person=teacher, role="teacher")
        Enrolment.objects.bulk_create(
            Enrolment(district_id=district, section=section, person=person, role="student") for person in people
        )
    client = Client(SERVER_NAME="localhost")
    client.get(f"/demo/sign-in/{demo_link_token(teacher)}")

    def load() -> object:
        response = client.get(f"/teach/{section.id}")
        assert response.status_code == 200
        return response

    return load


def run() -> dict[str, Any]:
    """Print and return the figures."""
    figures: dict[str, Any] = {}
    with fresh_school():
        import django

        django.setup()
        from django.db import connections

        from headway.school.environment.queries import board_of
        from headway.school.people.tenancy import in_district

        for size, bar in BARS.items():
            now = time.time()
            district, people = add_district(f"Bench {size}", size)
            fill(district, people, now)
            learners = [person.id for person in people]

            def query(district: Any = district, learners: list[Any] = learners) -> object:
                with in_district(district):
                    return board_of(district, learners, time.time())

            rounds = 30 if size < 100 else 5
            figures[f"learners_{size}"] = {
                "query": timed(query, rounds),
                "bar_ms": bar,
                "page": timed(page(district, people), rounds),
            }
        for connection in connections.all(initialized_only=True):
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
    print(json.dumps(figures, indent=2))
    return figures


if __name__ == "__main__":
    run()
