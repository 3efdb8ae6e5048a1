"""Worked examples made for a problem: the same way with other numbers, line by line with the operation that leads to each.

Studying an example before solving helps beginners and gets in the way of those who can do it already (Kalyuga, Ayres,
Chandler & Sweller 2003), so the one who shows it lets it fade: whole, then without its last line, then none (Renkl,
Atkinson & Große 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.hints import final_value, operation, reveals
from headway.core.coaching.renumbering import renumbered
from headway.core.coaching.steps import NextStep, way
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Call, Div, Expr, Relation, contains
from headway.core.text import Text

TRIES = 40
"""Twins that are looked at; one with a plain result is taken where the problem has one too."""


@dataclass(frozen=True, slots=True)
class Example:
    """``start`` and its ``lines``, each with the operation that leads to it."""

    start: Expr
    lines: tuple[tuple[Expr, Text], ...]


def example_of(task: Task) -> Example | None:
    """A twin of the problem that is worked by the same kinds of steps, none of whose lines gives the answer away; None
    where there is no way of at least two steps or no such twin. The same for the same task."""
    if task.start is None or task.goal not in ("solve", "value") or isinstance(task.worked, Call):
        return None
    kinds = [step.kind for step in way(task.worked)]
    if len(kinds) < 2:
        return None
    answer = final_value(task)
    givens = frozenset(rational(part) for _, part in parts(task.worked)) - {None}
    rough: Example | None = None
    for seed in range(TRIES):
        twin = renumbered(task.worked, np.random.default_rng(seed))
        steps = way(twin)
        if twin == task.worked or [step.kind for step in steps] != kinds:
            continue
        trees = [step.result for step in steps]
        if any(reveals(tree, key, givens) for tree in (twin, *trees) for key in (answer, *task.keys)):
            continue
        lines = tuple((step.result, _said(step, before)) for step, before in zip(steps, (twin, *trees), strict=False))
        rough = rough or Example(twin, lines)
        if not contains(trees[-1], Div) or (answer is not None and contains(answer, Div)):
            return Example(twin, lines)
    return rough


def _said(step: NextStep, before: Expr) -> Text:
    on_sides = isinstance(before, Relation) and step.amount is not None
    return operation(step, None, frozenset(), on_sides=on_sides)
