"""Solvers for Algebra I polynomials, equations and systems: values at points, roots by trying, elimination by evaluation."""

import re
from fractions import Fraction

from .algebra_reading import equivalent, evaluate, gap, holds, solve_linear
from .solvers import Ask, solver


@solver("HSA-APR.A.1/sum", "HSA-APR.A.1/binomials", "HSA-APR.A.1/trinomial")
def one_polynomial(ask: Ask) -> bool:
    powers = re.findall(r"x(?:\^\d)?", ask.key)
    return "(" not in ask.key and len(set(powers)) == len(powers) and equivalent(ask.formulas[0], ask.key)


def irreducible(factor: str) -> bool:
    """Whether a linear factor has no number to take out."""
    zero, one = evaluate(factor, x=0), evaluate(factor, x=1)
    slope = one - zero
    return all(zero % n or slope % n for n in range(2, 50))


@solver(
    "HSA-SSE.A.2/difference",
    "HSA-SSE.A.2/perfect-square",
    "HSA-SSE.A.2/common-first",
    "HSA-SSE.B.3.a/positive",
    "HSA-SSE.B.3.a/signed",
    "HSA-SSE.B.3.a/leading",
)
def fully_factored(ask: Ask) -> bool:
    factors = re.findall(r"\(([^()]*)\)", ask.key)
    assert factors, ask.key
    return all("^" not in f and irreducible(f) for f in factors) and equivalent(ask.formulas[0], ask.key)


@solver("HSA-REI.B.3/two-parentheses")
def solve(ask: Ask) -> Fraction:
    return solve_linear(ask.formulas[1])


@solver("HSA-REI.B.3/inequality")
def same_solutions(ask: Ask) -> bool:
    tried = [Fraction(n, 2) for n in range(-60, 61)]
    return all(holds(ask.formulas[1], x=n) == holds(ask.key, x=n) for n in tried)


@solver("HSA-REI.B.3/between")
def inside_interval(ask: Ask) -> bool:
    found = re.fullmatch(r"\((-?\d+), (-?\d+)\]", ask.key)
    assert found, ask.key
    low, high = int(found[1]), int(found[2])
    tried = [Fraction(n, 2) for n in range(-60, 61)]
    return all(holds(ask.formulas[0], x=n) == (low < n <= high) for n in tried)


@solver("HSA-CED.A.4/product", "HSA-CED.A.4/linear", "HSA-CED.A.4/perimeter")
def formula(ask: Ask) -> bool:
    equation, wanted = ask.formulas[:2]
    others = sorted({c for c in equation if c.isalpha()} - {wanted})
    for start in (2, 5, 11):
        given = {letter: Fraction(start + 3 * n) for n, letter in enumerate(others)}
        if solve_linear(equation, wanted, **given) != evaluate(ask.key, **given):
            return False
    return wanted not in ask.key


@solver("HSA-REI.B.4.b/roots", "HSA-REI.B.4.b/factoring", "HSA-REI.B.4.b/formula")
def all_roots(ask: Ask) -> set[Fraction]:
    candidates = {Fraction(n, d) for d in (1, 2, 3, 4, 5) for n in range(-120, 121)}
    found = {x for x in candidates if gap(ask.formulas[0], x=x) == 0}
    assert len(found) == 2, "two different roots"
    return found


@solver("HSA-CED.A.1/equation")
def pay_until(ask: Ask) -> int:
    fee, each, total = (int(n) for n in re.findall(r"\$(\d+)", ask.text))
    count = 0
    while fee + each * count < total:
        count += 1
    assert fee + each * count == total
    return count


@solver("HSA-CED.A.1/two-plans")
def meet(ask: Ask) -> int:
    fee, each, fee2, each2 = (int(n) for n in re.findall(r"\$(\d+)", ask.text))
    (n,) = (n for n in range(1, 100) if fee + each * n == fee2 + each2 * n)
    return n


@solver("HSA-CED.A.1/rectangle")
def width(ask: Ask) -> int:
    more, area = ask.integers
    (w,) = (w for w in range(1, area) if w * (w + more) == area)
    return w


@solver("HSA-REI.C.6/subtract", "HSA-REI.C.6/multiply-one", "HSA-REI.C.6/multiply-both")
def common_point(ask: Ask) -> tuple[int, int]:
    first, second = ask.formulas[:2]
    points = ((x, y) for x in range(-10, 11) for y in range(-10, 11))
    (point,) = (p for p in points if gap(first, x=p[0], y=p[1]) == 0 == gap(second, x=p[0], y=p[1]))
    return point
