"""Readiness of schools: who reads and writes it, from a page and from a file, and what plans and pilots make of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.cli import main
from headway.core.evidence.pilots.arms import Arm
from headway.school.environment.days.actions import choose_model
from headway.school.environment.days.queries import model_in_force
from headway.school.environment.means.queries import means_of
from headway.school.evidence.pilots.actions import save_draft
from headway.school.models import SchoolMeans
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from headway.standards.instruction import shipped_models
from tests.clients import signed_in, visitor
from tests.school.evidence.trial import START, USUAL, Trial, make_trial

FILE = """school,kind,name,value,cost,per,years,words,date
s0,technology,devices,9,,,,,2026-09-01
School 0,autonomy,schedule,no,,,,,2026-09-01
s0,budget,Tablets,300,devices,learner,3,,2026-09-01
s1,partner,Town library,,,,,Tutors on Mondays,2026-09-01
"""


@pytest.fixture
def trial(database: str) -> Trial:
    """Two schools of one class each; the principal leads the first."""
    return make_trial(learners=2, classes=2)


@pytest.fixture
def told(trial: Trial, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Trial:
    """The same, with the file on record."""
    (tmp_path / "told.csv").write_text(FILE, encoding="utf-8")
    assert run(trial, capsys, tmp_path / "told.csv")[1]["written"] == 4
    return trial


def run(
    trial: Trial, capsys: pytest.CaptureFixture[str], path: Path, *words: str
) -> tuple[int, dict[str, object], str]:
    capsys.readouterr()
    code = main(["import", "readiness", str(path), "--district", str(trial.district), *words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_file_is_taken_whole_or_not_at_all(trial: Trial, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "readiness.csv"
    for row, field in (
        ("nowhere,technology,devices,9,,,,,2026-09-01", "school"), ("s0,technology,devices,many,,,,,2026-09-01", "value"),
        ("s0,technology,devices,9,,,,,soon", "date"), ("s0,technology,devices,9,,,,,2099-01-01", "date"),
        ("s0,budget,Tablets,300,devices,learner,x,,2026-09-01", "years"), ("s0,mood,x,,,,,,2026-09-01", "kind"),
    ):  # fmt: skip
        path.write_text(FILE + row + "\n", encoding="utf-8")
        code, data, err = run(trial, capsys, path)
        assert code == 1
        assert [(each["row"], each["field"]) for each in data["errors"]] == [(5, field)]  # type: ignore[attr-defined]
        assert f"readiness.csv has 1 errors; nothing was written.\n  row 5, {field}" in err
    with in_district(trial.district):
        assert not SchoolMeans.objects.exists()
    path.write_text(FILE, encoding="utf-8")
    assert run(trial, capsys, path, "--dry-run")[1]["written"] == 0
    assert run(trial, capsys, path)[1]["written"] == 4
    assert run(trial, capsys, path)[1]["written"] == 0


def test_plans_and_pilots_read_it(told: Trial) -> None:
    here, there = told.sections
    teacher, other = signed_in(told.principal), signed_in(told.leader)
    page = teacher.get(f"/teach/{here.id}/day").content.decode()
    assert page.count('<button class="btn" name="model"') == len(shipped_models()) - 1
    assert "this school may not change its schedule itself" in page
    assert "It asks for 16 devices, and the school has 9." in page
    free = other.get(f"/teach/{there.id}/day").content.decode()
    assert free.count('<button class="btn" name="model"') == len(shipped_models())
    teacher.post(f"/teach/{here.id}/day/act", {"what": "model", "model": "station-rotation"})
    page = teacher.post(
        f"/teach/{here.id}/day/act", {"what": "model", "model": "daily-rotation"}, follow=True
    ).content.decode()
    assert "Ask the district first" in page
    with in_district(told.district):
        model = model_in_force(here.id)
        assert model is not None
        assert (model.id, model.devices) == ("station-rotation", 9)
        choose_model(section=here, by=told.principal, model=shipped_models()["station-rotation"], now=START)
        arms = (USUAL, Arm("Rotation", (), "daily-rotation"))
        with pytest.raises(Malformed, match="Ask the district first"):
            save_draft(by=told.leader, draft=told.draft(arms=arms, unit="class"), now=START)
        alone = told.draft(arms=arms, unit="class", sections=(there.id,))
        assert save_draft(by=told.leader, draft=alone, now=START).state == "draft"
    assert "Your school has 9 on record." in teacher.get(f"/teach/{here.id}/day/model").content.decode()
    form = teacher.get("/pilots/new").content.decode()
    assert 'value="Tablets"' in form
    assert 'value="100.00"' in form, "300 for three years is 100 a year"


def test_who_reads_and_who_writes(told: Trial) -> None:
    with in_district(told.district):
        own, other = (section.school_id for section in told.sections)
    assert visitor().get("/readiness").status_code == 302
    assert signed_in(told.people[0]).get("/readiness").status_code == 404
    leader, principal, researcher = (signed_in(who) for who in (told.leader, told.principal, told.researcher))
    assert "Town library" in leader.get(f"/readiness?school={other}").content.decode()
    page = principal.get("/readiness").content.decode()
    assert "School 0" in page
    assert "School 1" not in page
    assert principal.get(f"/readiness?school={other}").status_code == 404
    assert "Write something down" not in researcher.get(f"/readiness?school={own}").content.decode()
    sent = {"school": str(own), "thing": "technology:devices", "value": "24"}
    assert researcher.post("/readiness/say", sent).status_code == 404
    assert principal.post("/readiness/say", {**sent, "school": str(other)}).status_code == 404
    for wrong, why in (
        ({"value": "-3"}, "not a whole number"), ({"thing": "technology:magic"}, "name: is none of"),
        ({"day": "2099-01-01"}, "today or earlier"), ({"day": "soon"}, "today or earlier"),
        ({"thing": "budget", "name": "Books", "value": "a lot", "per": "class", "cost": "other"}, "not an amount"),
    ):  # fmt: skip
        page = principal.post("/readiness/say", {**sent, **wrong}, follow=True).content.decode()
        assert why in page, why
    assert "with your name" in principal.post("/readiness/say", sent, follow=True).content.decode()
    assert "stands there already" in principal.post("/readiness/say", sent, follow=True).content.decode()
    with in_district(told.district):
        assert means_of([own])[own].devices == 24
    page = principal.post("/readiness/say", {**sent, "what": "gone"}, follow=True).content.decode()
    assert "Everything that was said" in page
    with in_district(told.district):
        assert means_of([own])[own].devices is None
    stranger = signed_in(make_trial(learners=0, classes=1).leader)
    assert stranger.get(f"/readiness?school={own}").status_code == 404
    for path in ("/readiness", f"/readiness?school={own}"):
        leader.get(path)
        with CaptureQueriesContext(connection) as queries:
            leader.get(path)
        assert len(queries) <= 12, path
