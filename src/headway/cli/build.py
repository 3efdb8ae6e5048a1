"""Making the demo school in a database of its own, which gets its name when everything is in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from headway.cli.calendar import begins, local_date, school_days
from headway.cli.command import progress
from headway.cli.engine import BUILDING, Engine
from headway.cli.kernels import kernels_made
from headway.cli.maple import DISTRICT, DISTRICT_NAME, TIME_ZONE, Maple, plan_scopes, read_maple
from headway.cli.outcomes_story import play_outcomes
from headway.cli.parts import play_together
from headway.cli.persons import play_credit, play_goals, play_people
from headway.cli.projects import play_project
from headway.cli.screenings import open_screening
from headway.cli.supports import play_supports
from headway.cli.talks import play_talks
from headway.cli.workings import write_workings
from headway.standards.subject.shipped import shipped_subject

Urls = tuple[str, str]

DAYS = 40
SEED = 20_260_901


def build_school(engine: Engine, *, days: int, use: Callable[[Urls], None]) -> dict[str, Any]:
    """Make Maple Middle School; return the facts about it. ``days`` is the number of school days, 0 for no history.

    An interrupted attempt leaves nothing that counts: the next one begins by dropping it. ``use`` puts the URLs of a
    database into the environment: first of the one that is made, at the end of the finished one.
    """
    maple = read_maple()
    engine.drop(BUILDING)
    urls = engine.urls(BUILDING)
    engine.hurry(BUILDING)
    use(urls)
    with kernels_made() as kernels:
        facts = _fill(urls[1], maple, days, kernels.wait)
    _disconnect()
    engine.finish(facts)
    use(engine.urls())
    return facts


def _fill(url: str, maple: Maple, days: int, ready: Callable[[], int]) -> dict[str, Any]:
    from headway.cli.database import migrate

    now = time.time()
    with progress() as bars:
        task = bars.add_task("Tables, people and curriculum", total=3)
        migrate()
        bars.advance(task)
        from headway.cli.lessons import begin_with
        from headway.school.curriculum.actions import install_shipped_curriculum
        from headway.school.curriculum.queries import curriculum_of
        from headway.school.curriculum.subjects import save_subject
        from headway.school.evidence.reports.actions import close_weeks
        from headway.school.people.actions import make_district, take_roster

        make_district(name=DISTRICT_NAME, time_zone=TIME_ZONE, id=DISTRICT)
        take_roster(district=DISTRICT, roster=maple.roster)
        bars.advance(task)
        install_shipped_curriculum(district=DISTRICT)
        save_subject(district=DISTRICT, subject=shipped_subject("english"))
        curriculum = curriculum_of(DISTRICT)
        dates = school_days(local_date(now, TIME_ZONE), days)
        opens = begins(dates[0], "1", TIME_ZONE) - 3600.0 if dates else now
        plan_scopes(maple, curriculum, now=opens)
        begin_with(maple, "mathematics", opens)
        bars.advance(task)
        play_people(dates)
        responses = 0
        if dates:
            play_supports(dates)
            open_screening(dates)
            task = bars.add_task("School days", total=len(dates))
            ready()
            responses = play_together(url, maple, dates, SEED, lambda part: bars.advance(task, part))
            write_workings(maple)
            play_goals(dates)
            play_talks(dates)
        play_credit(dates)
        play_project(dates)
        close_weeks(district=DISTRICT, now=now)
        play_outcomes(dates)
    return {
        "learners": len(maple.minds),
        "days": len(dates),
        "responses": responses,
        "first_day": dates[0].isoformat() if dates else "",
        "last_day": dates[-1].isoformat() if dates else "",
        "seed": SEED,
        "made_at": now,
    }


def _disconnect() -> None:
    """Let go of the database: a name cannot change while somebody is connected."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
