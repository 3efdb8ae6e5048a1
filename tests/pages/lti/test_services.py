"""Back to the platform: grades by a queue (Assignment and Grade Services), and who is in the course (Names and Roles)."""

from __future__ import annotations

import json
import time
import uuid

import pytest

from headway.school.exchange.lti.platforms import change_platform
from headway.school.exchange.lti.services import TRIES, queue_grades, send_grades
from headway.school.exchange.out.learner import as_json
from headway.school.models import LtiGrade, LtiLink, MasteryEntry
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.pages.lti.gradebook import Gradebook
from tests.pages.lti.platform_peer import DEPLOYMENT, HERE, Course

SKILL = "6.RP.A.1"


@pytest.fixture
def book(cast: Cast, course: Course) -> Gradebook:
    """Ana came by a link to a skill."""
    found = Gradebook(course)
    assert course.launch(visitor(), **found.services(f"{HERE}/lti/open/skill/{SKILL}")).status_code == 302
    with in_district(cast.district.id):
        change_platform(platform=course.platform, deployments=[DEPLOYMENT], grades=True)
    return found


def reach(cast: Cast, kind: str = "reached") -> None:
    with in_district(cast.district.id):
        MasteryEntry.objects.create(
            district=cast.district, learner=cast["Ana"], skill=SKILL, kind=kind, response=uuid.uuid4(), probability=0.97,
            threshold=0.95, evidence_count=9, model="m", at=time.time(),
        )  # fmt: skip


def queue_and_send(cast: Cast, now: float) -> tuple[int, tuple[int, int, int]]:
    with in_district(cast.district.id):
        queued = queue_grades(now=now)
    done = send_grades(district=cast.district.id, now=now)
    return queued, (done.sent, done.waiting, done.given_up)


def test_what_is_mastered_goes_back_once(cast: Cast, course: Course, book: Gradebook) -> None:
    now = time.time()
    assert queue_and_send(cast, now) == (0, (0, 0, 0)), "not mastered yet"
    reach(cast)
    with in_district(cast.district.id):
        change_platform(platform=course.platform, deployments=[DEPLOYMENT], grades=False)
    assert queue_and_send(cast, now) == (0, (0, 0, 0)), "the district lets no grades go"
    with in_district(cast.district.id):
        change_platform(platform=course.platform, deployments=[DEPLOYMENT], grades=True)
    assert queue_and_send(cast, now) == (1, (1, 0, 0))
    assert queue_and_send(cast, now + 1e6) == (0, (0, 0, 0))
    (score,) = book.scores
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("account-1", 1.0, 1.0)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert book.columns[0]["resourceId"] == SKILL and book.columns[0]["resourceLinkId"] == "link-1"
    with in_district(cast.district.id):
        assert LtiLink.objects.get().item.endswith("/items/1?x=2")


def test_what_was_lost_again_does_not_go(cast: Cast, book: Gradebook) -> None:
    reach(cast)
    reach(cast, "lost")
    assert queue_and_send(cast, time.time()) == (0, (0, 0, 0)) and not book.scores


def test_what_is_not_taken_is_tried_again_and_given_up(cast: Cast, course: Course, book: Gradebook) -> None:
    reach(cast)
    now = time.time()
    book.peer.answers["POST /token"] = lambda *_: (503, {}, {})
    assert queue_and_send(cast, now) == (1, (0, 1, 0))
    assert queue_and_send(cast, now + 200) == (0, (0, 0, 0)), "not due yet"
    with in_district(cast.district.id):
        row = LtiGrade.objects.get()
        assert row.tries == 1 and "503" in row.words
    assert "Grades that wait" in signed_in(cast["Dana"]).get("/lti").content.decode()
    with in_district(cast.district.id):
        LtiGrade.objects.update(tries=TRIES - 1, next_at=now)
    assert queue_and_send(cast, now) == (0, (0, 0, 1))
    assert "Grades that were given up" in signed_in(cast["Dana"]).get("/lti").content.decode()
    assert queue_and_send(cast, now + 1e7) == (0, (0, 0, 0)) and not book.scores
    del course


def test_a_course_beside_the_roster(cast: Cast, book: Gradebook) -> None:
    with in_district(cast.district.id):
        key = LtiLink.objects.get().id
    dana = signed_in(cast["Dana"])
    assert f"/lti/members/{key}" in dana.get("/lti").content.decode()
    page = dana.get(f"/lti/members/{key}").content.decode()
    assert "3 people" in page and "not in the roster: 1" in page and "Ana Diaz" in page and "Ben Beson" in page
    assert "outside of the domains" in page
    assert [call for call in book.peer.asked if "/members" in call] == ["GET /members?limit=100", "GET /members?page=2"]
    book.peer.answers["GET /members"] = lambda *_: (200, {}, {"nothing": 1})
    broken = dana.get(f"/lti/members/{key}")
    assert broken.status_code == 502 and "did not give its list" in broken.content.decode()
    assert signed_in(cast["Okafor"]).get(f"/lti/members/{key}").status_code == 404
    assert dana.get(f"/lti/members/{uuid.uuid4()}").status_code == 404


def test_the_command_sends_them(cast: Cast, book: Gradebook, capsys: pytest.CaptureFixture[str]) -> None:
    from headway.cli import main

    reach(cast)
    assert main(["lti", "grades", "--district", str(cast.district.id)]) == 0
    assert "Sent: 1" in capsys.readouterr().out and len(book.scores) == 1
    with in_district(cast.district.id):
        tables = json.loads(as_json(cast["Ana"], at=0.0))["tables"]
    assert tables["LtiSeat"][0]["subject"] == "account-1" and tables["LtiGrade"][0]["value"] == 1.0
    assert "LtiLaunch" not in tables
