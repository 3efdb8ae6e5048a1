"""The usual words around school mathematics, turned into symbols.

Whole families of sentences are understood ("the sum of A and B", "P% of what number is N", "three less than a
number", "A times as many X as Y"), whatever the numbers in them are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import decimal, equation, negative, number
from headway.core.coaching.parser import parse
from headway.core.coaching.relations import told_value
from headway.core.coaching.tree import Add, Call, Div, Expr, Mul, Num, ParseError, Percent, Sym

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_WORDS |= {f"{t}-{o}": 10 * i + j for i, t in enumerate(_TENS, 2) for j, o in enumerate(_ONES[:10]) if j}
_SPELLED = re.compile(r"\b(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_N = r"\$?(-?\d+(?:,\d{3})*(?:\.\d+)?)"
_PERCENT = rf"{_N}\s*(?:%|percent)"
_PIECE = r"(-?\d+(?:\.\d+)?(?: \d+/\d+|/\d+)?)"


@dataclass(frozen=True, slots=True)
class Symbols:
    """What a problem says: its mathematics as text or as a tree, values of letters, a comparison to make, which of two
    is the larger, statements to be judged, or what is to be written in symbols."""

    mathematics: str
    values: tuple[tuple[str, Expr], ...] = ()
    comparing: tuple[str, str] | None = None
    larger: tuple[str, str] | None = None
    truth: tuple[str, ...] = ()
    wanted: Expr | None = None
    tree: Expr | None = None


def in_digits(text: str) -> str:
    """A text in one line, its numbers below a hundred in digits."""
    return _SPELLED.sub(lambda m: str(_WORDS[m.group(1).lower()]), " ".join(text.replace("\\n", " ").split()))


def symbols_of(text: str) -> Symbols:
    """Read the words of a problem."""
    plain = in_digits(text)
    compared = _COMPARE.search(plain)
    if compared:
        return Symbols("", comparing=(compared.group(1) or compared.group(3), compared.group(2) or compared.group(4)))
    several = _TRUTH_LISTED.match(text.strip())
    if several:
        return Symbols("", truth=tuple(several.group(1).split("\n")))
    asked = _TRUTH_BEFORE.search(plain) or _TRUTH_AFTER.search(plain)
    if asked:
        return Symbols("", truth=(asked.group(1),))
    bigger = _LARGER.search(plain)
    if bigger:
        return Symbols("", larger=(bigger.group(1), bigger.group(2)))
    pair = _WORDED.findall(plain) if _WHICH_LARGER.search(plain) else []
    if len(pair) == 2:
        return Symbols("", larger=(operation_in_words(pair[0][0]), operation_in_words(pair[1][0])))
    wanted = _spoken(plain)
    if wanted is not None:
        return Symbols("", wanted=wanted)
    values = tuple(
        (m.group(1), tree) for m in _VALUE.finditer(plain) if not isinstance(tree := parse(m.group(2)), ParseError)
    )
    body = _GIVEN.sub(" ", plain) if values else plain
    for pattern, build in _OPERATIONS:
        found = pattern.search(body)
        if found:
            built = build(found)
            return Symbols(built, values) if isinstance(built, str) else Symbols("", values, tree=built)
    return Symbols(_cut(body), values)


_COMPARE = re.compile(
    rf"{_PIECE}\s*(?:_+|□|○|\?)\s*{_PIECE}\s*$|^compare:?\s+{_PIECE}\s+(?:and|with|to)\s+{_PIECE}", re.IGNORECASE
)
_JUDGE = r"(?:true or false|always,? sometimes,? or never true)"
_TRUTH_BEFORE = re.compile(rf"\b{_JUDGE}[?:.]*\s+([^?]*=[^?]*?)[?.]*\s*$", re.IGNORECASE)
_TRUTH_AFTER = re.compile(rf"^([^?]*=[^?]*?)[,:;.]?\s+(?:is (?:this|it) )?{_JUDGE}\s*\?*\s*$", re.IGNORECASE)
_LARGER = re.compile(
    r"\bwhich (?:one )?is (?:larger|greater|bigger|more)[,:]?\s+([^?,]*?[a-z][^?,]*?) or ([^?,.]+)", re.IGNORECASE
)
_TRUTH_LISTED = re.compile(rf"[^\n]*\b{_JUDGE}[^\n=]*\n((?:[^\n=]+=[^\n=]+\n){{1,3}}[^\n=]+=[^\n=]+)$", re.IGNORECASE)
_WHICH_LARGER = re.compile(
    r"\bwhich\b[^.?]*\b(?:larger|greater|bigger) (?:difference|sum|product|quotient|result|answer|number)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\b(?:for|when|if|where|and)\s+([a-z])\s*=\s*(-?\d+(?:\.\d+)?(?:/\d+)?)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:for|when|if|where)\s+[a-z]\s*=\s*-?\d+(?:\.\d+)?(?:/\d+)?(?:\s*(?:,|and)\s*[a-z]\s*=\s*-?\d+(?:\.\d+)?)*[:,.]?",
    re.IGNORECASE,
)


def _bracket(text: str) -> str:
    return f"({text.strip()})"


def _plain(text: str) -> str:
    return text.replace(",", "")


_PLACES = {
    "one": 0, "whole": 0, "dollar": 0, "ten": 1, "hundred": 2, "thousand": 3, "tenth": -1, "hundredth": -2, "cent": -2,
    "thousandth": -3,
}  # fmt: skip
_POINT = r"\s*(-?\d+)\s*,\s*(-?\d+)\s*"


def _rounded(found: re.Match[str]) -> str | Expr:
    """A number to be rounded, with the power of ten that it is rounded to."""
    place = _PLACES.get(found[2].lower())
    return found[1] if place is None else Call("rounded", (_n(found[1]), number(Fraction(10) ** place)))


def _as_rounded(value: Fraction, unit: Fraction) -> Expr:
    """The nearest multiple of ``unit``; halves go away from zero."""
    size = (abs(value) / unit + Fraction(1, 2)).__floor__() * unit
    return decimal(size if value >= 0 else -size)


_NUMBER_IS = r"(?:the number:?\s*)?([-+*\d^().× ]+)"


def _last_digit(found: re.Match[str]) -> str | Expr:
    tree = parse(found[1].strip(" .?"))
    return found[1] if isinstance(tree, ParseError) else Call("lastdigit", (tree,))


_ANY = r"(-?[\w.]+(?:/\d+| \d+/\d+)?)"
_OPERATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | Expr]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (rf"{_PERCENT} of (?:what|which) (?:number|amount) (?:is|equals) {_N}",
         lambda m: Call("percentbase", (_n(m[1]), _n(m[2])))),
        (rf"{_N} is {_PERCENT} of (?:what|which)(?: number| amount)?", lambda m: Call("percentbase", (_n(m[2]), _n(m[1])))),
        (rf"what percent of {_N} is {_N}", lambda m: Call("percentrate", (_n(m[2]), _n(m[1])))),
        (rf"{_N} is what percent of {_N}", lambda m: Call("percentrate", (_n(m[1]), _n(m[2])))),
        (rf"{_PERCENT} of {_N}", lambda m: f"({m[1]}%)*{_plain(m[2])}"),
        (rf"{_N}[^%]*?\b{_PERCENT} of (?:this|that|it|these|those|the total)",
         lambda m: f"({m[2]}%)*{_plain(m[1])}"),
        (rf"^(?:what is|find|calculate|compute|work out)?\s*(\d+\s*/\s*\d+|\d+ \d+/\d+) of {_N}\s*[?.=]*$",
         lambda m: f"({m[1]})*{_plain(m[2])}"),
        (rf"\bround {_N} to the nearest ([a-z]+)", _rounded),
        (r"\b(?:lcm|least common multiple|lowest common multiple) (?:of|for) (\d+) and (\d+)",
         lambda m: Call("lcm", (_n(m[1]), _n(m[2])))),
        (r"\b(?:gcf|gcd|hcf|greatest common (?:factor|divisor)|highest common factor) (?:of|for) (\d+) and (\d+)",
         lambda m: Call("gcf", (_n(m[1]), _n(m[2])))),
        (rf"\bslope of (?:the|a) line\b[^()]*?\({_POINT}\) and \({_POINT}\)",
         lambda m: f"({m[4]}-({m[2]}))/({m[3]}-({m[1]}))"),
        (rf"sum of {_ANY} and {_ANY}", lambda m: f"{_bracket(m[1])}+{_bracket(m[2])}"),
        (rf"difference (?:of|between) {_ANY} and {_ANY}", lambda m: f"{_bracket(m[1])}-{_bracket(m[2])}"),
        (rf"product of {_ANY} and {_ANY}", lambda m: f"{_bracket(m[1])}*{_bracket(m[2])}"),
        (rf"quotient of {_ANY} and {_ANY}", lambda m: f"{_bracket(m[1])}/{_bracket(m[2])}"),
        (rf"subtract {_ANY} from {_ANY}", lambda m: f"{_bracket(m[2])}-{_bracket(m[1])}"),
        (r"(?:what|which) digit (?:is|stands) (?:at|in) the (?:(?:ones?|1)(?:['\u2019]?s)?|units?) place (?:of|in) " + _NUMBER_IS,
         _last_digit),
        (r"\b(?:last|units?|ones?) digit (?:of|in) " + _NUMBER_IS, _last_digit),
        (r"equivalent fraction (?:for|to|of) (\d+)\s*/\s*(\d+)", lambda m: Call("lowest", (_n(m[1]), _n(m[2])))),
        (r"simplif\w+(?: the)?(?: fraction| expression)?:?\s+(\d+)\s*/\s*(\d+)\s*\.?$",
         lambda m: Call("lowest", (_n(m[1]), _n(m[2])))),
    )
)  # fmt: skip

_CUT = re.compile(
    r"^.*?\b(?:solve|simplify|evaluate|calculate|compute|find|work out|add|subtract|multiply|divide|expand|factor|"
    r"expression|equation|write|what is|if)\b(?:[^:=+*/^()\d]*?:|(?:\s+(?:the|this|following|for|value|of|is|each|"
    r"expression|equation|inequality|fraction|[a-z](?=\s*[:,])))*[:,]?)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:(?<=\d)\s+in the \w+.*|"
    r",?\s*(?:and|then)\b\s*(?:find|check|simplify|solve|give|write|explain)\b.*|\.|\?)\s*$",
    re.IGNORECASE,
)
_CHECK = re.compile(r"^\s*(?:and\s+)?(?:check|explain)\b[^:=\d]*?(?:answer|work|answer\.)\s*", re.IGNORECASE)


def _cut(text: str) -> str:
    """Cut the words off both ends of a formula."""
    if isinstance(parse(text), ParseError) or re.search(r"[A-Za-z]{3,}", text):
        text = _CUT.sub("", text, count=1)
        text = _CHECK.sub("", text)
        text = _TAIL.sub("", text)
    return text.replace("=?", "").strip().rstrip(".?")


def _spoken(text: str) -> Expr | None:
    """Words to be written in symbols."""
    if not re.search(r"\bexpression\b|\bequation\b|\bin symbols\b", text, re.IGNORECASE):
        return None
    for pattern, build in _SPOKEN:
        found = pattern.search(text)
        if found:
            return build(found)
    return None


def _n(text: str) -> Expr:
    plain = text.replace(",", "")
    value = Fraction(plain)
    return number(value) if "." not in plain else (negative(Num(-value, plain[1:])) if value < 0 else Num(value, plain))


def _letter(match: re.Match[str], text: str) -> Sym:
    """The letter that a problem says stands for a word; by default the word's first letter."""
    said = re.search(
        rf"\b(?:use\s+|variable\s+)?([A-Z])\s+(?:(?:for|as|represents?|stands? for)\s+)?the number of {text}"
        rf"|\band\s+([A-Z])\s+(?:for\s+)?the number of {text}",
        match.string,
    )
    return Sym((said.group(1) or said.group(2)) if said else text[0].upper())


_SPOKEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Expr]], ...] = (
    (re.compile(rf"{_N} times as many (\w+) as (\w+)", re.IGNORECASE),
     lambda m: Call("write", (equation(_letter(m, m[2]), Mul((_n(m[1]), _letter(m, m[3])))), Sym("times")))),
    (re.compile(rf"{_N} more (\w+) than (\w+)", re.IGNORECASE),
     lambda m: Call("write", (equation(_letter(m, m[2]), Add((_letter(m, m[3]), _n(m[1])))), Sym("more")))),
    (re.compile(rf"{_N} less than a number", re.IGNORECASE),
     lambda m: Call("write", (Add((Sym("x"), negative(_n(m[1])))), Sym("less")))),
    (re.compile(rf"{_N} more than a number", re.IGNORECASE),
     lambda m: Call("write", (Add((Sym("x"), _n(m[1]))), Sym("sum")))),
    (re.compile(rf"{_N} times a number", re.IGNORECASE),
     lambda m: Call("write", (Mul((_n(m[1]), Sym("x"))), Sym("product")))),
    (re.compile(r"a number divided by " + _N, re.IGNORECASE),
     lambda m: Call("write", (Div(Sym("x"), _n(m[1])), Sym("quotient")))),
)  # fmt: skip


def _worked(asked: str, first: Fraction | None, second: Fraction | None) -> Expr | None:
    """A rounded number, or a common multiple or factor of two whole numbers."""
    if first is None or not second:
        return None
    if asked == "rounded":
        return _as_rounded(first, second)
    return number((lcm if asked == "lcm" else gcd)(int(first), int(second)))


_WORDED = re.compile(
    rf"\b((?:subtracting {_PIECE} from|adding {_PIECE} to|multiplying {_PIECE} by|dividing {_PIECE} by) {_PIECE})",
    re.IGNORECASE,
)


def operation_in_words(text: str) -> str:
    """``subtracting 1/3 from 2/5`` as ``(2/5)-(1/3)``; empty when there is none, the last of several."""
    found = _WORDED.findall(text)
    pieces = [piece for piece in found[-1][1:] if piece] if found else []
    if len(pieces) != 2:
        return ""
    first, second = (_bracket(piece) for piece in pieces)
    sign = {"s": "-", "a": "+", "m": "*", "d": "/"}[found[-1][0][0].lower()]
    return f"{second}-{first}" if sign == "-" else f"{first}{sign}{second}"


def meaning(call: Call) -> Expr | None:
    """The usual tree that a task in words stands for: ``15% of what number is 240`` is ``240 / 15%``."""
    match call:
        case Call("percentbase", (percent, part)):
            return Div(part, Percent(percent))
        case Call("percentrate", (part, whole)):
            return Mul((Div(part, whole), number(100)))
        case Call("lowest", (top, bottom)):
            return Div(top, bottom)
        case Call("write", (wanted, _)):
            return wanted
        case Call("rounded" | "lcm" | "gcf" as asked, (first, second)):
            return _worked(asked, rational(first), rational(second))
        case Call("lastdigit", (of,)):
            value = rational(of)
            return None if value is None or value.denominator != 1 else number(int(abs(value)) % 10)
        case _:
            return told_value(call)
