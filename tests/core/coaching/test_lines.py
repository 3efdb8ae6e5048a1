"""Lines of working: what follows, what does not, what was done, and which line is the first that broke."""

from __future__ import annotations

import pytest

from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.working import Working, read_working
from tests.timing import spent


def work(problem: str, *lines: str) -> Working:
    task = task_of(problem)
    assert isinstance(task, Task), task
    return read_working(task, lines, finished=True)


SOUND = {
    "3(x-4)=18": ["3x-12=18", "3x=30", "x=10"],
    "2(3x-5)-(x-1)=11": ["6x-10-x+1=11", "5x-9=11", "5x=20", "4"],
    "5+6*10": ["6*10=60", "5+60", "65"],
    "1 1/2 + 3/4": ["3/2+3/4", "6/4+3/4=9/4", "2 1/4"],
    "0.8+0.4": ["1.2"],
    "15% of 80": ["0.15*80", "12"],
    "-2x<6": ["x>-3"],
    "5/8=x/24": ["8x=120", "x=15"],
    "x+y=5, x-y=1": ["2x=6", "x=3", "3+y=5", "y=2"],
    "y=2x+1, y=x+3": ["2x+1=x+3", "x=2", "y=5"],
    "x^2-5x+6=0": ["(x-2)(x-3)=0", "x-2=0 or x-3=0", "x=2 or x=3"],
    "x^2+2x-4=0": ["x=(-2±sqrt(4+16))/2", "x=-1±sqrt(5)"],
    "sqrt(x+2)=3": ["x=7"],
    "|x-1|=4": ["x-1=4 or x-1=-4", "x=5, -3"],
    "4/6 ÷ 2/2": ["2/3"],
}
BROKEN = {
    "3(x-4)=18": (["3x-4=18", "3x=22"], 0),
    "5+6*10": (["11*10=110"], 0),
    "-2x<6": (["x<-3"], 0),
    "253-179": (["126"], 0),
    "x^2=9": (["x=3"], 0),
    "2(3x-5)-(x-1)=11": (["6x-10-x-1=11", "5x-11=11", "5x=22"], 0),
    "2x+6=10": (["2x=4", "x=3"], 1),
    "x+y=5, x-y=1": (["2x=6", "x=3", "3+y=5", "y=8"], 3),
    "2/3+1/4": (["8/12+3/12", "11/24"], 1),
}


@pytest.mark.parametrize("problem", SOUND)
def test_sound_lines_follow(problem: str) -> None:
    found = work(problem, *SOUND[problem])
    assert found.sound, [(line, v.kind) for line, v in zip(found.lines, found.verdicts, strict=True)]


@pytest.mark.parametrize("problem", BROKEN)
def test_the_first_broken_line_is_named_and_later_ones_stand_on_their_own(problem: str) -> None:
    lines, index = BROKEN[problem]
    found = work(problem, *lines)
    assert found.first_broken == index, [v.kind for v in found.verdicts]
    assert all(v.sound for v in found.verdicts[index + 1 :])


def test_what_a_good_line_did_is_said() -> None:
    found = work("3(x-4)=18", "3x-12=18", "3x=30", "x=10")
    assert [str(v.move) for v in found.verdicts] == [
        "You multiplied out the parentheses.",
        "You added $$12$$ to both sides.",
        "You divided both sides by $$3$$.",
    ]
    assert str(work("-2x<6", "x>-3").verdicts[0].move).endswith("and turned the sign around.")


@pytest.mark.parametrize(
    ("problem", "line", "kind"),
    [
        ("x=3", "x^2=9", "gains"),
        ("x^2=9", "x=3", "loses"),
        ("x^2-6x+9=0", "x=3", "same-solutions"),
        ("2x=6", "2x=6", "no-progress"),
        ("2x=6", "x=(", "unreadable"),
        ("2x=6", "18+12=30", "side"),
        ("2x+1=2x+5", "no solution", "equivalent"),
        ("2(x+1)=2x+2", "0=0", "equivalent"),
        ("sin(x)=x^3-2", "x=1.2", "unsure"),
    ],
)
def test_kinds(problem: str, line: str, kind: str) -> None:
    assert work(problem, line).verdicts[0].kind == kind


def test_lines_of_any_text_are_judged_within_a_second() -> None:
    hard = ["(x+1)^40=(x+2)^39", "((((((x", "x^(x^(x^x))=9", "sqrt(sqrt(x+1)+abs(x))=abs(x-1)", "9^9^9^9", "=" * 300]
    for text in hard:
        for problem in ("3(x-4)=18", "x^8-3x^5+2=0", "5+6*10"):
            with spent() as cost:
                work(problem, text)
            assert cost.seconds < 1.0, (problem, text)


def test_a_problem_without_mathematics_is_refused_kindly() -> None:
    assert "no mathematics" in str(getattr(task_of("Why?"), "message", ""))
