"""Rubrics as a table: what ships is sound, what is written is read again, each fault is told with its place."""

from __future__ import annotations

import io

import pytest
from hypothesis import given

from headway.core.measurement.rubrics import KINDS, Rubric, fault
from headway.standards.courses import read_courses
from headway.standards.errors import ImportProblem
from headway.standards.rubrics import read_rubrics, shipped_rubrics, write_rubrics
from tests.core.measurement.test_rubrics import CRITERIA

HEAD = "rubric,title,criterion,kind,step_1,step_2,step_3,skills\n"


def read(text: str) -> list[Rubric]:
    return read_rubrics(io.BytesIO(text.encode()), "rubrics.csv")


def test_two_ship_with_criteria_of_both_kinds() -> None:
    found = shipped_rubrics()
    assert set(found) == {"investigation", "making"}
    for rubric in found.values():
        assert fault(rubric) is None
        assert {each.kind for each in rubric.criteria} == set(KINDS)
    assert read_rubrics(io.BytesIO(write_rubrics(list(found.values()))), "again.csv") == list(found.values())


def test_a_table_of_ones_own() -> None:
    (rubric,) = read(
        HEAD
        + "Art 1,My art,Uses =color,Thinking,gray,two colors,,6.SP.B.4; 6.RP.A.3\nart-1,My art,Shares,together,no,yes,,\n"
    )
    assert (rubric.code, rubric.title) == ("art-1", "My art")
    assert [each.steps for each in rubric.criteria] == [("gray", "two colors"), ("no", "yes")]
    assert rubric.skills == ("6.SP.B.4", "6.RP.A.3")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (HEAD, "no rows"),
        ("a,b\n1,2\n", "missing"),
        (HEAD + "a,A,,thinking,x,y,,\n", "empty"),
        (HEAD + "a,A,One,dance,x,y,,\n", "thinking or about working"),
        (HEAD + "a,A,One,thinking,x,,,\n", "needs 2 to 6 steps"),
        (HEAD + "a,A,One,thinking,x,,y,\n", "what it looks like"),
        (HEAD + "a,A,One,thinking,x,y,,\na,B,Two,thinking,x,y,,\n", "another title"),
        (HEAD + "a,A,One,thinking,x,y,,\na,A,One,thinking,x,y,,\n", "the same name"),
        (HEAD + f"a,A,One,thinking,{'x' * 400},y,,\n", "at most 300 letters"),
        (HEAD + "--,A,One,thinking,x,y,,\n", "needs a title"),
    ],
)
def test_faults_are_told(text: str, said: str) -> None:
    with pytest.raises(ImportProblem, match=said):
        read(text)


@given(CRITERIA)
def test_what_a_spreadsheet_would_run_comes_back_as_it_was(criterion: object) -> None:
    from headway.core.measurement.rubrics import Criterion, key_of

    assert isinstance(criterion, Criterion)
    steps = ("=1+1", "@sum", *(" ".join(f"x{step}".split()) for step in criterion.steps[:2]))
    rubric = Rubric(
        "a",
        "A",
        (Criterion(key_of("x" + criterion.title), " ".join(f"x{criterion.title}".split()), "thinking", steps),),
    )
    raw = write_rubrics([rubric])
    assert b"\n=" not in raw and b",=" not in raw
    assert read_rubrics(io.BytesIO(raw), "a.csv") == [rubric]


def test_a_course_may_ask_for_project_work() -> None:
    head = "course,title,competency,skill,credit,rubric,criterion,step\n"
    text = head + "M,Data,I divide,6.NS.B.2,1,,,\nM,Data,I use evidence,,1,investigation,Uses evidence,3\n"
    (course,) = read_courses(io.BytesIO(text.encode()), "courses.csv")
    assert course.skills == ("6.NS.B.2",)
    assert [(each.rubric, each.criterion, each.level) for each in course.work] == [
        ("investigation", "uses-evidence", 3)
    ]
    for wrong, said in (
        ("M,Data,I use,,1,investigation,Uses evidence,\n", "without a step"),
        ("M,Data,I use,,1,investigation,,3\n", "without a criterion"),
        ("M,Data,I use,,1,,,\n", "neither a skill nor a rubric"),
        ("M,Data,I use,,1,investigation,Uses evidence,3\n", "has no skill"),
    ):
        with pytest.raises(ImportProblem, match=said):
            read_courses(io.BytesIO((head + wrong).encode()), "courses.csv")
