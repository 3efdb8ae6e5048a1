"""Slips: somebody knows how, and writes something else. One small change would make the line right."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import Path, parts, replaced
from headway.core.coaching.signatures import Signature, same, signature
from headway.core.coaching.tree import Expr, Mixed, Neg, Num
from headway.core.coaching.work import Work

KINDS = {"sign": 0.35, "off-by-one": 0.35, "transposed": 0.22, "digit": 0.08}
"""How slips are shared out: a dropped or added sign, a number one off, two digits swapped, one digit wrong."""


def variants(tree: Expr) -> Iterator[tuple[str, Expr]]:
    """Every line that is one slip away from ``tree``, with the kind of slip."""
    for path, part in parts(tree):
        under_sign = _under_sign(tree, path)
        match part:
            case Num(_, text) if set(text) <= set("0123456789."):
                yield from (("off-by-one", replaced(tree, path, n)) for n in _off_by_one(text))
                yield from (("transposed", replaced(tree, path, n)) for n in _transposed(text))
                if not under_sign:
                    yield "sign", replaced(tree, path, Neg(part))
            case Mixed(whole, top, bottom):
                for change in (-1, 1):
                    yield "off-by-one", replaced(tree, path, Mixed(whole + change, top, bottom))
                    yield "off-by-one", replaced(tree, path, Mixed(whole, top + change, bottom))
            case Neg(arg):
                yield "sign", replaced(tree, path, arg)


def _under_sign(tree: Expr, path: Path) -> bool:
    return any(isinstance(part, Neg) and found == path[:-1] for found, part in parts(tree)) if path else False


def _typed(text: str) -> Num:
    return Num(Fraction(text), text)


def _off_by_one(text: str) -> list[Num]:
    places = len(text.partition(".")[2])
    digits = int(text.replace(".", ""))
    found = []
    for value in (digits - 1, digits + 1):
        if value >= 0:
            shown = str(value).rjust(places + 1, "0")
            found.append(_typed(f"{shown[:-places]}.{shown[-places:]}" if places else shown))
    return found


def _transposed(text: str) -> list[Num]:
    found = []
    spots = [i for i, char in enumerate(text) if char != "."]
    for i, j in itertools.pairwise(spots):
        if text[i] != text[j]:
            swapped = list(text)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            found.append(_typed("".join(swapped)))
    return found


def slip_share(written: Expr, right: Signature) -> float:
    """How well a slip explains ``written``: the probability of this very line given that a slip was made; 0 when no
    single small change gives the right line."""
    counts: dict[str, int] = {}
    hits: dict[str, int] = {}
    work = Work(120_000)
    for kind, tree in variants(written):
        counts[kind] = counts.get(kind, 0) + 1
        if work.left > 10_000 and same(signature(tree, work), right):
            hits[kind] = hits.get(kind, 0) + 1
    return sum(KINDS[kind] * hit / counts[kind] for kind, hit in hits.items())
