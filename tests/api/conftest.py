"""The cast, with tokens, and the server's ASGI application without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from headway.school.people.tenancy import in_district
from headway.school.people.tokens import issue_token
from tests.cast import Cast, make_cast

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
