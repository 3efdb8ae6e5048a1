"""What is done with a whole equation: guessing digits, avoiding negatives, misreading the equals sign."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import equation, number, terms_of, total
from headway.core.coaching.malrules.equations import one_sided, sides
from headway.core.coaching.malrules.match import letter_term, linear_side, relation, times
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, KIERAN, KUCHEMANN, PAYNE, SLEEMAN, VLASSIS
from headway.core.coaching.tree import Add, Expr, Group, Sym, Words
from headway.core.text import T

SKILLS = "6.EE.B.5 6.EE.B.7 7.EE.B.4a"


@malrule(
    "letter-as-digit", T("Letter as a missing digit"), ("2x+x=24", "x=2"), KUCHEMANN, SKILLS,
    T("A number in front of a letter means times. The letter is not a digit."),
    T("Takes the letter for a hidden digit, so that 2x is a number from 20 to 29."),
    "3x+2x=54", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = relation(node)
    if found is None:
        return
    terms, numbers, fits = linear_side(found[0])
    rest, value, plain = linear_side(found[1])
    if not (fits and plain and terms) or rest or len(value) != 1 or len({letter for _, letter in terms}) != 1:
        return
    if any(v.denominator != 1 or not 0 < v < 100 for v, _ in terms):
        return
    for digit in range(10):
        read = sum(digit if v == 1 else 10 * int(v) + digit for v, _ in terms) + sum(numbers, Fraction(0))
        if read == value[0]:
            yield equation(terms[0][1], number(digit))


@malrule(
    "eq-negative-avoided", T("Avoids a negative solution"), ("x+4=2", "x=2"), VLASSIS, "6.NS.C.5 7.EE.B.4a",
    T("The solution may be a negative number. Put your answer in and see whether it fits."),
    T("Gives the size of a negative solution because a letter 'cannot be negative'."),
    "-2x-3=7", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = sides(node)
    if found and found[0] != found[2]:
        a, b, c, d, letter = found
        value = (d - b) / (a - c)
        if value < 0:
            yield equation(letter, number(-value))


@malrule(
    "equals-as-answer", NAMED, ("8+4=x+5", "x=12"), KIERAN, "1.OA.D.7 6.EE.B.5",
    T("The equals sign says that both sides are worth the same. Does your number make them equal?"),
    NAMED,
    "9+6=2x+7", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = relation(node)
    if found is None:
        return
    left, right = linear_side(found[0]), linear_side(found[1])
    if left[2] and right[2] and len(left[1]) > 1 and not left[0] and len(right[0]) == 1 and right[1]:
        yield equation(right[0][0][1], number(sum(left[1], Fraction(0))))


@malrule(
    "equation-all-added", T("Adds all the numbers"), ("8+4=x+5", "x=17"), KIERAN, "1.OA.D.7 6.EE.B.5",
    T("You added all the numbers. The equals sign asks for two sides of the same value."),
    T("Adds every number in the equation, whatever side it is on."),
    "7+6=2x+9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = relation(node)
    if found is None:
        return
    left, right = linear_side(found[0]), linear_side(found[1])
    if left[2] and right[2] and len(left[1]) > 1 and not left[0] and len(right[0]) == 1 and right[1]:
        yield equation(right[0][0][1], number(sum((*left[1], *right[1]), Fraction(0))))


@malrule(
    "equation-number-copied", NAMED, ("x+6=10", "x=6"), ASHLOCK, SKILLS,
    T("Put your number in for the letter: is it true then?"),
    NAMED,
    "x+9=24", weight=0.6,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = one_sided(node)
    if found and found[0] == 1 and found[1]:
        yield equation(found[3], number(abs(found[1])))


@malrule(
    "no-solution-taken-for-all", NAMED, ("2x+1=2x+5", "all real numbers"), SLEEMAN, "8.EE.C.7a",
    T("What is left is false, whatever the letter is. Which numbers make it true?"),
    NAMED,
    "3x+2=3x+7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = sides(node)
    if found and found[0] == found[2] and found[1] != found[3]:
        yield Words("all real numbers")


@malrule(
    "all-solutions-taken-for-none", NAMED, ("2x+4=4+2x", "no solution"), SLEEMAN, "8.EE.C.7a",
    T("What is left is true, whatever the letter is. How many numbers make it true?"),
    NAMED,
    "3x+6=6+3x",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = sides(node)
    if found and found[0] == found[2] and found[1] == found[3]:
        yield Words("no solution")


@malrule(
    "vanished-letter-zero", T("Zero when the letter vanishes"), ("2x+1=2x+5", "x=0"), SLEEMAN, "8.EE.C.7a",
    T("Put 0 in for the letter: is it true?"),
    T("Gives x = 0 when the letter disappears from the equation."),
    "3x+4=2x+9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = sides(node)
    if found and found[0] == found[2] and found[1] != found[3]:
        yield equation(found[4], number(0))


@malrule(
    "substitution-parentheses-dropped", T("Parentheses lost in substituting"),
    ("3x+2y=12, y=x+1", "3x+2x+1=12"), PAYNE, "8.EE.C.8.b",
    T("The whole expression takes the letter's place. Put it in parentheses, then multiply every term of it."),
    T("Puts an expression in a letter's place without parentheses, so that only its first term is multiplied."),
    "2x+5y=31, y=x+2", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    pair = node.items if isinstance(node, Group) and len(node.items) == 2 else ()
    for solved, other in (pair, pair[::-1]) if pair else ():
        told, found = relation(solved), relation(other)
        if told is None or found is None or not isinstance(told[0], Sym) or not isinstance(told[1], Add):
            continue
        first, *rest = told[1].terms
        put_in = [_without_parentheses(side, told[0], first, rest) for side in found]
        if put_in != list(found):
            yield equation(*put_in)


def _without_parentheses(side: Expr, letter: Sym, first: Expr, rest: list[Expr]) -> Expr:
    """A side with ``first + rest`` in the place of ``letter``, where a factor meets the first term only."""
    terms: list[Expr] = []
    for term in terms_of(side):
        found = letter_term(term)
        if found is None or found[1] != letter:
            terms.append(term)
        else:
            terms += [times(number(found[0]), first), *rest]
    return total(terms)
