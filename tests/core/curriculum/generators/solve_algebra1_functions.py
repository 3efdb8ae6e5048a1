"""Solvers for Algebra I functions, sequences, growth and roots: following the rule step by step, squaring roots back."""

import re
from fractions import Fraction

from .algebra_reading import evaluate
from .reading import numbers
from .solve_grade8_algebra import points
from .solvers import Ask, solver


@solver("HSF-IF.A.2/linear", "HSF-IF.A.2/quadratic")
def value_at(ask: Ask) -> Fraction:
    rule = ask.formulas[0].split("=")[1]
    return evaluate(rule, x=Fraction(ask.formulas[1].strip("f()")))


@solver("HSF-IF.A.2/solve")
def input_for(ask: Ask) -> int:
    rule, wanted = ask.formulas[0].split("=")[1], int(ask.formulas[-1].split("=")[1])
    (x,) = (n for n in range(-30, 31) if evaluate(rule, x=n) == wanted)
    return x


@solver("HSF-IF.A.3/arithmetic", "HSF-IF.A.3/geometric", "HSF-IF.A.3/two-operations")
def follow_rule(ask: Ask) -> Fraction:
    start, rule, wanted = ask.formulas
    term = Fraction(start.split("=")[1].strip())
    step = rule.split("=", 1)[1].replace("a_{n-1}", "p")
    for _ in range(int(wanted.removeprefix("a_")) - 1):
        term = evaluate(step, p=term)
    return term


@solver("HSF-IF.B.6/table")
def rate_of_table(ask: Ask) -> Fraction:
    values = {int(x): int(y) for x, y in re.findall(r"f\((\d+)\) = (-?\d+)", ask.text)}
    start, end = (int(n) for n in re.findall(r"x = (\d+)", ask.text))
    return Fraction(values[start] - values[end], start - end)


@solver("HSF-IF.B.6/formula", "HSF-IF.B.6/negative-interval")
def rate_of_formula(ask: Ask) -> Fraction:
    rule = ask.formulas[0].split("=")[1]
    start, end = (Fraction(formula.split("=")[1].strip()) for formula in ask.formulas[1:])
    return (evaluate(rule, x=start) - evaluate(rule, x=end)) / (start - end)


def terms_of(ask: Ask) -> list[int]:
    """The listed terms of a sequence."""
    listed = next(formula for formula in ask.formulas if r"\ldots" in formula)
    return [int(n) for n in re.findall(r"-?\d+", listed)]


@solver("HSF-BF.A.2/arithmetic", "HSF-BF.A.2/geometric")
def gives_terms(ask: Ask) -> bool:
    terms = terms_of(ask)
    return [evaluate(ask.key, n=n) for n in range(1, len(terms) + 1)] == terms


@solver("HSF-BF.A.2/far-term")
def walk_to(ask: Ask) -> int:
    terms = terms_of(ask)
    found = re.search(r"number (\d+) of", ask.text)
    assert found, ask.text
    term = terms[0]
    for _ in range(1, int(found[1])):
        term += terms[1] - terms[0]
    return term


@solver("HSF-LE.A.2/growth", "HSF-LE.A.2/two-points")
def through(ask: Ask) -> bool:
    found = re.fullmatch(r"(\d+)\*(\d+)\^x", ask.key)
    return found is not None and all(evaluate(ask.key, x=x) == y for x, y in points(ask.text))


@solver("HSF-LE.A.2/percent")
def year_by_year(ask: Ask) -> bool:
    found = re.search(r"(\d+) people, and their number (grows|falls) by (\d+)%", ask.text)
    assert found, ask.text
    now, sign = Fraction(found[1]), 1 if found[2] == "grows" else -1
    for year in range(4):
        if evaluate(ask.key, t=year) != now:
            return False
        now += sign * now * int(found[3]) / 100
    return True


@solver("HSN-RN.A.2/value")
def root_and_power(ask: Ask) -> int:
    found = re.fullmatch(r"(\d+)\^\{\\frac\{(\d+)\}\{(\d+)\}\}", ask.formulas[0])
    assert found, ask.text
    inside, m, n = (int(part) for part in found.groups())
    (value,) = (v for v in range(1, 4000) if v**n == inside**m)
    return value


def square_of(term: str) -> int:
    """The square of ``7sqrt(2)``."""
    found = re.fullmatch(r"(\d*)sqrt\((\d+)\)", term)
    assert found, term
    return int(found[1] or 1) ** 2 * int(found[2])


def square_free(term: str) -> bool:
    inside = int(term.split("(")[1].strip(")"))
    return all(inside % (n * n) for n in range(2, inside))


@solver("HSN-RN.A.2/simplify")
def simplified(ask: Ask) -> bool:
    return square_of(ask.key) == numbers(ask.formulas[0])[0] and square_free(ask.key)


@solver("HSN-RN.A.2/sum")
def one_root(ask: Ask) -> bool:
    a, b = (int(n) for n in re.findall(r"\{(\d+)\}", ask.formulas[0]))
    root = Fraction(a * b) ** Fraction(1, 2)
    double = 2 * round(root)
    assert (double // 2) ** 2 == a * b, "the roots are not alike"
    return square_of(ask.key) == a + b + (double if "+" in ask.formulas[0] else -double)


def exponent_of_root(latex: str) -> Fraction:
    """The exponent of ``\\sqrt[3]{x^2}``."""
    found = re.fullmatch(r"\\sqrt(?:\[(\d)\])?\{[a-z](?:\^(\d))?\}", latex)
    assert found, latex
    return Fraction(int(found[2] or 1), int(found[1] or 2))


@solver("HSN-RN.A.1/root-to-exponent", "HSN-RN.A.1/product")
def exponents(ask: Ask) -> Fraction:
    line = next(formula for formula in ask.formulas if "sqrt" in formula)
    return sum((exponent_of_root(part) for part in line.split(r" \cdot ")), Fraction(0))


@solver("HSN-RN.A.1/power-of-power")
def inner_exponent(ask: Ask) -> Fraction:
    found = re.search(r"\(\d+\^k\\right\)\^(\d) = \d+\^(\d)", ask.text)
    assert found, ask.text
    (k,) = {Fraction(p, q) for q in range(1, 9) for p in range(60) if p * int(found[1]) == q * int(found[2])}
    return k
