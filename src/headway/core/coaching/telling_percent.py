"""Stories in which an amount is lowered or raised by a percent, and the new amount is asked for."""

from __future__ import annotations

import re
from fractions import Fraction

from headway.core.coaching.building import decimal
from headway.core.coaching.tree import Call

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_PERCENT = re.compile(rf"({_NUMBER})\s*(?:%|percent\b)", re.IGNORECASE)
_DOWN = re.compile(
    r"\b(?:off|discount\w*|reduced|reduction|decreas\w*|drops?|dropped|lowered|cheaper|marked down|sale)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:tax|tip|increas\w*|raised|raises?|rises?|rose|grows?|grew|marked up|mark-?up|goes up|went up)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:sale|new|final|total|reduced|discounted|selling) (?:price|cost|amount|bill|number|salary|rent|fare|length|weight)\b|"
    r"\bhow much (?:does|do|will|is|must|did)\b[^?]*\b(?:cost|pay|paid|be)\b|\bhow much (?:is|are) (?:it|they) now\b|"
    r"\bin all\b|\bwith (?:the )?(?:tax|tip)\b", re.IGNORECASE,
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:originals?|originally|regular|before|save|saves|saved|another|again|each year|per year|years?|months?|interest|each|"
    r"what percent|how many percent|was the|amount of (?:the )?(?:tax|tip|discount)|"
    r"how much (?:is|was) the (?:tax|tip|discount))\b",
    re.IGNORECASE,
)


def percent_change(text: str) -> Call | None:
    """``lowered(p, r)`` or ``raised(p, r)``; None where anything else is told or asked."""
    percents = _PERCENT.findall(text)
    numbers = re.findall(_NUMBER, _PERCENT.sub(" ", text))
    question = text[max(text.rfind(". "), text.rfind("! ")) + 1 :]
    down, up = _DOWN.search(text), _UP.search(text)
    if len(percents) != 1 or len(numbers) != 1 or (down is None) == (up is None) or _OTHER.search(text):
        return None
    amount, rate = (Fraction(word.replace(",", "")) for word in (numbers[0], percents[0]))
    if "?" not in question or not _NEW.search(question) or not amount or not 0 < rate < 100:
        return None
    return Call("lowered" if down is not None else "raised", (decimal(amount), decimal(rate)))
