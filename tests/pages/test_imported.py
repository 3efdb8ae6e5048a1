"""Imported problems are practised like ours, with their source named."""

from __future__ import annotations

import pytest

from headway.school.models import Evidence
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair
from tests.pages.imported import ACTIVITY, add_two_parts
from tests.pages.test_practice import Learner


@pytest.fixture
def alba(cast: Pair) -> Learner:
    add_two_parts(cast.district.id)
    learner = Learner(signed_in(cast.alba), cast.alba)
    learner.opens_one(ACTIVITY)
    return learner


def test_source_licence_and_parts_are_shown(alba: Learner) -> None:
    assert "Part 1 of 2" in alba.html
    assert "A Book of Powers by Ana Diaz" in alba.html and "Licence: CC BY 4.0." in alba.html
    assert "did not come with this problem" in alba.html


def test_one_part_after_the_other(alba: Learner) -> None:
    page = alba.gives("32")
    assert "Part 2 of 2" in page and "That is right." in page and 'type="radio"' in page
    page = alba.gives("1")
    assert "Next problem" in page and "2^5" not in page
    with in_district(alba.person.district_id):
        assert Evidence.objects.filter(learner=alba.person, kind="response", correct=True).count() == 2


def test_a_scaffold_asks_back_and_is_no_evidence(alba: Learner) -> None:
    alba.opens("/practice?hints=2")
    assert "Begin small" in alba.html
    for answer, says in (("5", "Not yet"), ("4", "Yes.")):
        page = alba.client.post("/practice/hint", {"hints": "2", "rung": "1", "answer": answer}).content.decode()
        assert says in page.split('id="hint-1"')[1]
    with in_district(alba.person.district_id):
        assert not Evidence.objects.filter(learner=alba.person, kind="response").exists()


def test_a_hint_that_tells_all_waits_for_honest_tries(alba: Learner) -> None:
    assert "The answer is" not in alba.opens("/practice?hints=3")
    alba.gives("10")
    alba.gives("25")
    assert "The answer is" in alba.opens("/practice?hints=3")


def test_the_way_of_a_problem_without_one_is_its_hints_and_the_answer(alba: Learner) -> None:
    alba.gives("32")
    for _ in range(3):
        page = alba.gives("0")
    assert "The answer:" in page.split('class="solution"')[1]
