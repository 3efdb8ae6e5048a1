"""Are the probabilities of a diagnosis what they say? Simulated wrong lines, cross-validated, and a reliability table.

A wrong line comes from a mal-rule (its problem with other numbers, answered by a holder), from a slip, or from something
that the library does not know: the line of a rule whose whole group is then left out of the library, or a wild number. The
constants of :mod:`headway.core.coaching.diagnosis` are fitted on four fifths of the rule families and judged on the
fifth that took no part. Nothing is tied to particular numbers or words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log

import numpy as np
from benchmarks.accuracy.coach_runs import start_of

from headway.core.coaching.building import number, parts, replaced
from headway.core.coaching.diagnosis import PRIORS, Likelihoods, Priors, likelihoods, weighed
from headway.core.coaching.malrules.rule import MalRule, malrules
from headway.core.coaching.predictions import predictions, start_value
from headway.core.coaching.renumbering import renumbered
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.slipping import variants
from headway.core.coaching.steps import way
from headway.core.coaching.tree import Expr, Num

FOLDS = 5
MIX = {"rule": 0.40, "slip": 0.35, "unknown": 0.25}
"""How often a wrong line has which cause: an assumption, between the shares that studies of arithmetic report."""
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0001)


@dataclass(frozen=True, slots=True)
class Case:
    """``truth`` is a rule, ``slip`` or ``unknown``; ``cause`` the key of ``MIX``; ``group`` the fold of its family."""

    truth: str
    cause: str
    group: int
    found: Likelihoods


@dataclass
class Table:
    """For each bin of probability: how many hypotheses had it, their mean probability, and how many were true."""

    counts: list[float] = field(default_factory=lambda: [0.0] * (len(BINS) - 1))
    said: list[float] = field(default_factory=lambda: [0.0] * (len(BINS) - 1))
    true: list[float] = field(default_factory=lambda: [0.0] * (len(BINS) - 1))
    loss: float = 0.0
    weight: float = 0.0

    @property
    def error(self) -> float:
        """Expected calibration error: the gap between said and true, weighted by the bins."""
        return sum(abs(s - t) for s, t in zip(self.said, self.true, strict=True)) / max(sum(self.counts), 1e-9)


def groups() -> dict[str, int]:
    """The fold of each family of rules."""
    families = sorted({rule.family for rule in malrules().values()})
    return {family: index % FOLDS for index, family in enumerate(families)}


def cases(count: int, seed: int = 3) -> list[Case]:
    """Draw wrong lines; rules by their weight, causes in thirds (they are weighted by ``MIX`` afterwards)."""
    rng = np.random.default_rng(seed)
    rules = list(malrules().values())
    chances = np.array([rule.weight for rule in rules]) / sum(rule.weight for rule in rules)
    fold = groups()
    found: list[Case] = []
    while len(found) < count:
        rule = rules[int(rng.choice(len(rules), p=chances))]
        start = renumbered(start_of((rule.looks[0], rule.probe)[int(rng.integers(2))]), rng)
        case = _drawn(rule, start, fold, rng, ("rule", "slip", "held-out", "wild")[len(found) % 4])
        if case is not None:
            found.append(case)
    return found


def _drawn(rule: MalRule, start: Expr, fold: dict[str, int], rng: np.random.Generator, cause: str) -> Case | None:
    group = fold[rule.family]
    if cause in ("rule", "held-out"):
        mine = [g for g in predictions(start) if g.rule == rule.id]
        if not mine:
            return None
        shares = np.array([g.share for g in mine])
        wrong = mine[int(rng.choice(len(mine), p=shares / shares.sum()))].tree
        if cause == "rule":
            return Case(rule.id, "rule", group, likelihoods(start, wrong))
        others = frozenset(r.id for r in malrules().values() if fold[r.family] == group)
        return Case("unknown", "unknown", group, likelihoods(start, wrong).without(others))
    right = _line(start, rng)
    wrong_line = None if right is None else (_slipped(right, rng) if cause == "slip" else _wild(right, rng))
    if right is None or wrong_line is None or same(signature(wrong_line), signature(right)):
        return None
    kind = "slip" if cause == "slip" else "unknown"
    return Case(kind, kind, group, likelihoods(start, wrong_line))


def _line(start: Expr, rng: np.random.Generator) -> Expr | None:
    lines = [step.result for step in way(start_value(start))]
    return lines[int(rng.integers(len(lines)))] if lines else None


def _slipped(right: Expr, rng: np.random.Generator) -> Expr | None:
    options = [tree for _, tree in variants(right)]
    return options[int(rng.integers(len(options)))] if options else None


def _wild(right: Expr, rng: np.random.Generator) -> Expr | None:
    """Another number of about the same size in one place."""
    spots = [(path, part) for path, part in parts(right) if isinstance(part, Num) and part.text.isdigit()]
    if not spots:
        return None
    path, part = spots[int(rng.integers(len(spots)))]
    assert isinstance(part, Num)
    size = max(int(part.value), 4)
    return replaced(right, path, number(int(rng.integers(size // 4, 2 * size + 2))))


def weights(drawn: list[Case], mix: dict[str, float] | None = None) -> list[float]:
    """The weight of each case, so that the causes have the shares of ``mix``."""
    shares = mix or MIX
    have = {cause: sum(case.cause == cause for case in drawn) for cause in shares}
    return [shares[case.cause] * len(drawn) / have[case.cause] for case in drawn]


def table(drawn: list[Case], priors: Priors, mix: dict[str, float] | None = None) -> Table:
    """Every hypothesis of every case in its bin."""
    score = Table()
    for case, weight in zip(drawn, weights(drawn, mix), strict=True):
        told = weighed(case.found, priors)
        for key, probability in told.items():
            place = next(i for i in range(len(BINS) - 1) if BINS[i] <= probability < BINS[i + 1])
            score.counts[place] += weight
            score.said[place] += weight * probability
            score.true[place] += weight * (key == case.truth)
        score.loss -= weight * log(max(told.get(case.truth, 0.0), 1e-3))
        score.weight += weight
    return score


GRID_SLIP = (0.1, 0.2, 0.35, 0.5, 0.8)
GRID_UNKNOWN = (0.0005, 0.001, 0.002, 0.004, 0.007, 0.012)
GRID_SHARPNESS = (0.4, 0.6, 0.8, 1.0)
GRID_FORM = (1.0, 1.6, 2.5, 4.0)


def fitted(drawn: list[Case]) -> Priors:
    """The priors with the smallest logarithmic loss, found one after the other."""
    best = PRIORS
    for _ in range(2):
        for name, grid in (
            ("slip", GRID_SLIP), ("unknown", GRID_UNKNOWN), ("sharpness", GRID_SHARPNESS), ("form", GRID_FORM),
        ):  # fmt: skip
            options = [Priors(**{**_values(best), name: value}) for value in grid]
            best = min(options, key=lambda priors: table(drawn, priors).loss)
    return best


def _values(priors: Priors) -> dict[str, float]:
    return {"slip": priors.slip, "unknown": priors.unknown, "sharpness": priors.sharpness, "form": priors.form}


def crossed(drawn: list[Case]) -> tuple[Table, list[Priors]]:
    """The table of cases whose families took no part in the fit, and what each fold fitted."""
    whole, found = Table(), []
    for fold in range(FOLDS):
        priors = fitted([case for case in drawn if case.group != fold])
        found.append(priors)
        part = table([case for case in drawn if case.group == fold], priors)
        for place in range(len(BINS) - 1):
            whole.counts[place] += part.counts[place]
            whole.said[place] += part.said[place]
            whole.true[place] += part.true[place]
        whole.loss, whole.weight = whole.loss + part.loss, whole.weight + part.weight
    return whole, found


def lines(score: Table) -> list[str]:
    """The table as text: range, how many, said, true."""
    rows = []
    for place in range(len(BINS) - 1):
        count = score.counts[place]
        if count:
            low, high = BINS[place], min(BINS[place + 1], 1.0)
            said, true = score.said[place] / count, score.true[place] / count
            rows.append(f"{low:.1f}-{high:.1f}: {count:7.0f} hypotheses, said {said:.2f}, true {true:.2f}")
    return rows
