"""What adults see: two taps and an undo; work away from the screen; who reads it and who may say that it is wrong."""

from __future__ import annotations

import re
import time
import uuid

from django.test import Client

from headway.school.models import AwayWork, Observation
from headway.school.people.clock import date_of, day_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in
from tests.pages.projects.conftest import words

SKILL = "6.NS.B.2"


def key_in(client: Client, path: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def day(cast: Cast, ago: int = 0) -> str:
    """Today where the school stands, or some days before: in the evening there it is tomorrow already in Greenwich."""
    return date_of(day_of(cast.district.id, time.time()) - ago).isoformat()


def test_two_taps_write_it_down_and_one_takes_it_back(school: Cast) -> None:
    teacher, path, ana = signed_in(school["Okafor"]), f"/teach/{school.a.id}/observe", school["Ana"].id
    sent = {
        "learner": str(ana),
        "chip": "persists",
        "words": "third try  on long division",
        "key": key_in(teacher, path),
    }
    first = teacher.post(path, sent)
    assert teacher.post(path, sent)["Location"] == first["Location"], "the same tap counts once"
    assert "Ana D.: Keeps trying" in words(teacher.get(first["Location"]))
    for who, page in (("Ana", "/me"), ("Maria", f"/profile/{ana}"), ("Okafor", f"/profile/{ana}")):
        found = words(signed_in(school[who]).get(page))
        assert "Keeps trying. third try on long division Okafor Okson, today" in found, who
        assert "When a problem is hard, I keep trying." in found, who
    with in_district(school.district.id):
        row = Observation.objects.get(learner_id=ana, kind="seen")
    assert "Only who saw it" in words(signed_in(school["Pike"]).post(path, {"back": str(row.id)}, follow=True))
    teacher.post(path, {"back": str(row.id)})
    teacher.post(path, {"back": str(row.id)})
    assert "third try" not in words(signed_in(school["Maria"]).get(f"/profile/{ana}"))
    with in_district(school.district.id):
        assert list(Observation.objects.filter(learner_id=ana).order_by("at").values_list("kind", flat=True)) == [
            "seen",
            "back",
        ]


def test_what_is_not_an_observation_is_refused(school: Cast) -> None:
    teacher, path = signed_in(school["Okafor"]), f"/teach/{school.a.id}/observe"
    for sent, said in (
        ({"chip": "persists", "key": str(uuid.uuid4())}, "Tap a name first"),
        ({"chip": "persists", "learner": str(school["Eva"].id), "key": str(uuid.uuid4())}, "Tap a name first"),
        (
            {"chip": "is-lazy", "learner": str(school["Ben"].id), "key": str(uuid.uuid4())},
            "Choose one of the things to tap",
        ),
    ):
        assert said in words(teacher.post(path, sent, follow=True))
    assert teacher.post(path, {"chip": "persists", "learner": str(school["Ben"].id), "key": "x"}).status_code == 404
    for who in ("Lee", "Maria", "Ana", "Stone"):
        assert signed_in(school[who]).get(path).status_code == 404
        assert signed_in(school[who]).post(path, {"chip": "persists"}).status_code == 404


def test_the_family_may_say_that_it_is_wrong_where_the_district_lets_them(school: Cast) -> None:
    teacher, leader, mother = (signed_in(school[name]) for name in ("Okafor", "Pike", "Maria"))
    path, ana = f"/teach/{school.a.id}/observe", school["Ana"].id
    teacher.post(path, {"learner": str(ana), "chip": "break", "key": key_in(teacher, path)})
    with in_district(school.district.id):
        about = f"observation:{Observation.objects.filter(learner_id=ana).latest('at').id}"
    note = {"do": "note", "kind": "contest", "about": about, "words": "She had a cold."}
    mother.post(f"/profile/{ana}/say", note)
    assert "said to be wrong She had a cold." in words(teacher.get(f"/profile/{ana}"))
    rows = {"said-0": "Needed a break", "key-0": "break", "about-0": "calm", "said-1": "Divides well", "skill-1": SKILL}
    assert "What teachers can tap" in words(leader.get("/observing"))
    assert "does not teach the skill" in words(leader.post("/observing", {**rows, "skill-1": "9.Z"}))
    assert "Give one to" in words(leader.post("/observing", {}))
    leader.post("/observing", {**rows, "shared": "on"})
    assert "Divides well" in words(teacher.get(path))
    refused = mother.post(f"/profile/{ana}/say", {**note, "words": "Again."}, follow=True)
    assert "This line cannot be written here." in words(refused)
    leader.post("/observing", rows)
    assert "Needed a break" not in words(mother.get(f"/profile/{ana}"))
    assert "Needed a break" in words(teacher.get(f"/profile/{ana}")), "what was seen is kept for the school"
    assert teacher.get("/observing").status_code == 404
    leader.post("/observing", {**rows, "shared": "on", "answered": "on"})


def test_work_away_from_the_screen_counts_as_seen_by_a_named_adult(school: Cast) -> None:
    teacher, path, ben = signed_in(school["Okafor"]), f"/teach/{school.a.id}/away", school["Ben"]
    sent = {
        "do": "record", "learner": [str(ben.id), str(school["Chi"].id), str(school["Eva"].id)], "skill": SKILL, "form": "paper",
        "minutes": "25", "result": "partly", "day": day(school), "key": key_in(teacher, path),
    }  # fmt: skip
    assert "Written down for 2 learners." in words(teacher.post(path, sent, follow=True)), "Eva is of another class"
    assert "Written down for 0 learners." in words(teacher.post(path, sent, follow=True)), (
        "a second click writes nothing"
    )
    line = "away from the screen: partly right. 25 minutes, seen by Okafor Okson."
    assert line in words(signed_in(ben).get("/mastery"))
    assert "25 minutes away from the screen in the last seven days." in words(signed_in(ben).get("/me"))
    for wrong, said in (
        ({"skill": "9.Z"}, "Choose a skill"), ({"minutes": "999"}, "Give the minutes"), ({"minutes": "-4"}, "Give the minutes"),
        ({"day": day(school, ago=90)}, "Choose a day"), ({"result": "great"}, "Choose what kind"),
        ({"learner": []}, "at least one learner"),
    ):  # fmt: skip
        assert said in words(teacher.post(path, {**sent, "key": str(uuid.uuid4()), **wrong}))
    assert teacher.post(path, {**sent, "day": "soon"}).status_code == 404
    with in_district(school.district.id):
        row = AwayWork.objects.get(learner=ben, kind="done")
    teacher.post(path, {"do": f"back:{ben.id}:{row.id}"})
    assert line not in words(signed_in(ben).get("/mastery"))
    assert signed_in(school["Lee"]).get(path).status_code == 404


def test_a_learners_own_line_waits_for_an_adult(school: Cast) -> None:
    dev, teacher, path = signed_in(school["Dev"]), signed_in(school["Okafor"]), f"/teach/{school.a.id}/away"
    sent = {
        "skill": SKILL,
        "form": "reading",
        "minutes": "15",
        "result": "",
        "day": day(school),
        "words": "the division book",
    }
    for _ in range(2):
        dev.post("/away", {**sent, "key": key_in(dev, "/away")})
    assert "waits for your teacher" in words(dev.get("/away"))
    assert "seen by" not in words(dev.get("/mastery"))
    assert "the division book" in words(teacher.get(path))
    with in_district(school.district.id):
        one, two = AwayWork.objects.filter(learner=school["Dev"], kind="done").order_by("at")
    key = school["Dev"].id
    assert dev.post(path, {"do": f"confirmed:{key}:{one.id}"}).status_code == 404
    teacher.post(path, {"do": f"confirmed:{key}:{one.id}"})
    assert "decided about already" in words(teacher.post(path, {"do": f"refused:{key}:{one.id}"}))
    teacher.post(path, {"do": f"refused:{key}:{two.id}"})
    assert "15 minutes, seen by Okafor Okson." in words(dev.get("/mastery"))
    shown = words(dev.get("/away"))
    assert "does not count" in shown
    assert "waits for your teacher" not in shown
    for odd in (f"confirmed:{key}:x", f"confirmed:x:{two.id}", f"confirmed:{school['Eva'].id}:{two.id}"):
        assert teacher.post(path, {"do": odd}).status_code == 404


def test_an_empty_class_and_a_district_without_a_curriculum(school: Cast) -> None:
    from headway.school.models import Enrolment, Section
    from tests.cast import make_cast

    with in_district(school.district.id):
        empty = Section.objects.create(
            district=school.district, school=school.school, sourced_id=uuid.uuid4().hex, title="Empty"
        )
        Enrolment.objects.create(district=school.district, section=empty, person=school["Okafor"], role="teacher")
    teacher = signed_in(school["Okafor"])
    for page in ("observe", "away", "projects", "projects/new"):
        words(teacher.get(f"/teach/{empty.id}/{page}"))
    bare = make_cast(curriculum=False)
    for who, page in (
        ("Ana", "/away"),
        ("Ana", "/projects"),
        ("Okafor", f"/teach/{bare.a.id}/away"),
        ("Okafor", f"/teach/{bare.a.id}/observe"),
    ):
        words(signed_in(bare[who]).get(page))
    words(signed_in(bare["Maria"]).get(f"/profile/{bare['Ana'].id}"))
    assert signed_in(school["Okafor"]).get(f"/teach/{bare.a.id}/observe").status_code == 404, "another district"
