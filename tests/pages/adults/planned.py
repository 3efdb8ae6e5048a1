"""A class with a plan that was written down, not searched for: the tests know who sits where."""

from __future__ import annotations

import time
from dataclasses import replace

from headway.core.environment.instruction.model import Space
from headway.core.environment.instruction.sessions import Seat, Session
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.actions import choose_model
from headway.school.environment.days.readiness import readiness_of
from headway.school.environment.days.values import kept_of
from headway.school.models import DayPlan
from headway.school.people.access import learners_in
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from headway.standards.instruction import shipped_models, write_model
from tests.cast import Cast


def hand_made(cast: Cast, ahead: int = 0) -> DayPlan:
    """Plan the day: in the first round everybody but Dev with Ms. Okafor, Dev on a device; then everybody on a device."""
    with in_district(cast.district.id):
        found = shipped_models()["station-rotation"]
        crew = replace(found.crews[0], names=("Ms. Okafor", "Mr. Bell"))
        model = replace(found, crews=(crew,), spaces=(*found.spaces, Space("lab", "Lab", 2)))
        choose_model(section=cast.a, by=cast["Okafor"], model=model, now=time.time())
        people = [person.id for person in learners_in(cast.a)]
        skills = [skill.id for skill in curriculum_of(cast.district.id).skills]
        ready = readiness_of(cast.district.id, people, time.time())
        first = {n: ready[each][0] for n, each in enumerate(people) if each in ready}
        dev = people.index(cast["Dev"].id)
        shared = first[people.index(cast["Ana"].id)].skill
        own = {n: Seat(n, each.skill, 2.0 * each.rate) for n, each in first.items()}
        group = tuple(Seat(n, shared, 2.6 * each.rate) for n, each in first.items() if n != dev)
        sessions = [
            Session(0, "teacher", shared, "Ms. Okafor", "Classroom", group),
            Session(0, "device", -1, "", "", tuple(seat for n, seat in own.items() if n == dev)),
            Session(1, "device", -1, "", "", tuple(own.values())),
        ]
        gain = sum(seat.gain for session in sessions for seat in session.seats)
        now = time.time()
        body = {"model": write_model(model), "sessions": kept_of(sessions, people, skills), "clashes": []}
        return DayPlan.objects.create(
            district_id=cast.district.id, section=cast.a, day=day_of(cast.district.id, now) + ahead, state="done",
            asked={"away": []}, body={**body, "value": gain, "bound": gain}, by=cast["Okafor"], began_at=now, ended_at=now,
        )  # fmt: skip
