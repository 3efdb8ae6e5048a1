"""What was recorded goes out as Caliper events: to a file, and to a receiver, at least once, and on after a failure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.test import override_settings

from headway.cli import main
from headway.school.exchange.out import sending
from headway.school.models import EventsSent, MasteryEntry
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast
from tests.loopback import serving

KEY = "HEADWAY_CALIPER_KEY"


@dataclass
class Receiver:
    """Takes envelopes; ``answers`` are the next statuses, then 200 for ever."""

    url: str
    answers: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    asked: list[dict[str, Any]] = field(default_factory=list)
    took: list[str] = field(default_factory=list)

    def take(self, key: str, envelope: dict[str, Any]) -> int:
        self.keys.add(key)
        self.asked.append(envelope)
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.took += [event["id"] for event in envelope["data"]]
        return status


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.peer.take(self.headers["Authorization"], json.loads(sent))  # type: ignore[attr-defined]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is printed in a test."""


@contextmanager
def _school() -> Iterator[Cast]:
    """A school where Ana began a problem, and answered twice: first wrong, then right."""
    found = make_cast()
    found.answers("Ana", "xo")
    try:
        yield found
    finally:
        found.close()


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    """One school for the tests that only read."""
    del database
    with _school() as found:
        yield found


@pytest.fixture
def busy(database: str) -> Iterator[Cast]:
    """A school where more is answered."""
    del database
    with _school() as found:
        yield found


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv(KEY, "k-1")
    monkeypatch.setattr(sending, "WAITS", (0.0, 0.0))
    with serving(Handler, lambda port: Receiver(f"http://127.0.0.1:{port}/caliper")) as peer:
        yield peer


class Sender:
    """The command, for one district."""

    def __init__(self, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
        self.district, self.capsys = str(cast.district.id), capsys

    def run(self, to: str, *more: str) -> tuple[int, dict[str, Any]]:
        code = main(["caliper", "send", "--to", to, "--district", self.district, "--json", *more])
        return code, json.loads(self.capsys.readouterr().out or "{}")


def test_the_log_goes_out_in_envelopes(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, ana = tmp_path / "events.jsonl", cast["Ana"]
    where = ["--district", str(cast.district.id), "--url", "https://learn.example.org", "--json"]
    assert main(["export", "caliper", str(out), *where]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == {"AssignableEvent": 1, "AssessmentItemEvent": 2, "GradeEvent": 2}
    (envelope,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert envelope["sensor"] == f"{said['home']}caliper"
    grades = [event for event in envelope["data"] if event["type"] == "GradeEvent"]
    assert [event["generated"]["scoreGiven"] for event in grades] == [0, 1]
    assert {event["object"]["assignee"] for event in grades} == {f"{said['home']}people/{ana.sourced_id}"}
    assert ana.family_name not in out.read_text()
    assert main(["export", "caliper", str(out), *where, "--since", "2999-01-01"]) == 0
    assert out.read_text() == ""
    assert main(["export", "caliper", str(out), *where, "--since", "soon"]) == 1


def test_events_come_once_where_all_is_well_and_again_where_it_is_not(
    busy: Cast, receiver: Receiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = Sender(busy, capsys)
    assert sender.run(receiver.url, "--dry-run")[1]["events"] == 5
    assert sender.run(receiver.url, "--since", "2999-01-01")[1]["events"] == 0
    assert receiver.asked == []
    monkeypatch.setattr("headway.standards.caliper.envelopes.MOST", 2)
    receiver.answers = [503, 429, 200, 200, 400]  # busy twice, then the third envelope is refused
    code, said = sender.run(receiver.url)
    assert (code, said["envelopes"], said["events"], len(receiver.took)) == (1, 2, 3, 3)
    assert "refuses this envelope" in said["error"]
    code, said = sender.run(receiver.url)  # goes on with what was refused
    assert (code, said["events"]) == (0, 2)
    assert len(receiver.took) == len(set(receiver.took)) == 5
    assert sender.run(receiver.url)[1]["events"] == 0
    busy.answers("Ana", "o")
    with in_district(busy.district.id):
        MasteryEntry.objects.create(
            district=busy.district, learner=busy["Ana"], skill="6.NS.1", kind="reached", response=uuid4(),
            probability=0.97, threshold=0.95, evidence_count=9, model="m", at=NOON,
        )  # fmt: skip
    assert sender.run(receiver.url)[1]["events"] == 3
    assert receiver.asked[-1]["data"][0]["generated"]["items"][0]["metric"] == "SkillsMastered"
    assert sender.run(receiver.url)[1]["events"] == 0
    assert sender.run(receiver.url + "/2")[1]["events"] == 8  # another address has a place of its own
    assert receiver.keys == {"Bearer k-1"}
    with in_district(busy.district.id):
        assert sorted(EventsSent.objects.values_list("taken", flat=True)) == [8, 8]


def test_what_is_wrong_is_said(
    cast: Cast, receiver: Receiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = Sender(cast, capsys)
    receiver.answers = [401, 302, *[500] * 3]
    for words in ("Check the key", "A key is not sent on", "It was tried 3 times"):
        code, said = sender.run(receiver.url)
        assert code == 1
        assert words in said["error"]
    assert (len(receiver.asked), receiver.took) == (5, [])
    for address in ("ftp://127.0.0.1/", "https://user:pass@events.example.org/", "https://[", "events.example.org"):
        assert "no address" in sender.run(address)[1]["error"]
    for key in ("two words", "k\u00e9", ""):
        monkeypatch.setenv(KEY, key)
        assert "key" in sender.run(receiver.url)[1]["error"]
    monkeypatch.setenv(KEY, "k-1")
    with override_settings(PRODUCTION=True):
        assert "write it as https" in sender.run(receiver.url)[1]["error"]
    assert (len(receiver.asked), receiver.took) == (5, [])


def test_nothing_is_sent_while_a_write_may_still_put_a_line_before_it(
    cast: Cast, receiver: Receiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WRITES", 0.2)
    sender = Sender(cast, capsys)
    with psycopg.connect(settings.DATABASE_URL) as writer:
        # As an INSERT does before it draws its number.
        writer.execute("LOCK TABLE school_evidence IN ROW EXCLUSIVE MODE")
        assert sender.run(receiver.url)[1]["waiting"]
        assert receiver.asked == []
    code, said = sender.run(receiver.url)
    assert (code, said["waiting"], said["events"]) == (0, False, 5)
