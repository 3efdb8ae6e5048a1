"""Does a hint give an answer of the curriculum away? Every hint from every line of every worked way is looked through."""

from __future__ import annotations

import re
from fractions import Fraction

from benchmarks.accuracy.coach_lines import ANSWER_ONLY, lines_of

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.facts import quantities
from headway.core.coaching.hints import answer_values, hints
from headway.core.coaching.items import task_of_step
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.tasks import Task, formulas, read_math
from headway.core.coaching.tree import Expr, ParseError, names
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.base import activity_id, generate

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:/\d+)?(?![\w])")


def leaks(template: str, seed: int) -> tuple[int, list[str]]:
    """How many hints a problem's lines bring, and those that show its answer: as a number that neither the problem's text
    nor the learner's own lines have, or as an expression worth the same."""
    step = generate(activity_id(template, seed)).steps[0]
    task = task_of_step(step)
    if step.answer.kind in ANSWER_ONLY or task.start is None:
        return 0, []
    lines = lines_of(step, task)
    count, found = 0, []
    for done in range(len(lines)):
        working = read_working(task, lines[:done])
        if not working.sound or _reached(task, working.state):
            break
        known = _numbers_of([task.worked, *task.given, *(v.tree for v in working.verdicts if v.tree is not None)])
        for hint in hints(task, working):
            count += 1
            if any(_shows(text, task, known) for text in _pieces(str(hint))):
                found.append(f"{template} {seed} after {lines[:done]}: {hint} (key {step.answer.keys[0]})")
    return count, found


def _pieces(hint: str) -> list[str]:
    words = re.sub(r"\$\$.+?\$\$", " ", hint, flags=re.DOTALL)
    return [*formulas(hint), *_NUMBER.findall(words)]


def _reached(task: Task, state: Expr | None) -> bool:
    return state is not None and any(same(signature(state), signature(key)) for key in task.keys)


def _numbers_of(trees: list[Expr]) -> frozenset[Fraction]:
    return quantities(Task("open", None, given=tuple(trees)))


def _shows(text: str, task: Task, known: frozenset[Fraction]) -> bool:
    tree = read_math(text)
    if isinstance(tree, ParseError):
        return True
    answers = {rational(value) for key in task.keys for value in answer_values(key)} - {None, *known}
    if answers & _numbers_of([tree]):
        return True
    wanted = [signature(key) for key in task.keys if names(key) and not is_statement(key)]
    return any(same(signature(part), sign) for _, part in parts(tree) for sign in wanted if part != task.worked)
