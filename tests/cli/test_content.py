"""``headway import content``: looking, refusing what nobody vouches for, taking in, and tables of alignments."""

from __future__ import annotations

import csv
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from headway.cli import main
from headway.school.models import ContentImport, Person, Problem
from headway.school.people.tenancy import in_district
from tests.pages.conftest import make_pair, maple
from tests.standards.content.files import GIFT, TABLE

SKILL = "6.NS.A.1"


@pytest.fixture
def adult(database: str) -> Person:
    del database
    return make_pair(maple()).okoye


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main(["import", "content", *map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_bank_is_looked_at_then_vouched_for_and_taken_in(
    adult: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / f"bank-{uuid.uuid4().hex[:6]}.gift"
    path.write_text(GIFT)
    where = ("--district", adult.district_id)
    code, data, _ = run(capsys, path, "--preview", *where)
    assert (code, data["format"], data["found"], data["questions"], data["refused"], data["new"]) == (
        0,
        "gift",
        9,
        7,
        2,
        7,
    )
    assert (data["licence_standing"], data["preview"], data["unaligned"]) == ("unknown", True, 7)
    code, _, err = run(capsys, path, *where)
    assert code == 1 and "confirm with their name" in err
    assert run(capsys, path, "--confirmed-by", "nobody", *where)[0] == 1
    with in_district(adult.district_id):
        assert not Problem.objects.filter(key__startswith=f"gift:{path.stem}:").exists()
    words = ("--skill", SKILL, "--licence", "Our own", "--confirmed-by", adult.sourced_id)
    code, data, _ = run(capsys, path, *words, *where)
    assert (code, data["new"], data["unaligned"]) == (0, 7, 0)
    with in_district(adult.district_id):
        row = ContentImport.objects.get(name=path.name)
        assert (row.way, row.by, row.confirmed_by, row.state) == ("command", None, adult, "taken")
        assert set(Problem.objects.filter(key__startswith=f"gift:{path.stem}:").values_list("skill", "licence")) == {
            (SKILL, "Our own")
        }


def test_groups_are_aligned_with_a_table(adult: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, table = tmp_path / f"mine-{uuid.uuid4().hex[:6]}.csv", tmp_path / "skills.csv"
    path.write_text(TABLE)
    assert run(capsys, path, "--preview", "--suggest", table, "--district", adult.district_id)[0] == 0
    with table.open(newline="") as file:
        assert csv.DictReader(file).fieldnames is not None
    table.write_text(f"skill,standard,confirmed\nFractions,{SKILL},yes\nAlgebra,6.EE.A.1,\n")
    code, data, _ = run(capsys, path, "--aligned", table, "--district", adult.district_id)
    assert (code, data["new"], data["unaligned"], data["licence"]) == (0, 5, 2, "CC BY 4.0")


def test_what_is_no_question_bank_is_refused(adult: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(b"\0\1\2")
    code, _, err = run(capsys, path, "--district", adult.district_id)
    assert code == 1 and "no format that is known here" in err
