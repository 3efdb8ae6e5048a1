"""Stories set up with the wrong relation between their quantities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import decimal, fraction_parts, number
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import (
    BROWN_QUINN,
    CLEMENT,
    DE_BOCK,
    HART,
    LEWIS_MAYER,
    NOELTING,
    SINGH,
    VAN_DOOREN,
)
from headway.core.coaching.relations import NOT_ENOUGH, STORIES
from headway.core.coaching.tree import Call, Expr, Group, Mixed
from headway.core.text import T

RATIO = "6.RP.A.1 6.RP.A.3 7.RP.A.2"
LINEAR = "7.RP.A.2.a 8.F.A.3 8.F.B.4"
COMPARING = "1.OA.A.1 2.OA.A.1 4.OA.A.2"
_RUN = (
    "Ana and Ben run equally fast, but Ana started first. When Ana had run {} laps, Ben had run {} laps. "
    "When Ben has run {} laps, how many laps has Ana run?"
)
Numbers = tuple[Fraction, ...]


def told(node: Expr, *names: str) -> Numbers | None:
    """The numbers of a story of one of these kinds; None for anything else."""
    if not isinstance(node, Call) or node.name not in names:
        return None
    values = [rational(arg) for arg in node.args]
    return tuple(value for value in values if value is not None) if None not in values else None


def _plain(*values: Fraction) -> Iterator[Expr]:
    yield from (decimal(value) for value in values)


@malrule(
    "ratio-one-for-group", T("Group taken as one"),
    ("3 bags hold 14 apples. How many apples do 7 bags hold at the same rate?", "98"), SINGH, RATIO,
    T("The second number goes with the whole group, not with one of it. What goes with one?"),
    T("Takes the amount that goes with several for the amount that goes with one, and multiplies."),
    "4 boxes hold 26 pens. How many pens do 6 boxes hold at the same rate?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "per")
    if found:
        yield from _plain(found[1] * found[2])


@malrule(
    "group-added-for-each", T("Group added for each one"),
    ("3 bags hold 14 apples. How many apples do 7 bags hold at the same rate?", "70"), SINGH, RATIO,
    T("You added the whole group again for each single one more. For how many does one group count?"),
    T("Builds up by adding, but adds the amount of a whole group for each single one that is more."),
    "4 boxes hold 26 pens. How many pens do 9 boxes hold at the same rate?", alone=True, weight=0.7,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "per")
    if found and found[2] > found[0] and (found[2] - found[0]).denominator == 1:
        a, b, c = found
        last = int(c - a) + 1
        yield number(b * last)
        yield from (number(b * count) for count in range(int(c / a) + 1, min(last, 12)))  # sums on the way there


@malrule(
    "relation-not-seen", T("Relation not seen"),
    ("3 bags hold 14 apples. How many apples do 7 bags hold at the same rate?", "You need more information"),
    DE_BOCK, RATIO,
    T("All that you need is there. What do you know about one of the two amounts when the other gets larger?"),
    T("Says that something is missing, or that there is no relation, where the quantities determine each other."),
    "4 boxes hold 26 pens. How many pens do 6 boxes hold at the same rate?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if told(node, *STORIES):
        yield NOT_ENOUGH


@malrule(
    "area-grows-like-length", T("Area grows like length"),
    ("A drawing is 20 cm high and needs 3 ml of paint. How much paint does a copy of the drawing need that is 60 cm high?",
     "9"), DE_BOCK, "7.G.A.1 7.RP.A.2",
    T("A copy that is twice as high is twice as wide as well. How many times as much is there to paint?"),
    T("Lets an area grow as many times as the length, although it grows in two directions."),
    "A poster is 30 cm high and needs 4 g of ink. How much ink does an enlarged poster need that is 90 cm high?",
    weight=2.0, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "copied")
    if found:
        yield number(found[1] * found[2] / found[0])


@malrule(
    "difference-as-ratio", T("Constant difference taken for a ratio"),
    (_RUN.format(9, 3, 15), "45"), VAN_DOOREN, LINEAR,
    T("Both go equally fast, so one stays the same amount ahead. Does the number of times stay the same, too?"),
    T("Sets up a proportion where two quantities keep a constant difference."),
    _RUN.format(8, 2, 12), weight=2.0, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "apart")
    if found:
        a, b, c = found
        yield number(c * a / b)


@malrule(
    "unit-difference-once", T("Difference of one taken once"),
    ("Oil costs $3 per liter at Rex. This is $2 less per liter than at Max. How much do 7 liters cost at Max?", "23"),
    HART, RATIO,
    T("The difference is there for each one. How often do you pay it?"),
    T("Adds or takes away a difference per unit only once for several units."),
    "Oil costs $4 per liter at Rex. This is $3 less per liter than at Max. How much do 8 liters cost at Max?",
    weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "dearer", "cheaper")
    if found:
        price, by, count = found
        both = (price * count + by, price * count - by)
        yield from _plain(*(both if isinstance(node, Call) and node.name == "dearer" else both[::-1]))


@malrule(
    "fixed-part-left-out", T("Fixed part left out"),
    ("A camp costs $30 to join and $7 for each day. How much do 5 days cost?", "35"), VAN_DOOREN, LINEAR,
    T("What has to be paid even when the number of days, rides or things is zero?"),
    T("Takes a linear relation for a proportional one: the part that comes once is left out."),
    "A club costs $40 to join and $6 for each lesson. How much do 9 lessons cost?", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "plan")
    if found:
        yield from _plain(found[1] * found[2])
    both = told(node, "plans")
    if both:
        rates = both[1], both[3]
        yield from (_row(number(count), *(decimal(count * rate) for rate in rates)) for count in (3, 2, 1, 4, 5))
        if all(rate.denominator == 1 for rate in rates):
            alike = Fraction(lcm(int(rates[0]), int(rates[1])))
            yield _row(*(decimal(alike / rate) for rate in rates))  # so many of each cost the same without it


def _row(*cells: Expr) -> Group:
    """A row of a table."""
    return Group("", cells, "")


@malrule(
    "fixed-part-repeated", T("Fixed part taken each time"),
    ("A camp costs $30 to join and $7 for each day. How much do 5 days cost?", "185"), VAN_DOOREN, LINEAR,
    T("Which of the two amounts comes only once?"),
    T("Multiplies the part that comes once together with the part that comes each time."),
    "A club costs $40 to join and $6 for each lesson. How much do 9 lessons cost?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "plan")
    if found:
        yield from _plain((found[0] + found[1]) * found[2])


@malrule(
    "compare-reversed", NAMED,
    ("There are 5 more women than men. There are 25 women. How many men are there?", "30"), LEWIS_MAYER, COMPARING,
    T("Which of the two is more? Should your answer be larger or smaller than the number that you know?"),
    NAMED,
    "There are 7 more cats than dogs. There are 31 cats. How many dogs are there?", weight=2.0, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "moreof", "fewerof", "timesof", "timesas")
    if found and isinstance(node, Call):
        by, known = found
        wrong = {"moreof": known + by, "fewerof": known - by, "timesof": known * by, "timesas": known / by}
        yield number(wrong[node.name])


@malrule(
    "compare-additive", NAMED,
    ("There are 4 times as many cars as vans. There are 12 vans. How many cars are there?", "16"), CLEMENT, COMPARING,
    T("4 times as many is not 4 more. Draw one group, and then as many groups as the story says."),
    NAMED,
    "There are 3 times as many cats as dogs. There are 15 dogs. How many cats are there?", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "timesof", "timesas")
    if found and isinstance(node, Call):
        yield number(found[1] + found[0] if node.name == "timesas" else found[1] - found[0])


@malrule(
    "part-taken-for-whole", T("Part taken for the whole"),
    ("6 games are two-fifths of all games that she must win. How many games are there in all?", "12/5"),
    HART, "6.RP.A.3.c 6.NS.A.1",
    T("The number that you know is a part already. Is all of it more or less than that?"),
    T("Takes the fraction of the part, although the whole is asked for."),
    "12 pages are 3/8 of all pages in a book. How many pages are there in all?", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "partis")
    if found:
        yield number(found[0] * found[1])


@malrule(
    "number-joined-to-fraction", T("Number and fraction put together"),
    ("6 games are two-fifths of all games that she must win. How many games are there in all?", "32"),
    BROWN_QUINN, "6.NS.A.1",
    T("You put a number and a fraction side by side. Of what is the fraction a part?"),
    T("Writes a number and a fraction of something as one mixed number, and goes on with that."),
    "12 pages are 3/8 of all pages in a book. How many pages are there in all?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "partis")
    parts = fraction_parts(node.args[1]) if found and isinstance(node, Call) else None
    if found and parts and found[0].denominator == 1:
        whole, (top, bottom) = int(found[0]), parts
        yield number(whole * bottom + top)
        yield Mixed(whole, top, bottom)


@malrule(
    "ratio-part-to-part", T("Part to part"),
    ("A bag has 35 red balls and 25 green balls. What is the ratio of green balls to all balls in the bag?", "25/35"),
    NOELTING, RATIO,
    T("The whole is asked for: how many are there of both kinds together?"),
    T("Compares a part with the other part where the whole is asked for."),
    "A box has 12 blue pens and 28 black pens. What is the ratio of blue pens to all pens in the box?",
    weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "share")
    if found:
        yield number(found[0] / found[1])


@malrule(
    "ratio-as-two-numbers", T("Two numbers, no ratio"),
    ("A bag has 35 red balls and 25 green balls. What is the ratio of green balls to all balls in the bag?", "25, 60"),
    HART, RATIO,
    T("These are the two amounts. How do they compare: which part of the second is the first?"),
    T("Names the two amounts, but not the relation between them."),
    "A box has 12 blue pens and 28 black pens. What is the ratio of blue pens to all pens in the box?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "share")
    if found:
        p, q = found
        yield Group("", (number(p), number(p + q)), "")


@malrule(
    "growth-as-difference", T("Constant ratio taken for a difference"),
    ("What is the next number in 3, 6, 12, 24?", "36"), DE_BOCK, "HSF-LE.A.1 HSF-LE.A.2",
    T("Is the same amount added each time, or is it multiplied by the same number each time?"),
    T("Goes on by the last difference where each number is a multiple of the one before."),
    "What is the next number in 4, 12, 36, 108?", weight=1.5, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "grows")
    if found and found[2].denominator == 1 and 2 <= found[2] <= 9:
        first, factor, count = found[0], found[1], int(found[2])
        last = first * factor ** (count - 1)
        yield number(2 * last - last / factor)


@malrule(
    "difference-as-growth", T("Constant difference taken for a ratio"),
    ("What is the next number in 4, 8, 12, 16?", "32"), DE_BOCK, "HSF-LE.A.1 HSF-LE.A.2",
    T("Compare all the neighbors, not only the first two: what is the same each time?"),
    T("Multiplies by the ratio of the first two numbers where the same amount is added each time."),
    "What is the next number in 5, 15, 25, 35?", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = told(node, "climbs")
    if found:
        first, by, count = found
        yield number((first + by * (count - 1)) * (first + by) / first)
