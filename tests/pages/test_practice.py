"""Practice without a script: the forms alone carry a learner through."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from headway.core.curriculum.problems import Problem
from headway.pages.learner.nudges import NUDGES
from headway.school.curriculum.queries import problem_of
from headway.school.models import Evidence, HelpRequest, Person
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Learner:
    """A learner who reads the page and fills in its form."""

    def __init__(self, client: Client, person: Person) -> None:
        self.client, self.person, self.html = client, person, ""

    def opens(self, url: str = "/practice") -> str:
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200
        self.html = answer.content.decode()
        return self.html

    def opens_one(self, activity: str) -> str:
        answer = self.client.post("/practice/open", {"activity": activity}, follow=True)
        assert answer.status_code == 200
        self.html = answer.content.decode()
        return self.html

    @property
    def fields(self) -> dict[str, str]:
        form = self.html.split('id="answer-form"')[1].split("</form>")[0]
        return {name: unescape(value) for name, value in FIELD.findall(form) if name != "csrfmiddlewaretoken"}

    @property
    def problem(self) -> Problem:
        return problem_of(self.person.district_id, self.fields["activity"])

    def key(self) -> str:
        return self.problem.steps[int(self.fields["step"])].answer.keys[0]

    def gives(self, answer: str, **more: str) -> str:
        sent = self.client.post("/practice/answer", {**self.fields, "answer": answer, **more}, follow=True)
        assert sent.status_code == 200
        self.html = sent.content.decode()
        return self.html

    def wrong(self) -> str:
        return "987654" if self.problem.steps[0].answer.kind not in ("choice", "choices") else "3"


@pytest.fixture
def alba(cast: Pair) -> Learner:
    learner = Learner(signed_in(cast.alba), cast.alba)
    learner.opens()
    return learner


def test_a_right_answer_leads_to_the_next_problem_with_its_reason(alba: Learner) -> None:
    first = alba.fields["activity"]
    page = alba.gives(alba.key())
    assert "That is right." in page and "Next problem" in page and "Why this one is next" in page
    assert "1 of 10" in re.sub("<[^>]+>", "", page)
    alba.opens()
    assert alba.fields["activity"] != first


def test_a_wrong_answer_keeps_the_problem_and_the_line(alba: Learner) -> None:
    first, wrong = alba.fields["activity"], alba.wrong()
    page = alba.gives(wrong)
    assert "Not yet" in page and 'class="line no"' in page and alba.fields["activity"] == first


def test_a_known_slip_gets_its_own_question(alba: Learner) -> None:
    alba.opens_one("gen:6.EE.A.1/coefficient:12345")
    slips = {wrong.misconception: wrong.answer for wrong in alba.problem.steps[0].wrong}
    slip = next(key for key in slips if key in NUDGES)
    page = unescape(alba.gives(slips[slip]))
    assert str(NUDGES[slip]) in page and "one more try" not in page


def test_three_wrong_answers_show_the_way_and_go_on(alba: Learner) -> None:
    for _ in range(3):
        page = alba.gives(alba.wrong())
    assert "One way to do it" in page and "Next problem" in page and "That one was hard" in page


def test_hints_open_one_at_a_time_and_count(alba: Learner) -> None:
    hints = alba.problem.steps[0].hints
    assert 'id="hint-0"' not in alba.html
    alba.opens("/practice?hints=1")
    assert alba.html.count('<li class="note"') == 1
    alba.gives(alba.key())
    with in_district(alba.person.district_id):
        assert Evidence.objects.get(learner=alba.person, kind="response").hints == 1
    assert len(hints) >= 2


def test_the_way_is_offered_after_honest_tries_only(alba: Learner) -> None:
    assert "Show me how" not in alba.html
    alba.gives(alba.wrong())
    alba.gives(alba.wrong())
    assert "Show me how" in alba.html
    page = alba.gives("", shown="1")
    assert "Here is the whole way" in page and "Next problem" in page


def test_the_page_never_carries_the_answer_or_unopened_help(alba: Learner) -> None:
    step = alba.problem.steps[0]
    assert all(str(hint.text) not in alba.html for hint in step.hints)
    assert 'class="solution"' not in alba.html


def test_sending_twice_counts_once(alba: Learner) -> None:
    fields, key = alba.fields, alba.key()
    for _ in range(2):
        alba.client.post("/practice/answer", {**fields, "answer": key})
    with in_district(alba.person.district_id):
        assert Evidence.objects.filter(learner=alba.person, kind="response").count() == 1


def test_an_unreadable_answer_stays_for_mending_and_does_not_count(alba: Learner) -> None:
    alba.opens_one("gen:6.EE.A.1/coefficient:7")
    page = alba.gives("((3")
    assert "does not count" in page and 'value="((3"' in page
    with in_district(alba.person.district_id):
        assert not Evidence.objects.filter(learner=alba.person, kind="response").exists()


def test_a_particular_problem_can_be_opened(alba: Learner) -> None:
    alba.opens_one("gen:6.EE.A.3/expand:12345")
    assert alba.fields["activity"] == "gen:6.EE.A.3/expand:12345"
    assert '<div class="problem"' in alba.html and "<math>" in alba.html


def test_an_unknown_problem_says_so(alba: Learner) -> None:
    assert "no such problem" in alba.opens("/practice?activity=gen:nothing:1").lower()
    assert "no such problem" in alba.opens_one("gen:nothing:1").lower()


def test_following_a_link_to_a_problem_changes_nothing(alba: Learner) -> None:
    def log() -> list[tuple[str, str]]:
        with in_district(alba.person.district_id):
            return list(Evidence.objects.filter(learner=alba.person).order_by("id").values_list("kind", "activity"))

    before, working_on = log(), alba.fields["activity"]
    page = alba.opens("/practice?activity=gen:6.EE.A.3/expand:12345")
    assert "Open this problem" in page and "takes the place" in page
    assert log() == before
    alba.opens()
    assert alba.fields["activity"] == working_on
    assert alba.client.get("/practice/open").status_code == 405


def test_something_else_gives_another_problem(alba: Learner) -> None:
    first = alba.fields["activity"]
    alba.html = alba.client.post("/practice/other", follow=True).content.decode()
    assert alba.fields["activity"] != first


def test_asking_for_help_raises_the_hand_once(alba: Learner) -> None:
    for _ in range(2):
        page = alba.client.post("/practice/help", {"activity": alba.fields["activity"]}, follow=True).content.decode()
    assert "Your hand is up" in page
    with in_district(alba.person.district_id):
        assert HelpRequest.objects.filter(learner=alba.person).count() == 1


def test_the_page_says_who_can_help_and_why_this_problem(alba: Learner) -> None:
    assert "Ada Okoye can see when you ask." in alba.html
    assert "Why this problem?" in alba.html and "You are here" in alba.html


def test_practice_is_for_learners(cast: Pair) -> None:
    assert signed_in(cast.okoye).get("/practice").status_code == 403


def test_without_a_curriculum_the_page_says_so(bare: Pair) -> None:
    page = signed_in(bare.alba).get("/practice").content.decode()
    assert "nothing to practice" in page and "no curriculum" in page


def test_the_path_and_the_readings(alba: Learner) -> None:
    alba.gives(alba.key())
    assert "What you are working on" in alba.opens("/my-path")
    assert "Nobody has looked yet" in alba.opens("/who-read")
