"""The report on the content: who reads it, what it shows of a wrong key, and holding the problem back."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.cli import main
from headway.cli.refit_content import content_text
from headway.school.curriculum.models import ContentMark, CurriculumVersion
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.content.queries import Overview, overview
from headway.school.mastery.models import RefitReport
from headway.school.models import Person, Role
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.evidence.planted import Planted, plant

WRONG_KEY = 4


@pytest.fixture(scope="module")
def planted(database: str) -> Planted:
    made = plant(learners=72, keys=(WRONG_KEY,))
    assert main(["refit", "--json", "--district", str(made.district)]) == 0
    return made


def report(planted: Planted) -> Overview:
    with in_district(planted.district):
        found = overview()
    assert found is not None
    return found


def adult(planted: Planted, role: str) -> Client:
    """Somebody with one role in the whole district."""
    with in_district(planted.district):
        person = Person.objects.create(
            district_id=planted.district, sourced_id=f"{role}-{time.time_ns()}", given_name="Kim", family_name=role
        )
        Role.objects.create(district_id=planted.district, person=person, name=role)
    return signed_in(person)


def page_of(planted: Planted) -> str:
    item = planted.items[WRONG_KEY]
    return f"/models/content/finding?{urlencode({'kind': 'key', 'subject': f'item:{item}'})}"


def decide(client: Client, planted: Planted, verdict: str, reason: str, **other: str) -> str:
    """Press a button; what the page says then."""
    sent = {"refit": str(report(planted).refit), "kind": "key", "subject": f"item:{planted.items[WRONG_KEY]}"}
    answer = client.post("/models/content/decide", {**sent, "verdict": verdict, "reason": reason, **other}, follow=True)
    return answer.content.decode()


def test_the_wrong_key_is_found_and_nothing_else_looks_broken(planted: Planted) -> None:
    findings = [each.finding for each in report(planted).findings]
    assert [(each.kind, each.item) for each in findings] == [("key", planted.items[WRONG_KEY])]
    assert findings[0].adjusted <= 0.05
    assert findings[0].low > 0.4
    assert "gave the answer 3/4" in str(findings[0].words)


def test_what_is_stored_and_printed(planted: Planted) -> None:
    with in_district(planted.district):
        content = RefitReport.objects.order_by("-at")[0].content
    assert set(content) == {"format", "curriculum", "learners", "answers", "rate", "looked_at", "counts", "findings"}
    assert content["counts"] == {"key": 1}
    assert (content["learners"], content["rate"]) == (72, 0.05)
    printed = content_text(content)
    assert printed.startswith("content: 1 finding from ")
    assert f"item:{planted.items[WRONG_KEY]} (" in printed
    assert "gave the answer 3/4" in printed


def test_who_reads_it(planted: Planted) -> None:
    assert visitor().get("/models/content").status_code == 302
    learner = signed_in(planted.learners[0])
    assert learner.get("/models/content").status_code == learner.get(page_of(planted)).status_code == 404
    assert learner.post("/models/content/decide").status_code == 404
    for role, may in (("teacher", True), ("researcher", False), ("interventionist", None)):
        client = adult(planted, role)
        answer = client.get(page_of(planted))
        assert answer.status_code == (404 if may is None else 200)
        assert ("Looked at, and fine" in answer.content.decode()) is bool(may)
        assert "Hold it back" not in answer.content.decode()
    assert "Open the report" in signed_in(planted.leader).get("/models").content.decode()


def test_the_page_shows_the_problem_with_its_key_and_the_evidence(planted: Planted) -> None:
    client = signed_in(planted.leader)
    page = client.get("/models/content").content.decode()
    for said in ("The key may be wrong", "to look at", "about one finding in twenty"):
        assert said in page, said
    page = client.get(page_of(planted)).content.decode()
    for said in ("Know most, gave the other answer", "as learners see it", "Key:", "Hold it back", "95 %"):
        assert said in page, said
    assert client.get("/models/content/finding?kind=key&subject=item:nothing").status_code == 404


def test_a_named_leader_holds_it_back_and_lets_it_go_again(planted: Planted) -> None:
    item, leader = planted.items[WRONG_KEY], signed_in(planted.leader)
    before = curriculum_of(planted.district)
    for client, verdict, reason, said in (
        (leader, "held", " ", "A reason is missing"),
        (leader, "burnt", "x", "Say what you decide"),
        (signed_in(planted.principal), "held", "x", "only somebody who leads the whole district"),
    ):
        assert said in decide(client, planted, verdict, reason)
    assert "no such finding" in decide(leader, planted, "held", "x", subject="item:other")
    assert leader.post("/models/content/decide", {"refit": "x"}).status_code == 404
    page = decide(leader, planted, "held", "The key says 7; it is 3/4.")
    assert "Held back. No path chooses this problem any more" in page
    assert "The key says 7; it is 3/4." in page and "Dana Smith" in page
    held = curriculum_of(planted.district)
    assert item in before.item_number and item not in held.item_number
    assert len(held.items) == len(before.items) - 1
    assert curriculum_of(planted.district, before.version) is before, "old decisions replay under what they knew"
    assert "held back" in leader.get("/models/content").content.decode()
    assert "only somebody who leads" in decide(adult(planted, "teacher"), planted, "fine", "I think it is right.")
    assert "it may be chosen again" in leader.get(page_of(planted)).content.decode()
    decide(leader, planted, "mended", "The key is 3/4 now.")
    assert curriculum_of(planted.district).version == before.version
    with in_district(planted.district):
        assert ContentMark.objects.count() == 2
        assert CurriculumVersion.objects.filter(current=True).count() == 1


def test_the_number_of_findings_does_not_change_the_number_of_queries(planted: Planted) -> None:
    client = signed_in(planted.leader)
    client.get("/models/content")
    with CaptureQueriesContext(connection) as queries:
        client.get("/models/content")
    assert len(queries) <= 16, "\n".join(query["sql"][:120] for query in queries)


def test_a_district_without_a_report_has_a_page(database: str) -> None:
    new = plant(learners=2, each=3)
    client = signed_in(new.leader)
    assert "No report yet." in client.get("/models/content").content.decode()
    assert client.get("/models/content/finding?kind=key&subject=item:x").status_code == 404
