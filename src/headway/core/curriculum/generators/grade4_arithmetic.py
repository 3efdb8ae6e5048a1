"""Grade 4: written addition, subtraction and multiplication (4.NBT.B.4, 4.NBT.B.5)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import JOIN, TAKE_AWAY, Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    grouped,
    latex_whole,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.curriculum.generators.slips import (
    add_no_carry,
    multiply_no_carry,
    sub_borrow_kept,
    sub_smaller_from_larger,
)
from headway.core.text import T, Text, math

COLUMNS = T("Line the places up. Work from right to left and trade ten of one place for one of the next.")
PARTS = T("Break a factor into its places, multiply each part, and add the products.")

W = latex_whole


def _sum(prompt: Text, a: int, b: int) -> Draft:
    total = a + b
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("About how large will the answer be? Round both numbers to see."),
            COLUMNS,
            T("Start with the ones: {line}.", line=math(f"{a % 10} + {b % 10}")),
        ),
        solution=(
            T("The last three places: {line}", line=math(f"{a % 1000} + {b % 1000} = {W(a % 1000 + b % 1000)}")),
            T(
                "The thousands: {line}",
                line=math(f"{W(a // 1000 * 1000)} + {W(b // 1000 * 1000)} = {W((a // 1000 + b // 1000) * 1000)}"),
            ),
            T("Together: {total}", total=math(W(total))),
        ),
        wrong=wrong_numbers(
            total,
            (add_no_carry(a, b), "add-no-carry"),
            (abs(a - b), "op-subtracted"),
            (total - 1000, "add-no-carry"),
            (total - 10, "add-no-carry"),
        ),
    )


def _difference(prompt: Text, a: int, b: int) -> Draft:
    left = a - b
    step = b // 1000 * 1000
    return Draft(
        prompt=prompt,
        answer=number_key(left),
        hints=(
            T("About how large will the answer be? Round both numbers to see."),
            COLUMNS,
            T("You can take away {b} in steps: first the thousands, then the rest.", b=grouped(b)),
        ),
        solution=(
            T("The thousands: {line}", line=math(f"{W(a)} - {W(step)} = {W(a - step)}")),
            T("The rest: {line}", line=math(f"{W(a - step)} - {W(b - step)} = {W(left)}")),
        ),
        wrong=wrong_numbers(
            left,
            (sub_smaller_from_larger(a, b), "sub-smaller-from-larger"),
            (sub_borrow_kept(a, b), "sub-borrow-kept"),
            (left + 1000, "sub-borrow-zero"),
            (a + b, "op-added"),
        ),
    )


@template("4.NBT.B.4", "add", level=1, difficulty=-0.6)
def add(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12345, 69999), between(rng, 2345, 28999)
    return _sum(T("Find {sum}.", sum=math(f"{W(a)} + {W(b)}")), a, b)


@template("4.NBT.B.4", "subtract", level=2, difficulty=0.1)
def subtract(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 31000, 90999), between(rng, 1234, 28999)
    return _difference(T("Find {difference}.", difference=math(f"{W(a)} - {W(b)}")), a, b)


@template("4.NBT.B.4", "join-story", level=2, difficulty=0.0, uses_interest=True)
def join_story(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 1234, 8999), between(rng, 1234, 8999)
    return _sum(tell(rng, interest, JOIN, a=grouped(a), b=grouped(b)), a, b)


@template("4.NBT.B.4", "left-story", level=2, difficulty=0.3, uses_interest=True)
def left_story(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 5100, 9999), between(rng, 1234, 4899)
    return _difference(tell(rng, interest, TAKE_AWAY, a=grouped(a), b=grouped(b)), a, b)


@template("4.NBT.B.4", "across-zeros", level=3, difficulty=0.9)
def across_zeros(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 3, 9) * pick(rng, (1000, 10000)), between(rng, 1123, 2989)
    return _difference(T("Find {difference}.", difference=math(f"{W(a)} - {W(b)}")), a, b)


PER_DAY: Stories = {
    "soccer": T("{each} players come to a soccer camp from each of {days} towns. How many players come?"),
    "music": T("A band plays {days} shows. {each} people come to each show. How many people come in all?"),
    "animals": T("A panda eats {each} pounds of bamboo a day. How many pounds does it eat in {days} days?"),
    "space": T("A rover drives {each} meters a day on Mars. How many meters does it drive in {days} days?"),
    "cooking": T("A bakery makes {each} rolls an hour. How many rolls does it make in {days} hours?"),
    "games": T("{name} wins {each} points in each of {days} rounds. How many points is that?"),
    "trains": T("A train has {days} cars with {each} seats in each car. How many seats does it have?"),
    "comics": T("A comic series has {days} books with {each} pages in each book. How many pages is that?"),
    "nature": T("A park plants {each} trees in each of {days} years. How many trees is that?"),
}


def _by_digit(prompt: Text, a: int, digit: int) -> Draft:
    total = a * digit
    parts = [int(d) * 10 ** (len(str(a)) - k - 1) for k, d in enumerate(str(a)) if d != "0"]
    first = parts[0]
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("About how large will the answer be? Round {a} to see.", a=grouped(a)),
            PARTS,
            T("Start with {product}. Then multiply the other places.", product=math(rf"{W(first)} \times {digit}")),
        ),
        solution=(
            T(
                "The parts: {products}",
                products=math(", ".join(rf"{W(p)} \times {digit} = {W(p * digit)}" for p in parts)),
            ),
            T("Add: {line}", line=math(" + ".join(W(p * digit) for p in parts) + f" = {W(total)}")),
        ),
        wrong=wrong_numbers(
            total,
            (multiply_no_carry(a, digit), "mult-no-carry"),
            (total - parts[-1] * digit, "mult-partial-missing"),
            (a + digit, "op-added"),
            (total * 10, "zeros-miscounted"),
        ),
    )


@template("4.NBT.B.5", "by-one-digit", level=1, difficulty=-0.5)
def by_one_digit(rng: Generator, interest: str) -> Draft:
    a = between(rng, 123, 989) if int(rng.integers(2)) else between(rng, 1123, 4989)
    a, digit = a + (a % 10 == 0), between(rng, 3, 9)
    return _by_digit(T("Find {product}.", product=math(rf"{W(a)} \times {digit}")), a, digit)


@template("4.NBT.B.5", "story", level=2, difficulty=0.0, uses_interest=True)
def by_digit_story(rng: Generator, interest: str) -> Draft:
    a, digit = between(rng, 13, 98), between(rng, 3, 9)
    a = a + 1 if a % 10 == 0 else a
    return _by_digit(tell(rng, interest, PER_DAY, each=a, days=digit), a, digit)


@template("4.NBT.B.5", "two-by-two", level=3, difficulty=0.7)
def two_by_two(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12, 89), between(rng, 13, 68)
    a, b = a + (a % 10 == 0), b + (b % 10 == 0)
    total, tens, ones = a * b, b // 10 * 10, b % 10
    return Draft(
        prompt=T("Find {product}.", product=math(rf"{a} \times {b}")),
        answer=number_key(total),
        hints=(
            T("About how large will the answer be? Round both factors to tens."),
            PARTS,
            T("Find {first} and {second}.", first=math(rf"{a} \times {tens}"), second=math(rf"{a} \times {ones}")),
        ),
        solution=(
            T("By the tens: {line}", line=math(rf"{a} \times {tens} = {W(a * tens)}")),
            T("By the ones: {line}", line=math(rf"{a} \times {ones} = {W(a * ones)}")),
            T("Add: {line}", line=math(f"{W(a * tens)} + {W(a * ones)} = {W(total)}")),
        ),
        wrong=wrong_numbers(
            total,
            (a // 10 * tens * 10 + a % 10 * ones, "mult-partial-missing"),
            (a * (b // 10) + a * ones, "mult-no-shift"),
            (a * tens, "steps-first-only"),
            (a + b, "op-added"),
        ),
    )
