"""``headway schedule``: a plan with its bound from a file, a checker that trusts nobody, and clear words for bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headway.cli import main
from headway.core.environment.schedule.day import Day
from tests.core.environment.days import random_day

pytestmark = pytest.mark.timeout(300)  # who comes first compiles the planner's kernels, once a machine: a minute

SHARED = Path("../shared/data/scheduling/synthetic")


def arrays(day: Day) -> dict[str, Any]:
    """A day as the file has it."""
    return {
        "S": day.learners, "T": day.blocks, "x_student": day.learner, "x_type": day.kind, "x_item": day.item, "x_gain": day.gain,
        "type_mod": np.array(day.modalities), "type_skill": day.skills, "cap": day.largest, "mins": day.smallest,
        "n_pool": day.openings[:, 0], "n_type": day.openings[:, 1], "poolcap": day.adults, "rooms_large": day.rooms,
        "devices": day.devices, "large": day.large,
    }  # fmt: skip


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    np.savez(tmp_path / "day.npz", **arrays(random_day(np.random.default_rng(2), 40)))
    return tmp_path / "day.npz"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([str(word) for word in ("schedule", *words, "--json")])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_plan_and_its_check(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = instance.with_name("rules.json")
    rules.write_text('[{"rule": "absent", "learner": 3}, {"rule": "most", "learner": 4, "modality": "", "seats": 1}]')
    code, data, _ = run(capsys, "--instance", instance, "--rules", rules)
    assert code == 0
    assert data["bound"] >= data["value"] > 0.0
    assert data["gap"] == pytest.approx((data["bound"] - data["value"]) / data["value"])
    plan = instance.with_name("plan.json")
    plan.write_text(json.dumps(data))
    code, counted, _ = run(capsys, "check", "--instance", instance, "--plan", plan, "--rules", rules)
    assert (code, counted["broken"]) == (0, [])
    assert counted["value"] == pytest.approx(data["value"])

    data["plan"]["openings"] = [[0] * len(row) for row in data["plan"]["openings"]]
    plan.write_text(json.dumps({**data, "value": data["value"] + 1.0, "bound": 0.0}))
    code, counted, err = run(capsys, "check", "--instance", instance, "--plan", plan)
    assert code == 1
    said = " ".join(counted["broken"])
    assert "learners sit in 0 sessions" in said
    assert "The file says that the plan is worth" in said
    assert "than the bound in the file" in said
    assert "breaks" in err


def test_a_plan_is_made_again_and_few_move(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, rules = instance.with_name("plan.json"), instance.with_name("rules.json")
    plan.write_text(json.dumps(run(capsys, "--instance", instance)[1]))
    rules.write_text('[{"rule": "absent", "learner": 3}]')
    code, data, _ = run(capsys, "--instance", instance, "--rules", rules, "--before", plan)
    assert code == 0
    assert len(data["moved"]) <= 12
    assert 3 not in data["moved"]
    table = json.loads(plan.read_text())
    table["plan"]["seats"][0] = table["plan"]["seats"][0][::-1]
    plan.write_text(json.dumps(table))
    assert "somebody else" in run(capsys, "--instance", instance, "--before", plan)[1]["error"]
    table["plan"]["seats"].pop()
    plan.write_text(json.dumps(table))
    assert "of another day" in run(capsys, "--instance", instance, "--before", plan)[1]["error"]


def test_people_read_a_sentence(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "--instance", str(instance)]) == 0
    assert "no plan can pass" in capsys.readouterr().out


def test_rules_that_collide_are_said(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = instance.with_name("rules.json")
    wanted = [
        {"rule": "pin", "learner": 0, "kind": -1},
        {"rule": "absent", "learner": 0},
        {"rule": "absent", "learner": 1},
    ]
    rules.write_text(json.dumps(wanted))
    code, data, err = run(capsys, "--instance", instance, "--rules", rules)
    assert code == 1
    assert sorted(data["collision"]) == ["learner 0 is absent", "learner 0 is pinned to own work on a device"]
    assert "cannot be kept together" in err


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cap": None}, "The arrays cap are missing"),
        ({"S": np.array([1, 2])}, "S is no number"),
        ({"x_gain": np.array([1.0])}, "differ in length"),
        ({"mins": 500}, "mins is larger than cap"),
        ({"x_gain": np.nan}, "no finite numbers"),
        ({"x_student": 99}, "x_student has values outside 0 to 39"),
        ({"poolcap": np.zeros((3, 9), dtype=np.int64)}, "poolcap has the shape"),
        ({"x_item": -1}, "A choice has no item"),
    ],
)
def test_a_day_that_cannot_be_used(
    instance: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, Any], said: str
) -> None:
    table = arrays(random_day(np.random.default_rng(2), 40))
    for key, value in changed.items():
        if value is None:
            del table[key]
        else:
            table[key] = value if isinstance(value, np.ndarray) else np.full_like(table[key], value)
    np.savez(instance, **table)
    code, data, err = run(capsys, "--instance", instance)
    assert code == 1
    assert said in data["error"]
    assert "day.npz" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "The rules are no list"),
        ("[1]", "rule 1: There is no such rule"),
        ('[{"rule": "pin", "learner": 0}]', "A field is missing"),
        ('[{"rule": "pin", "learner": 400, "kind": 0}]', "learner is 400"),
        ('[{"rule": "ban", "learner": 1}]', "neither kind nor modality"),
        ('[{"rule": "ban", "learner": 1, "modality": "opera"}]', "modality is 'opera'"),
        ('[{"rule": "absent", "learner": 1, "why": 2}]', "why is no field"),
        ("[", "This is no JSON"),
    ],
)
def test_rules_that_cannot_be_read(instance: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    rules = instance.with_name("rules.json")
    rules.write_text(text)
    code, data, _ = run(capsys, "--instance", instance, "--rules", rules)
    assert code == 1
    assert said in data["error"]


def test_files_that_are_something_else(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = instance.with_name("other.json")
    other.write_text('{"plan": {"seats": [["a"]], "openings": []}}')
    assert "This is no NumPy archive" in run(capsys, "--instance", other)[1]["error"]
    assert "seats is no table" in run(capsys, "check", "--instance", instance, "--plan", other)[1]["error"]
    other.write_text("[]")
    assert "There is no plan in it" in run(capsys, "check", "--instance", instance, "--plan", other)[1]["error"]
    assert "cannot be opened" in run(capsys, "--instance", instance.with_name("gone.npz"))[1]["error"]
    assert "--seed is -1" in run(capsys, "--instance", instance, "--seed", -1)[1]["error"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_a_synthetic_day_is_proven_within_two_per_cent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, "--instance", SHARED / "day_300_s0.npz")
    assert code == 0
    assert data["gap"] <= 0.02
    assert data["value"] >= 702.4
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(data))
    assert run(capsys, "check", "--instance", SHARED / "day_300_s0.npz", "--plan", plan)[0] == 0
