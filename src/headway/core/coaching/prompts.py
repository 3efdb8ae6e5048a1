"""Small questions made from a step: what to do next (a smaller step), and why a step may be taken (self-explanation).

Explaining a step to oneself helps to learn it, choosing a reason from a few as well as writing one does (Aleven &
Koedinger 2002). Every question is made from the learner's own line; nothing is stored per problem.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.hints import final_value, operation, reveals
from headway.core.coaching.render import to_latex
from headway.core.coaching.shape import shape
from headway.core.coaching.steps import NextStep, next_step
from headway.core.coaching.tree import Expr, Relation
from headway.core.coaching.working import Working
from headway.core.text import T, Text, math


@dataclass(frozen=True, slots=True)
class Prompt:
    """``kind`` is ``step`` or ``why``; ``right`` is the place of the right one among the ``options``."""

    kind: Literal["step", "why"]
    question: Text
    options: tuple[Text, ...]
    right: int


_RIVALS: dict[str, tuple[str, ...]] = {
    "add": ("subtract", "multiply-both", "divide-both"),
    "subtract": ("add", "divide-both", "multiply-both"),
    "divide-both": ("subtract", "multiply-both", "add"),
    "multiply-both": ("divide-both", "add", "subtract"),
    "divide-turning": ("divide-both", "add", "subtract"),
    "add-term": ("subtract-term", "divide-both"),
    "subtract-term": ("add-term", "divide-both"),
    "expand": ("collect", "subtract"),
    "collect": ("expand", "subtract"),
    "to-zero": ("divide-both", "split"),
    "factor": ("divide-both", "split"),
    "split": ("expand", "to-zero"),
    "cross": ("collect", "subtract"),
    "swap": ("divide-both", "subtract"),
}
_VALUES = ("add", "multiply", "divide", "power")
"""What else could be done to a part of a calculation."""

_WHY: dict[str, tuple[Text, Text]] = {
    "add": (T("Why may you add {amount} to both sides?"), T("Adding undoes subtracting, and both sides stay equal.")),
    "subtract": (
        T("Why may you subtract {amount} from both sides?"), T("Subtracting undoes adding, and both sides stay equal.")
    ),
    "divide-both": (
        T("Why may you divide both sides by {amount}?"), T("Dividing undoes multiplying, and both sides stay equal.")
    ),
    "multiply-both": (
        T("Why may you multiply both sides by {amount}?"), T("Multiplying undoes dividing, and both sides stay equal.")
    ),
    "divide-turning": (
        T("Why does the sign turn around when you divide by {amount}?"),
        T("Dividing by a negative number turns the order of numbers around."),
    ),
    "subtract-term": (
        T("Why may you subtract {amount} from both sides?"), T("It takes the same from both sides, so they stay equal.")
    ),
    "add-term": (T("Why may you add {amount} to both sides?"), T("It puts the same on both sides, so they stay equal.")),
    "expand": (
        T("Why does each term in the parentheses change?"), T("What stands in front multiplies every term inside.")
    ),
    "collect": (T("Why may these terms be put together?"), T("They are of the same kind.")),
    "split": (T("Why may each factor be set to zero?"), T("A product is zero exactly when one of its factors is.")),
    "lowest": (
        T("Why does the fraction keep its value?"), T("Top and bottom were divided by the same number.")
    ),
}  # fmt: skip
_MYTHS: dict[str, tuple[Text, Text]] = {
    "sides": (
        T("A number changes its sign when it goes to the other side, whatever it is."),
        T("It makes the numbers smaller."),
    ),
    "order": (T("The sign always points to the letter."), T("Both sides change places.")),
    "inside": (T("Only the first term stands next to it."), T("Parentheses may always be left out.")),
    "kinds": (T("All terms may always be added."), T("They stand next to each other.")),
    "zero": (T("Both factors are always zero."), T("The two sides are divided by a factor.")),
    "part": (T("Top and bottom got smaller."), T("The same number was taken away from both.")),
}
_FAMILY = {
    "divide-turning": "order", "expand": "inside", "collect": "kinds", "split": "zero", "lowest": "part",
}  # fmt: skip


def small_step(working: Working, seed: int) -> Prompt | None:
    """Ask which operation comes next, the right one among two others; None when nothing is left or can be told apart.
    ``seed`` puts the options in order."""
    here = working.state
    step = next_step(here) if here is not None and working.task.goal in ("solve", "value") else None
    if here is None or step is None:
        return None
    on_sides = isinstance(here, Relation) and step.amount is not None
    answer, givens = final_value(working.task), _givens(working.task.worked)
    rivals = _RIVALS.get(step.kind, ()) if isinstance(here, Relation) or step.kind in _RIVALS else ()
    if not on_sides and step.kind in _VALUES:
        rivals = tuple(kind for kind in _VALUES if kind != step.kind)

    def said(kind: str) -> Text:
        return operation(replace(step, kind=kind), answer, givens, on_sides=on_sides)

    right = said(step.kind)
    others = [text for text in dict.fromkeys(said(kind) for kind in rivals) if text != right][:2]
    if not others:
        return None
    return _shuffled("step", T("Which of these would you do next?"), right, others, seed)


def why(before: Expr, after: Expr, answer: Expr | None, givens: frozenset[object], seed: int) -> Prompt | None:
    """Ask why the step from ``before`` to ``after`` may be taken; None unless it is one canonical step with a reason."""
    step = next_step(before)
    if step is None or step.kind not in _WHY or shape(step.result) != shape(after):
        return None
    question, reason = _WHY[step.kind]
    if "{amount}" in question.message:
        amount = _amount(step)
        if amount is None or reveals(amount, answer, givens):
            return None
        question = T(question.message, amount=math(to_latex(amount)))
    return _shuffled("why", question, reason, _MYTHS[_FAMILY.get(step.kind, "sides")], seed)


def why_line(working: Working, number: int, seed: int) -> Prompt | None:
    """Ask why line ``number`` of a working may be written, as :func:`why`."""
    before, after = working.before(number), working.verdicts[number].tree
    if before is None or after is None or not working.verdicts[number].sound:
        return None
    return why(before, after, final_value(working.task), _givens(working.task.worked), seed)


def _amount(step: NextStep) -> Expr | None:
    return step.amount


def _givens(worked: Expr) -> frozenset[object]:
    return frozenset(rational(part) for _, part in parts(worked)) - {None}


def _shuffled(
    kind: Literal["step", "why"], question: Text, right: Text, others: tuple[Text, ...] | list[Text], seed: int
) -> Prompt:
    place = seed % (len(others) + 1)
    options = [*others[:place], right, *others[place:]]
    return Prompt(kind, question, tuple(options), place)
