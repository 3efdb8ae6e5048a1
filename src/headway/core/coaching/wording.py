"""Answers in words: case, spacing and end signs do not matter; some phrases mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = {
    "no solution": "no solution", "no solutions": "no solution", "none": "no solution", "∅": "no solution",
    "empty set": "no solution", "{}": "no solution", "no real solution": "no solution",
    "no real solutions": "no solution", "there is no solution": "no solution", "nosolution": "no solution",
    "all real numbers": "all real numbers", "all reals": "all real numbers", "all numbers": "all real numbers",
    "infinitely many solutions": "all real numbers", "infinite solutions": "all real numbers",
    "infinitely many": "all real numbers", "(-inf,inf)": "all real numbers", "ℝ": "all real numbers",
    "dne": "undefined", "does not exist": "undefined", "undefined": "undefined", "und": "undefined",
    "not defined": "undefined", "undef": "undefined", "t": "true", "f": "false", "y": "yes", "n": "no",
}  # fmt: skip
_MEANINGS = frozenset(("no solution", "all real numbers", "undefined"))
_DECORATION = re.compile(r"\\(?:text|mathrm|textbf|textit)\s*\{([^{}]*)\}|\$+")
_SPACES_AROUND = re.compile(r"\s*([^\w\s])\s*")


@lru_cache(maxsize=2048)
def normal_words(text: str) -> str:
    """Return ``text`` folded: Unicode compatibility form, lower case, single spaces, no quotes or end signs."""
    text = unicodedata.normalize("NFKC", text[:5000])
    text = _DECORATION.sub(lambda m: m.group(1) or "", text)
    text = text.translate({0x2212: "-", 0x2013: "-", 0x2014: "-", 0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})
    text = " ".join(text.casefold().split()).strip("\"' .!?")
    return _SPACES_AROUND.sub(r"\1", text)


def phrase(text: str) -> str:
    """Return the meaning of a set phrase (``no solution``, ``all real numbers``, ``undefined``) or ``""``."""
    words = normal_words(text)
    meaning = _SAME.get(words, "")
    return meaning if meaning in _MEANINGS else ""


_JUDGEMENTS = {
    "always": "true", "always true": "true", "true": "true", "never": "false", "never true": "false", "false": "false",
    "sometimes": "sometimes", "sometimes true": "sometimes", "cannot tell": "cannot tell", "can't tell": "cannot tell",
    "you cannot tell": "cannot tell", "it depends": "cannot tell", "not always": "sometimes",
}  # fmt: skip


def judgement(text: str) -> str:
    """Return what a learner says of a statement: ``true``, ``false``, ``sometimes``, ``cannot tell``, or ``""``."""
    return _JUDGEMENTS.get(normal_words(text), "")


def same_words(key: str, given: str) -> bool:
    """Whether two answers in words are the same."""
    left, right = normal_words(key), normal_words(given)
    return left == right or (len(left) > 1 and _SAME.get(left, left) == _SAME.get(right, right))
