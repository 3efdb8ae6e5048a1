"""Systems with bad intentions: they take back what others said, and send what should stop the reading of everything after it."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import replace
from typing import Any

import pytest

from headway.school.exchange.xapi.taking import trust
from headway.school.exchange.xapi.writer import keep
from headway.school.mastery.outside import outside_of
from headway.school.people.tenancy import in_district
from headway.standards.xapi.incoming import statements_of
from tests.api.xapi.conftest import Store
from tests.api.xapi.test_evidence import ADL, cast, outcomes, read, system, told
from tests.cast import Cast

__all__ = ["cast"]
HOME = "https://elsewhere.example/"
ANA = {"mbox": "mailto:ana@example.org"}


def trusted(cast: Cast, *scopes: str) -> tuple[Store, uuid.UUID]:
    store, key = system(cast, *scopes)
    with in_district(cast.district.id):
        trust(credential=key, by=cast["Dana"], now=time.time())
    return store, key


def voiding(statement: str) -> dict[str, Any]:
    thing = {"objectType": "StatementRef", "id": statement}
    return {"actor": {"mbox": "mailto:it@lab.example"}, "verb": {"id": ADL + "voided"}, "object": thing}


def test_a_system_takes_back_nothing_of_another(cast: Cast) -> None:
    """Neither afterwards nor beforehand; for readers of the store, and for what is taken as evidence."""
    first, key = trusted(cast, "statements/write", "statements/read")
    other, _ = system(cast, "statements/write", "statements/read")
    here, early = told(ANA, activity="https://lab.example/void"), told(ANA, activity="https://lab.example/early")
    assert first.ask("POST", "statements", here).status_code == 200
    answer = other.ask("POST", "statements", [told(ANA), voiding(here["id"])])
    assert answer.status_code == 403 and "another system" in answer.text
    assert other.ask("POST", "statements", voiding(early["id"])).status_code == 200, "nobody knows this one yet"
    assert first.ask("POST", "statements", early).status_code == 200
    read(cast)
    assert outcomes(cast, key) == ["taken", "taken"]
    for each in (here, early):
        assert first.ask("GET", f"statements?statementId={each['id']}").status_code == 200
        assert first.ask("GET", f"statements?voidedStatementId={each['id']}").status_code == 404
    assert first.ask("POST", "statements", voiding(here["id"])).status_code == 200
    read(cast)
    assert outcomes(cast, key) == ["taken", "voided"]
    assert first.ask("GET", f"statements?voidedStatementId={here['id']}").status_code == 200


NOT_KEPT: dict[str, dict[str, Any]] = {
    "a NUL in an account": told({"account": {"homePage": HOME, "name": "A\x00na"}}),
    "half a pair in an account": told({"account": {"homePage": HOME, "name": "A\ud800na"}}),
    "a NUL in an address": told({"mbox": "mailto:a\x00na@example.org"}),
    "half a pair in an address": told({"mbox": "mailto:a\udfffna@example.org"}),
    "half a pair in an OpenID": told({"openid": "https://elsewhere.example/\ud800"}),
    "half a pair in an activity": told(ANA, activity="https://lab.example/\ud800"),
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_identifiers_that_nobody_can_write_down_are_refused(cast: Cast, name: str) -> None:
    store, _key = system(cast)
    answer = store.ask("POST", "statements", {**NOT_KEPT[name], "id": str(uuid.uuid4())})
    assert answer.status_code == 400, answer.text


def test_such_identifiers_that_were_kept_before_stop_no_reading(cast: Cast) -> None:
    _store, key = trusted(cast)
    for n, wrong in enumerate([*NOT_KEPT.values(), {}]):
        good = json.dumps({**told(ANA, activity=f"https://lab.example/{n}"), "id": str(uuid.uuid4())}).encode()
        (kept,) = statements_of("application/json", good, version="2.0.0", authority=ANA, key=lambda: "")
        body = kept.statement | {name: wrong[name] for name in ("actor", "object") if wrong}
        earlier = replace(kept, statement=body, body=json.dumps(body)[:-1])
        keep(district=cast.district.id, credential=key, statements=[earlier]).result(timeout=30)
    before = len(results(cast))
    read(cast)
    assert outcomes(cast, key) == ["nobody"] * 5 + ["taken"] * 2
    assert len(results(cast)) == before + 2


def results(cast: Cast) -> list[Any]:
    with in_district(cast.district.id):
        return outside_of(cast["Ana"].id)
