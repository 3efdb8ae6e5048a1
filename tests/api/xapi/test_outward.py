"""``headway export xapi``: the log as statements, which a record store takes, twice as well as once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headway.cli import main
from tests.api.xapi.conftest import store_of
from tests.cast import Cast


def test_the_log_goes_out_and_a_record_store_takes_it(
    fresh_cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh_cast.answers("Ana", "xo")
    out = tmp_path / "statements.jsonl"
    where = ["--district", str(fresh_cast.district.id), "--url", "https://learn.example.org", "--json"]
    assert main(["export", "xapi", str(out), *where]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == {"attempted": 1, "answered": 2}
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["result"]["success"] for line in lines if "duration" in line.get("result", {})] == [False, True]
    assert {line["actor"]["account"]["name"] for line in lines} == {fresh_cast["Ana"].sourced_id}
    store = store_of(fresh_cast.district)
    for _ in range(2):
        assert store.ask("POST", "statements", lines).json() == [line["id"] for line in lines]
    assert len(store.get("statements?limit=50")["statements"]) == 3
    assert main(["export", "xapi", str(out), *where, "--since", "2999-01-01"]) == 0
    assert out.read_text() == ""
    assert main(["export", "xapi", str(out), *where, "--since", "soon"]) == 1
