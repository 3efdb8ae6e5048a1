"""Grade 4: place value to a million, comparing and rounding (4.NBT.A)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, tell
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    distinct,
    grouped,
    latex_whole,
    number_key,
    pick,
    shuffled,
    sign,
    sign_latex,
    wrong_choices,
    wrong_numbers,
)
from headway.core.curriculum.generators.slips import rounded
from headway.core.text import T, Text, math

PLACES = (T("ones"), T("tens"), T("hundreds"), T("thousands"), T("ten thousands"), T("hundred thousands"))
ROUND_TO = {
    100: T("Round {n} to the nearest hundred."),
    1000: T("Round {n} to the nearest thousand."),
    10000: T("Round {n} to the nearest ten thousand."),
}
TEN_TIMES = T("Each place is worth ten times as much as the place to its right.")
HALFWAY = T("Find the two round numbers on either side. Halfway or more goes up, less goes down.")


def _different_digits(rng: Generator, count: int) -> list[int]:
    """Digits that are all different and not 0, the highest place first."""
    return distinct(rng, 1, 9, count)


@template("4.NBT.A.1", "digit-value", level=1, difficulty=-0.8)
def digit_value(rng: Generator, interest: str) -> Draft:
    digits = _different_digits(rng, 5)
    n = int("".join(map(str, digits)))
    place = between(rng, 1, 4)
    digit = digits[4 - place]
    value = digit * 10**place
    return Draft(
        prompt=T("What is the value of the digit {digit} in {n}?", digit=digit, n=grouped(n)),
        answer=number_key(value),
        hints=(
            T("Name the places of {n} from right to left: ones, tens, and so on.", n=grouped(n)),
            TEN_TIMES,
            T("The {digit} stands in the place of the {place}.", digit=digit, place=PLACES[place]),
        ),
        solution=(
            T("The {digit} stands in the place of the {place}.", digit=digit, place=PLACES[place]),
            T("So its value is {value}", value=math(latex_whole(value))),
        ),
        wrong=wrong_numbers(
            value, (digit, "place-face-value"), (value * 10, "place-one-off"), (value // 10, "place-one-off")
        ),
    )


@template("4.NBT.A.1", "ten-times", level=2, difficulty=0.0)
def times_as_much(rng: Generator, interest: str) -> Draft:
    digit, low = between(rng, 2, 9), between(rng, 0, 3)
    gap = between(rng, 1, 2)
    large, small = digit * 10 ** (low + gap), digit * 10**low
    return Draft(
        prompt=T("How many times as large as {small} is {large}?", small=grouped(small), large=grouped(large)),
        answer=number_key(10**gap),
        hints=(
            T("The digit {digit} is the same. What is different about its place?", digit=digit),
            TEN_TIMES,
            T("Count how many places to the left the {digit} has moved.", digit=digit),
        ),
        solution=(
            T("The {digit} moves to the left, and each place makes it ten times as large.", digit=digit),
            T("So {line}", line=math(rf"{latex_whole(large)} \div {latex_whole(small)} = {10**gap}")),
        ),
        wrong=wrong_numbers(
            10**gap,
            (10 ** (gap + 1), "zeros-miscounted"),
            (10 ** (gap - 1) if gap > 1 else None, "zeros-miscounted"),
            (large - small, "compare-additive"),
            (gap, "place-face-value"),
        ),
    )


@template("4.NBT.A.1", "two-places", level=3, difficulty=0.6)
def same_digit_twice(rng: Generator, interest: str) -> Draft:
    digit, other, last, first = _different_digits(rng, 4)
    gap = between(rng, 1, 2)
    digits = [first, digit, digit, other, last] if gap == 1 else [first, digit, other, digit, last]
    n = int("".join(map(str, digits)))
    return Draft(
        prompt=T(
            "In {n} the digit {digit} is written twice. How many times the value of the right {digit} is the value of "
            "the left {digit}?",
            n=grouped(n),
            digit=digit,
        ),
        answer=number_key(10**gap),
        hints=(
            T("What is each of the two digits worth?"),
            TEN_TIMES,
            T("The left one is worth {value}. Compare it with the right one.", value=grouped(digit * 1000)),
        ),
        solution=(
            T("They are worth {left} and {right}.", left=grouped(digit * 1000), right=grouped(digit * 10 ** (3 - gap))),
            T("So it is {answer} times as much.", answer=math(str(10**gap))),
        ),
        wrong=wrong_numbers(
            10**gap, (1, "place-face-value"), (10 ** (3 - gap), "zeros-miscounted"), (1000, "zeros-miscounted")
        ),
    )


@template("4.NBT.A.2", "expanded", level=1, difficulty=-0.6)
def expanded(rng: Generator, interest: str) -> Draft:
    digits = [between(rng, 1, 9) for _ in range(5)]
    digits[pick(rng, (1, 2, 3))] = 0
    n = int("".join(map(str, digits)))
    parts = [d * 10 ** (4 - k) for k, d in enumerate(digits) if d]
    without = int("".join(str(d) for d in digits if d))
    return Draft(
        prompt=T("Write this sum as one number: {sum}", sum=math(" + ".join(map(latex_whole, parts)))),
        answer=number_key(n),
        hints=(
            T("Which places have a digit, and which place is missing?"),
            T("A place that is empty is held by a zero."),
            T("The first number is in the ten thousands. Fill the places from there to the ones."),
        ),
        solution=(
            T("Put each digit in its place and a zero in the empty place."),
            T("The number is {n}", n=math(latex_whole(n))),
        ),
        wrong=wrong_numbers(n, (without, "place-zero-skipped"), (n * 10, "zeros-miscounted")),
    )


@template("4.NBT.A.2", "compare", level=2, difficulty=-0.1)
def compare(rng: Generator, interest: str) -> Draft:
    digits = _different_digits(rng, 6)
    at = between(rng, 1, 3)
    other = list(digits)
    other[at], other[at + 1] = other[at + 1], other[at]
    a, b = int("".join(map(str, digits))), int("".join(map(str, other)))
    b = b // 10 if int(rng.integers(4)) == 0 else b
    answer = sign(a, b)
    statement = rf"{latex_whole(a)} \; \square \; {latex_whole(b)}"
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(statement)),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("Do both numbers have as many digits?"),
            T("Compare from the left. The first place where the digits differ decides."),
            T("Write the numbers one under the other and compare them place by place."),
        ),
        solution=(
            T("Compare the places from the left until the digits differ."),
            T("So {statement}", statement=math(f"{latex_whole(a)} {sign_latex(answer)} {latex_whole(b)}")),
        ),
        wrong=wrong_choices(answer, (1 - answer, "compare-reversed")),
    )


@template("4.NBT.A.2", "largest", level=3, difficulty=0.5)
def largest(rng: Generator, interest: str) -> Draft:
    digits = _different_digits(rng, 5)
    top = sorted(digits, reverse=True)
    right = int("".join(map(str, top)))
    zero = int(rng.integers(2)) == 1
    if zero:
        top[-1] = 0
        low = [top[-2], 0, *sorted(top[:-2])]
        right = int("".join(map(str, low)))
    naive = int("".join(map(str, sorted(top)))) if zero else int("".join(map(str, reversed(top))))
    text = ", ".join(map(str, sorted(top, key=lambda d: (d * 7) % 10)))
    return Draft(
        prompt=T("Use each of the digits {digits} once. Which is the smallest number with five digits?", digits=text)
        if zero
        else T("Use each of the digits {digits} once. Which is the largest number with five digits?", digits=text),
        answer=number_key(right),
        hints=(
            T("Which place changes the size of the number most?"),
            T("The place on the left counts most, so think about it first."),
            T("A number with five digits cannot start with 0. Find the smallest digit that may come first.")
            if zero
            else T("Put the largest digit first and go down from there."),
        ),
        solution=(
            T("The first digit is the smallest that is not 0. Then the others follow in order.")
            if zero
            else T("The digits go from the largest to the smallest."),
            T("The number is {n}", n=math(latex_whole(right))),
        ),
        wrong=wrong_numbers(
            right, (naive, "place-zero-skipped" if zero else "compare-reversed"), (right // 10, "zeros-miscounted")
        ),
    )


ABOUT: Stories = {
    "soccer": T("{n} people live in a town with a soccer club. About how many is that, to the nearest thousand?"),
    "space": T("A space probe flies {n} miles in an hour. About how many miles is that, to the nearest thousand?"),
    "music": T("A song is played {n} times in a week. About how many times is that, to the nearest thousand?"),
    "nature": T("A forest has {n} trees. About how many is that, to the nearest thousand?"),
    "games": T("{name} scores {n} points in a game. About how many is that, to the nearest thousand?"),
    "trains": T("{n} people use a train station in a day. About how many is that, to the nearest thousand?"),
    "comics": T("A comic sells {n} copies. About how many is that, to the nearest thousand?"),
    "basketball": T("{n} fans watch a basketball final. About how many is that, to the nearest thousand?"),
}


def _rounding(prompt: Text, n: int, place: int) -> Draft:
    low = n // place * place
    answer = rounded(n, place)
    wrong_way = low + place if answer == low else low
    side = "round-always-up" if answer == low else "round-always-down"
    middle = grouped(low + place // 2)
    return Draft(
        prompt=prompt,
        answer=number_key(answer),
        hints=(
            T("Which round number is just below {n}, and which is just above it?", n=grouped(n)),
            HALFWAY,
            T("Halfway is {middle}. Is {n} below it, or not?", middle=middle, n=grouped(n)),
        ),
        solution=(
            T(
                "{n} is between {low} and {high}. Halfway is {middle}.",
                n=grouped(n),
                low=grouped(low),
                high=grouped(low + place),
                middle=middle,
            ),
            T("It goes up to {answer}.", answer=grouped(answer))
            if answer > low
            else T("It goes down to {answer}.", answer=grouped(answer)),
        ),
        wrong=wrong_numbers(
            answer,
            (wrong_way, side),
            (rounded(n, place // 10), "round-wrong-place"),
            (rounded(n, place * 10) or None, "round-wrong-place"),
            (answer + n % place, "round-digits-kept"),
        ),
    )


@template("4.NBT.A.3", "nearest", level=1, difficulty=-0.4)
def nearest(rng: Generator, interest: str) -> Draft:
    n, place = between(rng, 2101, 98999), pick(rng, (100, 1000))
    n = n if n % place else n + 37
    return _rounding(fill(ROUND_TO[place], n=grouped(n)), n, place)


@template("4.NBT.A.3", "about", level=2, difficulty=0.0, uses_interest=True)
def about(rng: Generator, interest: str) -> Draft:
    n = between(rng, 12, 89) * 1000 + between(rng, 1, 999)
    return _rounding(tell(rng, interest, ABOUT, n=grouped(n)), n, 1000)


@template("4.NBT.A.3", "ripple", level=3, difficulty=0.7)
def ripple(rng: Generator, interest: str) -> Draft:
    place = pick(rng, (100, 1000, 10000))
    n = between(rng, 1, 8) * place * 10 + 9 * place + between(rng, place // 2, place - 1)
    return _rounding(fill(ROUND_TO[place], n=grouped(n)), n, place)


@template("4.NBT.A.3", "which-rounds", level=2, difficulty=0.4)
def which_rounds(rng: Generator, interest: str) -> Draft:
    target = between(rng, 12, 88) * 1000
    right = target + pick(rng, (-1, 1)) * between(rng, 20, 480)
    high, low, far = target + between(rng, 510, 930), target - between(rng, 520, 880), target + between(rng, 1100, 1400)
    choices = shuffled(rng, [grouped(x) for x in (right, high, low, far)])
    key = choices.index(grouped(right))
    return Draft(
        prompt=T("Which number rounds to {target} when it is rounded to the nearest thousand?", target=grouped(target)),
        answer=choice_key(key, choices),
        hints=(
            T("Think of a number line with {target} in the middle.", target=grouped(target)),
            HALFWAY,
            T("Which numbers lie less than 500 away from {target}?", target=grouped(target)),
        ),
        solution=(
            T("Numbers up to 500 below, and less than 500 above, round to {target}.", target=grouped(target)),
            T("The only one of them is {right}.", right=grouped(right)),
        ),
        wrong=wrong_choices(
            key, (choices.index(grouped(high)), "round-always-down"), (choices.index(grouped(low)), "round-always-up")
        ),
    )
