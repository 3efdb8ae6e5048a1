"""A school with one group of two: Ana has a plan with eight weeks of sessions and probes, Ben has just begun."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from headway.core.intervention.plans import Dose, GoalLine
from headway.school.intervention.actions import decide_tier, start_group, start_plan
from headway.school.intervention.entries import log_session, new_form, score_probe
from headway.school.intervention.models import SupportGroup, SupportPlan
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast

DAY = 86_400.0


@dataclass
class Supported:
    """The cast with the group, its plans and what today is."""

    cast: Cast
    group: SupportGroup
    ana: SupportPlan
    ben: SupportPlan
    today: int


def furnish(cast: Cast) -> Supported:
    """Write the group's history through the actions that people use."""
    now = time.time()
    begun = now - 60 * DAY
    today = day_of(cast.district.id, now)
    group = start_group(
        school=cast.school,
        adult=cast["Ines"],
        name="Red table",
        kind="small-group",
        tier=2,
        dose=Dose(30, (0, 1, 2, 3, 4, 5, 6)),
        measure="computation-signed",
        skills=["6.EE.B.7"],
        now=begun,
        clock="10:50",
    )
    start = day_of(cast.district.id, begun)
    plans = []
    for name, goal in (("Ana", 15.0), ("Ben", 14.0)):
        decide_tier(learner=cast[name], by=cast["Ines"], to_tier=2, reason="Screened low", now=begun)
        line = GoalLine(start + 14, 6.0, start + 98, goal)
        plans.append(
            start_plan(group=group, learner=cast[name], by=cast["Ines"], why="Fractions", goal=line, now=begun)
        )
    ana, ben = plans
    for week, right in enumerate((6, 5, 7, 7, 8, 9, 9, 10)):
        at = begun + (7 * week + 1) * DAY
        form = new_form(plan=ana, by=cast["Ines"], now=at, seed=week)
        score_probe(form=form, right=range(right), tried=14, by=cast["Ines"], now=at)
    for day in range(start + 14, today - 1):
        log_session(group=group, day=day, held=day % 9 != 0, by=cast["Ines"], now=(day + 1) * DAY)
    return Supported(cast, group, ana, ben, today)


@pytest.fixture(scope="package")
def supported(database: str) -> Iterator[Supported]:
    """One school for the tests that only read."""
    with furnished() as found:
        yield found


@pytest.fixture
def own(database: str) -> Iterator[Supported]:
    """The same, for a test that writes."""
    with furnished() as found:
        yield found


@contextmanager
def furnished() -> Iterator[Supported]:
    """A new school with its group."""
    cast = make_cast()
    with in_district(cast.district.id):
        found = furnish(cast)
    yield found
    cast.close()
