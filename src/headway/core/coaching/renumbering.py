"""The same problem with other numbers: for worked twins, probes and fresh instances of a mal-rule."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np

from headway.core.coaching.building import parts, rebuild
from headway.core.coaching.tree import Call, Expr, Mixed, Num, Pow, children

_FIXED = frozenset(("0", "1", "10", "100", "1000"))
_TRIES = 60


def renumbered(tree: Expr, rng: np.random.Generator) -> Expr:
    """``tree`` with other numbers of as many digits. Equal numbers stay equal, numbers in the same part keep their
    order, exponents stay small; 0, 1 and powers of ten stay. May return the tree itself when nothing else fits."""
    small = {part.exponent.text for _, part in parts(tree) if isinstance(part, Pow) and isinstance(part.exponent, Num)}
    texts = sorted({text for _, part in parts(tree) for text in _texts(part)})
    order = _orders(tree)
    for _ in range(_TRIES):
        new = {text: _other(text, rng, small) for text in texts}
        values = {text: Fraction(value) for text, value in new.items()}
        if len(set(values.values())) == len(values) and all(values[a] < values[b] for a, b in order):
            return _with(tree, new)
    return tree


def _texts(part: Expr) -> tuple[str, ...]:
    match part:
        case Num(_, text) if text.replace(".", "", 1).isdecimal():
            return (text,)
        case Mixed(whole, top, bottom):
            return (str(whole), str(top), str(bottom))
        case _:
            return ()


def _orders(tree: Expr) -> set[tuple[str, str]]:
    """Pairs of numbers that stand in one part, the smaller first."""
    found: set[tuple[str, str]] = set()
    for _, part in parts(tree):
        near = [text for child in children(part) for _, inner in parts(child) for text in _texts(inner)]
        near = near if len(near) <= 6 else []
        for a, b in combinations([*near, *(_texts(part) if isinstance(part, Mixed) else ())], 2):
            if Fraction(a) != Fraction(b) and not (isinstance(part, Call) and part.name == "compare"):
                found.add((a, b) if Fraction(a) < Fraction(b) else (b, a))
    return found


def _other(text: str, rng: np.random.Generator, small: set[str]) -> str:
    if text in _FIXED:
        return text
    if text in small and "." not in text:
        return str(int(rng.integers(2, 6)))
    digits = [char if char == "." else str(int(rng.integers(0, 10))) for char in text]
    first = next(i for i, char in enumerate(text) if char != ".")
    for index, char in enumerate(text):
        if char == "0" and rng.integers(0, 2):
            digits[index] = "0"
    if text[first] != "0":
        digits[first] = str(int(rng.integers(1, 10)))
    else:
        digits[first] = "0"
    if "." in text and digits[-1] == "0":
        digits[-1] = str(int(rng.integers(1, 10)))
    if text.isdigit() and len(text) == 1:
        return str(int(rng.integers(2, 10)))
    if text.isdigit() and text.endswith("0") and rng.integers(0, 2):
        digits[-1] = "0"
    return "".join(digits)


def _with(tree: Expr, new: dict[str, str]) -> Expr:
    match tree:
        case Num(_, text) if text in new:
            return Num(Fraction(new[text]), new[text])
        case Mixed(whole, top, bottom):
            return Mixed(int(new[str(whole)]), int(new[str(top)]), int(new[str(bottom)]))
    inside = children(tree)
    return rebuild(tree, [_with(child, new) for child in inside]) if inside else tree
