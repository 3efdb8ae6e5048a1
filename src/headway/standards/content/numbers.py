"""Numbers of a question that change: what they may be, conditions between them, and what stands where they are used.

One line each: ``a = 2 to 9``, ``b = 0 to 1 step 0.25``, ``c = 2, 3, 5``, and conditions such as ``a > b`` or ``gcd(a, b) = 1``.
In a text ``@a`` is the number and ``@(2*a + b)`` what is worked out of it, exactly: fractions stay fractions.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from headway.core.text import T, Text

MOST_NAMES, MOST_VALUES, MOST_LINES = 8, 1000, 20
TRIES = 4000
"""Draws after which no further numbers are looked for."""
LARGEST = Fraction(10**12)
LINE = re.compile(r"\s*([a-z])\s*=\s*(.+)")
RANGE = re.compile(r"(\S+)\s*(?:to|\.\.|…|–)\s*(\S+?)(?:\s+step\s+(\S+))?\s*")
SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "≤": operator.le, "≥": operator.ge, "≠": operator.ne,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
CONDITION = re.compile(r"(.+?)(<=|>=|!=|≤|≥|≠|<|>|=)(.+)")
PLAIN = re.compile(r"[-+]?\d{1,12}(?:\.\d{1,6}|/\d{1,6})?")
"""A number in a line; nothing longer, so that nothing large is ever worked out."""
USED = re.compile(r"@(?:([a-z])(?![a-zA-Z])|\()")


class NoNumbers(ValueError):
    """A line or an expression cannot be used; ``text`` says which and why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Numbers:
    """``values``: name -> what it may be; ``conditions``: as written."""

    values: Mapping[str, tuple[Fraction, ...]]
    conditions: tuple[str, ...] = ()

    def holds(self, drawn: Mapping[str, Fraction]) -> bool:
        """Whether all conditions hold."""
        return all(_holds(each, drawn) for each in self.conditions)

    def draws(self, most: int, seed: int) -> list[dict[str, Fraction]]:
        """Different draws for which the conditions hold, at most ``most``, the same for the same seed. Raises NoNumbers where
        there is none."""
        if not self.values:
            return [{}]
        rng, found = np.random.default_rng(seed), dict[tuple[Fraction, ...], dict[str, Fraction]]()
        for _ in range(TRIES):
            drawn = {name: values[int(rng.integers(len(values)))] for name, values in self.values.items()}
            if self.holds(drawn):
                found.setdefault(tuple(drawn.values()), drawn)
            if len(found) == most:
                break
        if not found:
            raise NoNumbers(T("No numbers fit the conditions. Make a range wider or leave a condition out."))
        return list(found.values())


def read_numbers(lines: str) -> Numbers:
    """Read the lines. Raises NoNumbers naming the first that cannot be read."""
    values: dict[str, tuple[Fraction, ...]] = {}
    conditions: list[str] = []
    written = [line.strip() for line in lines.splitlines() if line.strip()]
    if len(written) > MOST_LINES:
        raise NoNumbers(T("These are more than {n} lines of numbers.", n=MOST_LINES))
    for line in written:
        named = LINE.fullmatch(line)
        if named and named[1] not in values and not any(sign in named[2] for sign in "<>=≠≤≥"):
            values[named[1]] = _values(named[2], line)
        else:
            conditions.append(line)
    if len(values) > MOST_NAMES:
        raise NoNumbers(T("These are more than {n} numbers that change.", n=MOST_NAMES))
    first = {name: each[0] for name, each in values.items()}
    for condition in conditions:
        _holds(condition, first)
    return Numbers(values, tuple(conditions))


def _values(text: str, line: str) -> tuple[Fraction, ...]:
    ranged = RANGE.fullmatch(text)
    try:
        if ranged:
            low, high, step = _read(ranged[1]), _read(ranged[2]), _read(ranged[3] or "1")
            if step <= 0 or not 0 <= (high - low) / step < MOST_VALUES:
                raise ValueError
            found = tuple(low + n * step for n in range(int((high - low) / step) + 1))
        else:
            found = tuple(dict.fromkeys(_read(each) for each in text.split(",")))
    except (ValueError, ZeroDivisionError):
        found = ()
    if not found or len(found) > MOST_VALUES:
        said = T(
            "“{line}” says no numbers. Write for example: a = 2 to 9, or a = 2, 3, 5. At most {n} of them.",
            line=line[:80],
            n=MOST_VALUES,
        )
        raise NoNumbers(said)
    return found


def _read(text: str) -> Fraction:
    if not PLAIN.fullmatch(text.strip()):
        raise ValueError
    return Fraction(text.strip())


def _holds(condition: str, drawn: Mapping[str, Fraction]) -> bool:
    parts = CONDITION.fullmatch(condition)
    if parts is None:
        raise NoNumbers(T("“{line}” is neither a number nor a condition such as a > b.", line=condition[:80]))
    return SIGNS[parts[2]](evaluate(parts[1], drawn), evaluate(parts[3], drawn))


def put_in(text: str, drawn: Mapping[str, Fraction]) -> str:
    """The text with its numbers. ``+ -3`` becomes ``- 3``. Raises NoNumbers for a name or expression that cannot be worked
    out; ``@`` before anything else stays."""
    if not drawn:
        return text
    out, at, tenths = [], 0, any(value.denominator != 1 for value in drawn.values())
    while found := USED.search(text, at):
        out.append(text[at : found.start()])
        if found[1]:
            if found[1] not in drawn:
                raise NoNumbers(T("There is no number called {name}.", name=f"@{found[1]}"))
            value, at = drawn[found[1]], found.end()
        else:
            end = _closing(text, found.end() - 1)
            value, at = evaluate(text[found.end() : end], drawn), end + 1
        out.append(written(value, tenths=tenths))
    out.append(text[at:])
    plain = "".join(out)
    plain = re.sub(r"\+(\s*)-(?=\d)", r"-\1", plain)
    return re.sub(r"-(\s*)-(?=\d)", r"+\1", plain) if plain != text else text


def _closing(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise NoNumbers(T("“{text}” has no closing bracket.", text=text[at - 1 : at + 40]))


def written(value: Fraction, *, tenths: bool) -> str:
    """A number as one types it: whole, else a decimal where the question is about decimals (``tenths``) and it ends after
    three places, else a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    if tenths and 1000 % value.denominator == 0:
        return f"{float(value):.3f}".rstrip("0")
    return f"{value.numerator}/{value.denominator}"


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > 12 or (base == 0 and exponent < 0) or abs(base) > LARGEST:
        raise ValueError
    if base.denominator > LARGEST:
        raise ValueError
    return Fraction(base ** int(exponent))


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError
    return int(value)


def _rounded(value: Fraction, places: int) -> Fraction:
    if not 0 <= places <= 6:
        raise ValueError
    return Fraction(round(value, places))


OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: _power,
    ast.Mod: operator.mod, ast.FloorDiv: lambda a, b: Fraction(a // b),
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "gcd": lambda *all_: Fraction(math.gcd(*map(_whole, all_))), "lcm": lambda *all_: Fraction(math.lcm(*map(_whole, all_))),
    "abs": abs, "min": min, "max": max, "round": lambda value, to=Fraction(0): _rounded(value, _whole(to)),
}  # fmt: skip


def evaluate(expression: str, drawn: Mapping[str, Fraction]) -> Fraction:
    """Work an expression out exactly: ``+ - * / ^``, brackets, gcd, lcm, abs, min, max, round. Raises NoNumbers."""
    refusal = NoNumbers(
        T(
            "“{text}” cannot be worked out. Use + - * / ^, brackets, and gcd, lcm, abs, min, max, round.",
            text=expression.strip()[:80],
        )
    )
    if len(expression) > 200:
        raise refusal
    try:
        value = _of(ast.parse(expression.strip().replace("^", "**"), mode="eval").body, drawn)
    except (
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        ZeroDivisionError,
        RecursionError,
        OverflowError,
        MemoryError,
    ):
        raise refusal from None
    if abs(value) > LARGEST or value.denominator > LARGEST:
        raise refusal
    return value


def _of(node: ast.expr, drawn: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Fraction(str(value))
        case ast.Name(id=name):
            return drawn[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_of(inner, drawn)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATIONS[type(op)](_of(left, drawn), _of(right, drawn))
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as given, keywords=[]):
            return FUNCTIONS[name](*(_of(each, drawn) for each in given))
    raise ValueError
