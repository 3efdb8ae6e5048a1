"""CASE 1.1 as a service: every operation against the published schemas, who may read what, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs
import pytest

from headway.school.curriculum.frameworks.actions import open_to_all, withdraw
from headway.school.people.tenancy import in_district
from headway.standards.case import read_package
from headway.standards.case.service.description import description, schema_of
from headway.standards.case.service.operations import DESCRIPTION, OPERATIONS, ROOT, SCOPE
from tests.api.frameworks import KINDS, keep, whole
from tests.api.programs import Answer, Program, program_of
from tests.cast import Cast, make_cast
from tests.conftest import SHARED
from tests.standards.test_case import TOP, item, key, package

FOLDER = SHARED / "interop" / "schemas" / "case" / "v1_1"
SERVICE = description("http://localhost/ims/case/v1p1")
PUBLISHED = {
    name: name.lower() for name in ("CFDocument", "CFItem", "CFAssociation", "CFPackage", "CFRubric", "CFLicense")
}
PUBLISHED |= {f"{name}Set": f"{name.lower()}set" for name in ("CFDocument", "CFConcept", "CFSubject", "CFItemType")}
PUBLISHED |= {"CFAssociationSet": "cfassociationset", "CFAssociationGrouping": "cfassociationgrouping"}
PUBLISHED |= {"imsx_StatusInfo": "imsx_statusinfo"}


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    with in_district(found.district.id):
        keep(found["Dana"])
    yield found
    found.close()


@pytest.fixture(scope="module")
def reader(cast: Cast) -> Program:
    return program_of(cast["Dana"], SCOPE)


def faults(name: str, body: Any) -> list[str]:
    """What our description says against a body."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": SERVICE["components"]}
    return [
        error.message for error in jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(body)
    ]


def published_faults(name: str, body: Any) -> list[str]:
    schema = json.loads((FOLDER / f"case_v1p1_{PUBLISHED[name]}-jsonschema1.json").read_text())
    return [
        error.message for error in jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(body)
    ]


def every(reader: Program) -> dict[str, tuple[str, Answer]]:
    """Operation -> the name of its schema and an answer."""
    return {
        each.name: (schema_of(each), reader.get(f"{ROOT}/{each.path.format(KINDS.get(each.kind))}"))
        for each in OPERATIONS
    }


def test_every_operation_answers_as_it_is_described(reader: Program) -> None:
    found = every(reader)
    assert len(found) == 12
    for name, (schema, answer) in found.items():
        assert answer.status == 200, (name, answer.content)
        assert faults(schema, answer.json()) == [], name
    body = {name: answer.json() for name, (_schema, answer) in found.items()}
    assert body["getCFItem"]["fullStatement"] == "Divide large numbers."
    assert body["getCFItem"]["CFDocumentURI"]["uri"] == f"http://localhost{ROOT}/CFDocuments/{TOP}"
    assert body["getCFItem"]["CFItemTypeURI"]["uri"] == f"http://localhost{ROOT}/CFItemTypes/{key(22)}"
    assert [each["identifier"] for each in body["getCFConcept"]["CFConcepts"]] == [key(20), key(25)]
    assert {each["identifier"] for each in body["getCFItemAssociations"]["CFAssociations"]} == {key(11), key(12)}
    assert body["getCFRubric"]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]["score"] == 2.5
    assert {name: len(rows) for name, rows in body["getCFPackage"].items() if isinstance(rows, list)} == {
        "CFItems": 2, "CFAssociations": 2, "CFRubrics": 1,
    }  # fmt: skip


@pytest.mark.shared
def test_every_operation_answers_as_it_is_published(reader: Program) -> None:
    for name, (schema, answer) in every(reader).items():
        assert published_faults(schema, answer.json()) == [], name
    assert published_faults("imsx_StatusInfo", reader.get(f"{ROOT}/CFItems/{key(99)}").json()) == []


def test_who_may_read_what(cast: Cast, reader: Program) -> None:
    """Open frameworks are everybody's, the others are for programs that may; another district's are nobody's."""
    other = make_cast(curriculum=False)
    stranger, mine = program_of(other["Dana"], SCOPE), f"/open/{cast.district.id}{ROOT}"
    item_of, nobody = f"{ROOT}/CFItems/{key(1)}", Program()
    assert nobody.get(item_of).status == 401, "several districts live here"
    assert nobody.get(f"{mine}/CFItems/{key(1)}").status == 404
    assert nobody.get(f"{mine}/CFDocuments").status == 401
    assert stranger.get(item_of).status == 404 and stranger.get(f"{ROOT}/CFDocuments").status == 404
    assert stranger.get(f"{mine}/CFDocuments").status == 403
    assert program_of(cast["Dana"], "case.other").get(item_of).status == 403
    refused = Program("hwp1.x.y").get(item_of)
    assert refused.status == 401 and "invalid_token" in refused.headers["www-authenticate"]
    with in_district(cast.district.id):
        assert open_to_all(framework=TOP, to_all=True)
    assert nobody.get(f"{mine}/CFItems/{key(1)}").json()["uri"] == f"http://localhost{mine}/CFItems/{key(1)}"
    assert [each["title"] for each in nobody.get(f"{mine}/CFDocuments").json()["CFDocuments"]] == ["Mathematics"]
    with in_district(cast.district.id):
        assert open_to_all(framework=TOP, to_all=False)
    assert nobody.get(f"{mine}/CFPackages/{TOP}").status == 404 and reader.get(f"{ROOT}/CFPackages/{TOP}").status == 200
    other.close()


def test_a_withdrawn_framework_is_not_answered_for(cast: Cast, reader: Program) -> None:
    with in_district(cast.district.id) as unit:
        assert withdraw(framework=TOP, now=1.0)
        unit.roll_back()
    assert reader.get(f"{ROOT}/CFItems/{key(2)}").status == 200
    with in_district(cast.district.id):
        withdraw(framework=TOP, now=1.0)
    assert reader.get(f"{ROOT}/CFItems/{key(2)}").status == 404
    with in_district(cast.district.id):
        keep(cast["Dana"])
    assert reader.get(f"{ROOT}/CFItems/{key(2)}").status == 200, "an import brings it back"


def test_lists_by_page_order_filter_and_fields(cast: Cast) -> None:
    with in_district(cast.district.id):
        for n, title in ((71, "Art"), (72, "Biology")):
            body = package([item(n * 100)], [])
            body["CFDocument"] |= {"identifier": key(n), "title": title, "subject": [title], "version": str(n)}
            keep(cast["Dana"], body)
    reader = program_of(cast["Dana"], SCOPE)

    def titles(**query: Any) -> list[str]:
        answer = reader.get(f"{ROOT}/CFDocuments", **query)
        return (
            [each["title"] for each in answer.json()["CFDocuments"]] if answer.status == 200 else [str(answer.status)]
        )

    assert titles() == ["Mathematics", "Art", "Biology"]
    assert titles(sort="title") == ["Art", "Biology", "Mathematics"]
    assert titles(sort="title", orderBy="desc", limit=2) == ["Mathematics", "Biology"]
    assert titles(sort="title", limit=1, offset=1) == ["Biology"]
    assert titles(offset=3) == ["404"], "the standard has no empty set"
    assert titles(filter="title='Art'") == ["Art"]
    assert titles(filter="title~'MATH' OR subject='Art' AND version='71'", sort="title") == ["Art", "Mathematics"]
    assert titles(filter="subject!='Art' AND lastChangeDateTime>='2026-09-01'", sort="title") == [
        "Biology",
        "Mathematics",
    ]
    assert titles(filter="version>'2026'", sort="title") == ["Art", "Biology"]
    page = reader.get(f"{ROOT}/CFDocuments", sort="title", limit=1, offset=1, fields="title,identifier")
    assert page.json() == {"CFDocuments": [{"title": "Biology", "identifier": key(72)}]}
    assert page.headers["x-total-count"] == "3" and page.headers["link"].count("rel=") == 4


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"CFItems/{key(77)}", 404, "unknownobject"), ("CFItems/7b", 404, "invalid_uuid"),
        ("CFItems/%00", 404, "invalid_uuid"), (f"CFItems/{TOP}", 404, "unknownobject"), ("CFNothing", 404, "unknownobject"),
        (f"CFItems/{key(1)}/associations", 404, "unknownobject"), ("CFDocuments?sort=licenseURI", 400, "invalid_sort_field"),
        ("CFDocuments?fields=secret", 400, "invalid_selection_field"), ("CFDocuments?orderBy=up", 400, "invalid_sort_field"),
        ("CFDocuments?limit=0", 400, "invalid_selection_field"), ("CFDocuments?filter=title", 400, "invalid_selection_field"),
        ("CFDocuments?filter=extensions%3D'x'", 400, "invalid_selection_field"),
        ("CFDocuments?filter=lastChangeDateTime%3E'soon'", 400, "invalid_selection_field"),
    ],
)  # fmt: skip
def test_what_is_not_there_and_what_cannot_be_asked(reader: Program, path: str, status: int, code: str) -> None:
    where, _, query = path.partition("?")
    answer = reader.get(f"{ROOT}/{where}", **dict(parse_qsl(query)))
    (field,) = answer.json()["imsx_codeMinor"]["imsx_codeMinorField"]
    assert (answer.status, field["imsx_codeMinorFieldValue"]) == (status, code), answer.content
    assert faults("imsx_StatusInfo", answer.json()) == []


def test_it_is_read_only_and_describes_itself(cast: Cast, reader: Program) -> None:
    assert reader.ask("DELETE", f"{ROOT}/CFItems/{key(1)}").status == 405
    assert reader.ask("GET", f"{ROOT}/CFItems/{key(1)}", accept="text/html").status == 406
    assert reader.ask("GET", f"{ROOT}/CFItems/{key(1)}", host="evil.example").status == 400
    head = reader.ask("HEAD", f"{ROOT}/CFItems/{key(1)}")
    assert head.status == 200 and head.content == b"" and int(head.headers["content-length"]) > 100
    mine = f"/open/{cast.district.id}{ROOT}"
    said = Program().get(f"{mine}/{DESCRIPTION}").json()
    assert said["servers"] == [{"url": f"http://localhost{mine}"}] and len(said["paths"]) == 13
    assert set(said["paths"]) >= {f"/{each.path.format('{sourcedId}')}" for each in OPERATIONS}


def test_half_a_character_never_gets_in() -> None:
    """Half of a pair of surrogates is no UTF-8: it would break every answer that holds it."""
    body = whole()
    body["CFItems"][0] |= {"notes": "\ud800", "extensions": {"a": ["\udfff"]}}
    framework, report = read_package(json.dumps(body).encode(), "p.json")
    assert report.by_kind() == {"wrong-value": 2} and "notes" not in framework.items[0]
    json.dumps(framework.items, ensure_ascii=False).encode()
