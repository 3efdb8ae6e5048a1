"""``headway cat simulate``: figures with stable keys, a picture, and clear words for what it cannot use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from headway.cli import main

RNG = np.random.default_rng(511)
BANK = pl.DataFrame(
    {
        "item": [f"i{n}" for n in range(200)],
        "a": RNG.lognormal(0.0, 0.3, 200),
        "b": RNG.standard_normal(200),
        "domain": [("Number", "Geometry")[n % 2] for n in range(200)],
    }
)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    BANK.write_csv(tmp_path / "bank.csv")
    return tmp_path / "bank.csv"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([str(word) for word in ("cat", "simulate", *words, "--json")])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_csv_and_parquet_give_the_same_figures(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    BANK.write_parquet(bank.with_suffix(".parquet"))
    (one, from_csv, _), (two, from_parquet, _) = (
        run(capsys, path, "--takers", 400, "--max-exposure", 0.3, "--maximum", 25, "--content", "domain:Number=2-8")
        for path in (bank, bank.with_suffix(".parquet"))
    )
    assert one == two == 0
    timed = {"cpu_seconds", "warm_up_cpu_seconds", "items_per_second"}
    assert {k: v for k, v in from_csv.items() if k not in timed} == {
        k: v for k, v in from_parquet.items() if k not in timed
    }
    assert from_csv["bank_items"] == 200
    assert from_csv["max_exposure"] <= 0.31
    least, most = from_csv["content"]["domain"]["Number"]
    assert 2 <= least <= most <= 8


def test_shadow_tests_enemies_and_a_cut(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, bank, "--takers", 5, "--shadow", "--maximum", 8, "--content", "domain:Number=4-4")
    assert (code, data["content"]["domain"]["Number"]) == (0, [4, 4])
    code, data, _ = run(capsys, bank, "--takers", 300, "--cut", -0.5, "--decide", "glr", "--se", 0)
    assert code == 0
    assert data["reasons"]["decided"] > 0.5
    BANK.with_columns(set=pl.lit("one")).write_csv(bank)
    code, data, _ = run(capsys, bank, "--takers", 20, "--enemies", "set")
    assert data["mean_length"] == 1.0


def test_the_picture_is_an_svg_that_says_what_it_shows(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = bank.with_name("out.svg")
    code, _, _ = run(capsys, bank, "--takers", 100, "--max-exposure", 0.4, "--plot", picture)
    assert code == 0
    drawn = ElementTree.parse(picture).getroot()
    assert "100 takers" in str(drawn.findtext("{http://www.w3.org/2000/svg}desc"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item,a\nx,1\n", "There is no column b"),
        ("item,a,b\nx,1,high\n", "row 1, column b: “high” is not a number"),
        ("item,a,b\nx,1,\n", "row 1, column b: “” is not a number"),
        ("item,a,b\nx,0,0\n", "Item 'x' has a discrimination of 0"),
        ("item,a,b\nx,1,0\n", "the bank has 1 items, a test at least 5"),
        ("item,a,b\nx,1,0\nx,1,1\n", "Two items have the same name"),
        ("item,b,model\nx,0,4pl\n", "“4pl” is no item model"),
        ("item,b\n", "no rows"),
        ("", "The file is empty"),
        ("item;a;b\ni1;1;0\n", "separated by semicolons"),
    ],
)
def test_a_bank_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(text)
    code, data, err = run(capsys, path)
    assert code == 1
    assert said in data["error"]
    assert "bank.csv" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--takers", 1], "--takers is 1"),
        (["--se", -1], "standard error of -1"),
        (["--max-exposure", 0], "exposure 0.0"),
        (["--minimum", 100], "minimum 100 and maximum 60"),
        (["--minimum", 300], "the bank has 200 items, a test at least 300"),
        (["--content", "domain"], "write it like"),
        (["--content", "place:A=1-2"], "no column 'place'"),
        (["--content", "domain:Number=3-2"], "is no range"),
        (["--enemies", "set"], "no column 'set'"),
        (["--cut", 0.5], "add --decide"),
        (["--sd", 0], "--sd is 0"),
        (["--seed", -3], "--seed is -3"),
        (["--plot", "/nowhere/out.svg"], "no folder /nowhere"),
    ],
)
def test_arguments_that_do_not_fit(
    bank: Path, capsys: pytest.CaptureFixture[str], words: list[object], said: str
) -> None:
    code, data, _ = run(capsys, bank, *words)
    assert code == 1
    assert said in data["error"]
