"""The page of tools: registered by hand or by themselves, agreed to, closed, by people with a part in the whole district."""

from __future__ import annotations

import html
import json
import re
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from headway.school.exchange.tools.models import LtiTool, LtiToolInvitation
from headway.school.exchange.tools.register import INVITED, client_of
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from headway.standards.lti.registration import PLATFORM, TOOL
from tests.api.programs import Answer, call
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.pages.lti.platform_peer import HERE
from tests.pages.lti.tools.tool_peer import Seat, ToolPeer


def form_for(tool: ToolPeer, **more: str) -> dict[str, Any]:
    found = {"name": "Number lines", "login_url": f"{tool.address}/login", "launch_url": f"{tool.address}/launch",
             "keys_url": f"{tool.address}/keys", "may": ["scores"], **more}  # fmt: skip
    return {name: value for name, value in found.items() if value}


def test_a_tool_is_registered_changed_and_closed_by_hand(cast: Cast, tool: ToolPeer) -> None:
    dana = signed_in(cast["Dana"])
    page = dana.post("/lti/tools/add", form_for(tool, custom="level=2\nnonsense"), follow=True).content.decode()
    with in_district(cast.district.id):
        row = LtiTool.objects.get()
    assert (row.shares, row.custom, row.redirects) == ([], {"level": "2"}, [f"{tool.address}/launch"])
    assert words.SCORE in row.scopes and words.MEMBERS_READ not in row.scopes
    issuer = f"{HERE}/lti/{cast.district.id}"
    for each in (issuer, client_of(row), str(row.id), f"{issuer}/authorize", f"{issuer}/keys", f"{HERE}/oauth2/token"):
        assert each in page
    agreed = {"tool": str(row.id), "what": "agree", "hears": ["email", "diary"], "may": ["members", "everything"]}
    assert "Saved." in dana.post("/lti/tools/change", agreed, follow=True).content.decode()
    with in_district(cast.district.id):
        row.refresh_from_db()
    assert (row.shares, row.scopes) == (["email"], [words.MEMBERS_READ])
    close = {"tool": str(row.id), "what": "close"}
    assert "No tool yet" in dana.post("/lti/tools/change", close, follow=True).content.decode()
    assert dana.post("/lti/tools/change", close).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "at most 60 letters"),
        ({"login_url": "javascript:alert(1)"}, "cannot be an address"),
        ({"launch_url": "https://user@x.example/"}, "cannot be an address"),
        ({"redirects": "https://x.example/a ftp://x.example/b"}, "cannot be an address"),
        ({"choose_url": 'https://x.example/";script-src *'}, "cannot be an address"),
        ({"keys_url": ""}, "public key as a JWK"),
        ({"keys_url": "", "key": '{"kty":"oct","kid":"a","k":"c2VjcmV0"}'}, "public key as a JWK"),
    ],
)
def test_a_tool_that_cannot_work_is_not_registered(cast: Cast, tool: ToolPeer, wrong: Any, says: str) -> None:
    answer = signed_in(cast["Dana"]).post("/lti/tools/add", form_for(tool, **wrong))
    assert answer.status_code == 422 and says in html.unescape(answer.content.decode())
    with in_district(cast.district.id):
        assert not LtiTool.objects.exists()


def test_a_tool_may_give_its_key_instead_of_an_address(cast: Cast, tool: ToolPeer) -> None:
    key = json.dumps(tool.keys[0].as_dict(private=True))
    signed_in(cast["Dana"]).post("/lti/tools/add", form_for(tool, keys_url="", key=key))
    with in_district(cast.district.id):
        row = LtiTool.objects.get()
    assert "d" not in row.keys["keys"][0], "a private half that was pasted is not kept"
    seat = Seat(tool, cast, row, client_of(row))
    assert seat.ask_token(seat.assertion(), words.SCORE).status == 200
    with in_district(cast.district.id):
        LtiTool.objects.update(ended_at=time.time())
    assert seat.ask_token(seat.assertion(), words.SCORE).status == 401, "closed"


def test_the_pages_are_for_the_whole_districts_people(cast: Cast, tool: ToolPeer) -> None:
    for name in ("Pike", "Okafor", "Ana", "Maria"):
        client = signed_in(cast[name])
        assert client.get("/lti/tools").status_code == 404
        assert client.post("/lti/tools/add", form_for(tool)).status_code == 404
        assert client.post("/lti/tools/change", {"what": "invite"}).status_code == 404
    assert signed_in(cast["Ana"]).get(f"/teach/{cast.a.id}/tools").status_code == 404
    assert signed_in(cast["Lee"]).get(f"/teach/{cast.a.id}/tools").status_code == 404


def invited(cast: Cast, tool: ToolPeer) -> dict[str, str]:
    """A link of the page, as its address holds it."""
    form = {
        "what": "invite",
        "address": f"{tool.address}/register?x=1",
        "may": ["scores", "members"],
        "hears": ["name"],
    }
    page = signed_in(cast["Dana"]).post("/lti/tools/change", form).content.decode()
    found = re.search(rf'href="({re.escape(tool.address)}/register[^"]+)"', page)
    assert found is not None
    return dict(parse_qsl(urlsplit(html.unescape(found[1])).query))


def described(tool: ToolPeer, **more: Any) -> dict[str, Any]:
    return {
        "application_type": "web", "response_types": ["id_token"], "client_name": "Number lines",
        "initiate_login_uri": f"{tool.address}/login", "redirect_uris": [f"{tool.address}/launch"], "scope": words.SCORE,
        "jwks_uri": f"{tool.address}/keys", "token_endpoint_auth_method": "private_key_jwt",
        TOOL: {"domain": "localhost", "target_link_uri": f"{tool.address}/launch", "claims": ["iss", "sub", "email"],
               "messages": [{"type": words.CHOOSING, "target_link_uri": f"{tool.address}/choose"}]}, **more,
    }  # fmt: skip


def registers(token: str, body: Any) -> Answer:
    headers = {"host": "localhost", "authorization": f"Bearer {token}", "content-type": "application/json"}
    return call("POST", "/lti/services/register", "", headers, json.dumps(body).encode())


def test_a_tool_registers_itself_once_and_waits_for_a_yes(cast: Cast, tool: ToolPeer) -> None:
    link = invited(cast, tool)
    assert link["x"] == "1"
    ours = visitor().get(link["openid_configuration"].removeprefix(HERE)).json()
    assert ours["issuer"] == f"{HERE}/lti/{cast.district.id}" and PLATFORM in ours
    assert link["openid_configuration"] == f"{ours['issuer']}/.well-known/openid-configuration"
    assert urlsplit(ours["registration_endpoint"]).path == "/lti/services/register"
    made = registers(link["registration_token"], described(tool))
    assert made.status == 201 and made.json()["scope"] == words.SCORE, "no more than it asked for"
    assert registers(link["registration_token"], described(tool)).status == 401, "once"
    with in_district(cast.district.id):
        row = LtiTool.objects.get()
    assert (row.shares, row.agreed_at, made.json()[TOOL]["deployment_id"]) == (["name"], None, str(row.id))
    seat = Seat(tool, cast, row, made.json()["client_id"])
    assert seat.ask_token(seat.assertion(), words.SCORE).status == 401, "nobody has said yes"
    assert signed_in(cast["Okafor"]).get(f"/teach/{cast.a.id}/tools/{row.id}").status_code == 404
    dana = signed_in(cast["Dana"])
    assert "waits for your yes" in dana.get("/lti/tools").content.decode()
    dana.post("/lti/tools/change", {"what": "agree", "tool": str(row.id), "may": ["scores"]})
    assert seat.ask_token(seat.assertion(), words.SCORE).status == 200
    claims = seat.launch(signed_in(cast["Okafor"]), f"/teach/{cast.a.id}/tools/{row.id}")
    assert claims[f"{words.LTI}target_link_uri"] == f"{tool.address}/choose"


def test_a_tool_that_describes_itself_wrongly_is_not_kept(cast: Cast, tool: ToolPeer) -> None:
    token = invited(cast, tool)["registration_token"]
    wrongs: tuple[dict[str, Any], ...] = (
        {"redirect_uris": ["https://elsewhere.example/launch"]}, {"redirect_uris": []}, {"client_name": None},
                  {"initiate_login_uri": "javascript:alert(1)"}, {"jwks_uri": None}, {TOOL: None},
                  {"token_endpoint_auth_method": "client_secret_post"}, {"jwks_uri": "file:///etc/passwd"})  # fmt: skip
    for wrong in wrongs:
        assert registers(token, described(tool, **wrong)).status == 400, wrong
    assert registers("", described(tool)).status == registers("hwr.AAAA.x", described(tool)).status == 401
    with in_district(cast.district.id):
        assert not LtiTool.objects.exists()
        LtiToolInvitation.objects.update(at=time.time() - INVITED - 1)
    assert registers(token, described(tool)).status == 401, "too old"
