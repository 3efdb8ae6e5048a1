"""Imported problems, by skill: whose they are, what they ask, and trying them out without a trace."""

from __future__ import annotations

import pytest

from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Source, Step
from headway.core.text import NOTHING, verbatim
from headway.school.curriculum.actions import save_problems
from headway.school.models import Evidence
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in
from tests.pages.adults.test_board import words

SOURCE = Source("OpenBook", "CC BY 4.0", "https://example.org/book", "A. Author")


def problem(key: str, title: str, skill: str) -> Problem:
    asked = Step(
        "a",
        f"{key}.a",
        verbatim("What is $$\\frac{1}{2} + \\frac{1}{4}$$?"),
        AnswerSpec("number", ("3/4",)),
        (skill,),
        (Hint("h1", verbatim("Write both with the denominator 4.")),),
    )
    choice = Step(
        "b",
        f"{key}.b",
        verbatim("Which is more?"),
        AnswerSpec("choice", ("1",), choices=(verbatim("a half"), verbatim("three quarters"))),
        (skill,),
    )
    return Problem(key, verbatim(title), NOTHING, (asked, choice), SOURCE)


@pytest.fixture
def books(maple: Cast) -> Cast:
    with in_district(maple.district.id):
        save_problems(
            district=maple.district.id,
            problems=[problem("ob:1", "Halves and quarters", "5.NF.A.1"), problem("ob:2", "Pizza", "unheard-of")],
        )
    return maple


def test_the_shelves_name_skills_and_the_books_their_licence(books: Cast) -> None:
    client = signed_in(books["Okafor"])
    assert "Add fractions, unlike denominators 1" in words(client, "/problems")
    page = words(client, "/problems?skill=5.NF.A.1")
    assert "2 steps · OpenBook · CC BY 4.0" in page
    assert "Halves and quarters What is" in page
    assert "Pizza" not in page
    assert "Pizza" in words(client, "/problems?skill=")


def test_words_find_a_problem_in_any_shelf(books: Cast) -> None:
    client = signed_in(books["Okafor"])
    assert "No imported problem has these words" in words(client, "/problems?q=nothing+like+it")
    assert "Halves and quarters" in words(client, "/problems?q=halves&skill=5.NF.A.1")


def test_a_problem_opens_with_hints_key_and_source(books: Cast) -> None:
    page = words(signed_in(books["Okafor"]), "/problems/ob:1")
    assert "OpenBook · CC BY 4.0 · A. Author · https://example.org/book" in page
    assert "Write both with the denominator 4." in page
    assert "three quarters" in page


def test_trying_a_problem_is_checked_and_leaves_no_trace(books: Cast) -> None:
    client = signed_in(books["Okafor"])
    with in_district(books.district.id):
        before = Evidence.objects.count()
    page = client.post("/problems/ob:1", {"answer-0": "6/8", "answer-1": "0"}).content.decode()
    assert "That is right." in page
    assert "That is not right yet." in page
    with in_district(books.district.id):
        assert Evidence.objects.count() == before
