"""The pages of outcomes: who may read and say what, the figures in words, nothing of a few learners, few queries."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from headway.core.evidence.outcomes.aims import Aim, Goal
from headway.school.evidence.outcomes.actions import end_aim, save_aims, take
from headway.school.evidence.outcomes.own import own_lines
from headway.school.evidence.outcomes.queries import aims_of
from headway.school.models import AccessLog, Guardianship, OutcomeTake, Person, Role, School
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.evidence.trial import DAY, Trial, make_trial, practise

NOW = time.time()
ABLE = Aim(
    "grade 6/math", "Solve grade 6 problems", "college", "ability", "mathematics", "higher", 3.6,
    (Goal(20_000, 30.0), Goal(40_000, 90.0)), "It opens what comes next.",
)  # fmt: skip
ONE = "/outcomes/one?code=grade+6%2Fmath"


def measured() -> Trial:
    """96 learners in two schools, twelve weeks between two readings; in between all came on by a logit."""
    made = make_trial(learners=96, classes=4, seed=3)
    practise(made, NOW - 112 * DAY, NOW - 85 * DAY, each=40, rng=np.random.default_rng(1))
    shift = {person.id: 1.0 for person in made.people}
    practise(made, NOW - 27 * DAY, NOW, each=40, rng=np.random.default_rng(2), shift=shift)
    with in_district(made.district):
        save_aims(district=made.district, aims=[ABLE], by=made.leader, now=NOW)
        today = day_of(made.district, NOW)
        take(district=made.district, now=NOW, days=[today - 84, today])
    return made


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """One district for the tests that only read."""
    return measured()


@pytest.fixture
def own(database: str) -> Trial:
    """The same, for a test that says more or measures again."""
    return measured()


def test_who_reads_what(trial: Trial) -> None:
    addresses = ["/outcomes", ONE]
    assert [visitor().get(path).status_code for path in addresses] == [302, 302]
    assert [signed_in(trial.people[0]).get(path).status_code for path in addresses] == [404, 404]
    with in_district(trial.district):
        own, other = School.objects.order_by("name")
    for person, sees in ((trial.leader, True), (trial.researcher, True), (trial.principal, False)):
        client = signed_in(person)
        assert client.get(f"/outcomes?school={own.id}").status_code == 200
        assert client.get(f"{ONE}&school={other.id}").status_code == (200 if sees else 404)
        page = client.get(f"{ONE}&school=all").content.decode()
        assert ("School 1" in page) is sees, "a school of others is not told apart"
    for path in ("/outcomes/edit", f"/outcomes/edit?{ONE.partition('?')[2]}"):
        assert signed_in(trial.leader).get(path).status_code == 200
        assert {signed_in(who).get(path).status_code for who in (trial.principal, trial.researcher)} == {404}
    assert signed_in(trial.principal).post("/outcomes/measure").status_code == 404
    assert signed_in(trial.leader).get("/outcomes?school=nowhere").status_code == 404
    assert signed_in(trial.leader).get("/outcomes/one?code=no").status_code == 404


def test_the_figures_in_words(trial: Trial) -> None:
    client = signed_in(trial.leader)
    page = client.get("/outcomes").content.decode()
    assert "Solve grade 6 problems" in page
    assert "96 of 96 learners measured" in page
    assert "Goal: 90 % by" in page
    assert "more in 100 learners are there" in page
    assert "Not there yet" in page
    page = client.get(ONE).content.decode()
    for words in (
        "It opens what comes next.",
        "<svg",
        "English",
        "Spanish",
        "Grade 6",
        "There: 3.6 points",
        "Dana Smith",
    ):
        assert words in page, words
    principal = signed_in(trial.principal).get("/outcomes").content.decode()
    assert "48 of 48 learners measured" in principal


def test_nothing_is_told_of_a_few(own: Trial) -> None:
    with in_district(own.district):
        Person.objects.filter(id__in=[p.id for p in own.people[:3]]).update(language="so")
    page = signed_in(own.leader).get(ONE).content.decode()
    assert "Somali" in page or ">so<" in page
    assert page.count("fewer than 10 learners: not shown") == 2, "the small group, and the one that would give it away"


def test_a_leader_says_what_is_wanted_and_measures(own: Trial) -> None:
    client = signed_in(own.leader)
    sent = {
        "title": "Practice on two days", "facet": "engagement", "measure": "days:", "bar": "2", "better": "higher",
        "goal-share": ["60", ""], "goal-day": ["2027-06-11", ""], "about": "",
    }  # fmt: skip
    for wrong, why in (
        ({"title": " "}, "title: is empty"),
        ({"bar": "many"}, "bar: is not a number"),
        ({"goal-day": ["", ""]}, "a day and a percentage"),
        ({"goal-share": ["160", ""]}, "100 percent"),
        ({"measure": "iq:"}, "measure: is none of"),
        ({"facet": "joy"}, "facet: is none of"),
    ):
        page = client.post("/outcomes/edit", {**sent, **wrong}).content.decode()
        assert why in page, (why, page)
        assert 'value="2027-06-11"' in page or "goal-day" in wrong, "what was written is kept"
    made = client.post("/outcomes/edit", sent)
    assert made.headers["Location"] == "/outcomes/one?code=practice-on-two-days"
    assert "Not measured yet" in client.get("/outcomes").content.decode()
    page = client.post("/outcomes/measure", follow=True).content.decode()
    assert "Measured: 192 results are kept." in page
    assert "Not measured yet" not in page
    again = client.post("/outcomes/edit?code=practice-on-two-days", {**sent, "bar": "1"})
    assert again.status_code == 302
    with in_district(own.district):
        assert next(aim for aim in aims_of() if aim.code == "practice-on-two-days").bar == 1.0
    assert "No longer followed" not in client.get("/outcomes/one?code=practice-on-two-days").content.decode()
    client.post("/outcomes/edit?code=practice-on-two-days", {"what": "end"})
    assert "Practice on two days" not in client.get("/outcomes").content.decode()
    empty = make_trial(learners=0, classes=1)
    page = signed_in(empty.leader).get("/outcomes").content.decode()
    assert "No outcome yet. Begin with one" in page
    assert "Solve grade 6" not in page


def test_a_learner_a_family_and_a_school_read_where_one_learner_stands(own: Trial) -> None:
    learner, other = own.people[1:3]  # the first of every three reads Spanish
    place, many = f"/outcomes/{learner.id}", 16
    with in_district(own.district):
        more = [replace(ABLE, code="days", kind="days", name="", bar=7.0),
                replace(ABLE, code="credit", kind="credit", name="", bar=0.25)]  # fmt: skip
        save_aims(district=own.district, aims=more, by=None, now=NOW)
        take(district=own.district, now=NOW)
        parent = Person.objects.create(
            district_id=own.district, sourced_id="parent", given_name="Pa", family_name="Rent"
        )
        Role.objects.create(district_id=own.district, person=parent, school=None, name="family")
        Guardianship.objects.create(district_id=own.district, guardian=parent, learner=learner, relation="father")
        lines = own_lines(learner.id)
    assert {each.aim.code: each.now is not None for each in lines}[ABLE.code]
    pages = {who.given_name: signed_in(who).get(place) for who in (learner, parent, own.leader, own.principal)}
    text = {name: " ".join(strip_tags(page.content.decode()).split()) for name, page in pages.items()}
    for words in text.values():
        assert "Of ten problems as hard as the goal, about" in words
        assert "The goal is 5 or more." in words
        assert "Days with practice in a week:" in words
        assert "The goal is still ahead." in words
        assert (
            "No credit has been earned yet. The goal is a quarter of a credit or more. The schools hope that" in words
        )
        assert re.search(r"The schools hope that \d+ of 100 learners are there by \w+ \d+, \d{4}\.", words)
        assert "logit" not in words.replace("A point is a logit", "")
    assert "You are not compared with anybody." in text[learner.given_name]
    assert "A point is a logit" in text["Dana"]
    assert not [name for name in (learner.given_name, "Pa") if "Unit" in text[name]]
    assert signed_in(other).get(place).status_code == 404
    assert signed_in(own.researcher).get(place).status_code == 404
    client = signed_in(learner)
    sent = {"do": "note", "kind": "contest", "about": "outcome:days", "words": "I read on Sundays, too."}
    assert (
        "An adult of the school will look at it"
        in client.post(f"/profile/{learner.id}/say", sent, follow=True).content.decode()
    )
    assert "I read on Sundays, too." in signed_in(parent).get(place).content.decode()
    client.get(place)
    with CaptureQueriesContext(connection) as queries:
        client.get(place)
    assert len(queries) <= many, [each["sql"][:90] for each in queries]
    with in_district(own.district):
        assert AccessLog.objects.filter(reader=parent, learner=learner).exists(), "a reading leaves its line"
        end_aim(code="days", by=own.leader, now=NOW)


def test_many_outcomes_and_readings_cost_as_many_queries_as_few(own: Trial) -> None:
    client, counts = signed_in(own.leader), []
    for turn in range(2):
        client.get("/outcomes")
        for path in ("/outcomes", ONE):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
        with in_district(own.district):
            more = [replace(ABLE, code=f"c{turn}{n}", bar=3.0 + n) for n in range(5)]
            save_aims(district=own.district, aims=more, by=own.leader, now=NOW)
            days = [OutcomeTake.objects.order_by("-day")[0].day - n for n in (20, 40, 60)]
            take(district=own.district, now=NOW, days=days)
    assert counts[:2] == counts[2:], counts
    assert max(counts) <= 16, counts
