"""The generated items of the curriculum worked line by line: by somebody who knows the method, and by somebody who errs
once at each possible line and carries the error on to the answer.

The lines are those of the item's worked way (the formula that ends each sentence) and then the answer. Choices and
words have an answer only; their lines of calculation are judged too, but there is no last line.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import Path, number, parts, replaced
from headway.core.coaching.items import task_of_step
from headway.core.coaching.render import to_plain
from headway.core.coaching.signatures import signature
from headway.core.coaching.slipping import variants
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.tasks import Task, formulas, read_math
from headway.core.coaching.tree import Expr, Group, Num, ParseError, Relation, children, names
from headway.core.coaching.working import Working, read_working
from headway.core.curriculum.generators.base import activity_id, generate, templates
from headway.core.curriculum.problems import Step

ANSWER_ONLY = ("choice", "choices", "text")


@dataclass
class Lines:
    """``answer_only``: items whose answer is a choice or words; ``worked``: the others; ``followed``: those of which
    every line follows; ``errors``, ``named``: workings with one error, and those whose line is named."""

    items: int = 0
    answer_only: int = 0
    worked: int = 0
    followed: int = 0
    errors: int = 0
    named: int = 0
    times: list[float] = field(default_factory=list)
    not_followed: list[str] = field(default_factory=list)
    not_named: list[str] = field(default_factory=list)


def measure(seeds: range = range(1), chosen: list[str] | None = None) -> Lines:
    score = Lines()
    for template in chosen or list(templates()):
        for seed in seeds:
            add_item(score, template, seed)
    return score


def add_item(score: Lines, template: str, seed: int) -> None:
    step = generate(activity_id(template, seed)).steps[0]
    score.items += 1
    if step.answer.kind in ANSWER_ONLY:
        score.answer_only += 1
        return
    score.worked += 1
    task = task_of_step(step)
    lines = lines_of(step, task)
    working = read_working(task, lines, finished=True)
    if not follows(working):
        shown = [(line, v.kind) for line, v in zip(working.lines, working.verdicts, strict=True)]
        score.not_followed.append(f"{template} {seed}: {task.goal} {task.written} | {shown}")
        return
    score.followed += 1
    for index, wrong in erring(lines, step):
        start = time.process_time()
        erred = read_working(task, wrong, finished=True)
        score.times.append((time.process_time() - start) / len(wrong))
        score.errors += 1
        score.named += erred.named == index
        if erred.named != index:
            shown = [(line, v.kind) for line, v in zip(erred.lines, erred.verdicts, strict=True)]
            score.not_named.append(f"{template} {seed}: {task.goal} {task.written} | line {index} | {shown}")


def lines_of(step: Step, task: Task) -> list[str]:
    """The formula that ends each sentence of the worked way, where it is a line of work, and the answer."""
    found = [formula for text in step.solution for formula in formulas(str(text))[-1:]]
    if task.goal == "solve":
        found = [line for line in found if is_statement(_read(line)) or line == found[-1]]
    key = step.answer.keys[0]
    return found if found and _same_line(found[-1], key) else [*found, key]


def _read(line: str) -> Expr:
    tree = read_math(line)
    return Num(0, "0") if isinstance(tree, ParseError) else tree  # type: ignore[arg-type]


def _same_line(line: str, key: str) -> bool:
    return "".join(line.split()) == "".join(key.split())


def follows(working: Working) -> bool:
    kinds = [v.kind for v in working.verdicts]
    return working.sound and not {"unreadable", "gains"} & set(kinds) and kinds[-1] not in ("unsure", "side")


def erring(lines: list[str], step: Step) -> Iterator[tuple[int, list[str]]]:
    """Every working with one number one off in one line (its first and its last number), carried on."""
    trees = [read_math(line) for line in lines]
    for index, tree in enumerate(trees):
        if isinstance(tree, ParseError):
            continue
        options = [v for kind, v in variants(tree) if kind == "off-by-one" and signature(v) != signature(tree)]
        for wrong in dict.fromkeys((options[0], options[-1]) if options else ()):
            rest = carried(tree, wrong, trees[index + 1 :], lines[index + 1 :])
            yield index, [*lines[:index], to_plain(wrong), *rest]


def carried(right: Expr, wrong: Expr, later: list[Expr | ParseError], texts: list[str]) -> list[str]:
    """The lines after an error, with the wrong number in the place of the right one and worked out anew."""
    changed = dict(_changes(right, wrong))
    old, new = _result(right), _result(wrong)
    if old is not None and new is not None and old != new:
        changed[old] = new
    found: list[str] = []
    for tree, text in zip(later, texts, strict=True):
        if isinstance(tree, ParseError):
            found.append(text)
            continue
        fresh = _renamed(tree, changed)
        if isinstance(fresh, Relation) and isinstance(tree, Relation) and not names(fresh) and fresh != tree:
            first, last = rational(fresh.sides[0]), rational(tree.sides[-1])
            if first is not None and last is not None and set(fresh.signs) == {"="}:
                fresh = Relation(("=",), (fresh.sides[0], number(first)))
                changed.setdefault(last, first)
        found.append(text if fresh == tree else to_plain(fresh))
    return found


def _result(tree: Expr) -> object:
    last = tree.sides[-1] if isinstance(tree, Relation) else tree
    return None if names(last) or isinstance(last, Group) else rational(last)


def _changes(right: Expr, wrong: Expr) -> Iterator[tuple[object, object]]:
    """The numbers that differ between two trees of one shape."""
    if not children(right):
        a, b = rational(right), rational(wrong)
        if right != wrong and a is not None and b is not None:
            yield a, b
        return
    for old, new in zip(children(right), children(wrong), strict=False):
        yield from _changes(old, new)


def _renamed(tree: Expr, changed: dict[object, object]) -> Expr:
    """The tree with numbers put in the place of others, the largest parts first."""
    spots: list[tuple[Path, Expr]] = []
    for path, part in parts(tree):
        if any(path[: len(done)] == done for done, _ in spots) or names(part) or isinstance(part, (Relation, Group)):
            continue
        plain = not children(part) or isinstance(part, Num) or _written_number(part)
        value = rational(part) if plain else None
        if value in changed:
            spots.append((path, number(changed[value])))  # type: ignore[arg-type]
    for path, new in spots:
        tree = replaced(tree, path, new)
    return tree


def _written_number(part: Expr) -> bool:
    return all(not children(child) for child in children(part)) and len(children(part)) <= 2 and not names(part)
