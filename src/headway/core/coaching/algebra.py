"""The exact value of a tree: from what was written to a rational function over atoms.

Two expressions in variables and real roots of numbers are equal exactly when their difference has no terms left.
Functions, roots of sums and powers with variables are atoms of their own; what is known of them here are their exact
rules (parity, logarithms of products, tan as sin over cos). The rest is left to
:mod:`headway.core.coaching.numeric`.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from headway.core.coaching import polynomials as p
from headway.core.coaching.polynomials import ONE, Monomial, Number, Poly, Ratio
from headway.core.coaching.primes import factorize
from headway.core.coaching.ratios import UNIT, ZERO, Field
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
)  # fmt: skip
from headway.core.coaching.work import NoValue, TooHard, Work


class NotAlgebra(Exception):
    """The tree does not stand for one value."""


class Algebra(Field):
    """Turns trees into ratios and keeps the atoms of one judgement."""

    def __init__(self, work: Work | None = None, fold: bool = True) -> None:
        super().__init__(work or Work(), fold)

    def ratio(self, expr: Expr) -> Ratio:
        """Return the value of ``expr``. Raises NotAlgebra, NoValue (such as 1/0) or TooHard."""
        self.work.spend(1)
        match expr:
            case Num(value):
                return Ratio(p.constant(value), ONE)
            case Mixed(whole, top, bottom):
                if bottom == 0:
                    raise NoValue
                return Ratio(p.constant(whole + Fraction(top, bottom)), ONE)
            case Sym(name):
                return Ratio(p.atom(name), ONE)
            case Const(name):
                if name == "inf":
                    raise NotAlgebra
                return Ratio(p.atom("#" + name), ONE)
            case Neg(arg):
                inner = self.ratio(arg)
                return Ratio(p.scale(inner.top, -1), inner.bottom)
            case Add(terms):
                total = ZERO
                for term in terms:
                    total = self.plus(total, self.ratio(term))
                return total
            case Mul(factors):
                product = UNIT
                for factor in factors:
                    product = self.times(product, self.ratio(factor))
                return product
            case Div(top, bottom):
                return self.times(self.ratio(top), self.inverse(self.ratio(bottom)))
            case _:
                return self.special(expr)

    def special(self, expr: Expr) -> Ratio:
        match expr:
            case Pow(base, exponent):
                return self.power(self.ratio(base), self.ratio(exponent))
            case Root(radicand, None):
                return self.fractional_power(self.ratio(radicand), Fraction(1, 2))
            case Root(radicand, degree) if degree is not None:
                return self.power(self.ratio(radicand), self.inverse(self.ratio(degree)))
            case Percent(arg):
                return self.times(self.ratio(arg), Ratio(p.constant(Fraction(1, 100)), ONE))
            case Degree(arg):
                return self.times(self.ratio(arg), Ratio({(("#pi", 1),): Fraction(1, 180)}, ONE))
            case Group("[", (item,), "]"):
                return self.ratio(item)
            case Call(name, args):
                return self.call(name, [self.ratio(arg) for arg in args])
            case Words(text):
                return Ratio(p.atom(f"'{text.casefold()}'"), ONE)
            case _:
                raise NotAlgebra

    def power(self, base: Ratio, exponent: Ratio) -> Ratio:
        number = number_of(exponent)
        if isinstance(number, int):
            return self.whole_power(base, number)
        if number is not None:
            return self.fractional_power(base, number)
        if not base.top:
            raise NoValue
        if exponent.bottom != ONE:
            return Ratio(p.atom(f"^[{self.key(base)}|{self.key(exponent)}]"), ONE)
        result = UNIT
        for monomial, factor in exponent.top.items():
            result = self.times(result, self.variable_power(base, monomial, factor))
        return result

    def variable_power(self, base: Ratio, monomial: Monomial, factor: Number) -> Ratio:
        """Return ``base ** (factor * monomial)``: ``8^x`` is ``(2^x)^3``."""
        if not monomial:
            return self.power(base, Ratio(p.constant(factor), ONE))
        over = p.text_of({monomial: 1})
        if len(base.top) > 1 or base.bottom != ONE:
            return Ratio(p.atom(f"^[{self.key(base)}|{over}]", factor), ONE)
        ((inside, value),) = base.top.items()
        powers: dict[str, Number] = {}
        if value < 0:
            powers[f"^[-1|{over}]"] = factor
        for number, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
            for prime, times in factorize(number):
                powers[f"^[{prime}|{over}]"] = factor * times * sign
        for name, e in inside:
            powers[f"^[{name}|{over}]"] = factor * e
        settled: Monomial = tuple(sorted((name, p.plain(exponent)) for name, exponent in powers.items()))
        return Ratio({settled: 1}, ONE)

    def key(self, ratio: Ratio) -> str:
        """A text that is equal for ratios that are written alike after cancelling."""
        top, bottom = self.cancel(ratio)
        return p.text_of(top) if bottom == ONE else f"({p.text_of(top)})/({p.text_of(bottom)})"

    def cancel(self, ratio: Ratio) -> Ratio:
        """Divide out the content, shared monomials, and the whole denominator where it divides."""
        top, bottom = self.reduce(ratio.top), self.reduce(ratio.bottom)
        if bottom == ONE or not top:
            return Ratio(top, ONE)
        unit = p.content(bottom) * (-1 if p.leading(bottom) < 0 else 1)
        shared = {name: -e for name, e in p.common(bottom).items()}
        top, bottom = p.shift(p.scale(top, 1 / unit), shared), p.shift(p.scale(bottom, 1 / unit), shared)
        if bottom != ONE and (quotient := p.divide_exactly(top, bottom, self.work)) is not None:
            return Ratio(quotient, ONE)
        return Ratio(top, bottom)

    def call(self, name: str, args: list[Ratio]) -> Ratio:
        if len(args) == 1:
            (arg,) = args
            if name in ("ln", "log"):
                value = self.logarithm(arg)
                return self.times(value, self.inverse(self.logarithm(ratio_of(10)))) if name == "log" else value
            if name == "abs":
                return self.absolute(arg)
            if name in _QUOTIENTS:
                over, under = _QUOTIENTS[name]
                top = self.circular(over, arg) if over else UNIT
                return self.times(top, self.inverse(self.circular(under, arg)))
            if name in ("sin", "cos"):
                return self.circular(name, arg)
        if name == "log" and len(args) == 2:
            return self.times(self.logarithm(args[0]), self.inverse(self.logarithm(args[1])))
        whole = [n for n in map(number_of, args) if isinstance(n, int) and 0 <= n <= 200]
        if name in ("factorial", "binomial") and len(whole) == len(args):
            return ratio_of(factorial(whole[0]) if name == "factorial" else comb(whole[0], whole[-1]))
        return Ratio(p.atom(f"{name}({','.join(self.key(arg) for arg in args)})"), ONE)

    def circular(self, name: str, arg: Ratio) -> Ratio:
        top, bottom = self.cancel(arg)
        if not top:
            return ZERO if name == "sin" else UNIT
        negative = p.leading(top) < 0
        inside = self.key(Ratio(p.scale(top, -1) if negative else top, bottom))
        sign = -1 if negative and name == "sin" else 1
        return Ratio(p.scale(p.atom(f"{name}({inside})"), sign), ONE)

    def absolute(self, arg: Ratio) -> Ratio:
        return self.times(self.absolute_sum(arg.top), self.inverse(self.absolute_sum(arg.bottom)))

    def absolute_sum(self, poly: Poly) -> Ratio:
        if not poly:
            return ZERO
        unit = p.content(poly)
        if len(poly) > 1:
            sign = -1 if p.leading(poly) < 0 else 1
            return Ratio(p.scale(p.atom(self.absolute_atom(p.scale(poly, sign / unit))), unit), ONE)
        ((monomial, value),) = poly.items()
        result: Poly = {(): -value if value < 0 else value}
        for name, e in monomial:
            sure = name.startswith("abs(") or name in ("#pi", "#e") or (name[0] == "#" and name[1].isdigit())
            new = p.atom(name, e) if sure or e.numerator % 2 == 0 else p.atom(self.absolute_atom(p.atom(name)), e)
            result = p.multiply(result, new, self.work)
        return Ratio(self.reduce(result), ONE)

    def logarithm(self, arg: Ratio) -> Ratio:
        """The natural logarithm; that of a product is the sum, as school algebra has it for positive numbers."""
        top, bottom = self.cancel(arg)
        if not top:
            raise NoValue
        total = self.logarithm_of(top)
        return p_minus(self, total, self.logarithm_of(bottom)) if bottom != ONE else total

    def logarithm_of(self, poly: Poly) -> Ratio:
        total = ZERO
        unit = p.content(poly)
        for number, sign in ((unit.numerator, 1), (unit.denominator, -1)):
            for prime, times in factorize(number):
                total = self.plus(total, Ratio(p.scale(p.atom(f"#ln({prime})"), times * sign), ONE))
        rest = p.scale(poly, 1 / unit)
        if len(rest) > 1:
            return self.plus(total, Ratio(p.atom(f"ln({p.text_of(rest)})"), ONE))
        ((monomial, value),) = rest.items()
        if value < 0:
            return self.plus(total, Ratio(p.atom(f"ln({p.text_of(rest)})"), ONE))
        for name, e in monomial:
            total = self.plus(total, self.logarithm_of_atom(name, e))
        return total

    def logarithm_of_atom(self, name: str, exponent: Number) -> Ratio:
        if name == "#e":
            return ratio_of(exponent)
        if name[0] == "#" and name[1:].isdigit():
            return Ratio(p.scale(p.atom(f"#ln({name[1:]})"), exponent), ONE)
        return Ratio(p.scale(p.atom(f"ln({name})"), exponent), ONE)

    def equal(self, first: Expr, second: Expr) -> bool:
        """Whether both are the same value, exactly. False may only mean "not shown"."""
        a, b = self.ratio(first), self.ratio(second)
        return self.is_zero(self.plus(a, b, -1).top)


def p_minus(field: Field, a: Ratio, b: Ratio) -> Ratio:
    return field.plus(a, b, -1)


def ratio_of(value: Number) -> Ratio:
    return Ratio(p.constant(value), ONE)


def number_of(ratio: Ratio) -> Number | None:
    """Return the rational number that ``ratio`` is, as an int where it is whole, or None."""
    if not ratio.top:
        return 0
    if ratio.top.keys() == {()} and ratio.bottom.keys() == {()}:
        return p.plain(Fraction(ratio.top[()]) / ratio.bottom[()])
    return None


def rational(expr: Expr) -> Fraction | None:
    """Return the exact rational value of ``expr`` if it has one: the fast path for numbers."""
    match expr:
        case Num(value):
            return value
        case Neg(arg):
            inner = rational(arg)
            return None if inner is None else -inner
        case Mixed(whole, top, bottom) if bottom:
            return whole + Fraction(top, bottom)
        case Percent(arg):
            inner = rational(arg)
            return None if inner is None else inner / 100
        case Div(Num(top_value), Num(bottom_value)) if bottom_value:
            return top_value / bottom_value
    try:
        number = number_of(Algebra().ratio(expr))
    except (NotAlgebra, NoValue, TooHard):
        return None
    return None if number is None else Fraction(number)


_QUOTIENTS = {"tan": ("sin", "cos"), "cot": ("cos", "sin"), "sec": ("", "cos"), "csc": ("", "sin")}
