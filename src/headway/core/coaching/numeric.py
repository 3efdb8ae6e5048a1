"""Values of expressions at points, to 60 digits: they refute, and confirm identities that algebra cannot show.

Points are fixed fractions from a small linear congruential sequence, so a judgement is the same everywhere. Real
semantics come first (roots and logarithms of negatives have no value, odd roots do); complex principal values are
used where an expression has i or no real points. Sizes are checked before anything grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from mpmath import MPContext

from headway.core.coaching.algebra import rational
from headway.core.coaching.tree import (
    Add,
    Call,
    Const,
    Degree,
    Div,
    Expr,
    Group,
    Mixed,
    Mul,
    Neg,
    Num,
    Percent,
    Pow,
    Root,
    Sym,
    Words,
    children,
    names,
)  # fmt: skip
from headway.core.coaching.work import Work

MP = MPContext()
MP.dps = 60
_CLOSE = MP.mpf(10) ** -40
_FAR = MP.mpf(10) ** -30
_BIG = 10**5
_ONE, _TWO = Fraction(1), Fraction(2)
_NEEDED = 6
_TRIED = 24

Value: TypeAlias = Any
"""An mpf or mpc of mpmath, which has no types."""


class OffDomain(Exception):
    """The expression has no value at this point, or one too large to look at."""


def points(variables: tuple[str, ...], complex_values: bool = False) -> Iterator[dict[str, Value]]:
    """Yield points: near 0, near 1 to 4, of mixed sign, wider; never round numbers."""
    seed = 20_231
    ranges = ((0, 1), (1, 4), (-1, 1), (-4, 4), (0, 9), (-1, 0))
    for index in range(_TRIED):
        low, high = ranges[index % len(ranges)]
        point = {}
        for name in variables:
            parts = []
            for _ in range(2):
                seed = (seed * 1_103_515_245 + 12_345) % 2**31
                parts.append(MP.mpf(seed) / 2**31)
            real = low + (high - low) * parts[0]
            point[name] = MP.mpc(real, parts[1] - MP.mpf(1) / 2) if complex_values else real
        yield point


class Evaluator:
    """Computes values at one point after the other; ``real`` forbids complex values on the way."""

    def __init__(self, work: Work, real: bool) -> None:
        self.work = work
        self.real = real

    def at(self, expr: Expr, point: Mapping[str, Value]) -> Value:
        """Return the value at ``point``. Raises OffDomain, or TooHard when the work is used up."""
        self.work.spend(4)
        match expr:
            case Num(value):
                return MP.mpf(value.numerator) / value.denominator
            case Sym(name):
                return point[name]
            case Neg(arg):
                return -self.at(arg, point)
            case Add(terms):
                return sum((self.at(term, point) for term in terms), MP.mpf(0))
            case Mul(factors):
                product = MP.mpf(1)
                for factor in factors:
                    product = product * self.at(factor, point)
                return self.moderate(product)
            case Div(top, bottom):
                return self.over(self.at(top, point), self.at(bottom, point))
            case Pow(base, exponent):
                return self.power(self.at(base, point), exponent, point)
            case Root(radicand, degree):
                index: Expr = Div(Num(_ONE, "1"), degree if degree is not None else Num(_TWO, "2"))
                return self.power(self.at(radicand, point), index, point)
            case _:
                return self.special(expr, point)

    def special(self, expr: Expr, point: Mapping[str, Value]) -> Value:
        match expr:
            case Mixed(whole, top, bottom):
                return whole + self.over(MP.mpf(top), MP.mpf(bottom))
            case Const(name):
                if name == "pi":
                    return +MP.pi
                if name == "e":
                    return +MP.e
                if name == "i" and not self.real:
                    return MP.mpc(0, 1)
                raise OffDomain
            case Percent(arg):
                return self.at(arg, point) / 100
            case Degree(arg):
                return self.at(arg, point) * MP.pi / 180
            case Group("[", (item,), "]"):
                return self.at(item, point)
            case Words(text):
                return self.unknown("'" + text.casefold(), [])
            case Call(name, args):
                return self.call(name, [self.at(arg, point) for arg in args])
            case _:
                raise OffDomain

    def moderate(self, value: Value) -> Value:
        if abs(value) > MP.mpf(10) ** 2000:
            raise OffDomain
        return value

    def over(self, top: Value, bottom: Value) -> Value:
        if abs(bottom) < _CLOSE:
            raise OffDomain
        return self.moderate(top / bottom)

    def power(self, base: Value, exponent: Expr, point: Mapping[str, Value]) -> Value:
        exact = rational(exponent) if not names(exponent) else None
        raised = self.at(exponent, point)
        if abs(base) < _CLOSE:
            if MP.re(raised) > 0:
                return MP.mpf(0)
            raise OffDomain
        if abs(raised * MP.ln(abs(base))) > _BIG or abs(raised) > _BIG:
            raise OffDomain
        if self.real and base < 0:
            if exact is None or exact.denominator % 2 == 0:
                raise OffDomain
            size = MP.power(-base, raised)
            return -size if exact.numerator % 2 else size
        if exact is not None and exact.denominator == 1:
            return self.moderate(MP.power(base, int(exact)))
        return self.moderate(MP.power(base, raised))

    def call(self, name: str, args: list[Value]) -> Value:
        first = args[0] if args else MP.mpf(1)
        if name in _INTERPRETED and abs(first) > _BIG:
            raise OffDomain
        if name in ("ln", "log"):
            base = self.logarithm(args[1]) if len(args) > 1 else (MP.ln(10) if name == "log" else MP.mpf(1))
            return self.over(self.logarithm(first), base)
        if name == "abs":
            return abs(first)
        if name in ("factorial", "binomial"):
            return self.counting(name, args)
        if name.startswith("arc"):
            return self.inverse(name[3:], first)
        if name in _DIRECT:
            return self.moderate(getattr(MP, name)(first))
        if name in _RECIPROCAL:
            return self.over(MP.mpf(1), getattr(MP, _RECIPROCAL[name])(first))
        if name in ("floor", "ceil") and self.real:
            return getattr(MP, name)(first)
        return self.unknown(name, args)

    def logarithm(self, value: Value) -> Value:
        if abs(value) < _CLOSE or (self.real and value < 0):
            raise OffDomain
        return MP.ln(value)

    def counting(self, name: str, args: list[Value]) -> Value:
        if any(abs(arg) > 170 or MP.re(arg) <= -1 for arg in args):
            raise OffDomain
        if name == "factorial":
            return MP.gamma(args[0] + 1)
        if len(args) != 2 or MP.re(args[0] - args[1]) <= -1:
            raise OffDomain
        return self.over(MP.gamma(args[0] + 1), MP.gamma(args[1] + 1) * MP.gamma(args[0] - args[1] + 1))

    def inverse(self, name: str, value: Value) -> Value:
        if name in _RECIPROCAL:
            name, value = _RECIPROCAL[name], self.over(MP.mpf(1), value)
        if self.real and name in ("sin", "cos", "tanh") and abs(value) > 1:
            raise OffDomain
        if self.real and name == "cosh" and value < 1:
            raise OffDomain
        if name == "tanh" and abs(abs(value) - 1) < _CLOSE:
            raise OffDomain
        return getattr(MP, "a" + name)(value)

    def unknown(self, name: str, args: list[Value]) -> Value:
        """A function without a meaning of its own gets a fixed, arbitrary one."""
        seed = sum((index + 7) * ord(letter) for index, letter in enumerate(name)) % 9973
        inside = MP.mpf(seed) / 997
        for index, arg in enumerate(args):
            inside = inside + arg * (MP.mpf(13 * index + 17) / 11)
        if abs(inside) > _BIG:
            raise OffDomain
        return MP.sin(inside) + MP.mpf(seed) / 1009 + 2


_DIRECT = frozenset(("sin", "cos", "tan", "sinh", "cosh", "tanh"))
_RECIPROCAL = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
_INTERPRETED = _DIRECT | _RECIPROCAL.keys()


def close(a: Value, b: Value) -> bool | None:
    """Return whether two values agree; None in the grey zone between equal and clearly different."""
    if not (MP.isfinite(a) and MP.isfinite(b)):
        return bool(a == b)
    size = max(abs(a), abs(b), MP.mpf(1) / 10**6)
    gap = abs(a - b)
    if gap <= _CLOSE * size:
        return True
    return False if gap > _FAR * size else None


def agree(first: Expr, second: Expr, work: Work) -> bool | None:
    """Compare at many points: False refutes, True means equal at every one of at least six, None cannot say."""
    variables = tuple(sorted(names(first) | names(second)))
    imaginary = any(part == Const("i") for expr in (first, second) for part in constants(expr))
    for real in (True, False):
        if real and imaginary:
            continue
        outcomes = list(_outcomes(first, second, variables, real, work))
        if False in outcomes and (real or True not in outcomes):
            return False
        if len(outcomes) >= (_NEEDED if variables else 1):
            return True if set(outcomes) == {True} else None
    return None


def _outcomes(first: Expr, second: Expr, variables: tuple[str, ...], real: bool, work: Work) -> Iterator[bool | None]:
    evaluator = Evaluator(work, real)
    for point in points(variables, complex_values=not real):
        try:
            outcome = close(evaluator.at(first, point), evaluator.at(second, point))
        except OffDomain:
            if not variables:
                return
            continue
        yield outcome
        if (outcome is False and real) or not variables:
            return


def constants(expr: Expr) -> frozenset[Const]:
    if isinstance(expr, Const):
        return frozenset((expr,))
    found: frozenset[Const] = frozenset()
    for child in children(expr):
        found |= constants(child)
    return found


def points_may_stand(expr: Expr) -> bool:
    """Whether agreement at points may stand for ``expr``.

    Not for powers whose base and exponent share a variable, and not for logarithms of absolute values: both are
    right only with assumptions that a point cannot show.
    """
    match expr:
        case Pow(base, exponent) if names(base) & names(exponent):
            return False
        case Call("ln" | "log", args) if any(_has_abs(arg) for arg in args):
            return False
    return all(points_may_stand(child) for child in children(expr))


def _has_abs(expr: Expr) -> bool:
    return (isinstance(expr, Call) and expr.name == "abs") or any(_has_abs(child) for child in children(expr))
