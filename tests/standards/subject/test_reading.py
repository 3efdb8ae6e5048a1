"""Tables of a subject: what they give, and that every fault is found with its place and a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.core.coaching.malrules.rule import misconception_named
from headway.core.curriculum.codec import problem_from_json, problem_to_json
from headway.standards.subject.reading import Subject, SubjectRefused, read_subject
from tests.standards.subject.tables import ITEMS, SKILLS, tables

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "water-cycle"


def refused(**changed: str) -> list[str]:
    with pytest.raises(SubjectRefused) as refusal:
        read_subject(tables(**changed))
    return [str(fault) for fault in refusal.value.faults]


def sample() -> Subject:
    return read_subject({path.name: path.read_bytes() for path in SAMPLE.glob("*.csv")})


def test_two_tables_make_a_subject() -> None:
    found = read_subject(tables())
    assert found.name == "art"
    assert [skill.title for skill in found.graph.skills] == ["Lines", "Light and shade"]
    assert found.graph.prerequisites == (("art.lines", "art.shade"),)
    (step,) = found.problems[0].steps
    assert found.problems[0].id == step.item == "art:one"
    (wrong,) = step.wrong
    named = misconception_named(wrong.misconception)
    assert named is not None
    assert str(named.name) == "Takes a curve for a line"
    assert str(wrong.says) == "Does it bend?"
    assert not check(step.answer, wrong.answer).correct


def test_the_sample_of_the_how_to_can_be_taken_in_and_its_problems_survive_storage() -> None:
    found = sample()
    assert (found.name, len(found.graph.skills), len(found.problems), found.passages) == ("science", 3, 12, 1)
    kinds = {problem.steps[0].answer.kind for problem in found.problems}
    assert kinds == {"choice", "choices", "text"}
    for problem in found.problems:
        assert problem_from_json(problem_to_json(problem)) == problem
        (step,) = problem.steps
        assert check(step.answer, step.answer.keys[0]).correct


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"items": ITEMS.replace("art.shade,W", "art.glow,W")},
            "items.csv, row 3, skill: There is no skill “art.glow”.",
        ),
        ({"items": ITEMS.replace("a coil", "a ruler's edge")}, "items.csv, row 2, wrong_1: It is the same as answer."),
        (
            {"items": ITEMS.replace("Does it bend?", "A ruler's edge?")},
            "items.csv, row 2, feedback_1: It says the right",
        ),
        ({"items": ITEMS.replace("one,", "two,")}, "items.csv, row 3, id: “two” stands in row 2 already."),
        ({"items": ITEMS.replace("hint_1", "clue")}, "items.csv, row 1: There is no column “clue”"),
        ({"items": ITEMS.replace(",", ";")}, "items.csv, row 1: Its columns are not separated by commas."),
        ({"items": "id,skill\n"}, "items.csv, row 1: The column question is missing."),
        ({"items": ITEMS.replace("Where is the shade?", "")}, "items.csv, row 3, question: The question is empty."),
        ({"skills": SKILLS.replace("Lines,5,art,", "Lines,5,art,art.shade")}, "skills.csv, after: Skills come after"),
        ({"skills": SKILLS.replace("shade,5,art", "shade,5,music")}, "skills.csv, row 3, subject: It names another"),
        ({"skills": SKILLS.replace("Lines,5", "Lines,fifth")}, "skills.csv, row 2, grade: “fifth” is no grade."),
        ({"passages": "id,title,text\np,A,B\n"}, "passages.csv, row 2, id: No question is about the passage “p”."),
        ({"pictures": "id\n1\n"}, "pictures.csv: It is none of the tables of a subject."),
    ],
)
def test_a_fault_names_its_place_and_how_to_mend_it(changed: dict[str, str], said: str) -> None:
    found = refused(**changed)
    assert any(fault.startswith(said) for fault in found), found
    assert all(fault.rstrip().endswith((".", "?")) for fault in found)


def test_all_faults_are_told_at_once() -> None:
    assert len(refused(skills=SKILLS.replace(",5,", ",x,"), items=ITEMS.replace("a coil", ""))) >= 4


def test_where_the_right_answer_stands_does_not_depend_on_the_row() -> None:
    lines = ITEMS.splitlines()
    turned = read_subject(tables(items="\n".join([lines[0], lines[2], lines[1]])))
    assert {p.id: p for p in turned.problems} == {p.id: p for p in read_subject(tables()).problems}


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_nothing_that_is_handed_in_can_break_the_reader(skills: bytes, items: bytes) -> None:
    with pytest.raises(SubjectRefused) as refusal:
        read_subject({"skills.csv": skills, "items.csv": items})
    assert refusal.value.found >= len(refusal.value.faults) > 0


def test_a_skill_may_be_a_deck_of_cards() -> None:
    head, first, *rest = SKILLS.splitlines()
    found = read_subject(tables(skills="\n".join([f"{head},kind", f"{first},cards", *(f"{row}," for row in rest)])))
    assert [skill.kind for skill in found.graph.skills] == ["cards", "skill"]
    (fault,) = refused(skills="\n".join([f"{head},kind", f"{first},deck", *(f"{row}," for row in rest)]))
    assert "row 2, kind" in fault
    assert "“deck” is no kind of skill" in fault
