"""``headway fit`` out of core: the same figures as in memory, from one file or several, by this process or by workers."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.cli import fit_store, main
from headway.core.mastery.scale import parts
from headway.core.mastery.scale.measured import fit_in_parts
from tests.core.mastery.scale.logs import uneven_columns


@pytest.fixture
def table() -> pl.DataFrame:
    return pl.DataFrame(uneven_columns(80))


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the small log into several parts, in memory and on disk."""
    monkeypatch.setattr(fit_store, "cuts", lambda starts: parts.cuts(starts, 500))
    monkeypatch.setattr(parts.InMemory.__init__, "__kwdefaults__", {"size": 500})


def fitted(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["fit", *map(str, words), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    capsys.readouterr()
    assert main(["fit", *map(str, words)]) == 1
    return capsys.readouterr().err


def split_up(table: pl.DataFrame, folder: Path, *cuts: int) -> Path:
    """Write the log into files that are cut at these rows."""
    folder.mkdir()
    for name, begin, end in zip("abcd", (0, *cuts), (*cuts, table.height), strict=False):
        table[begin:end].write_parquet(folder / f"{name}.parquet")
    return folder


def middle_of_a_learner(table: pl.DataFrame) -> int:
    """A row with five more of its learner on either side."""
    same = table["student"] == table["student"].shift(-5)
    return int((same & (table["student"] == table["student"].shift(5))).arg_true()[40])


@pytest.mark.parametrize("model", ["additive-1", "gaussian-1"])
def test_out_of_core_gives_what_memory_gives(
    table: pl.DataFrame, tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log, kept, out = tmp_path / "log.parquet", tmp_path / "kept", tmp_path / "out.json"
    table.write_parquet(log)
    inside = fitted(capsys, log, "--model", model, "--out", out)
    difficulty = json.loads(out.read_text())["difficulty"]
    assert fitted(capsys, log, "--model", model, "--parts", kept, "--out", out) == inside
    assert json.loads(out.read_text())["difficulty"] == difficulty
    assert len(list(kept.glob("0*.log.bin"))) > 3
    if model == "additive-1":
        within = middle_of_a_learner(table)
        folder = split_up(table, tmp_path / "many", within, within + 3, 1500)
        assert fitted(capsys, folder, "--model", model) == inside


def test_parts_that_are_there_are_used_again(
    table: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, kept = tmp_path / "log.parquet", tmp_path / "kept"
    table.write_parquet(log)
    one = fitted(capsys, log, "--parts", kept)
    made = {path: path.stat().st_mtime_ns for path in kept.glob("0*.bin")}
    (kept / "00001.features_of.bin").unlink()  # as if the fit had been killed there
    assert fitted(capsys, log, "--parts", kept) == one
    changed = {path for path, at in made.items() if path.stat().st_mtime_ns != at}
    assert changed == {kept / "00001.features_of.bin"}
    assert fitted(capsys, log, "--parts", kept, "--seed", 1)["test"] != one["test"]
    table[:-1].write_parquet(log)
    assert "parts of another log" in refused(capsys, log, "--parts", kept)
    (kept / fit_store.BEGUN).touch()  # as if cutting had been killed: then it begins anew
    assert fitted(capsys, log, "--parts", kept)["responses"] == one["responses"] - 1


def test_workers_give_what_one_process_gives(table: pl.DataFrame, tmp_path: Path) -> None:
    """Workers are whatever stands behind an executor: threads here, processes and a cluster in `make prove`."""
    log, folder = tmp_path / "log.parquet", tmp_path / "kept"
    table.write_parquet(log)
    reports = []
    with ThreadPoolExecutor(2) as executor:
        for workers in (None, executor):
            parts_of_it = fit_store.store([log], folder, seed=0, executor=workers, told=lambda done, of: None)
            reports.append(fit_in_parts(parts_of_it, model="best-lr"))
    assert np.array_equal(reports[0].fitted.predicted, reports[1].fitted.predicted)
    assert reports[0].test == reports[1].test


def test_what_is_wrong_in_a_large_log_is_named_with_its_row(
    table: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = split_up(table, tmp_path / "two", 1000)
    late = table[1000:]
    late.with_columns(correct=pl.when(pl.int_range(pl.len()) == 40).then(2).otherwise(pl.col("correct"))).write_parquet(
        folder / "b.parquet"
    )
    said = refused(capsys, folder)
    assert "b.parquet, column correct" in said
    assert "row 41 is 2" in said
    table[999:].write_parquet(folder / "b.parquet")
    assert "row 1 does not come after the row before it" in refused(capsys, folder)
    late.drop("skills").write_parquet(folder / "b.parquet")
    assert "has the columns" in refused(capsys, folder)
    (folder / "b.parquet").write_bytes(b"PAR1 and then nothing")
    assert "not a readable Parquet file" in refused(capsys, folder)


def test_what_cannot_be_done_in_parts_is_refused(
    table: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.parquet"
    table.write_parquet(log)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear all")
    (tmp_path / "empty").mkdir()
    for words, said in (
        ((log, "--parts", tmp_path / "full"), "holds other files"),
        ((log, "--workers", 2, "--model", "elo-1"), "fitted in memory only"),
        ((log, "--workers", 2, "--artefact", tmp_path / "model"), "additive-1 is not served from an artefact"),
        ((log, "--workers", 2, "--folds", 3), "wants the whole log in memory"),
        ((log, "--cluster", "tcp://127.0.0.1:1"), "--parts FOLDER"),
        ((tmp_path / "empty",), "holds no Parquet file"),
        ((tmp_path / "absent.parquet", "--parts", tmp_path / "kept"), "cannot be opened"),
    ):
        assert said in refused(capsys, *words), words
    assert (tmp_path / "full" / "letter.txt").exists()
    assert np.array_equal(pl.read_parquet(log)["student"], table["student"])
