"""Solvers for grade 4, whole numbers: repeated addition and subtraction, lists of divisors, digits by strings."""

import re
from fractions import Fraction
from itertools import permutations

from .reading import calculate, integers, numbers
from .solve_grade3_multiplying import count_groups
from .solve_grade3_rest import linear_box, nearest
from .solvers import Ask, solver


@solver("4.OA.A.1/statement")
def statement(ask: Ask) -> int:
    total, times, base = ask.integers
    return ask.choice(f"{total} is {times} times as many as {base}.")


@solver("4.OA.A.1/equation")
def equation(ask: Ask) -> int:
    total, times, base = ask.integers
    assert sum([base] * times) == total
    fits = [n for n, c in enumerate(ask.choices) if len({calculate(s) for s in c.strip("$").split("=")}) == 1]
    assert len(fits) == 1
    return fits[0]


@solver("4.OA.A.1/two-ways")
def two_ways(ask: Ask) -> int:
    total, times, *_ = ask.integers
    return count_groups(total, times)


@solver("4.OA.A.2/larger", "4.NBT.B.5/story")
def larger(ask: Ask) -> int:
    a, b = ask.integers
    return sum([a] * b)


@solver("4.OA.A.2/smaller", "4.OA.A.2/how-many-times", "4.NBT.B.6/story")
def smaller(ask: Ask) -> int:
    return count_groups(max(ask.integers), min(ask.integers))


def pulled_apart(total: int, each: int) -> tuple[int, int]:
    """Full groups and what is left, by taking groups away."""
    count = 0
    while total >= each:
        total, count = total - each, count + 1
    return count, total


@solver("4.OA.A.3/rest-needs-one-more")
def rest_needs_one_more(ask: Ask) -> int:
    count, rest = pulled_apart(max(ask.integers), min(ask.integers))
    return count + (rest > 0)


@solver("4.OA.A.3/rest-is-not-used")
def rest_is_not_used(ask: Ask) -> int:
    return pulled_apart(max(ask.integers), min(ask.integers))[0]


@solver("4.OA.A.3/left-over")
def left_over(ask: Ask) -> int:
    return pulled_apart(max(ask.integers), min(ask.integers))[1]


@solver("4.OA.A.3/money")
def money(ask: Ask) -> int:
    a, p, b, q, cost = ask.integers
    return sum([p] * a) + sum([q] * b) - cost


@solver("4.OA.C.5/add-rule", "4.OA.C.5/multiply-rule")
def rule(ask: Ask) -> int:
    term, step, which = ask.integers
    for _ in range(which - 1):
        term = term + step if "add" in ask.text else term * step
    return term


@solver("4.OA.C.5/saving")
def saving(ask: Ask) -> int:
    amount, step, weeks = ask.integers
    for _ in range(weeks):
        amount += step
    return amount


def divisors(n: int) -> set[int]:
    return {d for d in range(1, n + 1) if n % d == 0}


@solver("4.OA.B.4/missing-of-pair")
def missing_of_pair(ask: Ask) -> int:
    first, n = ask.integers
    return next(d for d in divisors(n) if d * first == n)


@solver("4.OA.B.4/all-factors")
def all_factors(ask: Ask) -> set[int]:
    return divisors(ask.integers[0])


@solver("4.OA.B.4/which-prime")
def which_prime(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if len(divisors(int(c))) == 2)
    return right


@solver("4.OA.B.4/multiple-or-factor")
def multiple(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if ask.integers[0] in divisors(int(c)))
    return right


@solver("4.OA.B.4/common")
def common(ask: Ask) -> int:
    a, b = ask.integers
    return min(set(range(a, a * b + 1, a)) & set(range(b, a * b + 1, b)))


@solver("4.NBT.A.1/digit-value")
def digit_value(ask: Ask) -> int:
    digit, n = map(str, ask.integers)
    assert n.count(digit) == 1
    return int(re.sub(rf"[^{digit}]", "0", n))


@solver("4.NBT.A.1/ten-times")
def times_as_large(ask: Ask) -> int:
    small, large = ask.integers
    return int(Fraction(large, small))


@solver("4.NBT.A.1/two-places")
def two_places(ask: Ask) -> int:
    n, digit = str(ask.integers[0]), str(ask.integers[1])
    left, right = (m.start() for m in re.finditer(digit, n))
    return int("1" + "0" * (right - left))


@solver("4.NBT.A.2/expanded", "4.NBT.B.4/add", "4.NBT.B.4/subtract", "4.NBT.B.4/across-zeros")
@solver("4.NBT.B.5/by-one-digit", "4.NBT.B.5/two-by-two", "4.NBT.B.6/even", "4.NBT.B.6/zero-inside")
def formula(ask: Ask) -> int:
    value = calculate(ask.formulas[0])
    assert value.denominator == 1
    return int(value)


@solver("4.NBT.A.2/compare")
def compare(ask: Ask) -> int:
    return ask.compare(*ask.numbers)


@solver("4.NBT.A.2/largest")
def largest(ask: Ask) -> int:
    digits = [str(n) for n in ask.integers[:5]]
    made = [int("".join(p)) for p in permutations(digits) if p[0] != "0"]
    return min(made) if "smallest" in ask.text else max(made)


@solver("4.NBT.A.3/nearest", "4.NBT.A.3/ripple", "4.NBT.A.3/about")
def rounding(ask: Ask) -> int:
    place = 10000 if "ten thousand" in ask.text else 1000 if "thousand" in ask.text else 100
    (n,) = ask.integers
    return nearest(n, place)


@solver("4.NBT.A.3/which-rounds")
def which_rounds(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if nearest(integers(c)[0], 1000) == ask.integers[0])
    return right


@solver("4.NBT.B.4/join-story")
def join(ask: Ask) -> int:
    return sum(ask.integers)


@solver("4.NBT.B.4/left-story")
def left(ask: Ask) -> int:
    whole, part = ask.integers
    return linear_box(rf"\square + {part} = {whole}")


@solver("4.NBT.B.6/remainder")
def remainder(ask: Ask) -> int:
    return pulled_apart(*integers(ask.formulas[0]))[1]


@solver("4.NF.A.1/missing-number")
def missing_number(ask: Ask) -> int:
    known, right = ask.formulas[0].split("=")
    (shown,) = integers(right)
    value = calculate(known)
    found = value * shown if r"\frac{\square}" in right else shown / value
    assert found.denominator == 1
    return int(found)


@solver("4.NF.A.1/simplest")
def simplest(ask: Ask) -> Fraction:
    (value,) = ask.numbers
    return value


@solver("4.NF.A.1/which-equal")
def which_equal(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if numbers(c) == ask.numbers)
    return right


@solver("4.NF.A.2/compare", "4.NF.A.2/half")
def compare_fractions(ask: Ask) -> int:
    return ask.compare(*ask.numbers)


@solver("4.NF.A.2/who-more")
def who_more(ask: Ask) -> int:
    first, second = ask.numbers
    assert first != second
    return 0 if first > second else 1
