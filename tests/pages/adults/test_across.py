"""Across classes: who is needed elsewhere is planned around, a plan is tried before it counts, and a leader's week adds up."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.environment.days.actions import begin
from headway.school.environment.days.editing import newest_plan
from headway.school.environment.days.planning import plan_day
from headway.school.environment.days.values import Planned, planned_of
from headway.school.models import DayPlan, Enrolment, SupportGroup, SupportPlan
from headway.school.people.clock import date_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.adults.planned import hand_made

MOST = 20
"""Queries of a page, session, roles and access log included."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Ana is in both classes, and Ms. Okafor, who has this family name here, teaches both."""
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", now - 60)
    with in_district(cast.district.id):
        cast["Okafor"].family_name = "Okafor"
        cast["Okafor"].save()
        for name, role in (("Ana", "student"), ("Okafor", "teacher")):
            Enrolment.objects.create(district=cast.district, section=cast.b, person=cast[name], role=role)
    yield cast
    cast.close()


def standing(cast: Cast, row: DayPlan) -> Planned:
    with in_district(cast.district.id):
        found = newest_plan(cast.a, row.day)
    assert found is not None
    return planned_of(found)


def planned(cast: Cast, row: DayPlan, *, anew: bool = False, preview: bool = False) -> DayPlan:
    with in_district(cast.district.id):
        day, now = row.day, time.time()
        begun = begin(section=cast.a, by=cast["Okafor"], day=day, now=now, anew=anew, preview=preview)
    return plan_day(district=cast.district.id, plan=begun.id)


@pytest.mark.timeout(300)  # the first plan of a machine compiles
def test_who_is_in_another_class_is_named_and_then_planned_around(school: Cast) -> None:
    row, client, ana = hand_made(school, 7), signed_in(school["Okafor"]), school["Ana"]
    page = f"/teach/{school.a.id}/day?date={date_of(row.day).isoformat()}"
    table = f"period,weekday,begin,end,room\n2,{DAYS[(row.day + 3) % 7]},09:00,09:10,Lab\n"
    sent = {"table": SimpleUploadedFile("bells.csv", table.encode())}
    client.post(f"/teach/{school.a.id}/week/timetable", sent)
    client.get(page)
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(page).content.decode()
    assert len(queries) <= MOST
    for who in (ana.short_name, "Ms. Okafor"):
        assert f"{who} has to be in “{school.b.title}” at the same time: First round." in shown
    assert "Ben B. has to be" not in shown
    planned(school, row, anew=True)
    again = standing(school, row)
    assert again.of(ana.id)[0][0].modality == ""
    assert "Ms. Okafor" not in {group.adult for group in again.groups if group.block == 0}
    shown = client.get(page).content.decode()
    assert "has to be in" not in shown
    assert "In another class" in shown
    mine = {"table": SimpleUploadedFile("bells.csv", f"{table}1,{DAYS[(row.day + 3) % 7]},09:00,10:10,\n".encode())}
    client.post(f"/teach/{school.a.id}/week/timetable", mine)
    planned(school, row, anew=True)
    assert (
        standing(school, row).elsewhere == {}
    )  # the timetable gives the block to this class: people have to settle it


@pytest.mark.timeout(300)
def test_a_plan_is_tried_and_counts_only_when_it_is_taken(school: Cast) -> None:
    row, client = hand_made(school, 12), signed_in(school["Okafor"])
    page, iso = f"/teach/{school.a.id}/day", date_of(row.day).isoformat()
    assert planned(school, row, preview=True).state == "draft"
    assert standing(school, row).row.id == row.id
    shown = client.get(page, {"date": iso}).content.decode()
    assert "Nothing has changed yet." in shown
    assert "Third round" in shown[shown.index("What would change") :]  # the plan by hand had no third round
    (draft,) = re.findall(r'name="draft" value="([^"]+)"', shown)
    client.post(f"{page}/act", {"what": "leave", "draft": draft, "date": iso})
    assert "What would change" not in client.get(page, {"date": iso}).content.decode()
    assert standing(school, row).row.id == row.id
    second = planned(school, row, preview=True)
    client.post(f"{page}/act", {"what": "take", "draft": str(second.id), "date": iso})
    assert standing(school, row).row.id == second.id
    again = client.post(f"{page}/act", {"what": "take", "draft": str(second.id), "date": iso}, follow=True)
    assert "This draft is settled already." in again.content.decode()
    assert client.post(f"{page}/act", {"what": "take", "draft": "x"}).status_code == 404


def test_a_leaders_week_adds_up_and_nothing_is_owed_on_a_day_without_school(school: Cast) -> None:
    row, page = hand_made(school), f"/lead/{school.school.id}/week"
    monday = row.day - (row.day + 3) % 7
    with in_district(school.district.id):
        common = {"district": school.district, "id": uuid.uuid4()}
        group = SupportGroup.objects.create(
            **common, school=school.school, name="Fractions", kind="small", tier=2, adult=school["Ines"], minutes=30,
            weekdays=list(range(7)), measure="6", probe_every=2, starts=monday,
        )  # fmt: skip
        SupportPlan.objects.create(
            district=school.district, group=group, learner=school["Ben"], why="w", start_day=monday, start_score=1.0,
            goal_day=monday + 70, goal_score=2.0, by=school["Ines"], at=time.time(),
        )  # fmt: skip
    client, owed = signed_in(school["Pike"]), row.day - monday + 1
    client.get(page)
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(page).content.decode()
    assert len(queries) <= MOST
    assert f"0 of {owed}" in shown
    assert re.search(r'Okafor Okafor</th><td class="num">20</td><td class="num">1</td>', shown)
    assert f"Classroom ({school.a.title})" in shown
    entry = {"what": "keep", "first": date_of(monday).isoformat(), "name": "Staff day"}
    assert (
        "No support is owed" in client.post(f"/lead/{school.school.id}/days-off", entry, follow=True).content.decode()
    )
    shown = client.get(page).content.decode()
    assert (f"0 of {owed - 1}" in shown) == (owed > 1)
    assert "Staff day" in client.get(f"{page}?span=term").content.decode()
    assert "No school on" in signed_in(school["Okafor"]).get(f"/teach/{school.a.id}/week").content.decode()
    (number,) = re.findall(r'name="entry" value="(\d+)"', shown)
    backwards = entry | {"last": date_of(monday - 1).isoformat()}
    for wrong, says in (
        (backwards, "at most 120 days"),
        (entry | {"name": " "}, "Say what"),
        (entry | {"first": "x"}, "first day"),
    ):
        assert says in client.post(f"/lead/{school.school.id}/days-off", wrong, follow=True).content.decode()
    client.post(f"/lead/{school.school.id}/days-off", {"what": "end", "entry": number})
    assert f"0 of {owed}" in client.get(page).content.decode()
    for name in ("Okafor", "Stone", "Ana", "Maria"):
        assert signed_in(school[name]).get(page).status_code == 404
        assert signed_in(school[name]).post(f"/lead/{school.school.id}/days-off", entry).status_code == 404
    ines = signed_in(school["Ines"])
    assert ines.get(page).status_code == 200
    assert ines.post(f"/lead/{school.school.id}/days-off", entry).status_code == 404
