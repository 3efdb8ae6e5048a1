"""Decimals: adding, subtracting, multiplying, and powers of ten."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import decimal, number
from headway.core.coaching.malrules.columns import by_column, needs_borrow
from headway.core.coaching.malrules.match import (
    decimal_pairs,
    differences,
    plain_sums,
    products,
    split_decimal,
    typed,
    whole,
)
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BROWN_BURTON, HART, RESNICK
from headway.core.coaching.tree import Div, Expr
from headway.core.text import T

SKILLS = "5.NBT.B.7 6.NS.B.3"


def placed(digits: int, places: int) -> Expr:
    """Digits with the point before the last ``places`` of them."""
    text = str(digits).rjust(places + 1, "0")
    return typed(f"{text[:-places]}.{text[-places:]}") if places else number(digits)


@malrule(
    "dec-whole-thinking", NAMED, ("0.8+0.4", "0.12"), RESNICK, SKILLS,
    T("The digits after the point are not a whole number by themselves. Put tenths with tenths, hundredths with hundredths."),
    NAMED,
    "0.7+0.6", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(plain_sums(node)):
        if a[1] and b[1]:
            after = int(a[1]) + int(b[1])
            text = str(after).rjust(max(len(a[1]), len(b[1])) if len(a[1]) == len(b[1]) else 1, "0")
            yield put(typed(f"{int(a[0]) + int(b[0])}.{text}"))


@malrule(
    "decimals-not-aligned", NAMED, ("4.5+0.25", "0.70"), ASHLOCK, SKILLS,
    T("Tenths belong under tenths. Line the points up, not the last digits."),
    NAMED,
    "3.6+0.48",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for sign, pairs in ((1, plain_sums(node)), (-1, differences(node))):
        for a, b, put in decimal_pairs(pairs):
            if len(a[1]) != len(b[1]):
                value = int(a[0] + a[1]) + sign * int(b[0] + b[1])
                if value > 0:
                    yield put(placed(value, max(len(a[1]), len(b[1]))))
                    if min(len(a[1]), len(b[1])):
                        yield put(placed(value, min(len(a[1]), len(b[1]))))


@malrule(
    "dec-extra-digits-kept", T("Extra digits just brought down"), ("60-1.35", "59.35"), ASHLOCK, SKILLS,
    T("You copied the digits after the point. They are to be taken away as well."),
    T("Subtracts the wholes and copies the digits after the point of the number taken away."),
    "40-2.73", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(differences(node)):
        if len(b[1]) > len(a[1]) and int(a[0]) >= int(b[0]):
            keep = b[1][len(a[1]) :]
            shared = Fraction(b[0] + "." + (b[1][: len(a[1])] or "0"))
            rest = Fraction(a[0] + "." + (a[1] or "0")) - shared
            if rest >= 0:
                yield put(decimal(rest + Fraction(int(keep), 10 ** len(b[1]))))


@malrule(
    "dec-smaller-from-larger", T("Smaller digit from the larger in each decimal place"), ("5.2-1.75", "4.55"), BROWN_BURTON,
    SKILLS,
    T("In one place you took the top digit from the bottom digit. The top number is what you have."),
    T("Subtracts the smaller digit from the larger one in every place of two decimals, whichever number it belongs to."),
    "8.41-3.68", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(differences(node)):
        places = max(len(a[1]), len(b[1]))
        top, low = (int(number[0] + number[1].ljust(places, "0")) for number in (a, b))
        if top > low and needs_borrow(top, low):
            yield put(placed(by_column(top, low, lambda x, y, _: abs(x - y)), places))


@malrule(
    "dec-wholes-and-parts-apart", T("Wholes and decimals subtracted apart"), ("5.3-2.7", "3.4"), RESNICK, SKILLS,
    T("The tenths you take away are more than the tenths you have. Where can you get more?"),
    T("Subtracts on each side of the point, the smaller from the larger."),
    "8.25-3.91",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(differences(node)):
        if len(a[1]) == len(b[1]) and int(a[1]) < int(b[1]) and int(a[0]) > int(b[0]):
            after = str(int(b[1]) - int(a[1])).rjust(len(a[1]), "0")
            yield put(typed(f"{int(a[0]) - int(b[0])}.{after}"))


@malrule(
    "dec-product-from-left", T("Point counted from the left"), ("6.7*3", "2.01"), ASHLOCK, SKILLS,
    T("About how large must the answer be? You counted the places from the wrong end."),
    T("Places the point in a product by counting from the left."),
    "48.5*7", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(products(node)):
        digits = str(int(a[0] + a[1]) * int(b[0] + b[1]))
        places = len(a[1]) + len(b[1])
        if 0 < places < len(digits):
            yield put(typed(f"{digits[:places]}.{digits[places:]}"))


@malrule(
    "dec-product-keeps-places", T("Point as in adding"), ("0.3*0.2", "0.6"), HART, SKILLS,
    T("Tenths of tenths are hundredths. How many places does the answer need?"),
    T("Gives a product as many decimal places as the longer factor has, as in adding."),
    "0.12*0.34", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(products(node)):
        if a[1] and b[1]:
            yield put(placed(int(a[0] + a[1]) * int(b[0] + b[1]), max(len(a[1]), len(b[1]))))


@malrule(
    "dec-point-off", NAMED, ("0.6*0.8", "4.8"), ASHLOCK, SKILLS,
    T("The digits are right. Estimate the answer to find where the point belongs."),
    NAMED,
    "0.12*0.34",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(products(node)):
        value = Fraction(f"{a[0]}.{a[1] or 0}") * Fraction(f"{b[0]}.{b[1] or 0}")
        yield put(decimal(value * 10))
        yield put(decimal(value / 10))
    if isinstance(node, Div):
        top, bottom = split_decimal(node.top), split_decimal(node.bottom)
        if top and bottom and (top[1] or bottom[1]) and int(bottom[0] + bottom[1]):
            value = Fraction(f"{top[0]}.{top[1] or 0}") / Fraction(f"{bottom[0]}.{bottom[1] or 0}")
            yield decimal(value * 10)
            yield decimal(value / 10)


@malrule(
    "dec-point-dropped", T("Point left out"), ("0.6*8", "48"), BROWN_BURTON, SKILLS,
    T("The point is missing in your answer. About how large should it be?"),
    T("Multiplies as whole numbers and leaves the point out."),
    "3.45*2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in decimal_pairs(products(node)):
        yield put(number(int(a[0] + a[1]) * int(b[0] + b[1])))


@malrule(
    "dec-times-ten-adds-zero", T("Times ten adds a zero"), ("2.5*10", "2.50"), RESNICK, "5.NBT.A.2",
    T("A zero at the end of a decimal changes nothing. What happens to each digit's place?"),
    T("Multiplies a decimal by a power of ten by writing zeros behind it."),
    "3.75*100", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        for first, second in ((left, right), (right, left)):
            digits, n = split_decimal(first), whole(second)
            if digits and digits[1] and n in (10, 100, 1000):
                yield put(typed(f"{digits[0]}.{digits[1]}{str(n)[1:]}"))


@malrule(
    "dec-times-ten-whole-only", T("Times ten on the whole part only"), ("2.5*10", "20.5"), RESNICK, "5.NBT.A.2",
    T("Every digit moves to the next place, also the ones behind the point."),
    T("Writes the zeros behind the whole part and keeps the decimals."),
    "4.3*100",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        for first, second in ((left, right), (right, left)):
            digits, n = split_decimal(first), whole(second)
            if digits and digits[1] and n in (10, 100, 1000) and int(digits[0]):
                yield put(typed(f"{int(digits[0]) * n}.{digits[1]}"))
