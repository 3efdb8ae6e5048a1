"""Polynomials in many atoms with exact coefficients, as dictionaries from monomials to numbers.

An atom is a string: a variable (``x``), a constant (``#pi``, ``#i``), a prime under a root (``#2`` with exponent 1/2),
or anything opaque (``sin(...)``). Exponents are integers or fractions. Products of different fractional powers of
primes are linearly independent over the rationals (Besicovitch 1940), also with i, so an expression in variables,
i and real roots of numbers is zero exactly when its dictionary is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from headway.core.coaching.work import MAX_BITS, TooHard, Work

Number: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[tuple[str, Number], ...]
Poly: TypeAlias = dict[Monomial, Number]

ONE: Poly = {(): 1}


class Ratio(NamedTuple):
    """``top / bottom``; ``bottom`` is never empty."""

    top: Poly
    bottom: Poly


def plain(value: Number) -> Number:
    """Return an int where ``value`` is one: integer arithmetic is several times faster."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def constant(value: Number) -> Poly:
    return {(): plain(value)} if value else {}


def atom(name: str, exponent: Number = 1) -> Poly:
    return {((name, plain(exponent)),): 1}


def small(value: Number) -> Number:
    """Return ``value``; raises :class:`TooHard` when it is too long to work with."""
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise TooHard
    elif value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise TooHard
    return value


def multiply_monomials(first: Monomial, second: Monomial) -> tuple[Number, Monomial]:
    """Return the product as a number and a monomial: whole powers of primes and ``i*i`` become numbers."""
    if not first or not second:
        return 1, first or second
    powers = dict(first)
    for name, exponent in second:
        powers[name] = plain(powers.get(name, 0) + exponent)
    return settle(powers)


def settle(powers: dict[str, Number]) -> tuple[Number, Monomial]:
    """Move whole powers of primes and of i out of ``powers`` into a number."""
    factor: Number = 1
    for name, exponent in list(powers.items()):
        if name[0] != "#":
            continue
        if name == "#i":
            if not isinstance(exponent, int):
                continue
            factor *= -1 if exponent % 4 in (2, 3) else 1
            powers[name] = exponent % 2
        elif name[1].isdigit():
            whole = exponent.numerator // exponent.denominator
            if whole:
                if abs(whole) * int(name[1:]).bit_length() > MAX_BITS:
                    raise TooHard
                factor *= Fraction(int(name[1:])) ** whole
                powers[name] = plain(exponent - whole)
    return plain(factor), tuple(sorted((n, e) for n, e in powers.items() if e))


def add(first: Poly, second: Poly, scale: Number = 1) -> Poly:
    """Return ``first + scale * second``."""
    total = dict(first)
    for monomial, coefficient in second.items():
        value = total.get(monomial, 0) + scale * coefficient
        if value:
            total[monomial] = plain(value)
        else:
            total.pop(monomial, None)
    return total


def multiply(first: Poly, second: Poly, work: Work) -> Poly:
    if first == ONE or second == ONE:
        return second if first == ONE else first
    longest = sum(max(map(len, poly), default=0) for poly in (first, second))
    work.spend(len(first) * len(second) * (4 + longest) // 4 + 1)
    total: Poly = {}
    for left, a in first.items():
        for right, b in second.items():
            factor, monomial = multiply_monomials(left, right)
            value = total.get(monomial, 0) + a * b * factor
            if value:
                total[monomial] = plain(value)
            else:
                total.pop(monomial, None)
    if total:
        small(next(iter(total.values())))
    return total


def power(base: Poly, exponent: int, work: Work) -> Poly:
    """Return ``base ** exponent`` for an exponent of at least 0."""
    if len(base) == 1:
        ((monomial, coefficient),) = base.items()
        bits = coefficient.numerator.bit_length() + coefficient.denominator.bit_length()
        if coefficient not in (1, -1) and bits * exponent > 2 * MAX_BITS:
            raise TooHard
        factor, settled = settle({name: plain(e * exponent) for name, e in monomial})
        return {settled: plain(small(coefficient**exponent * factor))}
    result, square = ONE, base
    while exponent:
        if exponent & 1:
            result = multiply(result, square, work)
        exponent >>= 1
        if exponent:
            square = multiply(square, square, work)
    return result


def content(poly: Poly) -> Fraction:
    """Return the positive rational c such that ``poly / c`` has integer coefficients without a common factor."""
    top, bottom = 0, 1
    for value in poly.values():
        top = gcd(top, value.numerator)
        bottom = lcm(bottom, value.denominator)
    return Fraction(top or 1, bottom)


def leading(poly: Poly) -> Number:
    """Return the coefficient that decides the sign of a non-empty polynomial."""
    return poly[max(poly)]


def scale(poly: Poly, factor: Number) -> Poly:
    return {monomial: plain(value * factor) for monomial, value in poly.items()}


def shift(poly: Poly, factors: Mapping[str, Number]) -> Poly:
    """Multiply by one monomial."""
    step: Monomial = tuple(sorted((name, plain(e)) for name, e in factors.items() if e))
    total: Poly = {}
    for monomial, value in poly.items():
        factor, moved = multiply_monomials(monomial, step)
        total = add(total, {moved: plain(value * factor)})
    return total


def common(poly: Poly) -> dict[str, Number]:
    """Return the greatest monomial (least exponents) that divides every term; negative exponents count."""
    terms = [dict(monomial) for monomial in poly]
    every = {name for term in terms for name in term}
    least = {name: min(term.get(name, 0) for term in terms) for name in every}
    return {name: e for name, e in least.items() if e and not name.startswith("#")}


def _constants_last(name: str) -> tuple[bool, str]:
    return name[0] == "#", name


def divide_exactly(top: Poly, bottom: Poly, work: Work) -> Poly | None:
    """Return ``top / bottom`` when the division leaves no remainder, else None."""
    quotient: Poly = {}
    letters = sorted({name for monomial in (*top, *bottom) for name, _ in monomial}, key=_constants_last)

    def order(monomial: Monomial) -> tuple[Number, ...]:
        powers = dict(monomial)
        return tuple(powers.get(name, 0) for name in letters)

    lead = max(bottom, key=order)
    head = bottom[lead]
    inverse = {name: -e for name, e in lead}
    rest = dict(top)
    for _ in range(60):
        if not rest:
            return quotient
        work.spend(len(bottom) + len(rest))
        at = max(rest, key=order)
        powers = dict(at)
        for name, e in inverse.items():
            powers[name] = plain(powers.get(name, 0) + e)
            if powers[name] < 0:
                return None
        factor, monomial = settle(powers)
        part: Poly = {monomial: plain(Fraction(rest[at]) / head * factor)}
        quotient = add(quotient, part)
        rest = add(rest, multiply(part, bottom, work), -1)
        if rest and max(map(order, rest)) >= order(at):
            return None
    return None


def text_of(poly: Poly) -> str:
    """Return a canonical text: equal polynomials, and only they, have equal texts."""
    return "+".join(f"{value}" + "".join(f"*{n}^{e}" for n, e in monomial) for monomial, value in sorted(poly.items()))


def decided(poly: Poly) -> bool:
    """Whether the atoms are independent, so that terms left over prove that ``poly`` is not zero.

    True for variables, i, roots of primes and pi (or e, but not both: nobody knows whether they are related).
    """
    found = {name for monomial in poly for name, _ in monomial}
    if {"#pi", "#e"} <= found:
        return False
    return all(
        name in ("#i", "#pi", "#e") or (_is_letter(name[0]) and "(" not in name) or name[1:].isdigit() for name in found
    )


def _is_letter(char: str) -> bool:
    return char.isalpha() or char == "□"


def is_constant(name: str) -> bool:
    return name[0] == "#"


def by_variables(poly: Poly) -> dict[Monomial, Poly]:
    """Sort the terms by their variable part: ``{x^2: 2*pi, (): 1}``."""
    found: dict[Monomial, Poly] = {}
    for monomial, value in poly.items():
        letters = tuple(pair for pair in monomial if not is_constant(pair[0]))
        fixed = tuple(pair for pair in monomial if is_constant(pair[0]))
        found.setdefault(letters, {})[fixed] = value
    return found
