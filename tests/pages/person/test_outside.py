"""What other programs say of a learner: who reads it, who contests or refuses it, and what it never does."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from headway.core.mastery.outside import MOST_MINUTES
from headway.school.evidence.queries import replay_district
from headway.school.mastery.away import NotKept
from headway.school.mastery.outside import align_outside, outside_of, record_outside, refuse_outside, take_back
from headway.school.mastery.queries import ledger_of
from headway.school.models import OutsideResult, PlanRow, Profile
from headway.school.path.checks import bring_checks, settle
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.projects.conftest import words

SKILL = "6.RP.A.1"


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    """A cast of this file's own: what is said here of learners would stand in the profiles that other files read."""
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi"):
        cast.answers(name, "oxo", now - 600)
    yield cast
    cast.close()


def say(maple: Cast, name: str, key: uuid.UUID | None = None, **more: Any) -> bool:
    """Let Khan Academy say something of a learner."""
    now = time.time()
    given: dict[str, Any] = {
        "learner": maple[name], "source": "Khan Academy", "activity": "https://khan.example/ratios", "title": "Ratios, unit 3",
        "skill": "", "success": True, "scaled": 0.9, "minutes": 12.0, "at": now - 60, "key": key or uuid.uuid4(), "now": now,
    }  # fmt: skip
    with in_district(maple.district.id):
        return record_outside(**{**given, **more})


def test_it_is_read_by_everybody_and_gives_nothing(maple: Cast) -> None:
    with in_district(maple.district.id):
        before = Profile.objects.get(learner=maple["Ben"]).updated_at, len(ledger_of(maple["Ben"].id))
    key = uuid.uuid4()
    assert say(maple, "Ben", key)
    assert not say(maple, "Ben", key, title="Something else"), "the same key is kept once"
    line = "Khan Academy says: “Ratios, unit 3” went well, 90 of 100. Time: 12 min."
    for name in ("Ben", "Okafor"):
        page = signed_in(maple[name]).get(f"/profile/{maple['Ben'].id}", follow=True)
        assert line in words(page) and "12 minutes in other programs" in words(page)
        assert line in words(signed_in(maple[name]).get(f"/profile/{maple['Ben'].id}/mastery"))
    assert signed_in(maple["Stone"]).get(f"/profile/{maple['Ben'].id}").status_code == 404
    with in_district(maple.district.id):
        assert before == (Profile.objects.get(learner=maple["Ben"]).updated_at, len(ledger_of(maple["Ben"].id)))
        assert take_back(learner=maple["Ben"], key=key, now=time.time())
        assert not take_back(learner=maple["Ben"], key=key, now=time.time())
        assert OutsideResult.objects.filter(learner=maple["Ben"]).count() == 2, "taking it back is a row too"
    assert line not in words(signed_in(maple["Ben"]).get("/mastery"))


def test_it_is_contested_by_anybody_and_refused_by_the_school(maple: Cast) -> None:
    chi, page = maple["Chi"], f"/profile/{maple['Chi'].id}"
    say(maple, "Chi", minutes=900.0)
    with in_district(maple.district.id):
        line = outside_of(chi.id)[0]
    assert line.minutes == MOST_MINUTES, "a window left open is no work"
    own, teacher = signed_in(chi), signed_in(maple["Okafor"])
    note = {"do": "note", "kind": "contest", "about": f"outside:{line.id}", "words": "My brother did this."}
    own.post(f"{page}/say", note)
    assert "My brother did this." in words(teacher.get(page))
    refusal = {"do": f"outside:{line.id}", "words": "Her brother did it."}
    assert own.post(f"{page}/say", refusal).status_code == 404
    assert "why does it not count" in words(teacher.post(f"{page}/say", {**refusal, "words": " "}, follow=True))
    assert teacher.post(f"{page}/say", {**refusal, "do": "outside:nonsense"}).status_code == 404
    shown = words(teacher.post(f"{page}/say", refusal, follow=True))
    assert "Okafor Okson: this does not count. “Her brother did it.”" in shown
    assert "minutes in other programs" not in shown
    assert "decided about already" in words(teacher.post(f"{page}/say", refusal, follow=True))
    assert "refused it: “Her brother did it.”" in words(own.get("/mastery"))


def align(maple: Cast, skill: str) -> list[uuid.UUID]:
    """Let Ms. Okafor say which skill an activity belongs to."""
    return align_outside(
        source="Khan Academy", activity="https://khan.example/later", skill=skill, by=maple["Okafor"], now=time.time()
    )


def test_a_person_says_later_which_skill_it_belongs_to(maple: Cast) -> None:
    say(maple, "Ana", activity="https://khan.example/later", title="A unit")
    with in_district(maple.district.id):
        assert align(maple, SKILL) == [maple["Ana"].id]
        assert align(maple, SKILL) == []
        assert outside_of(maple["Ana"].id)[0].skill == SKILL
        with pytest.raises(NotKept):
            align(maple, "9.Z")


def test_what_it_says_otherwise_than_the_ledger_leads_to_one_problem(maple: Cast) -> None:
    dev, now = maple["Dev"], time.time()
    for skill in (SKILL, SKILL, "6.NS.B.2", "6.NS.C.5", "6.EE.A.1"):
        say(maple, "Dev", skill=skill)
    say(maple, "Dev", skill="6.G.A.1", success=False)
    say(maple, "Dev", skill="6.NS.B.3", success=None, scaled=0.6)
    say(maple, "Dev", skill="6.NS.B.4", at=now - 40 * 86400.0)
    with in_district(maple.district.id):
        assert bring_checks(learner=dev, now=now) == 3, "three at a time, one of a skill, none where both agree"
        assert bring_checks(learner=dev, now=now) == 0
    maple.begin("Dev", now + 1)
    desk = signed_in(dev)
    assert "Khan Academy says that you did well on “" in words(desk.get("/practice"))
    assert "One problem on the path will show it here." in words(desk.get("/mastery"))
    teacher = signed_in(maple["Okafor"])
    assert "One problem, to see here what Khan Academy says" in words(
        teacher.get(f"/teach/{maple.a.id}/learner/{dev.id}")
    )
    while (opened := maple.open["Dev"].activity) and maple.open["Dev"].step == 0:
        now += 30
        maple.answer("Dev", right=True, now=now)
        if maple.open["Dev"].activity != opened:
            break
    shown = words(desk.get("/mastery"))
    assert "Shown here, after what Khan Academy said: “" in shown
    with in_district(maple.district.id):
        assert PlanRow.objects.filter(learner=dev, effect="check-activity", ends__gt=now + 60).count() == 3, (
            "one is over, one waited"
        )
        assert bring_checks(learner=dev, now=now) == 0
        for line in outside_of(dev.id):
            refuse_outside(learner=dev, line=uuid.UUID(line.id), by=maple["Okafor"], words="No.", now=now)
        settle(learner=dev, now=now + 1)
        assert not PlanRow.objects.filter(learner=dev, effect="check-activity", ends__gt=now + 60).exists()
    assert replay_district(maple.district.id).identical


@pytest.mark.parametrize(
    "wrong",
    [{"source": " "}, {"activity": ""}, {"skill": "9.Z"}, {"scaled": float("nan")}, {"scaled": 1.01}, {"minutes": -1.0},
     {"minutes": float("inf")}, {"at": time.time() + 9e5}, {"activity": "x" * 2001}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(maple: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotKept):
        say(maple, "Dev", **wrong)
