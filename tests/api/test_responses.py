"""``POST /api/responses``: durable, once, and only for oneself; the native route and the documented one agree."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import pytest
from django.test import Client

from headway.school.curriculum.queries import problem_of
from headway.school.models import AccessLog, Evidence, Role
from headway.school.people.tenancy import in_district
from tests.api.conftest import token_of
from tests.cast import Cast
from tests.clients import waited

ROUTES = ("native", "documented")


def post(route: str, body: Any, **headers: str) -> httpx.Response:
    """Send a body to one of the two routes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json", **headers}
    if route == "documented":
        answer = Client(enforce_csrf_checks=True).post(
            "/api/responses", content, content_type="application/json", headers=headers
        )
        return httpx.Response(answer.status_code, content=answer.content, headers=dict(answer.headers))
    from headway.site.asgi import application

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post("/api/responses", content=content, headers=headers)

    return waited(send())


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def start(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "kind": "start", **more}


@pytest.mark.parametrize("route", ROUTES)
def test_an_answer_is_taken_once_and_gives_the_next_problem(route: str, fresh_cast: Cast) -> None:
    token = bearer(token_of(fresh_cast, "Ana"))
    opened = post(route, start(), **token)
    assert opened.status_code == 201, opened.text
    activity = opened.json()["activity"]
    key = problem_of(fresh_cast.district.id, activity["id"]).steps[0].answer.keys[0]
    body = {"id": str(uuid.uuid4()), "activity": activity["id"], "step": 0, "answer": key}
    first, again = post(route, body, **token), post(route, body, **token)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["correct"]
    assert first.json()["reason"]
    assert first.json()["activity"]["id"] != activity["id"]
    assert again.json() == {**first.json(), "again": True}
    with in_district(fresh_cast.district.id):
        assert Evidence.objects.filter(learner=fresh_cast["Ana"]).count() == 2


BAD: dict[str, tuple[Any, int, str]] = {
    "not JSON": (b"{", 422, "malformed"),
    "a list": ([], 422, "malformed"),
    "deep": (b"[" * 20_000, 422, "malformed"),
    "no key": ({"activity": "gen:x:1"}, 422, "malformed"),
    "a bad key": ({"id": "1", "kind": "start"}, 422, "malformed"),
    "an unknown field": (start(extra=1), 422, "malformed"),
    "a long answer": ({"id": str(uuid.uuid4()), "activity": "a", "answer": "1" * 3000}, 422, "malformed"),
    "a null character": ({"id": str(uuid.uuid4()), "activity": "gen:x\0:1", "answer": "\0"}, 404, "unknown-activity"),
    "not a number": (b'{"id": "6f1e7e0a-8f38-4c2e-9f0e-000000000001", "kind": "start", "at": NaN}', 422, "malformed"),
    "no such activity": ({"id": str(uuid.uuid4()), "activity": "gen:none:1", "answer": "1"}, 404, "unknown-activity"),
    "no such start": (start(activity="gen:6.EE.A.1/none:1"), 404, "unknown-activity"),
    "no such seed": (start(activity="gen:3.NF.A.1/whose-share:-1"), 404, "unknown-activity"),
    "a seed written otherwise": (start(activity="gen:3.NF.A.1/whose-share:01"), 404, "unknown-activity"),
    "a long seed": (start(activity=f"gen:3.NF.A.1/whose-share:{'9' * 200}"), 404, "unknown-activity"),
    "no such step": (
        {"id": str(uuid.uuid4()), "activity": "gen:6.EE.A.1/none:1", "step": 9, "answer": "1"},
        404,
        "unknown-activity",
    ),
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_words(route: str, case: str, cast: Cast) -> None:
    body, status, code = BAD[case]
    answer = post(route, body, **bearer(token_of(cast, "Ben")))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:headway:problem:{code}"
    assert problem["detail"]
    assert problem["status"] == status


@pytest.mark.parametrize("route", ROUTES)
def test_a_reused_key_with_another_body_is_a_conflict(route: str, fresh_cast: Cast) -> None:
    token = bearer(token_of(fresh_cast, "Ana"))
    opened = post(route, start(), **token).json()
    body = {"id": str(uuid.uuid4()), "activity": opened["activity"]["id"], "shown": True}
    assert post(route, body, **token).status_code == 201
    answer = post(route, {**body, "shown": False, "answer": "1"}, **token)
    assert answer.status_code in (409, 200)
    if answer.status_code == 200:  # what cannot be read is never written, so there is nothing to be in conflict with
        assert answer.json()["outcome"] not in ("right", "wrong")
    else:
        assert answer.json()["type"].endswith("key-reused")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer hw1.AAAA.x"}, {"authorization": "Basic eDp5"}])
def test_strangers_are_turned_away(route: str, headers: dict[str, str], cast: Cast) -> None:
    answer = post(route, start(), **headers)
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("unauthenticated")


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_answers_for_somebody_else(route: str, cast: Cast) -> None:
    ben = str(cast["Ben"].id)
    assert post(route, start(learner=ben), **bearer(token_of(cast, "Ana"))).status_code == 403
    assert post(route, start(), **bearer(token_of(cast, "Ana", "read"))).status_code == 403
    assert post(route, start(), **bearer(token_of(cast, "Okafor"))).status_code == 403
    leader = token_of(cast, "Dana", "respond:any")
    assert post(route, start(learner=ben), **bearer(leader)).status_code == 201


@pytest.mark.parametrize("route", ROUTES)
def test_a_leader_answers_for_their_own_school_only_and_leaves_a_line(route: str, fresh_cast: Cast) -> None:
    stone, pike, ben = fresh_cast["Stone"], fresh_cast["Pike"], fresh_cast["Ben"]
    with in_district(fresh_cast.district.id):
        elsewhere = Role.objects.get(person=stone).school
        Role.objects.create(district=fresh_cast.district, person=stone, school=elsewhere, name="leader")
    sent = start(learner=str(ben.id))
    refused = post(route, sent, **bearer(token_of(fresh_cast, "Stone", "respond:any")))
    assert (refused.status_code, refused.json()["type"]) == (404, "urn:headway:problem:unknown-learner")
    unknown = post(route, start(learner=str(uuid.uuid4())), **bearer(token_of(fresh_cast, "Pike", "respond:any")))
    assert unknown.json()["detail"] == refused.json()["detail"]
    assert post(route, sent, **bearer(token_of(fresh_cast, "Pike", "respond:any"))).status_code == 201
    with in_district(fresh_cast.district.id):
        assert AccessLog.objects.filter(reader=pike, learner=ben, place="/api/responses").count() == 1


@pytest.mark.parametrize("route", ROUTES)
def test_a_cookie_that_the_database_cannot_hold_is_nobodys(route: str, cast: Cast) -> None:
    forged = {"cookie": 'headway_session="\\000aaaaaaaaaaaaaaaa"'}
    assert post(route, start(), **forged).status_code == 401
    assert Client().get("/practice", headers=forged).status_code == 302


def test_a_session_needs_its_csrf_token(cast: Cast) -> None:
    from headway.school.people.sign_in import demo_link_token

    client = Client(enforce_csrf_checks=True)
    with in_district(cast.district.id):
        link = demo_link_token(cast["Chi"])
    page = client.get(f"/demo/sign-in/{link}")
    assert page.status_code == 302
    session = client.cookies["headway_session"].value
    cookie = f"headway_session={session}; csrftoken={'a' * 32}"
    for route in ROUTES:
        assert post(route, start(), cookie=cookie).status_code == 403
        assert post(route, start(), cookie=cookie, **{"x-csrftoken": "b" * 32}).status_code == 403
        foreign = {"x-csrftoken": "a" * 32, "origin": "https://evil.example"}
        assert post(route, start(), cookie=cookie, **foreign).status_code == 403
        assert post(route, start(), cookie=cookie, **{"x-csrftoken": "!" * 64}).status_code == 403
        elsewhere = {"x-csrftoken": "a" * 32, "host": "evil.example"}
        assert post(route, start(), cookie=cookie, **elsewhere).status_code in (400, 403)
        assert post(route, start(), cookie=cookie, **{"x-csrftoken": "a" * 32}).status_code == 201


def test_too_many_answers_are_slowed_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.api import rates

    monkeypatch.setattr(rates, "BURST", 3.0)
    monkeypatch.setattr(rates, "PER_SECOND", 0.001)
    monkeypatch.setattr(rates, "_buckets", {})
    token = bearer(token_of(cast, "Dev"))
    answers = [post("native", start(), **token) for _ in range(4)]
    assert [a.status_code for a in answers] == [201, 201, 201, 429]
    assert answers[3].headers["retry-after"]
