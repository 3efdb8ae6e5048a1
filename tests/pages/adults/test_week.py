"""Week and term, the master timetable, and calendars under private addresses."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.environment.days.attendance import mark
from headway.school.models import CalendarFeed, ClassPeriod
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor
from tests.pages.adults.planned import hand_made

MOST = 22
"""Queries of a page, session, roles and access log included."""


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", now - 60)
    hand_made(cast)
    with in_district(cast.district.id):
        day = day_of(cast.district.id, now)
        mark(section=cast.a, by=cast["Okafor"], day=day, learner=cast["Ben"].id, state="away", now=now)
    yield cast
    cast.close()


def test_a_week_shows_minutes_loads_and_rooms(school: Cast) -> None:
    client, page = signed_in(school["Okafor"]), f"/teach/{school.a.id}/week"
    client.get(page)
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(page).content.decode()
    assert len(queries) <= MOST
    rows = {
        found[1]: re.findall(r'class="num">(\d+)', found[2])
        for found in re.finditer(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', shown)
    }
    assert rows[school["Ana"].short_name] == ["20", "0", "20", "0", "1", "0"]
    assert rows[school["Ben"].short_name] == ["0", "0", "0", "0", "0", "1"]
    assert rows["Ms. Okafor"] == ["20", "1", "3", "40"]
    assert rows["Lab"][0] == "0"
    assert "1 planned day" in client.get(f"{page}?span=term").content.decode()
    for far in ("9999-12-31", "0001-01-01"):
        assert "No day was planned in this time" in client.get(f"{page}?date={far}").content.decode()
    assert signed_in(school["Lee"]).get(page).status_code == 404


def test_a_timetable_comes_in_and_conflicts_are_named(school: Cast) -> None:
    client, page = signed_in(school["Okafor"]), f"/teach/{school.a.id}/week"

    def sent(body: str) -> str:
        table = SimpleUploadedFile("t.csv", body.encode())
        return client.post(f"{page}/timetable", {"table": table}, follow=True).content.decode()

    head = "class,weekday,begin,end,room\n"
    assert "lies outside of the periods" in sent(
        f"{head}{school.a.title},Monday,09:10,10:10,12\n{school.b.title},Monday,08:00,09:00,1\n"
    )
    good = sent(f"{head}{school.a.title},Monday,09:00,10:10,12\n")
    assert "Every block of the day lies inside" in good
    assert "Monday" in good
    assert "t.csv, line 2" in sent(f"{head}{school.a.title},Moonday,09:00,10:10,12\n")
    assert "names none of your classes" in sent(f"{head}{school.b.title},Monday,09:00,10:10,12\n")
    assert "Choose a CSV file" in client.post(f"{page}/timetable", follow=True).content.decode()
    with in_district(school.district.id):
        assert [row.begin for row in ClassPeriod.objects.filter(ended_at=None)] == [540]


def test_a_calendar_is_private_names_nobody_else_and_ends(school: Cast) -> None:
    client, program = signed_in(school["Ana"]), visitor()
    made = client.post("/calendar", {"what": "make"}).content.decode()
    found = re.search(r'value="[^"]*(/calendar/[^"]+\.ics)"', made)
    assert found is not None
    address = found[1]
    assert address not in client.get("/calendar").content.decode()
    answer = program.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    body = answer.content.decode()
    assert f"SUMMARY:{school.a.title}: With the teacher · Ms. Okafor" in body
    assert "LOCATION:Classroom" in body
    assert body.count("BEGIN:VEVENT") == 2
    assert not [name for name in ("Ben", "Chi", "Dev") if name in body]
    teacher = signed_in(school["Okafor"])
    hers = re.search(
        r'value="[^"]*(/calendar/[^"]+\.ics)"', teacher.post("/calendar", {"what": "make"}).content.decode()
    )
    assert hers is not None
    assert program.get(hers[1]).content.decode().count("BEGIN:VEVENT") == 0  # the model does not say which adult she is
    for wrong in (address[:-9] + "x.ics", "/calendar/x.ics", "/calendar/AAAA.b.ics", f"/calendar/{'A' * 43}.b.ics"):
        assert program.get(wrong).status_code == 404, wrong
    with in_district(school.district.id):
        key = CalendarFeed.objects.get(person=school["Ana"]).id
    assert teacher.post("/calendar", {"feed": str(key)}).status_code == 302
    assert program.get(address).status_code == 200  # nobody ends another's
    client.post("/calendar", {"feed": str(key)})
    assert program.get(address).status_code == 404
    assert client.post("/calendar", {"feed": "x"}).status_code == 404
    assert visitor().get("/calendar").status_code == 302
