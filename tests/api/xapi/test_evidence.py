"""What trusted systems say becomes results of learners: matched, counted, aligned later, taken back; never without trust."""

from __future__ import annotations

import base64
import hashlib
import re
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from headway.school.exchange.xapi.credentials import REMEMBERED_SECONDS, issue_credential
from headway.school.exchange.xapi.models import XapiReading
from headway.school.exchange.xapi.soon import soon
from headway.school.exchange.xapi.taking import take, trust
from headway.school.mastery.outside import outside_of
from headway.school.models import OutsideResult, PlanRow
from headway.school.people.tenancy import in_district
from tests.api.xapi.conftest import Store
from tests.cast import Cast, make_cast
from tests.clients import signed_in

ADL = "http://adlnet.gov/expapi/verbs/"
SKILL = "6.RP.A.1"


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    found = make_cast()
    with in_district(found.district.id):
        found["Ana"].email = "Ana@example.org"
        found["Ben"].email = "ben@example.org"
        for name in ("Ana", "Ben"):
            found[name].save()
    yield found
    found.close()


def system(cast: Cast, *scopes: str) -> tuple[Store, uuid.UUID]:
    """A new system with a store to speak to, and its key."""
    with in_district(cast.district.id):
        row, user, secret = issue_credential(
            district=cast.district.id,
            name="Lab",
            scopes=list(scopes or ("statements/write",)),
            by=None,
            now=time.time(),
        )
    packed = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return Store(cast.district, f"Basic {packed}"), row.id


def told(
    actor: dict[str, Any], verb: str = "passed", activity: str = "https://lab.example/1", **result: Any
) -> dict[str, Any]:
    """A statement that tells a result."""
    thing = {"id": activity, "definition": {"name": {"en": "Equivalent ratios in recipes"}}}
    said = {"actor": actor, "verb": {"id": ADL + verb}, "object": thing, "id": str(uuid.uuid4())}
    return {**said, "result": result} if result else said


def read(cast: Cast) -> None:
    """Read until nothing waits for a transaction of somebody else."""
    for _ in range(100):
        if not take(district=cast.district.id).waiting:
            return
        time.sleep(0.1)


def outcomes(cast: Cast, key: uuid.UUID) -> list[str]:
    with in_district(cast.district.id):
        return sorted(XapiReading.objects.filter(credential_id=key).values_list("outcome", flat=True))


def test_each_way_of_naming_a_learner_and_each_reason_not_to_know_one(cast: Cast) -> None:
    store, key = system(cast)
    home = "https://elsewhere.example/"
    summed = hashlib.sha1(b"mailto:ben@example.org").hexdigest()
    sent = [
        told(
            {"account": {"homePage": home, "name": cast["Ana"].sourced_id}}, "answered", success=True, duration="PT2M"
        ),
        told({"account": {"homePage": home, "name": str(cast["Ana"].id)}}, "scored", score={"raw": 9, "max": 10}),
        told({"mbox": "mailto:ana@EXAMPLE.org"}, "failed"),
        told({"mbox_sha1sum": summed}, "completed", duration="PT1H"),
        told({"mbox": "mailto:nobody@example.org"}),
        told({"account": {"homePage": home, "name": cast["Okafor"].sourced_id}}),
        told({"objectType": "Group", "member": [{"mbox": "mailto:ana@example.org"}]}),
        {**told({"mbox": "mailto:ana@example.org"}), "timestamp": "0900-01-01T00:00:00Z"},
        told({"mbox": "mailto:ana@example.org"}, "experienced"),
    ]
    assert store.ask("POST", "statements", sent).status_code == 200
    read(cast)
    assert outcomes(cast, key) == [], "nobody trusts it yet"
    with in_district(cast.district.id):
        trust(credential=key, by=cast["Dana"], now=time.time())
    read(cast)
    assert outcomes(cast, key) == ["group", "nobody", "nobody", "refused", *["taken"] * 4]
    read(cast)
    with in_district(cast.district.id):
        lines = {(each.success, each.scaled, each.minutes) for each in outside_of(cast["Ana"].id)}
        assert lines == {(True, None, 2.0), (None, 0.9, 0.0), (False, None, 0.0)}
        (ben,) = outside_of(cast["Ben"].id)
        assert (ben.source, ben.title, ben.minutes) == ("Lab", "Equivalent ratios in recipes", 60.0)
    void = {"actor": {"mbox": "mailto:it@lab.example"}, "verb": {"id": ADL + "voided"}}
    store.ask("POST", "statements", {**void, "object": {"objectType": "StatementRef", "id": sent[3]["id"]}})
    read(cast)
    with in_district(cast.district.id):
        assert outside_of(cast["Ben"].id) == []
    assert "voided" in outcomes(cast, key)


def test_a_person_says_on_the_page_who_and_what_is_meant(cast: Cast) -> None:
    dana, chi = signed_in(cast["Dana"]), cast["Chi"]
    made = dana.post("/record-store/add", {"name": "Khan & co", "may": ["send"]}).content.decode()
    user, secret = (
        re.findall(r"<code>(hx1\.[^<]+)</code>", made)[0],
        re.findall(r"Secret</span> <code>([^<]+)</code>", made)[0],
    )
    store = Store(cast.district, "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode())
    page = dana.get("/record-store").content.decode()
    assert secret not in page and "Khan &amp; co" in page
    key = re.findall(r'name="system" value="([^"]+)"', page)[-1]
    dana.post("/record-store/change", {"system": key, "what": "trust"})
    actor = {"account": {"homePage": "https://khan.example", "name": "kid 7"}}
    context = {"contextActivities": {"category": [{"id": f"https://khan.example/standards/{SKILL}"}]}}
    for verb in ("passed", "mastered"):
        assert (
            store.ask(
                "POST", "statements", {**told(actor, verb, "https://khan.example/u3"), "context": context}
            ).status_code
            == 200
        )
    read(cast)
    page = dana.get("/record-store").content.decode()
    assert "account https://khan.example kid 7" in page and "2 results" in page
    settle = {"system": key, "actor": "account https://khan.example kid 7"}
    refused = dana.post("/record-store/settle", {**settle, "learner": cast["Okafor"].sourced_id}, follow=True)
    assert "No learner of the roster" in refused.content.decode(), "a teacher is no learner"
    shown = dana.post("/record-store/settle", {**settle, "learner": chi.sourced_id}, follow=True).content.decode()
    assert "2 results were taken." in shown and "named by the system" in shown
    assert (
        "decided about already"
        in dana.post("/record-store/settle", {**settle, "learner": chi.sourced_id}, follow=True).content.decode()
    )
    about = re.findall(r'name="about" value="([^"]+)"', shown)[-1]
    dana.post("/record-store/settle", {"system": key, "about": about, "other": "9.Z"})
    with in_district(cast.district.id):
        assert {each.skill for each in outside_of(chi.id)} == {""}
    dana.post("/record-store/settle", {"system": key, "about": about, "skill": SKILL})
    store.ask("POST", "statements", told(actor, "passed", "https://khan.example/u3"))
    read(cast)
    with in_district(cast.district.id):
        assert [each.skill for each in outside_of(chi.id)] == [SKILL] * 3, "also what was said before"
        assert PlanRow.objects.filter(learner=chi, effect="check-activity").count() == 1
    dana.post("/record-store/change", {"system": key, "what": "distrust"})
    store.ask("POST", "statements", told(actor, "passed", "https://khan.example/u4"))
    read(cast)
    with in_district(cast.district.id):
        assert OutsideResult.objects.filter(learner=chi, kind="said").count() == 3


def test_the_page_refuses_what_makes_no_sense_and_who_has_no_part_in_all_of_the_district(cast: Cast) -> None:
    dana = signed_in(cast["Dana"])
    _store, found = system(cast)
    key = str(found)
    settle = {"system": key, "actor": "mbox mailto:x@example.org", "learner": cast["Ana"].sourced_id}
    dana.post("/record-store/change", {"system": key, "what": "close"})
    answer = dana.post("/record-store/change", {"system": key, "what": "trust"}, follow=True)
    assert "Only a system that may send statements can be trusted." in answer.content.decode(), "it is closed"
    for form, status in (({"system": "x", "what": "trust"}, 404), ({"system": key, "what": "burn"}, 404)):
        assert dana.post("/record-store/change", form).status_code == status
    for name in ("Okafor", "Ana", "Maria"):
        assert signed_in(cast[name]).get("/record-store").status_code in (302, 404), name
        assert signed_in(cast[name]).post("/record-store/settle", settle).status_code in (302, 404), name
    assert dana.post("/record-store/add", {"name": " ", "may": "send"}).status_code == 422
    assert dana.post("/record-store/add", {"name": "x", "may": "root"}).status_code == 422


def until(cast: Cast, key: uuid.UUID, wanted: list[str]) -> None:
    """Wait for the thread that reads; it waits for transactions of others."""
    for _ in range(200):
        if outcomes(cast, key) == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"not {wanted} but {outcomes(cast, key)}")


def test_trust_reads_what_was_said_before_and_what_came_while_it_was_not_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process takes a system for untrusted half a minute longer, and has nothing read of what it keeps in that time."""
    later: list[tuple[float, Callable[..., None], tuple[Any, ...]]] = []

    class Later:
        def __init__(self, seconds: float, do: Callable[..., None], words: tuple[Any, ...]) -> None:
            later.append((seconds, do, words))

        def start(self) -> None:
            assert self.daemon  # type: ignore[attr-defined]

    monkeypatch.setattr("headway.school.exchange.xapi.soon.Timer", Later)
    store, key = system(cast)
    assert store.ask("POST", "statements", told({"mbox": "mailto:ana@example.org"})).status_code == 200
    signed_in(cast["Dana"]).post("/record-store/change", {"system": key, "what": "trust"})
    until(cast, key, ["taken"])
    assert store.ask("POST", "statements", told({"mbox": "mailto:ben@example.org"})).status_code == 200
    ((seconds, do, words),) = later
    assert seconds > REMEMBERED_SECONDS
    do(*words)
    until(cast, key, ["taken", "taken"])


def test_one_learner_whose_checks_fail_keeps_nobody_from_being_read(cast: Cast) -> None:
    store, key = system(cast)
    assert store.ask("POST", "statements", told({"mbox": "mailto:ana@example.org"})).status_code == 200
    with in_district(cast.district.id):
        trust(credential=key, by=cast["Dana"], now=time.time())
    soon(cast.district.id, [uuid.uuid4()])
    until(cast, key, ["taken"])
