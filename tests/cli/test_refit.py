"""``headway refit``: a better model is promoted by a person, and nothing else is; every old decision can be replayed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from django.db import connections

from headway.cli import main
from headway.school.evidence.refit.running import SILENT, NoRefit, begin
from headway.school.mastery import served
from headway.school.mastery.models import ModelChange, ModelVersion, RefitReport
from headway.school.path.models import PlanRow
from headway.school.people.models import District
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast
from tests.school.evidence.planted import Planted, plant
from tests.school.evidence.refits import practise, promoted_twice_and_taken_back, proposed, refit


@pytest.fixture(scope="module")
def off(database: str) -> Planted:
    return plant()


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def test_items_that_are_off_give_a_better_model_and_a_leader_promotes_it(
    off: Planted, capsys: pytest.CaptureFixture[str]
) -> None:
    found = refit("--promote", "--by", "Dana@example.org", district=off.district, out=capsys)
    assert (found["verdict"], found["champion"], found["harmed"]) == ("better", "gaussian-2", [])
    assert found["comparison"]["log_loss"]["high"] < -0.02
    assert not found["card"]["simulated"]
    moves = {item: after - before for item, before, after in found["changes"]["items"]}
    assert np.corrcoef(list(moves.values()), [off.off(item) for item in moves])[0, 1] > 0.9
    assert found["promoted"]
    assert found["content"]["counts"] == {}, "items that are hard or easy are no broken ones"
    again = refit("--promote", "--by", "Dana@example.org", district=off.district, out=capsys)
    assert again["champion"] == found["challenger"]
    assert again["verdict"] == "not-better"
    assert "promoted" not in again
    history = refit("--history", district=off.district, out=capsys)["history"]
    assert [(each["kind"], each["by"], each["digest"]) for each in history] == [
        ("promoted", "Dana Smith", found["digest"])
    ]


def test_children_s_and_simulated_answers_are_never_mixed(off: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    made_up = plant(learners=12, each=40, simulated=True)
    assert refit(district=made_up.district, out=capsys)["card"]["simulated"]
    with in_district(made_up.district):
        report = RefitReport.objects.get()
        made_up.learners[0].simulated = False
        made_up.learners[0].save()
    with in_district(made_up.district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE school_evidence SET simulated = false WHERE learner_id = %s", [made_up.learners[0].id])
        cursor.execute("UPDATE school_refitreport SET verdict = 'better' WHERE refit_id = %s", [report.refit_id])
    refused = refit("--accept", str(report.refit_id), "--by", "Dana", district=made_up.district, code=1, out=capsys)
    assert "there are children’s now" in refused["error"]
    alone = refit(district=made_up.district, code=1, out=capsys)
    assert "40 first answers; at least 200" in alone["error"], "only the child's answers are read"


REFUSALS = {
    "a person decides": ["--promote"],
    "there is no leader 'Nobody'": ["--rollback", "--by", "Nobody", "--reason", "x"],
    "leads all of it": ["--rollback", "--by", "Pike", "--reason", "x"],
    "a reason is missing": ["--rollback", "--by", "Dana"],
    "there is no such refit": ["--accept", "00000000-0000-0000-0000-000000000000", "--by", "Dana"],
}


@pytest.mark.parametrize("said", REFUSALS)
def test_what_is_refused_says_why(off: Planted, capsys: pytest.CaptureFixture[str], said: str) -> None:
    assert said in refit(*REFUSALS[said], district=off.district, code=1, out=capsys)["error"]


def test_one_refit_at_a_time_until_it_has_been_silent(cast: Cast) -> None:
    began = begin(district=cast.district.id, by=None, now=NOON)
    with pytest.raises(NoRefit, match="under way"):
        begin(district=cast.district.id, by=None, now=NOON + 1.0)
    assert begin(district=cast.district.id, by=None, now=NOON + SILENT + 1.0) != began


def test_a_promotion_serves_at_once_and_every_decision_replays(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert practise(cast, time.time() - 7200.0) == {"gaussian-2"}
    first = refit("--accept", proposed(cast), "--by", "Dana", district=cast.district.id, out=capsys)
    promoted_twice_and_taken_back(cast, first, capsys)


NOT_BETTER = {
    "not-better": "it is not better beyond noise",
    "harms": "a group of learners would be harmed",
    "too-little": "there is too little evidence",
}


@pytest.mark.parametrize("verdict", NOT_BETTER)
def test_what_is_not_better_is_not_accepted(cast: Cast, capsys: pytest.CaptureFixture[str], verdict: str) -> None:
    key = proposed(cast, verdict=verdict)
    refused = refit("--accept", key, "--by", "Dana", district=cast.district.id, code=1, out=capsys)
    assert NOT_BETTER[verdict] in refused["error"]
    with in_district(cast.district.id):
        assert not ModelChange.objects.exists()
        assert not PlanRow.objects.exists()


def test_a_refused_model_cannot_be_promoted(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    key, district = proposed(cast), cast.district.id
    refused = refit("--refuse", key, "--by", "Dana", "--reason", "in exam week", district=district, out=capsys)
    assert (refused["kind"], refused["model"], refused["reason"]) == ("refused", "gaussian-2", "in exam week")
    again = refit("--accept", key, "--by", "Dana", district=district, code=1, out=capsys)
    assert "this refit has been decided about: its model was refused" in again["error"]
    assert practise(cast, time.time() + 60.0) == {"gaussian-2"}


def test_a_damaged_artefact_is_said_and_the_model_before_serves(
    cast: Cast,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    district = cast.district.id
    first = refit("--accept", proposed(cast), "--by", "Dana", district=district, out=capsys)
    key = proposed(cast, forget=0.5)
    second = refit("--accept", key, "--by", "Dana", district=district, out=capsys)
    with in_district(district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE school_modelversion SET data = data || 'x'::bytea WHERE name = %s AND district_id = %s",
            [second["model"], district],
        )
    for name in ("_SERVED", "_INSTEAD"):  # as in a process that has not read it; another test's model may have its name
        monkeypatch.setattr(served, name, {})
    assert practise(cast, second["starts"] + 600.0) == {first["model"]}
    assert f"the artefact of {second['model']} is damaged" in caplog.text
    assert f"{first['model']} serves instead" in caplog.text
    assert main(["replay", "--district", str(district)]) == 1
    assert "cannot be replayed: restore its row" in capsys.readouterr().err
    assert "is damaged" in refit(district=district, code=1, out=capsys)["error"]
    back = refit("--rollback", "--by", "Dana", "--reason", "damaged", district=district, out=capsys)
    assert back["model"] == first["model"]


def test_what_was_decided_cannot_be_changed(off: Planted) -> None:
    from django.db.utils import ProgrammingError

    for table in (ModelChange, ModelVersion, RefitReport):
        with pytest.raises(ProgrammingError, match="permission denied"), in_district(off.district):
            table.objects.all().delete()
    with in_district(off.district):
        assert District.objects.count() >= 1
