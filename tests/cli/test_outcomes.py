"""``headway import outcomes`` and ``headway outcomes measure``: whole or not at all, errors by row and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headway.cli import main
from headway.school.evidence.outcomes.queries import aims_of
from headway.school.models import OutcomeTake
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast

GOOD = """code,title,facet,measure,name,better,bar,goals,remark
days,"Practice, often",engagement,days,,higher,2,2027-01-31:60; 2027-06-11:70%,x
credit,Credit for a course,college,credit,,higher,1,2027-06-11:80,
"""


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast(curriculum=False)
    yield made
    made.close()


def run(capsys: pytest.CaptureFixture[str], cast: Cast, *words: str) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([*words, "--district", str(cast.district.id), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def wanted(cast: Cast) -> list[str]:
    with in_district(cast.district.id):
        return [aim.title for aim in aims_of()]


def test_a_preview_writes_nothing_an_import_nothing_twice_and_then_it_is_measured(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(GOOD, encoding="utf-8-sig")
    code, data, _ = run(capsys, cast, "import", "outcomes", str(path), "--dry-run")
    assert (code, data["outcomes"], data["written"], data["ignored_columns"]) == (0, 2, 0, ["remark"])
    assert wanted(cast) == []
    assert run(capsys, cast, "import", "outcomes", str(path))[1]["written"] == 2
    assert run(capsys, cast, "import", "outcomes", str(path))[1]["written"] == 0
    assert wanted(cast) == ["Credit for a course", "Practice, often"]
    code, data, _ = run(capsys, cast, "outcomes", "measure")
    assert (code, data["days"], data["readings"]) == (0, 1, 10)
    with in_district(cast.district.id):
        assert set(OutcomeTake.objects.values_list("measure", "count")) == {("days:", 5), ("credit:", 5)}
    for words, why in (("soon", "no date"), ("2099-01-01", "lies ahead"), ("1990-01-01", "60 are the most")):
        code, _, err = run(capsys, cast, "outcomes", "measure", "--since", words)
        assert code == 1
        assert why in err


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        ("days,Twice,engagement,days,,higher,2,2027-06-11:70", "code", "row before"),
        ("x,,engagement,days,,higher,2,2027-06-11:70", "title", "Write it down"),
        ("x,X,joy,days,,higher,2,2027-06-11:70", "facet", "Choose one of them"),
        ("x,X,growth,iq,,higher,2,2027-06-11:70", "measure", "Choose one of them"),
        ("x,X,growth,ability,alchemy,higher,2,2027-06-11:70", "name", "not known here"),
        ("x,X,growth,days,,up,2,2027-06-11:70", "better", "Choose one of them"),
        ("x,X,growth,days,,higher,nan,2027-06-11:70", "bar", "not a number"),
        ("x,X,growth,days,,higher,2,June:70", "goals", "is not like"),
        ("x,X,growth,days,,higher,2,2027-06-11:170", "goals", "100 percent"),
        ("x,X,growth,days,,higher,2,2027-06-11:nan", "goals", "is not like"),
        ("x,X,growth,days", "goals", "one to 8"),
    ],
)
def test_one_bad_row_and_nothing_is_written(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path, row: str, field: str, why: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(GOOD + row + "\n", encoding="utf-8")
    before = wanted(cast)
    code, data, err = run(capsys, cast, "import", "outcomes", str(path))
    assert code == 1
    assert (3, field) in {(each["row"], each["field"]) for each in data["errors"]}
    assert f"row 3, {field}" in err
    assert why in err
    assert wanted(cast) == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "code is missing"),
        (b"code,title\n", "facet is missing"),
        (GOOD.replace(",", ";").encode(), "semicolons"),
        (b"\xff\xfe\x00", "UTF-8"),
        (GOOD.replace("remark", "code").encode(), "Two columns are called code"),
        (GOOD.splitlines()[0].encode(), "no rows"),
        ((GOOD + "a,b,c,d,e,f,g,h,i,j,k\n").encode(), "Row 3 has 11 cells"),
    ],
)
def test_what_is_no_such_table(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    code, _, err = run(capsys, cast, "import", "outcomes", str(path))
    assert code == 1
    assert why in err
