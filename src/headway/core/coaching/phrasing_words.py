"""Words that the check of a model's wording needs: common ones by language, numbers, operations, spoken equations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON: dict[str, frozenset[str]] = {
    "en": _words(
        "the a an of to and in is it that you your on for with as at by this be are what how which both each side does "
        "do can not or if so look line same try next first one has have did would will from there here then think about "
        "its"
    ),
    "es": _words(
        "el la los las un una de del a al y en es lo que tu tus su con por para como se no si o más qué cuál ambos lado "
        "cada hay está esta este mira misma mismo línea prueba primero luego piensa sobre puedes"
    ),
    "de": _words(
        "der die das ein eine einen dem den des und in ist es dass du dein deine auf für mit als an bei wie was welche "
        "beide beiden seite nicht oder wenn schau gleiche zuerst dann sich von zu"
    ),
    "fr": _words(
        "le la les un une des de du et en est il que tu ton ta tes sur pour avec comme ce cette quel quelle les deux "
        "côté ne pas ou si regarde même ligne puis dans au aux"
    ),
    "pt": _words(
        "o a os as um uma de do da dos das e em é que você seu sua com por para como se não ou mais qual ambos lado "
        "cada olhe mesma mesmo linha depois pense sobre"
    ),
}
"""The commonest words of the languages that children are likely to be answered in."""

_TO_TWENTY_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TO_TWENTY_ES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte"
)
_TENS = {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
    "cien": 100,
}  # fmt: skip
_PARTS = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5),
    "medio": Fraction(1, 2), "tercio": Fraction(1, 3),
}  # fmt: skip
_EVERYDAY = _words("one uno")
"""Words that mean a number less often than not ("which one")."""
NUMBER_WORDS: dict[str, Fraction] = {
    word: Fraction(value)
    for names in (_TO_TWENTY_EN, _TO_TWENTY_ES)
    for value, word in enumerate(names.split())
    if word not in _EVERYDAY
} | {word: Fraction(value) for word, value in (_TENS | _PARTS).items()}

OPERATIONS: dict[str, frozenset[str]] = {
    "add": _words("add adds added adding plus sum sumar suma súmale sumas sumando más"),
    "subtract": _words(
        "subtract subtracts subtracted subtracting minus difference restar resta réstale restas restando menos"
    ),
    "multiply": _words(
        "multiply multiplies multiplied multiplying times product multiplicar multiplica multiplicas producto"
    ),
    "divide": _words("divide divides divided dividing quotient dividir divides dividiendo cociente"),
    "square": _words("square squared squaring root cuadrado raíz"),
    "cancel": _words("cancel cancels cancelled flip swap cross cancela cruza"),
}
"""Words that name an operation."""

_SPOKEN = {"plus": "+", "minus": "-", "times": "*", "más": "+", "menos": "-", "por": "*"}
_ANY = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_EQUATION = re.compile(
    rf"\b({_ANY})\s+(plus|minus|times|divided by|más|menos|por)\s+({_ANY})\s+(?:is|equals|makes|gives|es|da|son)\s+({_ANY})\b",
    re.IGNORECASE,
)


def spoken_relations(text: str) -> Iterator[str]:
    """Equations that are spelled out: ``two times three is seven`` becomes ``2*3=7``."""
    for first, sign, second, result in _EQUATION.findall(text):
        yield f"({_digits(first)}){_SPOKEN.get(sign.lower(), '/')}({_digits(second)})={_digits(result)}"


def _digits(word: str) -> str:
    found = NUMBER_WORDS.get(word.lower())
    return word if found is None else str(found)
