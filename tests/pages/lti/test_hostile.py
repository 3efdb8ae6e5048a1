"""Every hostile launch is refused with a sentence, opens nothing, and stands in the list of arrivals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.school.exchange.sign_on.arriving import TurnedAway
from headway.school.exchange.sign_on.reasons import REASONS
from headway.school.exchange.sign_on.services import arrivals, close_service
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import visitor
from tests.pages.lti.conftest import register
from tests.pages.lti.hostile import HOSTILE
from tests.pages.lti.platform_peer import Course, PlatformPeer

DOCS = Path(__file__).resolve().parents[3] / "docs/explanation/launches.md"


@pytest.fixture(scope="module")
def standing(database: str, running: PlatformPeer) -> Iterator[tuple[Cast, Course]]:
    """One school for all of them: a refusal leaves nothing but its line."""
    del database
    cast = make_cast(curriculum=False)
    with in_district(cast.district.id):
        for name in ("Ana", "Dana"):
            cast[name].email = f"{name}@students.maple.example".lower()
            cast[name].save()
    yield cast, register(cast, running)
    cast.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_it_opens_nothing(standing: tuple[Cast, Course], peer: PlatformPeer, name: str) -> None:
    del peer  # as new for each launch
    cast, course = standing
    called, attempt = HOSTILE[name]
    outcome, _, fault = called.partition(":")
    client, began = visitor(), time.time()
    answer = attempt(course, client)
    assert answer.status_code == 403, answer.content.decode()[-900:]
    text = answer.content.decode()
    assert "Headway was not opened" in text and str(REASONS[outcome].said)[:20] in text
    with in_district(cast.district.id):
        (line,) = [each for each in arrivals() if each.at >= began]
        course.forget_keys()
    assert (line.outcome, line.who) == (outcome, "") and line.detail and line.detail.startswith(fault)
    assert client.get("/me").headers["Location"].startswith("/sign-in")


def test_a_good_launch_of_the_same_course_opens(standing: tuple[Cast, Course], peer: PlatformPeer) -> None:
    del peer
    assert standing[1].launch(visitor()).status_code == 302


def test_another_registration_or_district_opens_nothing(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    """The same token and state, at the address of another registration, of another district, or where there is none."""
    second = register(cast, peer, client="second")
    client = visitor()
    query = course.begin(client)
    token = peer.signed(peer.claims(query))
    elsewhere = make_cast(curriculum=False)
    foreign = register(elsewhere, peer)
    for other in (second, foreign, Course(peer, elsewhere.district.id, course.platform)):
        answer = other.land(client, token, query["state"])
        assert answer.status_code == (404 if other.platform == course.platform else 403)
    elsewhere.close()
    with in_district(cast.district.id):
        close_service(service=course.platform, now=time.time())
    assert course.land(client, token, query["state"]).status_code == 404, "closed"
    assert client.get("/me").headers["Location"].startswith("/sign-in")


def test_the_docs_list_them() -> None:
    listed = [line[2:] for line in DOCS.read_text().splitlines() if line.startswith("* ")]
    assert set(HOSTILE) <= {line.partition(":")[0] for line in listed}
    assert len(HOSTILE) >= 40


def test_each_has_a_sentence() -> None:
    assert {called.partition(":")[0] for called, _ in HOSTILE.values()} <= set(REASONS)
    assert str(TurnedAway("launch", "why")) == "launch: why"
