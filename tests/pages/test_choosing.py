"""A learner chooses what next; screen time ends kindly; adults set goals, lists and limits; replay gives it all again."""

from __future__ import annotations

import re
import time
import uuid

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.core.text import NOTHING
from headway.pages.learner.choosing import Card, told_apart
from headway.school.evidence.queries import replay_district
from headway.school.models import AwayDone, ChoiceOffer, ChoiceTaken, Decision, Evidence, Goal, PlanRow
from headway.school.people.models import District
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in


def offered(client: Client) -> str:
    """Ask for options; the address of the page that shows them."""
    return str(client.post("/practice/choose")["Location"])


def test_a_choice_is_offered_recorded_taken_once_and_steers_the_day() -> None:
    cast = make_cast()
    cast.answers("Ana", "oxooooooo", time.time() - 60)
    client = signed_in(cast["Ana"])
    where = offered(client)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(where).content.decode()
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)
    assert page.count("Choose this") == 3
    with in_district(cast.district.id):
        (row,) = ChoiceOffer.objects.filter(learner=cast["Ana"])
    assert len({option[1] for option in row.options}) == 3
    assert 0.0 < sum(option[5] for option in row.options) <= 1.0 + 1e-9
    for _twice in range(2):
        client.post(f"{where}/take", {"place": "1"})
    told = client.get("/practice").content.decode()
    assert "For the rest of today your path leans that way" in told and "You chose this one." in told
    with in_district(cast.district.id):
        taken = ChoiceTaken.objects.get(offer=row)
        lean = PlanRow.objects.get(id=taken.row)
        assert (taken.place, lean.effect, lean.value) == (1, "choose-skill", row.options[1][1])
        assert Evidence.objects.filter(learner=cast["Ana"], event=row.id).count() == 1
        opened = Evidence.objects.get(event=row.id)
        assert opened.activity == row.options[1][0]
    client.post(f"{where}/take", {"place": "0"})
    assert "You have chosen already" in client.get("/practice").content.decode()
    assert replay_district(cast.district.id).identical
    cast.close()


def test_options_of_the_same_kind_are_told_apart_by_how_hard_they_are() -> None:
    def kinds(*given: tuple[str, float]) -> list[str]:
        cards = [Card(n, "T", kind, "i-pen", NOTHING, "", "", chance) for n, (kind, chance) in enumerate(given)]
        return [card.kind for card in told_apart(cards)]

    three = [("Go on", 0.7), ("Go on", 0.9), ("Go on", 0.5)]
    assert kinds(*three) == ["In the middle", "The easiest of these", "The biggest step of these"]
    assert kinds(("Go on", 0.7), ("Something new", 0.9), ("Go on", 0.5)) == [
        "In the middle",
        "Something new",
        "The biggest step of these",
    ]
    assert kinds(("Go on", 0.7), ("Something new", 0.9)) == ["Go on", "Something new"]
    assert kinds(("Go on", 0.7), ("Go on", 0.71)) == ["Go on", "Go on"], "too close to say"
    assert kinds() == []


def test_an_offer_is_the_learners_own_and_what_is_not_on_it_cannot_be_taken() -> None:
    cast = make_cast()
    cast.answers("Ana", "oo", time.time() - 60)
    cast.answers("Ben", "oo", time.time() - 60)
    where = offered(signed_in(cast["Ana"]))
    ben, ana = signed_in(cast["Ben"]), signed_in(cast["Ana"])
    assert ben.get(where).status_code == 302
    for client, place in ((ben, "0"), (ana, "7"), (ana, "-1"), (ana, "x")):
        client.post(f"{where}/take", {"place": place})
    ana.post(f"/practice/choose/{uuid.uuid4()}/take", {"place": "0"})
    assert signed_in(cast["Okafor"]).post("/practice/choose").status_code == 403
    with in_district(cast.district.id):
        assert not ChoiceTaken.objects.exists()
        PlanRow.objects.create(
            district=cast.district, learner=cast["Ben"], source="pin", effect="pin-skill", value="5.NF.A.1", starts=0.0
        )
    assert "what comes next is set already" in ben.post("/practice/choose", follow=True).content.decode()
    cast.close()


def steer(cast: Cast, who: str, learner: str, **form: object) -> str:
    client, where = signed_in(cast[who]), f"/profile/{cast[learner].id}/steer"
    client.post(where, form)
    return client.get(where).content.decode()


def test_a_family_sets_screen_time_and_it_ends_kindly() -> None:
    cast = make_cast()
    now = time.time()
    with in_district(cast.district.id):  # where it is about noon, so that no midnight falls between two answers
        District.objects.update(time_zone=f"Etc/GMT{time.gmtime(now).tm_hour - 12:+d}")
    page = steer(cast, "Maria", "Ana", do="screen", minutes="10")
    assert "At most 10 minutes a day, Maria" in page and "this one holds" in page
    assert "Give this list" not in page and "Set this goal" not in page
    later = now + 10
    cast.begin("Ana", later)
    cast.answer("Ana", True, later + 30, seconds=400.0)
    last = cast.answer("Ana", True, later + 60, seconds=400.0)
    while last.activity:
        last = cast.answer("Ana", True, later + 90, seconds=5.0)
    client = signed_in(cast["Ana"])
    with in_district(cast.district.id):
        before = Evidence.objects.count()
    page = client.get("/practice").content.decode()
    assert "That is enough screen for today" in page and "I did it" in page
    with in_district(cast.district.id):
        assert Evidence.objects.count() == before, "looking at the page writes nothing"
    key = re.findall(r'name="task" value="([^"]+)"', page)[0]
    for _twice in range(2):
        client.post("/practice/away", {"task": key, "words": "with dad"})
    client.post("/practice/away", {"task": "nonsense"})
    with in_district(cast.district.id):
        (done,) = AwayDone.objects.filter(learner=cast["Ana"])
    assert (done.task, done.words) == (key, "with dad")
    assert "You did this today" in client.get("/practice").content.decode()
    assert replay_district(cast.district.id).identical
    assert "That could not be set" in steer(cast, "Maria", "Ana", do="screen", minutes="9999")
    assert "Your limit is lifted" in steer(cast, "Maria", "Ana", do="screen", minutes="0")
    cast.close()


def test_a_teacher_sets_a_goal_and_a_list_and_nobody_else_does() -> None:
    cast = make_cast()
    cast.answers("Ana", "oxooooooo", time.time() - 60)
    page = steer(cast, "Okafor", "Ana")
    offer = re.findall(r'name="offer" value="([^"]+)"', page)[0]
    skills = re.findall(r'<option value="([^"]*\.[^"]+)">', page)[:2]
    assert "Set by Okafor" in steer(cast, "Okafor", "Ana", do="goal", offer=offer, weeks="6", why="for the trip")
    assert "for the trip" in signed_in(cast["Ana"]).get("/goals").content.decode()
    page = steer(cast, "Okafor", "Ana", do="list", skill=[*skills, ""], each="3", reason="before the test")
    assert "Still to do" in page
    cast.answer("Ana", True, time.time() + 5)
    last = cast.answer("Ana", True, time.time() + 35)
    while last.reason_code == "":
        last = cast.answer("Ana", True, time.time() + 65)
    assert last.reason_code == "playlist"
    for form in ({"skill": [], "each": "3", "reason": "x"}, {"skill": skills, "each": "99", "reason": "x"}):
        assert "That could not be set" in steer(cast, "Okafor", "Ana", do="list", **form)
    assert replay_district(cast.district.id).identical
    url = f"/profile/{cast['Ana'].id}/steer"
    assert signed_in(cast["Maria"]).post(url, {"do": "list", "skill": skills}).status_code == 404
    assert signed_in(cast["Ana"]).get(url).status_code == 302
    assert signed_in(cast["Stone"]).get(url).status_code == 404
    with in_district(cast.district.id):
        assert Goal.objects.get(learner=cast["Ana"]).by == cast["Okafor"]
        assert Decision.objects.filter(learner=cast["Ana"], reason_code="playlist").exists()
    cast.close()


def test_a_class_gets_a_list_and_a_district_a_limit() -> None:
    cast = make_cast()
    client, where = signed_in(cast["Okafor"]), f"/teach/{cast.a.id}/list"
    page = client.get(where).content.decode()
    skill = re.findall(r'<option value="([^"]*\.[^"]+)">', page)[0]
    form = {"skill": [skill], "each": "5", "reason": "warm up", "learner": [str(cast["Ana"].id), str(cast["Eva"].id)]}
    assert "1 learner has the list now" in client.post(where, form, follow=True).content.decode()
    assert "Choose at least one learner" in client.post(where, {**form, "learner": []}, follow=True).content.decode()
    with in_district(cast.district.id):
        assert [row.learner for row in PlanRow.objects.filter(effect="playlist")] == [cast["Ana"]], (
            "Eva is in another class"
        )
    assert client.get(f"/teach/{cast.b.id}/list").status_code == 404
    assert client.post("/lead/screen-time", {"minutes": "30"}).status_code == 404
    cast.close()
