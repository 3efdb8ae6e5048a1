"""``headway demo`` and ``headway serve`` as people run them: processes, signals, pages."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from headway.cli.web import port_is_free
from tests.running import free_port

CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAY", "DATABASE", "DJANGO"))}


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "headway.cli", "demo", "--no-browser", "--json", "--port", str(free_port()), *words],
        env={**CLEAN, "HEADWAY_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(demo: subprocess.Popen[str]) -> dict[str, Any]:
    assert demo.stdout is not None
    line = demo.stdout.readline()
    if not line.startswith('{"'):
        demo.kill()
        pytest.fail(f"the demo did not open: {line}{demo.communicate()}")
    found: dict[str, Any] = json.loads(line)
    return found


def stop(demo: subprocess.Popen[str], number: signal.Signals) -> str:
    children = psutil.Process(demo.pid).children(recursive=True)
    demo.send_signal(number)
    _, said = demo.communicate(timeout=30)
    assert demo.returncode == 0, said
    # Python's own helper of worker processes ends when it sees its parent gone, so a moment after it.
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]
    return said


@dataclass(frozen=True)
class Page:
    status: int
    location: str
    cookie: str
    text: str


def get(url: str, cookie: str = "") -> Page:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
    connection.request("GET", parts.path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    cookies = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") or [])
    page = Page(answer.status, answer.headers["Location"] or "", cookies, answer.read().decode())
    connection.close()
    return page


def home_page_of(link: str) -> str:
    """Follow a sign-in link as a browser does."""
    page = get(link)
    assert page.status == 302
    cookie, origin = page.cookie, link.split("/demo/")[0]
    for _ in range(4):
        page = get(origin + page.location, cookie)
        if page.status == 200:
            return page.text
    pytest.fail(f"{link} ends at {page.status}")


def no_database_runs(home: Path) -> bool:
    return not (home / "postgres" / "postmaster.pid").exists()


@pytest.mark.timeout(300)
def test_a_school_opens_closes_and_opens_again(tmp_path: Path) -> None:
    demo = start(tmp_path, "--fresh")
    first = ready(demo)
    assert (first["learners"], first["days"], first["responses"]) == (150, 0, 0)
    assert set(first["links"]) == {"learner", "teacher", "family", "interventionist", "leader", "researcher"}
    assert "Mina" in home_page_of(first["links"]["learner"]["url"])
    assert "Okafor" in home_page_of(first["links"]["teacher"]["url"])
    said = stop(demo, signal.SIGINT)
    assert "Everything is saved" in said
    assert no_database_runs(tmp_path)

    demo = start(tmp_path, "--fresh")
    again = ready(demo)
    assert again["made_at"] == first["made_at"]
    assert "Mina" in home_page_of(f"{again['url']}/demo/sign-in/{first['links']['learner']['url'].rsplit('/', 1)[1]}")
    stop(demo, signal.SIGTERM)
    assert no_database_runs(tmp_path)


def players(demo: int) -> list[int]:
    """The processes that make the history."""
    found = []
    for child in psutil.Process(demo).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if any("spawn_main" in word for word in child.cmdline()):
                found.append(child.pid)
    return found


@pytest.mark.timeout(300)
def test_an_interrupted_history_leaves_nothing_and_the_next_start_is_whole(tmp_path: Path) -> None:
    demo = start(tmp_path, "--days", "100")
    until = time.monotonic() + 120
    while not players(demo.pid) and time.monotonic() < until:
        time.sleep(0.2)
    assert players(demo.pid), "nobody plays the history"
    time.sleep(4.0)
    demo.send_signal(signal.SIGINT)
    _, said = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert "nothing is half-written" in said
    assert no_database_runs(tmp_path)

    demo = start(tmp_path, "--days", "1")
    made = ready(demo)
    assert (made["days"], made["first_day"]) == (1, made["last_day"])
    assert made["responses"] > 1000
    environment = {**CLEAN, "HEADWAY_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "headway.cli", "replay", "--json"]
    report = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert report.returncode == 0, report.stderr
    assert json.loads(report.stdout)["identical"]
    assert json.loads(report.stdout)["events"] >= made["responses"]
    stop(demo, signal.SIGINT)

    refused = start(tmp_path, "--fresh")
    out, said = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert "--reset" in said
    assert "has a history" in json.loads(out)["error"]


def serve(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "headway.cli", "serve", *words],
        env={**CLEAN, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


WHOLE = {"HEADWAY_SECRET_KEY": "k" * 50, "HEADWAY_HOSTS": "learn.example.org"}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "HEADWAY_SECRET_KEY is not set"),
        ({"HEADWAY_SECRET_KEY": "k" * 50}, "HEADWAY_HOSTS is not set"),
        (WHOLE, "DATABASE_URL is not set"),
        ({**WHOLE, "DATABASE_URL": "garbage"}, "no address of a database"),
        ({**WHOLE, "DATABASE_URL": "postgresql://headway_app@127.0.0.1:1/headway"}, "does not answer"),
        ({**WHOLE, "DATABASE_URL": "postgresql://headway_app@127.0.0.1:1/headway", "HEADWAY_MODE": "demo"},
         "HEADWAY_MODE is not production"),
    ],
)  # fmt: skip
def test_serve_says_what_is_missing(environment: dict[str, str], said: str) -> None:
    done = serve(environment)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_port_that_cannot_be_is_usage() -> None:
    assert serve({}, "--port", "99999").returncode == 2


def test_serve_refuses_a_role_that_sees_every_district(database: str, tmp_path: Path) -> None:
    owner = {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"], "HEADWAY_HOME": str(tmp_path)}
    done = serve({**WHOLE, **owner}, "--check")
    assert done.returncode == 1
    assert "can bypass row-level security" in done.stderr


def test_serve_checks_and_prepares_static_files(database: str, tmp_path: Path) -> None:
    environment = {**WHOLE, "DATABASE_URL": database, "HEADWAY_HOME": str(tmp_path)}
    done = serve(environment, "--check", "--json", "--port", str(free_port()))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["static_files"] > 0
    assert (tmp_path / "static" / "staticfiles.json").is_file()


def test_serve_becomes_the_web_server_and_ends_with_all_its_workers(database: str, tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "headway.cli", "serve", "--json", "--workers", "1", "--port", str(port)],
        env={**CLEAN, **WHOLE, "DATABASE_URL": database, "HEADWAY_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert json.loads(server.stdout.readline())["workers"] == 1
        page = sign_in_page(port, until=time.monotonic() + 60)
        assert "<form" in page
        assert psutil.Process(server.pid).children(), "the server has no worker of its own"
    finally:
        stop(server, signal.SIGTERM)
    port_is_free("127.0.0.1", port)


def sign_in_page(port: int, until: float) -> str:
    """The page as a proxy that ended TLS asks for it, as soon as somebody answers."""
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/sign-in", headers={"Host": "learn.example.org", "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            assert answer.status == 200
            return answer.read().decode()
        except OSError:
            assert time.monotonic() < until, "nobody answers"
            time.sleep(0.1)
        finally:
            connection.close()
