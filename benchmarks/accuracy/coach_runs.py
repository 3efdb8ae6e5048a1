"""Runs of the coach on its own rules, on slips and on simulated holders."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mean, median

import numpy as np

from headway.core.coaching.beliefs import FOLLOWS, NEUTRAL, Item, discriminate, item_of, updated
from headway.core.coaching.diagnosis import hypotheses
from headway.core.coaching.malrules.rule import MalRule, malrules
from headway.core.coaching.predictions import predictions, start_value
from headway.core.coaching.renumbering import renumbered
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.slipping import variants
from headway.core.coaching.steps import way
from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.tree import Call, Expr


def start_of(problem: str) -> Expr:
    task = task_of(problem)
    assert isinstance(task, Task), (problem, task)
    return task.story or (task.start if isinstance(task.start, Call) else task.worked)


@dataclass
class Instances:
    """``alone``: instances that no other rule explains; ``tied``: several do; ``tied_together``: all of them on top."""

    drawn: int = 0
    alone: int = 0
    first: int = 0
    tied: int = 0
    tied_together: int = 0
    short: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def instances(each: int, tries: int) -> Instances:
    """Fresh instances of every rule: its problem with other numbers, answered by somebody who holds it."""
    score = Instances()
    for rule in malrules().values():
        instances_of(rule, score, each, tries)
    return score


def instances_of(rule: MalRule, score: Instances, each: int, tries: int) -> None:
    """Add up to ``each`` instances of one rule to ``score``."""
    found, alone, first = 0, 0, 0
    starts = [start_of(rule.looks[0]), start_of(rule.probe)]
    for seed in range(tries):
        if found >= each:
            break
        start = renumbered(starts[seed % 2], np.random.default_rng(seed))
        rivals, wrong = _answer(rule, start)
        if wrong is None:
            continue
        found += 1
        ranked = [h.id for h in hypotheses(start, wrong) if h.rule is not None]
        if len(rivals) == 1:
            alone, first = alone + 1, first + (ranked[:1] == [rule.id])
        else:
            score.tied += 1
            score.tied_together += set(ranked[: len(rivals)]) == rivals
    score.drawn, score.alone, score.first = score.drawn + found, score.alone + alone, score.first + first
    if found < each:
        score.short.append(f"{rule.id} ({found})")
    if alone and first < 0.95 * alone:
        score.below.append(f"{rule.id} ({first} of {alone})")


def _answer(rule: MalRule, start: Expr) -> tuple[set[str], Expr | None]:
    if not predictions(start, only=frozenset((rule.id,))):
        return set(), None
    guesses = predictions(start)
    mine = max((g for g in guesses if g.rule == rule.id), key=lambda g: g.share, default=None)
    if mine is None:
        return set(), None
    return {g.rule for g in guesses if g.signature == mine.signature}, mine.tree


def slips(count: int, seed: int = 1) -> tuple[int, int]:
    """Answers and lines with one random slip: how many were drawn, and in how many a misconception is alleged."""
    rng = np.random.default_rng(seed)
    starts = [start_of(rule.probe) for rule in malrules().values() if rule.family not in ("comparing", "writing")]
    drawn = alleged = 0
    while drawn < count:
        start = renumbered(starts[int(rng.integers(len(starts)))], rng)
        steps = [step.result for step in way(start_value(start))]
        if not steps:
            continue
        right = steps[int(rng.integers(len(steps)))]
        options = [tree for _, tree in variants(right)]
        if not options:
            continue
        wrong = options[int(rng.integers(len(options)))]
        if same(signature(wrong), signature(right)):
            continue
        drawn += 1
        found = hypotheses(start, wrong)
        alleged += sum(h.probability for h in found if h.rule is not None) > 0.5
    return drawn, alleged


ITEMS_A_RULE = 4
SHOWING_TRIES = 40
KNOWN = 0.8
"""Probability from which the coach says that a misconception is held."""


def holders(learners: int, seed: int = 2) -> dict[str, float]:
    """Items until a misconception is believed, when the coach chooses and when chance does; how often it is a wrong one."""
    rng = np.random.default_rng(seed)
    families: dict[str, list[MalRule]] = {}
    for rule in malrules().values():
        families.setdefault(rule.family, []).append(rule)
    pools = {family: _pool(rules, rng) for family, rules in families.items()}
    wrong = dict.fromkeys(("chosen", "random"), 0)
    counts: dict[str, list[int]] = {"chosen": [], "random": []}
    for _ in range(learners):
        family = sorted(pools)[int(rng.integers(len(pools)))]
        held = [r.id for r in families[family]]
        picked = {
            held[int(i)] for i in rng.choice(len(held), size=min(int(rng.integers(1, 3)), len(held)), replace=False)
        }
        for mode in counts:
            items, right = _until_known(pools[family], picked, mode, np.random.default_rng(int(rng.integers(2**31))))
            counts[mode].append(items)
            wrong[mode] += not right
    return {
        "chosen_median": float(median(counts["chosen"])), "chosen_mean": mean(counts["chosen"]),
        "chosen_wrong": wrong["chosen"] / learners, "random_wrong": wrong["random"] / learners,
        "random_median": float(median(counts["random"])), "random_mean": mean(counts["random"]),
    }  # fmt: skip


def _pool(rules: list[MalRule], rng: np.random.Generator) -> list[Item]:
    """Problems for a family of rules: each one's own with other numbers, and its probe. A rule's own problem is one on which
    it shows: not every number makes a holder of it err (``24/4*2`` does, ``23/5*2`` does not)."""
    found: list[Item] = []
    for rule in rules:
        found.append(item_of(renumbered(start_of(rule.probe), rng)))
        found += [_showing(rule, rng) for _ in range(ITEMS_A_RULE - 1)]
    return found


def _showing(rule: MalRule, rng: np.random.Generator) -> Item:
    """A problem with fresh numbers on which the rule shows; the one that it is described with when none is found."""
    start = start_of(rule.looks[0])
    for _ in range(SHOWING_TRIES):
        fresh = renumbered(start, rng)
        if predictions(fresh, states=3, only=frozenset((rule.id,))):
            return item_of(fresh)
    return item_of(start)


def _until_known(pool: list[Item], held: set[str], mode: str, rng: np.random.Generator) -> tuple[int, bool]:
    """Items until a misconception is believed, and whether it is one that is held; 12 is the most that are given."""
    beliefs, left = NEUTRAL, list(pool)
    for count in range(1, 13):
        index = discriminate(beliefs, left) if mode == "chosen" else int(rng.integers(len(left)))
        item = left.pop(index)
        acting = [rule for rule in sorted(held) if rule in item.answers]
        answer = item.right
        if acting and rng.random() < FOLLOWS:
            mine = item.answers[acting[int(rng.integers(len(acting)))]]
            answer = mine[int(rng.integers(len(mine)))]
        beliefs = updated(beliefs, item, answer)
        live = beliefs.live(KNOWN)
        if live:
            return count, live[0][0] in held
    return 12, False
