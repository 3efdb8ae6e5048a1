"""``headway evaluate-policy`` on a table of decisions: what it says, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from headway.cli import main


def table(count: int = 200) -> pl.DataFrame:
    """Two arms, taken half of the time each, right with 0.8 and 0.4; the other policy takes the better one nine times in ten."""
    rng = np.random.default_rng(1)
    better = rng.random(count) < 0.5
    return pl.DataFrame(
        {
            "learner": [f"learner {n // 2}" for n in range(count)],
            "episode": np.arange(count),
            "reward": (rng.random(count) < np.where(better, 0.8, 0.4)).astype(float),
            "propensity": np.full(count, 0.5),
            "target": np.where(better, 0.9, 0.1),
        }
    )


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_table_gives_an_estimate_with_its_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    path = tmp_path / f"decisions.{suffix}"
    table().write_parquet(path) if suffix == "parquet" else table().write_csv(path)
    assert main(["evaluate-policy", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["low"] < 0.76 < found["high"]
    assert found["value"] > found["logged"]
    assert (found["learners"], found["decisions"], found["thin"]) == (100, 200, False)
    assert main(["evaluate-policy", str(path)]) == 0
    assert "95 % from" in capsys.readouterr().out


def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, good = tmp_path / "decisions.csv", table(20)
    for frame, said in (
        (good.drop("propensity"), "no column 'propensity'"),
        (good.with_columns(pl.lit(2.0).alias("target")), "target of 2"),
        (good.with_columns(pl.lit("x").alias("reward")), "row 1: reward is 'x'"),
        (good.head(0), "no decision"),
        (good.head(1), "two learners"),
    ):
        frame.write_csv(path)
        assert main(["evaluate-policy", str(path)]) == 1
        assert said in capsys.readouterr().err
    for words, said in (
        ([], "say which policy"),
        ([str(tmp_path / "absent.csv")], "cannot be read"),
        ([str(tmp_path / "x.txt")], "neither"),
        ([str(path), "--policy", "frontier-1"], "holds its answers already"),
        (["--policy", "frontier-1", "--horizon", "0"], "--horizon is 0"),
    ):
        assert main(["evaluate-policy", *words]) == 1
        assert said in capsys.readouterr().err
