"""STACK's Equiv cases (reasoning line by line): from Maxima to lines of working, and our verdict on each chain.

STACK reasons over the complex numbers and the coach over the reals, as school does; cases where that decides are
listed as disagreements like any other.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from benchmarks.accuracy.answers_stack import _WORDS, translate

from headway.core.coaching.lines import SOUND, LineVerdict, judge_tree
from headway.core.coaching.parser import parse
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Expr, Logic, Num, ParseError, Relation, Sym, Words, names

REASONS = {
    "[x=1 or x=2,x=1 or 2]": "a bare 2 beside x=1 is read as another value of x, as learners write it; STACK wants the letter",
    "[x^3=8,x=2]": "over the reals x=2 is the only solution; STACK reasons over the complex numbers",
    "[T=2*pi*sqrt(L/g)": "that all letters are positive is told for one unknown only, so squaring is not judged (unsure)",
    "[abs(a)=abs(b),a=-b]": "positive letters again: only then is a=-b as good as |a|=|b|; here a solution is lost",
    "[a=logbase(9,3)": "exponents in the unknown are not solved (unsure)",
    "[a*x^2+b*x+c": "comparing coefficients is not a step that is judged (unsure)",
    "[x^2+y^2=5 and x*y=2": "a system of two quadratic equations has no elimination here (unsure)",
}
"""Why the coach and STACK disagree, by the beginning of the case; a test holds that none is without a reason."""


@dataclass
class Chains:
    """``slowest`` is the CPU time of one line in seconds."""

    cases: int = 0
    parsed: int = 0
    agreed: int = 0
    slowest: float = 0.0
    disagreed: list[str] = field(default_factory=list)


def lines_of(text: str) -> list[str] | None:
    """The members of a Maxima list, or None when it is none."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    found, depth, start = [], 0, 1
    for index, char in enumerate(text[:-1]):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 1:
            found.append(text[start:index])
            start = index + 1
    return [*found, text[start:-1]]


def _unwrapped(line: str) -> str:
    line = line.strip()
    while line.startswith("stackeq(") and line.endswith(")"):
        line = line[len("stackeq(") : -1]
    return line


_CALCULUS = re.compile(r"\b(?:nounint|nounlimit|noundiff)\b")


def trees_of(text: str) -> list[Expr] | None:
    """The lines as trees, or None when one of them has no spelling here."""
    trees: list[Expr] = []
    lines = [] if _CALCULUS.search(text) else lines_of(text)
    for line in lines or []:
        plain = translate(_unwrapped(line))
        if plain is not None and plain != "{}" and plain.startswith(r"\text") is False:
            plain = re.sub(r"\b(true|all|false|none)\b", lambda m: _WORDS[m[1]], plain)
        tree = None if plain is None else parse(r"\text{no solution}" if plain == "{}" else plain)
        if tree is None or isinstance(tree, ParseError):
            return None
        trees.append(tree)
    return trees or None


def sound(trees: list[Expr], *, chain: bool, positive: bool) -> tuple[bool, list[str], float]:
    """Whether every line follows without gain or loss; the kinds; the slowest line.

    ``chain``: the lines go on after an equals sign (STACK's ``stackeq``); ``positive``: letters are positive.
    """
    verdicts, slowest = list[LineVerdict](), 0.0
    if positive:
        trees = [_positive(tree) for tree in trees]
    first, rest = trees[0], trees[1:]
    if chain and isinstance(first, Relation):
        first, rest = first.sides[0], trees
    task = Task("solve" if is_statement(first) or isinstance(first, Words) else "value", first)
    for tree in rest:
        start = time.process_time()
        verdicts.append(judge_tree(task, verdicts, tree))
        slowest = max(slowest, time.process_time() - start)
    kinds = [v.kind for v in verdicts]
    return all(kind in SOUND for kind in kinds), list(kinds), slowest


def _positive(tree: Expr) -> Expr:
    """``tree and x > 0`` for the letter in it."""
    if not is_statement(tree) or len(names(tree)) != 1:
        return tree
    (letter,) = names(tree)
    return Logic("and", (tree, Relation((">",), (Sym(letter), Num(Fraction(0), "0")))))


def _cases(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "answer-equivalence" / "stack_answer_tests.jsonl").open(encoding="utf-8") as rows:
        for row in rows:
            case = json.loads(row)
            if case["test"] == "Equiv" and case["truth"] != "error" and "[calculus]" not in case["options"]:
                yield case


def measure(folder: Path) -> Chains:
    """Judge every Equiv case that is no error and no calculus."""
    score = Chains()
    for case in _cases(folder):
        score.cases += 1
        trees = trees_of(case["student"])
        if trees is None:
            continue
        score.parsed += 1
        ours, kinds, slowest = sound(trees, chain="stackeq" in case["student"], positive="assumepos" in case["options"])
        score.slowest = max(score.slowest, slowest)
        if ours == (case["truth"] == "equal"):
            score.agreed += 1
        else:
            score.disagreed.append(f"{case['student']} | STACK {case['answer_note']} | ours {kinds}")
    return score
