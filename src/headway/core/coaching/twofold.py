"""Stories about two of a kind: a figure and its larger copy, two plans of paying, two mixtures.

As in :mod:`headway.core.coaching.telling`, a story is read only when all its numbers take part and nothing is in doubt.
"""

from __future__ import annotations

import re
from fractions import Fraction

from headway.core.coaching.building import decimal
from headway.core.coaching.tree import Call

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_LENGTH = rf"({_NUMBER})\s*-?(mm|cm|dm|m|centimet(?:er|re)s?|met(?:er|re)s?|in|inch(?:es)?|feet|foot|ft|yards?)\s*-?"
_SIDE = r"(high|tall|wide|long)"
_COVER = r"(?:paint|ink|color|colour|varnish|lacquer|cloth|fabric|paper|grass seed|fertilizer|tiles|gold leaf|glaze)"
_AMOUNT = (
    rf"({_NUMBER})\s*(ml|cl|l|g|kg|milliliters?|liters?|grams?|ounces?|oz|cups?|tubes?|cans?)\s+(?:of )?({_COVER})\b"
)
_COPIED = re.compile(
    rf"\b{_LENGTH}\s*{_SIDE}\b.*?\b{_AMOUNT}.*?\b(?:enlarge\w*|larger|bigger|same|cop(?:y|ies)|similar|scaled?\w*)\b"
    rf".*?\b{_LENGTH}\s*{_SIDE}\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(rf"\bhow (?:much|many)\b[^?]*?\b{_COVER}\b[^?]*\?", re.IGNORECASE)


def copied(text: str) -> Call | None:
    """A figure of a height that takes an amount to cover, its copy of another height, and the amount for that one."""
    found = _COPIED.search(text) or _COPIED.search(_question_last(text))
    others = [word for word in re.findall(_NUMBER, text) if word != "1"]  # "a similar one" is read as a number, too
    if found is None or len(others) != 3 or not _QUESTION.search(text):
        return None
    if found[2].lower() != found[8].lower() or found[3].lower() != found[9].lower():
        return None
    height, amount, other = (Fraction(found[index].replace(",", "")) for index in (1, 4, 7))
    return Call("copied", (decimal(height), decimal(amount), decimal(other))) if height and amount and other else None


def _question_last(text: str) -> str:
    """The height of the copy is often told inside the question: its mark is no end there."""
    return text.replace("?", " ")


_PRICE = re.compile(rf"\$({_NUMBER})")
_ONCE = re.compile(
    r"\b(?:to (?:get in|join|enter|start|rent|sign up)|fee|once|admission|entrance|at the start)\b", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:each|every|per)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:the same|equal|as much)\b[^?]*\?", re.IGNORECASE)


def plans(text: str) -> Call | None:
    """Two plans, each with an amount that comes once and one for each, and the number asked for which they come to the same."""
    marks = list(_PRICE.finditer(text))
    rest = set(re.findall(_NUMBER, _PRICE.sub("", text)))
    if len(marks) != 4 or not rest <= {"2"} or not _SAME.search(text):  # "two clubs", "the two of you"
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    kinds = [_kind(text, mark.start(), mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    if kinds != ["once", "each", "once", "each"]:
        return None
    first, each, other, rate = (Fraction(mark[1].replace(",", "")) for mark in marks)
    if each == rate or (first - other) / (rate - each) <= 0:
        return None
    return Call("plans", tuple(decimal(value) for value in (first, each, other, rate)))


def _kind(text: str, start: int, end: int, next_price: int) -> str:
    """Whether a price comes once or for each: what follows it in its sentence tells, else what stands before it there."""
    after = re.split(r"[.;,?]", text[end:next_price])[0]
    before = re.split(r"[.;,?]|\$", text[:start])[-1]
    for words in (after, before):
        if _EACH.search(words):
            return "each"
        if _ONCE.search(words):
            return "once"
    return ""


_PARTS = rf"({_NUMBER}) (?:\w+ (?:of )?)?([a-z]+)(?: and|,) ({_NUMBER}) (?:\w+ (?:of )?)?([a-z]+)\b"
_MIXED = re.compile(rf"{_PARTS}.*?{_PARTS}", re.IGNORECASE | re.DOTALL)
_STRONGER = re.compile(
    r"\bwhich\b[^?]*?\b(?:(?:stronger|more|most|strongest)\s+([a-z]+)?[^?]*?\b(?:taste|flavou?r|tasting|strength)\b|stronger|"
    r"strongest|sweeter|darker)[^?]*\?", re.IGNORECASE,
)  # fmt: skip


def mixtures(text: str) -> Call | None:
    """Two mixtures of the same two kinds, and the question which of them is the stronger; the kind asked for comes first."""
    found, asked = _MIXED.search(text), _STRONGER.search(text)
    if found is None or asked is None or len(re.findall(_NUMBER, text)) != 4:
        return None
    p, q, r, s = (Fraction(found[index].replace(",", "")) for index in (1, 3, 5, 7))
    kinds = [found[index].lower() for index in (2, 4, 6, 8)]
    if kinds[:2] != kinds[2:] or kinds[0] == kinds[1] or not all((p, q, r, s)):
        return None
    if asked[1] and asked[1].lower() == kinds[1]:
        p, q, r, s = q, p, s, r
    return Call("stronger", tuple(decimal(value) for value in (p, q, r, s)))
