"""Hints: from a nudge to a twin, for the learner's own line, and never the answer."""

from __future__ import annotations

import pytest

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.hints import final_value, hints, reveals
from headway.core.coaching.items import task_of_step
from headway.core.coaching.parser import parse
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.tasks import Task, formulas, task_of
from headway.core.coaching.tree import ParseError, Relation, children
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.base import activity_id, generate, templates


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


@pytest.mark.parametrize("template", list(templates())[::2])
def test_no_hint_gives_an_answer_of_the_curriculum_away(template: str) -> None:
    for seed in range(2):
        step = generate(activity_id(template, seed)).steps[0]
        task = task_of_step(step)
        if task.start is None or task.goal not in ("solve", "value"):
            continue
        answer = final_value(task)
        givens = frozenset(rational(part) for _, part in parts(task.worked))
        for hint in hints(task):
            for formula in formulas(str(hint)):
                tree = parse(formula)
                assert not isinstance(tree, ParseError), formula
                sides = tree.sides if isinstance(tree, Relation) else (tree,)
                keys = [signature(key) for key in (*task.keys, *([answer] if answer is not None else []))]
                for side in sides:
                    plain = not children(side) or rational(side) is not None
                    if plain and rational(side) not in givens:
                        assert not any(same(signature(side), key) for key in keys), (step.prompt, hint)
                assert not reveals(tree, answer, givens | frozenset()), (str(step.prompt), str(hint))
