"""Solvers for grade 7 expressions, equations and inequalities: they evaluate and try numbers."""

import re
from fractions import Fraction

from .algebra_reading import equivalent, holds, letters_of, solve_linear
from .solvers import Ask, solver


@solver("7.EE.A.1/collect", "7.EE.A.1/minus-parentheses", "7.EE.A.1/fractions")
def same_without_parentheses(ask: Ask) -> bool:
    letter = letters_of(ask.formulas[0])
    return ask.key.count(letter) <= 1 and "(" not in ask.key and equivalent(ask.formulas[0], ask.key, letter)


@solver("7.EE.B.4.a/two-step", "7.EE.B.4.a/negative", "7.EE.B.4.a/parentheses")
def solve(ask: Ask) -> Fraction:
    letter, equation = ask.formulas
    return solve_linear(equation, letter)


@solver("7.EE.B.4.b/positive", "7.EE.B.4.b/negative")
def same_solutions(ask: Ask) -> bool:
    letter, relation = ask.formulas
    tried = [Fraction(n, 2) for n in range(-60, 61)]
    return all(holds(relation, **{letter: n}) == holds(ask.key, **{letter: n}) for n in tried)


@solver("7.EE.B.4.b/budget")
def buy_while_it_lasts(ask: Ask) -> int:
    paid = [int(n) for n in re.findall(r"\$(\d+)", ask.text)]
    fee, each, money = paid
    money, count = money - fee, 0
    while money >= each:
        money, count = money - each, count + 1
    return count
