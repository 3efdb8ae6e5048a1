"""Write a tree out again: as LaTeX (to echo the learner's own line) or in plain typing (a round trip)."""

from __future__ import annotations

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.tree import (
    Add,
    Call,
    Const,
    Degree,
    Div,
    Expr,
    Group,
    Logic,
    Matrix,
    Mixed,
    Mul,
    Neg,
    Num,
    Percent,
    PlusMinus,
    Pow,
    Relation,
    Root,
    Sym,
    Words,
)  # fmt: skip

CIRCULAR = ("sin", "cos", "tan", "sec", "csc", "cot")
_LATEX_SIGNS = {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "in": r"\in"}
_LATEX_WORDS = {"or": r"\text{ or }", "and": r"\text{ and }", "∪": r"\cup ", "∩": r"\cap "}
_LATEX_NAMED = frozenset((*CIRCULAR, *(f"{name}h" for name in CIRCULAR), "arcsin", "arccos", "arctan", "ln", "log"))

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)


def level(expr: Expr) -> int:
    """How tightly the outermost operation of ``expr`` binds."""
    match expr:
        case Add() | PlusMinus():
            return SUM
        case Neg():
            return SIGN
        case Mul() | Div():
            return PRODUCT
        case Pow() | Percent() | Degree():
            return POWER
        case Relation() | Logic():
            return -1
        case Group("", _, _):
            return -2
        case Call("factorial", _):
            return POWER
        case Mixed():
            return PRODUCT
        case _:
            return ATOM


def to_plain(expr: Expr) -> str:
    """Return plain typing that :func:`~headway.core.coaching.parser.parse` reads back as the same value and form."""
    return _Plain().write(expr)


def to_latex(expr: Expr) -> str:
    """Return LaTeX for ``expr``, in the order and form it was written in."""
    return _Latex().write(expr)


class _Plain:
    """Writes plain typing. LaTeX changes only what looks different there."""

    times = "*"
    opening, closing = "(", ")"

    def write(self, expr: Expr) -> str:
        match expr:
            case Num(_, text):
                return self.number(text)
            case Sym(name):
                return self.name(name)
            case Const(name):
                return self.constant(name)
            case Words(text):
                return self.words(text)
            case Neg(arg):
                return "-" + self.inside(arg, PRODUCT if not isinstance(arg, Neg) else ATOM)
            case Add(terms):
                return self.sum(terms)
            case PlusMinus(left, right):
                return ("" if left is None else self.write(left)) + self.plus_minus() + self.inside(right, PRODUCT)
            case Mul(factors):
                return self.product(factors)
            case Div(top, bottom):
                return self.fraction(top, bottom)
            case Pow(base, exponent):
                return self.power(base, exponent)
            case Mixed(whole, top, bottom):
                return self.mixed(whole, top, bottom)
            case Percent(arg):
                return self.inside(arg, ATOM) + self.percent()
            case Degree(arg):
                return self.inside(arg, ATOM) + self.degree()
            case _:
                return self.structure(expr)

    def structure(self, expr: Expr) -> str:
        match expr:
            case Root(radicand, degree):
                return self.root(radicand, degree)
            case Call(name, args):
                return self.call(name, args)
            case Relation(signs, sides):
                parts = [self.inside(sides[0], SUM)]
                for sign, side in zip(signs, sides[1:], strict=True):
                    parts += [self.sign(sign), self.inside(side, SUM)]
                return " ".join(parts)
            case Logic(word, parts):
                return self.word(word).join(self.inside(part, 0 if isinstance(part, Logic) else -1) for part in parts)
            case Group(opening, items, closing):
                left, right = self.brackets(opening, closing)
                return left + ", ".join(self.inside(item, -1) for item in items) + right
            case Matrix(rows):
                body = r"\\".join("&".join(map(_Latex().write, row)) for row in rows)
                return r"\begin{pmatrix}" + body + r"\end{pmatrix}"
            case _:
                raise AssertionError(expr)

    def inside(self, expr: Expr, least: int) -> str:
        text = self.write(expr)
        return text if level(expr) >= least else self.opening + text + self.closing

    def sum(self, terms: tuple[Expr, ...]) -> str:
        parts = [self.inside(terms[0], PRODUCT)]
        for term in terms[1:]:
            if isinstance(term, Neg):
                parts.append(" - " + self.inside(term.arg, PRODUCT if not isinstance(term.arg, Neg) else ATOM))
            else:
                parts.append(" + " + self.inside(term, PRODUCT))
        return "".join(parts)

    def product(self, factors: tuple[Expr, ...]) -> str:
        first = factors[0]
        parts = [self.inside(first, PRODUCT if isinstance(first, Div) else POWER)]
        parts += [self.inside(factor, POWER) for factor in factors[1:]]
        return self.times.join(parts)

    def fraction(self, top: Expr, bottom: Expr) -> str:
        return self.inside(top, PRODUCT if not isinstance(top, Mixed) else POWER) + "/" + self.inside(bottom, POWER)

    def power(self, base: Expr, exponent: Expr) -> str:
        return self.inside(base, ATOM) + "^" + self.inside(exponent, ATOM)

    def mixed(self, whole: int, top: int, bottom: int) -> str:
        return f"{whole} {top}/{bottom}"

    def root(self, radicand: Expr, degree: Expr | None) -> str:
        if degree is None:
            return f"sqrt({self.write(radicand)})"
        return f"root({self.write(degree)})({self.write(radicand)})"

    def call(self, name: str, args: tuple[Expr, ...]) -> str:
        if name == "factorial":
            return self.inside(args[0], ATOM) + "!"
        if name == "log" and len(args) == 2:
            return f"log_({self.write(args[1])})({self.write(args[0])})"
        return f"{name}({', '.join(self.inside(arg, -1) for arg in args)})"

    def number(self, text: str) -> str:
        return rf"0\overline{{{text}}}" if "(" in text and not text.split("(")[0] else _repeating(text)

    def name(self, name: str) -> str:
        letter, _, subscript = name.partition("_")
        return f"{letter}_({subscript})" if subscript else letter

    def constant(self, name: str) -> str:
        return name

    def words(self, text: str) -> str:
        return text if text in voc.MONEY or text == "∅" else rf"\text{{{text}}}"

    def percent(self) -> str:
        return "%"

    def degree(self) -> str:
        return "°"

    def plus_minus(self) -> str:
        return " ± "

    def sign(self, sign: str) -> str:
        return "∈" if sign == "in" else sign

    def word(self, word: str) -> str:
        return f" {word} "

    def brackets(self, opening: str, closing: str) -> tuple[str, str]:
        return opening, closing


def _repeating(text: str) -> str:
    return text.replace("(", r"\overline{").replace(")", "}")


class _Latex(_Plain):
    """What looks different in LaTeX."""

    times = " "
    opening, closing = r"\left(", r"\right)"

    def product(self, factors: tuple[Expr, ...]) -> str:
        written = [self.inside(f, PRODUCT if i == 0 and isinstance(f, Div) else POWER) for i, f in enumerate(factors)]
        out = written[0]
        for index, text in enumerate(written[1:], start=1):
            digit = text[0].isdigit() or text.startswith((r"\frac", "-"))
            out += (r" \cdot " if digit and not isinstance(factors[index], Words) else " ") + text
        return out

    def fraction(self, top: Expr, bottom: Expr) -> str:
        return rf"\frac{{{self.write(top)}}}{{{self.write(bottom)}}}"

    def power(self, base: Expr, exponent: Expr) -> str:
        return f"{self.inside(base, ATOM)}^{{{self.write(exponent)}}}"

    def mixed(self, whole: int, top: int, bottom: int) -> str:
        return rf"{whole}\frac{{{top}}}{{{bottom}}}"

    def root(self, radicand: Expr, degree: Expr | None) -> str:
        index = "" if degree is None else f"[{self.write(degree)}]"
        return rf"\sqrt{index}{{{self.write(radicand)}}}"

    def call(self, name: str, args: tuple[Expr, ...]) -> str:
        inner = ", ".join(map(self.write, args))
        if name == "abs":
            return rf"\left|{inner}\right|"
        if name == "factorial":
            return self.inside(args[0], ATOM) + "!"
        if name == "log" and len(args) == 2:
            return rf"\log_{{{self.write(args[1])}}}\left({self.write(args[0])}\right)"
        shown = "\\" + name if name in _LATEX_NAMED else (name if len(name) == 1 else rf"\operatorname{{{name}}}")
        return rf"{shown}\left({inner}\right)"

    def number(self, text: str) -> str:
        if "E" in text:
            digits, exponent = text.split("E")
            return rf"{digits} \cdot 10^{{{int(exponent)}}}"
        return _repeating(text)

    def name(self, name: str) -> str:
        letter, _, subscript = name.partition("_")
        shown = "\\" + letter if letter in voc.GREEK else (letter if len(letter) < 3 else rf"\text{{{letter}}}")
        shown = r"\square" if name == "□" else shown
        return rf"{shown}_{{{subscript}}}" if subscript else shown

    def constant(self, name: str) -> str:
        return {"pi": r"\pi", "inf": r"\infty"}.get(name, name)

    def words(self, text: str) -> str:
        return {"$": r"\$", "∅": r"\varnothing"}.get(text, rf"\text{{{text}}}")

    def percent(self) -> str:
        return r"\%"

    def degree(self) -> str:
        return r"^{\circ}"

    def plus_minus(self) -> str:
        return r" \pm "

    def sign(self, sign: str) -> str:
        return _LATEX_SIGNS.get(sign, sign)

    def word(self, word: str) -> str:
        return _LATEX_WORDS[word]

    def brackets(self, opening: str, closing: str) -> tuple[str, str]:
        if not opening:
            return "", ""
        left, right = (("\\" + b if b in "{}" else b) for b in (opening, closing))
        return rf"\left{left}", rf"\right{right}"
