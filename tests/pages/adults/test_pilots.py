"""The leader's pages of pilots: who may see and do what, setting up, the verdict in words, and what failed in the list."""

from __future__ import annotations

import re
import time
import uuid

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.evidence.pilots.actions import end, save_draft, start
from headway.school.evidence.pilots.looks import look
from headway.school.models import Pilot, PilotMark, PilotPlan, PilotSeat, PlanRow
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.evidence.trial import DAY, NEW, Trial, make_trial, practise

WEEK = 7 * DAY


def piloted() -> Trial:
    """Eight weeks of practice, a pilot of four weeks that has just reached its day, and it helped."""
    made = make_trial(learners=96, classes=4, seed=3)
    began = time.time() - 4 * WEEK - 3600.0
    practise(made, began - 56 * DAY, began, each=20, rng=np.random.default_rng(4))
    with in_district(made.district):
        row = save_draft(by=made.leader, draft=made.draft(weeks=4, costs=()), now=began)
        frozen = start(pilot=row.id, by=made.leader, now=began, reason="A small one.")
        shift = {seat.learner_id: 1.2 for seat in PilotSeat.objects.filter(pilot=row, arm=NEW.name)}
    practise(made, frozen.starts, frozen.ends, each=20, rng=np.random.default_rng(5), shift=shift)
    return made


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """One district for the tests that leave its pilot as it is."""
    return piloted()


def form(trial: Trial, **other: object) -> dict[str, object]:
    """What a leader fills in."""
    return {
        "question": "Do easier problems help?", "theory": "Success encourages.", "section": [str(trial.sections[0].id)],
        "get-1": "target-success:0.85", "name-1": "Easier", "unit": "learner", "outcome": "ability:mathematics",
        "worth": "0.1", "weeks": "6", "looks": "2", "owner": "Dana", "milestone-what": ["Tell the teachers"],
        "milestone-who": ["Dana"], "milestone-week": ["1"], "cost-item": ["Training"], "cost-kind": ["training"],
        "cost-price": ["600"], "cost-per": ["pilot"], **other,
    }  # fmt: skip


def pilot_of(trial: Trial, question: str) -> Pilot:
    with in_district(trial.district):
        return Pilot.objects.get(question=question)


def test_who_may_see_and_do(trial: Trial) -> None:
    key = pilot_of(trial, "Do harder problems help?").id
    addresses = ["/pilots", "/pilots/new", f"/pilots/{key}", f"/pilots/{key}/verdict"]
    assert [visitor().get(path).status_code for path in addresses] == [302] * 4
    assert [signed_in(trial.people[0]).get(path).status_code for path in addresses] == [404] * 4
    researcher = signed_in(trial.researcher)
    assert [researcher.get(path).status_code for path in addresses[:3]] == [200, 404, 200]
    assert "Set up a pilot" not in researcher.get("/pilots").content.decode()
    assert researcher.post(f"/pilots/{key}/act", {"what": "end", "reason": "x"}).status_code == 404
    principal = signed_in(trial.principal)
    assert principal.get(f"/pilots/{key}").status_code == 404, "it takes in another school as well"
    assert "Do harder problems help?" not in principal.get("/pilots").content.decode()
    stranger = make_trial(learners=0, classes=1)
    outside = signed_in(stranger.leader)
    assert outside.get(f"/pilots/{key}").status_code == 404
    page = outside.get("/pilots").content.decode()
    assert "Begin with one question" in page
    empty = outside.get("/pilots/new").content.decode()
    assert "There are too few to compare yet" in empty
    assert outside.get(f"/pilots/{uuid.uuid4()}").status_code == 404


def said(client: Client, path: str, sent: dict[str, object]) -> str:
    answer = client.post(path, sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_setting_up_starting_and_putting_aside(trial: Trial) -> None:
    leader = signed_in(trial.principal)
    page = said(leader, "/pilots/promise", form(trial))
    assert "for the group" not in page
    assert re.search(r"moves up \d+ places among 100", page) or "too few" in page
    for wrong, why in (
        ({"question": " "}, "Write down the question"),
        ({"section": [str(trial.sections[3].id)]}, "of a school that you lead"),
        ({"section": "x"}, "no number"),
        ({"weeks": "0"}, "1 to 52 weeks"),
        ({"get-1": "policy:magic"}, "cannot be compared"),
        ({"get-1": "skills"}, "at least one skill"),
        ({"get-1": "model:daily-rotation"}, "deal the arms to classes"),
        ({"outcome": "measure:nothing"}, "Choose a test"),
        ({"cost-price": ["a lot"]}, "Write a number"),
        ({"worth": "nan"}, "between 0 and 2"),
        ({"looks": "9"}, "no number"),
    ):
        page = said(leader, "/pilots/new", form(trial, **wrong))
        assert why in page, (wrong, why)
        assert "Success encourages." in page, "what was written is kept"
    with in_district(trial.district):
        assert not Pilot.objects.filter(question="Do easier problems help?").exists()
    page = said(leader, "/pilots/new", form(trial))
    row = pilot_of(trial, "Do easier problems help?")
    assert "Easier problems" in page
    assert 'value="600"' in leader.get(f"/pilots/{row.id}/edit").content.decode()
    busy = said(leader, f"/pilots/{row.id}/act", {"what": "start", "reason": "We want to begin."})
    assert "too few" in busy, "all of the class are in the other pilot"
    page = said(leader, f"/pilots/{row.id}/act", {"what": "drop"})
    assert "Put aside" in page
    assert "moved on" in said(leader, f"/pilots/{row.id}/act", {"what": "start", "reason": "x"})
    assert leader.post(f"/pilots/{row.id}/act", {"what": "magic"}).status_code == 404


def test_three_groups_of_which_what_works_gets_more(trial: Trial) -> None:
    leader = signed_in(trial.principal)
    sent = form(trial, **{"get-2": "target-success:0.7", "name-2": "Harder", "adaptive": "1", "subgroup": ["grade"],
                          "early": "attendance:", "question": "Which of three helps most?"})  # fmt: skip
    for wrong, why in (
        ({"get-2": ""}, "Choose a third group"),
        ({"unit": "class"}, "only where chance decides learner by"),
    ):
        assert why in said(leader, "/pilots/new", {**sent, **wrong})
    page = said(leader, "/pilots/new", sent)
    assert "at least 10 % to each group" in page
    row = pilot_of(trial, "Which of three helps most?")
    assert (row.body["adaptive"], row.body["early"]["kind"], row.body["subgroups"]) == (True, "attendance", [])
    page = leader.get(f"/pilots/{row.id}/edit").content.decode()
    assert 'name="adaptive" value="1" aria-describedby="gains" checked' in page
    assert '<option value="attendance:" selected>' in page
    said(leader, f"/pilots/{row.id}/act", {"what": "drop"})


def test_from_the_verdict_to_the_next_cycle(database: str) -> None:
    trial = piloted()
    leader, row = signed_in(trial.leader), pilot_of(trial, "Do harder problems help?")
    page = leader.get(f"/pilots/{row.id}").content.decode()
    assert "Look at the result: the verdict" in page
    assert "standard deviations;" not in page, "nothing of the effect before the look"
    assert leader.get(f"/pilots/{row.id}/verdict").status_code == 404
    said(leader, f"/pilots/{row.id}/act", {"what": "look"})
    assert "have been taken" in said(leader, f"/pilots/{row.id}/act", {"what": "look"})
    page = leader.get(f"/pilots/{row.id}/verdict").content.decode()
    five = (
        "Yes. A learner in the middle moves up about",
        "The true effect lies between",
        "96 learners with a result, 48 of them in this group; chance decided learner by learner. 0 %",
        "No group was harmed",
        "No costs were written down.",
    )
    for answer in five:
        assert answer in page, answer
    assert "In solving problems, learners with Harder did better" in page
    assert "Few really got it" in page, "nobody practised through the loop here"
    assert "<svg" in page
    paragraph = re.search(r'class="paragraph">(.*?)</p>', page, re.DOTALL)
    assert paragraph is not None
    assert len(paragraph[1].split()) <= 120
    paper = leader.get(f"/pilots/{row.id}/verdict.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    said(leader, f"/pilots/{row.id}/act", {"what": "end"})
    with in_district(trial.district):
        assert not PlanRow.objects.filter(source="arm", ends=None).exists()
    page = " ".join(re.sub(r"<[^>]+>", " ", leader.get("/pilots/new").content.decode()).split())
    assert "96 learners take part · about 48 in each group" in page, (
        "two groups are promised before the second is chosen"
    )
    assert "write down why" in said(leader, f"/pilots/{row.id}/act", {"what": "decide", "step": "scale"})
    page = said(leader, f"/pilots/{row.id}/act", {"what": "decide", "step": "scale", "reason": "We trust it."})
    assert "although the gate was shut" in page
    assert "We trust it." in page
    page = said(leader, f"/pilots/{row.id}/act", {"what": "next"})
    assert "the cycle before" in page
    with in_district(trial.district):
        assert Pilot.objects.get(before=row).state == "draft"
    worked = leader.get("/pilots?show=worked").content.decode()
    assert worked.count('<li class="card panel">') == 1
    assert "Decided: let everybody have it" in worked
    assert "No pilot is like that." in leader.get("/pilots?show=harmed").content.decode()
    assert leader.get("/pilots?show=%00&q=%00nothing").status_code == 200


def test_a_list_of_many_and_a_page_of_many_cost_as_many_queries_as_of_few(trial: Trial) -> None:
    leader = signed_in(trial.leader)
    with in_district(trial.district):
        running = PilotPlan.objects.order_by("at")[0].pilot_id
    counts: dict[str, list[int]] = {"/pilots": [], f"/pilots/{running}": []}
    for turn in range(2):
        for path, found in counts.items():
            leader.get(path)
            with CaptureQueriesContext(connection) as queries:
                leader.get(path)
            found.append(len(queries))
            values = [each["sql"] for each in queries if 'SELECT "school_evidence"' in each["sql"]]
            assert not values, "a page that counts reads no answers"
        practise(trial, time.time() - DAY, time.time(), each=1 + turn, rng=np.random.default_rng(turn))
        with in_district(trial.district):
            for n in range(3):
                row = save_draft(by=trial.leader, draft=trial.draft(question=f"Q{n}?"), now=time.time())
                PilotMark.objects.create(
                    district_id=trial.district, pilot=row, kind="decision", body={"what": "stop", "missing": []},
                    by=trial.leader, at=time.time(),
                )  # fmt: skip
    assert [max(found) - min(found) for found in counts.values()] == [0, 0], counts
    assert [max(found) <= most for found, most in zip(counts.values(), (16, 26), strict=True)] == [True, True], counts


def test_a_harmful_one_and_a_void_one_are_as_easy_to_find(database: str) -> None:
    trial, began = make_trial(learners=96, classes=4, seed=3), time.time() - 3 * WEEK
    practise(trial, began - 56 * DAY, began, each=20, rng=np.random.default_rng(4))
    with in_district(trial.district):
        row = save_draft(by=trial.leader, draft=trial.draft(question="Did this do harm?", weeks=1), now=began)
        frozen = start(pilot=row.id, by=trial.leader, now=began, reason="x")
        shift = {seat.learner_id: -3.0 for seat in PilotSeat.objects.filter(pilot=row, arm=NEW.name)}
    practise(trial, frozen.starts, frozen.ends, each=20, rng=np.random.default_rng(6), shift=shift)
    with in_district(trial.district):
        look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0)
        end(pilot=row.id, by=trial.leader, now=frozen.ends + 2.0)
    leader = signed_in(trial.leader)
    page = leader.get("/pilots?show=harmed").content.decode()
    assert "Did this do harm?" in page
    assert "Did harm:" in page
    assert "No, it did harm." in leader.get(f"/pilots/{row.id}/verdict").content.decode()


@pytest.mark.parametrize(
    "odd",
    [{"outcome": ":::"}, {"outcome": ""}, {"adaptive": "1", "early": "x:y"}, {"milestone-week": ["9" * 5000]},
     {"weeks": "9" * 5000},
     {"looks": "9" * 5000}, {"worth": "1e999"}, {"unit": "planet"}, {"cost-price": ["1e999"]}, {"get-1": "target-success:nan"}],
)  # fmt: skip
def test_what_no_form_sends_is_answered_in_words(trial: Trial, odd: dict[str, object]) -> None:
    client = signed_in(trial.leader)
    assert client.post("/pilots/new", form(trial, **odd)).status_code in (200, 302)
    assert client.post("/pilots/promise", form(trial, **odd)).status_code == 200
