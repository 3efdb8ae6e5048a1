"""``headway import measures`` and ``headway import items``: a preview, errors by row and field, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headway.cli import main
from headway.school.models import Measure, ScreeningBank
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.school.measurement.test_screening import BANK

GOOD = """student,measure,date,score,se,remark
Ana,State test,2026-05-20,412.5,9.1,x
Ben,State test,2026-05-20,398,,
Ana,Maze,2026-09-30,12,,
"""


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast(curriculum=False)
    yield made
    made.close()


def run(
    capsys: pytest.CaptureFixture[str], cast: Cast, kind: str, path: Path, *words: str
) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main(["import", kind, str(path), "--district", str(cast.district.id), *words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def stored(cast: Cast) -> list[tuple[str, str, float, float | None]]:
    with in_district(cast.district.id):
        rows = Measure.objects.order_by("id").values_list("learner__given_name", "measure", "score", "se")
        return list(rows)


def test_a_preview_writes_nothing_and_an_import_nothing_twice(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "spring.csv"
    path.write_text(GOOD, encoding="utf-8-sig")
    code, data, _ = run(capsys, cast, "measures", path, "--dry-run")
    assert (code, data["ready"], data["students"], data["written"]) == (0, 3, 2, 0)
    assert data["measures"] == {"State test": 2, "Maze": 1}
    assert data["ignored_columns"] == ["remark"]
    assert stored(cast) == []
    assert run(capsys, cast, "measures", path)[1]["written"] == 3
    assert run(capsys, cast, "measures", path)[1]["written"] == 0
    assert stored(cast) == [
        ("Ana", "State test", 412.5, 9.1),
        ("Ben", "State test", 398.0, None),
        ("Ana", "Maze", 12.0, None),
    ]
    path.write_text(GOOD.replace("398", "401"))
    assert run(capsys, cast, "measures", path)[1]["written"] == 1


def test_errors_name_row_and_field_and_stop_the_import(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "student,measure,date,score,se\nAna,Bad,2026-05-20,1,\nNobody,Bad,2026-05-20,2,\n,Bad,20.5.2026,x,-1\nBen,Bad,2199-01-01,3,\n"
    )
    code, data, err = run(capsys, cast, "measures", path)
    assert code == 1
    assert [(e["row"], e["field"]) for e in data["errors"]] == [
        (2, "student"), (3, "date"), (3, "score"), (3, "se"), (3, "student"), (4, "date"),
    ]  # fmt: skip
    assert "row 2, student: “Nobody” is no student of this district's roster" in err
    assert "nothing was written" in err
    code, data, _ = run(capsys, cast, "measures", path, "--skip-errors")
    assert (code, data["written"], data["ready"], data["rows"]) == (0, 1, 1, 4)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"student,date,score\nAna,2026-05-20,1\n", "The column measure is missing."),
        (b"student,measure,date,score\n", "has no rows"),
        (b"student;measure;date;score\nx;y;2026-09-30;4,5\n", "separated by semicolons"),
        (b"student,measure,date,score\nx,y\x00,2026-09-30,4\n", "bytes that no text has"),
        (b"\xff\xfe", "not UTF-8"),
        (b'student,measure,date,score\n"Ana,x,2026-05-20,1\n', "no CSV"),
    ],
)
def test_a_file_that_is_no_such_table(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(data)
    code, _, err = run(capsys, cast, "measures", path)
    assert code == 1
    assert said in err


def test_items_to_screen_with(cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(BANK)
    assert run(capsys, cast, "items", path, "--dry-run")[1]["bank"] is None
    code, data, _ = run(capsys, cast, "items", path)
    assert (code, data["items"]) == (0, 30)
    with in_district(cast.district.id):
        assert str(ScreeningBank.objects.get().id) == data["bank"]
    path.write_text(BANK.replace("answer", "solution"))
    code, _, err = run(capsys, cast, "items", path)
    assert (code, "no column answer" in err) == (1, True)
