"""Signing in by OpenID Connect, against a provider on loopback: who comes in, and every lie that is turned away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from headway.school.exchange.sign_on.services import Draft, NoService, add_service, arrivals, close_service, let_go
from headway.school.models import SignOnAccount
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor
from tests.pages.sign_on.openid_peer import CLIENT, SECRET, Claims, OpenIdPeer, openid_peer


@pytest.fixture(scope="module")
def peer() -> Iterator[OpenIdPeer]:
    with openid_peer() as found:
        yield found


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    with in_district(found.district.id):
        for name in ("Ana", "Ben", "Okafor"):
            found[name].email = f"{name}@students.maple.example"
            found[name].save()
    yield found
    found.close()


@pytest.fixture
def service(cast: Cast, peer: OpenIdPeer) -> UUID:
    peer.account = {"sub": "account-1", "email": "ana@students.maple.example", "email_verified": True}
    peer.twist, peer.sign, peer.refuse = (lambda claims: claims), None, False
    return opened(cast, peer)


def opened(cast: Cast, peer: OpenIdPeer, **more: object) -> UUID:
    form = {"kind": "oidc", "name": "Maple sign-in", "issuer": peer.address, "client": CLIENT, "secret": SECRET, **more}
    with in_district(cast.district.id):
        return add_service(by=cast["Dana"], draft=Draft(**form), now=time.time())  # type: ignore[arg-type]


def begun(client: Client, cast: Cast, service: UUID, onward: str = "/me") -> str:
    """Where the provider sends the browser back to, as a path of ours."""
    answer = client.get(f"/sign-in/by/{cast.district.id}/{service}", {"next": onward})
    assert answer.status_code == 302, answer.content.decode()[-800:]
    back = urlsplit(httpx.get(answer.headers["Location"]).headers["Location"])
    assert back.path.startswith("/sign-in/back/") and "code_verifier" not in answer.headers["Location"]
    return f"{back.path}?{back.query}"


def outcomes(cast: Cast) -> list[str]:
    with in_district(cast.district.id):
        return [each.outcome for each in arrivals()]


def test_a_learner_comes_in_and_goes_to_the_page_that_was_asked_for(cast: Cast, service: UUID) -> None:
    client = visitor()
    assert "Maple sign-in" in client.get("/sign-in", {"at": str(cast.district.id)}).content.decode()
    answer = client.get(begun(client, cast, service))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")
    assert "Ana" in client.get("/me").content.decode()
    assert outcomes(cast) == ["in"]
    client.post("/sign-out")
    assert client.get("/me").headers["Location"].startswith("/sign-in")


def test_an_account_is_known_by_its_identifier_when_its_address_changes(
    cast: Cast, service: UUID, peer: OpenIdPeer
) -> None:
    first, second = visitor(), visitor()
    first.get(begun(first, cast, service))
    peer.account = {**peer.account, "email": "ben@students.maple.example"}  # an address that was given to another child
    second.get(begun(second, cast, service))
    assert "Ana" in second.get("/me").content.decode()
    peer.account = {"sub": "account-2", "email": "ana@students.maple.example"}
    third = visitor()
    answer = third.get(begun(third, cast, service))
    assert answer.status_code == 403 and "another account than before" in answer.content.decode()
    with in_district(cast.district.id):
        assert let_go(service=service, who="ana@students.maple.example")
    assert third.get(begun(third, cast, service)).status_code == 302
    with in_district(cast.district.id):
        assert SignOnAccount.objects.get().subject == "account-2"


def test_the_rule_may_compare_the_identifier_of_the_roster(cast: Cast, peer: OpenIdPeer, service: UUID) -> None:
    del service
    other = opened(cast, peer, claim="studentNumber", field="sourced_id", name="By number")
    peer.account = {"sub": "x", "studentNumber": "Ben"}  # comes from userinfo where the token leaves it out
    peer.twist = lambda claims: {k: v for k, v in claims.items() if k != "studentNumber"}
    client = visitor()
    assert client.get(begun(client, cast, other)).status_code == 302
    assert "Ben" in client.get("/me").content.decode()


@pytest.mark.parametrize(
    ("account", "outcome"),
    [
        ({"email": "nobody@students.maple.example"}, "unknown"),
        ({"email": ""}, "unknown"),
        ({"email": "ana@students.maple.example", "email_verified": False}, "unverified"),
        ({"email": "ana@private.example"}, "domain"),
        ({"email": "%"}, "domain"),
    ],
)
def test_who_does_not_fit_the_roster_stays_outside(
    cast: Cast, peer: OpenIdPeer, service: UUID, account: Claims, outcome: str
) -> None:
    del service
    strict = opened(cast, peer, domains=("students.maple.example",))
    peer.account = {"sub": "y", **account}
    client = visitor()
    answer = client.get(begun(client, cast, strict))
    assert answer.status_code == 403 and "You are not signed in" in answer.content.decode()
    assert outcomes(cast) == [outcome]
    assert client.get("/me").headers["Location"].startswith("/sign-in")


def test_two_people_with_one_address_and_one_who_left(cast: Cast, peer: OpenIdPeer, service: UUID) -> None:
    client = visitor()
    client.get(begun(client, cast, service))
    with in_district(cast.district.id):
        cast["Ben"].email = "ANA@students.maple.example"
        cast["Ben"].save()
    peer.account = {**peer.account, "sub": "account-9"}
    twice = visitor()
    assert twice.get(begun(twice, cast, service)).status_code == 403
    with in_district(cast.district.id):
        cast["Ana"].is_active = False
        cast["Ana"].save()
    peer.account = {**peer.account, "sub": "account-1"}
    left = visitor()
    assert left.get(begun(left, cast, service)).status_code == 403
    assert outcomes(cast)[:2] == ["left", "twice"]


OTHER_KEY = RSAKey.generate_key(2048)
LIES: dict[str, Callable[[OpenIdPeer], None]] = {
    "for another client": lambda p: setattr(p, "twist", lambda c: {**c, "aud": "somebody-else"}),
    "for two, made for another": lambda p: setattr(
        p, "twist", lambda c: {**c, "aud": [CLIENT, "other"], "azp": "other"}
    ),
    "for two, made for nobody": lambda p: setattr(p, "twist", lambda c: {**c, "aud": [CLIENT, "other"]}),
    "by another issuer": lambda p: setattr(p, "twist", lambda c: {**c, "iss": "https://elsewhere.example"}),
    "out of date": lambda p: setattr(p, "twist", lambda c: {**c, "iat": c["iat"] - 900, "exp": c["exp"] - 900}),
    "from the future": lambda p: setattr(p, "twist", lambda c: {**c, "iat": c["iat"] + 900}),
    "without an end": lambda p: setattr(p, "twist", lambda c: {k: v for k, v in c.items() if k != "exp"}),
    "without a subject": lambda p: setattr(p, "twist", lambda c: {k: v for k, v in c.items() if k != "sub"}),
    "another nonce": lambda p: setattr(p, "twist", lambda c: {**c, "nonce": "of another sign-in"}),
    "no nonce": lambda p: setattr(p, "twist", lambda c: {k: v for k, v in c.items() if k != "nonce"}),
    "unsigned": lambda p: setattr(p, "sign", p.unsigned),
    "signed by another key": lambda p: setattr(p, "sign", lambda c: p.signed(c, OTHER_KEY)),
    "signed with the public key": lambda p: setattr(p, "sign", p.signed_with_the_public_key),
    "no token": lambda p: setattr(p, "sign", lambda _: ""),
    "nonsense": lambda p: setattr(p, "sign", lambda _: "a.b.c"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_ours_opens_nothing(cast: Cast, peer: OpenIdPeer, service: UUID, lie: str) -> None:
    LIES[lie](peer)
    client = visitor()
    answer = client.get(begun(client, cast, service))
    assert answer.status_code == 403
    assert client.get("/me").headers["Location"].startswith("/sign-in")
    assert outcomes(cast) == ["token"]


def test_a_stolen_or_used_answer_opens_nothing(cast: Cast, service: UUID) -> None:
    victim, thief = visitor(), visitor()
    back = begun(victim, cast, service)
    assert thief.get(back).status_code == 403, "the state belongs to another browser"
    assert victim.get(back).status_code == 302
    victim.post("/sign-out")
    assert victim.get(back).status_code == 403, "an answer is good once"
    forged = back.replace(parse_qs(urlsplit(back).query)["state"][0], "guessed")
    assert victim.get(forged).status_code == 403
    assert outcomes(cast) == ["state", "state", "in", "state"]


def test_who_stops_at_the_provider_reads_so(cast: Cast, peer: OpenIdPeer, service: UUID) -> None:
    peer.refuse = True
    client = visitor()
    assert "did not finish" in client.get(begun(client, cast, service)).content.decode()
    assert outcomes(cast) == ["cancelled"]


def test_a_provider_that_is_down_is_said_so(cast: Cast, peer: OpenIdPeer, service: UUID) -> None:
    del service
    down = opened(cast, peer, issuer="http://localhost:9")
    answer = visitor().get(f"/sign-in/by/{cast.district.id}/{down}")
    assert answer.status_code == 403 and "does not answer" in answer.content.decode()
    assert outcomes(cast) == ["service"]


def test_a_closed_service_is_not_there(cast: Cast, service: UUID) -> None:
    with in_district(cast.district.id):
        close_service(service=service, now=time.time())
    assert visitor().get(f"/sign-in/by/{cast.district.id}/{service}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"issuer": "ftp://maple.example"},
        {"issuer": "https://maple.example/?x=1"},
        {"issuer": "https://accounts.google.com"},
        {"secret": " "},
        {"kind": "oauth1"},
        {"claim": "two words"},
        {"field": "given_name"},
        {"domains": ("@maple",)},
        {"kind": "saml", "metadata": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"},
        {"kind": "saml", "metadata": "nothing"},
    ],
)
def test_a_service_that_cannot_work_is_not_added(cast: Cast, peer: OpenIdPeer, wrong: Claims) -> None:
    with pytest.raises(NoService):
        opened(cast, peer, **wrong)


def test_the_page_is_for_the_whole_districts_people(cast: Cast, peer: OpenIdPeer) -> None:
    leader = signed_in(cast["Dana"])
    form = {"kind": "oidc", "name": "Maple sign-in", "issuer": peer.address, "client": CLIENT, "secret": "", "claim": "email",
            "field": "email", "domains": "students.maple.example"}  # fmt: skip
    page = leader.post("/sign-on/add", form)
    assert page.status_code == 422 and "client secret" in page.content.decode()
    added = leader.post("/sign-on/add", {**form, "secret": SECRET}, follow=True).content.decode()
    assert "The service is open" in added and f"/sign-in/back/{cast.district.id}/" in added and SECRET not in added
    for name in ("Pike", "Okafor", "Ana", "Maria"):
        assert signed_in(cast[name]).get("/sign-on").status_code == 404
        assert signed_in(cast[name]).post("/sign-on/add", form).status_code == 404
