"""Hints: from a nudge to a twin, for the learner's own line, and never the answer."""

from __future__ import annotations

import pytest
from benchmarks.accuracy import coach_hints

from headway.core.coaching.hints import hints
from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.base import templates


def _task(problem: str) -> Task:
    task = task_of(problem)
    assert isinstance(task, Task)
    return task


def test_four_rungs_for_the_line_the_learner_is_on() -> None:
    task = _task("2(3x-5)-(x-1)=11")
    found = [str(h) for h in hints(task, read_working(task, ["6x-10-x+1=11", "5x-9=11"]))]
    assert len(found) == 4 and found[2] == "Add $$9$$ to both sides." and "other numbers" in found[3]


def test_a_hint_goes_on_from_before_the_broken_line() -> None:
    task = _task("3(x-4)=18")
    assert "parentheses" in str(hints(task, read_working(task, ["3x-4=18"]))[0])


def test_an_operation_that_would_name_the_answer_is_said_in_words() -> None:
    task = _task("2x+2x=16")
    assert all("4" not in str(h) for h in hints(task, read_working(task, ["4x=16"]))[:3])


def test_nothing_is_left_to_hint_at_the_end() -> None:
    task = _task("3(x-4)=18")
    assert hints(task, read_working(task, ["x=10"])) == ()


@pytest.mark.parametrize(
    ("problem", "lines", "said"),
    [
        ("x+y=5, x-y=1", [], "Subtract one equation from the other, side by side."),
        ("x+y=5, x-y=1", ["2x=6", "x=3"], "Put the value that you found into one of the equations."),
        ("x+y=9, x-y=1", ["2x=10", "x=5", "5+y=9"], "Subtract $$5$$ from both sides."),
        ("y=2x+1, y=x+3", [], "Put what the letter is worth into the other equation."),
        ("2x-3y=10, 5x-12y=61", [], "Multiply every term of one equation by the same number."),
        ("2x-3y=10, 5x-12y=61", ["8x-12y=40"], "Subtract one equation from the other, side by side."),
        ("-2<6x+4<=22", [], "Subtract $$4$$ from both sides."),
    ],
)
def test_systems_and_double_inequalities_have_a_next_step(problem: str, lines: list[str], said: str) -> None:
    task = _task(problem)
    assert str(hints(task, read_working(task, lines))[2]) == said


def test_a_solved_system_needs_no_hint_and_a_comparison_gets_two() -> None:
    system = _task("x+y=5, x-y=1")
    assert hints(system, read_working(system, ["2x=6", "x=3", "y=2"])) == ()
    assert len(hints(_task("0.4 __ 0.35"))) == 2


def test_no_hint_gives_an_answer_of_the_curriculum_away() -> None:
    count = 0
    for template in templates():
        hinted, leaking = coach_hints.leaks(template, 0)
        assert not leaking, leaking
        count += hinted
    assert count > 400
