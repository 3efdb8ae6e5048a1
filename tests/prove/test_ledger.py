"""Two rounds of the ledger proof; ``make prove ARGS=ledger`` runs fifty."""

from __future__ import annotations

import time

import pytest

from tests.prove.ledger import rounds


@pytest.mark.timeout(240)
def test_nothing_acknowledged_is_lost_doubled_or_torn() -> None:
    state: dict[str, object] = {}
    told = list(rounds(state, time.monotonic() + 200, 2))
    assert state["rounds"] == 2
    assert len(told) == 2
