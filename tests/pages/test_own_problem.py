"""A problem of one's own: what the coach says to a story, small boxes that nobody judges, and where there are no lines."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from django.test import Client

from headway.school.models import CoachLine
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair

CHOICE = "gen:3.MD.D.8/same-perimeter:12345"


def coach(client: Client, problem: str) -> str:
    """The words of the page for a problem."""
    html = client.get("/coach", {"problem": problem}, follow=True).content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize(
    "story",
    [
        "4 bags hold 26 apples. How many apples do 6 bags hold at the same rate?",
        "Mia has 12 apples and gives away 5. How many are left?",
        "Three tickets and a drink cost 19",
        "Tom is 12 and his sister is 4 years older",
    ],
)
def test_a_story_is_told_what_to_type_with_examples_to_tap(cast: Pair, story: str) -> None:
    client = signed_in(cast.alba)
    page = coach(client, story)
    assert "This is a story." in page and "Type the calculation or the equation that you need" in page
    assert "Work it line by line" not in page and story in client.get("/coach", {"problem": story}).content.decode()
    html = client.get("/coach", {"problem": story}).content.decode()
    for link in re.findall(r'class="example" href="([^"]+)"', html):
        assert 'id="next-line"' in client.get(link, follow=True).content.decode(), link


@pytest.mark.parametrize(
    "asked", ["Find the sum of 5/12 and 3/8", "Solve for x: 2(3x-5)-(x-1)=11", "What is 503 - 178?"]
)
def test_usual_words_around_a_calculation_are_no_story(cast: Pair, asked: str) -> None:
    assert "Work it line by line" in coach(signed_in(cast.alba), asked)


def test_what_is_neither_says_so(cast: Pair) -> None:
    assert "I cannot read this as a problem." in coach(signed_in(cast.alba), "2x+")


def test_carried_digits_are_no_part_of_the_result(cast: Pair) -> None:
    client, working = signed_in(cast.alba), str(uuid.uuid4())
    page = client.get("/coach", {"problem": "503-178", "working": working}).content.decode()
    assert page.count('name="note') == 3 and "Nobody checks them." in page
    form = page.split('class="columns')[1].split("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    digits = {"d0_2": "3", "d0_1": "2", "d0_0": "5", "note1": "9", "note0": "13"}
    page = client.post("/coach/line", {**sent, **digits}, follow=True).content.decode()
    assert "That answers the problem." in page
    with in_district(cast.district.id):
        assert CoachLine.objects.get(learner=cast.alba).written.strip() == "325"


def test_a_choice_has_no_lines(cast: Pair) -> None:
    page = signed_in(cast.alba).post("/practice/open", {"activity": CHOICE}, follow=True).content.decode()
    assert 'type="radio"' in page
    assert "line by line" not in page and 'id="next-line"' not in page
