"""The checker against the generators: it takes the key in every usual form and none of the wrong answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerSpec, Step

from .reading import numbers

SIMPLE = re.compile(r"-?(\d+|\d*\.\d+|\d+/\d+|\d+ \d+/\d+)")


def check_marking(step: Step) -> None:
    """Mark the key as a learner may write it, and the wrong answers."""
    for given in usual_forms(step.answer):
        verdict = check(step.answer, given)
        assert verdict.correct, f"{given!r} is marked {verdict.outcome}: {verdict.message}"
    for wrong in step.wrong:
        verdict = check(step.answer, wrong.answer)
        assert verdict.outcome == "wrong", f"{wrong.answer!r} ({wrong.misconception}) is marked {verdict.outcome}"


def usual_forms(spec: AnswerSpec) -> Iterator[str]:
    """The key as it may be typed: spaces, LaTeX, units, other forms of the same number where any is right."""
    for key in spec.keys:
        yield key
        yield f" {key} "
        if spec.kind == "number" and SIMPLE.fullmatch(key):
            yield from forms_of_number(spec, key)
        elif spec.kind == "text":
            yield key.upper()
        elif spec.kind in ("set", "list", "coordinate"):
            yield key.replace(" ", "").replace(",", ", ")
    right = str(spec.choices[int(spec.keys[0])]) if spec.kind == "choice" else ""
    if right and not right.isdecimal():  # a bare number is read as the index of a choice
        yield right


def forms_of_number(spec: AnswerSpec, key: str) -> Iterator[str]:
    """The same number, and the same with its unit."""
    value = numbers(key)[0]
    size, sign = abs(value), "-" if value < 0 else ""
    yield re.sub(r"(\d+)/(\d+)", r"\\frac{\1}{\2}", key)
    if spec.unit:
        yield f"${key}" if spec.unit == "$" else f"{key}%" if spec.unit == "%" else f"{key} {spec.unit}"
    if spec.form:
        return
    if value.denominator == 1:
        yield f"{sign}{int(size):,}"
        yield f"{value}.0"
        return
    top, bottom = size.numerator, size.denominator
    yield f"{sign}{top}/{bottom}"
    yield f"{sign}{top} / {bottom}"
    yield f"{sign}{2 * top}/{2 * bottom}"
    yield rf"{sign}\frac{{{top}}}{{{bottom}}}"
    if top > bottom:
        yield f"{sign}{top // bottom} {top % bottom}/{bottom}"
        yield rf"{sign}{top // bottom}\frac{{{top % bottom}}}{{{bottom}}}"
    if bottom in (2, 4, 5, 8, 10, 20, 25, 50, 100, 1000):
        yield f"{float(Fraction(value)):.10f}".rstrip("0")
