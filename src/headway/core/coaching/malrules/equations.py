"""Linear equations: moving terms and undoing operations."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import equation, number, total
from headway.core.coaching.malrules.match import linear_side, relation, scaled
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import KIERAN, MATZ, PAYNE, SLEEMAN, STACEY_MACGREGOR
from headway.core.coaching.tree import Expr, Sym
from headway.core.text import T

ONE_STEP = "6.EE.B.7 7.EE.B.4a"
SKILLS = "7.EE.B.4a 8.EE.C.7b"


def sides(node: Expr) -> tuple[Fraction, Fraction, Fraction, Fraction, Sym] | None:
    """``a x + b = c x + d`` as a, b, c, d and the letter; None for anything else."""
    found = relation(node)
    if found is None:
        return None
    left, right = linear_side(found[0]), linear_side(found[1])
    letters = {letter for _, letter in (*left[0], *right[0])}
    if not (left[2] and right[2]) or len(letters) != 1 or len(left[0]) > 1 or len(right[0]) > 1:
        return None
    zero = Fraction(0)
    a, c = sum((v for v, _ in left[0]), zero), sum((v for v, _ in right[0]), zero)
    b, d = sum(left[1], zero), sum(right[1], zero)
    return a, b, c, d, letters.pop()


def one_sided(node: Expr) -> tuple[Fraction, Fraction, Fraction, Sym] | None:
    """``a x + b = d``, whichever side the letter is on."""
    found = sides(node)
    if found is None or (found[0] and found[2]):
        return None
    a, b, c, d, letter = found
    return (a, b, d, letter) if a else (c, d, b, letter)


@malrule(
    "sign-lost-moving-terms", NAMED, ("2x+6=10", "2x=16"), KIERAN, SKILLS,
    T("You moved a number to the other side with the same sign. What would undo it?"),
    NAMED,
    "3x+7=22", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = sides(node)
    if found is None:
        return
    a, b, c, d, letter = found
    if a and c:
        yield equation(_side(a + c, b, letter), number(d))
        if b:
            yield equation(scaled(a, letter), _side(c, d + b, letter))
    elif a and b:
        yield equation(scaled(a, letter), number(d + b))
    elif c and d:
        yield equation(number(b + d), scaled(c, letter))
    if not (a and c):
        yield from _one_of_several(node, letter)


def _one_of_several(node: Expr, letter: Sym) -> Iterator[Expr]:
    """``x+4-5=6`` as ``x=6-5-4``: of several numbers beside the letter one keeps its sign."""
    first, second = relation(node) or (letter, letter)
    for side, other in ((first, second), (second, first)):
        letters, numbers, _ = linear_side(side)
        if letters and len(numbers) > 1:
            for kept in numbers:
                moved = sum(linear_side(other)[1], Fraction(0)) - sum(numbers) + 2 * kept
                yield equation(scaled(letters[0][0], letter), number(moved))


def _side(coefficient: Fraction, constant: Fraction, letter: Sym) -> Expr:
    terms = [scaled(coefficient, letter)] if coefficient else []
    return total([*terms, *([number(constant)] if constant or not terms else [])])


@malrule(
    "inverse-not-used", NAMED, ("3x=12", "x=36"), SLEEMAN, ONE_STEP,
    T("See what is done to the letter, and do the opposite to undo it."),
    NAMED,
    "x/4=8", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and not found[1] and abs(found[0]) != 1:
        yield equation(found[3], number(found[2] * found[0]))


@malrule(
    "inverse-subtracts-instead", NAMED, ("3x=12", "x=9"), SLEEMAN, ONE_STEP,
    T("A number in front of a letter means times. What undoes times?"),
    NAMED,
    "5x=20", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and not found[1] and abs(found[0]) > 1 and found[0].denominator == 1:
        yield equation(found[3], number(found[2] - found[0]))


@malrule(
    "division-turned-around", NAMED, ("6x=3", "x=2"), MATZ, ONE_STEP,
    T("Which number is divided by which? Divide both sides by the number in front of the letter."),
    NAMED,
    "4x=20",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and not found[1] and found[2] and abs(found[0]) != 1:
        yield equation(found[3], number(found[0] / found[2]))


@malrule(
    "sign-lost-dividing", NAMED, ("-3x=12", "x=4"), PAYNE, SKILLS,
    T("You divided by a negative number. What sign does the answer get?"),
    NAMED,
    "-4x=-20", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and not found[1] and found[0] < 0 and found[2]:
        yield equation(found[3], number(found[2] / -found[0]))


@malrule(
    "eq-divides-one-term", T("Divides one term of a side only"), ("3x+6=12", "x+6=4"), PAYNE, SKILLS,
    T("What you do to a side, you do to every term of it."),
    T("Divides the term with the letter and the other side, but not the remaining term."),
    "3x+6=21", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and found[1] and abs(found[0]) != 1:
        a, b, d, letter = found
        yield equation(total([letter, number(b)]), number(d / a))


@malrule(
    "eq-one-side-only", T("Changes one side only"), ("2x+6=10", "2x=10"), KIERAN, SKILLS,
    T("You took something away on one side. To keep the balance, do the same on the other side."),
    T("Drops a number on one side without doing the same on the other."),
    "3x+9=24",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and found[1]:
        yield equation(scaled(found[0], found[3]), number(found[2]))
    both = sides(node)
    if both and both[0] and both[2]:
        a, b, c, d, letter = both
        yield equation(_side(a - c, b, letter), _side(c, d, letter))


@malrule(
    "eq-subtraction-reversed", T("Subtracts the wrong way round"), ("13x+196=391", "13x=196-391"), STACEY_MACGREGOR,
    SKILLS,
    T("You subtracted in the wrong order. What do you take away from what?"),
    T("Subtracts the right side from the number that is moved."),
    "5x+8=43", weight=1.2,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and found[1] > 0:
        yield equation(scaled(found[0], found[3]), number(found[1] - found[2]))
