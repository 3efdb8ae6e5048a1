"""The task of a step of the curriculum: where its work begins, and the facts that lines of a story are held against.

The beginning is taken from the step's own text, and only where it leads to the key: the longest formula of a story is
often not what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from headway.core.coaching.equivalence import SEPARATING, judge
from headway.core.coaching.relations import told_value
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.solutions import is_statement, relate
from headway.core.coaching.tasks import Task, formulas, read_math, stated, task_of
from headway.core.coaching.telling import story_of
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import Call, Expr, Group, ParseError, Relation, Sym, names
from headway.core.coaching.work import Work
from headway.core.curriculum.problems import AnswerSpec, Step

_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?(?![\w])")
MAX_FACTS = 40


def task_of_step(step: Step, start: str = "") -> Task:
    """The task of a step; ``start`` names the line where the work begins when the caller knows better."""
    keys = _keys(step.answer)
    given, known = _facts([str(step.prompt)]), _facts([str(text) for text in step.solution])
    told = _told(str(step.prompt), keys)
    whole = Task("open", None, keys=keys, kind=step.answer.kind, given=given, known=known, story=told)
    if step.answer.kind in ("choice", "choices", "text"):
        return whole
    for task in [_named(start)] if start else _beginnings(str(step.prompt)):
        if task is None:
            continue
        if task.goal == "open":
            continue
        task = replace(task, keys=keys, kind=step.answer.kind, given=given, known=known)
        if start or not keys or _leads(task):
            return task
    return whole


def _told(prompt: str, keys: tuple[Expr, ...]) -> Call | None:
    """The relation that the text tells, where its value is the key."""
    told = story_of(prompt) if keys else None
    value = told_value(told) if told is not None else None
    return told if value is not None and same(signature(value), signature(keys[0])) else None


def _named(text: str) -> Task | None:
    task = task_of(text)
    return task if isinstance(task, Task) else None


def _keys(answer: AnswerSpec) -> tuple[Expr, ...]:
    if answer.kind in ("choice", "choices"):
        right = {index for key in answer.keys for index in key.split(",")}
        texts = [str(choice) for index, choice in enumerate(answer.choices) if str(index) in right]
        return _facts(texts)
    reading = Reading(variables=answer.variables, separator=answer.kind in SEPARATING)
    trees = [read_math(key, reading) for key in answer.keys]
    return tuple(tree for tree in trees if not isinstance(tree, ParseError))


def _facts(texts: list[str]) -> tuple[Expr, ...]:
    """The formulas of sentences, and the numbers in their words."""
    found: list[Expr] = []
    for text in texts:
        words = re.sub(r"\$\$.+?\$\$", " ", text, flags=re.DOTALL)
        for piece in (*formulas(text), *_NUMBER.findall(words)):
            tree = read_math(piece)
            if not isinstance(tree, ParseError) and tree not in found:
                found.append(tree)
    return tuple(found[:MAX_FACTS])


def _beginnings(prompt: str) -> Iterator[Task | None]:
    """What the text may ask to be worked on: all its equations together, each formula, or its words."""
    trees = [(text, read_math(text)) for text in formulas(prompt)]
    read = [(text, tree) for text, tree in trees if not isinstance(tree, ParseError)]
    equations = [tree for _, tree in read if isinstance(tree, Relation) and names(tree)]
    values = tuple(
        (left.name, right)
        for left, right in (e.sides for e in equations if len(e.sides) == 2)
        if isinstance(left, Sym) and not names(right)
    )
    if len(equations) > 1 and not values:
        yield Task("solve", Group("", tuple(equations), ""), ", ".join(text for text, _ in read))
    for text, tree in sorted(read, key=lambda pair: -len(pair[0])):
        if isinstance(tree, Group) and not is_statement(tree):
            continue
        used = tuple((letter, value) for letter, value in values if letter in names(tree) and len(names(tree)) > 0)
        if used and not is_statement(tree):
            yield Task("value", tree, text, used)
        yield Task("solve" if is_statement(tree) else "value", tree, text)
    if not read:
        yield _named(prompt)


def _leads(task: Task) -> bool:
    """Whether the work that begins there ends at the key."""
    if not task.keys or task.goal not in ("value", "solve"):
        return bool(task.keys) and task.goal == "compare"
    key, work = task.keys[0], Work()
    if task.goal == "value":
        if is_statement(key) or isinstance(key, Group):
            return False
        return bool(judge(key, task.worked, kind=task.kind if task.kind != "coordinate" else "expression", work=work))
    line = stated(task, key)
    return is_statement(line) and relate(task.worked, line, work) in ("same", "same-set")
