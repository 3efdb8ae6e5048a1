"""Running the variables of a STACK question: random draws, assignments, and the functions that are known here.

A question draws its numbers anew for each learner. Here one draw of it becomes a question, by a seed, so that the same file gives
the same question again. What is not known raises NotMaxima with its name, and the question is refused by it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import blake2b

from headway.standards.content.stack.algebra import derivative, expand, replace, simplify
from headway.standards.content.stack.factoring import factored, fraction, poly
from headway.standards.content.stack.maxima import MINUS, ONE, Node, NotMaxima, number, parse, statements

LARGEST = 10**12


@dataclass(slots=True)
class Session:
    """Variables with their values; ``simp`` says whether arithmetic is worked out as it stands."""

    seed: str
    simp: bool = True
    values: dict[str, Node] = field(default_factory=dict)
    drawn: int = 0

    def draw(self, most: int) -> int:
        """A number from 0 to most - 1; the same for the same seed and place."""
        if not 0 < most <= LARGEST:
            raise NotMaxima("a draw from nothing")
        self.drawn += 1
        digest = blake2b(f"{self.seed}#{self.drawn}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % most

    def run(self, text: str) -> None:
        """Run assignments in order."""
        for name, node in statements(text):
            if name == "simp":
                self.simp = node == ("sym", "true")
            elif name:
                self.values[name] = self.value(node)
            elif node[0] == "f" and node[1] in ("texput", "stack_reset_vars"):
                raise NotMaxima(f"the function {node[1]}")

    def text(self, text: str, *, simp: bool | None = None) -> Node:
        """The value of an expression."""
        return self.value(parse(text), simp=simp)

    def value(self, node: Node, *, simp: bool | None = None) -> Node:
        """Variables filled in, functions called; simplified unless that is switched off."""
        on = self.simp if simp is None else simp
        made = self._fill(node, on)
        return simplify(made) if on else made

    def _fill(self, node: Node, simp: bool) -> Node:
        kind = node[0]
        if kind in ("num", "str"):
            return node
        if kind == "sym":
            return self.values.get(node[1], node)
        if kind == "rel":
            return ("rel", node[1], self._fill(node[2], simp), self._fill(node[3], simp))
        if kind == "f":
            return self._call(str(node[1]), list(node[2:]), simp)
        return (kind, *(self._fill(each, simp) for each in node[1:]))

    def _call(self, name: str, given: list[Node], simp: bool) -> Node:
        if name == "ev":
            return self._ev(given, simp)
        parts = [self._fill(each, simp) for each in given]
        if name in DRAWS:
            return DRAWS[name](self, [simplify(each) for each in parts])
        if name in LEFT:
            return simplify(("f", name, *parts)) if simp else ("f", name, *parts)
        made = FUNCTIONS.get(name)
        if made is None:
            raise NotMaxima(f"the function {name}")
        try:
            return made(*parts)
        except TypeError:
            raise NotMaxima(f"the function {name} with {len(parts)} arguments") from None

    def _ev(self, given: list[Node], simp: bool) -> Node:
        on = simp
        inner = given[0]
        for option in given[1:]:
            if option == ("sym", "simp"):
                on = True
            elif option == ("rel", "=", ("sym", "simp"), ("sym", "false")):
                on = False
            elif option[0] == "rel" and option[1] == "=" and option[2][0] == "sym":
                inner = replace(self._fill(inner, on), str(option[2][1]), self._fill(option[3], on))
            else:
                raise NotMaxima("an option of ev")
        made = self._fill(inner, on)
        return simplify(made) if on else made


def _whole(node: Node) -> int:
    if node[0] != "num" or node[1].denominator != 1 or abs(node[1]) > LARGEST:
        raise NotMaxima("a number that is not whole")
    return int(node[1])


def _rand(session: Session, given: list[Node]) -> Node:
    if len(given) != 1:
        raise NotMaxima("the function rand")
    if given[0][0] in ("list", "set"):
        chosen: Node = given[0][1 + session.draw(len(given[0]) - 1)]
        return chosen
    return number(session.draw(_whole(given[0])))


def _step(session: Session, given: list[Node]) -> Node:
    low, high, step = (_whole(each) for each in given)
    return number(low + step * session.draw((high - low) // step + 1 if step > 0 else 0))


def _prohibited(session: Session, given: list[Node]) -> Node:
    low, high = _whole(given[0]), _whole(given[1])
    banned = {_whole(each) for each in given[2][1:]}
    allowed = [n for n in range(low, min(high, low + 10_000) + 1) if n not in banned]
    return number(allowed[session.draw(len(allowed))])


def _selection(session: Session, given: list[Node]) -> Node:
    left = list(given[0][1:])
    wanted = min(_whole(given[1]), len(left)) if len(given) > 1 else len(left)
    return ("list", *(left.pop(session.draw(len(left))) for _ in range(wanted)))


DRAWS: dict[str, Callable[[Session, list[Node]], Node]] = {
    "rand": _rand,
    "rand_with_step": _step,
    "rand_with_prohib": _prohibited,
    "rand_selection": _selection,
    "random_permutation": _selection,
}
LEFT = frozenset({"sin", "cos", "tan", "sec", "csc", "cot", "exp", "log", "ln", "sqrt", "abs", "asin", "acos", "atan"})
"""Functions that stay as they are."""


def _fraction_of(node: Node) -> Node:
    top, bottom = fraction(node)
    return simplify(("*", top, ("^", bottom, MINUS)))


def _factor(node: Node) -> Node:
    node = simplify(node)
    if node[0] == "num":
        raise NotMaxima("a number as a product of primes")
    try:
        return factored(node)
    except NotMaxima:
        top, bottom = fraction(node)
        return simplify(("*", factored(top), ("^", factored(bottom), MINUS)))


def _diff(node: Node, name: Node, times: Node = ONE) -> Node:
    if name[0] != "sym" or _whole(times) > 4:
        raise NotMaxima("a derivative of this kind")
    for _ in range(_whole(times)):
        node = derivative(simplify(node), str(name[1]))
    return node


def _subst(*given: Node) -> Node:
    if len(given) == 3 and given[1][0] == "sym":
        return replace(given[2], str(given[1][1]), given[0])
    if len(given) == 2:
        node = given[1]
        for rule in given[0][1:] if given[0][0] == "list" else (given[0],):
            if rule[0] != "rel" or rule[2][0] != "sym":
                raise NotMaxima("a substitution of this kind")
            node = replace(node, str(rule[2][1]), rule[3])
        return node
    raise NotMaxima("a substitution of this kind")


def _coeff(node: Node, name: Node, raised: Node = ONE) -> Node:
    if name[0] != "sym":
        raise NotMaxima("a coefficient of this kind")
    return number(poly(expand(node), str(name[1])).get(_whole(raised), Fraction(0)))


def _nth(place: int) -> Callable[[Node], Node]:
    def take(node: Node) -> Node:
        parts: tuple[Node, ...] = node[2:] if node[0] == "rel" else node[1:]
        if node[0] not in ("list", "set", "+", "*", "rel") or not -len(parts) <= place < len(parts):
            raise NotMaxima("a place in something that has none")
        return parts[place]

    return take


def _numbers(*given: Node) -> list[int]:
    rows = given[0][1:] if len(given) == 1 and given[0][0] == "list" else given
    return [_whole(simplify(each)) for each in rows]


def _over(node: Node, *, top: bool) -> Node:
    above, below = fraction(node)
    return above if top else below


def _rounded(how: Callable[[Fraction], int]) -> Callable[[Node], Node]:
    def made(node: Node) -> Node:
        node = simplify(node)
        if node[0] != "num":
            raise NotMaxima("rounding of what is no number")
        return number(how(node[1]))

    return made


FUNCTIONS: dict[str, Callable[..., Node]] = {
    "expand": expand,
    "factor": _factor,
    "ratsimp": _fraction_of,
    "fullratsimp": _fraction_of,
    "diff": _diff,
    "subst": _subst,
    "coeff": _coeff,
    "num": lambda node: _over(node, top=True),
    "denom": lambda node: _over(node, top=False),
    "gcd": lambda *given: number(math.gcd(*_numbers(*given))),
    "lcm": lambda *given: number(math.lcm(*_numbers(*given))),
    "max": lambda *given: number(max(_numbers(*given))),
    "min": lambda *given: number(min(_numbers(*given))),
    "mod": lambda one, other: number(_whole(simplify(one)) % _whole(simplify(other))),
    "floor": _rounded(math.floor),
    "ceiling": _rounded(math.ceil),
    "factorial": lambda node: number(math.factorial(min(_whole(simplify(node)), 30))),
    "lhs": _nth(0),
    "rhs": _nth(1),
    "first": _nth(0),
    "second": _nth(1),
    "third": _nth(2),
    "last": _nth(-1),
    "length": lambda node: number(len(node) - 1),
    "append": lambda *lists: ("list", *(each for one in lists for each in one[1:])),
    "setify": lambda node: ("set", *dict.fromkeys(node[1:])),
    "simplify": simplify,
    "noundiff": lambda *given: ("f", "diff", *given),
}
