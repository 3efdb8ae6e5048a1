"""Every rule of a statement's form, by the number of its requirement, in both versions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.statements import VERSIONS, check_statement
from tests.standards.xapi.said import ANA, DROP, changed, statement

BOTH, ONLY_2, NONE = "both", "2.0", "none"
ACCOUNT = {"homePage": "http://example.org", "name": "ana"}
SHA1 = "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"
GROUP = {"objectType": "Group", "member": [ANA]}
TEAM = {"objectType": "Group", "name": "Team", **ANA}
SUB = {
    "objectType": "SubStatement",
    "actor": ANA,
    "verb": {"id": "http://example.org/v"},
    "object": {"id": "http://example.org/o"},
}
REF = {"objectType": "StatementRef", "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"}
PART = {"objectType": "SubStatement"}
FILE = {
    "usageType": "http://example.org/u",
    "display": {"en": "x"},
    "contentType": "text/plain; charset=ascii",
    "length": 27,
    "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
    "fileUrl": "http://example.org/f",
}
CONTEXT_AGENT = {"objectType": "contextAgent", "agent": ANA, "relevantTypes": ["http://example.org/t"]}
CONTEXT_GROUP = {"objectType": "contextGroup", "group": TEAM}
EMPTY: tuple[Any, ...] = (None, "", {})
LONG = "AA97B177-9383-4934-8543-0F91A7A028368"

RULES: list[tuple[str, str, Any, str]] = [
    # 2.2 formatting requirements: XAPI-00001 to XAPI-00014
    *[("XAPI-00001", path, None, NONE) for path in (
        "actor/name", "verb/display/en-US", "context/registration", "object/definition/moreInfo", "result", "timestamp")],
    *[("XAPI-00001", f"{where}/extensions", {"http://example.org/e": value}, BOTH)
      for where in ("object/definition", "result", "context") for value in EMPTY],
    *[("XAPI-00003 to 5", path, DROP, NONE) for path in ("actor", "verb", "object")],
    *[("XAPI-00006", path, value, NONE) for path, value in (
        ("result/score/max", "100"), ("result/score/raw", True), ("result/success", "true"), ("result/completion", 1),
        ("result/response", 4), ("actor", "ana"), ("verb", []), ("object", "x"), ("context", []), ("result", "4"))],
    *[("XAPI-00007", path, value, NONE) for path, value in (
        ("id", 12345), ("id", LONG), ("id", "MA97B177-9383-4934-8543-0F91A7A02836"), ("id", ""), ("verb/id", "should fail"),
        ("object/id", ""), ("object/id", "no-scheme"), ("object/definition/type", "should fail"), ("actor/name", 3),
        ("context/registration", LONG), ("context/contextActivities/parent", {"id": "x y"}))],
    ("XAPI-00007", "id", "AA97B177-9383-4934-8543-0F91A7A02836", BOTH),
    *[("XAPI-00008", path, "x", NONE) for path in (
        "Actor", "verb/Id", "object/definition/Name", "result/Success", "result/score/Scaled", "context/Platform", "dummy")],
    *[("XAPI-00009", path, value, NONE) for path, value in (
        ("actor/objectType", "agent"), ("object/objectType", "activity"), ("object/definition/interactionType", "Numeric"),
        ("object/objectType", ["Activity"]), ("object/definition/interactionType", "essay"))],
    *[("XAPI-00013", path, {tag: "x"}, verdict) for path in ("verb/display", "object/definition/name") for tag, verdict in (
        ("de", BOTH), ("de-DE", BOTH), ("zh-Hant", BOTH), ("sr-Latn-RS", BOTH), ("cmn", BOTH), ("es-419", BOTH),
        ("i-klingon", BOTH), ("x-home", BOTH), ("something", NONE), ("zh-z-aaa-z-bbb-c-ccc", NONE), ("", NONE), ("e", NONE))],
    ("XAPI-00013", "context/language", "something", NONE),
    ("XAPI-00013", "context/language", "sl-rozaj-biske", BOTH),
    # 2.3.2 voiding: XAPI-00017
    ("XAPI-00017", "verb", {"id": "http://adlnet.gov/expapi/verbs/voided"}, NONE),
    # 2.4.2 actor: XAPI-00029 to XAPI-00044
    *[("XAPI-00031", "actor", {name: value}, BOTH) for name, value in (
        ("mbox", ANA["mbox"]), ("mbox_sha1sum", SHA1), ("openid", "http://ana.example.org"), ("account", ACCOUNT))],
    *[("XAPI-00038", "actor", {name: value}, NONE) for name, value in (
        ("mbox", "ana@example.org"), ("mbox", "mailto:should fail"), ("mbox", 1), ("mbox_sha1sum", SHA1[1:]), ("openid", "x"),
        ("account", {"name": "ana"}), ("account", {"homePage": "http://example.org"}), ("account", {**ACCOUNT, "name": 1}),
        ("account", {**ACCOUNT, "homePage": "x"}), ("account", {**ACCOUNT, "more": "x"}))],
    ("XAPI-00040", "actor", {**ANA, "account": ACCOUNT}, NONE),
    ("XAPI-00039", "actor", {"name": "nobody"}, NONE),
    ("XAPI-00041", "actor", {**ANA, "member": [ANA]}, NONE),
    ("XAPI-00032", "actor", GROUP, BOTH),
    ("XAPI-00033", "actor", {"objectType": "Group", "member": []}, NONE),
    ("XAPI-00033", "actor", {"objectType": "Group"}, NONE),
    ("XAPI-00034", "actor", TEAM, BOTH),
    ("XAPI-00035", "actor", {**TEAM, "openid": "http://team.example.org"}, NONE),
    ("XAPI-00036", "actor", {"objectType": "Group", "member": [GROUP]}, NONE),
    ("XAPI-00036", "actor", {**TEAM, "member": ANA}, NONE),
    # 2.4.4 object: XAPI-00046 to XAPI-00074
    *[("XAPI-00046", "object/objectType", kind, NONE) for kind in ("Person", "notvalid", None)],
    *[("XAPI-00052", "object/definition/interactionType", kind, BOTH) for kind in (
        "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "other")],
    *[("XAPI-00055", f"object/definition/{name}", [{"id": "a", "description": {"en": "A"}}, {"id": "b"}], BOTH)
      for name in ("choices", "scale", "source", "target", "steps")],
    *[("XAPI-00057", "object/definition/choices", value, NONE) for value in (
        [{"id": "a"}, {"id": "a"}], [{"description": {"en": "A"}}], "a", [1], [{"id": "a", "description": "A"}],
        [{"id": "a", "description": {"something": "A"}}])],
    ("XAPI-00058", "object/definition/correctResponsesPattern", "4", NONE),
    ("XAPI-00064", "object/definition/interactionType", DROP, NONE),
    ("XAPI-00051", "object/definition/moreInfo", "should fail", NONE),
    ("XAPI-00053", "object/definition/extensions", {"no-scheme": 1}, NONE),
    ("XAPI-00065", "object", ANA, NONE),
    ("XAPI-00066", "object", {**SUB, "object": SUB}, NONE),
    *[("XAPI-00068 to 71", "object", {**SUB, name: value}, NONE) for name, value in (
        ("id", "AA97B177-9383-4934-8543-0F91A7A02836"), ("stored", "2026-11-22T10:15:00Z"), ("version", "1.0.0"),
        ("authority", ANA))],
    ("XAPI-00067", "object", {**SUB, "verb": {"id": "x"}}, NONE),
    ("XAPI-00072", "object", {"objectType": "StatementRef"}, NONE),
    ("XAPI-00073", "object", {**REF, "id": LONG}, NONE),
    ("XAPI-00073", "object", {**REF, "name": "x"}, NONE),
    # 2.4.5 result: XAPI-00075 to XAPI-00084
    *[("XAPI-00080", "result/score/scaled", value, verdict) for value, verdict in (
        (1, BOTH), (-1, BOTH), (0, BOTH), (1.01, NONE), (-1.5, NONE), ("0.5", NONE))],
    *[("XAPI-00081", "result/score", {"raw": raw, "min": 0, "max": 10}, verdict) for raw, verdict in (
        (0, BOTH), (10, BOTH), (-1, NONE), (10.5, NONE))],
    ("XAPI-00082", "result/score", {"min": 10, "max": 1}, NONE),
    ("XAPI-00083", "result/score", {"min": 1, "max": 1}, NONE),
    # 2.4.6 context: XAPI-00085 to XAPI-00097
    ("XAPI-00085", "context/instructor", GROUP, BOTH),
    ("XAPI-00086", "context/team", ANA, NONE),
    ("XAPI-00087", "context/statement", {"id": REF["id"]}, NONE),
    ("XAPI-00088", "context/contextActivities", {"parent": [{"id": "http://example.org/a"}, {"id": "x"}]}, NONE),
    ("XAPI-00089", "context/contextActivities", {"mother": {"id": "http://example.org/a"}}, NONE),
    ("XAPI-00090", "context/contextActivities", {"grouping": "http://example.org/a"}, NONE),
    ("2.0 4.2.2.5", "context/contextAgents", [CONTEXT_AGENT], ONLY_2),
    ("2.0 4.2.2.5", "context/contextGroups", [CONTEXT_GROUP], ONLY_2),
    *[("2.0 4.2.2.5", "context/contextAgents", [{**CONTEXT_AGENT, name: value}], NONE) for name, value in (
        ("objectType", "Agent"), ("agent", {"key": "x"}), ("agent", TEAM), ("relevantTypes", []), ("relevantTypes", ["abc"]),
        ("member", [ANA]))],
    *[("2.0 4.2.2.5", "context/contextGroups", [{**CONTEXT_GROUP, name: value}], NONE) for name, value in (
        ("objectType", "Group"), ("group", {"key": "x"}), ("group", ANA), ("relevantTypes", []), ("relevantTypes", "x"))],
    ("2.0 4.2.2.5", "context/contextAgents", CONTEXT_AGENT, NONE),
    # 2.4.7 to 2.4.11: timestamp, stored, authority, version, attachments
    *[("XAPI-00022, XAPI-00123", "timestamp", value, verdict) for value, verdict in (
        ("2026-11-22T10:15:00.000Z", BOTH), ("2031-11-22T10:15:00Z", BOTH), ("2008-09-15 15:53:00.601+00:00", BOTH),
        ("2026-11-22T10:15:00.123456789-05:00", BOTH), ("20261122T101500Z", BOTH), ("2016-12-31T23:59:60Z", BOTH),
        ("01/011/2015", NONE), ("should fail", NONE), ("2026-02-30T10:15:00Z", NONE), ("2026-11-22T25:00:00Z", NONE),
        ("2008-09-15T15:53:00.601-00", NONE), ("2008-09-15T15:53:00.601-0000", NONE),
        ("2008-09-15T15:53:00.601-00:00", NONE), (1_790_000_000, NONE))],
    ("XAPI-00023", "stored", "should fail", NONE),
    *[("XAPI-00024, XAPI-00098", "authority", value, verdict) for value, verdict in (
        (ANA, BOTH), ({"objectType": "Group", "member": [ANA, {"account": ACCOUNT}]}, BOTH), (GROUP, NONE), (TEAM, NONE),
        ({"objectType": "Group", "member": [ANA, ANA, {"account": ACCOUNT}]}, NONE), ("ana", NONE),
        ({**TEAM, "member": [ANA, {"account": ACCOUNT}]}, NONE))],
    *[("XAPI-00101", "version", value, verdict) for value, verdict in (
        ("1.0", BOTH), ("1.0.9", BOTH), ("2.0.0", ONLY_2), ("0.9.9", NONE), ("1.1.0", NONE), ("should fail", NONE))],
    ("XAPI-00025", "attachments", [FILE], BOTH),
    ("XAPI-00025", "attachments", FILE, NONE),
    *[("XAPI-00102 to 107", "attachments", [{**FILE, name: value}], NONE) for name, value in (
        ("usageType", "should fail"), ("contentType", 12345), ("length", "27"), ("length", -1), ("sha2", 12345), ("sha2", "no"),
        ("fileUrl", "should fail"), ("display", "x"), ("description", 1), ("description", {"something": "x"}))],
    *[("XAPI-00102 to 107", "attachments", [{n: v for n, v in FILE.items() if n != name}], NONE)
      for name in ("usageType", "contentType", "length", "sha2", "display")],
    # 4.6 durations
    *[("XAPI-00124", "result/duration", value, verdict) for value, verdict in (
        ("PT1H0M0.1S", BOTH), ("PT4H35M59.14S", BOTH), ("P3Y1M29DT4H35M59.14S", BOTH), ("P3Y", BOTH), ("P4W", BOTH),
        ("P4W1D", NONE), ("PA1H0M0S", NONE), ("should fail", NONE), ("P", NONE), ("PT", NONE), ("P1DT", NONE),
        ("PT1.5H3M", NONE), ("P0003-06-04T12:30:05", NONE), (12345, NONE))],
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "value", "verdict"), RULES)
def test_a_statement_is_taken_or_refused_by_the_rule(rule: str, path: str, value: Any, verdict: str) -> None:
    for version in VERSIONS:
        said = changed(path, value)
        if verdict == BOTH or (verdict == ONLY_2 and version == "2.0.0"):
            assert check_statement(said, version) is said, rule
            continue
        with pytest.raises(Invalid) as refused:
            check_statement(said, version)
        assert refused.value.status == 400
        named = re.split(r"[.[ ]", refused.value.where)[0]
        assert named == ("object" if rule == "XAPI-00017" else path.split("/")[0]), str(refused.value)


def test_a_sub_statement_is_held_to_the_same_rules() -> None:
    inside = [each for each in RULES if each[1].split("/")[0] in ("actor", "verb", "result", "context", "timestamp")]
    for rule, path, value, verdict in inside:
        if rule == "XAPI-00017" or verdict == ONLY_2:
            continue
        said = {"actor": ANA, "verb": {"id": "http://example.org/v"}, "object": {**changed(path, value), **PART}}
        if verdict == BOTH:
            check_statement(said, "1.0.3")
            continue
        with pytest.raises(Invalid, match=r"object\."):
            check_statement(said, "2.0.0")


@pytest.mark.parametrize("thing", [{"objectType": "Agent", **ANA}, TEAM, REF, SUB])
def test_revision_and_platform_belong_to_activities(thing: dict[str, Any]) -> None:
    """XAPI-00091 and XAPI-00092."""
    said = statement(object=thing)
    for name, left in (("revision", "platform"), ("platform", "revision")):
        context = {key: value for key, value in said["context"].items() if key != left}
        with pytest.raises(Invalid, match=name):
            check_statement({**said, "context": context}, "2.0.0")
    plain = {key: value for key, value in said["context"].items() if key not in ("revision", "platform")}
    check_statement({**said, "context": plain}, "2.0.0")


@pytest.mark.parametrize("value", [None, [], "x", 3, {"objectType": {}}])
def test_what_is_no_statement_is_refused(value: Any) -> None:
    with pytest.raises(Invalid):
        check_statement(value, "2.0.0")
