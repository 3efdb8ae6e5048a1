"""A framework pulled by its address, from our own CASE service and from servers that are sloppy, endless or hostile; and out of
the Knowledge Graph's export."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from headway.cli import main
from headway.cli.case_sources import files_in
from headway.school.curriculum.frameworks.queries import frameworks
from headway.school.exchange import outside
from headway.school.exchange.frameworks.pulling import named, offers, pull
from headway.school.people.tenancy import in_district
from headway.standards.case.service.operations import ROOT, SCOPE
from headway.standards.errors import ImportProblem
from tests.api.frameworks import keep
from tests.api.programs import call, program_of
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.loopback import serving
from tests.standards.test_case import TOP, item, key, package

Answer = tuple[int, dict[str, str], bytes]
Say = Callable[[str, dict[str, list[str]], dict[str, str]], Answer]


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast()
    with in_district(found.district.id):
        keep(found["Dana"])
    yield found
    found.close()


@contextmanager
def other(say: Say) -> Iterator[str]:
    """A CASE service on this machine, for as long as the block lasts: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, headers, body = say(parts.path, parse_qs(parts.query), dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler, lambda port: f"http://127.0.0.1:{port}") as host:
        yield f"{host}{ROOT}"


def as_json(body: object, **headers: str) -> Answer:
    return 200, {"Content-Type": "application/json", **headers}, json.dumps(body).encode()


def ours(path: str, query: dict[str, list[str]], headers: dict[str, str]) -> Answer:
    """Our own service."""
    sent = {"host": "localhost"} | ({"authorization": headers["Authorization"]} if "Authorization" in headers else {})
    found = call("GET", path, "&".join(f"{name}={values[0]}" for name, values in query.items()), sent, b"")
    return (
        found.status,
        {name: value for name, value in found.headers.items() if name != "content-length"},
        found.content,
    )


def test_what_one_headway_answers_another_takes_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command with a key, and on the page: the list, the package, the preview."""
    there, token = make_cast(), program_of(cast["Dana"], SCOPE).token
    with other(ours) as base:
        assert main(["import", "case", "--url", base, "--district", str(there.district.id), "--json"]) == 1
        assert "401" in capsys.readouterr().err
        monkeypatch.setenv("HEADWAY_CASE_TOKEN", token)
        assert main(["import", "case", "--url", base, "--district", str(there.district.id), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)["offers"]
        offer = next(each for each in found if each["title"] == "Mathematics")
        assert offer["address"].endswith(f"/CFPackages/{TOP}")
        assert main(["import", "case", "--url", offer["address"], "--district", str(there.district.id), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["new"] == 2
        with in_district(there.district.id):
            assert [(each.title, each.address) for each in frameworks()] == [("Mathematics", offer["address"])]
        dana = signed_in(there["Dana"])
        page = dana.post("/standards/hand-in", {"what": "pull", "address": base, "token": token}).content.decode()
        assert "The service has" in page and "Mathematics" in page and offer["address"] in page
        sent = {"what": "pull", "address": offer["address"], "token": token}
        assert "Nothing: every statement is here" in dana.post("/standards/hand-in", sent, follow=True).content.decode()
    there.close()


def test_lists_come_page_by_page_and_come_to_an_end() -> None:
    def row(n: int) -> dict[str, str]:
        return {"identifier": key(n), "title": f"F {n:03}", "creator": "State"}

    def paged(_path: str, query: dict[str, list[str]], _headers: dict[str, str]) -> Answer:
        begin = int(query["offset"][0])
        rows = [row(n) for n in range(begin, min(begin + 100, 200))]
        return as_json({"CFDocuments": rows}) if rows else (404, {}, b"{}")

    with other(paged) as base:
        found = offers(base)
    assert len(found) == 200 and found[0].address.endswith(f"/CFPackages/{key(0)}")
    with other(lambda *_: as_json({"CFDocuments": [row(n) for n in range(100)]})) as base:
        assert len(offers(base)) == 100, "a service that does not heed offset"
    with other(lambda *_: as_json({"CFDocuments": [{"identifier": "x"}, 7, None, row(1)]})) as base:
        assert [each.identifier for each in offers(base)] == [key(1)]
    numbers = iter(range(10_000_000))
    with (
        other(lambda *_: as_json({"CFDocuments": [row(next(numbers)) for _ in range(100)]})) as base,
        pytest.raises(ImportProblem, match="no end"),
    ):
        offers(base)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b"broken"), "500"), ((200, {}, b"<html>"), "does not answer"), (as_json([1]), "no list"),
        ((302, {"Location": "/elsewhere"}, b""), "does not answer"),
    ],
)  # fmt: skip
def test_what_is_no_service_is_refused(answer: Answer, said: str) -> None:
    with other(lambda *_: answer) as base, pytest.raises(ImportProblem, match=said):
        offers(base)


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x/ims/case/v1p1", "https://a:b@x/ims/case/v1p1", "https://x/other", "https://x/ims/case/v1p1/CFPackages",
     "https://x/ims/case/v1p1?x=1", "file:///etc/passwd", "https://x/ims/case/v1p1\r\nHost: y", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_is_never_asked(cast: Cast, address: str) -> None:
    with pytest.raises(ImportProblem, match="address"):
        named(address)
    sent = {"what": "pull", "address": address}
    assert signed_in(cast["Dana"]).post("/standards/hand-in", sent).status_code == 422


def test_bounded_and_outside_only(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps(package([item(n) for n in range(50)], [])).encode()
    with other(lambda *_: (200, {}, body)) as base:
        place = named(f"{base}/CFPackages/{TOP}")
        assert pull(place) == body
        with monkeypatch.context() as little:
            little.setattr("headway.school.exchange.frameworks.pulling.MOST_BYTES", 1000)
            with pytest.raises(ImportProblem, match="more than 1000 bytes"):
                pull(place)
        monkeypatch.setattr(outside, "WHOLE_SECONDS", -1.0)
        with pytest.raises(ImportProblem, match="seconds"):
            pull(named(f"{base}/CFPackages/{TOP}"))
        with override_settings(PRODUCTION=True), pytest.raises(ImportProblem, match="https"):
            pull(place)
    with override_settings(PRODUCTION=True), pytest.raises(ImportProblem, match="own network"):
        pull(named(f"https://127.0.0.1/ims/case/v1p1/CFPackages/{TOP}"))


def test_a_key_is_not_shown_to_another_host() -> None:
    seen: list[str] = []

    def away(path: str, _query: dict[str, list[str]], headers: dict[str, str]) -> Answer:
        seen.append(headers.get("Authorization", ""))
        return 302, {"Location": path}, b""

    with other(away) as base, pytest.raises(ImportProblem):
        pull(named(f"{base}/CFPackages/{TOP}"), "secret")
    assert seen == ["Bearer secret"], "it goes nowhere that somebody points to"


def record(kind: str, number: int, **properties: Any) -> dict[str, Any]:
    """A statement of an export."""
    told = {
        "jurisdiction": kind, "academicSubject": "Mathematics", "caseIdentifierUUID": key(number), "author": f"{kind} Board",
        "description": f"Do {number}.", "statementCode": f"X.{number}", "statementType": "Standard", "gradeLevel": '["K","6"]',
        "license": "https://creativecommons.org/licenses/by/4.0/", "attributionStatement": "By somebody.",
        "dateModified": "2026-01-02", **properties,
    }  # fmt: skip
    return {"type": "node", "identifier": f"n{number}", "labels": ["StandardsFrameworkItem"], "properties": told}


def edge(label: str, source: int, target: int, **properties: Any) -> dict[str, Any]:
    return {
        "type": "relationship", "label": label, "source_identifier": f"n{source}", "target_identifier": f"n{target}",
        "properties": properties,
    }  # fmt: skip


def test_a_states_standards_out_of_the_knowledge_graph(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tree, the progression and the crosswalk of one jurisdiction, with its terms; no other's words."""
    from headway.standards.graph import shipped_graph

    skill = next(each for each in shipped_graph().skills if each.id == "6.NS.B.2")
    common = record("Multi-State", 4, caseIdentifierUUID=skill.case_ids[0], statementCode=skill.id)
    rows = [
        record("Ohio", 1, description="Numbers of $x$ and *more*"), record("Ohio", 2), record("Ohio", 3, description=""), common,
        record("Utah", 5), edge("hasChild", 1, 2), edge("buildsTowards", 2, 1), edge("hasChild", 5, 2), edge("hasChild", 1, 3),
        edge("hasStandardAlignment", 2, 4, jaccard="0.5"), edge("hasStandardAlignment", 5, 4, jaccard="1.0"),
    ]  # fmt: skip
    (tmp_path / "graph.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    command = ["import", "case", str(tmp_path), "--district", str(cast.district.id), "--json"]
    assert main(command) == 0
    assert {each["jurisdiction"]: each["nodes"] for each in json.loads(capsys.readouterr().out)["offers"]} == {
        "Multi-State": 1, "Ohio": 3, "Utah": 1,
    }  # fmt: skip
    assert main([*command, "--jurisdiction", "Ohio"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["items"], told["matched"], told["isChildOf"], told["precedes"]) == (2, 1, 2, 1)
    assert told["defect_counts"] == {"edge-outside": 2, "missing": 1}
    with in_district(cast.district.id):
        known = next(each for each in frameworks() if each.title == "Ohio: Mathematics")
    assert known.licence == "CC BY 4.0" and known.creator == "Ohio Board" and known.matched == 1
    dana = signed_in(cast["Dana"])
    page = dana.get(f"/standards/{known.key}/{key(2)}").content.decode()
    assert "the published crosswalk says so; 50 of 100 parts are common" in page and "X.1" in page
    assert main([*command, "--jurisdiction", "Texas"]) == 1 and "no standards of Texas" in capsys.readouterr().err
    (tmp_path / "bad.jsonl").write_text('{"type":"node","labels":["StandardsFrameworkItem"],"properties":7}\n')
    assert main(command) == 1 and "bad.jsonl, line 1" in capsys.readouterr().err
    (tmp_path / "bad.jsonl").write_bytes(b"x" * (1 << 21))
    assert main(command) == 1 and "longer than a megabyte" in capsys.readouterr().err


@pytest.mark.shared
def test_california_out_of_the_real_export(shared: Path) -> None:
    """The README's counts: 1,467 nodes of California and 591 rows of its crosswalk."""
    from headway.standards.case.knowledge_graph import held, read_knowledge_graph
    from headway.standards.case.matching import match
    from headway.standards.graph import shipped_graph

    files = files_in(shared / "content" / "standards" / "learning-commons-kg")
    assert [(each.jurisdiction, each.nodes) for each in held(files)] == [("California", 1467), ("Multi-State", 836)]
    framework, report = read_knowledge_graph(files, jurisdiction="California", subject="Mathematics")
    assert len(framework.items) == 1467 and report.count("ext:hasStandardAlignment") == 591
    assert report.count("isChildOf") >= 1467
    matches = match(framework, shipped_graph(), {})
    assert len(matches) > 400 and {each.how for each in matches} == {"crosswalk"}
