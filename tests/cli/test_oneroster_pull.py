"""A roster pulled over the network: from our own service, and from servers that are sloppy, slow, broken or hostile."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from headway.cli import main
from headway.school.exchange.roster import remote as remotely
from headway.school.exchange.roster.actions import Options, take_in
from headway.school.exchange.roster.feeds import open_feed
from headway.school.exchange.roster.pull import pull
from headway.school.exchange.roster.remote import Remote
from headway.school.exchange.service import relations
from headway.school.models import Person, RosterRecord
from headway.school.people.actions import make_district
from headway.school.people.programs import register_program
from headway.school.people.tenancy import in_district
from headway.standards.errors import ImportProblem
from headway.standards.oneroster.service.operations import BASES, SCOPES
from tests.api.programs import call
from tests.cast import Cast, make_cast
from tests.districts import MadeUp

Spoil = Callable[["Asked"], "tuple[int, dict[str, str], bytes] | None"]
DISTRICT = MadeUp(40)


@dataclass
class Asked:
    """A request at the server; ``number`` counts those of the same path from 1."""

    method: str
    path: str
    query: dict[str, list[str]]
    number: int


@dataclass
class Other:
    """Another system on loopback: our own service, spoilt as a test wants it."""

    cast: Cast
    client: str
    secret: str
    port: int = 0
    spoil: Spoil = lambda asked: None
    asked: list[Asked] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def remote(self) -> Remote:
        base = f"{self.url}{BASES['rostering']}"
        return Remote(base, f"{self.url}/oauth2/token", self.client, self.secret, wait=self.waited.append)

    def of(self, collection: str) -> list[Asked]:
        return [each for each in self.asked if each.path.endswith(f"/{collection}")]


@pytest.fixture(scope="module")
def served(database: str) -> Iterator[Other]:
    cast = make_cast(curriculum=False)
    with in_district(cast.district.id):
        made = register_program(by=cast["Dana"], name="Headway", scopes=SCOPES, now=time.time())
    other = Other(cast, made.client, made.secret)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            number = 1 + sum(each.path == parts.path for each in other.asked)
            asked = Asked(self.command, parts.path, parse_qs(parts.query), number)
            other.asked.append(asked)
            found = other.spoil(asked)
            if found is None:
                real = call(
                    self.command, parts.path, parts.query, {k.lower(): v for k, v in self.headers.items()}, body
                )
                found = real.status, real.headers, real.content
            self.send_response(found[0])
            for name, value in found[1].items():
                if name != "content-length":
                    self.send_header(name, value)
            self.send_header("content-length", str(len(found[2])))
            self.end_headers()
            self.wfile.write(found[2])

        do_GET = do_POST = answer  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    other.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield other
    server.shutdown()
    server.server_close()
    cast.close()


@pytest.fixture
def other(served: Other, monkeypatch: pytest.MonkeyPatch) -> Iterator[Other]:
    monkeypatch.setattr("headway.api.oneroster.BURST", 1e9)
    monkeypatch.setattr("headway.api.programs.BURST", 1e9)
    served.asked.clear()
    served.waited.clear()
    yield served
    served.spoil = lambda asked: None


@pytest.fixture
def here(database: str) -> Any:
    return make_district(name=f"Here {time.monotonic_ns()}").id


def names(district: Any) -> set[str]:
    with in_district(district):
        return set(Person.objects.filter(is_active=True).values_list("sourced_id", flat=True))


def test_a_district_comes_over_the_network_and_then_its_changes(
    other: Other, here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEADWAY_ONEROSTER_SECRET", other.secret)
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    monkeypatch.setattr(remotely, "PAGE", 30)
    DISTRICT.write(tmp_path / "a.zip")
    with open_feed(tmp_path / "a.zip") as feed:
        take_in(district=other.cast.district.id, feed=feed, way="command", now=time.time() - 86_400)
    relations.forget_own(other.cast.district.id)
    words = ["import", "oneroster", "--url", other.url, "--client", other.client, "--district", str(here), "--json"]

    def run(*more: str) -> Any:
        assert main([*words, *more]) == 0, capsys.readouterr()
        return json.loads(capsys.readouterr().out)

    preview = run("--preview")["counts"]
    asked = len(other.asked)
    first = run()
    assert len(other.asked) == asked  # what the preview showed is what comes
    assert first["counts"] == preview and first["counts"]["users"]["added"] == 82 + len(other.cast.people)
    assert names(here) == names(other.cast.district.id)
    again = run()["counts"]
    assert sum(n["added"] + n["changed"] + n["removed"] for n in again.values()) == 0
    MadeUp(40, moved=20).write(tmp_path / "b.zip")
    with open_feed(tmp_path / "b.zip") as feed:
        take_in(district=other.cast.district.id, feed=feed, way="command", options=Options(removals=frozenset(BASES)))
    changed = run("--changes")
    assert changed["modes"]["users"] == "delta" and 0 < changed["counts"]["users"]["read"] < 60
    assert changed["counts"]["users"]["changed"] == 5 and changed["counts"]["roles"]["removed"] == 0
    with in_district(here):
        assert RosterRecord.objects.filter(kind="users", cells__contains=["moved.1@district.example"]).exists()
    assert not list((tmp_path / "pulls").rglob("*.csv"))


def test_it_goes_on_where_it_stopped(other: Other, here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = len(names(other.cast.district.id)) // 3
    monkeypatch.setattr(remotely, "PAGE", page)

    def broken(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        return (500, {}, b"") if asked.path.endswith("/users") and asked.query["offset"] == [str(2 * page)] else None

    other.spoil = broken
    with pytest.raises(ImportProblem, match="goes on where it stopped"):
        pull(other.remote(), district=here, home=tmp_path, changes=False)
    assert (len(other.of("users")), other.waited) == (2 + remotely.TRIES, [1.0, 2.0, 4.0, 8.0, 16.0])
    other.asked.clear()
    other.spoil = lambda asked: None
    made = pull(other.remote(), district=here, home=tmp_path, changes=False)
    assert [each.path for each in other.asked if each.path.endswith("/orgs")] == []
    assert other.of("users")[0].query["offset"] == [str(2 * page)]
    assert made.folder.stat().st_mode & 0o077 == 0
    with open_feed(made.package) as feed:
        taken = take_in(district=here, feed=feed, way="command")
    assert taken.findings.faults == 0 and names(here) == names(other.cast.district.id)


def once(status: int, headers: dict[str, str], body: bytes = b"") -> Spoil:
    return lambda asked: (status, headers, body) if asked.path.endswith("/orgs") and asked.number == 1 else None


@pytest.mark.parametrize(
    ("spoil", "waited"),
    [
        (once(429, {"Retry-After": "7"}), [7.0]),
        (once(429, {"Retry-After": "99999"}), [120.0]),
        (once(503, {}), [1.0]),
        (once(401, {}), []),
        (once(200, {"Content-Type": "application/json"}, b'{"orgs": [{"sourcedId": "a'), [1.0]),
        (once(302, {"Location": f"{BASES['rostering']}/orgs?limit=1000&offset=0"}), []),
    ],
)
def test_a_hiccup_is_waited_out(other: Other, here: Any, tmp_path: Path, spoil: Spoil, waited: list[float]) -> None:
    other.spoil = spoil
    pull(other.remote(), district=here, home=tmp_path, changes=False)
    assert (other.waited, len(other.of("orgs"))) == (waited, 2)


def always(status: int, headers: dict[str, str], body: bytes) -> Spoil:
    return lambda asked: (status, headers, body) if asked.path.endswith("/orgs") else None


SAME = json.dumps({"orgs": [{"sourcedId": "a", "name": "A", "type": "school"}]}).encode()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (always(302, {"Location": "http://evil.example/orgs"}, b""), "not shown to another host"),
        (always(302, {"Location": "//evil.example/orgs"}, b""), "not shown to another host"),
        (always(302, {"Location": "orgs"}, b""), "in a circle"),
        (always(200, {}, SAME), "the same page again and again"),
        (always(200, {}, b'{"orgs": "none"}'), "holds no list"),
        (always(200, {}, b"[" * 100_000), "no whole JSON"),
        (always(200, {}, b" " * 3_000), "larger than"),
        (always(401, {}, b""), "roster.readonly"),
        (always(404, {}, b""), "Check the address"),
        (lambda asked: (200, {}, b"{}") if asked.method == "POST" else None, "No token was given"),
    ],
)
def test_what_is_wrong_with_a_server_is_said(
    other: Other, here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Spoil, said: str
) -> None:
    other.spoil = spoil
    if said == "larger than":
        monkeypatch.setattr(remotely, "PAGE_BYTES", 2_000)
    with pytest.raises(ImportProblem, match=said):
        pull(other.remote(), district=here, home=tmp_path, changes=False)


def test_a_sloppy_server_is_taken_with_a_report(other: Other, here: Any, tmp_path: Path) -> None:
    lists: dict[str, list[Any]] = {
        "orgs": [{"sourcedId": 1, "name": "Oak", "type": "SCHOOL", "status": None}],
        "users": [
            {"sourcedId": "s1", "enabledUser": True, "givenName": "Ana", "familyName": "Diaz", "grades": "7", "role": "student",
             "orgs": [{"sourcedId": "1"}]},
            {"sourcedId": "t1", "enabledUser": "true", "givenName": "Lee", "familyName": "Ok", "username": "t1",
             "roles": [{"role": "ext:aide", "org": {"sourcedId": "1"}}]},
            {"givenName": "nobody"}, "nonsense",
        ],
    }  # fmt: skip

    def sloppy(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        if asked.method == "POST":
            return None
        name = asked.path.rsplit("/", 1)[1]
        found = lists.get(name, []) if asked.query["offset"] == ["0"] else []
        return 200, {}, json.dumps({"OneRoster": found} if name == "orgs" else {name: found}).encode()

    other.spoil = sloppy
    made = pull(other.remote(), district=here, home=tmp_path, changes=False)
    with open_feed(made.package) as feed:
        taken = take_in(district=here, feed=feed, way="command")
    assert names(here) == {"s1", "t1"}
    assert taken.findings.by_kind()["sourced-id"] == 1 and taken.findings.by_kind()["value"] >= 2
    with in_district(here):
        assert set(Person.objects.values_list("roles__name", flat=True)) == {"learner", "teacher"}


@pytest.mark.parametrize("url", ["http://sis.example", "ftp://sis.example", "sis.example"])
def test_a_secret_only_travels_by_https(
    here: Any, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEADWAY_ONEROSTER_SECRET", "s")
    assert main(["import", "oneroster", "--url", url, "--client", "c", "--district", str(here)]) != 0
    assert "https://" in capsys.readouterr().err


def test_the_secret_is_asked_for_and_never_an_argument(
    here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HEADWAY_ONEROSTER_SECRET", raising=False)
    words = ["import", "oneroster", "--url", "https://sis.example", "--client", "c", "--district", str(here)]
    for more, said in (([], "--secret-file"), (["--secret-file", str(tmp_path / "none")], "cannot be read")):
        assert main([*words, *more]) != 0
        assert said in capsys.readouterr().err
    assert main(["import", "oneroster", "a.zip", "--url", "https://sis.example"]) != 0


@pytest.mark.parametrize("total", ["9" * 5000, "\xb2", "-1", "nan"])
def test_a_count_that_is_no_number_is_none(other: Other, monkeypatch: pytest.MonkeyPatch, total: str) -> None:
    remote = other.remote()
    monkeypatch.setattr(remote, "_get", lambda *_: ({"X-Total-Count": total}, {"orgs": []}))
    assert [page.total for page in remote.pages("orgs", 0, "")] == [-1]
