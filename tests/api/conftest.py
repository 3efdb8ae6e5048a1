"""The cast, with tokens, and the server's ASGI application without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from headway.school.models import MasteryEntry, Skill
from headway.school.people.tenancy import in_district
from headway.school.people.tokens import issue_token
from tests.api.programs import Program, program_of
from tests.cast import NOON, Cast, make_cast

Token = Callable[..., str]


@pytest.fixture(scope="session")
def cast(database: str) -> Iterator[Cast]:
    """One district for all API tests that only read."""
    made = make_cast()
    yield made
    made.close()


@pytest.fixture
def fresh_cast(database: str) -> Iterator[Cast]:
    """A district of the test's own."""
    made = make_cast()
    yield made
    made.close()


def token_of(cast: Cast, name: str, *scopes: str) -> str:
    """A bearer token of somebody of the cast."""
    with in_district(cast.district.id):
        return issue_token(person=cast[name], name="test", scopes=list(scopes or ("read", "respond")))[1]


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """A district in which Ana has mastered a skill of her class."""
    made = make_cast()
    with in_district(made.district.id):
        skill = Skill.objects.filter(subject="mathematics").order_by("number").first()
        assert skill is not None
        for kind, at in (("reached", NOON), ("confirmed", NOON + 86_400)):
            MasteryEntry.objects.create(
                district=made.district, learner=made["Ana"], skill=skill.key, kind=kind, response=made["Ana"].id,
                probability=0.97, threshold=0.95, evidence_count=12, model="m", at=at,
            )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def program(school: Cast) -> Program:
    return program_of(school["Dana"])


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.api.oneroster.BURST", 1e9)
