r"""LaTeX keys to plain typing: ``\frac{2}{3} x`` becomes ``2/3 x``; what is not known stays as it was.

Only what answer keys are made of is rewritten. :func:`plain_typing` returns None rather than guess, so that a
caller can keep the LaTeX.
"""

from __future__ import annotations

import re

SYMBOLS = {
    r"\pi": "pi",
    r"\theta": "theta",
    r"\alpha": "alpha",
    r"\beta": "beta",
    r"\rho": "rho",
    r"\times": "*",
    r"\cdot": "*",
    r"\div": "/",
    r"\leq": "<=",
    r"\geq": ">=",
    r"\le": "<=",
    r"\ge": ">=",
    r"\neq": "!=",
    r"\infty": "inf",
    r"\cup": "U",
    r"\degree": "°",
    r"\circ": "°",
    r"\%": "%",
    r"\$": "$",
    r"\{": "{",
    r"\}": "}",
    r"\,": " ",
    r"\ ": " ",
    r"\;": " ",
    r"\quad": " ",
}
"""Commands without arguments, and the plain sign for each."""

FUNCTIONS = ("arcsin", "arccos", "arctan", "sin", "cos", "tan", "sec", "csc", "cot", "ln", "log")
"""Commands that are a function's name; the word alone is the plain typing."""

_SIGN = re.compile(r"\\[a-zA-Z]+|\\.|[{}\[\]]|[^\\{}\[\]]+")
_ATOM = re.compile(r"\s*(?:[0-9]*\.?[0-9]+|[a-zA-Z]|pi|π|theta|(?:sqrt)?\(.*\))\s*")


class _Unknown(Exception):
    """There is no plain typing for this."""


def plain_typing(latex: str) -> str | None:
    """Rewrite a formula without its ``$$`` as a person would type it; None if it holds something unknown."""
    pieces = _SIGN.findall(latex)
    try:
        text, rest = _sequence(pieces, 0, stop="")
    except (_Unknown, RecursionError):
        return None
    if rest != len(pieces):
        return None
    text = re.sub(r"\^\s*°|\*\*\s*°", "°", re.sub(r"\s+", " ", text))
    text = re.sub(r"(^|[=<>,]\s*)\((-[0-9.]+)\)/", r"\1\2/", text).replace("π", "pi").replace(" *(", "*(")
    return re.sub(r"\s*([=<>]=?)\s*", r"\1", text).strip()


def _sequence(pieces: list[str], at: int, stop: str) -> tuple[str, int]:
    """Read until ``stop``; return the text and the place after it."""
    out: list[str] = []
    while at < len(pieces):
        sign = pieces[at]
        if sign == stop:
            return "".join(out), at + 1
        if sign == "{":
            inner, at = _sequence(pieces, at + 1, "}")
            raised = bool(out) and out[-1].rstrip().endswith(("^", "_"))
            out.append(_grouped(inner) if raised or not _is_atom(inner) else inner)
            continue
        if sign == "}":
            raise _Unknown
        made, at = _one(pieces, at)
        out.append(_set_off("".join(out), sign, made))
    if stop:
        raise _Unknown
    return "".join(out), at


def _set_off(before: str, sign: str, made: str) -> str:
    r"""Keep a fraction apart from what it follows: ``2\frac{3}{4}`` is a mixed number, ``x^\frac12`` a power.

    After anything else a fraction is a factor: ``\frac{3}{4} \frac{8}{9}`` is ``3/4*(8/9)``.
    """
    if before.endswith("^"):
        return _grouped(made) if sign.startswith("\\") and made else made
    if sign != r"\frac" or not re.search(r"[0-9a-zA-Z)]\s*$", before):
        return made
    whole = re.search(r"(?:^|[-+*=<>(,]\s*)[0-9]+\s*$", before)
    return f" {made}" if whole and re.fullmatch(r"[0-9]+/[0-9]+", made) else f"*({made})"


def _one(pieces: list[str], at: int) -> tuple[str, int]:
    """Read one command or plain run."""
    sign = pieces[at]
    if sign in (r"\left", r"\right"):
        return "", at + 1
    if sign == r"\frac":
        top, at = _argument(pieces, at + 1)
        bottom, at = _argument(pieces, at)
        return f"{_grouped(top)}/{_grouped(bottom)}", at
    if sign == r"\sqrt":
        if at + 1 < len(pieces) and pieces[at + 1] == "[":
            index, at = _sequence(pieces, at + 2, "]")
            inner, at = _argument(pieces, at)
            return f"({inner})^(1/{_grouped(index)})", at
        inner, at = _argument(pieces, at + 1)
        return f"sqrt({inner})", at
    if sign in (r"\operatorname", r"\text", r"\mathrm"):
        return _argument(pieces, at + 1)
    if sign in SYMBOLS:
        return SYMBOLS[sign], at + 1
    if sign.startswith("\\") and sign[1:] in FUNCTIONS:
        return sign[1:], at + 1
    if sign.startswith("\\"):
        raise _Unknown
    return sign, at + 1


def _argument(pieces: list[str], at: int) -> tuple[str, int]:
    if at < len(pieces) and pieces[at] == "{":
        return _sequence(pieces, at + 1, "}")
    raise _Unknown


def _is_atom(text: str) -> bool:
    return _ATOM.fullmatch(text) is not None and _closes_late(text)


def _closes_late(text: str) -> bool:
    """True unless brackets close before the end, as in ``(a)(b)``."""
    depth, inside = 0, text.strip()
    for n, sign in enumerate(inside):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign == ")" and n < len(inside) - 1:
            return False
    return True


def _grouped(text: str) -> str:
    """Put brackets around anything but one number, one letter or one bracket."""
    inside = text.strip()
    return inside if _is_atom(inside) else f"({inside})"
