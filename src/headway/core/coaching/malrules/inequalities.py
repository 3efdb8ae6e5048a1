"""Linear inequalities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import equation, number
from headway.core.coaching.malrules.match import linear_side, relation, scaled
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import TIROSH_INEQUALITIES
from headway.core.coaching.tree import Expr, Relation, Sym
from headway.core.text import T

SKILLS = "6.EE.B.8 7.EE.B.4b"
TURN = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def inequality(node: Expr) -> tuple[Fraction, Fraction, str, Fraction, Sym] | None:
    """``a x + b < d`` as a, b, the sign, d and the letter; the letter on the left."""
    found = relation(node, "<")
    if found is None or not isinstance(node, Relation):
        return None
    left, right = linear_side(found[0]), linear_side(found[1])
    sign = node.signs[0]
    if not left[0] and right[0]:
        left, right, sign = right, left, TURN[sign]
    if not (left[2] and right[2]) or len(left[0]) != 1 or right[0]:
        return None
    zero = Fraction(0)
    return left[0][0][0], sum(left[1], zero), sign, sum(right[1], zero), left[0][0][1]


def _solved(found: tuple[Fraction, Fraction, str, Fraction, Sym]) -> tuple[str, Fraction]:
    a, b, sign, d, _ = found
    return (TURN[sign] if a < 0 else sign), (d - b) / a


@malrule(
    "inequality-not-flipped", NAMED, ("-2x<6", "x<-3"), TIROSH_INEQUALITIES, SKILLS,
    T("You divided by a negative number. What happens to the order of two numbers then?"),
    NAMED,
    "-3x>12", weight=2.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found and found[0] < 0:
        yield Relation((found[2],), (found[4], number(_solved(found)[1])))


@malrule(
    "inequality-flipped-always", T("Sign turned around without need"), ("2x<-6", "x>-3"), TIROSH_INEQUALITIES, SKILLS,
    T("Turn the sign around only when you multiply or divide by a negative number."),
    T("Turns the sign around in every division, or whenever a minus sign is in sight."),
    "3x>-12", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found and found[0] > 0 and found[0] != 1:
        yield Relation((TURN[found[2]],), (found[4], number(_solved(found)[1])))


@malrule(
    "inequality-flipped-subtracting", T("Sign turned around in moving a term"), ("2x+6<10", "2x>4"),
    TIROSH_INEQUALITIES, SKILLS,
    T("Adding or subtracting does not change the order. Only a negative factor does."),
    T("Turns the sign around when a term is moved."),
    "x+5>20",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found and found[1]:
        a, b, sign, d, letter = found
        yield Relation((TURN[sign],), (scaled(a, letter), number(d - b)))


@malrule(
    "inequality-sign-lost-dividing", T("Minus lost in dividing"), ("-2x<6", "x>3"), TIROSH_INEQUALITIES, SKILLS,
    T("You turned the sign around, but the minus of the number is lost."),
    T("Turns the sign around and drops the minus of the quotient."),
    "-4x>20",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found and found[0] < 0:
        sign, value = _solved(found)
        yield Relation((sign,), (found[4], number(-value)))


@malrule(
    "boundary-misjudged", NAMED, ("x+3>=7", "x>4"), TIROSH_INEQUALITIES, SKILLS,
    T("Put the number at the edge into the problem. Does it belong to the solutions?"),
    NAMED,
    "2x>=10",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found:
        sign, value = _solved(found)
        other = sign[0] if sign.endswith("=") else sign + "="
        yield Relation((other,), (found[4], number(value)))


@malrule(
    "inequality-as-equation", NAMED, ("x+3>7", "x=4"), TIROSH_INEQUALITIES, SKILLS,
    T("One number is not enough here. Which other numbers make it true?"),
    NAMED,
    "2x<14",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = inequality(node)
    if found:
        yield equation(found[4], number(_solved(found)[1]))
