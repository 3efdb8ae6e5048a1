"""Grade 3: rounding, adding and subtracting to 1,000, multiplying by tens (3.NBT.A)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import JOIN, TAKE_AWAY, Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.curriculum.generators.slips import add_no_carry, rounded, sub_borrow_kept, sub_smaller_from_larger
from headway.core.text import T, Text, math

HALFWAY = T("Find the two round numbers on either side. Halfway or more goes up, less goes down.")
REGROUP = T("When a column has too few, trade one from the place to its left for ten here.")

ABOUT: Stories = {
    "soccer": T("{n} people watch a soccer match. About how many is that, to the nearest hundred?"),
    "basketball": T("A team scores {n} points in a season. About how many is that, to the nearest hundred?"),
    "animals": T("A bird sanctuary counts {n} cranes. About how many is that, to the nearest hundred?"),
    "music": T("A music library has {n} songs. About how many is that, to the nearest hundred?"),
    "trains": T("A train trip is {n} miles long. About how many miles is that, to the nearest hundred?"),
    "nature": T("A forest trail has {n} trees along it. About how many is that, to the nearest hundred?"),
    "comics": T("A comic shop sells {n} comics in a week. About how many is that, to the nearest hundred?"),
}

SHEETS: Stories = {
    "art": T("{name} buys {groups} packs of paper. Each pack has {each} sheets. How many sheets is that?"),
    "space": T("A model space station has {groups} parts with {each} lights on each part. How many lights is that?"),
    "games": T("{name} plays {groups} rounds and scores {each} points in each round. How many points is that?"),
    "trains": T("A train has {groups} cars with {each} seats in each car. How many seats does it have?"),
    "nature": T("{groups} trees grow in a park. A gardener hangs {each} lights on each tree. How many lights is that?"),
    "cooking": T("A cook bakes {groups} trays of cookies. Each tray holds {each} cookies. How many cookies is that?"),
}


def _off_halfway(rng: Generator, low: int, high: int, place: int) -> int:
    """A number that is no multiple of ``place``."""
    n = between(rng, low, high)
    return n if n % place else n + between(rng, 1, place - 1)


def _rounding(prompt: Text, n: int, place: int, other: int) -> Draft:
    low = n // place * place
    answer = rounded(n, place)
    wrong_way = low + place if answer == low else low
    side = "round-always-up" if answer == low else "round-always-down"
    return Draft(
        prompt=prompt,
        answer=number_key(answer),
        hints=(
            T("Which round number is just below {n}, and which is just above it?", n=n),
            HALFWAY,
            T("Halfway is {middle}. Is {n} below it, or not?", middle=low + place // 2, n=n),
        ),
        solution=(
            T("{n} is between {low} and {high}.", n=n, low=low, high=low + place),
            T("Halfway is {middle}, so {n} goes up to {answer}.", middle=low + place // 2, n=n, answer=answer)
            if answer > low
            else T("Halfway is {middle}, so {n} goes down to {answer}.", middle=low + place // 2, n=n, answer=answer),
        ),
        wrong=wrong_numbers(
            answer,
            (wrong_way, side),
            (rounded(n, other), "round-wrong-place"),
            (answer + n % place, "round-digits-kept") if answer > low else (None, ""),
        ),
    )


@template("3.NBT.A.1", "nearest-ten", level=1, difficulty=-0.8)
def nearest_ten(rng: Generator, interest: str) -> Draft:
    n = _off_halfway(rng, 21, 988, 10)
    return _rounding(T("Round {n} to the nearest ten.", n=n), n, 10, 100)


@template("3.NBT.A.1", "nearest-hundred", level=2, difficulty=-0.1)
def nearest_hundred(rng: Generator, interest: str) -> Draft:
    n = _off_halfway(rng, 120, 948, 100)
    return _rounding(T("Round {n} to the nearest hundred.", n=n), n, 100, 10)


@template("3.NBT.A.1", "about", level=2, difficulty=0.1, uses_interest=True)
def about(rng: Generator, interest: str) -> Draft:
    n = _off_halfway(rng, 120, 948, 100)
    return _rounding(tell(rng, interest, ABOUT, n=n), n, 100, 10)


@template("3.NBT.A.1", "which-rounds", level=3, difficulty=0.8)
def which_rounds(rng: Generator, interest: str) -> Draft:
    target = between(rng, 2, 8) * 100
    right = target + pick(rng, (-1, 1)) * between(rng, 5, 48)
    above, below, far = target + between(rng, 50, 95), target - between(rng, 53, 95), target - between(rng, 96, 99)
    choices = shuffled(rng, [str(right), str(above), str(below), str(far)])
    return Draft(
        prompt=T("Which number rounds to {target} when it is rounded to the nearest hundred?", target=target),
        answer=choice_key(choices.index(str(right)), choices),
        hints=(
            T("Think of a number line with {target} in the middle.", target=target),
            HALFWAY,
            T("Look for a number from {low} up to just below {high}.", low=target - 50, high=target + 50),
        ),
        solution=(
            T("Numbers from {low} up to {high} round to {target}.", low=target - 50, high=target + 49, target=target),
            T("The only one of them is {right}.", right=right),
        ),
        wrong=wrong_choices(
            choices.index(str(right)),
            (choices.index(str(above)), "round-always-down"),
            (choices.index(str(below)), "round-always-up"),
        ),
    )


def _addition(prompt: Text, a: int, b: int) -> Draft:
    total = a + b
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("Is the answer more or less than {a}? About how large will it be?", a=max(a, b)),
            T("Add ones to ones, tens to tens, hundreds to hundreds. Ten of one place make one of the next."),
            T("Start with the ones: {ones}.", ones=math(f"{a % 10} + {b % 10}")),
        ),
        solution=(
            T("Ones and tens: {line}", line=math(f"{a % 100} + {b % 100} = {a % 100 + b % 100}")),
            T(
                "Hundreds: {line}",
                line=math(f"{a // 100 * 100} + {b // 100 * 100} = {a // 100 * 100 + b // 100 * 100}"),
            ),
            T("Together: {line}", line=math(f"{a} + {b} = {total}")),
        ),
        wrong=wrong_numbers(total, (add_no_carry(a, b), "add-no-carry"), (abs(a - b), "op-subtracted")),
    )


def _subtraction(prompt: Text, a: int, b: int) -> Draft:
    left = a - b
    step = b // 100 * 100
    return Draft(
        prompt=prompt,
        answer=number_key(left),
        hints=(
            T("About how large will the answer be? Round both numbers to see."),
            REGROUP,
            T("You can take away {b} in steps: first {step}, then the rest.", b=b, step=step)
            if step
            else T("You can take away {b} in steps: first the tens, then the ones.", b=b),
        ),
        solution=(
            T("Take away the hundreds: {line}", line=math(f"{a} - {step} = {a - step}"))
            if step
            else T("There are no hundreds to take away."),
            T("Take away the rest: {line}", line=math(f"{a - step} - {b - step} = {left}")),
        ),
        wrong=wrong_numbers(
            left,
            (sub_smaller_from_larger(a, b), "sub-smaller-from-larger"),
            (sub_borrow_kept(a, b), "sub-borrow-kept"),
            (a + b, "op-added"),
        ),
    )


def _carrying(rng: Generator) -> tuple[int, int]:
    """Two numbers under 1,000 together whose ones need a trade when they are added."""
    a = between(rng, 12, 58) * 10 + between(rng, 3, 9)
    b = between(rng, 11, 39) * 10 + between(rng, 10 - a % 10, 9)
    return a, b


@template("3.NBT.A.2", "add", level=1, difficulty=-0.6)
def add(rng: Generator, interest: str) -> Draft:
    a, b = _carrying(rng)
    return _addition(T("Find {sum}.", sum=math(f"{a} + {b}")), a, b)


@template("3.NBT.A.2", "subtract", level=2, difficulty=0.2)
def subtract(rng: Generator, interest: str) -> Draft:
    left, b = _carrying(rng)
    return _subtraction(T("Find {difference}.", difference=math(f"{left + b} - {b}")), left + b, b)


@template("3.NBT.A.2", "join-story", level=2, difficulty=0.0, uses_interest=True)
def join_story(rng: Generator, interest: str) -> Draft:
    a, b = _carrying(rng)
    return _addition(tell(rng, interest, JOIN, a=a, b=b), a, b)


@template("3.NBT.A.2", "left-story", level=2, difficulty=0.4, uses_interest=True)
def left_story(rng: Generator, interest: str) -> Draft:
    left, b = _carrying(rng)
    return _subtraction(tell(rng, interest, TAKE_AWAY, a=left + b, b=b), left + b, b)


@template("3.NBT.A.2", "missing", level=3, difficulty=0.9)
def missing_addend(rng: Generator, interest: str) -> Draft:
    left, b = _carrying(rng)
    total = left + b
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"\square + {b} = {total}")),
        answer=number_key(left),
        hints=(
            T("Is the number in the box more or less than {total}?", total=total),
            T("Addition and subtraction undo each other."),
            T("Find {difference}.", difference=math(f"{total} - {b}")),
        ),
        solution=(
            T("Undo the addition: {line}", line=math(rf"\square = {total} - {b}")),
            T("So the number is {line}", line=math(str(left))),
        ),
        wrong=wrong_numbers(
            left,
            (total + b, "op-added"),
            (sub_smaller_from_larger(total, b), "sub-smaller-from-larger"),
            (sub_borrow_kept(total, b), "sub-borrow-kept"),
        ),
    )


def _times_tens(prompt: Text, digit: int, tens: int) -> Draft:
    total = digit * tens
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("How many tens are in {tens}?", tens=tens),
            T("Multiply the number of tens as you would multiply ones. The result counts tens."),
            T("Find {product}. The result is a number of tens.", product=math(rf"{digit} \times {tens // 10}")),
        ),
        solution=(
            T("{tens} is {count} tens.", tens=tens, count=tens // 10),
            T("Multiply: {line}", line=math(rf"{digit} \times {tens // 10} = {total // 10}")),
            T("That many tens: {line}", line=math(rf"{digit} \times {tens} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (total // 10, "zeros-miscounted"), (total * 10, "zeros-miscounted"), (digit + tens, "op-added")
        ),
    )


@template("3.NBT.A.3", "product", level=1, difficulty=-0.5)
def times_tens(rng: Generator, interest: str) -> Draft:
    digit, tens = distinct(rng, 2, 9, 2)
    swap = rng.integers(2) == 1
    line = rf"{tens * 10} \times {digit}" if swap else rf"{digit} \times {tens * 10}"
    return _times_tens(T("Find {product}.", product=math(line)), digit, tens * 10)


@template("3.NBT.A.3", "story", level=2, difficulty=0.0, uses_interest=True)
def tens_story(rng: Generator, interest: str) -> Draft:
    digit, tens = distinct(rng, 2, 9, 2)
    return _times_tens(tell(rng, interest, SHEETS, groups=digit, each=tens * 10), digit, tens * 10)


@template("3.NBT.A.3", "missing", level=3, difficulty=0.7)
def missing_tens(rng: Generator, interest: str) -> Draft:
    digit, tens = distinct(rng, 2, 9, 2)
    total = digit * tens * 10
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{digit} \times \square = {total}")),
        answer=number_key(tens * 10),
        hints=(
            T("How many tens are in {total}?", total=total),
            T("Use a fact that you know with tens in place of ones."),
            T("{digit} times how many tens make {count} tens?", digit=digit, count=total // 10),
        ),
        solution=(
            T("{total} is {count} tens.", total=total, count=total // 10),
            T("{line}, and these are tens.", line=math(rf"{digit} \times {tens} = {total // 10}")),
            T("So {line}", line=math(rf"{digit} \times {tens * 10} = {total}")),
        ),
        wrong=wrong_numbers(
            tens * 10, (tens, "zeros-miscounted"), (tens * 100, "zeros-miscounted"), (total - digit, "op-subtracted")
        ),
    )
