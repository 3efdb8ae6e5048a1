"""The page of a district's learning management systems: registered by hand, by themselves, agreed with, closed."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from headway.school.exchange.lti.platforms import INVITED
from headway.school.models import LtiInvitation, LtiPlatform
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.pages.lti.platform_peer import CLIENT, DEPLOYMENT, HERE, Course, PlatformPeer

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"


def form_for(peer: PlatformPeer, **more: str) -> dict[str, str]:
    return {
        "name": "Maple courses", "issuer": peer.address, "client": "", "login_url": f"{peer.address}/auth",
        "token_url": f"{peer.address}/token", "keys_url": f"{peer.address}/keys", "claim": "email", "field": "email",
        "domains": "students.maple.example", "deployments": "", **more,
    }  # fmt: skip


def test_registered_by_hand_in_two_steps(cast: Cast, peer: PlatformPeer) -> None:
    dana = signed_in(cast["Dana"])
    page = dana.post("/lti/add", form_for(peer), follow=True).content.decode()
    assert "give the platform our addresses" in page and f"{HERE}/lti/{cast.district.id}/keys" in page
    with in_district(cast.district.id):
        row = LtiPlatform.objects.get()
        course = Course(peer, cast.district.id, row.service_id)
        assert row.origins == [peer.address] and not row.grades
    assert f"{HERE}{course.base}/begin" in page and f"{HERE}{course.base}/launch" in page
    early = visitor().post(f"{course.base}/begin", {"iss": peer.address, "login_hint": "u1"})
    assert early.status_code == 403, "no client identifier yet"
    agreed = {
        "platform": str(course.platform),
        "what": "agree",
        "client": CLIENT,
        "deployments": f"x,1\n {DEPLOYMENT}\n",
    }
    assert "Saved." in dana.post("/lti/change", agreed, follow=True).content.decode()
    assert course.launch(visitor()).status_code == 302
    dana.post("/lti/change", {**agreed, "client": "another", "deployments": "x,1", "grades": "1"})
    with in_district(cast.district.id):
        row.refresh_from_db()
        row.service.refresh_from_db()
        assert (row.service.client, row.deployments, row.grades) == (CLIENT, ["x,1"], True), "a client never changes"
    page = dana.get("/lti").content.decode()
    assert "Ana Diaz" in page and "has not been entered yet" in page, "who came, and who did not"
    again = dana.post("/lti/add", form_for(peer, client=CLIENT))
    assert again.status_code == 422 and "registered already" in again.content.decode()
    assert "Closed." in dana.post("/lti/change", {**agreed, "what": "close"}, follow=True).content.decode()
    assert dana.post("/lti/change", {**agreed, "what": "close"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "at most 60 letters"),
        ({"issuer": ""}, "Copy the issuer"),
        ({"login_url": "ftp://x.example"}, "three addresses"),
        ({"keys_url": "https://user@x.example/keys"}, "three addresses"),
        ({"token_url": 'https://x.example/";script-src *'}, "three addresses"),
        ({"claim": "two words"}, "Name the statement"),
        ({"field": "name"}, "Choose what to compare"),
        ({"domains": "@maple"}, "is no domain"),
    ],
)
def test_a_platform_that_cannot_work_is_not_registered(
    cast: Cast, peer: PlatformPeer, wrong: dict[str, str], says: str
) -> None:
    answer = signed_in(cast["Dana"]).post("/lti/add", form_for(peer, **wrong))
    assert answer.status_code == 422 and says in answer.content.decode()
    with in_district(cast.district.id):
        assert not LtiPlatform.objects.exists()


def test_the_page_is_for_the_whole_districts_people(cast: Cast, peer: PlatformPeer) -> None:
    for name in ("Pike", "Okafor", "Ana", "Maria"):
        client = signed_in(cast[name])
        assert client.get("/lti").status_code == 404
        assert client.post("/lti/add", form_for(peer)).status_code == 404
        assert client.post("/lti/change", {"what": "key"}).status_code == 404


def test_a_new_key_leaves_the_old_one_published_for_a_while(cast: Cast) -> None:
    def published() -> list[str]:
        return [key["kid"] for key in visitor().get(f"/lti/{cast.district.id}/keys").json()["keys"]]

    before = published()
    signed_in(cast["Dana"]).post("/lti/change", {"what": "key"})
    assert len(published()) == 2 and published()[1:] == before


def invited(cast: Cast, **more: str) -> str:
    rule = {"what": "invite", "claim": "email", "field": "email", "domains": "students.maple.example", **more}
    page = signed_in(cast["Dana"]).post("/lti/change", rule).content.decode()
    found = re.search(rf"{HERE}(/lti/{cast.district.id}/register/[\w-]+)", page)
    assert found is not None and "is not shown again" in page
    return found[1]


def describes_itself(peer: PlatformPeer, **more: Any) -> list[Any]:
    """Let the peer take part in dynamic registration; returns what it is asked to register."""
    asked: list[Any] = []
    scope = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
    found = {
        "issuer": peer.address, "authorization_endpoint": f"{peer.address}/auth", "token_endpoint": f"{peer.address}/token",
        "jwks_uri": f"{peer.address}/keys", "registration_endpoint": f"{peer.address}/register", "scopes_supported": [scope],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": {"product_family_code": "moodle"}, **more,
    }  # fmt: skip

    def register(_path: str, body: bytes, headers: Any) -> tuple[int, dict[str, str], Any]:
        import json

        asked.append(json.loads(body))
        assert headers["Authorization"] == "Bearer reg-1"
        return 200, {}, {"client_id": CLIENT, TOOL: {"deployment_id": DEPLOYMENT}}

    peer.answers["GET /configuration"] = lambda *_: (200, {}, found)
    peer.answers["POST /register"] = register
    return asked


def opened(client: Client, link: str, peer: PlatformPeer) -> Any:
    call = {"openid_configuration": f"{peer.address}/configuration", "registration_token": "reg-1"}
    return client.get(f"{link}?{urlencode(call)}", headers={"Sec-Fetch-Dest": "iframe"})


def test_a_platform_registers_itself_once(cast: Cast, peer: PlatformPeer) -> None:
    link, asked = invited(cast, grades="1"), describes_itself(peer)
    assert "Paste it" in visitor().get(link).content.decode(), "opened by hand it does nothing"
    page = opened(visitor(), link, peer)
    assert page.status_code == 200 and "Headway is registered" in page.content.decode()
    assert f"frame-ancestors {peer.address}" in page.headers["Content-Security-Policy"]
    (wanted,) = asked
    assert wanted["token_endpoint_auth_method"] == "private_key_jwt" and wanted["scope"].endswith("scope/score")
    with in_district(cast.district.id):
        row = LtiPlatform.objects.get()
        course = Course(peer, cast.district.id, row.service_id)
        assert (row.service.name, row.service.client, row.deployments, row.grades) == (
            "Moodle",
            CLIENT,
            [DEPLOYMENT],
            True,
        )
    assert wanted["redirect_uris"] == [f"{HERE}{course.base}/launch"]
    assert wanted["initiate_login_uri"] == f"{HERE}{course.base}/begin"
    assert wanted["jwks_uri"] == f"{HERE}/lti/{cast.district.id}/keys"
    assert course.launch(visitor()).status_code == 302
    assert opened(visitor(), link, peer).status_code == 403, "once"


def test_a_link_that_is_old_or_made_up_registers_nothing(cast: Cast, peer: PlatformPeer) -> None:
    link, asked = invited(cast), describes_itself(peer)
    with in_district(cast.district.id):
        LtiInvitation.objects.update(at=time.time() - INVITED - 1)
    for each in (link, f"/lti/{cast.district.id}/register/made-up"):
        assert opened(visitor(), each, peer).status_code == 403
    assert not asked


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": ""},
        {"jwks_uri": "ftp://x.example"},
        {"registration_endpoint": "http://localhost:9/none"},
    ],
)
def test_a_platform_that_describes_itself_wrongly_is_not_kept(cast: Cast, peer: PlatformPeer, wrong: Any) -> None:
    link = invited(cast)
    describes_itself(peer, **wrong)
    page = opened(visitor(), link, peer)
    assert page.status_code == 400 and "Headway was not registered" in page.content.decode()
    with in_district(cast.district.id):
        assert not LtiPlatform.objects.exists() and LtiInvitation.objects.get().used_at is None, (
            "the link is still good"
        )
