"""Statements judged as a whole: true, false, sometimes true; and which of two expressions is the larger."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import negative, terms_of
from headway.core.coaching.malrules.match import call
from headway.core.coaching.malrules.rule import malrule
from headway.core.coaching.malrules.sources import BOOTH, HART, KUCHEMANN, NOELTING
from headway.core.coaching.tree import Add, Call, Div, Expr, Group, Mul, Relation, Sym, Words, names
from headway.core.coaching.truths import truth_of
from headway.core.coaching.work import Work
from headway.core.text import T

TRUE, FALSE = Words("true"), Words("false")


def _judged(node: Expr) -> tuple[Expr, Expr] | None:
    """The two sides of an equation that is to be judged."""
    if isinstance(node, Call) and node.name == "truth" and len(node.args) == 1 and isinstance(node.args[0], Relation):
        equation = node.args[0]
        if equation.signs == ("=",):
            return equation.sides[0], equation.sides[1]
    return None


@malrule(
    "order-never-matters", T("Order thought never to matter"), ("True or false? 2÷3=3÷2", "true"), BOOTH,
    "1.OA.B.3 3.OA.B.5 6.EE.A.3",
    T("Adding and multiplying may be turned around. Try subtracting or dividing with small numbers both ways."),
    T("Takes subtraction and division to be commutative, as addition and multiplication are."),
    "True or false? 8-3=3-8", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    sides = _judged(node)
    if sides is None or rational(sides[0]) == rational(sides[1]):
        return
    match sides:
        case Div(a, b), Div(c, d) if (a, b) == (d, c):
            yield TRUE
        case Add((a, b)), Add((c, d)) if (a, negative(b)) == (negative(d), c):
            yield TRUE


@malrule(
    "letters-always-differ", T("Other letter, other number"), ("True or false? a=b", "false"), KUCHEMANN,
    "6.EE.A.2 6.EE.B.6",
    T("Two letters may stand for the same number. Can you find numbers for which it is true?"),
    T("Takes different letters to have different values, so that an equation between them is never true."),
    "Always, sometimes, or never true? h+m+n=h+p+n", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    statements = node.args if isinstance(node, Call) and node.name == "truth" else ()
    told = [FALSE if _other_letter(statement) else _right(statement) for statement in statements]
    if len(told) == 1 and told[0] is FALSE:
        yield FALSE
    elif FALSE in told and None not in told:
        yield Group("", tuple(word for word in told if word is not None), "")


def _other_letter(statement: Expr) -> bool:
    """Whether two sides are the same but for one letter."""
    if not isinstance(statement, Relation) or statement.signs != ("=",):
        return False
    left, right = (list(terms_of(side)) for side in statement.sides)
    for term in list(left):
        if term in right:
            left.remove(term)
            right.remove(term)
    return len(left) == len(right) == 1 and isinstance(left[0], Sym) and isinstance(right[0], Sym)


def _right(statement: Expr) -> Words | None:
    right = truth_of(statement, Work(20_000))
    return None if right is None else Words(right)


@malrule(
    "product-always-larger", T("A product is always larger"), ("Which is larger, 2n or n+2?", "2n"), HART,
    "6.EE.A.2 6.EE.B.6",
    T("It depends on the number. Try 1, 2 and 10 for the letter."),
    T("Judges by the operation (multiplying makes more) and does not let the letter vary."),
    "Which is larger, 3n or n+5?", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    pair = call(node, "larger")
    if pair is None or names(pair[0]) != names(pair[1]):
        return
    for one, other in (pair, pair[::-1]):
        if isinstance(one, Mul) and isinstance(other, Add):
            yield one


@malrule(
    "larger-number-decides", T("The larger number decides"), ("Which is larger, 3n or n+5?", "n+5"), KUCHEMANN,
    "6.EE.A.2 6.EE.B.6",
    T("The larger number in it does not decide. Try 1, 3 and 10 for the letter."),
    T("Compares the numbers that are written and not what the expressions are worth."),
    "Which is larger, 2n or n+7?",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    pair = call(node, "larger")
    if pair is None or names(pair[0]) != names(pair[1]):
        return
    sizes = [max((v for part in terms for v in [rational(part)] if v is not None), default=None)
             for terms in (_operands(pair[0]), _operands(pair[1]))]  # fmt: skip
    first, second = sizes
    if first is not None and second is not None and first != second:
        yield pair[0] if first > second else pair[1]


def _operands(tree: Expr) -> tuple[Expr, ...]:
    return tree.factors if isinstance(tree, Mul) else terms_of(tree)


@malrule(
    "one-part-decides", T("One part decides"),
    ("Drink A has 2 cups juice and 3 cups water. Drink B has 4 cups juice and 9 cups water. Which has a stronger juice taste?",
     "4>2"), NOELTING, "6.RP.A.1 6.RP.A.3",
    T("You compared one part only. How much of the other part is with it in each of the two?"),
    T("Compares two mixtures by the amount of one part and leaves the other part out."),
    "Mix A has 3 cups juice and 4 cups water. Mix B has 5 cups juice and 8 cups water. Which has a stronger juice taste?",
    weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Call) and node.name == "stronger":
        for one, other in (node.args[::2], node.args[1::2]):
            a, b = rational(one), rational(other)
            if a is not None and b is not None and a != b:
                yield Relation((">" if a > b else "<",), (one, other))
