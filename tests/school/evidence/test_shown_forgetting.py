"""What a learner, an adult and an interface see is what the model in force believes: its forgetting, not the shipped one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.refit.calibrated import Calibration, Card, dump, name_of
from headway.school.mastery.models import ModelVersion
from headway.school.path.actions import set_model
from headway.school.people.tenancy import in_district
from tests.api.conftest import token_of
from tests.cast import Cast, make_cast
from tests.clients import signed_in

DAY = 86400.0


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    made.answers("Ana", "ooooo", time.time() - 30 * DAY)
    yield made
    made.close()


def serve(cast: Cast, **own: float) -> None:
    """Let a model with its own forgetting serve from a while ago."""
    parameters = GaussianParameters(**own)
    data = dump(Calibration(parameters), Card("a log", (0.0, 1.0), 3, 40, simulated=False))
    key: UUID = cast.district.id
    with in_district(key):
        ModelVersion.objects.create(district_id=key, name=name_of(data), data=data, simulated=False, at=1.0)
        before = time.time() - 20 * DAY
        set_model(district=key, model=name_of(data), by=cast["Dana"].id, reason="a refit", now=before)


def shown(cast: Cast) -> tuple[float, str]:
    """The ability that the interface gives for the skill practised most, and the learner's own path."""
    learner = cast["Ana"].id
    wanted = {"authorization": f"Bearer {token_of(cast, 'Okafor')}"}
    found = Client().get(f"/api/learners/{learner}/skills", headers=wanted).json()
    path = signed_in(cast["Ana"]).get("/my-path").content.decode()
    return max(found, key=lambda skill: skill["n"])["ability"], path


def test_skills_are_shown_with_the_forgetting_of_the_model_in_force(cast: Cast) -> None:
    serve(cast, forget=1e-4, idle=1e-6)
    kept, _ = shown(cast)
    serve(cast, forget=1.5, idle=100.0, spread=400.0)
    lost, path = shown(cast)
    assert lost < kept - 0.05
    assert "so far" in path or "right" in path
    assert "Nearly there" not in path, "nobody can be sure of a skill after such a pause"
