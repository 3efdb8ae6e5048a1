"""Signing in by SAML 2.0: who comes in, and every answer that is turned away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from lxml import etree

from headway.school.exchange.sign_on.services import Draft, add_service, arrivals
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import visitor
from tests.pages.sign_on.saml_peer import SAML, SamlPeer


@pytest.fixture(scope="module")
def peer() -> SamlPeer:
    return SamlPeer()


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    with in_district(found.district.id):
        found["Ana"].email = "ana@students.maple.example"
        found["Ana"].save()
    yield found
    found.close()


@pytest.fixture
def service(cast: Cast, peer: SamlPeer) -> UUID:
    peer.name, peer.attributes = "persistent-1", {"mail": "ana@students.maple.example"}
    with in_district(cast.district.id):
        draft = Draft(kind="saml", name="Maple ADFS", metadata=peer.metadata())
        return add_service(by=cast["Dana"], draft=draft, now=time.time())


def asked(client: Client, cast: Cast, service: UUID, peer: SamlPeer) -> dict[str, str]:
    """Our request, as it stands in the address of the provider."""
    answer = client.get(f"/sign-in/by/{cast.district.id}/{service}", {"next": "/me"})
    assert answer.headers["Location"].startswith("https://idp.maple.example/sso?")
    return peer.read(answer.headers["Location"])


def given(client: Client, acs: str, answer: str) -> Any:
    """What the browser gets that posts an answer from the provider's page."""
    kept = client.post(urlsplit(acs).path, {"SAMLResponse": answer, "RelayState": ""})
    assert kept.status_code == 302
    return client.get(kept.headers["Location"])


def outcomes(cast: Cast) -> list[str]:
    with in_district(cast.district.id):
        return [each.outcome for each in arrivals()]


def test_a_learner_comes_in_and_the_same_answer_opens_nothing_twice(cast: Cast, service: UUID, peer: SamlPeer) -> None:
    client = visitor()
    request = asked(client, cast, service, peer)
    answer = peer.answer(request)
    came = given(client, request["acs"], answer)
    assert (came.status_code, came.headers["Location"]) == (302, "/me")
    assert "Ana" in client.get("/me").content.decode()
    client.post("/sign-out")
    assert given(client, request["acs"], answer).status_code == 403
    assert given(visitor(), request["acs"], answer).status_code == 403, "nor in another browser"
    assert outcomes(cast) == ["state", "state", "in"]


def test_our_metadata_names_our_address_and_no_address_for_signing_out(
    cast: Cast, service: UUID, peer: SamlPeer
) -> None:
    request = asked(visitor(), cast, service, peer)
    answer = visitor().get(urlsplit(request["issuer"]).path)
    found = etree.fromstring(answer.content)
    assert found.get("entityID") == request["issuer"]
    assert [e.get("Location") for e in found.iter("{*}AssertionConsumerService")] == [request["acs"]]
    assert not list(found.iter("{*}SingleLogoutService"))


def renamed(response: Any) -> None:
    """After signing: make the statement about somebody else."""
    response.find(f".//{{{SAML}}}AttributeValue").text = "ben@students.maple.example"


def wrapped(response: Any) -> None:
    """Put a second, unsigned statement before the signed one."""
    signed = response.find(f"{{{SAML}}}Assertion")
    forged = etree.fromstring(etree.tostring(signed))
    forged.set("ID", "_forged")
    forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    forged.find(f".//{{{SAML}}}NameID").text = "somebody-else"
    response.insert(list(response).index(signed), forged)


LIES: dict[str, dict[str, Any]] = {
    "for another application": {"audience": "https://elsewhere.example"},
    "sent to another address": {"recipient": "https://elsewhere.example/acs"},
    "out of date": {"age": 3600},
    "by another provider": {"issuer": "https://idp.elsewhere.example"},
    "unsigned": {"key": None},
    "signed by another key": {"key": rsa.generate_private_key(65537, 2048)},
    "changed after signing": {"after": renamed},
    "wrapped in a forged one": {"after": wrapped},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_is_not_ours_opens_nothing(cast: Cast, service: UUID, peer: SamlPeer, lie: str) -> None:
    client = visitor()
    request = asked(client, cast, service, peer)
    assert given(client, request["acs"], peer.answer(request, **LIES[lie])).status_code == 403
    assert client.get("/me").headers["Location"].startswith("/sign-in")
    assert outcomes(cast) == ["token"]


HOSTILE: dict[str, Callable[[SamlPeer, dict[str, str]], str]] = {
    "nothing": lambda *_: "",
    "no base64": lambda *_: "%%%",
    "no xml": lambda *_: "bm90IHhtbA==",
    "entities": lambda *_: "PCFET0NUWVBFIGEgWzwhRU5USVRZIGIgU1lTVEVNICJmaWxlOi8vL2V0Yy9wYXNzd2QiPl0+PGE+JmI7PC9hPg==",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nonsense_is_turned_away(cast: Cast, service: UUID, peer: SamlPeer, what: str) -> None:
    client = visitor()
    request = asked(client, cast, service, peer)
    assert given(client, request["acs"], HOSTILE[what](peer, request)).status_code == 403
    assert outcomes(cast) == ["token"]


def test_an_answer_that_nobody_asked_for_opens_nothing(cast: Cast, service: UUID, peer: SamlPeer) -> None:
    client = visitor()
    request = asked(visitor(), cast, service, peer)
    for reply in ("", "_made-up", request["id"]):
        assert given(client, request["acs"], peer.answer(request, in_response_to=reply)).status_code == 403
    assert outcomes(cast) == ["state"] * 3


def test_addresses_of_services_that_are_not_there(cast: Cast, service: UUID, peer: SamlPeer) -> None:
    acs = urlsplit(asked(visitor(), cast, service, peer)["acs"]).path
    for path in (acs.replace(service.hex, "0" * 32), "/saml/x/acs/"):
        assert visitor().post(path, {"SAMLResponse": "x"}).status_code == 404
    assert visitor().get(f"{acs}finish/").status_code == 403
