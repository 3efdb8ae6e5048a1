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
COMPONENTS = ("steps", "target", "source", "scale", "choices")
SHA1 = "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"
IDENTIFIERS = {"mbox": ANA["mbox"], "mbox_sha1sum": SHA1, "openid": "http://ana.example.org", "account": ACCOUNT}
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
OTHER = {"key": "x"}
EMPTY: tuple[Any, ...] = (None, "", {})
LONG = "AA97B177-9383-4934-8543-0F91A7A028368"

RULES: list[tuple[str, str, Any, str]] = [
    # 2.2 formatting requirements
    *[("XAPI-00001", path, None, NONE) for path in (
        "actor/name", "verb/display/en-US", "context/registration", "object/definition/moreInfo", "result", "timestamp")],
    *[(f"XAPI-0000{n}", path, DROP, NONE) for n, path in enumerate(("actor", "verb", "object"), 3)],
    *[("XAPI-00006", path, value, NONE) for path, value in (
        ("result/score/max", "100"), ("result/score/raw", True), ("result/success", "true"), ("result/completion", 1),
        ("result/response", 4), ("actor", "ana"), ("verb", []), ("object", "x"), ("context", []), ("result", "4"))],
    *[("XAPI-00007", path, value, NONE) for path, value in (
        ("id", 12345), ("id", LONG), ("id", "MA97B177-9383-4934-8543-0F91A7A02836"), ("id", ""), ("verb/id", "should fail"),
        ("object/id", ""), ("object/definition/type", "should fail"), ("context/contextActivities/parent", {"id": "x y"}))],
    *[("XAPI-00027, XAPI-00028, XAPI-00029, XAPI-00030", path, value, NONE) for path in ("id", "context/registration")
      for value in (LONG, "AA97B177938349348543 0F91A7A02836", "{AA97B177-9383-4934-8543-0F91A7A02836}", 1, {"key": "x"})],
    ("XAPI-00027", "id", "AA97B177-9383-4934-8543-0F91A7A02836", BOTH),
    *[("XAPI-00011", path, "example.org/no-scheme", NONE) for path in (
        "verb/id", "object/id", "object/definition/type", "object/definition/moreInfo")],
    *[("XAPI-00008, XAPI-00010", path, "x", NONE) for path in (
        "Actor", "verb/Id", "object/definition/Name", "result/Success", "result/score/Scaled", "context/Platform", "dummy")],
    *[("XAPI-00009", path, value, NONE) for path, value in (
        ("actor/objectType", "agent"), ("object/objectType", "activity"), ("object/definition/interactionType", "Numeric"),
        ("object/objectType", ["Activity"]), ("object/definition/interactionType", "essay"))],
    *[("XAPI-00013", path, {tag: "x"}, verdict) for path in ("verb/display", "object/definition/name") for tag, verdict in (
        ("de", BOTH), ("de-DE", BOTH), ("zh-Hant", BOTH), ("sr-Latn-RS", BOTH), ("cmn", BOTH), ("es-419", BOTH),
        ("i-klingon", BOTH), ("x-home", BOTH), ("something", NONE), ("zh-z-aaa-z-bbb-c-ccc", NONE), ("", NONE), ("e", NONE))],
    *[("XAPI-00091", "context/language", value, NONE) for value in ("something", 3, {"en": "x"})],
    ("XAPI-00091", "context/language", "sl-rozaj-biske", BOTH),
    # 2.3.2 voiding
    ("XAPI-00017", "verb", {"id": "http://adlnet.gov/expapi/verbs/voided"}, NONE),
    # 2.4.2 actor
    *[("XAPI-00031, XAPI-00032", "actor/objectType", value, NONE) for value in ("agent", "group", "Person", 3, {"key": "x"})],
    *[("XAPI-00033", "actor/name", value, NONE) for value in (3, {"key": "x"})],
    *[("XAPI-00034", "actor", {name: value}, BOTH) for name, value in IDENTIFIERS.items()],
    *[("XAPI-00034", "actor", {name: IDENTIFIERS[name], other: IDENTIFIERS[other]}, NONE)
      for name in IDENTIFIERS for other in IDENTIFIERS if name < other],
    ("XAPI-00034", "actor", {"name": "nobody"}, NONE),
    ("XAPI-00035", "actor", {**ANA, "member": [ANA]}, NONE),
    ("XAPI-00035", "actor", {"objectType": "Group", "member": []}, NONE),
    ("XAPI-00035", "actor", {"objectType": "Group"}, NONE),
    ("XAPI-00036", "actor", GROUP, BOTH),
    ("XAPI-00036", "actor", {"objectType": "Group", "member": [GROUP]}, NONE),
    ("XAPI-00036", "actor", {**TEAM, "member": ANA}, NONE),
    *[("XAPI-00037", "actor", {"objectType": "Group", name: value}, BOTH) for name, value in IDENTIFIERS.items()],
    ("XAPI-00037", "actor", {**TEAM, "openid": "http://team.example.org"}, NONE),
    *[("XAPI-00038", "actor", {"mbox": value}, NONE) for value in (
        "ana@example.org", "mailto:should fail", "mailto:should.fail.com", "http://should.fail.com", 1)],
    *[("XAPI-00039", "actor", {"mbox_sha1sum": value}, NONE) for value in (SHA1[1:], 3, {"key": "x"})],
    *[("XAPI-00040", "actor", {"openid": value}, NONE) for value in ("x", "ab=c://should.fail.com", 3)],
    *[("XAPI-00041", "actor", {"account": value}, NONE) for value in ("ana", {**ACCOUNT, "more": "x"})],
    *[("XAPI-00042", "actor", {"account": value}, NONE) for value in ({"name": "ana"}, {**ACCOUNT, "homePage": "x"})],
    *[("XAPI-00043", "actor", {"account": value}, NONE) for value in (
        {"homePage": "http://example.org"}, {**ACCOUNT, "name": 1})],
    # 2.4.3 verb
    *[("XAPI-00044", "verb/id", value, NONE) for value in (DROP, "ab=c://should.fail.com", 3)],
    *[("XAPI-00045", "verb/display", value, NONE) for value in ("did", 3, {"a12345": "did"})],
    # 2.4.4 object
    *[("XAPI-00046", "object/objectType", kind, NONE) for kind in ("Person", "notvalid", None)],
    *[("XAPI-00047", "object/id", value, NONE) for value in (DROP, "ab=c://should.fail.com")],
    ("XAPI-00048", "object/definition", "should fail", NONE),
    *[("XAPI-00049", "object/definition/interactionType", kind, BOTH) for kind in (
        "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "other")],
    *[("XAPI-00049", "object/definition/interactionType", kind, NONE) for kind in ("http://a.b", 3, {"key": "x"})],
    *[("XAPI-00050", "object/definition/correctResponsesPattern", value, NONE) for value in ("4", {"key": "x"}, [4])],
    *[(f"XAPI-0005{n}", f"object/definition/{name}", value, verdict) for n, name in enumerate(COMPONENTS, 1)
      for value, verdict in (([{"id": "a", "description": {"en": "A"}}, {"id": "b"}], BOTH), ({"id": "a"}, NONE))],
    *[(f"XAPI-000{n}", f"object/definition/{name}", value, NONE) for n, name in ((56, "name"), (59, "description"))
      for value in (3, "x", {"something": "x"})],
    *[("XAPI-00057", "object/definition/extensions", value, NONE) for value in ("x", {"no-scheme": 1})],
    *[("XAPI-00058", "object/definition/choices", value, NONE) for value in (
        [{"id": "a"}, {"id": "a"}], [{"description": {"en": "A"}}], [{"id": {"key": "x"}}])],
    *[("XAPI-00062", "object/definition/choices", [{"id": "a", "description": value}], NONE) for value in (
        "A", {"something": "A"})],
    *[("XAPI-00063", "object/definition/choices", value, NONE) for value in ("a", [1])],
    *[(f"XAPI-000{n}", f"object/definition/{name}", "should fail", NONE) for n, name in ((60, "type"), (61, "moreInfo"))],
    ("XAPI-00064", "object/definition/interactionType", DROP, NONE),
    *[("XAPI-00065", "object", thing, NONE) for thing in (ANA, {"member": [ANA]})],
    *[("XAPI-00066", "object", {**SUB, "verb": value}, NONE) for value in ({"id": "x"}, None)],
    *[(f"XAPI-000{n}", "object", {**SUB, name: value}, NONE) for n, name, value in (
        (67, "authority", ANA), (68, "version", "1.0.0"), (69, "stored", "2026-11-22T10:15:00Z"), (70, "id", REF["id"]))],
    ("XAPI-00071", "object", {**SUB, "object": SUB}, NONE),
    *[("XAPI-00072", "object", thing, NONE) for thing in (
        {"objectType": "StatementRef"}, {**REF, "id": LONG}, {**REF, "name": "x"})],
    *[("XAPI-00073", "object", thing, NONE) for thing in (
        {"id": REF["id"]}, {name: value for name, value in SUB.items() if name != "objectType"})],
    # 2.4.5 result
    *[(f"XAPI-000{n}", f"result/{name}", value, NONE) for n, name in (
        (74, "success"), (75, "completion"), (76, "response"), (78, "extensions"), (79, "score")) for value in (3, [3])],
    *[(f"XAPI-000{n}", f"result/{name}", "true", NONE) for n, name in ((74, "success"), (75, "completion"))],
    *[("XAPI-00083", "result/score/scaled", value, verdict) for value, verdict in (
        (1, BOTH), (-1, BOTH), (0, BOTH), (1.01, NONE), (-1.5, NONE), ("0.5", NONE))],
    *[("XAPI-00082", "result/score", {"raw": raw, "min": 0, "max": 10}, verdict) for raw, verdict in (
        (0, BOTH), (10, BOTH), (-1, NONE), (10.5, NONE))],
    *[("XAPI-00080, XAPI-00081", "result/score", value, verdict) for value, verdict in (
        ({"max": -3}, BOTH), ({"min": 3}, BOTH), ({"min": 10, "max": 1}, NONE), ({"min": 1, "max": 1}, NONE),
        ({"max": "1"}, NONE), ({"min": "1"}, NONE))],
    # 2.4.6 context
    ("XAPI-00086", "context/contextActivities", "x", NONE),
    *[("XAPI-00087", path, value, NONE) for path in ("context/registration", "context/instructor") for value in ("x", OTHER)],
    ("XAPI-00087", "context/instructor", GROUP, BOTH),
    *[("XAPI-00088", "context/team", value, NONE) for value in (ANA, {"key": "x"}, "x")],
    *[(f"XAPI-000{n}", f"context/{name}", value, NONE) for n, name in ((89, "revision"), (90, "platform"))
      for value in (3, OTHER)],
    *[("XAPI-00092", "context/statement", value, NONE) for value in (
        {"id": REF["id"]}, {**REF, "objectType": "statementref"}, {**REF, "id": "x"})],
    *[("XAPI-00093", "context/contextActivities", {name: {"id": "http://example.org/a"}}, verdict) for name, verdict in (
        ("parent", BOTH), ("grouping", BOTH), ("category", BOTH), ("other", BOTH), ("mother", NONE))],
    *[("XAPI-00094", "context/contextActivities", value, NONE) for value in (
        {"parent": [{"id": "http://example.org/a"}, {"id": "x"}]}, {"grouping": "http://example.org/a"})],
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
    *[("XAPI-00024, XAPI-00098, XAPI-00100", "authority", value, verdict) for value, verdict in (
        (ANA, BOTH), ({"objectType": "Group", "member": [ANA, {"account": ACCOUNT}]}, BOTH), (GROUP, NONE), (TEAM, NONE),
        ({"objectType": "Group", "member": [ANA, ANA, {"account": ACCOUNT}]}, NONE), ("ana", NONE),
        ({**TEAM, "member": [ANA, {"account": ACCOUNT}]}, NONE))],
    *[("XAPI-00101", "version", value, verdict) for value, verdict in (
        ("1.0", BOTH), ("1.0.9", BOTH), ("2.0.0", ONLY_2), ("0.9.9", NONE), ("1.1.0", NONE), ("should fail", NONE))],
    ("XAPI-00025", "attachments", [FILE], BOTH),
    ("XAPI-00025", "attachments", FILE, NONE),
    *[(f"XAPI-00{n}", "attachments", [{**FILE, name: value}], NONE) for n, name, value in (
        (102, "length", "27"), (102, "length", -1), (103, "sha2", 12345), (103, "sha2", "no"), (104, "fileUrl", "should fail"),
        (105, "contentType", 12345), (105, "contentType", "should fail"), (106, "display", "x"), (106, "description", 1),
        (106, "description", {"something": "x"}), (107, "usageType", "should fail"))],
    *[(f"XAPI-00{n}", "attachments", [{key: value for key, value in FILE.items() if key != name}], NONE) for n, name in (
        (102, "length"), (103, "sha2"), (105, "contentType"), (106, "display"), (107, "usageType"))],
    # 4.1 extensions, 4.2 language maps
    *[("XAPI-00119", f"{where}/extensions", {"http://example.org/e": value}, BOTH)
      for where in ("object/definition", "result", "context") for value in EMPTY],
    *[("XAPI-00118, XAPI-00120", f"{where}/extensions", value, NONE)
      for where in ("object/definition", "result", "context") for value in ({"should fail": True}, "x", ["x"])],
    ("XAPI-00121", "verb/display", {"a12345678": "x"}, NONE),
    # 4.6 durations
    *[("XAPI-00077, XAPI-00124", "result/duration", value, verdict) for value, verdict in (
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
    """XAPI-00084 and XAPI-00085."""
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
