"""The notebook runs from top to bottom and says what it promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "compare-models.ipynb"


def test_a_researcher_fits_and_compares_models_on_their_own_frame(capsys: pytest.CaptureFixture[str]) -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    names: dict[str, Any] = {"__name__": "notebook"}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)
    said = capsys.readouterr().out
    found = {name: float(auc) for name, auc in re.findall(r"^(\S+(?: rates)?) +AUC (0\.\d+)", said, re.MULTILINE)}
    assert found["additive-1"] > found["item rates"] > 0.5
    assert found["additive-1"] > found["pfa"]
    more, low, high = map(float, re.findall(r"over pfa: (\S+) AUC, 95 % of (\S+) to (\S+)", said)[0])
    assert 0.0 < low <= more <= high
