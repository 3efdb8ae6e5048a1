"""The keys under the answer: our own, because a phone's keyboard hides the problem and lacks the signs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from headway.core.curriculum.problems import AnswerSpec


@dataclass(frozen=True, slots=True)
class Key:
    """``latex`` goes into the math field (``#?`` is a place to fill, ``#@`` what stands before), ``plain`` into a
    text field; ``command`` is a command of the field instead. ``touch`` keys show on touch screens only."""

    face: str
    name: Promise | str = ""
    latex: str = ""
    plain: str = ""
    command: str = ""
    touch: bool = False
    first: bool = False


def _digit(face: str) -> Key:
    return Key(face, latex=face, plain=face, touch=True, first=face in "7410")


DELETE = Key("⌫", _("delete"), command="deleteBackward", touch=True)
POINT = Key(".", _("decimal point"), ".", ".", touch=True)
MINUS = Key("−", _("minus"), "-", "-")
PLUS = Key("+", _("plus"), "+", "+")
TIMES = Key("×", _("times"), r"\times", "*")
FRACTION = Key("a/b", _("fraction"), r"\frac{#@}{#?}", "/")
POWER = Key("𝑥ⁿ", _("power"), "#@^{#?}", "^")
ROUND = Key("( )", _("parentheses"), "(#?)", "(")
COMMA = Key(",", _("comma"), ",", ",")
EQUALS = Key("=", _("equals"), "=", "=")
LESS = (Key("<", _("less than"), "<", "<"), Key(">", _("greater than"), ">", ">"))
LEAST = (Key("≤", _("at most"), r"\le", "<="), Key("≥", _("at least"), r"\ge", ">="))

EXTRA: dict[str, tuple[Key, ...]] = {
    "number": (MINUS, FRACTION),
    "expression": (PLUS, MINUS, TIMES, FRACTION, POWER, ROUND),
    "equation": (PLUS, MINUS, TIMES, FRACTION, POWER, ROUND, EQUALS),
    "inequality": (PLUS, MINUS, FRACTION, *LESS, *LEAST),
    "set": (MINUS, FRACTION, COMMA, Key("{ }", _("braces"), r"\{#?\}", "{")),
    "list": (MINUS, FRACTION, COMMA),
    "interval": (
        MINUS,
        FRACTION,
        ROUND,
        COMMA,
        Key("[ ]", _("brackets"), "[#?]", "["),
        Key("∞", _("infinity"), r"\infty"),
    ),
    "coordinate": (MINUS, FRACTION, ROUND, COMMA),
}
ROWS = (
    tuple(_digit(face) for face in "789"),
    tuple(_digit(face) for face in "456"),
    tuple(_digit(face) for face in "123"),
    (_digit("0"), POINT, DELETE),
)


def keys_for(spec: AnswerSpec) -> tuple[Key, ...]:
    """The keys for an answer of this kind, row by row: digits (touch only), then the signs it may need and its
    letters. The choice depends on the kind alone, so that it does not give the form of the answer away."""
    if spec.kind not in EXTRA:
        return ()
    letters = spec.variables or (("x",) if spec.kind in ("expression", "equation", "inequality") else ())
    named = tuple(Key(_italic(letter), letter, latex=letter, plain=letter) for letter in letters[:3])
    percent = (Key("%", _("percent"), r"\%", "%"),) if spec.unit == "%" else ()
    extra = (*EXTRA[spec.kind], *named, *percent)
    beside = columns_for(len(extra))
    return tuple(key for n, row in enumerate(ROWS) for key in (*row, *extra[n * beside : (n + 1) * beside]))


def columns_for(extra: int) -> int:
    """How many columns of signs stand beside the digits, so that four rows hold them."""
    return max(1, -(-extra // len(ROWS)))


def _italic(letter: str) -> str:
    """The letter as mathematics sets it."""
    if len(letter) != 1 or not ("a" <= letter <= "z"):
        return letter
    return "ℎ" if letter == "h" else chr(0x1D44E + ord(letter) - ord("a"))
