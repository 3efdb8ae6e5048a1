"""Exact real roots of polynomials in one unknown: rational ones by trial, then what a quadratic leaves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra
from headway.core.coaching.numeric import MP, Value
from headway.core.coaching.polynomials import ONE, Poly, Ratio
from headway.core.coaching.ratios import ZERO


class NotASet(Exception):
    """The tree is not a set of real numbers, or not one that can be found exactly."""


@dataclass(frozen=True)
class End:
    """An end of an interval: its value to 60 digits, and exactly."""

    value: Value
    exact: Ratio | None = None


def real_roots(poly: Poly, algebra: Algebra) -> list[End]:
    """Return the real roots of a polynomial in one unknown, exactly: rational ones, then a quadratic."""
    parts = {(m[0][1] if m else 0): Ratio(c, ONE) for m, c in p.by_variables(poly).items()}
    if not all(isinstance(degree, int) and 0 <= degree <= 12 for degree in parts):
        raise NotASet
    degree = max(parts)
    coefficients = [parts.get(d, ZERO) for d in range(int(degree) + 1)]
    found: list[Ratio] = []
    if len(coefficients) > 3 or (len(coefficients) == 3 and all(_is_rational(c) for c in coefficients)):
        rational_roots, rest = _rational_roots([_number(c) for c in coefficients], algebra)
        found = [Ratio(p.constant(root), ONE) for root in rational_roots]
        coefficients = [Ratio(p.constant(c), ONE) for c in rest]
    found += _small_roots(coefficients, algebra)
    return [End(MP.re(value_at(r.top, MP.mpf(0)) / value_at(r.bottom, MP.mpf(0))), r) for r in found]


def _small_roots(coefficients: list[Ratio], algebra: Algebra) -> list[Ratio]:
    if len(coefficients) <= 1:
        return []
    if len(coefficients) == 2:
        return [algebra.times(_negative(coefficients[0]), algebra.inverse(coefficients[1]))]
    if len(coefficients) > 3:
        raise NotASet
    c, b, a = coefficients
    inside = algebra.plus(algebra.times(b, b), algebra.times(a, c), -4)
    size = value_at(inside.top, MP.mpf(0)) / value_at(inside.bottom, MP.mpf(0))
    if size < 0:
        return []
    root = algebra.fractional_power(inside, Fraction(1, 2))
    half = algebra.inverse(Ratio(p.scale(a.top, 2), a.bottom))
    signs = (1, -1) if root.top else (1,)
    return [algebra.times(algebra.plus(_negative(b), root, sign), half) for sign in signs]


def _negative(ratio: Ratio) -> Ratio:
    return Ratio(p.scale(ratio.top, -1), ratio.bottom)


def _is_rational(ratio: Ratio) -> bool:
    return not ratio.top or ratio.top.keys() == {()}


def _number(ratio: Ratio) -> Fraction:
    if not _is_rational(ratio):
        raise NotASet
    return Fraction(ratio.top.get((), 0))


def _rational_roots(coefficients: list[Fraction], algebra: Algebra) -> tuple[list[Fraction], list[Fraction]]:
    """Return the rational roots (each once) and the coefficients that remain after dividing them out."""
    roots: list[Fraction] = []
    for candidate in _candidates(coefficients, algebra):
        while len(coefficients) > 1:
            algebra.work.spend(len(coefficients))
            quotient, remainder = _synthetic(coefficients, candidate)
            if remainder:
                break
            coefficients = quotient
            if candidate not in roots:
                roots.append(candidate)
    return roots, coefficients


def _candidates(coefficients: list[Fraction], algebra: Algebra) -> list[Fraction]:
    common = p.content({((("x", d),) if d else ()): c for d, c in enumerate(coefficients) if c})
    whole = [int(c / common) for c in coefficients]
    lowest = next(abs(c) for c in whole if c)
    tops = [d for d in range(1, min(lowest, 2_000) + 1) if lowest % d == 0]
    bottoms = [d for d in range(1, min(abs(whole[-1]), 2_000) + 1) if whole[-1] % d == 0]
    algebra.work.spend(2_000 + len(tops) * len(bottoms))
    found = {Fraction(t, b) * s for t in tops for b in bottoms for s in (1, -1)} | {Fraction(0)}
    return sorted(found)


def _synthetic(coefficients: list[Fraction], root: Fraction) -> tuple[list[Fraction], Fraction]:
    quotient: list[Fraction] = []
    carry = Fraction(0)
    for coefficient in reversed(coefficients):
        carry = carry * root + coefficient
        quotient.append(carry)
    remainder = quotient.pop()
    return quotient[::-1], remainder


def value_at(poly: Poly, value: Value) -> Value:
    """Return the value of a polynomial in one unknown and constant atoms."""
    total = MP.mpf(0)
    for monomial, coefficient in poly.items():
        term = MP.mpf(coefficient.numerator) / coefficient.denominator
        for name, exponent in monomial:
            if not p.is_constant(name):
                base = value
            elif name in ("#pi", "#e"):
                base = +MP.pi if name == "#pi" else +MP.e
            elif name[1:].isdigit():
                base = MP.mpf(int(name[1:]))
            else:
                raise NotASet
            term = term * MP.power(base, MP.mpf(exponent.numerator) / exponent.denominator)
        total = total + term
    return total
