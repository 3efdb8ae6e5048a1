"""Clean writing of numbers and algebra, twice: LaTeX for the reader and plain typing for keys.

A sum is a tuple of ``(coefficient, monomial)`` pairs in the order in which it is written; a monomial is plain typing
(``""`` for a constant, ``"x"``, ``"x^2*y"``). Nothing here ever writes ``1x``, ``+ -3``, ``x^1`` or ``0x``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

import numpy as np

from headway.core.curriculum.generators.numbers import Number, pick, shuffled
from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import Text, math, verbatim

Terms = tuple[tuple[Number, str], ...]


def nonzero(rng: np.random.Generator, low: int, high: int, *, but: Iterable[int] = ()) -> int:
    """An integer from ``low`` to ``high`` that is neither zero nor one of ``but``."""
    banned = {0, *but}
    return pick(rng, [n for n in range(low, high + 1) if n not in banned])


def tex(value: Number) -> str:
    r"""LaTeX of an integer or a fraction: ``-\frac{3}{4}``."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def ratio_tex(top: int, bottom: int) -> str:
    r"""A fraction as given, not reduced: ``\frac{6}{8}``; a minus sign stands in front."""
    sign = "-" if (top < 0) != (bottom < 0) else ""
    return rf"{sign}\frac{{{abs(top)}}}{{{abs(bottom)}}}"


def paren(value: Number) -> str:
    """LaTeX of a number that may follow an operator: negative ones get parentheses."""
    if value >= 0:
        return tex(value)
    return f"({tex(value)})" if value.denominator == 1 else rf"\left({tex(value)}\right)"


def signed(value: Number) -> str:
    """LaTeX of ``+ 3`` or ``- 3``, to go on with a sum."""
    return f"- {tex(-value)}" if value < 0 else f"+ {tex(value)}"


@cache
def _monomial_tex(monomial: str) -> str:
    return re.sub(r"\^(\d\d+)", r"^{\1}", monomial).replace("*", "")


def _join(terms: Terms, *, latex: bool) -> str:
    out: list[str] = []
    for coefficient, monomial in terms:
        if coefficient == 0:
            continue
        size = -coefficient if coefficient < 0 else coefficient
        if not monomial:
            body = tex(size) if latex else str(size)
        elif size == 1:
            body = _monomial_tex(monomial) if latex else monomial
        elif latex:
            body = tex(size) + _monomial_tex(monomial)
        else:
            body = (str(size) if size.denominator == 1 else f"({size})*") + monomial
        minus = coefficient < 0
        if not out:
            out.append(f"-{body}" if minus else body)
        elif latex:
            out.append(f" - {body}" if minus else f" + {body}")
        else:
            out.append(f"-{body}" if minus else f"+{body}")
    return "".join(out) or "0"


def show(*terms: tuple[Number, str]) -> str:
    """LaTeX of a sum: ``show((3, "x"), (-4, ""))`` is ``3x - 4``; terms with coefficient 0 vanish."""
    return _join(terms, latex=True)


def plain(*terms: tuple[Number, str]) -> str:
    """Plain typing of a sum, for keys: ``3x-4``."""
    return _join(terms, latex=False)


def poly(*coefficients: Number, var: str = "x") -> Terms:
    """A polynomial from its coefficients, highest power first: ``poly(1, 0, -4)`` is ``x^2 - 4``."""
    top = len(coefficients) - 1
    powers = ["" if n == top else var if n == top - 1 else f"{var}^{top - n}" for n in range(top + 1)]
    return tuple((c, p) for c, p in zip(coefficients, powers, strict=True) if c != 0)


def linear(slope: Number, constant: Number, var: str = "x") -> Terms:
    """``slope * var + constant``."""
    return ((slope, var), (constant, ""))


def combined(terms: Iterable[tuple[Number, str]]) -> Terms:
    """Like terms added up, in the order of first appearance, without zeros."""
    total: dict[str, Number] = {}
    for coefficient, monomial in terms:
        total[monomial] = total.get(monomial, 0) + coefficient
    return tuple((c, m) for m, c in total.items() if c != 0)


def power(base: str, exponent: int) -> str:
    """LaTeX of a power: ``x`` for exponent 1, ``x^{12}`` for long ones."""
    if exponent == 1:
        return base
    return f"{base}^{exponent}" if 0 <= exponent <= 9 else f"{base}^{{{exponent}}}"


def typed_power(base: str, exponent: int) -> str:
    """Plain typing of a power: ``x``, ``x^5``, ``x^(-3)``."""
    if exponent == 1:
        return base
    return f"{base}^{exponent}" if exponent >= 0 else f"{base}^({exponent})"


def typed(value: Number | str) -> str:
    """Plain typing of a number; a string is typed already."""
    return value if isinstance(value, str) else str(value)


def solution(value: Number, variable: str = "x") -> AnswerSpec:
    """The key of an equation in one variable; the learner may write ``5`` or ``x = 5``."""
    return AnswerSpec("number", (str(value),), variables=(variable,))


def expression(*keys: str, variables: str = "x", form: str = "") -> AnswerSpec:
    """The key of an algebraic answer; every letter of ``variables`` is a variable."""
    return AnswerSpec("expression", keys, form=form, variables=tuple(variables))


def slips(key: Number | str, *found: tuple[Number | str, str]) -> tuple[WrongAnswer, ...]:
    """Wrong answers as ``(value, misconception)``, without those equal to the key or to an earlier one.

    Numbers are compared as numbers (``24.5`` is ``49/2``); write two sums with the same order of terms so that equal
    ones look equal.
    """
    seen = {_comparable(key)}
    out: list[WrongAnswer] = []
    for value, misconception in found:
        plainly = _comparable(value)
        if plainly not in seen:
            seen.add(plainly)
            out.append(WrongAnswer(typed(value), misconception))
    return tuple(out)


def _comparable(value: Number | str) -> Number | str:
    if not isinstance(value, str):
        return value
    try:
        return Fraction(value)
    except ValueError:
        return value


def work(*lines: str) -> tuple[Text, ...]:
    """Worked lines that need no words: LaTeX, one a line."""
    return tuple(verbatim(math(line)) for line in lines)


def point(x: int, y: int) -> str:
    """Plain typing of a point: ``(2, 3)``."""
    return f"({x}, {y})"


def solution_pair(x: int, y: int) -> AnswerSpec:
    """The key of a system in x and y: a point, or the two values in either order."""
    return AnswerSpec("coordinate", (point(x, y), f"x={x}, y={y}", f"y={y}, x={x}"), variables=("x", "y"))


def options(
    rng: np.random.Generator, right: Text | str, *wrong: tuple[Text | str, str]
) -> tuple[AnswerSpec, tuple[WrongAnswer, ...]]:
    """A multiple choice in random order from the right choice and (wrong choice, misconception) pairs.

    Choices that look alike are given once; strings are LaTeX.
    """
    seen: dict[str, tuple[Text, str]] = {}
    for label, misconception in ((right, ""), *wrong):
        text = label if isinstance(label, Text) else verbatim(math(label))
        seen.setdefault(str(text), (text, misconception))
    mixed = shuffled(rng, tuple(seen.values()))
    place = next(n for n, (_, misconception) in enumerate(mixed) if not misconception)
    spec = AnswerSpec("choice", (str(place),), choices=tuple(text for text, _ in mixed))
    return spec, tuple(WrongAnswer(str(n), slip) for n, (_, slip) in enumerate(mixed) if slip)


def typed_set(values: Iterable[Number]) -> str:
    """Plain typing of a set: ``{1, 2}``."""
    return "{" + ", ".join(str(v) for v in values) + "}"
