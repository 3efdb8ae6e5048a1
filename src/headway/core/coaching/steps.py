"""The next sound step from where the learner stands, and the whole way to the end.

Arithmetic is worked innermost part first and from left to right; linear equations and inequalities are multiplied
out, collected, moved and divided; quadratic equations are brought to zero, factored and split.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from headway.core.coaching.algebra import Algebra, NotAlgebra, rational
from headway.core.coaching.building import (
    decimal,
    equation,
    from_ratio,
    negative,
    number,
    parts,
    product,
    replaced,
    terms_of,
    total,
)
from headway.core.coaching.malrules.inequalities import TURN
from headway.core.coaching.malrules.match import linear_side, scaled
from headway.core.coaching.malrules.quadratics import quadratic, solutions
from headway.core.coaching.malrules.ratios import proportion
from headway.core.coaching.shape import shape
from headway.core.coaching.tree import (
    Add,
    Div,
    Expr,
    Group,
    Logic,
    Mixed,
    Mul,
    Neg,
    Num,
    Percent,
    Pow,
    Relation,
    Root,
    Sym,
    contains,
    names,
)  # fmt: skip
from headway.core.coaching.work import NoValue, TooHard, Work

MAX_STEPS = 12


@dataclass(frozen=True, slots=True)
class NextStep:
    """``kind`` names the operation (it chooses the words of a hint); ``part`` is what it works on; ``amount`` is what
    is added, taken away or divided by; ``result`` is the line after it."""

    kind: str
    result: Expr
    part: Expr | None = None
    amount: Expr | None = None


def next_step(tree: Expr, work: Work | None = None) -> NextStep | None:
    """The next step towards a solution, or None when the line is finished or of a kind that is not stepped."""
    work = work or Work(20_000)
    try:
        if isinstance(tree, Relation):
            return _relation_step(tree, work) if len(tree.sides) == 2 else None
        if isinstance(tree, Logic):
            return _each_factor(tree)
        if isinstance(tree, Group):
            return None
        return _value_step(tree) if not names(tree) else _expression_step(tree, work)
    except (TooHard, NoValue, NotAlgebra, ZeroDivisionError):
        return None


def way(tree: Expr, limit: int = MAX_STEPS) -> list[NextStep]:
    """Every step from ``tree`` on."""
    found: list[NextStep] = []
    for _ in range(limit):
        step = next_step(tree)
        if step is None or shape(step.result) == shape(tree):
            break
        found.append(step)
        tree = step.result
    return found


def _plain_number(expr: Expr) -> bool:
    """A number as an answer is written: whole, decimal, fraction or mixed, with its sign."""
    match expr:
        case Num() | Mixed():
            return True
        case Neg(arg):
            return not isinstance(arg, Neg) and _plain_number(arg)
        case Div(Num(), Num()):
            return True
        case _:
            return False


def _value_step(tree: Expr) -> NextStep | None:
    """Work out the deepest part; in a sum or product its first two members."""
    best: tuple[int, tuple[int, ...], Expr] | None = None
    for path, part in parts(tree):
        open_part = isinstance(part, (Add, Mul, Div, Pow, Root, Percent)) and not (_plain_number(part) and path)
        if open_part and (best is None or len(path) > best[0]):
            best = (len(path), path, part)
    if best is None or _plain_number(tree):
        return _lowest_terms(tree)
    _, path, part = best
    if isinstance(part, (Add, Mul)):
        members = part.terms if isinstance(part, Add) else part.factors
        first: Expr = Add(members[:2]) if isinstance(part, Add) else Mul(members[:2])
        rest = members[2:]
        value = _value(first)
        if value is None:
            return None
        kind = "add" if isinstance(part, Add) else "multiply"
        new = value if not rest else (Add((value, *rest)) if isinstance(part, Add) else Mul((value, *rest)))
        return NextStep(kind, replaced(tree, path, new), first)
    value = _value(part)
    kinds = {Div: "divide", Pow: "power", Root: "root", Percent: "percent"}
    return None if value is None else NextStep(kinds[type(part)], replaced(tree, path, value), part)


def _value(expr: Expr) -> Expr | None:
    value = rational(expr)
    if value is None:
        return None
    decimals = any(isinstance(part, Num) and "." in part.text for _, part in parts(expr)) or contains(expr, Percent)
    return decimal(value) if decimals else number(value)


def _lowest_terms(tree: Expr) -> NextStep | None:
    core = tree.arg if isinstance(tree, Neg) else tree
    if isinstance(core, Div):
        value = rational(tree)
        simple = None if value is None else number(value)
        if simple is not None and simple != tree:
            return NextStep("lowest", simple, tree)
    return None


def _expression_step(tree: Expr, work: Work) -> NextStep | None:
    algebra = Algebra(work)
    flat = from_ratio(algebra.cancel(algebra.ratio(tree)))
    if flat is None or shape(flat) == shape(tree):
        return None
    opened = _opened(tree, algebra)
    if opened is not None and shape(opened.result) != shape(flat):
        return opened
    return NextStep("expand" if _brackets(tree) else "collect", flat, tree)


def _brackets(expr: Expr) -> bool:
    return any(isinstance(part, (Mul, Pow, Neg, Div)) and contains(part, Add) for _, part in parts(expr))


def _opened(tree: Expr, algebra: Algebra) -> NextStep | None:
    """The sum with every product multiplied out but nothing collected yet."""
    terms: list[Expr] = []
    changed: Expr | None = None
    for term in terms_of(tree):
        if contains(term, Add):
            flat = from_ratio(algebra.cancel(algebra.ratio(term)))
            if flat is None:
                return None
            terms.extend(terms_of(flat))
            changed = changed or term
        else:
            terms.append(term)
    return None if changed is None else NextStep("expand", total(terms), changed)


def _relation_step(tree: Relation, work: Work) -> NextStep | None:
    left, right = tree.sides
    if tree.signs == ("=",) and (found := proportion(tree)) is not None:
        a, b, third, letter, above = found
        first, second = (Mul((number(b), letter)), Mul((number(a), number(third))))
        if not above:
            first, second = Mul((number(a), letter)), Mul((number(b), number(third)))
        return NextStep("cross", equation(first, second), tree)
    for index, side in enumerate(tree.sides):
        if _is_solved(tree):
            break
        step = _expression_step(side, work) if names(side) else (None if _plain_number(side) else _value_step(side))
        if step is not None and not (step.kind == "expand" and _zero_product(tree)):
            sides = (step.result, right) if index == 0 else (left, step.result)
            return NextStep(step.kind, Relation(tree.signs, sides), step.part)
    if _is_solved(tree):
        return _tidy(tree)
    if len(names(tree)) != 1:
        return None
    return _linear_step(tree) or _quadratic_step(tree)


def _is_solved(tree: Relation) -> bool:
    return isinstance(tree.sides[0], Sym) and not names(tree.sides[1])


def _tidy(tree: Relation) -> NextStep | None:
    side = tree.sides[1]
    step = _value_step(side)
    return None if step is None else NextStep(step.kind, Relation(tree.signs, (tree.sides[0], step.result)), step.part)


def _linear_step(tree: Relation) -> NextStep | None:
    left, right = linear_side(tree.sides[0]), linear_side(tree.sides[1])
    if not (left[2] and right[2]):
        return None
    zero = Fraction(0)
    a, c = sum((v for v, _ in left[0]), zero), sum((v for v, _ in right[0]), zero)
    b, d = sum(left[1], zero), sum(right[1], zero)
    letter: Expr = (left[0] or right[0])[0][1]
    if a == c:
        return NextStep("vanish", Relation(tree.signs, (number(b), number(d))), None, scaled(c, letter)) if a else None
    if a and c:
        moved = Relation(tree.signs, (_sum(a - c, b, letter), number(d)))
        return NextStep("subtract-term" if c > 0 else "add-term", moved, None, scaled(abs(c), letter))
    if not a:
        signs = tuple(TURN.get(s, s) for s in tree.signs)
        return NextStep("swap", Relation(signs, (tree.sides[1], tree.sides[0])))
    if b:
        moved = Relation(tree.signs, (scaled(a, letter), number(d - b)))
        return NextStep("subtract" if b > 0 else "add", moved, None, number(abs(b)))
    if a != 1:
        signs = tuple(TURN.get(s, s) if a < 0 else s for s in tree.signs)
        kind = "divide-both" if a.numerator not in (1, -1) or a.denominator == 1 else "multiply-both"
        amount = number(a) if kind == "divide-both" else number(1 / a)
        if a < 0 and tree.signs != ("=",):
            kind = "divide-turning"
        return NextStep(kind, Relation(signs, (letter, number(d / a))), None, amount)
    return None


def _sum(coefficient: Fraction, constant: Fraction, letter: Expr) -> Expr:
    return total([scaled(coefficient, letter), *([number(constant)] if constant else [])])


def _zero_product(tree: Relation) -> bool:
    return tree.signs == ("=",) and isinstance(tree.sides[0], Mul) and rational(tree.sides[1]) == 0


def _quadratic_step(tree: Relation) -> NextStep | None:
    found = quadratic(tree) if tree.signs == ("=",) else None
    if found is None:
        return None
    a, b, c, letter = found
    if _zero_product(tree) and isinstance(tree.sides[0], Mul):
        cases = [f for f in tree.sides[0].factors if names(f)]
        return NextStep("split", Logic("or", tuple(equation(f, number(0)) for f in cases)), tree.sides[0])
    if rational(tree.sides[1]) != 0:
        moved = total([t for t in (_term(a, letter, 2), _term(b, letter, 1), _term(c, letter, 0)) if t is not None])
        return NextStep("to-zero", equation(moved, number(0)), tree.sides[1])
    values = solutions(found)
    if values is None:
        return None
    front = [number(a)] if a != 1 else []
    factors = [Add((letter, negative(number(v)) if v > 0 else number(-v))) if v else letter for v in values]
    return NextStep("factor", equation(product([*front, *factors]), number(0)), tree.sides[0])


def _term(value: Fraction, letter: Sym, degree: int) -> Expr | None:
    if not value:
        return None
    if degree == 0:
        return number(value)
    if degree == 1:
        return scaled(value, letter)
    core = product([*([number(abs(value))] if abs(value) != 1 else []), Pow(letter, number(2))])
    return Neg(core) if value < 0 else core


def _each_factor(tree: Logic) -> NextStep | None:
    for index, case in enumerate(tree.parts):
        step = next_step(case)
        if step is not None:
            cases = (*tree.parts[:index], step.result, *tree.parts[index + 1 :])
            return NextStep(step.kind, Logic(tree.word, cases), case, step.amount)
    return None
