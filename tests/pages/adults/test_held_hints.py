"""A hint that gives the answer away waits for two tries, or for a teacher: who may open it, for whom, and what is kept."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.evidence.queries import replay_district
from headway.school.models import HintOpening
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.adults.test_board import words
from tests.pages.imported import ACTIVITY, add_two_parts
from tests.pages.test_practice import Learner

TELLS, WAITS, GIFT = "The answer is", "One more hint is waiting.", "Your teacher opened one more hint for you."
LIBRARY = f"/problem-hints/{ACTIVITY}"
OPENS = {"do": "open:0:h3"}


@pytest.fixture
def school(database: str) -> Iterator[Cast]:
    made = make_cast()
    add_two_parts(made.district.id)
    yield made
    made.close()


def opens(school: Cast, name: str) -> Learner:
    """Somebody begins the problem anew."""
    learner = Learner(signed_in(school[name]), school[name])
    learner.opens_one(ACTIVITY)
    return learner


def ladder(learner: Learner) -> str:
    """The page with every hint open that may be."""
    return learner.opens("/practice?hints=9")


def test_the_library_says_what_is_held_back_and_why(school: Cast) -> None:
    page = words(signed_in(school["Okafor"]), f"/problems/{ACTIVITY}")
    assert page.count("Held back") == 1
    assert re.search(r"The answer is .{0,20}Held back It gives the answer away\.", page)
    assert "Everybody I teach, from now on" in page and "Ana" in page and "Eva" not in page


@pytest.mark.parametrize("whom", ["learner", "section", "mine"])
def test_a_release_is_there_at_once_and_can_be_taken_back(school: Cast, whom: str) -> None:
    value = {"learner": f"learner:{school['Ana'].id}", "section": f"section:{school.a.id}", "mine": "mine"}[whom]
    ana, eva, teacher = opens(school, "Ana"), opens(school, "Eva"), signed_in(school["Okafor"])
    assert TELLS not in ladder(ana) and WAITS in ana.html and "after 2 more tries" in ana.html
    assert teacher.post(LIBRARY, {**OPENS, "for-0-h3": value}).status_code == 302
    assert GIFT in ana.opens("/practice?hints=2") and 'id="hint"' in ana.html
    assert TELLS in ladder(ana) and TELLS not in ladder(eva)
    shown = words(teacher, f"/problems/{ACTIVITY}")
    who = {"learner": "Ana Diaz", "section": "Math 6 A", "mine": "everybody in the classes of"}[whom]
    assert re.search(rf"Open for {who}.{{0,20}}\. Okafor Okson opened it just now\.", shown)
    with in_district(school.district.id):
        row = HintOpening.objects.latest("id")
        assert (row.by_id, row.open, abs(row.now - time.time()) < 60) == (school["Okafor"].id, True, True)
    teacher.post(LIBRARY, {"do": f"back:{row.id}"})
    assert TELLS not in ladder(opens(school, "Ana"))
    with in_district(school.district.id):
        assert [r.open for r in HintOpening.objects.order_by("id")][-2:] == [True, False]


def test_opening_twice_is_opening_once(school: Cast) -> None:
    teacher, sent = signed_in(school["Okafor"]), {**OPENS, "for-0-h3": "mine"}
    with in_district(school.district.id):
        before = HintOpening.objects.count()
    for _ in range(2):
        teacher.post(LIBRARY, sent)
    with in_district(school.district.id):
        assert HintOpening.objects.count() == before + 1


def test_only_those_who_look_after_a_class_open_and_take_back(school: Cast) -> None:
    ana, section = f"learner:{school['Ana'].id}", f"section:{school.a.id}"
    learner_page = f"/teach/{school.a.id}/learner/{school['Ana'].id}/hints"
    with in_district(school.district.id):
        before = HintOpening.objects.count()
    for name in ("Lee", "Stone", "Maria", "Ana"):
        client = signed_in(school[name])
        for value in (ana, section):
            assert client.post(LIBRARY, {**OPENS, "for-0-h3": value}).status_code == 404, (name, value)
        assert client.post(learner_page, {"do": "open:x"}).status_code == 404, name
    for name in ("Pike", "Ines"):
        client = signed_in(school[name])
        assert client.post(LIBRARY, {**OPENS, "for-0-h3": "mine"}).status_code == 404, name
    for value in ("section:x", "everybody", f"teacher:{school['Okafor'].id}"):
        assert signed_in(school["Okafor"]).post(LIBRARY, {**OPENS, "for-0-h3": value}).status_code == 404, value
    with in_district(school.district.id):
        assert HintOpening.objects.count() == before
    signed_in(school["Okafor"]).post(LIBRARY, {**OPENS, "for-0-h3": section})
    with in_district(school.district.id):
        number = HintOpening.objects.latest("id").id
    assert signed_in(school["Lee"]).post(LIBRARY, {"do": f"back:{number}"}).status_code == 404
    assert TELLS in ladder(opens(school, "Ana"))
    assert signed_in(school["Pike"]).post(LIBRARY, {"do": f"back:{number}"}).status_code == 302
    assert signed_in(school["Okafor"]).post(LIBRARY, {"do": f"back:{number}"}).status_code == 404


def test_a_hint_that_tells_nothing_or_for_nobody_is_not_opened(school: Cast) -> None:
    client = signed_in(school["Okafor"])
    assert "Choose first for whom" in words(client, client.post(LIBRARY, {**OPENS, "for-0-h3": ""})["Location"])
    sent = {"do": "open:0:h1", "for-0-h1": "mine"}
    assert "not held back" in words(client, client.post(LIBRARY, sent)["Location"])
    assert client.post("/problem-hints/book:nothing", {**OPENS, "for-0-h3": "mine"}).status_code == 404


def test_a_form_of_another_site_opens_nothing(school: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(school["Okafor"]).cookies
    for path in (LIBRARY, f"/teach/{school.a.id}/learner/{school['Ana'].id}/hints", f"/teach/{school.a.id}/act"):
        assert client.post(path, {**OPENS, "for-0-h3": "mine"}).status_code == 403


def test_the_openings_of_a_district_are_its_own_and_stay(school: Cast) -> None:
    signed_in(school["Okafor"]).post(LIBRARY, {**OPENS, "for-0-h3": "mine"})
    with in_district(uuid.uuid4()):
        assert not HintOpening.objects.exists()
    for change in ("UPDATE school_hintopening SET open = false", "DELETE FROM school_hintopening"):
        with pytest.raises(ProgrammingError, match="permission denied"), in_district(school.district.id):
            connection.cursor().execute(change)


def test_the_teacher_opens_it_where_the_learner_waits(school: Cast) -> None:
    ben, teacher = opens(school, "Ben"), signed_in(school["Okafor"])
    ben.gives("10")
    ben.client.post("/practice/help", {"activity": ACTIVITY})
    board = teacher.get(f"/teach/{school.a.id}").content.decode()
    assert "A hint that gives the answer away is held back." in board
    do = unescape(re.findall(r'value="(hints:[^"]+)"', board)[0])
    other = do.replace(do.split(":")[1], "0" * 12)
    said = teacher.post(f"/teach/{school.a.id}/act", {"do": other}, headers={"Accept": "application/json"}).json()
    assert said == {"said": "Ben has gone on. Nothing was opened."} and TELLS not in ladder(ben)
    said = teacher.post(f"/teach/{school.a.id}/act", {"do": do}, headers={"Accept": "application/json"}).json()
    assert said == {"said": "1 hint is open for Ben now."} and TELLS in ladder(ben)
    assert "is held back" not in teacher.get(f"/teach/{school.a.id}").content.decode()


def test_the_replay_has_the_hints_as_they_stood_and_who_opened_them(school: Cast) -> None:
    chi, teacher = opens(school, "Chi"), signed_in(school["Okafor"])
    replay = f"/teach/{school.a.id}/learner/{school['Chi'].id}/working"
    ladder(chi)
    chi.gives("10")
    page = words(teacher, replay)
    assert "Chi is on this now" in page and "It opens by itself after one more try." in page
    code = re.findall(r'value="(open:[0-9a-f]+)"', teacher.get(replay).content.decode())[0]
    assert "1 hint is open for Chi now." in words(
        teacher, teacher.post(f"{replay[:-8]}/hints", {"do": code})["Location"]
    )
    ladder(chi)
    chi.gives("32")
    deeds = words(teacher, replay).split("How Chi worked")[-1]
    first, _, rest = deeds.partition("opened a hint that was held back")
    assert "2 hints" in first and TELLS not in first.split("Powers")[-1]
    assert "3 hints" in rest and TELLS in rest
    assert replay_district(school.district.id).identical


def test_it_costs_no_queries_where_nothing_is_held_back(school: Cast) -> None:
    learner = Learner(signed_in(school["Dev"]), school["Dev"])
    learner.opens()
    learner.opens()
    with CaptureQueriesContext(connection) as counted:
        learner.opens()
    assert not [query for query in counted.captured_queries if "hintopening" in query["sql"]]
