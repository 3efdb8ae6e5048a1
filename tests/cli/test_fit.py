"""``headway fit`` and ``headway simulate``: stable keys, files they write and read, and how they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.cli import main
from headway.core.mastery.hybrid.artefact import load
from headway.core.path.plan import DEFAULT_PLAN


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([str(word) for word in (*words, "--json")])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Thirty learners of 40 responses each, who differ in ability."""
    rng = np.random.default_rng(4)
    item = rng.integers(12, size=1200)
    chance = 1.0 / (1.0 + np.exp(item / 4.0 - 1.5 - np.repeat(rng.normal(0.0, 1.2, 30), 40)))
    path = tmp_path / "log.parquet"
    pl.DataFrame(
        {
            "student": np.repeat(np.arange(30), 40),
            "item": item,
            "skill": item // 3,
            "correct": (rng.random(1200) < chance).astype(np.int8),
            "order": np.tile(np.arange(40), 30),
        }
    ).write_parquet(path)
    return path


@pytest.mark.parametrize("model", ["additive-1", "gaussian-1"])
def test_fit_reports_on_held_out_learners(log: Path, capsys: pytest.CaptureFixture[str], model: str) -> None:
    code, data, _ = run(capsys, "fit", log, "--seed", 3, "--model", model)
    assert code == 0
    assert (data["model"], data["learners"], data["responses"], data["test"]["n"]) == (model, 30, 1200, 240)
    assert data["test"]["auc"] > 0.6
    assert {"auc", "log_loss", "rmse", "ece", "n"} == set(data["test"]) == set(data["train"])


def test_the_seed_chooses_who_is_held_out(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, again, other = (run(capsys, "fit", log, "--seed", seed)[1] for seed in (1, 1, 2))
    assert one == again
    assert one["test"] != other["test"]


def test_fit_writes_difficulties_of_every_item(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "fitted.json"
    assert run(capsys, "fit", log, "--out", out, "--model", "gaussian-1")[0] == 0
    fitted = json.loads(out.read_text())
    assert set(fitted["difficulty"]) == {str(n) for n in range(12)}
    assert fitted["difficulty"]["11"] > fitted["difficulty"]["0"]
    assert "spread" in fitted["parameters"]


def test_a_fit_starts_from_the_weights_of_an_earlier_one(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    code, cold, _ = run(capsys, "fit", log, "--out", first)
    assert code == 0
    code, warm, _ = run(capsys, "fit", log, "--start", first, "--out", again, "--parts", tmp_path / "parts")
    assert code == 0
    assert warm["test"]["auc"] == pytest.approx(cold["test"]["auc"], abs=1e-3)
    assert json.loads(again.read_text())["weights"].keys() == {"columns", "items", "skills"}
    first.write_text(json.dumps({"weights": {"items": 3}}))
    for words, said in (
        (("--start", first), "holds no weights"),
        (("--start", again, "--model", "pfa"), "of another model"),
        (("--start", again, "--model", "elo-1"), "--start is for additive-1"),
        (("--start", tmp_path / "absent.json"), "cannot be opened"),
    ):
        code, _, refusal = run(capsys, "fit", log, *words)
        assert (code, said in refusal) == (1, True), refusal


def test_fit_refuses_what_it_cannot_use(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = pl.read_parquet(log)
    bad = tmp_path / "bad.parquet"
    for frame, words in (
        (table.drop("correct"), "correct"),
        (table.with_columns(pl.lit(7).alias("correct")), "0 or 1"),
        (table.filter(pl.col("student") < 3), "five"),
    ):
        frame.write_parquet(bad)
        code, _, said = run(capsys, "fit", bad)
        assert (code, words in said) == (1, True), said
    bad.write_bytes(b"PAR1 and then nothing")
    assert run(capsys, "fit", bad)[0] == 1
    code, _, said = run(capsys, "fit", tmp_path / "absent.parquet")
    assert (code, "absent.parquet cannot be opened" in said) == (1, True)


def test_simulate_tells_what_came_of_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made.parquet"
    words = ("simulate", "--learners", 6, "--days", 3, "--daily", 6, "--grades", "3,6")
    code, data, _ = run(capsys, *words, "--out", out)
    assert code == 0
    assert (data["learners"], data["policy"], data["days"]) == (6, DEFAULT_PLAN.policy, 3)
    assert data["responses"] >= 6 * 3 * 6 * 0.6
    assert 0.3 < data["success"] < 1.0
    assert run(capsys, *words)[1] == data
    code, fitted, _ = run(capsys, "fit", out)
    assert code == 0
    assert fitted["learners"] == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--learners", "0"), "at least 1"),
        (("--grades", "5,first"), "unknown grade 'first'"),
        (("--seed", "-1"), "from 0"),
    ],
)
def test_simulate_refuses_with_the_options_name(
    words: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "simulate", *words)
    assert code == 1
    assert words[0] in err
    assert said in err


def test_simulate_compares_policies_on_fitted_learners(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("simulate", "--generator", "switching", "--grades", "3", "--learners", 2, "--days", 2, "--seeds", 2)
    code, data, _ = run(capsys, *words, "--against", "fixed-sequence")
    assert code == 0
    assert set(data["policies"]) == {DEFAULT_PLAN.policy, "fixed-sequence"}
    assert all(each["activities"]["mean"] > 0 for each in data["policies"].values())
    assert data["ratios"]["fixed-sequence"]["activities"]["mean"] > 0
    assert data["policies"][DEFAULT_PLAN.policy]["mixed"]["mean"] > data["policies"]["fixed-sequence"]["mixed"]["mean"]
    code, _, said = run(capsys, "simulate", "--policy", "fixed-sequence", "--learners", 1)
    assert (code, "--generator" in said) == (1, True)
    assert run(capsys, "simulate", "--generator", "growing", "--grades", "99")[0] == 1


def test_a_result_that_cannot_be_written_is_refused_before_the_work(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("fit", log), ("simulate", "--learners", 500)):
        code, _, said = run(capsys, *words, "--out", tmp_path / "absent" / "out")
        assert (code, "there is no folder" in said) == (1, True), said
        code, _, said = run(capsys, *words, "--out", tmp_path)
        assert (code, "is a folder" in said) == (1, True), said


@pytest.mark.parametrize("command", ["fit", "simulate"])
def test_help_has_an_example_and_the_keys(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"headway {command} " in said.split("example:")[1]
    assert "keys of --json" in said


def test_a_fitted_hybrid_is_an_artefact_with_its_card(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "model.bin", tmp_path / "report.html"
    code, data, said = run(capsys, "fit", log, "--model", "hybrid-1", "--artefact", out, "--report", page)
    assert code == 0, said
    artefact = load(out.read_bytes())
    assert (artefact.card.data, artefact.card.learners, artefact.card.test_learners) == ("log.parquet", 24, 6)
    assert artefact.items == tuple(str(n) for n in range(12))
    assert {"slope", "buckets", "reliability", "abroca", "false_mastery"} <= set(data["quality"])
    html = page.read_text()
    assert "hybrid-1 on log.parquet" in html
    assert html.count("<circle") == len(data["quality"]["reliability"])


def test_folds_hold_every_learner_out_once(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, data, _ = run(capsys, "fit", log, "--folds", 3)
    assert sum(fold["n"] for fold in data["folds"]) == 1200
    code, _, said = run(capsys, "fit", log, "--folds", 31)
    assert (code, "31 folds" in said) == (1, True)
    code, _, said = run(capsys, "fit", log, "--artefact", log.with_suffix(".bin"))
    assert (code, "fit hybrid-1" in said) == (1, True)
