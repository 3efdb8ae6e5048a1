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
from headway.core.coaching.tasks import Task, stated
from headway.core.coaching.tree import Call, Expr, Relation, Words, names
from headway.core.coaching.verdicts import LineVerdict
from headway.core.coaching.working import Working, read_working

RULE_PRIOR = 0.02
"""Prior weight of a usual mal-rule (weight 1) for a line that is known to be wrong."""
SLIP_PRIOR = 0.2
UNKNOWN = 0.0015
"""Prior of anything else, times the chance that it gives just this line."""
ALLEGED = 0.5
SAME_FORM = 1.6
"""How much more a prediction explains a line that is written in just its form."""


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
    """``line`` is the index of the broken line in the working (-1: the answer itself, or nothing is broken);
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
    if working.first_broken >= 0:
        return _explain(working, working.first_broken, working.first_broken)
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
        if working.verdicts[at].kind not in ("broken", "loses", "side"):
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
    if before is None:
        return [first] if first is not None else []
    whole = _whole_link(task, earlier, before, tree)
    return [first, whole] if first is not None and task.goal not in ("compare", "write") else [whole]


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


def hypotheses(before: Expr, written: Expr) -> tuple[Hypothesis, ...]:
    """Rank what may have led from ``before`` to ``written``, which is known not to follow."""
    sign, form = signature(written), shape(written)
    best: dict[str, tuple[float, Prediction]] = {}
    for guess in predictions(before):
        if same(guess.signature, sign):
            weight = guess.share * (SAME_FORM if shape(guess.tree) == form or shape(guess.after) == form else 1.0)
            if guess.rule not in best or weight > best[guess.rule][0]:
                best[guess.rule] = (weight, guess)
    rules = malrules()
    slip = SLIP_PRIOR * slip_share(written, _right(before))
    scores = {key: RULE_PRIOR * rules[key].weight * weight for key, (weight, _) in best.items()}
    whole = sum(scores.values()) + slip + UNKNOWN
    found = [Hypothesis(k, s / whole, rules[k], best[k][1].before, best[k][1].after) for k, s in scores.items()]
    found += [Hypothesis("slip", slip / whole)] if slip else []
    found.append(Hypothesis("unknown", UNKNOWN / whole))
    return tuple(sorted(found, key=lambda h: (-h.probability, h.id)))


def _right(before: Expr) -> Signature:
    if isinstance(before, Call) and before.name == "compare":
        return ()
    return signature(start_value(before))
