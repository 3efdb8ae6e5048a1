"""Lines of working through the interface: judged, kept once, only one's own, the same on both routes and the command."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import pytest
from django.test import Client

from headway.cli import main
from headway.school.models import CoachLine
from headway.school.people.tenancy import in_district
from tests.api.conftest import token_of
from tests.cast import Cast
from tests.clients import waited

ROUTES = ("native", "documented")
PROBLEM = "2(3x-5)-(x-1)=11"


def post(route: str, path: str, body: Any, token: str) -> httpx.Response:
    """Send a body to one of the two routes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    if route == "documented":
        answer = Client(enforce_csrf_checks=True).post(path, content, content_type="application/json", headers=headers)
        return httpx.Response(answer.status_code, content=answer.content, headers=dict(answer.headers))
    from headway.site.asgi import application

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post(path, content=content, headers=headers)

    return waited(send())


def line(working: uuid.UUID, number: int, text: str, **more: Any) -> dict[str, Any]:
    sent = {"id": str(uuid.uuid4()), "working": str(working), "number": number, "line": text}
    return {**sent, **({} if "activity" in more else {"problem": PROBLEM}), **more}


@pytest.mark.parametrize("route", ROUTES)
def test_a_broken_line_is_named_mended_and_the_problem_finished(route: str, cast: Cast) -> None:
    token, working = token_of(cast, "Ana"), uuid.uuid4()

    def write(number: int, text: str, **more: Any) -> dict[str, Any]:
        answer = post(route, "/api/coach/lines", line(working, number, text, **more), token)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    first = write(0, "6x-10-x-1=11")
    assert (first["first_broken"], first["misconception"]) == (0, "sign-lost-distributing")
    later = write(1, "5x-11=11")
    assert [x["mark"] for x in later["lines"]] == ["no", "ok"]  # the second stands on its own premises
    mended = write(0, "6x-10-x+1=11")
    assert [x["mark"] for x in mended["lines"]] == ["ok", "no"]
    assert write(1, "5x-9=11")["first_broken"] == -1
    hint = write(0, "", kind="hint")
    assert (hint["level"], "$$20$$" in hint["hint"]) == (1, False)
    assert hint["answer"] == ""
    done = write(2, "x=4")
    assert (done["answer"], done["help"]) == ("x=4", 2)


@pytest.mark.parametrize("route", ROUTES)
def test_a_retry_changes_nothing_and_a_reused_key_is_a_conflict(route: str, cast: Cast) -> None:
    token, sent = token_of(cast, "Ben"), line(uuid.uuid4(), 0, "6x-10-x-1=11")
    first, again = (post(route, "/api/coach/lines", sent, token) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "again": True}
    other = post(route, "/api/coach/lines", {**sent, "line": "x=4"}, token)
    assert (other.status_code, other.json()["type"]) == (409, "urn:headway:problem:key-reused")
    with in_district(cast.district.id):
        assert CoachLine.objects.filter(event=sent["id"]).count() == 1


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"number": 40}, 422),
        ({"line": ""}, 422),
        ({"line": "1" * 1001}, 422),
        ({"kind": "answer"}, 422),
        ({"problem": "why?"}, 422),
        ({"problem": ""}, 404),
        ({"activity": "gen:none:1"}, 404),
        ({"problem": "", "activity": "gen:none:1"}, 404),
        ({"kind": "grid", "line": "12"}, 422),
        ({"extra": 1}, 422),
    ],
)
def test_bad_lines_are_refused_in_words(route: str, change: dict[str, Any], status: int, cast: Cast) -> None:
    answer = post(route, "/api/coach/lines", {**line(uuid.uuid4(), 0, "x=4"), **change}, token_of(cast, "Ben"))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_writes_or_reads_somebody_elses_working(route: str, cast: Cast) -> None:
    sent = line(uuid.uuid4(), 0, "6x-10-x-1=11")
    assert post(route, "/api/coach/lines", sent, token_of(cast, "Ana")).status_code == 201
    ana = str(cast["Ana"].id)
    assert post(route, "/api/coach/lines", {**sent, "learner": ana}, token_of(cast, "Ben")).status_code == 403
    taken = post(route, "/api/coach/lines", sent, token_of(cast, "Ben"))
    assert taken.status_code == 409
    assert "6x" not in taken.text
    strange = Client().get(f"/api/learners/{ana}/lines", headers={"authorization": f"Bearer {token_of(cast, 'Ben')}"})
    assert strange.status_code == 404


def test_a_teacher_reads_the_lines_as_written_and_as_they_stand(cast: Cast) -> None:
    working, token = uuid.uuid4(), token_of(cast, "Ana")
    for number, text in ((0, "6x-10-x-1=11"), (0, "6x-10-x+1=11")):
        post("native", "/api/coach/lines", line(working, number, text), token)
    reader = {"authorization": f"Bearer {token_of(cast, 'Okafor', 'read')}"}
    place = f"/api/learners/{cast['Ana'].id}"
    found = Client().get(f"{place}/lines?working={working}", headers=reader).json()["items"]
    assert [(x["line"], x["verdict"]) for x in found] == [("6x-10-x+1=11", "equivalent"), ("6x-10-x-1=11", "broken")]
    assert found[1]["misconception"] == "sign-lost-distributing"
    stands = Client().get(f"{place}/workings/{working}", headers=reader).json()
    assert [x["line"] for x in stands["lines"]] == ["6x-10-x+1=11"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("problem", "lines"),
    [("3(x-4)=18", ["3x-4=18"]), (PROBLEM, ["6x-10-x-1=11", "5x-11=11"]), ("253-179", ["126"]), ("3(x-4)=18", [])],
)
def test_a_check_says_what_the_command_says(
    route: str, problem: str, lines: list[str], cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = post(route, "/api/coach/check", {"problem": problem, "lines": lines}, token_of(cast, "Okafor"))
    assert answer.status_code == 200, answer.text
    code = main(["coach", "check", "--problem", problem, *(f"--line={text}" for text in lines), "--json"])
    assert code == 0
    assert answer.json() == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("route", ROUTES)
def test_a_teacher_tries_a_problem_of_their_own_but_answers_no_activity(route: str, cast: Cast) -> None:
    token = token_of(cast, "Okafor")
    answer = post(route, "/api/coach/lines", line(uuid.uuid4(), 0, "6x-10-x+1=11"), token)
    assert (answer.status_code, answer.json()["first_broken"]) == (201, -1)
    activity = line(uuid.uuid4(), 0, "x=4", activity="gen:7.EE.B.4.a/parentheses:12345")
    assert post(route, "/api/coach/lines", activity, token).status_code == 403
    other = line(uuid.uuid4(), 0, "x=4", learner=str(cast["Ana"].id))
    assert post(route, "/api/coach/lines", other, token).status_code == 403
