"""``headway refit``: a better model is promoted by a person, and nothing else is; every old decision can be replayed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.db import connections

from headway.cli import main
from headway.core.mastery.refit.calibrated import Calibration, Card, dump, name_of
from headway.school.evidence.refit.report import digest_of
from headway.school.evidence.refit.running import SILENT, NoRefit, begin
from headway.school.mastery import served
from headway.school.mastery.models import ModelChange, ModelVersion, Refit, RefitReport
from headway.school.path.models import Decision, PlanRow
from headway.school.people.models import District
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.school.evidence.planted import Planted, plant


def refit(*words: str, district: object, code: int = 0, out: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Run the command and return what ``--json`` printed."""
    assert main(["refit", "--json", "--district", str(district), *words]) == code, out.readouterr().err
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


@pytest.fixture(scope="module")
def off(database: str) -> Planted:
    return plant()


def test_items_that_are_off_give_a_better_model_and_a_leader_promotes_it(
    off: Planted, capsys: pytest.CaptureFixture[str]
) -> None:
    found = refit("--promote", "--by", "Dana@example.org", district=off.district, out=capsys)
    assert (found["verdict"], found["champion"], found["harmed"]) == ("better", "gaussian-1", [])
    assert found["comparison"]["log_loss"]["high"] < -0.02
    assert not found["card"]["simulated"]
    moves = {item: after - before for item, before, after in found["changes"]["items"]}
    assert np.corrcoef(list(moves.values()), [off.off(item) for item in moves])[0, 1] > 0.9
    assert found["promoted"]
    again = refit(district=off.district, out=capsys)
    assert again["champion"] == found["challenger"]
    assert again["verdict"] == "not-better"
    history = refit("--history", district=off.district, out=capsys)["history"]
    assert [(each["kind"], each["by"], each["digest"]) for each in history] == [
        ("promoted", "Dana Smith", found["digest"])
    ]


def test_nothing_to_find_is_not_promoted_even_when_asked(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    null = plant(off=0.0, learners=44, each=45)
    found = refit("--promote", "--by", "Dana", district=null.district, out=capsys)
    assert found["verdict"] == "not-better"
    assert "promoted" not in found
    refused = refit("--accept", found["refit"], "--by", "Dana", district=null.district, code=1, out=capsys)
    assert "it is not better beyond noise" in refused["error"]
    with in_district(null.district):
        assert not ModelChange.objects.exists()
        assert not PlanRow.objects.exists()


def test_a_harmed_group_blocks(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    mixed = plant(hurt=10)
    found = refit("--promote", "--by", "Dana", district=mixed.district, out=capsys)
    assert found["verdict"] == "harms"
    assert ["language", "es"] in found["harmed"]
    assert "promoted" not in found
    refused = refit("--accept", found["refit"], "--by", "Dana", district=mixed.district, code=1, out=capsys)
    assert "a group of learners would be harmed" in refused["error"]


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
    assert "there are children's now" in refused["error"]
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


def test_a_kill_in_the_middle_leaves_the_champion(off: Planted) -> None:
    with in_district(off.district):
        before = list(ModelVersion.objects.values_list("name", flat=True))
        rows = list(PlanRow.objects.values_list("id", "ends"))
    words = [sys.executable, "-m", "headway.cli", "refit", "--district", str(off.district)]
    # It cannot write its result while the table is held, so that it is killed before it has done so, however fast it is.
    with in_district(off.district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("LOCK TABLE school_modelversion IN EXCLUSIVE MODE")
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            patient = time.monotonic() + 120.0
            while not _running(off) and time.monotonic() < patient:
                time.sleep(0.05)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
    with in_district(off.district):
        left = Refit.objects.order_by("-began_at")[0]
        assert left.state == "running"
        assert list(ModelVersion.objects.values_list("name", flat=True)) == before
        assert list(PlanRow.objects.values_list("id", "ends")) == rows
    with pytest.raises(NoRefit, match="under way"):
        begin(district=off.district, by=None, now=left.seen_at + 1.0)
    again = begin(district=off.district, by=None, now=left.seen_at + SILENT + 1.0)
    assert again != left.id


def _running(planted: Planted) -> bool:
    with in_district(planted.district):
        return Refit.objects.filter(state="running", step__gte=1).exists()


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def proposed(cast: Cast, *, forget: float = 0.3) -> str:
    """Write down a refit that found a better model, as the command does; its identifier."""
    card = Card("a log", (0.0, 1.0), 3, 40, simulated=False)
    with in_district(cast.district.id):
        items = dict.fromkeys(_curriculum(cast).items[::2], 0.8)
        data = dump(Calibration(items=items, skills={"6.EE.A.1": -forget}), card)
        body = {"verdict": "better", "challenger": name_of(data)}
        key = begin(district=cast.district.id, by=None, now=time.time())
        ModelVersion.objects.create(
            district=cast.district, name=name_of(data), data=data, simulated=False, at=time.time()
        )
        serving = ModelChange.objects.exclude(kind="refused").order_by("-id").values_list("model", flat=True).first()
        RefitReport.objects.create(
            district=cast.district, refit_id=key, champion=serving or "gaussian-1", challenger=name_of(data),
            verdict="better", simulated=False, body=body, digest=digest_of(body), at=time.time(),
        )  # fmt: skip
        Refit.objects.filter(id=key).update(state="done")
    return str(key)


def _curriculum(cast: Cast) -> Any:
    from headway.school.curriculum.queries import curriculum_of

    return curriculum_of(cast.district.id)


def practise(cast: Cast, now: float) -> set[str]:
    """Everybody answers a few; the models that the new decisions name."""
    with in_district(cast.district.id):
        last = Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0
    for n, name in enumerate(("Ana", "Ben", "Chi")):
        cast.answers(name, "oxo" if n % 2 else "oox", now + 600.0 * n)
    with in_district(cast.district.id):
        return set(Decision.objects.filter(id__gt=last).values_list("model", flat=True))


def replayed(cast: Cast, out: pytest.CaptureFixture[str]) -> bool:
    assert main(["replay", "--json", "--district", str(cast.district.id)]) == 0, out.readouterr().err
    return bool(json.loads(out.readouterr().out)["identical"])


def test_a_promotion_serves_at_once_everywhere_and_every_decision_replays(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    district = cast.district.id
    assert practise(cast, time.time() - 7200.0) == {"gaussian-1"}
    key = proposed(cast)
    # In another process, as a page's server or the command line is: this one is not told and not restarted.
    words = [sys.executable, "-m", "headway.cli", "refit", "--json", "--district", str(district), "--by", "Dana"]
    done = subprocess.run([*words, "--accept", key], capture_output=True, text=True, check=True)
    promoted = json.loads(done.stdout)
    assert (promoted["kind"], promoted["before"]) == ("promoted", "gaussian-1")
    assert practise(cast, promoted["starts"] - 3000.0) == {"gaussian-1"}
    assert practise(cast, promoted["starts"] + 60.0) == {promoted["model"]}
    assert replayed(cast, capsys)

    second = refit("--accept", proposed(cast, forget=0.5), "--by", "Dana", district=district, out=capsys)
    assert practise(cast, second["starts"] + 60.0) == {second["model"]} != {promoted["model"]}
    back = refit("--rollback", "--by", "Dana", "--reason", "too hard", district=district, out=capsys)
    assert practise(cast, back["starts"] + 60.0) == {promoted["model"]} == {back["model"]}
    shipped = refit("--rollback", "--by", "Dana", "--reason", "to the start", district=district, out=capsys)
    assert practise(cast, shipped["starts"] + 60.0) == {"gaussian-1"} == {shipped["model"]}
    assert (
        "nothing to roll back"
        in refit("--rollback", "--by", "Dana", "--reason", "on", district=district, code=1, out=capsys)["error"]
    )
    assert replayed(cast, capsys)


def test_a_refused_model_cannot_be_promoted(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    key, district = proposed(cast), cast.district.id
    refused = refit("--refuse", key, "--by", "Dana", "--reason", "in exam week", district=district, out=capsys)
    assert (refused["kind"], refused["model"], refused["reason"]) == ("refused", "gaussian-1", "in exam week")
    again = refit("--accept", key, "--by", "Dana", district=district, code=1, out=capsys)
    assert "this refit has been decided about: refused" in again["error"]
    assert practise(cast, time.time() + 60.0) == {"gaussian-1"}


def test_a_damaged_artefact_is_said_and_the_model_before_serves(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    district = cast.district.id
    first = refit("--accept", proposed(cast), "--by", "Dana", district=district, out=capsys)
    key = proposed(cast, forget=0.5)
    second = refit("--accept", key, "--by", "Dana", district=district, out=capsys)
    with in_district(district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE school_modelversion SET data = data || 'x'::bytea WHERE name = %s AND district_id = %s",
            [second["model"], district],
        )
    served._SERVED.clear()  # as in a process that has not read it
    served._INSTEAD.clear()
    assert practise(cast, second["starts"] + 600.0) == {first["model"]}
    said = capsys.readouterr().err
    assert f"the artefact of {second['model']} is damaged" in said
    assert f"{first['model']} serves instead" in said
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
