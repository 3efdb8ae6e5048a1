"""Sets of real numbers: inequalities in one unknown, intervals, unions and single points, compared as sets.

Ends are exact (rational numbers and real roots); only their order is found numerically, to 60 digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.numeric import MP, Evaluator, OffDomain, Value, close
from headway.core.coaching.roots import End, NotASet, real_roots, value_at
from headway.core.coaching.tree import Add, Call, Const, Expr, Group, Logic, Neg, Relation, Sym, Words, names
from headway.core.coaching.wording import phrase


@dataclass(frozen=True)
class Piece:
    """An interval; a single point has equal ends, both closed."""

    low: End
    high: End
    low_closed: bool
    high_closed: bool


MINUS, PLUS = End(MP.mpf("-inf")), End(MP.mpf("inf"))
ALL: tuple[Piece, ...] = (Piece(MINUS, PLUS, False, False),)


def _at(value: Value, pieces: tuple[Piece, ...]) -> bool:
    for piece in pieces:
        if (piece.low.value < value or (piece.low_closed and close(piece.low.value, value))) and (
            value < piece.high.value or (piece.high_closed and close(piece.high.value, value))
        ):
            return not _open_end(value, piece)
    return False


def _open_end(value: Value, piece: Piece) -> bool:
    return bool(
        (not piece.low_closed and close(piece.low.value, value))
        or (not piece.high_closed and close(piece.high.value, value))
    )


def combine(first: tuple[Piece, ...], second: tuple[Piece, ...], both: bool) -> tuple[Piece, ...]:
    """Return the union, or the intersection when ``both``, as pieces in order that do not touch."""
    ends = _sorted_ends([end for piece in (*first, *second) for end in (piece.low, piece.high)])

    def inside(value: Value) -> bool:
        a, b = _at(value, first), _at(value, second)
        return (a and b) if both else (a or b)

    return from_membership(ends, inside)


def _sorted_ends(ends: list[End]) -> list[End]:
    kept: list[End] = []
    for end in sorted((e for e in ends if MP.isfinite(e.value)), key=lambda e: e.value):
        if not kept or not close(kept[-1].value, end.value):
            kept.append(end)
    return kept


def from_membership(ends: list[End], inside: Callable[[Value], bool]) -> tuple[Piece, ...]:
    """Build the set from where membership can change and a test for single values."""
    spans: list[tuple[End, End, bool, bool]] = []
    edges = [MINUS, *ends, PLUS]
    for index in range(len(edges) - 1):
        low, high = edges[index], edges[index + 1]
        if index:
            spans.append((low, low, inside(low.value), True))
        spans.append((low, high, inside(_between(low.value, high.value)), False))
    pieces: list[Piece] = []
    open_piece: tuple[End, bool] | None = None
    last = MINUS
    last_closed = False
    for low, high, member, point in spans:
        if member and open_piece is None:
            open_piece = (low, point)
        elif not member and open_piece is not None:
            pieces.append(Piece(open_piece[0], last, open_piece[1], last_closed))
            open_piece = None
        last, last_closed = high, point
    if open_piece is not None:
        pieces.append(Piece(open_piece[0], PLUS, open_piece[1], False))
    return tuple(pieces)


def _between(low: Value, high: Value) -> Value:
    if not MP.isfinite(low):
        return MP.mpf(0) if not MP.isfinite(high) else high - 1
    return low + 1 if not MP.isfinite(high) else (low + high) / 2


def same_set(first: tuple[Piece, ...], second: tuple[Piece, ...], algebra: Algebra) -> bool:
    """Whether two sets are equal, ends compared exactly."""
    if len(first) != len(second):
        return False
    return all(
        (a.low_closed, a.high_closed) == (b.low_closed, b.high_closed)
        and _same_end(a.low, b.low, algebra)
        and _same_end(a.high, b.high, algebra)
        for a, b in zip(first, second, strict=True)
    )


def _same_end(a: End, b: End, algebra: Algebra) -> bool:
    if a.exact is None or b.exact is None:
        return bool(a.value == b.value)
    if not close(a.value, b.value):
        return False
    rest = algebra.plus(a.exact, b.exact, -1).top
    return algebra.is_zero(rest) or not p.decided(rest)


class Sets:
    """Reads trees as sets of real numbers."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.numbers = Evaluator(algebra.work, real=True)

    def read(self, expr: Expr) -> tuple[Piece, ...]:
        """Return the set that ``expr`` names. Raises NotASet (or TooHard, NoValue)."""
        match expr:
            case Relation():
                return self.relation(expr)
            case Logic(word, parts):
                pieces = self.read(parts[0])
                for part in parts[1:]:
                    pieces = combine(pieces, self.read(part), both=word in ("and", "∩"))
                return pieces
            case Group("{" | "", items, _):
                found: tuple[Piece, ...] = ()
                for item in items:
                    inner = self.read(item) if isinstance(item, (Relation, Group)) else self.point(item)
                    found = combine(found, inner, both=False)
                return found
            case Group(opening, (low, high), closing):
                return self.interval(opening, low, high, closing)
            case Words(text):
                return self.words(text)
            case _:
                raise NotASet

    def words(self, text: str) -> tuple[Piece, ...]:
        meaning = phrase(text)
        if meaning == "all real numbers":
            return ALL
        if meaning == "no solution":
            return ()
        raise NotASet

    def end(self, expr: Expr) -> End:
        match expr:
            case Const("inf"):
                return PLUS
            case Neg(Const("inf")):
                return MINUS
        if names(expr):
            raise NotASet
        try:
            return End(self.numbers.at(expr, {}), self.algebra.ratio(expr))
        except (OffDomain, NotAlgebra) as error:
            raise NotASet from error

    def point(self, expr: Expr) -> tuple[Piece, ...]:
        end = self.end(expr)
        if end.exact is None:
            raise NotASet
        return (Piece(end, end, True, True),)

    def interval(self, opening: str, low: Expr, high: Expr, closing: str) -> tuple[Piece, ...]:
        left, right = self.end(low), self.end(high)
        closed = (opening == "[" and left.exact is not None, closing == "]" and right.exact is not None)
        if left.value > right.value or (close(left.value, right.value) and not all(closed)):
            return ()
        return (Piece(left, right, *closed),)

    def relation(self, expr: Relation) -> tuple[Piece, ...]:
        if expr.signs == ("in",):
            return self.read(expr.sides[1])
        pieces = ALL
        for index, sign in enumerate(expr.signs):
            pieces = combine(pieces, self.single(sign, expr.sides[index], expr.sides[index + 1]), both=True)
        return pieces

    def single(self, sign: str, left: Expr, right: Expr) -> tuple[Piece, ...]:
        if sign in (">", ">="):
            sign, left, right = sign.replace(">", "<"), right, left
        for a, b in ((left, right), (right, left)):
            if isinstance(b, Const) or (isinstance(b, Neg) and isinstance(b.arg, Const) and b.arg.name == "inf"):
                return self.unbounded(sign, a, b, b is right)
        if isinstance(left, Call) and left.name == "abs" and not names(right) and sign in ("<", "<="):
            return combine(self.single(sign, Neg(right), left.args[0]), self.single(sign, left.args[0], right), True)
        if isinstance(right, Call) and right.name == "abs" and not names(left) and sign in ("<", "<="):
            inner = right.args[0]
            return combine(self.single(sign, inner, Neg(left)), self.single(sign, left, inner), False)
        return self.solved(sign, Add((left, Neg(right))))

    def unbounded(self, sign: str, side: Expr, infinite: Expr, on_right: bool) -> tuple[Piece, ...]:
        positive = isinstance(infinite, Const)
        if not (isinstance(infinite, Neg) or (isinstance(infinite, Const) and infinite.name == "inf")):
            return self.solved(sign, Add((side, Neg(infinite)) if on_right else (infinite, Neg(side))))
        if not isinstance(side, Sym) or sign not in ("<", "<=") or positive != on_right:
            raise NotASet
        if sign == "<=":
            raise NotASet
        return ALL

    def solved(self, sign: str, difference: Expr) -> tuple[Piece, ...]:
        """Solve ``difference sign 0`` by the exact roots of top and bottom and the sign between them."""
        try:
            ratio = self.algebra.cancel(self.algebra.ratio(difference))
        except NotAlgebra as error:
            raise NotASet from error
        letters = {n for poly in ratio for monomial in poly for n, _ in monomial if not p.is_constant(n)}
        if len(letters) > 1 or any("(" in letter or "'" in letter for letter in letters):
            raise NotASet
        tops = real_roots(ratio.top, self.algebra) if ratio.top else []
        bottoms = real_roots(ratio.bottom, self.algebra)

        def inside(value: Value) -> bool:
            if any(close(value, end.value) for end in bottoms):
                return False
            if not ratio.top or any(close(value, end.value) for end in tops):
                return sign in ("=", "<=")
            top, bottom = value_at(ratio.top, value), value_at(ratio.bottom, value)
            return {"=": False, "!=": True}.get(sign, bool(MP.re(top) * MP.re(bottom) < 0))

        return from_membership(_sorted_ends([*tops, *bottoms]), inside)
