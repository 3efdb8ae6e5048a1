"""Words into symbols."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import equation
from headway.core.coaching.malrules.match import call
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import BOOTH, CLEMENT, STACEY_MACGREGOR
from headway.core.coaching.tree import Add, Call, Div, Expr, Mul, Neg, Pow, Relation, Sym
from headway.core.text import T

SKILLS = "6.EE.A.2a 6.EE.B.6 7.EE.B.4"


def _wanted(node: Expr) -> Expr | None:
    return node.args[0] if isinstance(node, Call) and call(node, "write") else None


@malrule(
    "write-reversed", T("Letters the wrong way round"),
    ("Write an equation: there are 6 times as many students as professors", "6S=P"), CLEMENT, SKILLS,
    T("Try small numbers for the letters. Does your equation say what the words say?"),
    T("Writes the equation in the order of the words, with letters as labels (6 students for 1 professor)."),
    "Write an equation: there are 4 times as many cars as trucks", weight=2.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Relation(("=",), (Sym() as more, Mul((factor, less)))):
            yield equation(Mul((factor, more)), less)
        case Relation(("=",), (Sym() as more, Add((less, amount)))):
            yield equation(Add((more, amount)), less)


@malrule(
    "subtraction-turned-around", NAMED,
    ("Write an expression for 3 less than a number", "3-x"), BOOTH, SKILLS,
    T("Less than turns the order around. Which number do you start with?"),
    NAMED,
    "Write an expression for 8 less than a number", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Add((Sym() as letter, Neg(amount))):
            yield Add((amount, Neg(letter)))


@malrule(
    "exponent-for-factor", T("Exponent for a factor"), ("Write an expression for 4 times a number", "x^4"),
    STACEY_MACGREGOR, SKILLS,
    T("Times a number means adding again and again. What does a small raised number mean?"),
    T("Writes a factor as an exponent."),
    "Write an expression for 7 times a number", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Mul((factor, Sym() as letter)):
            yield Pow(letter, factor)


@malrule(
    "write-sum-for-product", T("Sum for a product"), ("Write an expression for 4 times a number", "x+4"), BOOTH, SKILLS,
    T("Times a number is not the same as more than a number."),
    T("Writes a sum where the words ask for a product."),
    "Write an expression for 9 times a number",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Mul((factor, Sym() as letter)):
            yield Add((letter, factor))


@malrule(
    "write-quotient-turned-around", T("Division turned round"),
    ("Write an expression for a number divided by 5", "5/x"), BOOTH, SKILLS,
    T("Which one is shared out? Write that one first."),
    T("Divides the second by the first."),
    "Write an expression for a number divided by 8",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Div(top, bottom):
            yield Div(bottom, top)


@malrule(
    "write-conjoined", T("Writes terms as one"), ("Write an expression for 5 more than a number", "5x"), BOOTH, SKILLS,
    T("A number beside a letter means times. How do you write that something is added?"),
    T("Writes a sum of a number and a letter as one term."),
    "Write an expression for 8 more than a number",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match _wanted(node):
        case Add((Sym() as letter, amount)) if not isinstance(amount, Neg):
            yield Mul((amount, letter))
