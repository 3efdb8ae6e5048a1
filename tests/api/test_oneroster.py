"""OneRoster 1.2 as a service: all 81 operations against the published descriptions."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from headway.standards.oneroster.service.objects import FIRST, SHAPES
from headway.standards.oneroster.service.operations import BASES, OPERATIONS, VIEWS, Operation
from tests.api.programs import NAMES, Answer, Program, written
from tests.cast import Cast
from tests.conftest import SHARED

ROSTER, BOOK = BASES["rostering"], BASES["gradebook"]
FOLDER = SHARED / "interop" / "oneroster"
FILES = {"rostering": "rosters", "gradebook": "gradebook", "resources": "resources"}
needs_shared = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/interop")


def address(operation: Operation, found: dict[str, str]) -> str:
    """The address of an operation, its identifiers filled in."""
    words = operation.path.split("/")
    for n in range(1, len(words), 2):
        words[n] = quote(found[words[n - 1]], safe="")
    return f"{BASES[operation.service]}/{'/'.join(words)}"


def described() -> dict[str, Any]:
    return {
        name: json.loads((FOLDER / f"onerosterv1p2{file}service_openapi3_v1p0.json").read_text())
        for name, file in FILES.items()
    }


def judge(description: Any, path: str, answer: Answer, method: str) -> str:
    """What is wrong with an answer by its published description, or nothing."""
    import jsonschema_rs

    responses = description["paths"][path][method.lower()]["responses"]
    said = responses.get(str(answer.status), responses["default"])
    if "content" not in said:
        return "" if not answer.content else "a body that should not be"
    schema = {**said["content"]["application/json"]["schema"], "components": description["components"]}
    found = jsonschema_rs.Draft4Validator(schema, validate_formats=True)
    if answer.headers["content-type"] != "application/json":
        return answer.headers["content-type"]
    return "; ".join(f"{each.instance_path}: {each.message}" for each in found.iter_errors(answer.json()))[:500]


def published_path(description: Any, operation: Operation) -> str:
    found: list[str] = [path for path, methods in description["paths"].items() if operation.method.lower() in methods]
    return next(path for path in found if re.sub(r"\{\w+\}", "{}", path) == f"/{operation.path}")


@needs_shared
@pytest.mark.shared
def test_the_tables_are_the_published_ones() -> None:
    ours = {(each.service, each.method, f"/{each.path}"): set(each.scopes) for each in OPERATIONS}
    assert len(ours) == 81
    for service, description in described().items():
        for each in (each for each in OPERATIONS if each.service == service):
            found = description["paths"][published_path(description, each)][each.method.lower()]
            assert ours.pop((service, each.method, f"/{each.path}")) == set(found["security"][0]["OAuth2CC"])
        shapes = [shape for shape in SHAPES.values() if shape.service == service]
        for shape in shapes:
            name = (
                "DemographicsDType" if shape.kind == "demographics" else f"{shape.one[0].upper()}{shape.one[1:]}DType"
            )
            published = description["components"]["schemas"][name]
            assert shape.names == set(published["properties"]), shape.kind
            assert {part.name for part in shape.parts if part.needed} == set(published["required"]) - set(FIRST), (
                shape.kind
            )
    assert ours == {}


@needs_shared
@pytest.mark.shared
def test_all_operations_answer_as_published(program: Program, school: Cast) -> None:
    descriptions = described()
    found: dict[str, str] = {}
    faults: list[str] = []

    def ask(operation: Operation, ids: dict[str, str], body: Any = None) -> Answer:
        description = descriptions[operation.service]
        answer = program.ask(operation.method, address(operation, ids), body)
        wrong = judge(description, published_path(description, operation), answer, operation.method)
        if wrong or answer.status not in (200, 201, 204):
            faults.append(f"{operation.method} {operation.path}: {answer.status} {wrong} {answer.content[:200]!r}")
        return answer

    by = {(each.method, each.path): each for each in OPERATIONS}
    for kind, name in NAMES.items():
        ask(by["PUT", f"{kind}/{{}}"], {kind: name}, {SHAPES[kind].one: written(kind, name)})
    for view in VIEWS:
        objects = ask(by["GET", view], {}).json()[VIEWS[view].kind]
        found |= {view: objects[-1]["sourcedId"]} if objects else {}
    found |= {**NAMES, "classes": "a", "schools": "here", "students": "Ana", "teachers": "Okafor", "users": "Ana"}
    empty = {"terms", "gradingPeriods", "demographics"}
    for operation in OPERATIONS:
        needs = set(operation.path.split("/")[::2][: operation.path.count("{}")])
        if operation.method == "GET" and not needs & empty:
            ask(operation, found)
        if operation.method == "POST":
            kind = VIEWS[operation.view].kind
            answer = ask(
                operation, found | {"academicSessions": found["academicSessions"]}, {kind: [written(kind, "x")]}
            )
            (pair,) = answer.json()["sourcedIdPairs"]
            assert (
                pair["suppliedSourcedId"] == "x"
                and program.get(f"{BOOK}/{kind}/{pair['allocatedSourcedId']}").status == 200
            )
    for kind, name in reversed(NAMES.items()):
        ask(by["DELETE", f"{kind}/{{}}"], {kind: name})
        assert ask_missing(program, by["GET", f"{kind}/{{}}"], name, descriptions) == ""
    for view in empty:
        assert ask_missing(program, by["GET", f"{view}/{{}}"], "none", descriptions) == ""
    assert faults == []


def ask_missing(program: Program, operation: Operation, name: str, descriptions: Any) -> str:
    answer = program.get(address(operation, {operation.view: name}))
    assert answer.status == 404
    description = descriptions[operation.service]
    return judge(description, published_path(description, operation), answer, "GET")
