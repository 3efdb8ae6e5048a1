"""What a tool sends that no database keeps and no float holds is refused in LTI's words: no fault here, nothing half done."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest

from headway.school.exchange.tools.choosing import take_away
from headway.school.exchange.tools.models import LtiTool, LtiToolInvitation
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from headway.standards.lti.registration import TOOL
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.pages.lti.tools.test_round_trip import chosen, score
from tests.pages.lti.tools.test_settings import described, form_for, invited, registers
from tests.pages.lti.tools.tool_peer import Seat, ToolPeer

HALF, NUL, HUGE = "\ud800", "\x00", 10**400


def signed(seat: Seat, token: str, **more: Any) -> str:
    """A token of the tool with other claims in it, which JSON may write in ASCII only."""
    claims = jwt.decode(token, options={"verify_signature": False}) | more
    key = seat.peer.keys[-1]
    return jwt.PyJWS().encode(
        json.dumps(claims).encode(), key.as_pem(private=True), algorithm="RS256", headers={"kid": key.kid}
    )


def test_scores_and_line_items(seat: Seat) -> None:
    claims = seat.launched("Ana", seat.place(maximum=20.0))
    item, good = claims[words.GRADES]["lineitem"], score(claims["sub"])
    for more in ({"comment": HALF}, {"comment": NUL}, {"userId": HALF}, {"scoreGiven": HUGE}, {"scoreGiven": -HUGE},
                 {"scoreMaximum": HUGE}, {"scoreMaximum": 1e-320}, {"scoreGiven": float("nan")}, {NUL: 1}):  # fmt: skip
        assert seat.ask("POST", f"{item}/scores", {**good, **more}).status == 400, more
    column = {"label": "Quiz", "scoreMaximum": 10}
    for more in (
        {"label": HALF},
        {"tag": HALF},
        {"scoreMaximum": HUGE},
        {"scoreMaximum": 5e-324},
        {"resourceLinkId": NUL},
    ):
        assert seat.ask("POST", item.rpartition("/")[0], {**column, **more}).status == 400, more
        assert seat.ask("PUT", item, {**column, **more}).status == 400, more
    for query in ("resource_id=%00", "tag=%00", "resource_link_id=%00", "%00=1"):
        assert seat.ask("GET", f"{item.rpartition('/')[0]}?{query}").status == 400, query
    assert seat.ask("GET", f"{item}/results").json() == []
    assert seat.ask("POST", f"{item}/scores", {**good, "scoreGiven": 1e9, "scoreMaximum": 1e-6}).status == 204
    (result,) = seat.ask("GET", f"{item}/results").json()
    assert 0 < result["resultScore"] < float("inf")


def test_statements(seat: Seat) -> None:
    for jti in (NUL, HALF, "a\x00b"):
        assert seat.ask_token(signed(seat, seat.assertion(), jti=jti), words.SCORE).status == 401, repr(jti)
    assert seat.ask_token(signed(seat, seat.assertion()), words.SCORE).status == 200


@pytest.mark.parametrize(
    "more",
    [{"title": HALF}, {"title": NUL}, {"custom": {"a": NUL}}, {"custom": {HALF: "b"}}, {"custom": {"a": {"b": [HALF]}}},
     {"lineItem": {"scoreMaximum": 5, "resourceId": HALF}}],
)  # fmt: skip
def test_what_was_chosen(seat: Seat, more: dict[str, Any]) -> None:
    claims = seat.launch(signed_in(seat.cast["Okafor"]), f"/teach/{seat.cast.a.id}/tools/{seat.tool.id}")
    settings = claims[f"{words.DEEP}deep_linking_settings"]
    at = f"/lti/{seat.cast.district.id}/chosen"
    wrong = signed(
        seat, seat.answer(settings, []), **{f"{words.DEEP}content_items": [{"type": "ltiResourceLink", **more}]}
    )
    assert visitor().post(at, {"JWT": wrong}).status_code == 403
    wrong = signed(seat, seat.answer(settings, []), nonce=next(iter((NUL, HALF))))
    assert visitor().post(at, {"JWT": wrong}).status_code == 403
    assert visitor().post(at, {"JWT": seat.answer(settings, [])}).status_code == 200, "the choice is still open"


def test_a_maximum_and_a_number_of_hundreds_of_digits(seat: Seat) -> None:
    back = chosen(seat, [{"type": "ltiResourceLink", "title": "Quiz", "lineItem": {"scoreMaximum": HUGE}}])
    okafor = signed_in(seat.cast["Okafor"])
    assert okafor.post(back, {"take": "9" * 5000}).status_code == 422
    assert okafor.post(back, {"take": "0"}).status_code == 302, "the link comes without a column"


def test_registering(cast: Cast, tool: ToolPeer) -> None:
    token = invited(cast, tool)["registration_token"]
    for more in ({"client_name": HALF}, {"contacts": [HALF]}, {TOOL: {**described(tool)[TOOL], "custom_parameters": {"a": NUL}}},
                 {"jwks_uri": "", "jwks": {"keys": [{"kty": "RSA", "kid": "a", "n": NUL}]}},
                 {"initiate_login_uri": f"{tool.address}/login{HALF}"}):  # fmt: skip
        assert registers(token, described(tool, **more)).status == 400, more
    with in_district(cast.district.id):
        assert not LtiTool.objects.exists() and LtiToolInvitation.objects.get().used_at is None
    key = '{"kty":"RSA","kid":"a","n":"\\u0000"}'
    for text in (key, key.replace("0000", "d800")):
        assert signed_in(cast["Dana"]).post("/lti/tools/add", form_for(tool, keys_url="", key=text)).status_code == 422
    assert registers(token, described(tool)).status == 201


def test_once_nothing_of_it_stands_there_a_tool_hears_no_more_of_a_class(seat: Seat) -> None:
    placement = seat.place(maximum=20.0)
    claims = seat.launched("Ana", placement)
    members, item = claims[words.MEMBERS]["context_memberships_url"], claims[words.GRADES]["lineitem"]
    assert seat.ask("GET", members).status == seat.ask("GET", item).status == 200
    with in_district(seat.cast.district.id):
        assert take_away(placement=placement, section=seat.cast.a, by=seat.cast["Okafor"], now=time.time())  # type: ignore[arg-type]
    assert seat.ask("GET", members).status == seat.ask("GET", item).status == 404
    assert seat.ask("POST", f"{item}/scores", score(claims["sub"])).status == 404


def test_keys_that_cannot_be_read_are_asked_for_once_a_minute(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def no_answer(_method: str, address: str) -> None:
        from headway.school.exchange.outside import NoAnswer

        asked.append(address)
        raise NoAnswer("not to be reached")

    with in_district(seat.cast.district.id):
        LtiTool.objects.filter(id=seat.tool.id).update(keys={}, keys_at=0.0)
    with monkeypatch.context() as away:
        away.setattr("headway.school.exchange.lti.keys.ask", no_answer)
        assert [seat.ask_token(seat.assertion(), words.SCORE).status for _ in range(5)] == [401] * 5
    assert len(asked) == 1, "whoever knows a client identifier cannot make us ask, and wait, again and again"
    with in_district(seat.cast.district.id):
        LtiTool.objects.filter(id=seat.tool.id).update(keys_at=time.time() - 61)
    assert seat.ask_token(seat.assertion(), words.SCORE).status == 200
