"""Why a line broke: ranked hypotheses with probabilities, against a slip and against "something else".

The probability of a hypothesis is its prior times how well it predicts this very line, normalised over all
hypotheses (Bayes). The priors are those of one line that is known to be wrong; over several items
:mod:`headway.core.coaching.beliefs` carries them on. Nothing is alleged unless it is more likely than not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from headway.core.coaching.lines import judge_line, premise
from headway.core.coaching.malrules.rule import MalRule, malrules
from headway.core.coaching.predictions import Prediction, predictions, start_value
from headway.core.coaching.shape import shape
from headway.core.coaching.signatures import Signature, same, signature
from headway.core.coaching.slipping import slip_share
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.tasks import Task, stated
from headway.core.coaching.tree import Call, Expr, Relation, Words, names
from headway.core.coaching.verdicts import LineVerdict
from headway.core.coaching.working import Working, read_working

ALLEGED = 0.5


@dataclass(frozen=True, slots=True)
class Priors:
    """How likely what is before the line was read; a usual mal-rule (weight 1) has ``rule``.

    ``unknown`` is the prior of anything else times the chance that it gives just this line; ``sharpness`` is the power
    of a rule's own share (below 1: a rule that could have made several lines is not so much weaker for it); ``form`` is
    how much more a prediction explains a line that is written in just its form.
    """

    slip: float
    unknown: float
    sharpness: float
    form: float
    rule: float = 0.02


PRIORS = Priors(slip=0.3, unknown=0.002, sharpness=1.0, form=2.5)
"""Fitted by ``benchmarks/accuracy/coach_calibration.py``; the reliability is in ``docs/explanation/coaching.md``."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """``id`` is a mal-rule, ``slip`` or ``unknown``; ``before`` and ``after`` are the part that the rule changed."""

    id: str
    probability: float
    rule: MalRule | None = None
    before: Expr | None = None
    after: Expr | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``line`` is the index of the line in the working that is named (-1: the answer itself, or nothing is broken);
    ``hypotheses`` are ordered by probability and empty when nothing is wrong."""

    line: int
    hypotheses: tuple[Hypothesis, ...]

    @property
    def misconceptions(self) -> tuple[Hypothesis, ...]:
        """The mal-rules among the hypotheses, most likely first."""
        return tuple(h for h in self.hypotheses if h.rule is not None)

    @property
    def alleged(self) -> Hypothesis | None:
        """The mal-rule that is more likely than everything else together; None is to abstain."""
        first = self.hypotheses[0] if self.hypotheses else None
        return first if first is not None and first.rule is not None and first.probability > ALLEGED else None


NOTHING_WRONG = Diagnosis(-1, ())


def diagnose(task: Task, working: Working | None = None, answer: str = "") -> Diagnosis:
    """Explain the first broken line of a working, or a wrong answer without one."""
    if working is None or (not working.lines and answer.strip()):
        working = read_working(task, [answer], finished=True)
        return _explain(working, working.first_broken, -1)
    if working.named >= 0:
        return _explain(working, working.named, working.named)
    if answer.strip():
        verdict = judge_line(task, working.verdicts, answer)
        if verdict.kind in ("broken", "loses", "side"):
            longer = Working(task, (*working.lines, answer), (*working.verdicts, verdict), len(working.lines))
            return _explain(longer, len(working.lines), -1)
    return NOTHING_WRONG


def _explain(working: Working, index: int, shown: int) -> Diagnosis:
    if index < 0:
        return NOTHING_WRONG
    found: tuple[Hypothesis, ...] = (Hypothesis("unknown", 1.0),)
    for at in range(index, len(working.verdicts)):
        if working.verdicts[at].kind not in ("broken", "loses", "side") and at != working.began:
            continue
        for links in broken_links(working.task, working.verdicts[:at], working.verdicts[at]):
            ranked = hypotheses(*links)
            if ranked[0].id != "unknown":
                return Diagnosis(shown, ranked)
            found = ranked if found[0].probability == 1.0 else found
    return Diagnosis(shown, found)


def broken_links(task: Task, earlier: tuple[LineVerdict, ...], verdict: LineVerdict) -> list[tuple[Expr, Expr]]:
    """What was there and what was written instead, the likeliest place first: inside a chain of equals signs the first
    link that broke, then the chain as a whole."""
    before, tree = premise(task, earlier), verdict.tree
    if tree is None:
        return []
    first = _false_link(tree)
    told = _told_link(task, tree)
    if before is None:
        return [link for link in (first, told) if link is not None]
    whole = _whole_link(task, earlier, before, tree)
    if task.goal in ("compare", "write"):
        return [whole]
    return [link for link in (first, told, whole) if link is not None]


def _told_link(task: Task, tree: Expr) -> tuple[Expr, Expr] | None:
    """From the relation that a story tells to the value at the end of a line."""
    last = tree.sides[-1] if isinstance(tree, Relation) and set(tree.signs) == {"="} else tree
    return None if task.story is None or names(last) or is_statement(last) else (task.story, last)


def _false_link(tree: Expr) -> tuple[Expr, Expr] | None:
    """Two neighbours without letters in a chain of equals signs that are not worth the same."""
    if isinstance(tree, Relation) and set(tree.signs) == {"="}:
        for left, right in pairwise(tree.sides):
            if not names(left) and not names(right) and not same(signature(left), signature(right)):
                return left, right
    return None


def _whole_link(task: Task, earlier: tuple[LineVerdict, ...], before: Expr, tree: Expr) -> tuple[Expr, Expr]:
    if task.start is not None and before == task.worked and not any(v.tree for v in earlier if v.sound):
        before = task.start if isinstance(task.start, Call) else task.worked
    if task.goal in ("compare", "write"):
        return before, tree
    if not isinstance(tree, Relation) or set(tree.signs) != {"="}:
        return before, stated(task, tree) if task.goal == "solve" else tree
    if task.goal == "solve" and names(tree) and len(tree.sides) == 2:
        return before, tree
    sides = tree.sides
    if task.goal == "solve":
        return before, Relation(("=",), (sides[0], sides[-1]))
    return (before, sides[-1]) if _false_link(tree) is not None else _first_departure(before, sides)


def _first_departure(before: Expr, sides: tuple[Expr, ...]) -> tuple[Expr, Expr]:
    """In a chain whose links may hold letters: the first side that is not worth what the one before was."""
    here = before
    for side in sides:
        if not same(signature(start_value(here)), signature(side)) and not isinstance(side, Words):
            return here, side
        here = side
    return before, sides[-1]


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """What may have led to one line: for each rule its prediction and whether it has just the line's form, and how well
    a slip explains the line."""

    rules: tuple[tuple[str, Prediction, bool], ...]
    slip: float

    def without(self, rules: frozenset[str]) -> Likelihoods:
        """The same for a library that lacks ``rules``."""
        return Likelihoods(tuple(found for found in self.rules if found[0] not in rules), self.slip)


def likelihoods(before: Expr, written: Expr) -> Likelihoods:
    """What every cause says about the way from ``before`` to ``written``, which is known not to follow."""
    sign, form = signature(written), shape(written)
    best: dict[str, tuple[float, Prediction, bool]] = {}
    for guess in predictions(before):
        if same(guess.signature, sign):
            formed = form in (shape(guess.tree), shape(guess.after))
            weight = guess.share * (PRIORS.form if formed else 1.0)
            if guess.rule not in best or weight > best[guess.rule][0]:
                best[guess.rule] = (weight, guess, formed)
    slip = slip_share(written, _right(before))
    return Likelihoods(tuple((key, guess, formed) for key, (_, guess, formed) in best.items()), slip)


def weighed(found: Likelihoods, priors: Priors = PRIORS) -> dict[str, float]:
    """The probability of each cause, ``slip`` and ``unknown`` among them: they sum to 1."""
    rules = malrules()
    scores = {
        key: priors.rule * rules[key].weight * guess.share**priors.sharpness * (priors.form if formed else 1.0)
        for key, guess, formed in found.rules
    }
    if found.slip:
        scores["slip"] = priors.slip * found.slip
    scores["unknown"] = priors.unknown
    whole = sum(scores.values())
    return {key: score / whole for key, score in scores.items()}


def hypotheses(before: Expr, written: Expr) -> tuple[Hypothesis, ...]:
    """Rank what may have led from ``before`` to ``written``, which is known not to follow."""
    found = likelihoods(before, written)
    guesses = {key: guess for key, guess, _ in found.rules}
    rules = malrules()
    ranked = [
        Hypothesis(key, p, rules[key], guesses[key].before, guesses[key].after)
        if key in guesses
        else Hypothesis(key, p)
        for key, p in weighed(found).items()
    ]
    return tuple(sorted(ranked, key=lambda h: (-h.probability, h.id)))


def _right(before: Expr) -> Signature:
    if isinstance(before, Call) and before.name in ("compare", "truth", "larger", "stronger"):
        return ()
    return signature(start_value(before))
