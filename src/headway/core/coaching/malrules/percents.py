"""Percents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import decimal, number, signed_number
from headway.core.coaching.malrules.match import call, products
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, PARKER
from headway.core.coaching.malrules.stories import told
from headway.core.coaching.tree import Call, Expr, Percent
from headway.core.text import T

PERCENT = "6.RP.A.3c 7.RP.A.3"


def _of(node: Expr) -> Iterator[tuple[Fraction, Fraction]]:
    """A percent of a number."""
    for left, right, _ in products(node):
        for first, second in ((left, right), (right, left)):
            if isinstance(first, Percent):
                p, n = signed_number(first.arg), signed_number(second)
                if p and n:
                    yield p, n


@malrule(
    "percent-as-divisor", NAMED, ("20% of 60", "3"), PARKER, PERCENT,
    T("Percent means out of every hundred. You divided by the number of percent."),
    NAMED,
    "15% of 90", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        yield number(n / p)


@malrule(
    "percent-part-over-whole", T("One proportion for every percent problem"), ("88% of 50", "57"), ASHLOCK, PERCENT,
    T("You divided the smaller number by the larger. Here you know the percent and look for the part."),
    T("Divides the smaller number by the larger one and multiplies by 100, whatever is asked."),
    "78% of 60", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        value = min(p, n) / max(p, n) * 100
        yield number(value)
        for places in (10, 1):
            yield decimal(Fraction(int(value * places + Fraction(1, 2)), places))
        yield number(int(value))


@malrule(
    "percent-as-amount", NAMED, ("20% of 60", "40"), PARKER, PERCENT,
    T("A percent is not a number of things. How much it is depends on the whole."),
    NAMED,
    "15% of 80",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        yield number(abs(n - p))
    story = told(node, "lowered", "raised")
    if story and isinstance(node, Call):
        yield decimal(story[0] - story[1] if node.name == "lowered" else story[0] + story[1])


@malrule(
    "percent-complement", NAMED, ("20% of 60", "48"), PARKER, PERCENT,
    T("That is the part that is left. Which part is asked for?"),
    NAMED,
    "30% of 90",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        if p < 100:
            yield decimal((100 - p) * n / 100)


@malrule(
    "percent-sign-ignored", T("Percent sign ignored"), ("20% of 60", "1200"), PARKER, PERCENT,
    T("Percent means out of a hundred. Your answer is larger than the whole."),
    T("Multiplies by the number of percent without dividing by 100."),
    "40% of 30",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        yield number(p * n)


@malrule(
    "percent-one-place", T("Percent as tenths"), ("5% of 60", "30"), PARKER, PERCENT,
    T("One percent is one hundredth. You used tenths."),
    T("Moves the point one place instead of two."),
    "12% of 50",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for p, n in _of(node):
        if p < 10:
            yield decimal(p * n / 10)


@malrule(
    "percent-of-part-taken", T("Takes the percent of the part"), ("15% of what number is 240", "36"), ASHLOCK, PERCENT,
    T("The number you have is the part. You are looking for the whole, so it must be larger than the part."),
    T("Always multiplies the percent by the number that is given, also when the whole is asked for."),
    "20% of what number is 50", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    task = call(node, "percentbase")
    if task:
        p, n = signed_number(task[0]), signed_number(task[1])
        if p and n:
            yield decimal(p * n / 100)


@malrule(
    "percent-base-divides", T("Divides the part by the percent number"), ("15% of what number is 240", "16"), PARKER,
    PERCENT,
    T("You found one percent. How much is the whole?"),
    T("Divides the part by the number of percent and stops there."),
    "20% of what number is 40",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    task = call(node, "percentbase")
    if task:
        p, n = signed_number(task[0]), signed_number(task[1])
        if p and n:
            yield number(n / p)


@malrule(
    "part-whole-swapped", NAMED, ("12 is what percent of 48", "400"), PARKER, PERCENT,
    T("Which number is the whole? Divide by that one."),
    NAMED,
    "15 is what percent of 75",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    task = call(node, "percentrate")
    if task:
        part, base = signed_number(task[0]), signed_number(task[1])
        if part and base:
            yield number(base / part * 100)


@malrule(
    "percent-not-hundredfold", T("Decimal given for the percent"), ("12 is what percent of 48", "0.25"), PARKER, PERCENT,
    T("That is the part as a decimal. How much out of a hundred is it?"),
    T("Gives the quotient without turning it into a percent."),
    "18 is what percent of 60",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    task = call(node, "percentrate")
    if task:
        part, base = signed_number(task[0]), signed_number(task[1])
        if part and base:
            yield number(part / base)


@malrule(
    "percent-change-alone", T("Gives the change, not the new amount"),
    ("A coat costs $60. It is 15% off. What is the sale price?", "9"), PARKER, "7.RP.A.3",
    T("That is how much it changes. What is the amount afterwards?"),
    T("Stops at the percent of the amount: gives the discount or the tax instead of the new price."),
    "A lamp costs $80. It is 35% off. What is the sale price?", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    story = told(node, "lowered", "raised")
    if story:
        yield decimal(story[0] * story[1] / 100)


@malrule(
    "percent-change-wrong-way", T("Up instead of down"),
    ("A coat costs $60. It is 15% off. What is the sale price?", "69"), PARKER, "7.RP.A.3",
    T("Should the new amount be more or less than before? Compare that with your result."),
    T("Adds the percent where the amount is lowered, or takes it away where it is raised."),
    "A lamp costs $80. It goes up by 35%. What is the new price?", weight=0.7, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    story = told(node, "lowered", "raised")
    if story and isinstance(node, Call):
        change = story[0] * story[1] / 100
        yield decimal(story[0] + change if node.name == "lowered" else story[0] - change)
