"""``headway growth fit``: trends, decisions, phase effects, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.cli import main


def fit(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["growth", "fit", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def probes(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    slopes = rng.normal(1.2, 0.5, 40)
    rows = [
        (f"L{k:02}", week, 60 + slope * week + rng.normal(0, 6)) for k, slope in enumerate(slopes) for week in range(15)
    ]
    file = tmp_path / "probes.csv"
    pl.DataFrame(rows, schema=["Student", "week", "wcpm"], orient="row").write_csv(file)
    return file


def test_the_prior_is_learned_and_slopes_are_drawn_to_it(probes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = fit(capsys, str(probes), "--error", "6", "--goal", "95", "--goal-week", "30")
    assert data["prior"]["slope"] == pytest.approx(1.2, abs=0.2) and "these 40 learners" in data["prior"]["from"]
    truth = np.random.default_rng(1).normal(1.2, 0.5, 40)
    found = np.array([entry["slope"] for entry in data["learners"]])
    assert np.sqrt(((found - truth) ** 2).mean()) < 0.35
    verdicts = {entry["verdict"] for entry in data["learners"]}
    assert verdicts == {"on-track", "not-on-track", "not-enough-evidence"}
    entry = data["learners"][0]
    assert entry["low"] < entry["projected"] < entry["high"] and 0 <= entry["chance"] <= 1 and entry["probes"] == 15


def test_norms_serve_where_learners_are_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, plot = tmp_path / "one.csv", tmp_path / "one.svg"
    file.write_text("learner,week,value,error\na,0,50,8\na,1,53,8\na,2,51,8\n")
    data = fit(capsys, str(file), "--grade", "2", "--plot", str(plot), "--goal", "80", "--goal-week", "30")
    assert data["prior"] == {"slope": 1.03, "slope_sd": 0.704, "from": "norms of grade 2"}
    assert data["learners"][0]["verdict"] == "not-enough-evidence" and data["learners"][0]["more"] > 1
    assert "polyline" in plot.read_text() and "goal" in plot.read_text()


def test_an_intervention_is_measured_and_pooled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(2)
    rows = [
        (f"c{k}", week, 20 + 8 * (week >= 8) + rng.normal(0, 2), "A" if week < 8 else "B")
        for k in range(12)
        for week in range(18)
    ]
    file = tmp_path / "cases.parquet"
    pl.DataFrame(rows, schema=["case", "session", "value", "phase"], orient="row").write_parquet(file)
    data = fit(capsys, str(file), "--error", "2", "--plot", str(tmp_path / "many.svg"))
    effects = [entry["phase"] for entry in data["learners"]]
    assert np.mean([effect["level"] for effect in effects]) == pytest.approx(8, abs=1.5)
    assert min(effect["nap"] for effect in effects) > 0.9 and all(effect["enough"] for effect in effects)
    assert data["pooled"]["learners"] == 12 and data["pooled"]["low"] > 1
    worse = fit(capsys, str(file), "--error", "2", "--down")
    assert worse["pooled"]["effect"] == pytest.approx(-data["pooled"]["effect"], abs=1e-3)


def test_people_get_words(probes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["growth", "fit", str(probes), "--error", "6", "--goal", "95", "--goal-week", "30"]) == 0
    shown = capsys.readouterr().out
    assert "40 learners" in shown and "On track: the goal will very likely be reached" in shown
    assert "20 more; --json lists all" in shown


@pytest.mark.parametrize(
    ("text", "words", "message"),
    [
        ("learner,week\na,1\n", ["--error", "5"], "The column value is missing. It has: learner, week."),
        ("learner,week,value\na,1,2\n", [], "it has no column error"),
        ("learner,week,value\na,1,x\n", ["--error", "5"], "The value in row 1 is 'x', not a number."),
        ("learner,week,value\na,-1,2\n", ["--error", "5"], "The value in row 1, -1, is below 0."),
        ("learner,week,value,error\na,1,2,0\n", [], "The value in row 1, 0, is not above 0."),
        ("learner,week,value\na,1,2\n", ["--error", "5"], "0 learners have three probes or more"),
        ("learner,week,value\na,1,2\n", ["--error", "5", "--goal", "9"], "--goal and --goal-week belong together"),
        ("learner,week,value\na,1,2\n", ["--error", "5", "--slope", "9"], "--slope and --slope-sd belong together"),
        ("learner,week,value\na,1,2\n", ["--error", "-5", "--grade", "2"], "has an error of -5"),
        ("learner,week,value,phase\na,1,2,C\n", ["--error", "5"], "Learner a has a phase 'C'."),
        ("learner,week,value,phase\na,1,2,A\na,2,2,B\na,3,2,A\n", ["--error", "5"], "returns from phase B to A"),
        ("", ["--error", "5"], "The file is empty"),
    ],
)
def test_bad_tables_are_refused(
    tmp_path: Path, text: str, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    assert main(["growth", "fit", str(file), *words]) == 1
    shown = capsys.readouterr().err
    assert message in shown and "Traceback" not in shown


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["growth", "fit", str(tmp_path / "none.csv"), "--error", "5"]) == 1
    assert "cannot be opened" in capsys.readouterr().err
