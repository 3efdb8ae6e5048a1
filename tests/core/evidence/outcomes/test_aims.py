"""What a district may want, and what is wrong with what it may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headway.core.evidence.outcomes.aims import Aim, Goal, aim_from_json, due, faults

AIM = Aim(
    "college-math", "Solve what college asks", "college", "ability", "mathematics", "higher", 4.0,
    (Goal(20_000, 50.0), Goal(20_100, 70.0)),
)  # fmt: skip
KNOWN = {"subjects": ("mathematics",), "tests": ("State test",), "criteria": ("thinking",)}


def test_a_sound_aim_has_no_fault_and_comes_back_from_json() -> None:
    assert faults(AIM, **KNOWN) == []
    assert aim_from_json(AIM.to_json()) == AIM
    assert due(AIM, 19_000).share == 50.0
    assert due(AIM, 20_001).share == due(AIM, 30_000).share == 70.0


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("code", " ", "code"), ("title", "x" * 301, "title"), ("facet", "joy", "facet"), ("kind", "iq", "measure"),
        ("name", "alchemy", "name"), ("better", "faster", "better"), ("bar", float("nan"), "bar"), ("goals", (), "goals"),
        ("goals", (Goal(5, 0.0),), "goals"), ("goals", (Goal(5, 50.0), Goal(5, 60.0)), "goals"),
    ],
)  # fmt: skip
def test_each_fault_names_its_field(field: str, value: object, where: str) -> None:
    wrong = faults(replace(AIM, **{field: value}), **KNOWN)  # type: ignore[arg-type]
    assert [name for name, _what in wrong] == [where]


def test_a_name_belongs_to_its_measure() -> None:
    assert faults(replace(AIM, kind="days"), **KNOWN)[0][0] == "name"
    assert faults(replace(AIM, kind="test", name="Next year's test"), **KNOWN) == []
    assert faults(replace(AIM, kind="test", name=""), **KNOWN)[0][0] == "name"
    assert faults(replace(AIM, name=""), **KNOWN) == []
