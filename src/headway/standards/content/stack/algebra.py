"""The little algebra that STACK questions need to state themselves: simplify, expand, differentiate."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import cast

from headway.standards.content.stack.maxima import MINUS, ONE, ZERO, Node, NotMaxima, number, parse
from headway.standards.content.stack.shown import written

HALF = Fraction(1, 2)
MOST_TERMS = 200


def simplify(node: Node) -> Node:
    """Numbers folded, like terms and like powers collected; nothing multiplied out."""
    kind = node[0]
    if kind in ("num", "sym", "str"):
        return node
    if kind == "rel":
        return ("rel", node[1], simplify(node[2]), simplify(node[3]))
    if kind == "f":
        return _called(str(node[1]), [simplify(each) for each in node[2:]])
    parts = [simplify(each) for each in node[1:]]
    if kind == "+":
        return total(parts)
    if kind == "*":
        return product(parts)
    if kind == "^":
        return power(parts[0], parts[1])
    return (kind, *parts)


def _called(name: str, parts: list[Node]) -> Node:
    if name == "sqrt" and len(parts) == 1:
        return power(parts[0], number(HALF))
    known = {
        ("exp", ZERO): ONE,
        ("log", ONE): ZERO,
        ("ln", ONE): ZERO,
        ("sin", ZERO): ZERO,
        ("cos", ZERO): ONE,
        ("tan", ZERO): ZERO,
    }
    if len(parts) == 1 and (name, parts[0]) in known:
        return known[name, parts[0]]
    if name == "abs" and parts[0][0] == "num":
        return number(abs(parts[0][1]))
    return ("f", "log" if name == "ln" else name, *parts)


def split(term: Node) -> tuple[Fraction, Node]:
    """A term as its number and the rest."""
    if term[0] == "num":
        return term[1], ONE
    if term[0] == "*" and term[1][0] == "num":
        return term[1][1], term[2] if len(term) == 3 else ("*", *term[2:])
    return Fraction(1), term


def degree(node: Node) -> Fraction:
    """The total degree, for the order of terms."""
    if node[0] == "sym":
        return Fraction(1)
    if node[0] == "*":
        return sum((degree(each) for each in node[1:]), Fraction(0))
    if node[0] == "^" and node[2][0] == "num":
        return degree(node[1]) * cast(Fraction, node[2][1])
    return max((degree(each) for each in node[1:]), default=Fraction(0)) if node[0] == "+" else Fraction(0)


def total(parts: list[Node]) -> Node:
    found: dict[Node, Fraction] = {}
    for part in parts:
        for term in part[1:] if part[0] == "+" else (part,):
            value, rest = split(term)
            found[rest] = found.get(rest, Fraction(0)) + value
    terms = [product([number(value), rest]) for rest, value in found.items() if value]
    if len(terms) > MOST_TERMS:
        raise NotMaxima("a sum of very many terms")
    terms.sort(key=lambda term: (-degree(term), written(split(term)[1])))
    return ZERO if not terms else terms[0] if len(terms) == 1 else ("+", *terms)


def product(parts: list[Node]) -> Node:
    value = Fraction(1)
    powers: dict[Node, Node] = {}
    for part in parts:
        for factor in part[1:] if part[0] == "*" else (part,):
            if factor[0] == "num":
                value *= factor[1]
                continue
            base, exponent = (factor[1], factor[2]) if factor[0] == "^" else (factor, ONE)
            powers[base] = total([powers[base], exponent]) if base in powers else exponent
    if not value:
        return ZERO
    factors = [made for base, exponent in powers.items() if (made := power(base, exponent)) != ONE]
    if any(each[0] in ("num", "*") for each in factors):
        return product([number(value), *factors])
    factors.sort(key=lambda each: (each[0] == "f", each[0] == "+", written(each)))
    if value != 1 or not factors:
        factors.insert(0, number(value))
    return factors[0] if len(factors) == 1 else ("*", *factors)


def power(base: Node, exponent: Node) -> Node:
    """A power of simplified parts."""
    if exponent == ZERO:
        return ONE
    if exponent == ONE:
        return base
    if exponent[0] != "num":
        return ("^", base, exponent)
    raised = cast(Fraction, exponent[1])
    if base[0] == "num":
        return _number_power(base[1], raised)
    if raised.denominator == 1 and base[0] == "^":
        return power(base[1], product([base[2], exponent]))
    if raised.denominator == 1 and base[0] == "*":
        return product([power(each, exponent) for each in base[1:]])
    if base[0] == "f" and base[1] == "exp" and raised.denominator == 1:
        return ("f", "exp", product([exponent, base[2]]))
    return ("^", base, exponent)


def _number_power(base: Fraction, raised: Fraction) -> Node:
    if raised.denominator == 1:
        if abs(raised) > 64 or (not base and raised < 0):
            raise NotMaxima("a power that is too large, or of 0")
        return number(base**raised.numerator)
    if raised.denominator == 2 and base > 0:
        top, bottom = isqrt(base.numerator), isqrt(base.denominator)
        if top * top == base.numerator and bottom * bottom == base.denominator:
            return _number_power(Fraction(top, bottom), raised * 2)
        outside = max((n for n in range(1, min(top, 1000) + 1) if base.numerator % (n * n) == 0), default=1)
        if outside > 1 and raised == HALF:
            return ("*", number(outside), ("^", number(base / outside**2), number(HALF)))
    return ("^", number(base), number(raised))


def expand(node: Node) -> Node:
    """Products and whole powers of sums multiplied out."""
    node = simplify(node)
    if node[0] in ("num", "sym", "str"):
        return node
    if node[0] in ("f", "rel"):
        return simplify((*node[:2], *(expand(each) for each in node[2:])))
    if node[0] in ("+", "list", "set"):
        return simplify((node[0], *(expand(each) for each in node[1:])))
    if node[0] == "^":
        base, exponent = expand(node[1]), node[2]
        whole = exponent[0] == "num" and exponent[1].denominator == 1 and 1 < exponent[1] <= 12
        if base[0] != "+" or not whole:
            return simplify(("^", base, exponent))
        node = ("*", *([base] * int(exponent[1])))
    terms: list[Node] = [ONE]
    for factor in (expand(each) for each in node[1:]):
        pieces = factor[1:] if factor[0] == "+" else (factor,)
        if len(terms) * len(pieces) > MOST_TERMS * 10:
            raise NotMaxima("a product of very many terms")
        made = total([product([term, piece]) for term in terms for piece in pieces])
        terms = list(made[1:]) if made[0] == "+" else [made]
    return total(terms)


def replace(node: Node, name: str, value: Node) -> Node:
    """Every place of a letter filled in."""
    if node == ("sym", name):
        return value
    return tuple(replace(each, name, value) if isinstance(each, tuple) else each for each in node)


def symbols(node: Node) -> set[str]:
    """The letters in a tree, without constants."""
    if node[0] == "sym":
        return set() if str(node[1]).startswith("%") else {str(node[1])}
    return set().union(*(symbols(each) for each in node[1:] if isinstance(each, tuple)))


INNER: dict[str, str] = {
    "sin": "cos(u)",
    "cos": "-sin(u)",
    "tan": "cos(u)^(-2)",
    "exp": "exp(u)",
    "log": "1/u",
    "ln": "1/u",
}


def derivative(node: Node, name: str) -> Node:
    """The derivative by a letter. Raises NotMaxima for a function that is not known."""
    kind = node[0]
    if name not in symbols(node):
        return ZERO
    if kind == "sym":
        return ONE
    if kind == "+":
        return simplify(("+", *(derivative(each, name) for each in node[1:])))
    if kind == "*":
        rows = [("*", derivative(each, name), *node[1 : n + 1], *node[n + 2 :]) for n, each in enumerate(node[1:])]
        return simplify(("+", *rows))
    if kind == "^":
        base, exponent = node[1], node[2]
        if name not in symbols(exponent):
            less = simplify(("+", exponent, MINUS))
            return simplify(("*", exponent, ("^", base, less), derivative(base, name)))
        if name not in symbols(base):
            factor = ONE if base == ("sym", "%e") else ("f", "log", base)
            return simplify(("*", node, factor, derivative(exponent, name)))
    if kind == "f" and len(node) == 3:
        if node[1] == "sqrt":
            return derivative(("^", node[2], number(HALF)), name)
        if node[1] in INNER:
            outer = replace(parse(INNER[str(node[1])]), "u", node[2])
            return simplify(("*", outer, derivative(node[2], name)))
    raise NotMaxima("a derivative of this kind")
