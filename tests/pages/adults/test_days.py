"""The day of a class on its pages: choosing how it works, wishes, the plan, the sheet, the wall, the learner's own day."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.cli import find, load, parser_of
from headway.school.environment.days.actions import begin, choose_model
from headway.school.environment.days.planning import plan_day
from headway.school.models import DayPlan, DayWish, Section
from headway.school.people.clock import day_of
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from headway.standards.instruction import shipped_models
from tests.cast import Cast, make_cast
from tests.clients import signed_in

MOST = 20
"""Queries of a page, session, roles and access log included."""
TOMORROW = 1


@pytest.fixture
def school(database: str) -> Iterator[Cast]:
    """Four learners; three have practised."""
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi"):
        cast.answers(name, "oxooo", now - 60)
    yield cast
    cast.close()


@pytest.fixture
def place(school: Cast) -> str:
    """The day's page, of a class that has chosen its model."""
    page = f"/teach/{school.a.id}/day"
    client = signed_in(school["Okafor"])
    assert "Stations in one room" in client.get(page).content.decode()
    answer = client.post(f"{page}/act", {"what": "model", "model": "station-rotation"})
    assert answer["Location"] == f"{page}/model"
    return page


def planned(cast: Cast, away: tuple[str, ...] = ()) -> DayPlan:
    with in_district(cast.district.id):
        day = day_of(cast.district.id, time.time()) + TOMORROW
        row = begin(section=cast.a, by=cast["Okafor"], day=day, now=time.time(), away=away)
    return plan_day(district=cast.district.id, plan=row.id)


def drawn(html: str) -> dict[str, str | list[str]]:
    """The fields of the page on which a class draws how it works, as a browser sends them."""
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = 'type="checkbox"' not in tag or "checked" in tag
        if name and ticked and not name[1].startswith("csrf"):
            given = value[1] if value else ""
            found[name[1]] = [*found.get(name[1], []), given] if 'type="checkbox"' in tag else given
    return found


def test_a_class_draws_how_it_works(school: Cast, place: str) -> None:
    client = signed_in(school["Okafor"])
    fields = drawn(client.get(f"{place}/model").content.decode())
    answer = client.post(f"{place}/model", {**fields, "crew-0-names": "Ms. Okafor, Mr. Bell", "devices": "3"})
    assert answer["Location"] == place
    page = client.get(f"{place}/model").content.decode()
    assert 'value="Ms. Okafor, Mr. Bell"' in page
    wrong = client.post(f"{place}/model", {**fields, "devices": "many"})
    assert wrong.status_code == 422
    assert "“many” is no whole number" in wrong.content.decode()
    overlap = client.post(f"{place}/model", {**fields, "block-1-begin": "09:05"})
    assert "overlap" in overlap.content.decode()


@pytest.mark.timeout(300)  # the first plan of a machine compiles
def test_the_plan_stands_on_every_page(school: Cast, place: str) -> None:
    planned(school)
    with in_district(school.district.id):
        number = DayPlan.objects.latest("began_at").day
        day = (date(1970, 1, 1) + timedelta(days=number)).isoformat()
    client = signed_in(school["Okafor"])
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        page = client.get(f"{place}?date={day}").content.decode()
    assert len(queries) <= MOST
    for name in ("Ana", "Ben", "Chi", "Dev"):
        assert page.count(f"<summary>{school[name].short_name}</summary>") == 3  # one place in each block
    assert "Ready for “" in page
    assert client.get(f"{place}/paper?date={day}").content.startswith(b"%PDF")
    assert "First round" in client.get(f"{place}/board?date={day}").content.decode()
    assert client.get(f"{place}/progress?date={day}").json() == {"running": False}
    client = signed_in(school["Ana"])
    mine = client.get(f"/my-day?date={day}").content.decode()
    assert "09:00" in mine
    assert "No plan for this day" not in mine
    assert "No plan for this day" in client.get("/my-day?date=2020-01-01").content.decode()
    client = signed_in(school["Lee"])
    assert client.get(place).status_code == 404


@pytest.mark.timeout(300)
def test_wishes_shape_the_plan_and_are_taken_back(school: Cast, place: str) -> None:
    ana, ben = school["Ana"], school["Ben"]
    client = signed_in(school["Okafor"])
    client.post(f"{place}/act", {"what": "wish", "learner": str(ana.id), "kind": "apart", "other": str(ben.id)})
    client.post(f"{place}/act", {"what": "wish", "learner": str(ana.id), "kind": "never:teacher"})
    client.post(f"{place}/act", {"what": "wish", "learner": str(ben.id), "kind": "with:nothing"})
    page = client.get(place).content.decode()
    assert "Ana" in page
    assert "apart" in page
    with in_district(school.district.id):
        wishes = list(DayWish.objects.order_by("id"))
    assert [wish.kind for wish in wishes] == ["apart", "never"]  # the third named no way of working of the class
    for session in planned(school).body["sessions"]:
        seated = {seat[0] for seat in session["seats"]}
        assert not (session["skill"] and {str(ana.id), str(ben.id)} <= seated)
        assert not (session["modality"] == "teacher" and str(ana.id) in seated)
    for wish in wishes:
        client.post(f"{place}/act", {"what": "end", "wish": str(wish.id)})
    assert "Nothing yet. A wish holds" in client.get(place).content.decode()


@pytest.mark.timeout(300)
def test_planned_again_few_move_and_anew_everybody_may(school: Cast, place: str) -> None:
    client, chi = signed_in(school["Okafor"]), school["Chi"]
    before = planned(school)
    client.post(f"{place}/act", {"what": "wish", "learner": str(chi.id), "kind": "never:device"})
    again = planned(school)
    assert again.body["moved"] in ([], [str(chi.id)])
    assert again.body["ready"] == before.body["ready"]
    assert "Plan anew" in client.get(place).content.decode()
    with in_district(school.district.id):
        row = begin(section=school.a, by=school["Okafor"], day=again.day, now=time.time(), anew=True)
        assert row.asked["anew"] is True
    assert plan_day(district=school.district.id, plan=row.id).body["moved"] == []


@pytest.mark.timeout(300)
def test_wishes_that_collide_are_said_in_the_language_of_the_reader(school: Cast, place: str) -> None:
    client, ana, ben = signed_in(school["Okafor"]), school["Ana"], school["Ben"]
    for kind in ("together", "apart"):
        client.post(f"{place}/act", {"what": "wish", "learner": str(ana.id), "kind": kind, "other": str(ben.id)})
    client.post(f"{place}/act", {"what": "wish", "learner": str(school["Dev"].id), "kind": "with:teacher"})
    with pytest.raises(Malformed, match="cannot be kept together"):
        planned(school)
    with in_district(school.district.id):
        row = DayPlan.objects.latest("began_at")
        assert row.state == "failed"
        assert "{one}" in str(row.body["problem"])  # a sentence with fields, not a finished one
    page = client.get(place).content.decode()
    assert "The day could not be planned" in page
    assert f"{ana.short_name} and {ben.short_name} apart" in page
    assert f"{ana.short_name} and {ben.short_name} in one group once" in page


@pytest.mark.timeout(300)
def test_an_empty_class_has_an_empty_day(school: Cast) -> None:
    with in_district(school.district.id):
        empty = Section.objects.create(district_id=school.district.id, school=school.school, title="Nobody")
        choose_model(section=empty, by=school["Okafor"], model=shipped_models()["work-cycles"], now=time.time())
        row = begin(section=empty, by=school["Okafor"], day=20_000, now=time.time())
    assert plan_day(district=school.district.id, plan=row.id).body["sessions"] == []


def test_planning_is_asked_of_a_process_of_its_own_and_once(
    school: Cast, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []

    class Child:
        pid = 0

        def __init__(self, words: list[str], **_how: object) -> None:
            begun.append(words)

    monkeypatch.setattr(subprocess, "Popen", Child)
    monkeypatch.setattr("os.setpriority", lambda *_: None)
    client = signed_in(school["Okafor"])
    fields = drawn(client.get(f"{place}/model").content.decode())
    client.post(f"{place}/model", {**fields, "crew-0-names": "Ms. Okafor, Mr. Bell"})
    for _ in range(2):
        client.post(f"{place}/act", {"what": "plan", "date": "2030-01-07", "away": ["Ms. Okafor", "Nobody"]})
    assert client.get(f"{place}/progress?date=2030-01-07").json() == {"running": True}
    assert "is being planned" in client.get(f"{place}?date=2030-01-07").content.decode()
    assert len(begun) == 1
    found = find(begun[0][3:])
    assert found is not None
    arguments = parser_of(found[0], load(found[0])).parse_args(found[1])
    with in_district(school.district.id):
        row = DayPlan.objects.get(id=arguments.begun)
    assert row.asked == {"away": ["Ms. Okafor"]}


def test_a_class_without_a_model_plans_nothing(school: Cast) -> None:
    with in_district(school.district.id), pytest.raises(Malformed, match="how this class works"):
        begin(section=school.b, by=school["Lee"], day=20_000, now=time.time())
