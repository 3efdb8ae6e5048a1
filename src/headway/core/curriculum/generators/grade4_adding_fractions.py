"""Grade 4: adding and subtracting fractions with like denominators (4.NF.B.3.a, 4.NF.B.3.d)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    latex_fraction,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, Text, math

BOTTOMS = (3, 4, 5, 6, 8, 10, 12)
SAME_PARTS = T("The parts have the same size, so count the parts. The size of a part does not change.")
TRADE = T("One whole can be traded for all of its parts, and all the parts for one whole.")


def _sum(prompt: Text, a: int, c: int, b: int) -> Draft:
    total = a + c
    return Draft(
        prompt=prompt,
        answer=number_key(f"{total}/{b}"),
        hints=(
            T("Are the parts of the two fractions of the same size?"),
            SAME_PARTS,
            T("Add the top numbers: {line}. Keep the bottom number.", line=math(f"{a} + {c}")),
        ),
        solution=(
            T("The parts: {line}", line=math(f"{a} + {c} = {total}")),
            T("So the sum is {answer}", answer=math(latex_fraction(total, b))),
        ),
        wrong=wrong_numbers(
            f"{total}/{b}",
            (f"{total}/{2 * b}", "frac-adds-both"),
            (f"{abs(a - c)}/{b}", "op-subtracted"),
            (total, "frac-whole-count"),
        ),
    )


def _difference(prompt: Text, a: int, c: int, b: int) -> Draft:
    left = a - c
    return Draft(
        prompt=prompt,
        answer=number_key(f"{left}/{b}"),
        hints=(
            T("Are the parts of the two fractions of the same size?"),
            SAME_PARTS,
            T("Subtract the top numbers: {line}. Keep the bottom number.", line=math(f"{a} - {c}")),
        ),
        solution=(
            T("The parts: {line}", line=math(f"{a} - {c} = {left}")),
            T("So the difference is {answer}", answer=math(latex_fraction(left, b))),
        ),
        wrong=wrong_numbers(
            f"{left}/{b}",
            (left, "frac-subtracts-both"),
            (f"{a + c}/{b}", "op-added"),
            (f"{left}/{2 * b}", "frac-adds-both"),
        ),
    )


def _tops(rng: Generator) -> tuple[int, int, int]:
    """Two different tops, the larger first, and a common bottom."""
    bottom = pick(rng, BOTTOMS)
    a = between(rng, 2, bottom + bottom // 2)
    c = between(rng, 1, a - 1)
    return a, c, bottom


@template("4.NF.B.3.a", "add", level=1, difficulty=-0.8)
def add(rng: Generator, interest: str) -> Draft:
    a, c, b = _tops(rng)
    return _sum(T("Find {sum}.", sum=math(f"{latex_fraction(a, b)} + {latex_fraction(c, b)}")), a, c, b)


@template("4.NF.B.3.a", "subtract", level=1, difficulty=-0.6)
def subtract(rng: Generator, interest: str) -> Draft:
    a, c, b = _tops(rng)
    return _difference(
        T("Find {difference}.", difference=math(f"{latex_fraction(a, b)} - {latex_fraction(c, b)}")), a, c, b
    )


@template("4.NF.B.3.a", "from-whole", level=2, difficulty=0.1)
def from_whole(rng: Generator, interest: str) -> Draft:
    b, whole = pick(rng, BOTTOMS), between(rng, 1, 3)
    c = between(rng, 1, b - 1)
    parts = whole * b
    left = parts - c
    return Draft(
        prompt=T("Find {difference}.", difference=math(f"{whole} - {latex_fraction(c, b)}")),
        answer=number_key(f"{left}/{b}"),
        hints=(
            T("How can {whole} be written with parts of the same size?", whole=math(str(whole))),
            TRADE,
            T("One whole has {b} parts. Take {c} parts away.", b=b, c=c)
            if whole == 1
            else T("Each whole has {b} parts. Take {c} parts away.", b=b, c=c),
        ),
        solution=(
            T("In parts: {line}", line=math(f"{whole} = {latex_fraction(parts, b)}")),
            T(
                "Take away: {line}",
                line=math(f"{latex_fraction(parts, b)} - {latex_fraction(c, b)} = {latex_fraction(left, b)}"),
            ),
        ),
        wrong=wrong_numbers(
            f"{left}/{b}",
            (f"{abs(whole - c)}/{b}", "frac-whole-count"),
            (f"{10 * whole - c}/{b}", "frac-borrows-ten"),
            (f"{c}/{b}", "frac-other-part"),
            (f"{parts + c}/{b}", "op-added"),
        ),
    )


@template("4.NF.B.3.a", "missing-part", level=3, difficulty=0.5)
def missing_part(rng: Generator, interest: str) -> Draft:
    a, c, b = _tops(rng)
    left = a - c
    return Draft(
        prompt=T(
            "Which fraction goes in the box? {equation}",
            equation=math(rf"{latex_fraction(c, b)} + \square = {latex_fraction(a, b)}"),
        ),
        answer=number_key(f"{left}/{b}"),
        hints=(
            T("How many parts are there already, and how many are wanted?"),
            SAME_PARTS,
            T("Find {line} for the number of parts that are missing.", line=math(f"{a} - {c}")),
        ),
        solution=(
            T("Undo the addition: {line}", line=math(f"{latex_fraction(a, b)} - {latex_fraction(c, b)}")),
            T("So the box holds {answer}", answer=math(latex_fraction(left, b))),
        ),
        wrong=wrong_numbers(
            f"{left}/{b}", (f"{a + c}/{b}", "op-added"), (left, "frac-subtracts-both"), (f"{a}/{b}", "equals-as-answer")
        ),
    )


JOINED: Stories = {
    "nature": T("{name} walks {a} of a mile to a pond and {b} of a mile around it. How many miles is that?"),
    "cooking": T("A soup needs {a} of a cup of cream and {b} of a cup of milk. How many cups is that together?"),
    "music": T("{name} plays scales for {a} of an hour and a song for {b} of an hour. How many hours is that?"),
    "art": T("{name} uses {a} of a jar of red paint and {b} of a jar of blue paint. How many jars is that?"),
    "fashion": T("A hat needs {a} of a yard of ribbon and a bow needs {b} of a yard. How many yards is that?"),
    "soccer": T("A team warms up for {a} of an hour and plays for {b} of an hour. How many hours is that?"),
    "animals": T("A cat eats {a} of a can of food in the morning and {b} of a can at night. How many cans is that?"),
    "games": T("{name} plays a game for {a} of an hour and another for {b} of an hour. How many hours is that?"),
}

REMAINS: Stories = {
    "cooking": T(
        "There is {a} of a pan of cornbread. The family eats {b} of the pan. What fraction of the pan is left?"
    ),
    "nature": T("A bucket is {a} full of water. A plant gets {b} of a bucket. What fraction of a bucket is left?"),
    "art": T("{name} has {a} of a sheet of foil and uses {b} of a sheet. What fraction of a sheet is left?"),
    "fashion": T("{name} has {a} of a yard of lace and uses {b} of a yard. What fraction of a yard is left?"),
    "trains": T("A train has {a} of a tank of fuel and uses {b} of a tank. What fraction of a tank is left?"),
    "space": T("A rover's battery is {a} full. A drive takes {b} of a full charge. What fraction is left?"),
    "comics": T("{name} still has {a} of a comic to read and reads {b} of the comic today. What fraction is left?"),
}


@template("4.NF.B.3.d", "joined", level=1, difficulty=-0.4, uses_interest=True)
def joined(rng: Generator, interest: str) -> Draft:
    b = pick(rng, BOTTOMS)
    a, c = between(rng, 1, b - 1), between(rng, 1, b - 1)
    story = tell(rng, interest, JOINED, a=math(latex_fraction(a, b)), b=math(latex_fraction(c, b)))
    return _sum(story, a, c, b)


@template("4.NF.B.3.d", "remains", level=2, difficulty=0.0, uses_interest=True)
def remains(rng: Generator, interest: str) -> Draft:
    b = pick(rng, BOTTOMS)
    a = between(rng, 2, b - 1)
    c = between(rng, 1, a - 1)
    story = tell(rng, interest, REMAINS, a=math(latex_fraction(a, b)), b=math(latex_fraction(c, b)))
    return _difference(story, a, c, b)


@template("4.NF.B.3.d", "three-parts", level=3, difficulty=0.7)
def three_parts(rng: Generator, interest: str) -> Draft:
    b = pick(rng, (5, 6, 8, 10, 12))
    a = between(rng, 1, b - 3)
    c = between(rng, 1, b - 1 - a)
    left = b - a - c
    first, second = math(latex_fraction(a, b)), math(latex_fraction(c, b))
    return Draft(
        prompt=T(
            "A mural has three colors. {first} of it is red and {second} of it is yellow. The rest is blue. "
            "What fraction of the mural is blue?",
            first=first,
            second=second,
        ),
        answer=number_key(f"{left}/{b}"),
        hints=(
            T("What fraction stands for the whole mural?"),
            TRADE,
            T("The whole has {b} parts. Take {a} and {c} away.", a=a, b=b, c=c),
        ),
        solution=(
            T(
                "Red and yellow: {line}",
                line=math(f"{latex_fraction(a, b)} + {latex_fraction(c, b)} = {latex_fraction(a + c, b)}"),
            ),
            T(
                "The rest: {line}",
                line=math(f"{latex_fraction(b, b)} - {latex_fraction(a + c, b)} = {latex_fraction(left, b)}"),
            ),
        ),
        wrong=wrong_numbers(
            f"{left}/{b}",
            (f"{a + c}/{b}", "steps-first-only"),
            (f"{b - a}/{b}", "steps-last-dropped"),
            (f"{a + c}/{2 * b}", "frac-adds-both"),
        ),
    )
