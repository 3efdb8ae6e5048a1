"""Suggestions of standards for foreign skills: transparent, bounded, and right where the words are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.skills import Skill
from headway.standards.alignment import Evidence, stem, suggest
from headway.standards.graph import shipped_graph
from tests.standards.oatutor.trees import read, tree


def foreign(title: str) -> Skill:
    return Skill(f"x:{title}", title, "", "mathematics", "", "")


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("Find the slope of a line", "8.EE.B.6"),
        ("Solve systems of linear equations", "HSA-REI.C.6"),
        ("Use the Pythagorean Theorem", "8.G.B.7"),
        ("Independent events", "HSS-CP.A.2"),
        ("Adding fractions with unlike denominators", "5.NF.A.1"),
        ("Volume of cones and spheres", "8.G.C.9"),
        ("Scatter plots", "8.SP.A.1"),
        ("Find factors", "4.OA.B.4"),
    ],
)
def test_plain_names_find_their_standard(title: str, target: str) -> None:
    found = suggest([foreign(title)], shipped_graph())
    assert target in [suggestion.target for suggestion in found]


def test_a_suggestion_says_why_and_is_the_same_every_time() -> None:
    skills = [foreign("Solve systems of linear equations"), foreign("Zebra umbrella")]
    found = suggest(skills, shipped_graph())
    assert found == suggest(skills, shipped_graph())
    assert {suggestion.skill for suggestion in found} == {"x:Solve systems of linear equations"}
    assert "system" in found[0].shared
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


def test_only_the_grades_asked_for_are_suggested() -> None:
    found = suggest([foreign("Add and subtract within 20")], shipped_graph(), grades=("A1", "HS"), least=0.0)
    assert {s.target[:2] for s in found} <= {"HS"}


def test_titles_of_problems_help_a_name_that_says_little() -> None:
    problems, _ = read(tree(head={"title": "Independent Events"}))
    evidence = Evidence()
    for problem in problems:
        evidence.add(problem)
    skill = Skill("oatutor:expand", "Xyzzy", "", "mathematics", "", "")
    assert suggest([skill], shipped_graph()) == ()
    assert suggest([skill], shipped_graph(), evidence.words)[0].target == "HSS-CP.A.2"


@given(st.lists(st.text(max_size=30), max_size=4), st.dictionaries(st.text(max_size=8), st.integers(1, 9), max_size=4))
def test_scores_stay_between_nought_and_one(titles: list[str], words: dict[str, int]) -> None:
    skills = [foreign(title) for title in titles]
    for suggestion in suggest(skills, shipped_graph(), {skill.id: Counter(words) for skill in skills}, least=0.0):
        assert 0 <= suggestion.score <= 1
        assert suggestion.shared


@pytest.mark.parametrize(
    ("first", "second"),
    [("equations", "equation"), ("adding", "add"), ("inequalities", "inequality"), ("rates", "rate")],
)
def test_endings_do_not_part_words(first: str, second: str) -> None:
    assert stem(first) == stem(second)
