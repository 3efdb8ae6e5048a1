"""The vision's page: from a gap to a verdict that flows back, who may write, and nothing of a few learners."""

from __future__ import annotations

import time
import uuid

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.evidence.outcomes.aims import Aim, Goal
from headway.school.evidence.outcomes.actions import save_aims, take
from headway.school.evidence.pilots.actions import end, next_cycle, save_draft, start
from headway.school.evidence.pilots.looks import look
from headway.school.models import Pilot, PilotSeat, VisionLine
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.evidence.trial import DAY, NEW, Trial, make_trial, practise

NOW = time.time()
ABLE = Aim("math", "Solve grade 6 problems", "college", "ability", "mathematics", "higher", 3.6, (Goal(40_000, 90.0),))
GAP = {
    "what": "gap",
    "words": "Spanish speakers are behind",
    "aim": "math",
    "ahead": "language:en",
    "behind": "language:es",
}


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """96 learners; a pilot of a week has just reached its day, and it helped."""
    made = make_trial(learners=96, classes=4, seed=3)
    began = NOW - 8 * DAY
    practise(made, began - 27 * DAY, began, each=20, rng=np.random.default_rng(1))
    with in_district(made.district):
        save_aims(district=made.district, aims=[ABLE], by=made.leader, now=NOW)
        row = save_draft(by=made.leader, draft=made.draft(weeks=1), now=began)
        frozen = start(pilot=row.id, by=made.leader, now=began, reason="A small one.")
        shift = {seat.learner_id: 1.6 for seat in PilotSeat.objects.filter(pilot=row, arm=NEW.name)}
    practise(made, frozen.starts, frozen.ends, each=30, rng=np.random.default_rng(2), shift=shift)
    with in_district(made.district):
        take(district=made.district, now=NOW)
    return made


def strand_of(trial: Trial, words: str) -> uuid.UUID:
    with in_district(trial.district):
        found = VisionLine.objects.get(kind="gap", words=words).strand
        assert found is not None
        return found


def test_from_a_gap_to_a_verdict_and_the_next_cycle(trial: Trial) -> None:
    client = signed_in(trial.leader)
    assert "Nobody has written down yet" in client.get("/vision").content.decode()

    def say(**sent: object) -> str:
        return client.post("/vision/say", sent, follow=True).content.decode()

    assert "finds their way" in say(what="vision", words="Every learner finds their way.")
    for wrong, why in (
        ({"words": " "}, "a few words first"),
        ({"aim": "no"}, "one of the outcomes"),
        ({"behind": "grade:6"}, "two different groups"),
        ({"behind": ""}, "two different groups"),
        ({"behind": "language:en"}, "two different groups"),
        ({"words": "x" * 1001}, "too long"),
    ):
        assert why in say(**{**GAP, **wrong}), why
    page = say(**GAP)
    assert "English beside Spanish" in page
    assert "in 100 apart" in page
    say(**GAP)
    key = strand_of(trial, GAP["words"])
    say(strand=key, what="theory", words="The words are too hard.")
    page = say(strand=key, what="design", words="Read the problem aloud first.")
    assert "Set up a pilot and link it here." in page
    with in_district(trial.district):
        pilot = Pilot.objects.get(state="running").id
    page = say(strand=key, what="pilot", pilot=pilot)
    assert "A pilot is running." in page
    with in_district(trial.district):
        look(pilot=pilot, by=trial.leader, now=NOW)
        end(pilot=pilot, by=trial.leader, now=NOW)
    page = client.get("/vision").content.decode()
    for words in ("It worked.", "A pilot speaks for it.", "say who gets it next"):
        assert words in page, words
    assert f"/pilots/{pilot}/verdict" in page
    page = say(strand=key, what="next", words="All of grade 6, from January.")
    assert "All of grade 6" in page
    with in_district(trial.district):
        again = next_cycle(pilot=pilot, by=trial.leader, now=NOW + 1.0)
    page = client.get("/vision").content.decode()
    assert f"/pilots/{again.id}" in page, "a cycle that follows shows by itself"
    assert "A pilot is being set up." in page
    page = say(strand=key, what="closed", words="It closed by half.")
    assert "It closed by half." in page
    assert "not open any more" in say(strand=key, what="theory", words="More.")


def test_who_reads_and_who_writes(trial: Trial) -> None:
    assert visitor().get("/vision").status_code == 302
    assert signed_in(trial.people[0]).get("/vision").status_code == 404
    for person in (trial.principal, trial.researcher):
        client = signed_in(person)
        page = client.get("/vision").content.decode()
        assert "Begin with a gap" not in page
        assert client.post("/vision/say", GAP).status_code == 404
    client = signed_in(trial.leader)
    assert client.get("/vision/say").status_code == 405
    assert client.post("/vision/say", {"what": "theory", "words": "x", "strand": "no"}).status_code == 404
    sent = {"what": "theory", "words": "x", "strand": str(uuid.uuid4())}
    assert "not open any more" in client.post("/vision/say", sent, follow=True).content.decode()
    other = signed_in(make_trial(learners=0, classes=1).leader)
    page = other.get("/vision").content.decode()
    assert "No strand yet" in page
    assert "Write down an outcome first" in page


def test_many_strands_cost_as_many_queries_as_few(trial: Trial) -> None:
    client, counts = signed_in(trial.leader), []
    for turn in range(2):
        client.post("/vision/say", {**GAP, "words": f"A gap {turn}", "ahead": "", "behind": ""})
        key = strand_of(trial, f"A gap {turn}")
        with in_district(trial.district):
            pilot = str(PilotSeat.objects.values_list("pilot_id", flat=True)[0])
        client.post("/vision/say", {"what": "pilot", "strand": key, "pilot": pilot})
        client.get("/vision")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/vision").content.decode()
        counts.append(len(queries))
        assert "are there (between" in page
        for n in range(3):
            client.post("/vision/say", {**GAP, "words": f"Gap {turn} {n}"})
    assert counts[0] == counts[1] <= 20, counts
