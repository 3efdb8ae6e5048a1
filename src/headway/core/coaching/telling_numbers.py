"""Rows of numbers with the next one asked for."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from headway.core.coaching.building import decimal
from headway.core.coaching.tree import Call

_LISTED = r"((?:\d+(?:\.\d+)?,\s*){2,7}\d+(?:\.\d+)?)"
_NEXT = r"\bnext (?:number|term)\b"
_SEQUENCE = re.compile(rf"{_NEXT}[^\d]*{_LISTED}|{_LISTED}[^\d]*{_NEXT}", re.IGNORECASE)


def sequence(text: str) -> Call | None:
    """Numbers with a constant ratio or a constant difference, and the next one asked for."""
    found = _SEQUENCE.search(text)
    if found is None:
        return None
    listed = [Fraction(piece) for piece in re.findall(r"\d+(?:\.\d+)?", found[1] or found[2])]
    if len(listed) != len(re.findall(r"\d+(?:\.\d+)?", text)) or 0 in listed:
        return None
    ratios = {b / a for a, b in pairwise(listed)}
    steps = {b - a for a, b in pairwise(listed)}
    count = Fraction(len(listed))
    if len(ratios) == 1 and ratios != {Fraction(1)}:
        return _call("grows", listed[0], *ratios, count)
    return _call("climbs", listed[0], *steps, count) if len(steps) == 1 else None


def _call(name: str, *values: Fraction) -> Call | None:
    return Call(name, tuple(decimal(value) for value in values)) if all(value > 0 for value in values) else None
