"""Units as learners spell them: ``cm``, ``centimeters``, ``sq ft``, ``ft^2``, ``miles per hour``, ``$``.

Spellings of one unit are the same; nothing is converted (``3 m`` is not accepted for ``300 cm``), because which unit
to use is part of the question.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SPELLINGS = """
mm millimeter millimeters millimetre millimetres
cm centimeter centimeters centimetre centimetres cms
m meter meters metre metres
km kilometer kilometers kilometre kilometres kms
in inch inches ″ "
ft foot feet ′ '
yd yard yards yds
mi mile miles
mg milligram milligrams
g gram grams gm gms
kg kilogram kilograms kgs kilo kilos
oz ounce ounces
lb pound pounds lbs
t ton tons tonne tonnes
ml mL milliliter milliliters millilitre millilitres
L l liter liters litre litres
gal gallon gallons
qt quart quarts
pt pint pints
cup cups
s sec secs second seconds
min mins minute minutes
h hr hrs hour hours
day days d
week weeks wk wks
month months mo
year years yr yrs
$ dollar dollars USD usd bucks
¢ cent cents
€ euro euros EUR
£ pound_sterling GBP
% percent pct
° degree degrees deg
°C celsius
°F fahrenheit
rad radian radians
N newton newtons
J joule joules
kJ kilojoule kilojoules
W watt watts
V volt volts
A amp amps ampere amperes
Hz hertz
mol mole moles
unit units
mph
"""
_CANONICAL = {word: line.split()[0] for line in _SPELLINGS.split("\n") if line for word in line.split()}
_FOLDED = {word.casefold(): unit for word, unit in reversed(_CANONICAL.items()) if len(word) > 1}
_COMPOUND = {"mph": "mi/h"}
_WRAPPED = re.compile(r"\\(?:text|mathrm|textrm|textbf|operatorname|mbox)\s*\{([^{}]*)\}")
_TAIL = re.compile(
    r"(?P<number>.*?[\d)\]}½⅓⅔¼¾⅕⅛πi.])\s*(?P<unit>[A-Za-z°%$€£¢′″'\"][A-Za-z°%$€£¢ .·*/^²³\d\-]*)", re.DOTALL
)
_MONEY = re.compile(r"(?P<sign>-?)\s*(?P<unit>[$€£])\s*(?P<number>.+)", re.DOTALL)
_PART = re.compile(r"(?:(square|sq|cubic|cu)\.?\s+)?([A-Za-z°$€£¢%′″\"']+)\s*(?:\^?\s*([23²³]))?\s*(squared|cubed)?")
_MATHS = frozenset(["pi", "e", "i", "sqrt", "sin", "cos", "tan", "ln", "log", "x", "y", "z", "n", "or", "and"])


def clean(text: str) -> str:
    """Take LaTeX wrappers off what may be a unit: ``\\text{cm}^{2}`` becomes ``cm^2``."""
    if "\\" not in text and "$" not in text and "{" not in text:
        return text.strip()
    text = _WRAPPED.sub(r" \1 ", text.replace("\\%", "%").replace("$$", " "))
    text = re.sub(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ)|\\degree", "°", text)
    text = re.sub(r"\^\{(\d)\}", r"^\1", text).replace("\\$", "$")
    if text.count("$") == 2 and text.strip().startswith("$") and text.strip().endswith("$"):
        text = text.strip()[1:-1]
    return re.sub(r"\\[,;: ]", " ", text).strip()


@lru_cache(maxsize=1024)
def canonical(unit: str) -> str:
    """Return one spelling for every spelling of ``unit``: ``sq ft`` is ``ft^2``; unknown words lose case and plural."""
    text = clean(unit).replace(" per ", "/").replace("·", "*").strip(" .")
    parts = [_canonical_part(part.strip()) for part in text.split("/")]
    return "/".join(parts)


def _canonical_part(text: str) -> str:
    found = _PART.fullmatch(text)
    if found is None:
        return " ".join(text.casefold().split())
    before, word, exponent, after = found.groups(default="")
    known = _CANONICAL.get(word) or _FOLDED.get(word.casefold())
    name = _COMPOUND.get(known or "", known) if known else _singular(word.casefold())
    power = {"square": "2", "sq": "2", "cubic": "3", "cu": "3", "squared": "2", "cubed": "3", "²": "2", "³": "3"}
    raised = power.get(before) or power.get(after) or power.get(exponent, exponent)
    return f"{name}^{raised}" if raised else str(name)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


def is_known(unit: str) -> bool:
    """Whether every part of ``unit`` is in the table."""
    return all(part.split("^")[0] in _UNITS for part in canonical(unit).split("/"))


_UNITS = frozenset(_CANONICAL.values())


def split_unit(text: str, expected: str = "") -> tuple[str, str]:
    """Cut ``text`` into a number and its canonical unit (``""`` when it has none).

    ``expected`` is the unit asked for, which may be any word; words that are neither expected nor in the table are
    taken for a unit only where one is expected and they cannot be mathematics.
    """
    text = clean(text)
    money = _MONEY.fullmatch(text)
    if money:
        rest, tail = split_unit(money["number"]) if not money["number"].isdecimal() else (money["number"], "")
        unit = money["unit"] + (tail if tail.startswith("/") else "")
        return money["sign"] + (rest if tail.startswith("/") else money["number"]), unit
    if text[-1:].isdecimal() and text[-2:-1] != "^":
        return text, ""
    found = _TAIL.fullmatch(text)
    if found is None:
        return text, ""
    number, unit = found["number"], found["unit"].strip()
    if expected and canonical(unit) == canonical(expected):
        return number, canonical(unit)
    if is_known(unit):
        return number, canonical(unit)
    words = re.findall(r"[A-Za-z]+", unit)
    if expected and words and len(max(words, key=len)) > 2 and not _MATHS & {w.lower() for w in words}:
        return number, canonical(unit)
    return text, ""
