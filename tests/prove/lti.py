"""LTI 1.3 Advantage with others' code on the other side, on loopback and over HTTP, in both directions.

* **Headway opens a tool** (`lti_as_platform`): the tool is ltijs 5.9.9 (npm), which other providers build theirs with. It
  registers itself with Headway, is launched, and calls Headway's services: members, columns, scores, results. ltijs is a library
  for tools only, so this is its one direction; each message goes both ways.
* **A platform opens Headway** (`lti_as_tool`): the platform is a script of this proof in Node whose signatures and checks are
  those of jose (npm). It takes Headway's registration, launches it, and keeps members and a gradebook that Headway calls.

Each side is given forged and replayed messages of the other. Needs Node, and the packages where this part looks for them; a
school needs neither.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

WORKSHOP = Path("build/prove/lti")
PEERS = ("ltijs@5.9.9", "ltijs-sequelize@2.4.4", "jose@5")
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a direction is played: Headway's address, its people, and the PostgreSQL under it (``socket`` and owner's name)."""

    headway: str
    cast: Any
    socket: str
    owner: str


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Play the directions that were not played yet; each takes one to two minutes."""
    _look_for_peers()
    import tests.conftest  # its settings are the ones of a database for tests
    from headway.cli.database import migrate
    from headway.cli.home import database_urls, start_postgres
    from tests.prove import lti_as_platform, lti_as_tool

    played: list[str] = state.setdefault("played", [])
    directions: dict[str, Callable[[Scene], Iterator[str]]] = {
        "tool": lti_as_tool.played, "platform": lti_as_platform.played
    }  # fmt: skip
    server = start_postgres(tests.conftest.DIRECTORY)
    try:
        database_urls(server)  # makes the database and its roles
        database_urls(server, "ltijs")
        migrate()
        for name, play in directions.items():
            if name in played:
                continue
            if time.monotonic() > ends - 240:
                return
            with _scene(server.get_uri("ltijs")) as scene:
                yield from (f"{name}: {said}" for said in play(scene))
            played.append(name)
        state["complete"] = True
    finally:
        from headway.cli.school import close_connections

        close_connections()
        server.cleanup()


def _look_for_peers() -> None:
    if shutil.which("node") is None:
        raise SystemExit("node is not there: install Node 20 or newer to run this part")
    for peer in PEERS:
        name = peer.rpartition("@")[0]
        if not (WORKSHOP / "node_modules" / name).is_dir():
            raise SystemExit(f"{name} is not there: npm install --no-audit --prefix {WORKSHOP} {' '.join(PEERS)}")


@contextmanager
def _scene(uri: str) -> Iterator[Scene]:
    from headway.school.people.tenancy import in_district
    from tests.cast import make_cast
    from tests.running import running

    cast = make_cast()
    with in_district(cast.district.id):
        for name in ("Ana", "Ben", "Okafor", "Dana"):
            cast[name].email = f"{name}@students.maple.example".lower()
            cast[name].save()
    found = re.fullmatch(r"postgresql://(\w+):@/ltijs\?host=(.+)", uri)
    assert found, uri
    with running() as address:
        yield Scene(address, cast, unescape(found[2]), found[1])
    cast.close()


@contextmanager
def peer(script: str, *words: str) -> Iterator[None]:
    """Run a script of this proof in Node until the block ends; it says ``ready`` when it answers."""
    shutil.copy(Path(__file__).with_name(script), WORKSHOP / script)
    log = WORKSHOP / f"{script}.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            ["node", script, *words], cwd=WORKSHOP, stdout=out, stderr=out, env={"PATH": os.environ["PATH"]}
        )
    try:
        until = time.monotonic() + 2 * SECONDS
        while not re.search(r"^ready$", log.read_text(), re.M):
            assert process.poll() is None and time.monotonic() < until, log.read_text()[-2000:]
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def browser() -> httpx.Client:
    """A browser without a session, with its own cookies. It goes nowhere by itself."""
    return httpx.Client(timeout=SECONDS)


def entered(scene: Scene, name: str) -> httpx.Client:
    """A browser in which somebody is signed in to Headway."""
    from headway.school.people.sign_in import demo_link_token

    opened = browser()
    answer = opened.get(f"{scene.headway}/demo/sign-in/{demo_link_token(scene.cast[name])}")
    assert answer.status_code == 302, answer.text[-500:]
    return opened


def form_in(answer: httpx.Response, field: str) -> tuple[str, dict[str, str]]:
    """The address and the hidden fields of the form of a page that has this field."""
    forms = re.findall(r'<form[^>]*\saction="([^"]+)"[^>]*>(.*?)</form>', answer.text, re.S)
    found = next((form for form in forms if f'name="{field}"' in form[1]), None)
    assert answer.status_code == 200 and found, f"{answer.status_code} {answer.url}: {answer.text[-800:]}"
    fields = re.findall(r'<input[^>]*\sname="([^"]+)"[^>]*\svalue="([^"]*)"', found[1])
    return urljoin(str(answer.url), unescape(found[0])), {name: unescape(value) for name, value in fields}
