"""Help: more when asked, a smaller step when asked too fast; questions and examples that never give the answer away."""

from __future__ import annotations

import pytest

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.examples import example_of
from headway.core.coaching.helping import Deed, Help, guessing, next_help
from headway.core.coaching.hints import final_value, reveals
from headway.core.coaching.items import task_of_step
from headway.core.coaching.parser import parse
from headway.core.coaching.phrasing import refusal
from headway.core.coaching.prompts import small_step, why_line
from headway.core.coaching.steps import next_step
from headway.core.coaching.tasks import Task, formulas, task_of
from headway.core.coaching.tree import Expr, ParseError
from headway.core.coaching.working import Working, read_working
from headway.core.curriculum.generators.base import activity_id, generate, templates


def working(problem: str, *lines: str) -> Working:
    task = task_of(problem)
    assert isinstance(task, Task)
    return read_working(task, lines)


def line(at: float, sound: bool) -> Deed:
    return Deed("line", at, sound)


def hint(at: float, level: int) -> Deed:
    return Deed("hint", at, level=level)


def test_hints_go_up_a_level_at_a_time_and_begin_anew_after_a_sound_line() -> None:
    assert next_help([], 0, 4) == Help(1, False)
    assert next_help([hint(0, 1)], 30, 4) == Help(2, False)
    assert next_help([hint(0, 4)], 30, 4) == Help(4, False)
    assert next_help([hint(0, 2), line(20, False)], 30, 4) == Help(3, False)
    assert next_help([hint(0, 2), line(20, True)], 30, 4) == Help(1, False)
    assert next_help([], 0, 0) == Help(0, False)


def test_hurried_hints_stay_at_their_level_and_bring_a_smaller_step() -> None:
    assert next_help([hint(0, 1)], 2, 4) == Help(1, True)
    assert next_help([hint(0, 1), line(1, False)], 2, 4) == Help(2, False)


def test_three_lines_in_seconds_that_do_not_follow_are_guesses() -> None:
    assert guessing([line(0, False), line(3, False), line(6, False)])
    assert not guessing([line(0, False), line(30, False), line(60, False)])
    assert not guessing([line(0, True), line(3, False), line(6, False)])
    assert not guessing([line(0, False), line(3, False)])


def test_a_smaller_step_asks_which_operation_comes_next() -> None:
    found = small_step(working("5x-9=11"), 1)
    assert found is not None and len(found.options) == 3
    assert str(found.options[found.right]) == "Add $$9$$ to both sides."
    assert small_step(working("5x-9=11", "5x=20", "x=4"), 0) is None


def test_a_question_why_has_the_reason_of_the_step_among_others() -> None:
    found = why_line(working("3x=18", "x=6"), 0, 2)
    assert found is not None
    assert str(found.question) == "Why may you divide both sides by $$3$$?"
    assert "undoes multiplying" in str(found.options[found.right])
    assert why_line(working("3x=18", "x=7"), 0, 2) is None


def test_an_example_is_worked_by_the_same_steps_with_other_numbers() -> None:
    task = task_of("2(3x-5)-(x-1)=11")
    assert isinstance(task, Task)
    found = example_of(task)
    assert found is not None and found.start != task.start
    here: Expr = found.start
    for tree, said in found.lines:
        step = next_step(here)
        assert step is not None and step.result == tree and str(said)
        here = tree
    assert next_step(here) is None


@pytest.mark.parametrize("template", list(templates())[::3])
def test_no_example_or_question_of_the_curriculum_gives_an_answer_away(template: str) -> None:
    task = task_of_step(generate(activity_id(template, 1)).steps[0])
    if task.start is None or task.goal not in ("solve", "value"):
        return
    givens = frozenset(rational(part) for _, part in parts(task.worked))
    keys = [*task.keys, *([final_value(task)] if final_value(task) is not None else [])]
    shown: list[Expr] = []
    if (example := example_of(task)) is not None:
        shown += [example.start, *(tree for tree, _ in example.lines)]
    if (prompt := small_step(Working(task, (), (), -1), 0)) is not None:
        assert 0 <= prompt.right < len(prompt.options) == len(set(prompt.options))
        trees = [parse(formula) for option in prompt.options for formula in formulas(str(option))]
        shown += [tree for tree in trees if not isinstance(tree, ParseError)]
    assert not any(reveals(tree, key, givens) for tree in shown for key in keys)


PHRASED = {
    "Try to add 9 to both sides of your line.": "",
    "What could you add to both sides, so that the 9 goes away?": "",
    "The answer is 4.": "answer",
    "In the end you get four for the letter.": "answer",
    "It is $$x=\\frac{12}{3}$$ in the end.": "answer",
    "Subtract 9 from both sides.": "operation",
    "Add 7 to both sides.": "number",
    "Add 9 to both sides, so $$5x=2$$.": "broken",
    "Add 9 to both sides: 9 = 11.": "broken",
    "Addiere 9 auf beiden Seiten der Gleichung, dann siehst du es.": "language",
    "": "empty",
    "Add 9. " * 50: "long",
    "See https://help.example for how to add 9 to both sides.": "markup",
}


@pytest.mark.parametrize("text", PHRASED)
def test_a_models_wording_is_refused_for_what_is_wrong_with_it(text: str) -> None:
    here = working("2(3x-5)-(x-1)=11", "6x-10-x+1=11", "5x-9=11")
    assert refusal(text, own="Add $$9$$ to both sides.", working=here) == PHRASED[text]
