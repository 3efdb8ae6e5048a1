"""Maple with a learning management system."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

import pytest

from headway.school.exchange.lti.platforms import Form, add_platform
from headway.school.people.tenancy import in_district
from headway.standards.jose import new_key
from tests.cast import Cast, make_cast
from tests.pages.lti.platform_peer import CLIENT, DEPLOYMENT, Course, PlatformPeer, platform_peer


@pytest.fixture(scope="session")
def drawn() -> tuple[str, str, dict[str, str]]:
    return new_key()


@pytest.fixture(autouse=True)
def _one_drawing(monkeypatch: pytest.MonkeyPatch, drawn: tuple[str, str, dict[str, str]]) -> None:
    """Our keys have new names but the same numbers: drawing primes for each test would take most of its time."""

    def named() -> tuple[str, str, dict[str, str]]:
        kid = secrets.token_hex(8)
        return kid, drawn[1], {**drawn[2], "kid": kid}

    monkeypatch.setattr("headway.school.exchange.lti.keys.new_key", named)


@pytest.fixture(scope="module")
def running() -> Iterator[PlatformPeer]:
    with platform_peer() as found:
        yield found


@pytest.fixture
def peer(running: PlatformPeer) -> PlatformPeer:
    running.account = {"sub": "account-1", "email": "ana@students.maple.example", "name": "Ana Diaz"}
    running.answers, running.asked, running.keys = {}, [], running.keys[:1]
    return running


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    with in_district(found.district.id):
        for name in ("Ana", "Ben", "Okafor", "Dana"):
            found[name].email = f"{name}@students.maple.example".lower()
            found[name].save()
    yield found
    found.close()


@pytest.fixture
def course(cast: Cast, peer: PlatformPeer) -> Course:
    return register(cast, peer)


def register(cast: Cast, peer: PlatformPeer, **more: object) -> Course:
    """Register the peer with a district."""
    values: dict[str, object] = {
        "name": "Maple courses", "issuer": peer.address, "client": CLIENT, "login_url": f"{peer.address}/auth",
        "token_url": f"{peer.address}/token", "keys_url": f"{peer.address}/keys", "claim": "email", "field": "email",
        "domains": ("students.maple.example",), "deployments": (DEPLOYMENT,), **more,
    }  # fmt: skip
    with in_district(cast.district.id):
        row = add_platform(by=cast["Dana"], form=Form(**values), now=time.time())  # type: ignore[arg-type]
    return Course(peer, cast.district.id, row.service_id)
