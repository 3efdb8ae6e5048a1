"""What several items say together: each misconception with a probability, and the item that would tell most.

Every misconception is held or not, independently, and is updated by Bayes on every item. Somebody who holds one
follows it on an item that it bears on with probability ``FOLLOWS`` (Payne & Squibb 1990 found mal-rules to be used
unstably, so it is well below 1); the rest of the time the answer is right or anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from headway.core.coaching.malrules.rule import malrules
from headway.core.coaching.predictions import predictions, start_value
from headway.core.coaching.signatures import Signature, same, signature
from headway.core.coaching.tree import Expr

PRIOR = 0.03
FOLLOWS = 0.8
RIGHT = 0.85
"""Chance of a right answer when no misconception acts."""
OTHER = 0.004
"""Chance of one particular other wrong answer, by a slip or anything else."""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem as far as it tells misconceptions apart: its right answer and what each rule would answer."""

    start: Expr
    right: Signature
    answers: Mapping[str, tuple[Signature, ...]]


@dataclass(frozen=True, slots=True)
class Beliefs:
    """``held`` maps mal-rules to the probability that the learner holds them; those not named have ``PRIOR`` times
    their weight."""

    held: Mapping[str, float]

    def of(self, rule: str) -> float:
        found = self.held.get(rule)
        return found if found is not None else min(0.5, PRIOR * malrules()[rule].weight)

    def live(self, threshold: float = 0.5) -> list[tuple[str, float]]:
        """The misconceptions at or above ``threshold``, most likely first."""
        return sorted(((k, v) for k, v in self.held.items() if v >= threshold), key=lambda kv: (-kv[1], kv[0]))


NEUTRAL = Beliefs({})


def item_of(start: Expr) -> Item:
    """What every rule would answer to a problem, worked to the end by its holder."""
    answers: dict[str, list[Signature]] = {}
    for guess in predictions(start, states=3):
        known = answers.setdefault(guess.rule, [])
        if guess.signature not in known:
            known.append(guess.signature)
    return Item(start, signature(start_value(start)), {k: tuple(v) for k, v in answers.items()})


def _given_held(item: Item, rule: str, answer: Signature, base: float) -> float:
    """Probability of an answer from somebody who holds ``rule``; ``base`` is that of somebody who does not."""
    mine = item.answers[rule]
    hit = FOLLOWS / len(mine) if answer in mine else 0.0
    return hit + (1 - FOLLOWS) * base


def _base(beliefs: Beliefs, item: Item, answer: Signature, without: str) -> float:
    """Probability of an answer from somebody of whom ``without`` is not held, by all the other beliefs."""
    acting, hit = 1.0, 0.0
    for rule, mine in item.answers.items():
        if rule == without:
            continue
        held = beliefs.of(rule) * FOLLOWS
        acting *= 1 - held
        if answer in mine:
            hit += held / len(mine)
    plain = RIGHT if same(answer, item.right) else OTHER
    return min(1.0, hit) + acting * plain


def updated(beliefs: Beliefs, item: Item, answer: Signature) -> Beliefs:
    """Beliefs after one more answer. Misconceptions that the item does not bear on stay as they were."""
    new = dict(beliefs.held)
    for rule in item.answers:
        before = beliefs.of(rule)
        base = _base(beliefs, item, answer, rule)
        held = before * _given_held(item, rule, answer, base)
        whole = held + (1 - before) * base
        new[rule] = held / whole if whole else before
    return Beliefs(new)


def _entropy(p: float) -> float:
    return 0.0 if p <= 0 or p >= 1 else -p * log2(p) - (1 - p) * log2(1 - p)


def expected_information(beliefs: Beliefs, item: Item) -> float:
    """Bits that an item is expected to tell about the misconceptions."""
    outcomes = dict.fromkeys((item.right, *(answer for mine in item.answers.values() for answer in mine)))
    now = sum(_entropy(beliefs.of(rule)) for rule in item.answers)
    later, covered = 0.0, 0.0
    for answer in outcomes:
        chance = _base(beliefs, item, answer, "")
        after = updated(beliefs, item, answer)
        later += chance * sum(_entropy(after.held[rule]) for rule in item.answers)
        covered += chance
    return now - later / covered if covered else 0.0


def discriminate(beliefs: Beliefs, candidates: Sequence[Item]) -> int:
    """The index of the item that is expected to tell most; the first of equals. Raises ValueError without candidates."""
    if not candidates:
        raise ValueError("no items to choose from")
    gains = [expected_information(beliefs, item) for item in candidates]
    return max(range(len(gains)), key=lambda index: (gains[index], -index))
