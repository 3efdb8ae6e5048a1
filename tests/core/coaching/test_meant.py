"""Right lines as people write them: none is called broken, and no misconception is alleged."""

from __future__ import annotations

import pytest

from headway.core.coaching.report import check_lines
from headway.core.coaching.tasks import Task, task_of

QUADRATIC = "x^2-5x+6=0"
RIGHT = [
    ("3(x-4)=18", ["the answer is 10"]),
    ("3(x-4)=18", ["X = 10"]),
    ("3(x-4)=18", ["3x-12=18 | +12", "3x=30 | :3", "x=10"]),
    ("3(x-4)=18", ["3x-12=18   +12", "+12  +12", "3x=30"]),
    ("2x+3=11", ["2x = 8 (subtract 3)", "x=4 ✓"]),
    ("2x+3=11", ["subtract 3", "2x=8", "divide by 2", "x = 4!"]),
    ("2x+3=11", ["x=4 because 2*4+3=11"]),
    (QUADRATIC, ["x=3", "x=2"]),
    (QUADRATIC, ["(x-2)(x-3)=0", "x-2=0", "x=2", "x-3=0", "x=3"]),
    (QUADRATIC, ["D=25-24=1", "x=(5+1)/2=3", "x=(5-1)/2=2"]),
    (QUADRATIC, ["b^2-4ac=1", "x1=2, x2=3"]),
    (QUADRATIC, ["x = 2 and x = 3"]),
    ("3:4=x:20", ["3*5:4*5=15:20", "x=15"]),
    ("15% of 80", ["10% = 8", "5% of 80 = 4", "8+4=12"]),
    ("x+y=10, x-y=4", ["x=4+y", "4+2y=10", "y=3", "x=4+3=7"]),
    ("17÷5", ["3 R 2"]),
    ("17÷5", ["17÷5=3 remainder 2"]),
    ("1/2+1/3", ["0.5+0.333..."]),
    ("1/2+1/3", ["0.83"]),
    ("(3+4)*2", ["3+4=7*2=14"]),
    ("20-3*(2+4)", ["2+4=6*3=18", "20-18=2"]),
    ("2x+3=11", ["\u200f2x=8", "x=\u200b4"]),
]


def read(problem: str) -> Task:
    task = task_of(problem)
    assert isinstance(task, Task)
    return task


@pytest.mark.parametrize(("problem", "lines"), RIGHT, ids=[f"{p} | {' ; '.join(x)}" for p, x in RIGHT])
def test_a_right_line_in_an_unusual_writing_is_not_broken(problem: str, lines: list[str]) -> None:
    found = check_lines(read(problem), lines, finished=True)
    assert found["first_broken"] == -1, found["lines"]
    assert found["misconception"] == ""


WRONG = [
    ("3(x-4)=18", ["the answer is 7"]),
    ("3(x-4)=18", ["X = 7"]),
    ("3(x-4)=18", ["3x-4=18 | +4"]),
    (QUADRATIC, ["x=3", "x=5"]),
    (QUADRATIC, ["x=3"]),
    (QUADRATIC, ["x = 2 and x = 5"]),
    ("3:4=x:20", ["3*5:4*5=16:20"]),
    ("15% of 80", ["10% = 9"]),
    ("17÷5", ["3 R 3"]),
    ("17÷5", ["2 R 7"]),
    ("1/2+1/3", ["0.85"]),
    ("3+4*2", ["3+4=7*2=14"]),
    ("(3+4)*2", ["3+4=7*2=15"]),
]


@pytest.mark.parametrize(("problem", "lines"), WRONG, ids=[f"{p} | {' ; '.join(x)}" for p, x in WRONG])
def test_a_wrong_line_stays_broken_in_an_unusual_writing(problem: str, lines: list[str]) -> None:
    assert check_lines(read(problem), lines)["first_broken"] == 0


@pytest.mark.parametrize("line", ["idk", "banana", "y=4", "i do not know", "<script>alert(1)</script>"])
def test_what_is_no_mathematics_of_the_problem_counts_for_nothing(line: str) -> None:
    found = check_lines(read("2x+3=11"), [line, "2x=8"])
    assert [v["verdict"] for v in found["lines"]] == ["unsure", "equivalent"]
    assert found["first_broken"] == -1


def test_a_run_on_is_right_and_is_told_what_an_equals_sign_means() -> None:
    found = check_lines(read("(3+4)*2"), ["3+4=7*2=14"])
    assert "equals sign" in found["sentence"]
