"""A course that asks for project work: not before it is shown, not while it is contested; the credit says what it rests on."""

from __future__ import annotations

import time

from headway.core.mastery.credit import WorkAsked
from headway.school.mastery.credit.courses import load_courses
from headway.school.models import Credit, RubricScore
from headway.school.path.actions import wish
from headway.school.people.tenancy import in_district
from headway.standards.courses import CourseTable
from tests.clients import signed_in
from tests.pages.person.test_mastery import DAY, SKILL, practise
from tests.pages.projects.conftest import Room, words

ASKED = WorkAsked("I back what I say", "investigation", "uses-evidence", 3)
COURSE = CourseTable("P-1", "Division at work", 0.5, (("I divide large numbers", (SKILL,)),), (ASKED,))


def test_credit_waits_for_the_project_and_names_it(room: Room) -> None:
    cast, now = room.cast, time.time()
    chi, leader, teacher = cast["Chi"], signed_in(cast["Pike"]), signed_in(cast["Okafor"])
    with in_district(cast.district.id):
        load_courses(district=cast.district.id, rows=[COURSE])
        wish(learner=chi, by=cast["Okafor"], effect="pin-skill", skill=SKILL, reason="first", now=now - 11 * DAY)
    practise(cast, "Chi", now - 10 * DAY, until="reached")
    practise(cast, "Chi", now - 4 * DAY, until="confirmed")
    mine = signed_in(chi)
    assert "still to show in a project (Uses evidence, step 3)" in words(mine.get("/mastery"))
    assert "1 learner is nearly there" in words(leader.get("/credit"))
    assert "missing: I back what I say" in words(leader.get("/credit"))
    grant = {"do": f"grant:{chi.id}", "course": "P-1"}
    leader.post("/credit", grant)
    assert "has not been shown yet" in words(leader.get("/credit"))
    teacher.post(room.part("Chi"), {"do": "score", "whose": "own", "c-uses-evidence": "2"})
    assert "1 learner is nearly there" in words(leader.get("/credit")), "a step below is not enough"
    teacher.post(room.part("Chi"), {"do": "score", "whose": "own", "c-uses-evidence": "3"})
    assert "1 learner is ready" in words(leader.get("/credit"))
    with in_district(cast.district.id):
        score = RubricScore.objects.filter(learner=chi, level=3).latest("id")
    mine.post(f"/profile/{chi.id}/score", {"score": str(score.id), "words": "It was more."})
    assert "1 learner is nearly there" in words(leader.get("/credit")), "not while it is contested"
    teacher.post(room.part("Chi"), {"do": "score", "whose": "own", "c-uses-evidence": "3"})
    leader.post("/credit", grant)
    with in_district(cast.district.id):
        credit = Credit.objects.get(learner=chi)
    (work,) = credit.shown["work"]
    assert work[:2] == ["investigation/uses-evidence", "I back what I say"]
    assert "“Our creek”: Uses evidence, step 3 of 4" in work[2]
    assert "Scored by Okafor Okson" in work[2]
    assert signed_in(cast["Okafor"]).get(f"/profile/{chi.id}/transcript.pdf").content.startswith(b"%PDF")
