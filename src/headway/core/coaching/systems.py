"""Equations that hold together: linear ones in reduced echelon form, the same for systems with the same solutions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra
from headway.core.coaching.tree import Add, Expr, Group, Logic, Neg, Relation
from headway.core.coaching.work import Work

Rows = tuple[tuple[tuple[str, Fraction], ...], ...]
NEVER: Rows = ((("", Fraction(1)),),)
"""The form of a system without solutions: 0 = 1."""


def conjunction(expr: Expr) -> list[Relation] | None:
    """The equations that hold together in ``expr``: a system, or one equation."""
    match expr:
        case Relation(signs, sides) if set(signs) == {"="}:
            return [Relation(("=",), pair) for pair in itertools.pairwise(sides)]
        case Group("" | "{", items, _) | Logic("and", items):
            found: list[Relation] = []
            for item in items:
                inner = conjunction(item)
                if inner is None:
                    return None
                found.extend(inner)
            return found
        case _:
            return None


def echelon(equations: Sequence[Relation], work: Work) -> Rows | None:
    """The reduced echelon form of linear equations; None when one is not linear. A contradiction is ``0 = 1``."""
    rows: list[dict[str, Fraction]] = []
    algebra = Algebra(work)
    for equation in equations:
        row = linear_row(Add((equation.sides[0], Neg(equation.sides[1]))), algebra)
        if row is None:
            return None
        rows.append(row)
    return _reduced(rows, work)


def linear_row(expr: Expr, algebra: Algebra) -> dict[str, Fraction] | None:
    """The coefficients of a linear expression, the constant under ``""``; None when it is not linear."""
    ratio = algebra.cancel(algebra.ratio(expr))
    if ratio.bottom.keys() != {()}:
        return None
    row: dict[str, Fraction] = {}
    for monomial, value in ratio.top.items():
        if len(monomial) > 1 or any(p.is_constant(name) or e != 1 for name, e in monomial):
            return None
        row[monomial[0][0] if monomial else ""] = Fraction(value) / Fraction(ratio.bottom[()])
    return row


def _reduced(rows: list[dict[str, Fraction]], work: Work) -> Rows:
    letters = sorted({name for row in rows for name in row if name})
    done: list[dict[str, Fraction]] = []
    for letter in [*letters, ""]:
        pivot = next((row for row in rows if row.get(letter)), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        scaled = {name: value / pivot[letter] for name, value in pivot.items() if value}
        work.spend(len(scaled) * (len(rows) + len(done)) + 1)
        rows = [_without(row, scaled, letter) for row in rows]
        done = [_without(row, scaled, letter) for row in done]
        if letter == "":
            return NEVER
        done.append(scaled)
    return tuple(tuple(sorted(row.items())) for row in done)


def _without(row: dict[str, Fraction], pivot: dict[str, Fraction], letter: str) -> dict[str, Fraction]:
    factor = row.get(letter, Fraction(0))
    if not factor:
        return row
    found = {name: row.get(name, Fraction(0)) - factor * pivot.get(name, Fraction(0)) for name in {*row, *pivot}}
    return {name: value for name, value in found.items() if value}
