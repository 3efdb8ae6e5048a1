"""Maxima's notation, as STACK questions use it, as a tree: assignments, arithmetic, functions, lists, sets, equations.

A node is a frozen tuple, so that equal expressions are equal values:

| node | means |
|---|---|
| ``("num", Fraction)``, ``("sym", name)``, ``("str", text)`` | a number, a letter, words |
| ``("+", a, b, …)``, ``("*", a, b, …)``, ``("^", a, b)`` | arithmetic; ``a - b`` is ``a + (-1)*b``, ``a / b`` is ``a * b^(-1)`` |
| ``("f", name, a, …)`` | a function |
| ``("list", a, …)``, ``("set", a, …)`` | ``[a, b]`` and ``{a, b}`` |
| ``("rel", sign, a, b)`` | an equation or inequality |
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

Node = tuple[Any, ...]
TOKEN = re.compile(
    r"\s*(?:(?P<num>\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+|\d+(?:[eE][-+]?\d+)?)|(?P<name>%?[A-Za-z_%][A-Za-z0-9_%]*)"
    r"|(?P<str>\"(?:\\.|[^\"\\])*\")|(?P<op>:=|<=|>=|#|\*\*|[-+*/^():,;=<>\[\]{}!.$'])|(?P<bad>\S))"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ONE, ZERO, MINUS = ("num", Fraction(1)), ("num", Fraction(0)), ("num", Fraction(-1))
DEEPEST = 60


class NotMaxima(Exception):
    """Something that is not read here; ``args[0]`` names it."""


def number(value: Fraction | int) -> Node:
    """A number as a node."""
    return ("num", Fraction(value))


def negative(node: Node) -> Node:
    """``-a``."""
    return ("*", MINUS, node) if node[0] != "num" else number(-node[1])


def tokens(text: str) -> list[tuple[str, str]]:
    """(kind, text) of each token. Raises NotMaxima."""
    found = []
    for token in TOKEN.finditer(COMMENT.sub(" ", text)):
        kind = token.lastgroup or ""
        if kind == "bad":
            raise NotMaxima(f"the sign {token['bad']!r}")
        if kind:
            found.append((kind, token[kind]))
    return found


def statements(text: str) -> list[tuple[str, Node]]:
    """Assignments ``name: value;`` in order; other statements have the name "". Raises NotMaxima."""
    found = []
    for part in _split(tokens(text)):
        name = ""
        if len(part) > 2 and part[0][0] == "name" and part[1] == ("op", ":"):
            name, part = part[0][1], part[2:]
        found.append((name, _Parser(part).whole()))
    return found


def _split(found: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    parts: list[list[tuple[str, str]]] = [[]]
    for token in found:
        if token in (("op", ";"), ("op", "$")):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def parse(text: str) -> Node:
    """One expression. Raises NotMaxima."""
    found = tokens(text.strip().rstrip(";"))
    if not found:
        raise NotMaxima("an empty expression")
    return _Parser(found).whole()


class _Parser:
    """Recursive descent: relation, sum, product, sign, power, call."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found, self.at, self.depth = found, 0, 0

    def whole(self) -> Node:
        node = self.relation()
        if self.at < len(self.found):
            raise NotMaxima(f"{self.found[self.at][1]!r} where nothing more was expected")
        return node

    def peek(self) -> str:
        kind, text = self.found[self.at] if self.at < len(self.found) else ("end", "")
        return text if kind == "op" else ""

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            raise NotMaxima(f"a missing {sign!r}")
        self.at += 1

    def relation(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotMaxima("an expression that is nested too deep")
        left = self.sum()
        if self.peek() in ("=", "<", ">", "<=", ">=", "#"):
            sign = self.peek()
            self.at += 1
            left = ("rel", sign, left, self.sum())
        self.depth -= 1
        return left

    def sum(self) -> Node:
        parts = [self.product()]
        while self.peek() in ("+", "-"):
            sign = self.peek()
            self.at += 1
            right = self.product()
            parts.append(right if sign == "+" else negative(right))
        return parts[0] if len(parts) == 1 else ("+", *parts)

    def product(self) -> Node:
        parts = [self.signed()]
        while self.peek() in ("*", "/"):
            sign = self.peek()
            self.at += 1
            right = self.signed()
            parts.append(right if sign == "*" else ("^", right, MINUS))
        return parts[0] if len(parts) == 1 else ("*", *parts)

    def signed(self) -> Node:
        if self.peek() in ("-", "+"):
            sign = self.peek()
            self.at += 1
            inner = self.signed()
            return negative(inner) if sign == "-" else inner
        return self.power()

    def power(self) -> Node:
        base = self.atom()
        while self.peek() == "!":
            self.at += 1
            base = ("f", "factorial", base)
        if self.peek() in ("^", "**"):
            self.at += 1
            return ("^", base, self.signed())
        return base

    def atom(self) -> Node:
        if self.at >= len(self.found):
            raise NotMaxima("an expression that ends too early")
        kind, text = self.found[self.at]
        self.at += 1
        if kind == "num":
            return number(Fraction(text.rstrip(".")) if "." not in text or text.endswith(".") else Fraction(text))
        if kind == "str":
            return ("str", text[1:-1].replace('\\"', '"'))
        if kind == "name":
            return self.called(text)
        if text in ("(", "[", "{"):
            inner = self.items({"(": ")", "[": "]", "{": "}"}[text])
            if text == "(":
                if len(inner) != 1:
                    raise NotMaxima("a sequence in brackets")
                return inner[0]
            return ("list" if text == "[" else "set", *inner)
        raise NotMaxima(f"the sign {text!r}")

    def called(self, name: str) -> Node:
        if self.peek() == "(":
            self.at += 1
            return ("f", name, *self.items(")"))
        if self.peek() == "[":
            raise NotMaxima("a place in a list")
        return ("sym", name)

    def items(self, end: str) -> list[Node]:
        found: list[Node] = []
        if self.peek() == end:
            self.at += 1
            return found
        while True:
            found.append(self.relation())
            if self.peek() == ",":
                self.at += 1
                continue
            self.take(end)
            return found
