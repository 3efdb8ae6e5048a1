"""The interface does what its own description says, for whatever schemathesis makes up."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings

from tests.api.conftest import token_of
from tests.cast import Cast

OPERATIONS = 24
"""All routes. For those of the coach, well-formed text may still be refused: no schema can say what is mathematics."""


@pytest.fixture(scope="module")
def description(cast: Cast) -> Any:
    """The OpenAPI description, as the server gives it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("number", range(OPERATIONS))
def test_the_interface_keeps_its_description(
    number: int, description: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from headway.api import rates

    monkeypatch.setattr(rates, "BURST", 1e9)
    monkeypatch.setattr(rates, "PER_SECOND", 1e9)
    operation = [result.ok() for result in description.get_all_operations()][number]
    mathematics = str(operation.path).startswith("/api/coach/")
    excluded = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")] if mathematics else []
    headers = {"Authorization": f"Bearer {token_of(cast, 'Dana', 'read', 'respond', 'respond:any')}"}

    @given(case=operation.as_strategy())
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    def flood(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    flood()


def test_every_operation_is_tried(description: Any) -> None:
    assert len(list(description.get_all_operations())) == OPERATIONS
