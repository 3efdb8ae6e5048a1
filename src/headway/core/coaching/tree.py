"""What a learner wrote, as an immutable tree that keeps its form.

``2*3`` and ``6`` are different trees, so are ``1 1/2`` and ``3/2``, and terms stay in the order they were written:
the step-by-step coach talks about the learner's own line. Every node has a ``span`` (start and end offset in the
text it was read from), which does not take part in comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from headway.core.text import Text

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Num:
    """A number as typed: ``text`` keeps ``3.50``, ``value`` is exact."""

    value: Fraction
    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mixed number such as ``1 1/2``. The fraction part is not negative."""

    whole: int
    top: int
    bottom: int
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Sym:
    """A variable, with its subscript in the name (``x_1``)."""

    name: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Const:
    """``pi``, ``e``, ``i`` or ``inf``."""

    name: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Neg:
    arg: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Add:
    """Terms in written order; a subtracted term is a :class:`Neg`."""

    terms: tuple[Expr, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class PlusMinus:
    """``left ± right``; ``left`` is None for a leading sign."""

    left: Expr | None
    right: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Mul:
    """Factors in written order, whether or not a sign stood between them."""

    factors: tuple[Expr, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Div:
    top: Expr
    bottom: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Pow:
    base: Expr
    exponent: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Root:
    """A radical; ``degree`` is None for a square root."""

    radicand: Expr
    degree: Expr | None = None
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments: ``sin``, ``abs``, ``factorial``, ``log`` (base in second place), ``f``."""

    name: str
    args: tuple[Expr, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Percent:
    arg: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Degree:
    arg: Expr
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A chain such as ``1 < x <= 5``: one more side than signs. Signs are ``= != < <= > >=``."""

    signs: tuple[str, ...]
    sides: tuple[Expr, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """``or``, ``and``, ``∪`` or ``∩`` between its parts."""

    word: str
    parts: tuple[Expr, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Things between brackets or commas: ``(2,3)``, ``{1,2}``, ``[1,3)``; no brackets (``""``) for ``1, 2``."""

    opening: str
    items: tuple[Expr, ...]
    closing: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Matrix:
    rows: tuple[tuple[Expr, ...], ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand for an answer: ``no solution``, ``all real numbers``, ``undefined``, or a label."""

    text: str
    span: Span = field(default=(0, 0), compare=False)


Expr: TypeAlias = (
    Num
    | Mixed
    | Sym
    | Const
    | Neg
    | Add
    | PlusMinus
    | Mul
    | Div
    | Pow
    | Root
    | Call
    | Percent
    | Degree
    | Relation
    | Logic
    | Group
    | Matrix
    | Words
)


@dataclass(frozen=True, slots=True)
class ParseError:
    """Why a text could not be read: a sentence for a child and the offset in the text where it went wrong."""

    message: Text
    position: int = 0


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the parts of ``expr`` in written order."""
    match expr:
        case Neg(arg) | Percent(arg) | Degree(arg):
            return (arg,)
        case Add(parts) | Mul(parts) | Call(_, parts) | Logic(_, parts) | Group(_, parts, _) | Relation(_, parts):
            return parts
        case Div(a, b) | Pow(a, b):
            return (a, b)
        case PlusMinus(left, right):
            return (right,) if left is None else (left, right)
        case Root(radicand, degree):
            return (radicand,) if degree is None else (radicand, degree)
        case Matrix(rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            return ()


def names(expr: Expr) -> frozenset[str]:
    """Return the variables of ``expr``."""
    if isinstance(expr, Sym):
        return frozenset((expr.name,))
    found: frozenset[str] = frozenset()
    for child in children(expr):
        found |= names(child)
    return found


def contains(expr: Expr, kinds: type | tuple[type, ...]) -> bool:
    """Whether ``expr`` or a part of it is one of ``kinds``."""
    return isinstance(expr, kinds) or any(contains(child, kinds) for child in children(expr))
