"""Solvers for grade 8 equations, systems, powers and functions: they evaluate at points and try numbers."""

import re
from fractions import Fraction

from .algebra_reading import equivalent, evaluate, gap, solve_linear
from .reading import numbers
from .solvers import Ask, solver


@solver("8.EE.C.7.b/both-sides", "8.EE.C.7.b/parentheses", "8.EE.C.7.b/fractions")
def solve(ask: Ask) -> Fraction:
    return solve_linear(ask.formulas[1])


def count_of_solutions(equation: str) -> str:
    """What the values of the gap between both sides at two points say."""
    zero, one = gap(equation, x=0), gap(equation, x=1)
    if zero != one:
        return "Exactly one solution"
    return "Every number is a solution" if zero == 0 else "No solution"


@solver("8.EE.C.7.a/count", "8.EE.C.7.a/count-simple")
def how_many(ask: Ask) -> int:
    return ask.choice(count_of_solutions(ask.formulas[0]))


@solver("8.EE.C.7.a/make-none")
def make_none(ask: Ask) -> int:
    equation = ask.formulas[1]
    (k,) = (k for k in range(-99, 100) if count_of_solutions(equation.replace("k", f"{k}")) == "No solution")
    return k


@solver("8.EE.C.8/substitution", "8.EE.C.8/elimination")
def both_true(ask: Ask) -> tuple[int, int]:
    first, second = ask.formulas[:2]
    fits = []
    for x in range(-12, 13):
        zero, one = gap(first, x=x, y=0), gap(first, x=x, y=1)
        y = zero / (zero - one)
        if gap(second, x=x, y=y) == 0:
            fits.append((x, int(y)))
    (point,) = fits
    return point


@solver("8.EE.C.8/story")
def second_price(ask: Ask) -> int:
    a, b, first, c, _, second = ask.integers
    fits = [(x, y) for x in range(1, 40) for y in range(1, 40) if a * x + b * y == first and c * x + b * y == second]
    ((_, y),) = fits
    return y


@solver("8.EE.A.1/product", "8.EE.A.1/quotient")
def one_term(ask: Ask) -> bool:
    (letter,) = set(re.findall("[a-z]", ask.key))
    one = re.fullmatch(rf"\d*{letter}(\^\d+)?", ask.key)
    line = re.sub(r"\\cdot", "*", ask.formulas[0])
    return one is not None and equivalent(line, ask.key, letter)


@solver("8.EE.A.1/negative")
def value_of_powers(ask: Ask) -> Fraction:
    return evaluate(ask.formulas[0])


@solver("8.EE.A.2/root")
def try_roots(ask: Ask) -> int:
    found = re.fullmatch(r"\\sqrt(\[3\])?\{(\d+)\} \+ (\d+)", ask.formulas[0])
    assert found, ask.text
    (root,) = (n for n in range(1, 100) if n ** (3 if found[1] else 2) == int(found[2]))
    return root + int(found[3])


@solver("8.EE.A.2/square-equation")
def try_squares(ask: Ask) -> set[Fraction]:
    square = numbers(ask.formulas[0].split("=")[1])[0]
    found = {Fraction(n, d) for d in (1, 2, 3, 5, 7) for n in range(-120, 121) if n * n == square * d * d}
    assert len(found) == 2
    return found


@solver("8.EE.A.2/cube-equation")
def try_cubes(ask: Ask) -> int:
    (x,) = (n for n in range(-20, 21) if gap(ask.formulas[1], x=n) == 0)
    return x


@solver("8.EE.A.3/write")
def scientific(ask: Ask) -> bool:
    found = re.fullmatch(r"(\d\.\d+)\*10\^\(?(-?\d+)\)?", ask.key)
    assert found, ask.key
    return 1 <= Fraction(found[1]) < 10 and Fraction(found[1]) * Fraction(10) ** int(found[2]) == ask.numbers[0]


@solver("8.EE.A.3/standard")
def without_power(ask: Ask) -> Fraction:
    return evaluate(ask.formulas[0])


@solver("8.EE.A.3/times-as-large")
def times_as_large(ask: Ask) -> Fraction:
    small, large = (evaluate(formula) for formula in ask.formulas)
    return large / small


def points(text: str) -> list[tuple[int, int]]:
    """The points of a sentence."""
    return [(int(x), int(y)) for x, y in re.findall(r"\((-?\d+), (-?\d+)\)", text)]


@solver("8.EE.B.5/unit-rate")
def rise_for_one(ask: Ask) -> Fraction:
    ((x, y),) = points(ask.text)
    return Fraction(y, x)


@solver("8.EE.B.5/two-points")
def slope(ask: Ask) -> Fraction:
    (x1, y1), (x2, y2) = points(ask.text)
    return Fraction(y1 - y2, x1 - x2)


@solver("8.EE.B.5/faster")
def faster(ask: Ask) -> int:
    first = evaluate(ask.formulas[0].split("=")[1], x=1)
    total, time = ask.integers[-2:]
    assert first * time != total
    return ask.choice("The first tap" if first * time > total else "The second tap")


@solver("8.F.A.1/rule")
def output(ask: Ask) -> Fraction:
    return evaluate(ask.formulas[0].split("=")[1], x=Fraction(ask.formulas[1]))


@solver("8.F.A.1/input")
def which_input(ask: Ask) -> int:
    rule, wanted = ask.formulas[0].split("=")[1], int(ask.formulas[1])
    (x,) = (n for n in range(-30, 31) if evaluate(rule, x=n) == wanted)
    return x


@solver("8.F.A.1/is-function")
def one_output_each(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if len(dict(points(c))) == len(set(points(c))))
    return right


@solver("8.F.B.4/table", "8.F.B.4/points")
def through_points(ask: Ask) -> bool:
    left, right = ask.key.split("=")
    return left == "y" and all(evaluate(right, x=x) == y for x, y in points(ask.text))


@solver("8.F.B.4/story")
def cost(ask: Ask) -> bool:
    fee, each = (int(n) for n in re.findall(r"\$(\d+)(?!\$)", ask.text.replace("$$", "")))
    left, right = ask.key.split("=")
    return left == "y" and all(evaluate(right, x=n) == fee + sum([each] * n) for n in range(5))
