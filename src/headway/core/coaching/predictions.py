"""What each mal-rule would make a learner write next: from a line, or from a line that they may have skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from headway.core.coaching.building import parts, rebuild, replaced
from headway.core.coaching.malrules.rule import MalRule, malrules
from headway.core.coaching.phrases import meaning
from headway.core.coaching.signatures import Signature, signature
from headway.core.coaching.steps import way
from headway.core.coaching.tree import Call, Expr, children
from headway.core.coaching.work import TooHard, Work

SKIPPED = 0.6
"""How much less likely a rule is to have acted on a line that the learner did not write down, per line skipped."""
MAX_STATES = 6
MAX_VARIANTS = 12
PREDICTION_WORK = 400_000


@dataclass(frozen=True, slots=True)
class Prediction:
    """``tree`` is the whole wrong line, ``before`` and ``after`` the part that the rule changed; ``share`` is the
    probability of this very line if the learner acts on the rule at all."""

    rule: str
    tree: Expr
    before: Expr
    after: Expr
    share: float
    signature: Signature


def applications(rule: MalRule, tree: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Every wrong line that a rule makes of ``tree``, with the part before and after; also all its places at once."""
    sites = 0
    for path, part in parts(tree):
        if rule.alone and path:
            break
        for wrong in rule.wrong(part):
            sites += not path or 1
            yield replaced(tree, path, wrong), part, wrong
    if sites > 1 and not rule.alone:
        everywhere = _everywhere(rule, tree)
        if everywhere != tree:
            yield everywhere, tree, everywhere


def _everywhere(rule: MalRule, tree: Expr) -> Expr:
    inside = children(tree)
    if inside and not isinstance(tree, Call):
        tree = rebuild(tree, [_everywhere(rule, child) for child in inside])
    return next(rule.wrong(tree), tree)


@lru_cache(maxsize=128)
def predictions(start: Expr, *, states: int = MAX_STATES, only: frozenset[str] | None = None) -> tuple[Prediction, ...]:
    """What every rule (or ``only`` some) predicts from ``start`` and from the lines on the way to its solution. Remembered,
    because a learner tries again from the same line, and one line is held against several."""
    return tuple(_predicted(start, states, only))


def _predicted(start: Expr, states: int, only: frozenset[str] | None) -> list[Prediction]:
    work = Work(PREDICTION_WORK)
    right = signature(start_value(start))
    found: list[Prediction] = []
    lines = [start, *(step.result for step in way(start_value(start), states))]
    done: set[tuple[str, Signature]] = set()
    for skipped, line in enumerate(lines):
        nodes = sum(1 for _ in parts(line))
        for rule in malrules().values():
            if (rule.alone and skipped) or (only is not None and rule.id not in only):
                continue
            try:
                work.spend(20 * nodes)
                fresh = _of_rule(rule, line, right, done, work)
            except TooHard:
                return found
            weight = SKIPPED**skipped / max(len(fresh), 1)
            found += [Prediction(rule.id, tree, before, after, weight, sign) for tree, before, after, sign in fresh]
    return found


def _of_rule(
    rule: MalRule, line: Expr, right: Signature, done: set[tuple[str, Signature]], work: Work
) -> list[tuple[Expr, Expr, Expr, Signature]]:
    fresh: list[tuple[Expr, Expr, Expr, Signature]] = []
    for tree, before, after in applications(rule, line):
        work.spend(200)
        sign = signature(start_value(tree), Work(10_000))
        if not sign or sign == right or (rule.id, sign) in done:
            continue
        done.add((rule.id, sign))
        fresh.append((tree, before, after, sign))
        if len(fresh) >= MAX_VARIANTS:
            break
    return fresh


def start_value(tree: Expr) -> Expr:
    """A task in words as the tree that it stands for; anything else as it is."""
    return (meaning(tree) if isinstance(tree, Call) else None) or tree
