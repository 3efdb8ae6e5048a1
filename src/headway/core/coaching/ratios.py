"""Rational functions over atoms: arithmetic, powers, roots, and the exact test for zero."""

from __future__ import annotations

from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.polynomials import ONE, Number, Poly, Ratio
from headway.core.coaching.primes import factorize
from headway.core.coaching.work import NoValue, TooHard, Work

UNIT = Ratio(ONE, ONE)
ZERO = Ratio({}, ONE)
MAX_POWER = 40
"""Longer sums are not multiplied out beyond this power; they stay one atom."""


class Field:
    """The atoms met in one judgement and what their powers stand for.

    ``squares`` maps an atom such as ``√(x+3)`` (with exponent e, base u) to u, so that its whole powers can be
    multiplied out. ``fold`` False leaves roots and long powers as they were written.
    """

    def __init__(self, work: Work, fold: bool = True) -> None:
        self.work = work
        self.fold = fold
        self.bases: dict[str, Poly] = {}

    def plus(self, a: Ratio, b: Ratio, scale: Number = 1) -> Ratio:
        if a.bottom == b.bottom:
            return Ratio(p.add(a.top, b.top, scale), a.bottom)
        top = p.add(p.multiply(a.top, b.bottom, self.work), p.multiply(b.top, a.bottom, self.work), scale)
        return Ratio(top, p.multiply(a.bottom, b.bottom, self.work))

    def times(self, a: Ratio, b: Ratio) -> Ratio:
        return Ratio(p.multiply(a.top, b.top, self.work), p.multiply(a.bottom, b.bottom, self.work))

    def inverse(self, a: Ratio) -> Ratio:
        if self.is_zero(a.top):
            raise NoValue
        if len(a.top) == 1:
            ((monomial, value),) = a.top.items()
            factor, turned = p.settle({name: -e for name, e in monomial})
            return Ratio(p.multiply(a.bottom, {turned: p.plain(Fraction(1) / value * factor)}, self.work), ONE)
        return Ratio(a.bottom, a.top)

    def whole_power(self, base: Ratio, exponent: int) -> Ratio:
        if exponent < 0:
            return self.whole_power(self.inverse(base), -exponent)
        if exponent > MAX_POWER and (len(base.top) > 1 or len(base.bottom) > 1):
            return self.times(self.long_power(base.top, exponent), self.inverse(self.long_power(base.bottom, exponent)))
        return Ratio(p.power(base.top, exponent, self.work), p.power(base.bottom, exponent, self.work))

    def long_power(self, base: Poly, exponent: int) -> Ratio:
        """A sum to a large power is one atom: ``(x-a)^6000`` is never multiplied out."""
        if len(base) <= 1:
            return Ratio(p.power(base, exponent, self.work), ONE)
        if exponent > 1_000_000:
            raise TooHard
        unit = p.leading(base) if self.fold else 1
        core = p.scale(base, Fraction(1) / unit)
        return Ratio(p.scale(p.atom(f"^({p.text_of(core)})", exponent), p.small(Fraction(unit) ** exponent)), ONE)

    def fractional_power(self, base: Ratio, exponent: Fraction) -> Ratio:
        """Return ``base ** exponent`` for real roots: odd roots of negatives are real, square roots give i."""
        if not base.top:
            if exponent < 0:
                raise NoValue
            return ZERO
        top, bottom = self.root_of(base.top, exponent), self.root_of(base.bottom, exponent)
        return self.times(top, self.inverse(bottom)) if bottom != UNIT else top

    def root_of(self, poly: Poly, exponent: Fraction) -> Ratio:
        if poly == ONE:
            return UNIT
        if not self.fold:
            return Ratio(p.atom(f"√({p.text_of(poly)})^{exponent}"), ONE)
        unit: Number = p.content(poly)
        if exponent.denominator % 2 and p.leading(poly) < 0:
            unit = -unit
        inside, shared = p.scale(poly, Fraction(1) / unit), p.common(poly)
        if shared and len(poly) > 1:
            inside = p.shift(inside, {name: -e for name, e in shared.items()})
        result = self.times(self.root_of_number(unit, exponent), self.root_of_atoms(shared, exponent))
        if len(inside) == 1:
            ((monomial, value),) = inside.items()
            rest = {name: e for name, e in monomial if name not in shared}
            result = self.times(result, self.root_of_atoms(rest, exponent))
            if value != 1:
                result = self.times(result, self.root_of_number(value, exponent))
            return result
        return self.times(result, self.opaque_root(inside, exponent))

    def opaque_root(self, inside: Poly, exponent: Fraction) -> Ratio:
        name = f"√({p.text_of(inside)})"
        self.bases[name] = inside
        return Ratio(self.reduce(p.atom(name, exponent)), ONE)

    def root_of_number(self, value: Number, exponent: Fraction) -> Ratio:
        if value == 1:
            return UNIT
        result = ONE
        if value < 0:
            if exponent.denominator == 2:
                result = p.power(p.atom("#i"), exponent.numerator % 4, self.work)
            elif exponent.denominator % 2:
                result = p.constant(-1 if exponent.numerator % 2 else 1)
            else:
                result = p.atom("#root(-1)", exponent)
        powers: dict[str, Number] = {}
        for number, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
            for prime, e in factorize(number):
                powers[f"#{prime}"] = p.plain(e * exponent * sign)
        factor, monomial = p.settle(powers)
        return Ratio(p.multiply(result, {monomial: factor}, self.work), ONE)

    def root_of_atoms(self, powers: dict[str, Number], exponent: Fraction) -> Ratio:
        """Roots of a product of atoms; ``sqrt(x^2)`` is the absolute value of x."""
        found: dict[str, Number] = {}
        for name, e in powers.items():
            new = e * exponent
            if name == "#i":
                name, new = f"#root(i^{e})", exponent
            elif e.numerator % 2 == 0 and new.numerator % 2 == 1 and not name.startswith(("#", "abs(", "√(")):
                name = self.absolute_atom(p.atom(name))
            found[name] = p.plain(found.get(name, 0) + new)
        factor, monomial = p.settle(found)
        return Ratio({monomial: factor}, ONE)

    def absolute_atom(self, inside: Poly) -> str:
        name = f"abs({p.text_of(inside)})"
        self.bases[name] = p.multiply(inside, inside, self.work)
        return name

    def reduce(self, poly: Poly) -> Poly:
        """Multiply out whole powers of roots, even powers of absolute values and squares of sines."""
        for _ in range(12):
            work = next(
                ((m, n, e) for m in poly for n, e in m if self.reducible(n, e)),
                None,
            )
            if work is None:
                return poly
            monomial, name, exponent = work
            value = poly[monomial]
            rest: Poly = {tuple(pair for pair in monomial if pair[0] != name): value}
            poly = p.add(poly, {monomial: value}, -1)
            poly = p.add(poly, p.multiply(rest, self.expanded(name, exponent), self.work))
        return poly

    def reducible(self, name: str, exponent: Number) -> bool:
        if name.startswith("√(") and name in self.bases:
            return exponent >= 1
        return exponent >= 2 and name.startswith(("abs(", "sin("))

    def expanded(self, name: str, exponent: Number) -> Poly:
        if name.startswith("sin("):
            return p.add(p.atom(name, exponent - 2), p.multiply(p.atom(name, exponent - 2) if exponent > 2 else ONE,
                         p.atom("cos(" + name[4:], 2), self.work), -1) if exponent > 2 else p.add(
                         ONE, p.atom("cos(" + name[4:], 2), -1)  # fmt: skip
        step = 2 if name.startswith("abs(") else 1
        times = int(exponent // step)
        left = p.plain(exponent - times * step)
        whole = p.power(self.bases[name], times, self.work)
        return p.multiply(whole, p.atom(name, left), self.work) if left else whole

    def is_zero(self, poly: Poly) -> bool:
        """Exact: True only when ``poly`` is zero. False may be wrong where opaque atoms are related."""
        if not poly:
            return True
        lows: dict[str, Number] = {}
        for monomial in poly:
            for name, e in monomial:
                if e < 0 and name in self.bases:
                    lows[name] = min(lows.get(name, 0), e)
        if lows:
            poly = p.shift(poly, {name: -e for name, e in lows.items()})
        return not self.reduce(poly)
