"""A district with a credential, and the record store without a network."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from headway.school.exchange.xapi.credentials import issue_credential
from headway.school.models import District
from headway.school.people.tenancy import in_district
from tests.clients import waited


@dataclass
class Store:
    """Asks as one system, in one version of the specification."""

    district: District
    header: str
    version: str = "2.0.0"

    def ask(self, method: str, path: str, body: Any = None, /, **headers: str) -> httpx.Response:
        """Send one request. ``body`` is JSON, or bytes as they are; a header set to "" is left out."""
        from headway.site.asgi import application

        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        told = {"authorization": self.header, "x-experience-api-version": self.version}
        told |= {"content-type": "application/json"} if content is not None else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=application)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                request = client.build_request(
                    method, f"/xapi/{path}", content=content, headers={n: v for n, v in told.items() if v}
                )
                return await client.send(request)

        return waited(send())

    def get(self, path: str, /, **headers: str) -> Any:
        """The JSON of a GET that must succeed."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


def new_district(name: str) -> District:
    """A district of its own."""
    district = District(name=name)
    with in_district(district.id):
        district.save(force_insert=True)
    return district


def store_of(district: District, *scopes: str, version: str = "2.0.0") -> Store:
    """A new credential of a district."""
    with in_district(district.id):
        _, user, secret = issue_credential(
            district=district.id, name="A course", scopes=list(scopes or ("all",)), by=None, now=time.time()
        )
    packed = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return Store(district, f"Basic {packed}", version)


@pytest.fixture(scope="session")
def store(database: str) -> Store:
    """A store for all tests that look at their own statements only."""
    return store_of(new_district("Record store"))


@pytest.fixture(params=["2.0.0", "1.0.3"])
def both(store: Store, request: pytest.FixtureRequest) -> Store:
    """The store in each version."""
    return Store(store.district, store.header, request.param)
