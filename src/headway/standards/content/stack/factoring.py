"""Polynomials of STACK questions: taken apart into factors, and fractions of them in lowest terms."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from headway.standards.content.stack.algebra import expand, power, product, simplify, split, symbols, total
from headway.standards.content.stack.maxima import MINUS, ONE, ZERO, Node, NotMaxima, number

Poly = dict[int, Fraction]
"""A polynomial in one letter: exponent -> coefficient, none of them 0."""


def poly(node: Node, name: str) -> Poly:
    """An expanded expression as a polynomial in one letter. Raises NotMaxima where it is none."""
    found: Poly = {}
    for term in node[1:] if node[0] == "+" else (node,):
        value, rest = split(term)
        if rest == ONE:
            raised = 0
        elif rest == ("sym", name):
            raised = 1
        elif (
            rest[0] == "^"
            and rest[1] == ("sym", name)
            and rest[2][0] == "num"
            and rest[2][1].denominator == 1
            and rest[2][1] > 0
        ):
            raised = int(rest[2][1])
        else:
            raise NotMaxima("an expression that is no polynomial in one letter")
        found[raised] = found.get(raised, Fraction(0)) + value
    return {raised: value for raised, value in found.items() if value}


def tree(terms: Poly, name: str) -> Node:
    """A polynomial as a tree."""
    return total([product([number(value), power(("sym", name), number(raised))]) for raised, value in terms.items()])


def divided(top: Poly, bottom: Poly) -> tuple[Poly, Poly]:
    """Quotient and remainder."""
    rest, quotient = dict(top), {}
    lead = max(bottom)
    while rest and max(rest) >= lead:
        raised = max(rest) - lead
        value = rest[max(rest)] / bottom[lead]
        quotient[raised] = value
        for n, each in bottom.items():
            left = rest.get(n + raised, Fraction(0)) - value * each
            rest.pop(n + raised, None)
            if left:
                rest[n + raised] = left
    return quotient, rest


def common(one: Poly, other: Poly) -> Poly:
    """The greatest common divisor, with leading coefficient 1."""
    while other:
        one, other = other, divided(one, other)[1]
    lead = one[max(one)]
    return {n: value / lead for n, value in one.items()}


def content(terms: Poly) -> Fraction:
    """The number that can be taken out so that whole coefficients without a common factor are left."""
    top = gcd(*(value.numerator for value in terms.values()))
    found = Fraction(top, lcm(*(value.denominator for value in terms.values())))
    return -found if terms[max(terms)] < 0 else found


def factored(node: Node) -> Node:
    """A polynomial as a product: its number, powers of letters, and its linear factors with rational roots."""
    node = expand(node)
    letters = sorted(symbols(node))
    if len(letters) != 1:
        return _taken_out(node)
    name = letters[0]
    terms = poly(node, name)
    if not terms:
        return ZERO
    factors: list[Node] = [number(content(terms))]
    terms = {n: value / content(terms) for n, value in terms.items()}
    low = min(terms)
    if low:
        factors.append(power(("sym", name), number(low)))
        terms = {n - low: value for n, value in terms.items()}
    while max(terms) > 1:
        root = _root(terms)
        if root is None:
            break
        linear: Poly = {1: Fraction(root.denominator), **({0: Fraction(-root.numerator)} if root else {})}
        factors.append(tree(linear, name))
        terms = divided(terms, linear)[0]
    return product([*factors, tree(terms, name)])


def _root(terms: Poly) -> Fraction | None:
    first, last = abs(terms.get(0, Fraction(0)).numerator), abs(terms[max(terms)].numerator)
    if not first or first > 10**6 or last > 10**4:
        return None
    for bottom in (n for n in range(1, last + 1) if last % n == 0):
        for top in (n for n in range(1, min(first, 20_000) + 1) if first % n == 0):
            for root in (Fraction(top, bottom), Fraction(-top, bottom)):
                if not sum(value * root**n for n, value in terms.items()):
                    return root
    return None


def _taken_out(node: Node) -> Node:
    """The number and the letters that all terms share, before the bracket."""
    if node[0] != "+":
        return node
    split_terms = [split(term) for term in node[1:]]
    value = Fraction(gcd(*(v.numerator for v, _ in split_terms)), lcm(*(v.denominator for v, _ in split_terms)))
    value = -value if split_terms[0][0] < 0 else value
    powers = [_letters(rest) for _, rest in split_terms]
    shared = {name: min(each.get(name, Fraction(0)) for each in powers) for name in powers[0]}
    taken = [power(("sym", name), number(n)) for name, n in shared.items() if n > 0]
    inverse = [power(each, MINUS) for each in taken]
    inner = total([product([number(1 / value), term, *inverse]) for term in node[1:]])
    return product([number(value), *taken, inner])


def _letters(rest: Node) -> dict[str, Fraction]:
    found = {}
    for factor in rest[1:] if rest[0] == "*" else (rest,):
        if factor[0] == "sym":
            found[str(factor[1])] = Fraction(1)
        elif factor[0] == "^" and factor[1][0] == "sym" and factor[2][0] == "num":
            found[str(factor[1][1])] = factor[2][1]
    return found


def fraction(node: Node) -> tuple[Node, Node]:
    """An expression as one fraction in lowest terms, top and bottom expanded. In one letter, or without one. Raises NotMaxima."""
    top, bottom = _over(simplify(node))
    top, bottom = expand(top), expand(bottom)
    letters = sorted(symbols(top) | symbols(bottom))
    if len(letters) > 1:
        raise NotMaxima("a fraction in several letters")
    name = letters[0] if letters else "x"
    above, below = poly(top, name), poly(bottom, name)
    if not below:
        raise NotMaxima("a division by 0")
    if not above:
        return ZERO, ONE
    shared = common(above, below)
    above, below = divided(above, shared)[0], divided(below, shared)[0]
    one, other = content(above), content(below)
    ratio = one / other
    above = {n: value / one * ratio.numerator for n, value in above.items()}
    below = {n: value / other * ratio.denominator for n, value in below.items()}
    return tree(above, name), tree(below, name)


def _over(node: Node) -> tuple[Node, Node]:
    if node[0] == "num":
        return number(node[1].numerator), number(node[1].denominator)
    if node[0] == "^" and node[2][0] == "num" and node[2][1].denominator == 1:
        top, bottom = _over(node[1])
        if node[2][1] < 0:
            top, bottom = bottom, top
        raised = number(abs(node[2][1]))
        return ("^", top, raised), ("^", bottom, raised)
    if node[0] == "*":
        parts = [_over(each) for each in node[1:]]
        return ("*", *(top for top, _ in parts)), ("*", *(bottom for _, bottom in parts))
    if node[0] == "+":
        top, bottom = ZERO, ONE
        for above, below in (_over(each) for each in node[1:]):
            top, bottom = ("+", ("*", top, below), ("*", above, bottom)), ("*", bottom, below)
        return top, bottom
    return node, ONE
