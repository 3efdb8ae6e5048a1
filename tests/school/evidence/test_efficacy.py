"""What helps later, from a district's own log: worked out, kept, shown, and said in words."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.evidence.efficacy.queries import standing
from headway.school.evidence.efficacy.working import NoEfficacy, begin, body_of, run
from headway.school.models import DayPlan, EfficacyReport, SupportGroup, SupportPlan
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.core.evidence.efficacy.world import PACE, THINGS, world
from tests.school.evidence.drawn import make_drawn
from tests.school.evidence.trial import DAY, Trial, make_trial

NOW = time.time() // 86400.0 * 86400.0  # whole days, so that the hour of the run decides nothing
BEGAN = NOW - 40 * DAY


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """What chance gave to 120 learners."""
    return make_drawn(BEGAN)


def test_worked_out_kept_and_shown(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    leader = signed_in(trial.leader)
    assert "Nothing has been worked out yet" in leader.get("/efficacy").content.decode()
    started: list[list[str]] = []

    def child(words: list[str], **_other: object) -> _Child:
        started.append(words)
        return _Child()

    monkeypatch.setattr("subprocess.Popen", child)
    page = leader.post("/efficacy/begin", follow=True).content.decode()
    assert "It is being worked out." in page
    assert len(started) == 1
    assert "wait until it is done" in leader.post("/efficacy/begin", follow=True).content.decode()
    assert len(started) == 1, "one at a time"
    with in_district(trial.district):
        key = EfficacyReport.objects.get().id
    body = run(district=trial.district, report=key, policies=["frontier-1"]).body
    rows = {row["subject"]: row for row in body["rows"] if row["kind"] == "problem"}
    assert len(rows) == THINGS
    gain = world().gain
    order = [row["subject"] for row in body["rows"] if row["kind"] == "problem" and row["word"] == "helps"]
    best = [each["subject"] for each in sorted(rows.values(), key=lambda row: -row["alone"])]
    assert order[0] == best[0]
    assert rows[best[0]]["effect"] < rows[best[0]]["alone"], "the luckiest is drawn in"
    assert body["told"]["problem"] == THINGS
    assert gain.max() > 0.2
    (policy,) = [row for row in body["rows"] if row["kind"] == "policy"]
    assert policy["word"] == "no comparison", "nobody practised through the loop here, so there is nothing to replay"
    json.dumps(body)
    page = leader.get("/efficacy").content.decode()
    assert "more are right than if something else had been given" in page
    assert "120 learners" in page
    assert (
        page.count("decisions would tell") + page.count("helps</span>") + page.count("does harm</span>") >= THINGS - 1
    )
    assert leader.get("/efficacy?kind=problem").status_code == leader.get("/efficacy?kind=%00x").status_code == 200
    with CaptureQueriesContext(connection) as queries:
        leader.get("/efficacy")
    assert len(queries) <= 12, len(queries)


class _Child:
    pid = 2**31 - 1
    """Nobody's: a process that is there would be made to wait for others."""


def test_who_may_look_and_start(trial: Trial) -> None:
    researcher = signed_in(trial.researcher)
    assert "Work it out anew" not in researcher.get("/efficacy").content.decode()
    assert researcher.post("/efficacy/begin").status_code == 404
    assert signed_in(trial.people[0]).get("/efficacy").status_code == 404
    stranger = make_trial(learners=0, classes=1)
    assert "Nothing has been worked out yet" in signed_in(stranger.leader).get("/efficacy").content.decode()
    key = begin(district=stranger.district, by=None, now=NOW)
    with pytest.raises(NoEfficacy, match="holds 0 first answers"):
        run(district=stranger.district, report=key)
    page = signed_in(stranger.leader).get("/efficacy").content.decode()
    assert "at least 200 are needed" in page
    with in_district(stranger.district):
        assert not standing(NOW).running
    with pytest.raises(NoEfficacy, match="Nothing with this identifier"):
        run(district=stranger.district, report=key)


def test_coins_of_day_plans_and_support_have_rows_of_their_own(trial: Trial) -> None:
    """A coin gave tutoring or pairs to sixty learners; thirty of others are in a support group."""
    rng = np.random.default_rng(2)
    day = int((BEGAN - 2 * DAY) // DAY)
    with in_district(trial.district) as unit:
        for section in range(2):
            seats: dict[str, list[list[object]]] = {"tutoring": [], "pairs": []}
            for person in trial.people[section * 30 : section * 30 + 30]:
                mine = ("tutoring", "pairs")[int(rng.integers(2))]
                other = "pairs" if mine == "tutoring" else "tutoring"
                seats[mine].append([str(person.id), "", 0.1, "", "", 0.0, "", 0.5, other, ""])
            body = {"sessions": [{"modality": name, "seats": own} for name, own in seats.items()]}
            DayPlan.objects.create(
                district_id=trial.district, section=trial.sections[section], day=day, state="done", body=body, by=trial.leader,
                began_at=BEGAN,
            )  # fmt: skip
        group = SupportGroup.objects.create(
            district_id=trial.district, school=trial.sections[0].school, name="Fractions", kind="small-group", tier=2,
            adult=trial.leader, minutes=30, weekdays=[1], measure="m", probe_every=7, starts=day,
        )  # fmt: skip
        SupportPlan.objects.bulk_create(
            SupportPlan(
                district_id=trial.district, group=group, learner=person, why="x", start_day=day, start_score=0.0,
                goal_day=day + 50, goal_score=1.0, by=trial.leader, at=BEGAN,
            )
            for person in trial.people[60:90]
        )  # fmt: skip
        made = body_of(trial.district, now=NOW, policies=(), tell=lambda step: None)
        unit.roll_back()
    (coin,) = [row for row in made["rows"] if row["kind"] == "modality"]
    assert (coin["subject"], coin["other"], coin["drawn"]) == ("pairs", "tutoring", True)
    assert coin["word"] == "nothing yet"
    assert coin["could"] == 60
    (support,) = [row for row in made["rows"] if row["kind"] == "support"]
    assert (support["subject"], support["drawn"], support["given"]) == ("small-group", False, 30)
    assert support["word"] in ("nothing yet", "no comparison")
    assert PACE > 0.0
