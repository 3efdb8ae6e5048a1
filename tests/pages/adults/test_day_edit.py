"""Changing a planned day by hand, and the morning: each cost is shown first, each change is a row and is taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.environment.days.editing import newest_plan
from headway.school.environment.days.planning import plan_day
from headway.school.environment.days.values import Planned, planned_of
from headway.school.models import Attendance, DayPlan, DayWish
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.adults.planned import hand_made

MOST = 22
"""Queries of a page of costs, session, roles and access log included."""


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", now - 60)
    yield cast
    cast.close()


def standing(cast: Cast, row: DayPlan) -> Planned:
    with in_district(cast.district.id):
        found = newest_plan(cast.a, row.day)
    assert found is not None
    return planned_of(found)


def fields(row: DayPlan, **more: str) -> dict[str, str]:
    return {"date": (date(1970, 1, 1) + timedelta(days=row.day)).isoformat(), "plan": str(row.id), "block": "0", **more}


def seats(planned: Planned) -> dict[tuple[int, str], int]:
    return {(group.block, group.modality): len(group.places) for group in planned.groups}


def test_each_cost_is_shown_before_the_move_and_a_move_is_taken_back(school: Cast) -> None:
    row, client, ana = hand_made(school, 3), signed_in(school["Okafor"]), school["Ana"]
    page, asked = f"/teach/{school.a.id}/day", fields(row, learner=str(ana.id))
    client.get(f"{page}/moves", asked)
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(f"{page}/moves", asked).content.decode()
    assert len(queries) <= MOST
    assert "of every 100 that the day is expected to bring Ana D." in shown
    assert "Practice on paper" in shown  # where nobody is yet
    costs = client.get(f"{page}/moves", asked, headers={"Accept": "application/json"}).json()["to"]
    assert set(costs) == {"1", "new:"}
    assert client.post(f"{page}/edit", {**asked, "what": "move", "to": "1"}).status_code == 302
    moved = standing(school, row)
    assert seats(moved)[0, "teacher"] == 2
    assert moved.of(ana.id)[0][1].placed == school["Okafor"].short_name
    assert moved.value < planned_of(row).value
    again = client.post(f"{page}/edit", {**asked, "what": "move", "to": "1"}, follow=True).content.decode()
    assert "The plan has changed since this page was loaded" in again
    assert "planned for at least 3" in again  # what the change strains stands on the page
    assert "Take the last change back" in again
    client.post(f"{page}/edit", {**asked, "plan": str(moved.row.id), "what": "undo"})
    back = standing(school, row)
    assert back.groups == planned_of(row).groups
    client.post(f"{page}/edit", {**asked, "plan": str(back.row.id), "what": "undo"})
    assert standing(school, row).row.id == back.row.id  # there is nothing more to take back


def test_a_group_moves_as_one_and_rooms_and_adults_are_exchanged(school: Cast) -> None:
    row, client = hand_made(school, 4), signed_in(school["Okafor"])
    page = f"/teach/{school.a.id}/day"
    assert "Change the adult" in client.get(f"{page}/moves", fields(row, group="0")).content.decode()
    client.post(f"{page}/edit", fields(row, group="0", what="adult", value="Mr. Bell"))
    with_bell = standing(school, row)
    assert with_bell.groups[0].adult == "Mr. Bell"
    client.post(f"{page}/edit", fields(with_bell.row, group="0", what="space", value="Lab"))
    small = standing(school, row)
    assert small.groups[0].space == "Lab"
    shown = client.get(page, {"date": fields(row)["date"]}).content.decode()
    assert "Lab has 2 seats for 3 learners" in shown
    client.post(f"{page}/edit", fields(small.row, group="0", what="move", to="1"))
    assert seats(standing(school, row)) == {(0, "device"): 4, (1, "device"): 4}
    for wrong in ("Cellar", ""):
        client.post(f"{page}/edit", fields(standing(school, row).row, group="0", what="space", value=wrong))
    assert standing(school, row).value == pytest.approx(standing(school, row).bound, rel=0.5)


def test_who_is_kept_stays_when_the_day_is_planned_again(school: Cast) -> None:
    row, client, dev = hand_made(school, 5), signed_in(school["Okafor"]), school["Dev"]
    page, asked = f"/teach/{school.a.id}/day", fields(row, learner=str(school["Dev"].id))
    for _ in range(2):  # a second tap keeps nobody twice
        client.post(f"{page}/edit", {**asked, "what": "pin"})
    with in_district(school.district.id):
        assert DayWish.objects.filter(kind="here", ended_at=None).count() == 1
        begun = DayPlan.objects.create(
            district_id=school.district.id, section=school.a, day=row.day, by=school["Okafor"], began_at=time.time()
        )
    refused = client.post(f"{page}/edit", {**asked, "what": "move", "to": "0"}, follow=True).content.decode()
    assert "The day is being planned" in refused
    plan_day(district=school.district.id, plan=begun.id)
    assert standing(school, row).of(dev.id)[0][0].modality == "device"
    assert "kept here" in client.get(page, {"date": asked["date"]}).content.decode()
    client.post(f"{page}/edit", {**asked, "what": "unpin"})
    with in_district(school.district.id):
        assert not DayWish.objects.filter(kind="here", ended_at=None).exists()


def test_nonsense_and_strangers_change_nothing(school: Cast) -> None:
    row, page = hand_made(school, 6), f"/teach/{school.a.id}/day"
    client, eva = signed_in(school["Okafor"]), school["Eva"]
    for more in ({"what": "eat", "learner": str(school["Ana"].id)}, {"what": "move", "learner": str(eva.id), "to": "1"},
                 {"what": "move", "learner": "x", "to": "1"}, {"what": "move", "group": "99", "to": "1"},
                 {"what": "pin", "block": "9"}, {"what": "move", "block": "-1"}, {"what": "space", "group": "²"}):  # fmt: skip
        assert client.post(f"{page}/edit", fields(row, **more)).status_code == 404, more
    assert client.get(f"{page}/moves", fields(row, learner=str(eva.id))).status_code == 404
    assert client.get(f"{page}/moves", {"date": "2020-01-01", "block": "0", "group": "0"}).status_code == 404
    client.post(f"{page}/edit", fields(row, what="move", learner=str(school["Ana"].id), to="77"))
    assert standing(school, row).row.id == row.id
    for name in ("Lee", "Stone", "Ana", "Maria"):
        other = signed_in(school[name])
        assert other.get(f"{page}/moves", fields(row, group="0")).status_code == 404
        assert other.post(f"{page}/edit", fields(row, what="undo")).status_code == 404
        assert other.get(f"/teach/{school.a.id}/attendance").status_code == 404
        assert other.post(f"/teach/{school.a.id}/attendance/act", {"what": "everyone"}).status_code == 404


def test_attendance_takes_two_taps_and_the_plan_is_repaired(school: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_made(school)
    begun: list[object] = []
    client, ana = signed_in(school["Okafor"]), school["Ana"]
    page = f"/teach/{school.a.id}/attendance"
    assert "Everybody is here" in client.get(page).content.decode()
    for _ in range(2):
        client.post(f"{page}/act", {"what": "everyone"})
    client.post(f"{page}/act", {"mark": f"away:{ana.id}"})
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(page).content.decode()
    assert len(queries) <= MOST
    assert "1 student who is away still has a place" in shown
    assert f"away · {school['Okafor'].short_name}, just now" in shown
    assert "Who is here: 1 away" in client.get(f"/teach/{school.a.id}").content.decode()
    with in_district(school.district.id):
        assert [row.state for row in Attendance.objects.filter(learner=ana).order_by("id")] == ["here", "away"]
        assert Attendance.objects.count() == 5
        assert DayWish.objects.filter(kind="away", learner=ana, ended_at=None).count() == 1
    monkeypatch.setattr("headway.school.people.beside._start", lambda words, _behind: begun.append(words))
    client.post(f"{page}/act", {"what": "repair", "away": ["Ms. Okafor"], "closed": ["Lab", "Moon"]})
    with in_district(school.district.id):
        row = DayPlan.objects.filter(state="running").latest("began_at")
    assert row.asked == {"away": ["Ms. Okafor"], "closed": ["Lab"]}
    assert len(begun) == 1
    plan_day(district=school.district.id, plan=row.id)
    repaired = standing(school, row)
    assert all(group.modality == "" for group, _place in repaired.of(ana.id).values())
    assert not {"Ms. Okafor"} & {group.adult for group in repaired.groups}
    assert not {"Lab"} & {group.space for group in repaired.groups}
    client.post(f"{page}/act", {"mark": f"late:{ana.id}"})
    with in_district(school.district.id):
        assert not DayWish.objects.filter(kind="away", learner=ana, ended_at=None).exists()
    for wrong in (f"away:{school['Eva'].id}", f"asleep:{ana.id}"):
        client.post(f"{page}/act", {"mark": wrong})
    assert client.post(f"{page}/act", {"mark": "away:x"}).status_code == 404
    with in_district(school.district.id):
        assert Attendance.objects.count() == 6
