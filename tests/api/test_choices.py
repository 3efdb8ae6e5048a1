"""Choosing through the API: the learner's own token, the options with their probabilities, taken once."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.test import Client

from headway.school.models import ChoiceTaken
from headway.school.people.tenancy import in_district
from tests.api.conftest import token_of
from tests.cast import Cast


def post(cast: Cast, name: str, path: str, body: dict[str, Any] | None = None, *scopes: str) -> Any:
    headers = {"authorization": f"Bearer {token_of(cast, name, *scopes)}"}
    return Client().post(f"/api/learners/{cast['Ana'].id}{path}", body or {}, "application/json", headers=headers)


def test_a_learner_asks_and_takes(fresh_cast: Cast) -> None:
    fresh_cast.answers("Ana", "oxoo", time.time() - 60)
    made = post(fresh_cast, "Ana", "/choices")
    assert made.status_code == 201
    offer = made.json()
    assert [each["place"] for each in offer["options"]] == [0, 1, 2]
    assert 0.0 < sum(each["probability"] for each in offer["options"]) <= 1.0 + 1e-9
    assert all(each["reason"] and 0.0 < each["predicted"] < 1.0 for each in offer["options"])
    for _twice in range(2):
        taken = post(fresh_cast, "Ana", f"/choices/{offer['id']}", {"place": 2})
        assert (taken.status_code, taken.json()) == (200, offer["options"][2])
    assert post(fresh_cast, "Ana", f"/choices/{offer['id']}", {"place": 0}).status_code == 422
    with in_district(fresh_cast.district.id):
        assert ChoiceTaken.objects.count() == 1


def test_nobody_chooses_for_a_learner(fresh_cast: Cast) -> None:
    fresh_cast.answers("Ana", "oo", time.time() - 60)
    assert post(fresh_cast, "Okafor", "/choices").status_code == 403
    assert post(fresh_cast, "Ben", "/choices").status_code == 403
    assert post(fresh_cast, "Ana", "/choices", None, "read").status_code == 403
    assert post(fresh_cast, "Ana", f"/choices/{uuid.uuid4()}", {"place": 0}).status_code == 422
    assert post(fresh_cast, "Ana", f"/choices/{uuid.uuid4()}", {"place": 9}).status_code == 422
