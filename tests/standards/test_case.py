"""CASE: packages as servers really send them, round trips, and what is no package."""

from __future__ import annotations

import gzip
import json
import uuid
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.skills import SkillGraph
from headway.standards.case import Framework, framework_of, match, read_package, unmatched, write_package
from headway.standards.errors import ImportProblem
from headway.standards.graph import shipped_crosswalk, shipped_graph
from tests.standards.shared import SHARED, needs_shared

HERE = SHARED / "content" / "standards"
SCHEMA = SHARED / "interop" / "schemas" / "case" / "v1_1" / "case_v1p1_cfpackage-jsonschema1.json"
TOP = "00000000-0000-4000-8000-000000000000"


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def item(number: int, words: str = "", **more: object) -> dict[str, Any]:
    return {
        "identifier": key(number), "uri": f"urn:uuid:{key(number)}", "fullStatement": words or f"Do {number}.",
        "lastChangeDateTime": "2026-09-01T00:00:00+00:00", **more,
    }  # fmt: skip


def node(identifier: str, uri: str = "") -> dict[str, Any]:
    return {"title": "x", "identifier": identifier, "uri": uri or f"urn:uuid:{identifier}"}


def link(number: int, kind: str, origin: str, destination: dict[str, Any], **more: object) -> dict[str, Any]:
    return item(number) | {
        "associationType": kind,
        "originNodeURI": node(origin),
        "destinationNodeURI": destination,
        **more,
    }


def package(items: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, Any]:
    for row in links:
        row.pop("fullStatement", None)
    document = {
        "identifier": TOP,
        "uri": "urn:x",
        "creator": "State",
        "title": "Mathematics",
        "lastChangeDateTime": "2026-09-01",
    }
    return {"CFDocument": document, "CFItems": items, "CFAssociations": links}


def read(body: object) -> tuple[Framework, dict[str, int]]:
    framework, report = read_package(json.dumps(body).encode(), "p.json")
    return framework, report.by_kind()


def faults(body: dict[str, Any]) -> list[str]:
    """What 1EdTech's JSON schema says against a package."""
    return [error.message for error in jsonschema_rs.validator_for(json.loads(SCHEMA.read_text())).iter_errors(body)]


@needs_shared
def test_real_packages_and_their_counts() -> None:
    """The README's counts; one association of the specification stands there twice under the same identifier."""
    counts = {}
    for path in sorted((HERE / "case-smarter-balanced").glob("*.gz")):
        framework, report = read_package(gzip.decompress(path.read_bytes()), path.name)
        counts[path.name.split(".")[0]] = (report.count("items"), report.count("associations"), report.by_kind())
        again, nothing = read_package(json.dumps(write_package(framework)).encode(), "again")
        assert again == framework and nothing.defects == ()
    assert faults(write_package(framework)) == []
    assert counts == {
        "sbac-g3-math-item-spec-c1-ta": (73, 101, {}),
        "sbac-g3-math-item-spec-c1-th": (48, 67, {}),
        "sbac-hs-math-claim2": (207, 351, {}),
        "sbac-hs-math-item-spec-c1-th": (86, 126, {}),
        "sbac-math-content-specification": (585, 3367, {"twice": 1}),
    }
    matches = match(framework, shipped_graph(), shipped_crosswalk())
    assert len(matches) == len({each.skill for each in matches}) == 213
    codes = {standard.identifier: standard.code for standard in framework.standards}
    for each in matches:
        assert codes[each.identifier].replace(".", "").endswith(each.skill.replace(".", ""))


def test_our_skills_as_a_package() -> None:
    graph, district = shipped_graph(), uuid.UUID(int=7)
    ours = framework_of(graph, district=district, creator="Maple", title="Maple: skills", at=1_790_000_000.0)
    body = write_package(ours)
    again, report = read_package(json.dumps(body).encode(), "ours.json")
    assert again == ours and report.defects == ()
    assert [standard.code for standard in again.standards] == [skill.id for skill in graph.skills]
    assert (report.count("precedes"), report.count("isRelatedTo")) == (len(graph.prerequisites), len(graph.related))
    found = {(each.identifier, each.skill) for each in match(again, graph, {})}
    assert found == {(s.identifier, s.code) for s in again.standards}, "each is its own by its exact match"
    if SCHEMA.exists():
        assert faults(body) == []


def test_matches_by_identifier_crosswalk_and_word_of_the_package_only() -> None:
    graph = shipped_graph()
    skill = {each.id: each for each in graph.skills}
    case, state = next((c, row[0]) for c, rows in shipped_crosswalk().items() for row in rows if row[2] < 1.0)
    partly = next(each.id for each in graph.skills if case in each.case_ids)
    own = item(1) | {"identifier": skill["3.NF.A.1"].case_ids[0]}
    crossed = item(2) | {"identifier": state}
    body = package(
        [
            own,
            crossed,
            item(3),
            item(4, humanCodingScheme="6.RP.A.3.a"),
            item(5, "Understand a unit fraction as one part."),
            item(6),
        ],
        [
            link(13, "exactMatchOf", key(3), node("outside", "urn:some:CCSS-M:6.RP.A.3a")),
            link(14, "isRelatedTo", key(6), node("outside", "urn:some:CCSS-M:6.NS.A.1")),
        ],
    )
    framework, losses = read(body)
    assert losses == {}
    matches = {(m.identifier, m.skill): m for m in match(framework, graph, shipped_crosswalk())}
    assert set(matches) == {(own["identifier"], "3.NF.A.1"), (state, partly), (key(3), "6.RP.A.3.a")}
    assert matches[state, partly].how == "crosswalk" and 0.0 < matches[state, partly].share < 1.0
    skills, suggestions = unmatched(framework, graph, list(matches.values()))
    assert {each.id for each in skills} == {key(4), key(5), key(6)}
    assert [s.target for s in suggestions if s.skill == key(4)] == ["6.RP.A.3.a"]
    assert "3.NF.A.1" in [s.target for s in suggestions if s.skill == key(5)]


def test_order_of_the_tree_circles_and_what_cannot_be_kept() -> None:
    top = node(TOP)
    body = package(
        [item(1), item(2), item(3), item(4), item(5), item(6, ""), {"fullStatement": "No identifier."}, item(1, "Again.")],
        [
            link(11, "isChildOf", key(1), top, sequenceNumber=2),
            link(12, "isChildOf", key(2), top, sequenceNumber=1),
            link(13, "isChildOf", key(3), node(key(2))),
            link(14, "isChildOf", key(4), node(key(5))),
            link(15, "isChildOf", key(5), node(key(4))),
            link(16, "looksLike", key(1), top),
            link(17, "isChildOf", key(6), top, sequenceNumber="third"),
        ],
    )  # fmt: skip
    body["CFItems"][5]["fullStatement"] = ""
    body["CFItems"][0] |= {"statusEndDate": "someday", "CFDocumentURI": {}, "educationLevel": "03"}
    framework, losses = read(body)
    assert [each.identifier for each in framework.standards] == [key(2), key(3), key(1), key(4), key(5)]
    assert framework.standards[1].parent == key(2) and framework.standards[3].parent == ""
    assert framework.standards[2].grades == ("03",)
    assert losses == {"wrong-value": 3, "missing": 2, "no-identifier": 1, "twice": 1}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "JSON"), (b"[" * 100_000, "deep"), (b"[]", "no package"), (b"{}", "CFDocument"), (b"\xff\xfe", "JSON"),
        (b'{"CFDocument":{"identifier":"x"}}', "CFDocument"), (b" " * (64 * 1024 * 1024 + 1), "limit"),
        (json.dumps({"CFDocument": {"identifier": TOP}, "CFItems": {}}).encode(), "list"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(ImportProblem, match=said) as refusal:
        read_package(data, "p.json")
    assert "CFPackage" in refusal.value.how


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2)
)
known = st.sampled_from(
    ["identifier", "uri", "fullStatement", "educationLevel", "CFItemTypeURI", "extensions", "sequenceNumber", "odd"]
)


@given(
    st.lists(st.dictionaries(known, values | st.just(key(1)) | st.just({"identifier": key(2)}), max_size=5), max_size=4)
)
def test_whatever_stands_there_what_is_kept_reads_back_the_same(rows: list[dict[str, Any]]) -> None:
    framework, _losses = read({"CFDocument": {"identifier": TOP}, "CFItems": rows, "CFAssociations": rows})
    again, losses = read(write_package(framework))
    assert again == framework and losses == {}
    assert match(framework, SkillGraph((), ()), {}) == ()
