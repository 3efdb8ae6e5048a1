"""The sentences of worked solutions that many templates share: a reason, then the line it leads to."""

from __future__ import annotations

from headway.core.curriculum.generators.algebra import show, tex
from headway.core.curriculum.generators.numbers import Number
from headway.core.text import T, Text, math


def given(line: str) -> Text:
    """The equation or expression to start from."""
    return T("Start with {line}", line=math(line))


def add_both(amount: Number | str, line: str) -> Text:
    """The same amount added to both sides; ``amount`` is a number or LaTeX."""
    return T("Add {amount} to both sides: {line}", amount=math(_tex(amount)), line=math(line))


def subtract_both(amount: Number | str, line: str) -> Text:
    """The same amount taken from both sides."""
    return T("Subtract {amount} from both sides: {line}", amount=math(_tex(amount)), line=math(line))


def move_constant(constant: Number, line: str) -> Text:
    """Undo ``+ constant`` on both sides, whatever its sign."""
    return subtract_both(constant, line) if constant > 0 else add_both(-constant, line)


def move_term(coefficient: int, letter: str, line: str) -> Text:
    """Undo a term with a letter on both sides, whatever its sign."""
    term = show((abs(coefficient), letter))
    return subtract_both(term, line) if coefficient > 0 else add_both(term, line)


def move_first(coefficient: int, letter: str) -> Text:
    """The hint to :func:`move_term`."""
    term = math(show((abs(coefficient), letter)))
    if coefficient > 0:
        return T("Subtract {term} from both sides first.", term=term)
    return T("Add {term} to both sides first.", term=term)


def divide_both(amount: Number | str, line: str) -> Text:
    """Both sides divided by the same number."""
    return T("Divide both sides by {amount}: {line}", amount=math(_tex(amount)), line=math(line))


def multiply_both(amount: Number | str, line: str) -> Text:
    """Both sides multiplied by the same number."""
    return T("Multiply both sides by {amount}: {line}", amount=math(_tex(amount)), line=math(line))


def divide_flipping(amount: Number | str, line: str) -> Text:
    """An inequality divided by a negative number."""
    return T(
        "Divide both sides by {amount} and turn the sign around: {line}", amount=math(_tex(amount)), line=math(line)
    )


def distribute(line: str) -> Text:
    """Parentheses multiplied out."""
    return T("Multiply out the parentheses: {line}", line=math(line))


def collect(line: str) -> Text:
    """Like terms put together."""
    return T("Combine like terms: {line}", line=math(line))


def put_in(line: str) -> Text:
    """Numbers put in for letters."""
    return T("Put the numbers in: {line}", line=math(line))


def work_out(line: str) -> Text:
    """Arithmetic."""
    return T("Work it out: {line}", line=math(line))


def factor(line: str) -> Text:
    """A sum written as a product."""
    return T("Write it as a product: {line}", line=math(line))


def so(line: str) -> Text:
    """What follows."""
    return T("So {line}", line=math(line))


def _tex(amount: Number | str) -> str:
    return amount if isinstance(amount, str) else tex(amount)
