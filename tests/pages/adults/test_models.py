"""The leader's page of the model: who may see and decide, and a refit from the page to its decision and back."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from headway.cli import main
from headway.school.evidence.refit.running import SILENT, begin
from headway.school.mastery.models import ModelChange, Refit, RefitReport
from headway.school.models import Role
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.evidence.planted import Planted, plant


def refitted() -> Planted:
    made = plant()
    assert main(["refit", "--json", "--district", str(made.district)]) == 0
    return made


@pytest.fixture(scope="module")
def planted(database: str) -> Planted:
    """One district for the tests that decide nothing."""
    return refitted()


@pytest.fixture
def own(database: str) -> Planted:
    """The same, for a test that changes which model serves."""
    return refitted()


def decide(client: Client, planted: Planted, what: str, reason: str = "") -> str:
    """Press a button; what the page says then."""
    with in_district(planted.district):
        refit = RefitReport.objects.order_by("-at")[0].refit_id
    sent = {"what": what, "refit": str(refit), "reason": reason}
    answer = client.post("/models/decide", sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_leaders_and_researchers_see_it(planted: Planted) -> None:
    assert visitor().get("/models").status_code == 302
    learner = signed_in(planted.learners[0])
    assert [learner.get(path).status_code for path in ("/models", "/models/progress")] == [404, 404]
    assert learner.post("/models/decide", {"what": "promote"}).status_code == 404
    with in_district(planted.district):
        winslow = Person.objects.create(district_id=planted.district, sourced_id="w", given_name="W", family_name="W")
        Role.objects.create(district_id=planted.district, person=winslow, name="researcher")
    page = signed_in(winslow).get("/models").content.decode()
    assert "foresees later answers better" in page
    assert "Let the new model serve" not in page
    assert signed_in(winslow).post("/models/refit").status_code == 404


def test_one_school_s_principal_does_not_decide_for_the_district(planted: Planted) -> None:
    principal = signed_in(planted.principal)
    page = principal.get("/models").content.decode()
    assert "Somebody who leads the whole district decides." in page
    assert "Let the new model serve" not in page
    assert "only somebody who leads all of it decides" in decide(principal, planted, "promote")
    assert (
        "only somebody who leads all of it starts a refit"
        in principal.post("/models/refit", follow=True).content.decode()
    )
    with in_district(planted.district):
        assert not ModelChange.objects.exists()


def test_a_leader_promotes_reads_the_history_and_rolls_back(own: Planted) -> None:
    leader = signed_in(own.leader)
    page = leader.get("/models").content.decode()
    for said in ("Home language: English", "Accuracy before: lowest quarter", "is easier than assumed", "99 %", "<svg"):
        assert said in page, said
    assert "A reason is missing" in decide(leader, own, "refuse")
    page = decide(leader, own, "promote")
    assert "The new model serves from a few seconds on." in page
    assert "Dana Smith has promoted it." in page
    assert "<b>Our own model of " in page
    assert "This refit has been decided about" in decide(leader, own, "refuse", "late")
    assert "A reason is missing" in decide(leader, own, "roll-back")
    page = decide(leader, own, "roll-back", "Too hard for grade 6.")
    assert "The model before serves again" in page
    assert "Too hard for grade 6." in page
    assert "<b>The model that ships with Headway</b>, with nothing of this district in it" in page
    assert leader.post("/models/decide", {"what": "nothing"}).status_code == 404
    assert leader.post("/models/decide", {"what": "promote", "refit": "x"}).status_code == 404


def test_a_refit_under_way_shows_how_far_it_is_and_a_broken_one_says_so(database: str) -> None:
    planted, now = plant(learners=2, each=3), time.time()
    leader = signed_in(planted.leader)
    with in_district(planted.district):
        row = Refit.objects.create(district_id=planted.district, began_at=now, seen_at=now, step=3, steps=14)
    assert leader.get("/models/progress").json() == {"running": True, "step": 3, "steps": 14}
    assert "A refit is under way" in leader.get("/models").content.decode()
    assert "a refit is under way" in leader.post("/models/refit", follow=True).content.decode().lower()
    with in_district(planted.district):
        Refit.objects.filter(id=row.id).update(seen_at=now - SILENT - 1.0)
    assert "The last refit was broken off." in leader.get("/models").content.decode()
    with in_district(planted.district):
        Refit.objects.filter(id=row.id).update(state="failed", words="the disk is full")
    page = leader.get("/models").content.decode()
    assert "could not be finished; nothing was changed." in page
    assert "the disk is full" in page
    assert not leader.get("/models/progress").json()["running"]


def test_the_work_that_the_page_has_begun_is_done_by_the_command(database: str) -> None:
    planted = plant()
    refit = begin(district=planted.district, by=planted.leader.id, now=time.time())
    words = ["refit", "--json", "--district", str(planted.district), "--begun", str(refit)]
    assert main(words) == 0
    assert main(words) == 1, "it is done"
    with in_district(planted.district):
        row = Refit.objects.get(id=refit)
        assert (row.state, row.step, row.by_id) == ("done", row.steps, planted.leader.id)
        assert RefitReport.objects.filter(refit_id=refit).exists()


def test_a_district_on_its_first_day_has_a_page(database: str) -> None:
    new = plant(learners=2, each=3)
    page = signed_in(new.leader).get("/models").content.decode()
    assert "No refit has been run yet." in page
    assert "Nothing yet." in page


def test_what_is_not_certain_is_said_so_and_no_point_stands_for_a_few_answers(planted: Planted) -> None:
    new = plant(learners=2, each=3)
    with in_district(planted.district):
        body = RefitReport.objects.order_by("at")[0].body
    body["comparison"]["challenger"]["reliability"] += [[0.1234, 1.0, 1], [0.5678, 0.5, 10]]
    with in_district(new.district):
        RefitReport.objects.create(
            district_id=new.district, refit_id=begin(district=new.district, by=None, now=1.0), champion="gaussian-2",
            challenger=body["challenger"], verdict="not-better", simulated=False, body=body, digest="", at=1.0,
        )  # fmt: skip
    page = signed_in(new.leader).get("/models").content.decode()
    assert "It is not certain that the new model foresees later answers better. It cannot be promoted" in page
    assert "Let the new model serve" not in page
    assert "Refuse it" in page
    item = body["changes"]["items"][0][0]
    number = new.curriculum.item_number[item]
    title = new.curriculum.skills[new.curriculum.item_skills[new.curriculum.item_skills_at[number]]].title
    assert f"“{title}”: the problem “{item}” is" in page
    assert "0.57" in page
    assert "0.12</td>" not in page
