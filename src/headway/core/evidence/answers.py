"""Answers as learners type them: right ones in their usual forms, wrong ones from a misconception or a slip."""

from __future__ import annotations

import re
from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.problems import AnswerSpec

_INTEGER = re.compile(r"-?\d+")
_PLAIN = re.compile(r"(-?\d+)(?:/([1-9]\d*))?|(-?\d*\.\d+)")


def plain_value(text: str) -> Fraction | None:
    """Return the value of an integer, decimal or fraction in plain typing, None for anything else."""
    if _PLAIN.fullmatch(text.strip()) is None:
        return None
    return Fraction(text.strip())


def right_answer(spec: AnswerSpec, rng: Generator) -> str:
    """Return a right answer: the key itself about half of the time, else another usual way of writing it."""
    key = spec.keys[int(rng.integers(len(spec.keys)))] if spec.strictness == "equivalent" else spec.keys[0]
    if spec.kind in ("choice", "choices", "text") or spec.strictness == "exact" or rng.random() < 0.45:
        return _with_unit(spec, key, required=spec.unit_required)
    if spec.kind == "number":
        return _with_unit(spec, _number(spec, key, rng), required=spec.unit_required or rng.random() < 0.4)
    return _spaced(key, rng)


def _number(spec: AnswerSpec, key: str, rng: Generator) -> str:
    value = plain_value(key)
    if value is None or spec.form or spec.strictness != "equivalent":
        return key
    if value.denominator == 1:
        whole = int(value)
        return f"{whole:,}" if abs(whole) >= 1000 else f"{whole}.0" if rng.random() < 0.15 else str(whole)
    terminating = 10**6 % value.denominator == 0
    if terminating and rng.random() < 0.6:
        return f"{float(value):.6f}".rstrip("0")
    if value > 1 and rng.random() < 0.6:
        whole, rest = divmod(value.numerator, value.denominator)
        return f"{whole} {rest}/{value.denominator}"
    return f"{value.numerator}/{value.denominator}"


def _with_unit(spec: AnswerSpec, text: str, *, required: bool) -> str:
    if not spec.unit or not required or any(mark in text for mark in spec.unit):
        return text
    return f"{spec.unit}{text}" if spec.unit == "$" else f"{text}%" if spec.unit == "%" else f"{text} {spec.unit}"


def _spaced(key: str, rng: Generator) -> str:
    """Set operators and commas off by spaces, as most people do."""
    loose = re.sub(r"\s*([=<>≤≥]+)\s*", r" \1 ", key)
    loose = re.sub(r",\s*", ", ", loose)
    if rng.random() < 0.5:
        loose = re.sub(r"(?<=[\w)])\s*([+\-])\s*(?=[\w(])", r" \1 ", loose)
    return loose


def wrong_answer(spec: AnswerSpec, rng: Generator) -> str:
    """Return a plausible slip: a neighbour, a lost sign, a swapped digit, another choice; never a right answer."""
    key = spec.keys[0]
    if spec.kind in ("choice", "choices"):
        others = [str(n) for n in range(max(len(spec.choices), 2)) if str(n) not in spec.keys]
        return others[int(rng.integers(len(others)))] if others else "0,1,2,3,4,5"
    if spec.kind == "text":
        return "I am not sure"
    value = plain_value(key) if spec.kind == "number" else None
    if value is None:
        return _change_a_number(key, rng)
    rights = {plain_value(k) for k in spec.keys}
    for _ in range(4):
        slip = _slip(value, rng)
        if slip not in rights and abs(slip - value) > spec.tolerance:
            return str(slip)
    return str(value + 1000003)


def _slip(value: Fraction, rng: Generator) -> Fraction:
    kind = int(rng.integers(5))
    if kind == 0:
        return value + int(rng.integers(1, 4))
    if kind == 1:
        return value - int(rng.integers(1, 3))
    if kind == 2:
        return -value
    if kind == 3 and value:
        return value * 10 if value.denominator == 1 else 1 / value
    digits = str(abs(value.numerator))
    return Fraction(int(digits[::-1]) * (-1 if value < 0 else 1), value.denominator)


def _change_a_number(key: str, rng: Generator) -> str:
    """Change one number of an expression, equation, point or list; add a term where there is none."""
    found = list(_INTEGER.finditer(key))
    if not found:
        return f"{key}+1" if key else "1"
    at = found[int(rng.integers(len(found)))]
    return f"{key[: at.start()]}{int(at.group()) + int(rng.integers(1, 4))}{key[at.end() :]}"
