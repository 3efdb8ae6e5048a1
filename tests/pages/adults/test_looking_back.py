"""Looking back at what runs already: matched and as a series, with a lower label, and refused where it would mislead."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.models import LookBack
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.school.evidence.trial import DAY, Trial, make_trial, practise

NOW = time.time() // (7 * DAY) * 7 * DAY
"""The last Thursday, 0:00 UTC: the same answers fall into the same days whenever the test runs, so the same are matched."""
BEGAN = NOW - 63 * DAY
QUESTION = "Does peer tutoring help?"


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Twelve classes; six of them have had something for nine weeks, and it helped. Two more were far ahead before."""
    made = make_trial(learners=240, classes=12, seed=11)
    rng = np.random.default_rng(12)
    place = {person.id: n * 12 // 240 for n, person in enumerate(made.people)}
    ahead = {key: 4.0 for key, n in place.items() if n >= 10}
    helped = {key: 0.9 for key, n in place.items() if n < 5}
    practise(made, BEGAN - 112 * DAY, BEGAN, each=48, rng=rng, shift=ahead)
    practise(made, BEGAN, NOW - 3600.0, each=36, rng=rng, shift=ahead | helped)
    return made


def sent(trial: Trial, first: int, last: int, **other: object) -> dict[str, object]:
    return {
        "question": QUESTION, "thing": "peer tutoring", "way": "matched", "weeks": "8",
        "began": datetime.fromtimestamp(BEGAN, UTC).date().isoformat(), "outcome": "ability:mathematics",
        "section": [str(each.id) for each in trial.sections[first:last]], **other,
    }  # fmt: skip


def post(client: Client, form: dict[str, Any]) -> str:
    answer = client.post("/pilots/looking-back/new", form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_matched_learners_and_series_say_what_they_can(trial: Trial) -> None:
    leader = signed_in(trial.leader)
    assert "What runs already?" in leader.get("/pilots/looking-back/new").content.decode()
    page = post(leader, sent(trial, 0, 5))
    assert "Lower label: chance did not decide" in page
    assert "learners with peer tutoring did better" in page
    assert "Evidence tier 2 candidate" in page or "Evidence tier 3 candidate" in page
    assert "tier 1" not in page
    assert "Perhaps. Those who had it did better" in page
    assert "difference in differences" in page
    assert "Chance did not decide: each was compared with somebody alike" in page
    page = post(leader, sent(trial, 0, 5, way="series"))
    assert "classes with peer tutoring gained" in page
    assert "worth a pilot in which chance decides" in page
    assert "compared 1 time before" in page
    assert "against its own line" in page
    assert "6 before" not in page, "there is nothing of that time"
    with in_district(trial.district):
        first, second = LookBack.objects.filter(question=QUESTION).order_by("at")
        assert first.body["results"][0]["tier"] in (2, 3)
        assert (second.body["tier"], second.body["significant"]) == (3, True)
    with CaptureQueriesContext(connection) as queries:
        leader.get(f"/pilots/looking-back/{first.id}")
    assert len(queries) <= 12, len(queries)
    assert "peer tutoring" in signed_in(trial.researcher).get(f"/pilots/looking-back/{first.id}").content.decode()
    principal = signed_in(trial.principal)
    assert principal.get(f"/pilots/looking-back/{first.id}").status_code == 404, "it takes in another school as well"
    assert "Does peer" not in principal.get("/pilots/looking-back").content.decode()
    assert signed_in(trial.people[0]).get("/pilots/looking-back").status_code == 404


def test_it_is_refused_where_it_would_mislead(trial: Trial) -> None:
    leader = signed_in(trial.leader)
    asked = {"question": "Does being ahead help?"}
    page = post(leader, sent(trial, 10, 12, **asked))
    assert "The two groups were not equivalent before" in page
    assert "No effect is reported" in page
    assert "Nobody can say: the groups were too different before the start." in page
    for wrong, why in (
        ({"section": []}, "Choose the classes that have it"),
        ({"section": [str(each.id) for each in trial.sections]}, "at least one other class"),
        ({"weeks": "20"}, "not over yet"),
        ({"began": "soon"}, "no date"),
        ({"began": "0001-01-01"}, "no date"),
        ({"began": "9999-12-31"}, "not over yet"),
        ({"weeks": "x"}, "no number"),
        ({"way": "magic"}, "Choose from the lists"),
        ({"thing": "business as usual"}, "what these classes have"),
        ({"way": "series", "outcome": "screening:"}, "every four weeks"),
        ({"outcome": "measure:nothing"}, "Choose a test"),
        ({"question": " "}, "Write down the question"),
    ):
        page = post(leader, sent(trial, 0, 5, **asked | wrong))
        assert why in page, (wrong, why)
    with in_district(trial.district):
        assert LookBack.objects.filter(**asked).count() <= 1, "what was refused is not kept"
        before = LookBack.objects.count()
    assert signed_in(trial.researcher).post("/pilots/looking-back/new", sent(trial, 0, 5)).status_code == 404
    stranger = signed_in(make_trial(learners=0, classes=2).leader)
    assert "Choose the classes that have it" in post(stranger, sent(trial, 0, 5))
    assert "Nobody has looked back yet." in stranger.get("/pilots/looking-back").content.decode()
    with in_district(trial.district):
        assert LookBack.objects.count() == before
