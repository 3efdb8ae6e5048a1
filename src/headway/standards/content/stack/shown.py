"""A tree of Maxima as a learner would type it, and set as mathematics."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from headway.standards.content.stack.maxima import MINUS, Node, number

CONSTANTS = {"%pi": "pi", "%e": "e", "%i": "i", "pi": "pi"}


def written(node: Node) -> str:
    """The expression as a learner would type it."""
    return _written(node, 0)


def _written(node: Node, tight: int) -> str:
    kind = node[0]
    if kind == "num":
        value = cast(Fraction, node[1])
        text = str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
        return f"({text})" if (value < 0 and tight > 0) or ("/" in text and tight > 1) else text
    if kind == "sym":
        return CONSTANTS.get(node[1], str(node[1]))
    if kind == "str":
        return str(node[1])
    if kind == "+":
        parts = [_written(each, 0) for each in node[1:]]
        text = parts[0] + "".join(part if part.startswith("-") else f"+{part}" for part in parts[1:])
        return f"({text})" if tight > 0 else text
    if kind == "*":
        return _product(node, tight)
    if kind == "^":
        if node[2] == MINUS:
            return _product(("*", node), tight)
        if node[2] == ("num", Fraction(1, 2)):
            return f"sqrt({_written(node[1], 0)})"
        text = f"{_written(node[1], 3)}^{_written(node[2], 3)}"
        return f"({text})" if tight > 2 else text
    inner = ",".join(_written(each, 0) for each in node[1:] if isinstance(each, tuple))
    if kind == "f":
        return f"{ {'log': 'ln'}.get(node[1], node[1]) }({inner})".strip()
    if kind == "rel":
        return f"{_written(node[2], 0)}{node[1]}{_written(node[3], 0)}"
    return f"{{{inner}}}" if kind == "set" else inner if tight == 0 else f"({inner})"


def over(node: Node) -> tuple[int, list[Node], list[Node]]:
    """A product as its sign, the factors above and the factors below the line."""
    sign, top, bottom = 1, [], []
    for each in node[1:]:
        if each[0] == "num":
            value = cast(Fraction, each[1])
            sign = -sign if value < 0 else sign
            if abs(value.numerator) != 1 or (value.denominator == 1 and abs(value) != 1):
                top.append(number(abs(value.numerator)))
            if value.denominator != 1:
                bottom.append(number(value.denominator))
        elif each[0] == "^" and each[2][0] == "num" and each[2][1] < 0:
            bottom.append(each[1] if each[2] == MINUS else ("^", each[1], number(-each[2][1])))
        else:
            top.append(each)
    return sign, top, bottom


def _product(node: Node, tight: int) -> str:
    sign, top, bottom = over(node)
    above = "*".join(_written(each, 2) for each in top) or "1"
    below = "*".join(_written(each, 2) for each in bottom)
    text = above if not below else f"{above}/({below})" if len(bottom) > 1 else f"{above}/{below}"
    text = f"-{text}" if sign < 0 else text
    return f"({text})" if tight > 1 or (sign < 0 and tight > 0) else text


GREEK = {"alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "phi", "omega", "rho", "sigma", "tau"}
NAMED = {"sin", "cos", "tan", "sec", "csc", "cot", "ln", "log", "exp", "sinh", "cosh", "tanh", "gcd", "max", "min"}
SIGNS = {"<=": r"\leq ", ">=": r"\geq ", "#": r"\neq "}


def latex(node: Node) -> str:
    """The expression set as mathematics."""
    return _latex(node, 0)


def _latex(node: Node, tight: int) -> str:
    kind = node[0]
    if kind == "num":
        value = cast(Fraction, node[1])
        text = str(abs(value.numerator))
        text = text if value.denominator == 1 else rf"\frac{{{text}}}{{{value.denominator}}}"
        text = f"-{text}" if value < 0 else text
        return rf"\left({text}\right)" if (value < 0 and tight > 0) or (value.denominator != 1 and tight > 2) else text
    if kind == "sym":
        name = CONSTANTS.get(node[1], str(node[1]))
        return rf"\{name} " if name in GREEK or name == "pi" else name if len(name) == 1 else rf"\text{{{name}}}"
    if kind == "str":
        return rf"\text{{{node[1]}}}"
    if kind == "+":
        parts = [_latex(each, 0) for each in node[1:]]
        text = parts[0] + "".join(part if part.startswith("-") else f"+{part}" for part in parts[1:])
        return rf"\left({text}\right)" if tight > 0 else text
    if kind == "*" or (kind == "^" and node[2][0] == "num" and node[2][1] < 0):
        return _latex_product(node if kind == "*" else ("*", node), tight)
    if kind == "^":
        if node[2] == ("num", Fraction(1, 2)):
            return rf"\sqrt{{{_latex(node[1], 0)}}}"
        text = f"{_latex(node[1], 3)}^{{{_latex(node[2], 0)}}}"
        return rf"\left({text}\right)" if tight > 2 else text
    inner = [_latex(each, 0) for each in node[1:] if isinstance(each, tuple)]
    if kind == "rel":
        return f"{inner[0]}{SIGNS.get(node[1], node[1])}{inner[1]}"
    if kind == "f":
        return _called(str(node[1]), inner)
    return rf"\left\{{{', '.join(inner)}\right\}}" if kind == "set" else rf"\left[{', '.join(inner)}\right]"


def _called(name: str, inner: list[str]) -> str:
    if name == "sqrt":
        return rf"\sqrt{{{inner[0]}}}"
    if name == "exp":
        return f"e^{{{inner[0]}}}"
    if name == "abs":
        return rf"\left|{inner[0]}\right|"
    shown = "ln" if name == "log" else name
    head = rf"\{shown}" if shown in NAMED else shown if len(shown) == 1 else rf"\text{{{shown}}}"
    return rf"{head}\left({', '.join(inner)}\right)"


def _latex_product(node: Node, tight: int) -> str:
    sign, top, bottom = over(node)
    above = _row(top) or "1"
    text = above if not bottom else rf"\frac{{{_row(top, alone=True) or '1'}}}{{{_row(bottom, alone=True)}}}"
    text = f"-{text}" if sign < 0 else text
    return rf"\left({text}\right)" if tight > 2 or (sign < 0 and tight > 0) else text


def _row(factors: list[Node], *, alone: bool = False) -> str:
    if alone and len(factors) == 1:
        return _latex(factors[0], 0)
    out = ""
    for each in factors:
        piece = _latex(each, 1)
        digit = each[0] == "num" or (each[0] == "^" and each[1][0] == "num")
        out += (r"\cdot " if out and digit else " " if out else "") + piece
    return out
