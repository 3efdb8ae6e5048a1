"""Division of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number
from headway.core.coaching.malrules.match import fraction, split_decimal, typed, whole, whole_quotient
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BROWN_BURTON, HART
from headway.core.coaching.tree import Div, Expr
from headway.core.text import T

SKILLS = "4.NBT.B.6 5.NBT.B.6 6.NS.B.2"


@malrule(
    "div-zero-left-out", NAMED, ("618/6", "13"), ASHLOCK, SKILLS,
    T("One place of your quotient is missing. What do you write when it goes no times?"),
    NAMED,
    "824/4", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and found[0] > 99 and found[0] % found[1] == 0:
        text = str(found[0] // found[1])
        if "0" in text[1:]:
            yield number(int(text.replace("0", "")))


@malrule(
    "div-digit-by-digit", T("Each digit for itself"), ("536/4", "101"), ASHLOCK, SKILLS,
    T("What was left over in one place has to be carried on to the next place."),
    T("Divides each digit alone and forgets what is left over."),
    "738/6", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and found[0] > 19 and 1 < found[1] < 10:
        digits = [int(d) // found[1] for d in str(found[0])]
        if any(int(d) % found[1] for d in str(found[0])[:-1]) and digits[0]:
            yield number(int("".join(map(str, digits))))


@malrule(
    "div-quotient-reversed", T("Quotient from right to left"), ("434/7", "26"), ASHLOCK, SKILLS,
    T("The first digit you find is the largest place of the quotient."),
    T("Writes the digits of the quotient from right to left."),
    "365/5", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and found[0] % found[1] == 0:
        text = str(found[0] // found[1])
        if len(text) > 1 and text != text[::-1]:
            yield number(int(text[::-1]))


@malrule(
    "div-bigger-by-smaller", NAMED, ("6/24", "4"), HART, "5.NF.B.3 6.NS.A.1",
    T("You divided the larger number by the smaller one. Which number is shared out here?"),
    NAMED,
    "8/40", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and 0 < found[0] < found[1]:
        yield fraction(found[1], found[0])


@malrule(
    "remainder-dropped", NAMED, ("38/5", "7"), ASHLOCK, SKILLS,
    T("Something is left over. What happens with it?"),
    NAMED,
    "59/7", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and found[0] > found[1] > 1 and found[0] % found[1]:
        yield number(found[0] // found[1])


@malrule(
    "remainder-given", NAMED, ("38/5", "3"), BROWN_BURTON, SKILLS,
    T("That is what is left over. How many times does it go?"),
    NAMED,
    "59/8", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = whole_quotient(node)
    if found and found[0] > found[1] > 1 and found[0] % found[1]:
        yield number(found[0] % found[1])


@malrule(
    "remainder-as-decimal", T("Remainder written after the point"), ("38.6/4", "9.62"), ASHLOCK,
    SKILLS + " 6.NS.B.3",
    T("The remainder is not the next decimal digit. Write a zero and go on dividing."),
    T("Writes the remainder behind the digits of the quotient as if it were the next decimal places."),
    "59.3/6",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Div):
        return
    top, bottom = split_decimal(node.top), whole(node.bottom)
    if top is None or not bottom or bottom < 2:
        return
    digits = int(top[0] + top[1])
    quotient, rest = divmod(digits, bottom)
    if rest and digits > bottom:
        places = len(top[1])
        text = str(quotient).rjust(places + 1, "0")
        cut = len(text) - places
        yield typed(f"{text[:cut]}.{text[cut:]}{rest}")
