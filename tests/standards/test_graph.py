"""The graph that ships, and the translation it was made by."""

import gzip
import json
import re
from collections import Counter
from graphlib import TopologicalSorter

import pytest

from headway.standards.errors import ImportProblem
from headway.standards.extract import encode
from headway.standards.graph import CCSS_NOTICE, attributions, shipped_crosswalk, shipped_extract, shipped_graph
from headway.standards.jsonl import LIMIT, pack, unpack
from headway.standards.learning_commons import read_crosswalk, read_extract, read_standards
from headway.standards.skills import plain
from headway.standards.titles import TITLE_LENGTH, shipped_titles
from tests.standards.shared import SHARED, needs_shared


def test_the_graph_has_every_standard_and_edge() -> None:
    graph = shipped_graph()
    assert (len(graph.skills), len(graph.prerequisites), len(graph.related)) == (480, 757, 142)
    ids = {skill.id for skill in graph.skills}
    assert len(ids) == 480
    assert {end for edge in graph.prerequisites + graph.related for end in edge} <= ids
    grades = Counter(skill.grade for skill in graph.skills)
    assert grades["A1"] == 69
    assert {"K", "1", "2", "3", "4", "5", "6", "7", "8", "A1", "HS"} == set(grades)


def test_one_skill_in_full() -> None:
    skill = next(skill for skill in shipped_graph().skills if skill.id == "6.EE.B.7")
    assert skill.title == "One-step equations"
    assert skill.description.startswith("Solve real-world and mathematical problems by writing and solving equations")
    assert "$$px = q$$" in skill.description
    assert (skill.subject, skill.grade, skill.domain, skill.major) == (
        "mathematics",
        "6",
        "Expressions and equations",
        True,
    )
    assert skill.case_ids == ("6ba05715-d7cc-11e8-824f-0242ac160002",)


def test_prerequisites_run_in_no_circle_and_never_down_a_grade() -> None:
    graph = shipped_graph()
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for earlier, later in graph.prerequisites:
        sorter.add(later, earlier)
    assert len(list(sorter.static_order())) == 396
    years = {"K": 0, "A1": 9, "HS": 9, **{str(n): n for n in range(1, 9)}}
    grade = {skill.id: years[skill.grade] for skill in graph.skills}
    assert [edge for edge in graph.prerequisites if grade[edge[0]] > grade[edge[1]]] == []


def test_titles_are_short_distinct_plain_and_complete() -> None:
    titles = shipped_titles()
    assert set(titles) == {skill.id for skill in shipped_graph().skills}
    assert len({title.lower() for title in titles.values()}) == 480
    for code, title in titles.items():
        assert 3 <= len(title) <= TITLE_LENGTH, code
        assert title == title.strip()
        assert title[0].isupper() or title[0].isdigit(), code
        assert not title.endswith("."), code


def test_case_identifiers_are_distinct_and_the_crosswalk_hangs_on_them() -> None:
    cases = [case_id for skill in shipped_graph().skills for case_id in skill.case_ids]
    assert len(set(cases)) == 480
    crosswalk = shipped_crosswalk()
    assert set(crosswalk) == set(cases)
    assert sum(map(len, crosswalk.values())) == 561
    assert ("HSG.SRT.C.8.1", 0.5) in {(code, overlap) for rows in crosswalk.values() for _, code, overlap in rows}
    assert all(0 < overlap <= 1 for rows in crosswalk.values() for _, _, overlap in rows)


def test_every_part_of_the_data_says_whose_it_is() -> None:
    parts = {name.strip() for source in attributions() for name in source["part"].split(",")}
    assert parts == {"standards", "prerequisites", "related", "crosswalk", "major", "words of the standards"}
    assert all(source["licence"] and source["attribution"] and source["url"] for source in attributions())
    assert CCSS_NOTICE in {source["attribution"] for source in attributions()}


@pytest.mark.shared
@needs_shared
def test_the_shipped_files_are_what_the_sources_give() -> None:
    folder = SHARED / "content" / "standards"
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    graph, report = read_standards(files)
    assert graph == shipped_graph()
    assert read_crosswalk(files) == shipped_crosswalk()
    assert dict(report.counts) == {"skills": 480, "prerequisites": 757, "related": 142, "crosswalk": 561}
    assert report.by_kind() == {"standard-left-out": 117, "alignment-outside": 30, "file-not-used": 17}
    extract, _ = read_extract(files)
    assert extract == shipped_extract()
    assert pack(encode(extract)) == pack(encode(shipped_extract()))


def node(code: str, identifier: str) -> dict[str, object]:
    properties = {
        "jurisdiction": "Multi-State",
        "normalizedStatementType": "Standard",
        "statementCode": code,
        "caseIdentifierUUID": f"case-{identifier}",
        "description": f"Understand what {code} is about, for which there are many good words to read.",
    }
    return {"type": "node", "identifier": identifier, "labels": ["StandardsFrameworkItem"], "properties": properties}


def edge(label: str, source: str, target: str) -> dict[str, object]:
    return {
        "type": "relationship",
        "label": label,
        "source_identifier": source,
        "target_identifier": target,
        "properties": {"jaccard": "0.25"},
    }


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def test_a_small_download_without_map_or_titles_still_makes_a_graph() -> None:
    data = lines(
        node("6.XX.A.1", "a"), node("6.XX.A.2", "b"), edge("buildsTowards", "a", "b"), edge("relatesTo", "b", "?")
    )
    graph, report = read_standards({"kg.jsonl": data})
    assert graph.prerequisites == (("6.XX.A.1", "6.XX.A.2"),)
    assert graph.skills[0].title == "Understand what 6.XX.A.1 is about, for…"
    assert set(report.by_kind()) == {"no-title", "no-map", "no-course", "edge-outside"}


CIRCLE = lines(node("6.A", "a"), node("6.B", "b"), edge("buildsTowards", "a", "b"), edge("buildsTowards", "b", "a"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.jsonl", b"{not json", "a.jsonl, line 1: It is not JSON"),
        ("a.jsonl", b'[1, 2]', "It is not a JSON object"),
        ("a.jsonl", b'{"type": "node", "labels": 3}', "'labels' is not a list of texts"),
        ("a.jsonl.gz", b"\x1f\x8bnonsense", "The gzip file is damaged"),
        ("a.jsonl.gz", pack({"a": "b"})[:-9], "ends too early"),
        ("readme.txt", b"hello", "There are no standards in these files."),
        ("c.jsonl", CIRCLE, "Prerequisites run in a circle"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_way_out(name: str, data: bytes, says: str) -> None:
    with pytest.raises(ImportProblem, match=re.escape(says)) as caught:
        read_standards({name: data})
    assert caught.value.how.endswith(".")


def test_a_file_that_unpacks_without_end_is_stopped() -> None:
    with pytest.raises(ImportProblem, match="more than 256 MB"):
        unpack("bomb.jsonl.gz", gzip.compress(bytes(LIMIT + 1), 9))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*For example*, $x + 1$ is more.", "For example, $$x + 1$$ is more."),
        ("a raise of $25 an hour, or $2.50 more", "a raise of $25 an hour, or $2.50 more"),
        ("pays $50, so $\\frac{1}{2}$ of it", "pays $50, so $$\\frac{1}{2}$$ of it"),
        ("using $ and ¢ signs", "using $ and ¢ signs"),
    ],
)
def test_publishers_marks_become_ours(written: str, shown: str) -> None:
    assert plain(written) == shown
