"""Small helpers that templates share: drawing numbers, writing them for reading and for typing, and wrong answers.

Numbers are written in three ways. *Prose*: ``12,345`` and ``$4.50``. *LaTeX* (inside ``$$``): ``12{,}345`` and
``\\frac{3}{4}``. *Plain typing*, for keys: ``12345``, ``3/4``, ``1 3/4``, ``0.75``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

import numpy as np

from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import Text, verbatim

Element = TypeVar("Element")
Number = int | Fraction


def between(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return int(rng.integers(low, high + 1))


def pick(rng: np.random.Generator, options: Sequence[Element]) -> Element:
    """One of ``options``, each as likely."""
    return options[int(rng.integers(len(options)))]


def distinct(rng: np.random.Generator, low: int, high: int, count: int) -> list[int]:
    """``count`` different whole numbers from ``low`` to ``high``, in random order. Meant for small ranges."""
    return [low + int(n) for n in rng.permutation(high - low + 1)[:count]]


def shuffled(rng: np.random.Generator, items: Sequence[Element]) -> list[Element]:
    """``items`` in random order."""
    return [items[int(n)] for n in rng.permutation(len(items))]


def grouped(n: int) -> str:
    """A whole number in prose, with commas from five digits (or four) on: ``12,345``."""
    return f"{n:,}"


def money(cents: int) -> str:
    """Dollars and cents in prose: 450 -> ``$4.50``; whole dollars have no cents: 400 -> ``$4``."""
    return f"${cents // 100:,}" if cents % 100 == 0 else f"${cents // 100:,}.{cents % 100:02d}"


def decimal(value: Number) -> str:
    """A terminating decimal exactly, without trailing zeros: 3/4 -> ``0.75``. Raises ValueError if it never ends."""
    if isinstance(value, int):
        return str(value)
    for places in range(13):
        shifted = value * 10**places
        if shifted.denominator == 1:
            digits = str(abs(shifted.numerator)).rjust(places + 1, "0")
            text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            return f"-{text}" if value < 0 else text
    raise ValueError(f"{value} does not end as a decimal within 12 places")


def plain(value: Number) -> str:
    """Whole number or simplest fraction in plain typing: ``7``, ``7/4``."""
    return str(value)


def plain_mixed(value: Number) -> str:
    """Mixed number in plain typing: 7/4 -> ``1 3/4``; below one as a fraction."""
    whole, part = divmod(abs(Fraction(value)), 1)
    if not part:
        return str(value)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def latex_whole(n: int) -> str:
    """A whole number in LaTeX with thousands set off: ``12{,}345``."""
    return f"{n:,}".replace(",", "{,}")


def latex_fraction(top: int | str, bottom: int | str) -> str:
    """A fraction as it stands, not simplified: ``\\frac{6}{8}``."""
    return f"\\frac{{{top}}}{{{bottom}}}"


def latex(value: Number) -> str:
    """Whole number or simplest fraction (improper if it is) in LaTeX: ``7``, ``\\frac{7}{4}``."""
    if isinstance(value, int) or value.denominator == 1:
        return latex_whole(int(value))
    sign = "-" if value < 0 else ""
    return sign + latex_fraction(abs(value.numerator), value.denominator)


def latex_mixed(value: Number) -> str:
    """Mixed number in LaTeX: 7/4 -> ``1\\frac{3}{4}``."""
    whole, part = divmod(abs(Fraction(value)), 1)
    if not part or not whole:
        return latex(value)
    return f"{'-' if value < 0 else ''}{whole}{latex(part)}"


def value_of(typed: str) -> Fraction:
    """The value of a number in plain typing: ``-3``, ``3/4``, ``1 3/4``, ``0.75``, ``1,234``."""
    text = typed.strip().replace(",", "")
    sign = -1 if text.startswith("-") else 1
    return sign * sum((Fraction(part) for part in text.lstrip("-").split()), Fraction(0))


def number_key(value: Number | str, *, unit: str = "", form: str = "") -> AnswerSpec:
    """The key of a number answer. A string is taken as typed; a Fraction is written in simplest form."""
    key = value if isinstance(value, str) else plain(value)
    return AnswerSpec("number", (key,), unit=unit, form=form)


def choice_key(right: int, choices: Sequence[Text | str]) -> AnswerSpec:
    """The key of a single choice; strings among ``choices`` are mathematics or names, not to be translated."""
    texts = tuple(c if isinstance(c, Text) else verbatim(c) for c in choices)
    return AnswerSpec("choice", (str(right),), choices=texts)


SIGNS = ("$$<$$", "$$>$$", "$$=$$")
"""The choices of a comparison, always in this order."""


def sign(left: Number, right: Number) -> int:
    """The index in :data:`SIGNS` of the sign that stands between two numbers."""
    return 0 if left < right else 1 if left > right else 2


def sign_latex(index: int) -> str:
    """A sign of :data:`SIGNS` for use inside a formula."""
    return "<>="[index]


def wrong_numbers(
    key: Number | str, *pairs: tuple[Number | str | None, str], negative: bool = False
) -> tuple[WrongAnswer, ...]:
    """Wrong answers from (answer, misconception) pairs.

    Drops None, a value equal to the key's and a value already given; negative ones too unless ``negative``. A
    string is kept as typed (an unsimplified fraction shows the error better).
    """
    seen = {value_of(key) if isinstance(key, str) else Fraction(key)}
    kept = []
    for answer, misconception in pairs:
        if answer is None:
            continue
        value = value_of(answer) if isinstance(answer, str) else Fraction(answer)
        if value in seen or (value < 0 and not negative):
            continue
        seen.add(value)
        kept.append(WrongAnswer(answer if isinstance(answer, str) else plain(answer), misconception))
    return tuple(kept)


def wrong_choices(right: int, *pairs: tuple[int | None, str]) -> tuple[WrongAnswer, ...]:
    """Wrong choices from (index, misconception) pairs; drops None, the right one and repeats."""
    seen = {right}
    kept = []
    for index, misconception in pairs:
        if index is not None and index not in seen:
            seen.add(index)
            kept.append(WrongAnswer(str(index), misconception))
    return tuple(kept)
