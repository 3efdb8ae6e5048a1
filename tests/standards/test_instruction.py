"""Instructional models as files: what is written is read back, and every fault is named with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.errors import ImportProblem
from headway.standards.instruction import model_of, read_model, shipped_models, write_model


@pytest.mark.parametrize("key", sorted(shipped_models()))
def test_what_is_written_is_read_back(key: str) -> None:
    model = shipped_models()[key]
    assert read_model(json.dumps(write_model(model)).encode(), "x.json") == model


def table(**changes: Any) -> dict[str, Any]:
    return {**write_model(shipped_models()["station-rotation"]), **changes}


BLOCK = {"id": "1", "name": "First", "begin": "09:00", "minutes": 20}


@pytest.mark.parametrize(
    ("given_", "where", "what"),
    [
        ([], "m.json", "one object"),
        (table(colour="red"), "m.json", "no field “colour”"),
        (table(devices="many"), "m.json, devices", "'many'"),
        (table(devices=True), "m.json, devices", "True"),
        (table(blocks={}), "m.json", "no list"),
        (table(blocks=[{**BLOCK, "begin": "25:00"}]), "m.json, blocks 1", "begin is '25:00'"),
        (table(blocks=[{**BLOCK, "minutes": 20.5}]), "m.json, blocks 1, minutes", "20.5"),
        (table(blocks=[{"id": "1"}]), "m.json, blocks 1", "begin"),
        (table(crews=[{"id": "a", "name": "A", "names": [1]}]), "m.json, crews 1, names", "[1]"),
        (table(modalities=[{"id": "a", "name": "A", "worth": float("inf"), "at_once": 1}]), "worth", "inf"),
        (table(modalities=[{"id": "a", "name": "A"}]), "m.json", "Nobody runs"),
    ],
)
def test_a_fault_is_named_with_its_place(given_: object, where: str, what: str) -> None:
    with pytest.raises(ImportProblem) as refused:
        model_of(given_, "m.json")
    assert where in refused.value.where
    assert what in refused.value.what


KEYS = st.sampled_from(["id", "name", "blocks", "crews", "modalities", "begin", "minutes", "devices"])
PLAIN = st.none() | st.booleans() | st.floats() | st.text(max_size=5)


@given(st.recursive(PLAIN, lambda c: st.lists(c, max_size=3) | st.dictionaries(KEYS, c, max_size=5)))
def test_nonsense_is_refused_and_never_falls_over(value: object) -> None:
    with pytest.raises(ImportProblem):
        model_of(value, "m.json")
    with pytest.raises(ImportProblem):
        read_model(repr(value).encode(), "m.json")
