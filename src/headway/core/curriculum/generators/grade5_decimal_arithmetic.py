"""Grade 5: adding, subtracting, multiplying and dividing decimals (5.NBT.B.7)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import between, decimal, money, number_key, pick, wrong_numbers
from headway.core.curriculum.generators.slips import add_no_carry, sub_smaller_from_larger
from headway.core.text import T, Text, math

UNDER = T("Write the numbers point under point, so that equal places stand under each other.")
COUNT_PLACES = T("Multiply as if there were no points. Then think of how large the product must be.")


def _uneven(rng: Generator) -> tuple[Fraction, Fraction]:
    """One decimal with hundredths and one with tenths, the first larger."""
    return Fraction(between(rng, 521, 2999) * 10 + between(rng, 1, 9), 100) / 10, Fraction(between(rng, 11, 49), 10)


def _sum(prompt: Text, a: Fraction, b: Fraction) -> Draft:
    total = a + b
    hundred, ten = int(a * 100), int(b * 10)
    return Draft(
        prompt=prompt,
        answer=number_key(decimal(total)),
        hints=(
            T("About how large is the sum? Round both numbers to ones."),
            UNDER,
            T("Write {b} with two places after the point. Then add.", b=math(decimal(b))),
        ),
        solution=(
            T("With two places: {first} and {second}", first=math(f"{float(a):.2f}"), second=math(f"{float(b):.2f}")),
            T("Add: {line}", line=math(f"{float(a):.2f} + {float(b):.2f} = {decimal(total)}")),
        ),
        wrong=wrong_numbers(
            decimal(total),
            (decimal(Fraction(hundred + ten, 100)), "dec-whole-thinking"),
            (decimal(Fraction(add_no_carry(hundred, ten * 10), 100)), "add-no-carry"),
            (decimal(total * 10), "dec-point-off"),
            (decimal(abs(a - b)), "op-subtracted"),
        ),
    )


@template("5.NBT.B.7", "add", level=1, difficulty=-0.4)
def add(rng: Generator, interest: str) -> Draft:
    a, b = Fraction(between(rng, 111, 989) * 10 + between(rng, 1, 9), 1000), Fraction(between(rng, 12, 99), 10)
    a = Fraction(int(a * 100), 100)
    a = a if int(a * 100) % 10 else a + Fraction(3, 100)
    b = b if b.denominator > 1 else b + Fraction(3, 10)
    return _sum(T("Find {sum}.", sum=math(f"{decimal(a)} + {decimal(b)}")), a, b)


@template("5.NBT.B.7", "subtract", level=2, difficulty=0.1)
def subtract(rng: Generator, interest: str) -> Draft:
    a, cents = Fraction(between(rng, 41, 99), 10), between(rng, 11, 389)
    a = a if a.denominator > 1 else a + Fraction(3, 10)
    cents += cents % 10 == 0
    b = Fraction(cents, 100)
    left = a - b
    return Draft(
        prompt=T("Find {difference}.", difference=math(f"{decimal(a)} - {decimal(b)}")),
        answer=number_key(decimal(left)),
        hints=(
            T("How many places after the point has each number?"),
            UNDER,
            T("Write {a} with a zero at the end. Then subtract.", a=math(decimal(a))),
        ),
        solution=(
            T("With two places: {first} and {second}", first=math(f"{float(a):.2f}"), second=math(f"{float(b):.2f}")),
            T("Subtract: {line}", line=math(f"{float(a):.2f} - {float(b):.2f} = {decimal(left)}")),
        ),
        wrong=wrong_numbers(
            decimal(left),
            (decimal(Fraction(abs(int(a * 10) - cents), 100)), "dec-whole-thinking"),
            (decimal(Fraction(sub_smaller_from_larger(int(a * 100), cents), 100)), "sub-smaller-from-larger"),
            (decimal(left + Fraction(1, 10)), "sub-borrow-kept"),
            (decimal(a + b), "op-added"),
        ),
    )


def _product(prompt: Text, a: Fraction, b: Fraction) -> Draft:
    total = a * b
    first, second = _digits(a), _digits(b)
    return Draft(
        prompt=prompt,
        answer=number_key(decimal(total)),
        hints=(
            T("About how large is the product? Round to ones or use a simple fraction."),
            COUNT_PLACES,
            T("Find {product}. Then place the point.", product=math(rf"{first} \times {second}")),
        ),
        solution=(
            T("Without points: {line}", line=math(rf"{first} \times {second} = {first * second}")),
            T("Place the point: {line}", line=math(rf"{decimal(a)} \times {decimal(b)} = {decimal(total)}")),
        ),
        wrong=wrong_numbers(
            decimal(total),
            (decimal(total * 10), "dec-point-off"),
            (decimal(total / 10), "dec-point-off"),
            (first * second, "dec-whole-thinking"),
            (decimal(a + b), "op-added"),
        ),
    )


def _digits(value: Fraction) -> int:
    """The digits of a decimal as a whole number: 0.35 -> 35."""
    return int(decimal(value).replace(".", ""))


@template("5.NBT.B.7", "multiply", level=2, difficulty=0.3)
def multiply(rng: Generator, interest: str) -> Draft:
    a, b = Fraction(between(rng, 11, 98), 10), Fraction(between(rng, 2, 9), 10)
    a = a if a.denominator > 1 else a + Fraction(1, 5)
    return _product(T("Find {product}.", product=math(rf"{decimal(a)} \times {decimal(b)}")), a, b)


PRICES: Stories = {
    "comics": T("A comic costs {price}. How many dollars do {count} comics cost?"),
    "cooking": T("A loaf of bread costs {price}. How many dollars do {count} loaves cost?"),
    "music": T("A song costs {price}. How many dollars do {count} songs cost?"),
    "trains": T("A train ticket costs {price}. How many dollars do {count} tickets cost?"),
    "art": T("A pencil set costs {price}. How many dollars do {count} sets cost?"),
    "games": T("A pack of cards costs {price}. How many dollars do {count} packs cost?"),
    "animals": T("A bag of hay costs {price}. How many dollars do {count} bags cost?"),
    "basketball": T("A snack at the game costs {price}. How many dollars do {count} snacks cost?"),
}


@template("5.NBT.B.7", "price", level=1, difficulty=-0.1, uses_interest=True)
def price(rng: Generator, interest: str) -> Draft:
    cents, count = between(rng, 3, 24) * 25, between(rng, 3, 9)
    cents += 25 * (cents % 100 == 0)
    total = cents * count
    return Draft(
        prompt=tell(rng, interest, PRICES, price=money(cents), count=count),
        answer=number_key(f"{total // 100}.{total % 100:02d}", unit="$"),
        hints=(
            T("What would it cost if the price were rounded to whole dollars?"),
            COUNT_PLACES,
            T("Multiply the dollars and the cents by {count}. 100 cents are one dollar.", count=count)
            if total != 10000
            else T("Multiply the dollars and the cents by {count}.", count=count),
        ),
        solution=(
            T("In cents: {line}", line=math(rf"{cents} \times {count} = {total}")),
            T("In dollars: {answer}", answer=f"${total // 100}.{total % 100:02d}"),
        ),
        wrong=wrong_numbers(
            f"{total // 100}.{total % 100:02d}",
            (decimal(Fraction(total, 10)), "dec-point-off"),
            (decimal(Fraction(total, 1000)), "dec-point-off"),
            (decimal(Fraction(cents, 100) + count), "op-added"),
            (total, "dec-whole-thinking"),
        ),
    )


@template("5.NBT.B.7", "divide", level=3, difficulty=0.7)
def divide(rng: Generator, interest: str) -> Draft:
    by_decimal = int(rng.integers(2)) == 1
    divisor = Fraction(between(rng, 2, 9), pick(rng, (10, 100)) if by_decimal else 1)
    count = between(rng, 12, 48)
    quotient = Fraction(count) if by_decimal else Fraction(count + (count % 10 == 0), pick(rng, (10, 100)))
    total = divisor * quotient
    return Draft(
        prompt=T("Find {quotient}.", quotient=math(rf"{decimal(total)} \div {decimal(divisor)}")),
        answer=number_key(decimal(quotient)),
        hints=(
            T("Is the quotient larger or smaller than {total}?", total=math(decimal(total))),
            T("A quotient stays the same when both numbers are multiplied by the same number.")
            if by_decimal
            else T("Divide the digits as whole numbers. Then place the point."),
            T("Multiply both numbers by 10 or 100 until the divisor is whole.")
            if by_decimal
            else T("Check with a product: {line}", line=math(rf"{decimal(divisor)} \times \square = {decimal(total)}")),
        ),
        solution=(
            T("Think of the product: {line}", line=math(rf"{decimal(divisor)} \times \square = {decimal(total)}")),
            T("So {line}", line=math(rf"{decimal(total)} \div {decimal(divisor)} = {decimal(quotient)}")),
        ),
        wrong=wrong_numbers(
            decimal(quotient),
            (decimal(quotient / 10), "dec-point-off"),
            (decimal(quotient * 10), "dec-point-off"),
            (decimal(total * divisor), "op-multiplied"),
        ),
    )
