"""Signing in against ``oidc-provider`` 9 (npm), a provider certified by the OpenID Foundation, on loopback.

Needs Node, and the package where this part looks for it; a school needs neither.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

WORKSHOP = Path("build/prove/oidc-provider")
PEER = "oidc-provider@9"
CLIENT, SECRET = "headway-at-maple", "kept-by-both-and-long-enough-for-the-peer"


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """Come in, come back, be refused: a second use of an answer, another browser, a wrong secret, nobody of the roster."""
    del ends
    if shutil.which("node") is None:
        raise SystemExit("node is not there: install Node 20 or newer to run this part")
    if not (WORKSHOP / "node_modules/oidc-provider").is_dir():
        raise SystemExit(f"oidc-provider is not there: npm install --no-audit --prefix {WORKSHOP} {PEER}")
    import tests.conftest  # its settings are the ones of a database for tests
    from headway.cli.database import migrate
    from headway.cli.home import database_urls, start_postgres

    server = start_postgres(tests.conftest.DIRECTORY)
    try:
        database_urls(server)  # makes the database and its roles
        migrate()
        yield from _rounds()
    finally:
        from headway.cli.school import close_connections

        close_connections()
        server.cleanup()
    state["complete"] = True


def _rounds() -> Iterator[str]:
    from headway.school.exchange.sign_on.services import Draft, add_service, arrivals
    from headway.school.people.tenancy import in_district
    from tests.cast import make_cast
    from tests.clients import visitor
    from tests.running import free_port

    cast, port = make_cast(curriculum=False), free_port()
    issuer = f"http://localhost:{port}"
    with in_district(cast.district.id):
        cast["Ana"].email = "ana@students.maple.example"
        cast["Ana"].save()
        draft = Draft("oidc", "Maple", issuer=issuer, client=CLIENT, secret=SECRET)
        right = add_service(by=cast["Dana"], draft=draft, now=time.time())
        draft = Draft("oidc", "Typed wrongly", issuer=issuer, client=CLIENT, secret="another")
        wrong = add_service(by=cast["Dana"], draft=draft, now=time.time())
    backs = [f"http://localhost/sign-in/back/{cast.district.id}/{service}" for service in (right, wrong)]
    with _provider(port, backs):
        ana = visitor()
        back = _through(ana.get(f"/sign-in/by/{cast.district.id}/{right}", {"next": "/who-read"}), "ana")
        assert visitor().get(back).status_code == 403, "the answer belongs to the browser that began"
        came = ana.get(back)
        assert (came.status_code, came.headers["Location"]) == (302, "/who-read")
        assert "Ana Diaz" in ana.get("/who-read").content.decode()
        yield "a learner comes in; another browser with the same answer does not"
        ana.post("/sign-out")
        assert ana.get(back).status_code == 403
        yield "an answer is good once"
        stranger = visitor()
        assert (
            stranger.get(_through(stranger.get(f"/sign-in/by/{cast.district.id}/{right}"), "nobody")).status_code == 403
        )
        yield "somebody who is not in the roster stays outside"
        typo = visitor()
        assert typo.get(_through(typo.get(f"/sign-in/by/{cast.district.id}/{wrong}"), "ana")).status_code == 403
        yield "a wrong client secret opens nothing"
    with in_district(cast.district.id):
        assert [each.outcome for each in arrivals()] == ["service", "unknown", "state", "in", "state"]
    yield "each of them stands in the list of arrivals"


def _through(began: object, who: str) -> str:
    """Sign in at the provider as a browser would (its forms, its cookies) and return where it sends the browser back to."""
    address = str(began.headers["Location"])  # type: ignore[attr-defined]
    with httpx.Client(timeout=20) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                address = urljoin(address, answer.headers["Location"])
                if "/sign-in/back/" in address:
                    parts = urlsplit(address)
                    return f"{parts.path}?{parts.query}"
                answer = browser.get(address)
                continue
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert form and prompt, answer.text[:500]
            address = urljoin(address, form[1])
            answer = browser.post(address, data={"prompt": prompt[1], "login": who, "password": "any"})
    raise AssertionError(f"the provider sent the browser nowhere; the last page was {address}")


@contextmanager
def _provider(port: int, backs: list[str]) -> Iterator[None]:
    shutil.copy(Path(__file__).with_name("oidc_provider.mjs"), WORKSHOP / "run.mjs")
    words = ["node", "run.mjs", str(port), CLIENT, SECRET, *backs]
    with (WORKSHOP / "log.txt").open("w") as log:
        process = subprocess.Popen(words, cwd=WORKSHOP, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
    try:
        until = time.monotonic() + 60
        while True:
            assert process.poll() is None and time.monotonic() < until, (WORKSHOP / "log.txt").read_text()[-2000:]
            try:
                httpx.get(f"http://localhost:{port}/.well-known/openid-configuration", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
