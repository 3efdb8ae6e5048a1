"""The words and signs of mathematics that the reader of answers knows, in plain typing and in LaTeX."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


MAX_LENGTH = 1500
"""Characters of an answer. Longer ones are refused unread."""
MAX_TOKENS = 600
MAX_DIGITS = 120
MAX_DEPTH = 40
"""Brackets, exponents and signs inside each other."""

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Sigma",
        "Phi",
        "Psi",
        "Omega",
        "varepsilon",
        "vartheta",
        "varphi",
    ]
)
GREEK_LETTERS = dict(zip("αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΣΦΨΩ", _words(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon "
    "phi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega"
), strict=True))  # fmt: skip

_CIRCULAR = _words("sin cos tan sec csc cot")
FUNCTIONS = {name: name for base in _CIRCULAR for name in (base, base + "h", "arc" + base, "arc" + base + "h")}
FUNCTIONS |= {name: name for name in _words("ln log exp abs sqrt root cbrt floor ceil det binomial")}
FUNCTIONS |= {"cosec": "csc", "lg": "log", "arccosec": "arccsc", "cosech": "csch"}
WHOLE_FUNCTIONS = {prefix + base + tail: "arc" + base + tail for base in _CIRCULAR for tail in ("", "h")
                   for prefix in ("a", "ar", "arg")}  # fmt: skip
"""Names that count only when they stand alone: ``asin`` is the inverse sine, ``basin`` is not."""
INVERSE = {base + tail: "arc" + base + tail for base in _CIRCULAR for tail in ("", "h")}

CONSTANTS = {"pi": "pi", "e": "e", "i": "i"}
WHOLE_CONSTANTS = {"inf": "inf", "infinity": "inf", "infty": "inf", "oo": "inf", "Inf": "inf", "Infinity": "inf"}
KEYWORDS = {"and": "and", "or": "or", "AND": "and", "OR": "or", "And": "and", "Or": "or", "union": "∪"}
POSTFIX_WORDS = {"degrees": "°", "degree": "°", "deg": "°", "percent": "%", "pct": "%"}
CALLED = frozenset("fgh")
"""Letters that are functions when a bracket follows: ``f(2)``. Other letters multiply: ``x(x+4)``."""

SIGNS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*",
    "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=", "±": "±", "∪": "∪", "∩": "∩",
    "°": "°", "º": "°", "˚": "°", "∣": "|", "，": ",", "（": "(", "）": ")", "＝": "=", "＋": "+", "√": "√", "∛": "∛",
    "%": "%", "∨": "or", "∧": "and", "≦": "<=", "≧": ">=", "∞": "∞", "π": "π", "∅": "∅", "∈": "in",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣ", "0123456789-+nx", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
MONEY = frozenset("$€£¥")

LATEX_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "±", "le": "<=", "leq": "<=", "leqslant": "<=",
    "ge": ">=", "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "cup": "∪", "cap": "∩",
    "circ": "°", "degree": "°", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|", "lor": "or", "land": "and",
    "vee": "or", "wedge": "and", "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")", "colon": ":", "in": "in",
}  # fmt: skip
LATEX_NAMES = {
    "infty": "inf", "exponentialE": "e", "imaginaryI": "i", "varnothing": "∅", "emptyset": "∅",
}  # fmt: skip
LATEX_SKIPPED = frozenset(
    [
        "left",
        "right",
        "mleft",
        "mright",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "displaystyle",
        "textstyle",
        "quad",
        "qquad",
        "limits",
        "boxed",
        "mathstrut",
        "mathord",
        "thinspace",
    ]
)
LATEX_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
LATEX_TEXT = frozenset(_words("text mathrm textrm textbf mathbf operatorname mbox textit mathit textnormal mathbb"))
