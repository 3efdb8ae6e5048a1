"""``headway import subject``: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from headway.cli import main
from headway.school.curriculum.queries import curriculum_of
from headway.school.models import District, Skill
from headway.school.people.tenancy import in_district

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "water-cycle"


@pytest.fixture
def district(database: str) -> uuid.UUID:
    del database
    key = uuid.uuid4()
    with in_district(key):
        District.objects.create(id=key, name=f"District {key}")
    return key


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main(["import", "subject", *map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_third_subject_comes_from_a_folder(district: uuid.UUID, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, SAMPLE, "--district", district)
    assert (code, data["subject"], data["skills"], data["new"], data["passages"]) == (0, "science", 3, 12, 1)
    assert len(curriculum_of(district).activities) == 12


def test_a_dry_run_checks_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path / "nowhere"))
    code, data, _ = run(capsys, "--shipped", "english", "--dry-run")
    assert (code, data["dry_run"], data["subject"]) == (0, True, "english")
    assert len(data["without_items"]) == 4


def test_a_wrong_row_keeps_everything_out(
    district: uuid.UUID, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for path in SAMPLE.glob("*.csv"):
        tmp_path.joinpath(path.name).write_text(
            path.read_text().replace("states-2,sci.water.states", "states-2,sci.wine")
        )
    code, data, err = run(capsys, tmp_path, "--district", district)
    assert code == 1
    assert [fault["where"] for fault in data["faults"]] == ["items.csv, row 3, skill"]
    assert "nothing was written" in err
    with in_district(district):
        assert Skill.objects.count() == 0


@pytest.mark.parametrize("words", [(), ("--shipped", "english", "x.csv"), ("nowhere/skills.csv",)])
def test_what_it_needs_is_said(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, _, err = run(capsys, *words)
    assert code == 1
    assert "headway import subject: " in err
