"""Lines that put two quantities together: ``4 -> 6``, ``2 pens cost $3``, ``10 pens = $15``, a row of a ratio table.

Where a story tells that two quantities grow together at one rate, such a pair is right when it has that rate. A pair that
has another rate may be about something else, so it is left open until the answer comes.
"""

from __future__ import annotations

import re
from fractions import Fraction

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import decimal
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Call, Group
from headway.core.coaching.verdicts import MESSAGES, Kind, LineVerdict
from headway.core.text import NOTHING

_AMOUNT = r"\$?\s*(\d{1,9}(?:\.\d{1,6})?(?:\s*/\s*\d{1,6})?)"
_UNIT = r"\s*((?:[A-Za-z]+\s*){0,4}?)\s*"
_BETWEEN = r"(?:-+>|=+>|→|⇒|⟶|↔|\||costs?|makes?|needs?|holds?|buys?|gives?|goes? with|go with|for|in|is|are|=|:)"
_PAIR = re.compile(rf"\s*{_AMOUNT}{_UNIT}{_BETWEEN}\s*{_AMOUNT}{_UNIT}[.!]?\s*", re.IGNORECASE)
_PLAIN = re.compile(r"\s*[\d.\s/]+(?:=|:|is|for)[\d.\s/]+", re.IGNORECASE)


def paired(task: Task, line: str) -> LineVerdict | None:
    """The verdict on a pair of quantities in a story of one rate, or on a row of a table about two plans; None for other lines
    and other stories. What the next line is held against is the second number, or the first where that one is asked for."""
    if task.story is None or len(line) > 120:
        return None
    if task.story.name == "plans":
        return _row(task.story, line)
    if task.story.name != "per" or _PLAIN.fullmatch(line):
        return None
    found = _PAIR.fullmatch(line)
    known = [rational(arg) for arg in task.story.args]
    if found is None or None in known or (len(found[2]) == 1 and "=" in line):  # 12x = 60 is an equation
        return None
    first, second = (_value(found[index]) for index in (1, 3))
    a, b, third = (value for value in known if value is not None)
    if first is None or second is None:
        return None
    if second * b == first * a and first * b != second * a:
        first, second = second, first
    kind: Kind = "unsure"
    if first * b == second * a:
        kind = "equivalent" if first == third else "side"
    return LineVerdict(kind, MESSAGES[kind], NOTHING, decimal(second))


_ROW = re.compile(rf"\s*\|?\s*{_AMOUNT}\s*[|\t;]\s*{_AMOUNT}\s*[|\t;]\s*{_AMOUNT}\s*\|?\s*")


def _row(story: Call, line: str) -> LineVerdict | None:
    """A row with a number of things and what it costs in each of two plans."""
    found = _ROW.fullmatch(line)
    known = [rational(arg) for arg in story.args]
    cells = [_value(cell) for cell in found.groups()] if found is not None else []
    if not cells or None in cells or None in known:
        return None
    count, first, second = (value for value in cells if value is not None)
    f, r, g, s = (value for value in known if value is not None)
    right = first == f + r * count and second == g + s * count
    kind: Kind = "broken" if not right else ("equivalent" if first == second else "side")
    return LineVerdict(kind, MESSAGES[kind], NOTHING, Group("", tuple(decimal(v) for v in (count, first, second)), ""))


def _value(text: str) -> Fraction | None:
    try:
        return Fraction("".join(text.split()))
    except ZeroDivisionError:
        return None
