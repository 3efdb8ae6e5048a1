"""Tables that are broken in every way people break them: the commands name the place, or answer with a warning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from headway.cli import main

SCORES = "person,q1,q2,q3\n" + "".join(f"p{i},{i % 2},{i // 2 % 2},{i // 3 % 2}\n" for i in range(40))
BANK = "item,model,a,b\n" + "".join(f"i{k},2pl,1.0,{(k - 20) / 10}\n" for k in range(40))
COMMANDS = {"irt": ["irt", "fit"], "cat": ["cat", "simulate"], "judge": ["judge", "fit"], "growth": ["growth", "fit"]}

REFUSED = [
    *[(name, "", "The file is empty") for name in COMMANDS],
    *[(name, "\x00\x01\x02", "headway") for name in COMMANDS],
    *[(name, "a,b\n", "column names but no rows") for name in COMMANDS],
    ("irt", "person,q1\np1,1\n", "nothing can be calibrated"),
    ("irt", "person,q1,q2\n" + "p,1,0\n" * 9, "0 of 2 items have more than one score"),
    ("irt", SCORES.replace("p7,1,1,0", "p7,1,1,1e308"), "row 8 is 1e+308, more than 1,000 points"),
    ("irt", SCORES.replace("q2,q3", "q3,q3"), "Two columns have the name q3"),
    (
        "irt",
        "who,what,mark\n" + "".join(f"{i},{k},{(i + k) % 2}\n" for i in range(9) for k in range(4)),
        "--person, --item and",
    ),
    ("cat", BANK.replace("i3,2pl,1.0,-1.7", "i3,2pl,1.0,1e30"), "row 4, column b: 1e+30 is beyond"),
    ("judge", "winner,loser,seconds\na,b,inf\n", "row 1 is inf"),
    ("growth", "learner,week,value\na,1,1e300\n", "is no score of a probe"),
    ("growth", "learner,week,value\na,1e9,40\n", "more than forty years"),
    ("irt", SCORES.replace("p7,1,1,0", "p7,1,1,yes"), "row 8 is 'yes', not a whole number"),
    ("irt", "person,item,score\n1,a,-1\n2,a,1\n", "The score in row 1 is -1"),
    ("cat", BANK.replace("i3,2pl,1.0", "i3,2pl,x"), "row 4, column a: “x” is not a number"),
    ("cat", BANK.replace("i3,2pl,1.0", "i3,2pl,0"), "a discrimination of 0"),
    ("cat", BANK.replace("i3,", "i4,"), "Two items have the same name"),
    ("cat", "name,x\na,1\n", "There is no column b"),
    ("judge", "winner,loser,judge\na,b,x\na,a,x\n", "row 2: script 'a' is compared with itself"),
    ("judge", "winner,loser\na,b\nc,d\n", "fall into 2 groups"),
    ("judge", "winner,loser\na,\nb,a\n", "column loser: The value in row 1 is empty"),
    ("judge", "winner,loser,seconds\na,b,-3\n", "a time is not negative"),
    ("judge", "foo,bar\na,b\n", "The column winner, loser is missing"),
    ("growth", "learner,week,value\na,2026-01-05,40\n", "row 1 is '2026-01-05', not a number"),
    ("growth", "learner,date,value\na,05/13/2026,40\n", "The column week is missing"),
    ("growth", "learner,week,value\na,-1,40\n", "below 0"),
    ("growth", "learner,week,value\na,1,\n", "column value"),
]


@pytest.mark.parametrize(("name", "text", "message"), REFUSED)
def test_it_is_refused_with_the_place(
    name: str, text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    more = ["--error", "5"] if name == "growth" else []
    assert main([*COMMANDS[name], str(file), *more]) == 1
    said = capsys.readouterr().err
    assert message in said and "Traceback" not in said


@pytest.mark.parametrize("name", COMMANDS)
def test_other_encodings_and_nested_columns_are_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, nested = tmp_path / "table.csv", tmp_path / "table.parquet"
    text.write_text("item,b\na,1\n", encoding="utf-16")
    pl.DataFrame({"person": ["a"], "item": [[1, 2]], "score": [1]}).write_parquet(nested)
    for file, message in ((text, "It is in UTF-16. Save it as CSV in UTF-8."), (nested, "The column item holds lists")):
        assert main([*COMMANDS[name], str(file)]) == 1
        assert message in capsys.readouterr().err


def test_what_is_there_twice_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"s{i % 5},s{(i + 1 + i // 7) % 5},j{i % 2}\n" for i in range(60) if i % 5 != (i + 1 + i // 7) % 5)
    probes = "".join(f"a,{week},{40 + week}\n" for week in range(4))
    tables = {"judge": ("winner,loser,judge\n", rows), "growth": ("learner,week,value\n", probes)}
    for name, (head, body) in tables.items():
        file = tmp_path / "table.csv"
        more = ["--error", "5", "--grade", "2"] if name == "growth" else []
        file.write_text(head + body + body)
        assert main([*COMMANDS[name], str(file), *more, "--json"]) == 0
        warnings = " ".join(json.loads(capsys.readouterr().out)["warnings"])
        assert "take out what is there twice" in warnings, name


def test_a_single_item_says_that_its_slope_means_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "table.csv"
    file.write_text("q1\n" + "1\n0\n" * 40)
    assert main(["irt", "fit", str(file), "--json"]) == 0
    assert "do not use these slopes" in " ".join(json.loads(capsys.readouterr().out)["warnings"])


@pytest.mark.parametrize("name", COMMANDS)
def test_broken_parquet_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "table.parquet"
    file.write_bytes(b"PAR1garbage")
    assert main([*COMMANDS[name], str(file)]) == 1
    assert "not a readable Parquet file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "warning"),
    [
        ("irt", "\ufeff" + SCORES, ""),
        ("irt", SCORES + SCORES.split("\n", 1)[1], ""),
        ("irt", SCORES + "x,,,\ny,NA,NA,NA\n", "2 persons have no response"),
        ("irt", "person,item,score\n" + "".join(f"-{i // 3},{i % 3},{i * 7 // 3 % 2}\n" for i in range(90)), "below 0"),
        ("judge", "\ufeffwinner,loser\na,b\nb,c\nc,a\n", "tosses of a coin"),
        ("judge", "winner,loser,judge\n" + "a,b,x\n" * 8 + "b,c,x\n", "one judge"),
    ],
)
def test_it_is_answered_with_a_warning(
    name: str, text: str, warning: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    assert main([*COMMANDS[name], str(file), "--json"]) == 0
    assert warning in " ".join(json.loads(capsys.readouterr().out)["warnings"])


def test_nulls_in_parquet_are_missing_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, rng = tmp_path / "table.parquet", np.random.default_rng(3)
    answers = {f"q{k}": [None if i % 5 == 0 else int(rng.integers(2)) for i in range(60)] for k in range(3)}
    pl.DataFrame({"person": [f"p{i}" for i in range(60)], **answers}).write_parquet(file)
    assert main(["irt", "fit", str(file), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["responses"] == 144 and data["persons"] == 48


def test_items_of_pure_noise_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "noise.csv"
    table = np.random.default_rng(0).integers(0, 2, (300, 10))
    pl.DataFrame(table, schema=[f"q{k}" for k in range(10)]).write_csv(file)
    assert main(["irt", "fit", str(file)]) == 0
    said = capsys.readouterr().out
    assert "10 items hardly tell stronger from weaker persons" in said and "q0, q1" in said


def test_one_probe_is_no_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "probes.csv"
    file.write_text("learner,week,value\na,1,40\n")
    words = ["growth", "fit", str(file), "--error", "5"]
    assert main(words) == 1
    assert "0 learners have three probes or more" in capsys.readouterr().err
    more = ["--slope", "1", "--slope-sd", "0.5", "--goal", "60", "--goal-week", "20", "--json"]
    assert main([*words, *more]) == 0
    assert json.loads(capsys.readouterr().out)["learners"][0]["verdict"] == "not-enough-evidence"
