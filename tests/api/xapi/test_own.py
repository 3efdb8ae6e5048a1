"""Headway's own records among the statements of the record store: in order, filtered, noted, not to be taken back."""

from __future__ import annotations

import base64
import io
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from headway.school.exchange.out.statements import export_statements
from headway.school.exchange.xapi import own
from headway.school.exchange.xapi.credentials import issue_credential
from headway.school.models import AccessLog, MasteryEntry, Person
from headway.school.people.tenancy import in_district
from headway.standards.xapi.keys import (
    ACTIVITY,
    AGENT,
    ANY_ACTIVITY,
    ANY_AGENT,
    REGISTRATION,
    VERB,
    keys_of_statement,
    number_of,
)  # fmt: skip
from headway.standards.xapi.values import moment_of
from tests.api.xapi.conftest import Store, new_district, store_of
from tests.cast import NOON, Cast, make_cast

ADL = "http://adlnet.gov/expapi/verbs/"
VOIDED = {"id": f"{ADL}voided", "display": {"en": "voided"}}
SKILL = "6.RP.A.1"
Json = dict[str, Any]


def reader(cast: Cast, by: Person | None, *scopes: str) -> Store:
    """A system that somebody let in."""
    with in_district(cast.district.id):
        _, user, secret = issue_credential(
            district=cast.district.id,
            name="Warehouse",
            scopes=list(scopes or ("statements/read",)),
            by=by,
            now=time.time(),
        )
    return Store(cast.district, "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode())


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    """Ana and Ben have answered, another system has spoken, Ana has answered again, later; one skill is mastered."""
    found = make_cast()
    found.answers("Ana", "xo", NOON)
    found.answer("Ben", True, NOON + 0.0000004, seconds=12)
    with in_district(found.district.id):
        MasteryEntry.objects.create(
            district=found.district, learner=found["Ben"], skill=SKILL, kind="reached", response=uuid.uuid4(), probability=0.96,
            threshold=0.95, evidence_count=9, model="m", at=NOON + 0.0000004,
        )  # fmt: skip
    sent = {
        "actor": {"mbox": "mailto:a@example.org"},
        "verb": {"id": f"{ADL}answered"},
        "object": {"id": "https://lab.example/1"},
    }
    assert store_of(found.district, "statements/write").ask("POST", "statements", sent).status_code == 200
    found.answer("Ana", True, time.time() + 3_000)
    yield found
    found.close()


def listed(store: Store, query: str = "limit=100&ascending=true") -> list[Json]:
    """Every statement of a query, page by page."""
    page = store.get(f"statements?{query}")
    found: list[Json] = page["statements"]
    while page["more"]:
        page = store.get(page["more"].removeprefix("/xapi/"))
        found += page["statements"]
    return found


@pytest.fixture
def store(cast: Cast) -> Store:
    return reader(cast, cast["Dana"])


@pytest.fixture
def every(store: Store) -> list[Json]:
    return listed(store)


def exported(cast: Cast) -> dict[str, Json]:
    stream = io.BytesIO()
    export_statements(district=cast.district.id, stream=stream, home=own.home(), since=None)
    return {line["id"]: line for line in map(json.loads, stream.getvalue().splitlines())}


def test_the_list_is_what_the_export_says_and_what_others_sent(cast: Cast, store: Store, every: list[Json]) -> None:
    theirs = [n for n, each in enumerate(every) if each["authority"]["name"] != "Headway"]
    assert len(every) == 8 and theirs == [6]
    said = exported(cast)
    assert len(said) == 7
    for n, each in enumerate(every):
        assert store.get(f"statements?statementId={each['id']}") == each
        if n not in theirs:
            added = {name: each[name] for name in ("stored", "authority", "version")}
            assert each == {**said[each["id"]], **added} and each["version"] == "1.0.0"
    times = [moment_of(each["stored"], "") for each in every]
    assert times == sorted(times)
    answer = store.ask("GET", f"statements?statementId={uuid.uuid4()}")
    assert answer.status_code == 404 and moment_of(answer.headers["x-experience-api-consistent-through"], "") < times[6]


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_lead_through_all_of_it_either_way(store: Store, every: list[Json], limit: int) -> None:
    assert listed(store, f"limit={limit}&ascending=true") == every
    assert listed(store, f"limit={limit}") == every[::-1]


def agent(home: str, name: str) -> tuple[str, str]:
    """The parameter that names an account, and its key."""
    said = {"account": {"homePage": home, "name": name}}
    return "agent=" + quote(json.dumps(said)), f"account {home} {name}"


def filters(every: list[Json]) -> list[tuple[str, set[int]]]:
    """Queries, each with the keys that a statement must have."""
    ana, anas = agent(own.home(), "Ana")
    us, ours = agent(own.home(), "headway")
    step = next(each["object"]["id"] for each in every if "#step-" in each["object"]["id"])
    whole, skill = step.partition("#")[0], f"{own.home()}skills/{SKILL}"
    taught = next(each for each in every if "success" in each.get("result", {}))["context"]["contextActivities"]
    found = [(f"verb={quote(ADL + verb)}", {number_of(VERB, ADL + verb)}) for verb in
             ("answered", "attempted", "mastered", "completed", "launched")]  # fmt: skip
    for iri in (step, whole, skill, taught["grouping"][0]["id"], "https://lab.example/1"):
        found.append((f"activity={quote(iri, safe='')}", {number_of(ACTIVITY, iri)}))
        found.append((f"related_activities=true&activity={quote(iri, safe='')}", {number_of(ANY_ACTIVITY, iri)}))
    key = str(uuid.uuid4())
    return [
        *found,
        (ana, {number_of(AGENT, anas)}),
        (f"{ana}&related_agents=true&verb={quote(ADL)}answered", {number_of(ANY_AGENT, anas), number_of(VERB, ADL + "answered")}),
        (us, {number_of(AGENT, ours)}),
        (f"{us}&related_agents=true", {number_of(ANY_AGENT, ours)}),
        (f"registration={key}", {number_of(REGISTRATION, key)}),
    ]  # fmt: skip


@pytest.mark.parametrize("window", [2, own.WINDOW])
def test_filters_find_what_fits_and_a_page_reads_a_bounded_part(
    store: Store, every: list[Json], window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "WINDOW", window)
    hits = 0
    for query, keys in filters(every):
        fitting = [each for each in every if keys <= set(keys_of_statement(each, each["authority"]))]
        assert listed(store, f"{query}&ascending=true") == fitting, query
        assert listed(store, f"{query}&limit=2") == fitting[::-1], query
        hits += len(fitting)
    assert hits > 30


def test_since_until_and_formats(store: Store, every: list[Json]) -> None:
    for edge in {each["stored"] for each in every}:
        later = [each for each in every if each["stored"] > edge]
        assert listed(store, f"since={edge}&ascending=true") == later
        assert listed(store, f"until={edge}&ascending=true") == every[: len(every) - len(later)]
    ids = listed(store, "format=ids&ascending=true")
    assert [each["id"] for each in ids] == [each["id"] for each in every] and "display" not in ids[0]["verb"]
    assert listed(store, "format=canonical&ascending=true")[0]["verb"] == every[0]["verb"]
    assert store.ask("GET", "statements?attachments=true").headers["content-type"].startswith("multipart/mixed")


def test_who_does_not_see_them_and_who_is_written_down(cast: Cast, every: list[Json]) -> None:
    assert every
    for by, scope in (("Dana", "statements/read/mine"), ("Okafor", "statements/read"), ("", "all")):
        other = reader(cast, cast[by] if by else None, scope)
        assert len(listed(other)) == (0 if scope.endswith("mine") else 1), by
        assert other.ask("GET", f"statements?statementId={every[0]['id']}").status_code == 404
    away = store_of(new_district("Elsewhere"), "all")
    assert listed(away) == [] and away.ask("GET", f"statements?statementId={every[0]['id']}").status_code == 404
    with in_district(cast.district.id):
        lines = AccessLog.objects.filter(place="/xapi/statements").values_list("reader", "learner", "purpose")
        assert sorted(lines) == sorted((cast["Dana"].id, cast[name].id, "Warehouse") for name in ("Ana", "Ben"))


def test_nobody_else_takes_them_back_or_puts_others_in_their_place(cast: Cast, store: Store, every: list[Json]) -> None:
    writer = store_of(cast.district, "statements/write")
    ours = [each for each in every if each["authority"]["name"] == "Headway"]
    for each in (ours[0], next(each for each in ours if each["verb"]["id"].endswith("mastered"))):
        thing = {"objectType": "StatementRef", "id": each["id"]}
        answer = writer.ask("POST", "statements", {"actor": each["actor"], "verb": VOIDED, "object": thing})
        assert answer.status_code == 403 and "Headway's own record" in answer.text
    copies = [{name: each[name] for name in each if name not in ("stored", "authority")} for each in ours]
    forged = {**copies[0], "object": {"id": "https://lab.example/other"}}
    assert writer.ask("POST", "statements", [forged, *copies[1:]]).status_code == 200
    assert listed(store) == every and listed(store, "limit=1") == every[::-1]
    assert store.get(f"statements?statementId={ours[0]['id']}") == ours[0]
