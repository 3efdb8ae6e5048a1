"""Reading records through the API: who may, what they see, and the line it leaves."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from headway.school.people.principal import forget
from tests.api.conftest import token_of
from tests.cast import Cast
from tests.clients import signed_in


def get(cast: Cast, name: str, path: str, **more: Any) -> Any:
    return Client().get(f"/api{path}", headers={"authorization": f"Bearer {token_of(cast, name)}"}, **more)


WHO_SEES_ANA = {
    "Ana": 200, "Okafor": 200, "Maria": 200, "Pike": 200, "Ines": 200, "Dana": 200, "Ben": 404, "Lee": 404, "Stone": 404,
}  # fmt: skip


@pytest.mark.parametrize("name", WHO_SEES_ANA)
@pytest.mark.parametrize(
    "part", ["", "/skills", "/evidence", "/decisions", "/mastery", "/access-log", "/plan", "/lines"]
)
def test_who_may_see_ana(name: str, part: str, cast: Cast) -> None:
    assert get(cast, name, f"/learners/{cast['Ana'].id}{part}").status_code == WHO_SEES_ANA[name]


def test_pages_of_evidence_follow_each_other(fresh_cast: Cast) -> None:
    fresh_cast.answers("Ana", "xoxo")
    path = f"/learners/{fresh_cast['Ana'].id}/evidence"
    seen, after = [], ""
    for _ in range(10):
        page = get(fresh_cast, "Ana", f"{path}?limit=2{after}").json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == 5
    assert seen == sorted(set(seen), reverse=True)


def test_a_decision_says_why_and_against_what(fresh_cast: Cast) -> None:
    fresh_cast.answer("Ana", True)
    decision = get(fresh_cast, "Okafor", f"/learners/{fresh_cast['Ana'].id}/decisions").json()["items"][0]
    assert decision["reason"]
    assert sum(row[3] for row in decision["alternatives"]) == pytest.approx(1)


def test_every_read_leaves_a_line_that_the_family_can_read(fresh_cast: Cast) -> None:
    get(fresh_cast, "Okafor", f"/learners/{fresh_cast['Ana'].id}/skills")
    lines = get(fresh_cast, "Maria", f"/learners/{fresh_cast['Ana'].id}/access-log").json()["items"]
    assert fresh_cast["Okafor"].name in {line["reader"] for line in lines}


def test_a_teacher_pins_and_ends_a_pin(fresh_cast: Cast) -> None:
    learner = fresh_cast["Ana"].id
    token = {"authorization": f"Bearer {token_of(fresh_cast, 'Okafor', 'read', 'respond:any')}"}
    body = {"effect": "pin-skill", "skill": "6.EE.A.1", "reason": "Quiz on Friday"}
    made = Client().post(f"/api/learners/{learner}/plan", body, content_type="application/json", headers=token)
    assert made.status_code == 201, made.content
    assert fresh_cast.begin("Ana", time.time() + 1).activity.startswith("gen:6.EE.A.1/")
    row = made.json()["id"]
    assert Client().delete(f"/api/learners/{learner}/plan/{row}", headers=token).status_code == 204
    assert get(fresh_cast, "Ana", f"/learners/{learner}/plan").json()[0]["ends"]


def test_nothing_outside_is_answered_in_html(cast: Cast) -> None:
    answer = get(cast, "Ana", "/nothing/here")
    assert answer.status_code == 404
    assert answer["content-type"] == "application/problem+json"


def test_an_activity_shows_no_key(fresh_cast: Cast) -> None:
    opened = fresh_cast.begin("Ana")
    shown = get(fresh_cast, "Ana", "/activities", query_params={"id": opened.activity}).json()
    assert shown["steps"][0]["prompt"]
    assert "keys" not in str(shown)


def test_a_person_makes_lists_and_revokes_a_token(fresh_cast: Cast) -> None:
    page = signed_in(fresh_cast["Ana"])
    made = page.post("/api/tokens", {"name": "sheet", "scopes": ["read"]}, content_type="application/json").json()
    header = {"authorization": f"Bearer {made['token']}"}
    assert Client().get("/api/me", headers=header).json()["roles"] == ["learner"]
    assert [(row["id"], row["token"]) for row in page.get("/api/tokens").json()] == [(made["id"], "")]
    assert page.delete(f"/api/tokens/{made['id']}").status_code == 204
    assert page.delete(f"/api/tokens/{made['id']}").status_code == 404
    assert page.get("/api/tokens").json() == []
    forget(made["token"])
    assert Client().get("/api/me", headers=header).status_code == 401
