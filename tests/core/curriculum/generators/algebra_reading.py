"""Reading algebra back: evaluating LaTeX or plain typing with numbers for the letters, and solving by evaluation.

Written apart from the generators on purpose; nothing here imports their helpers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

TOKEN = re.compile(r"\d*\.\d+|\d+|[A-Za-z]|[-+*/^()]")
POINTS = (Fraction(2), Fraction(-3), Fraction(5, 7), Fraction(11), Fraction(-13, 3), Fraction(17, 2))


@cache
def tokens(text: str) -> tuple[str, ...]:
    """LaTeX or plain typing as tokens: groups become parentheses, ``\\frac`` a quotient."""
    text = text.replace(r"\left", "").replace(r"\right", "").replace("{,}", "").replace("$$", "")
    text = text.replace(r"\cdot", "*").replace(r"\times", "*").replace(r"\div", "/").replace(r"\%", "/100")
    text = re.sub(r"(\d)\\frac\{(\d+)\}\{(\d+)\}", r"(\1+\2/\3)", text)
    text = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", text)
    while r"\frac" in text:
        text, count = re.subn(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
        assert count, f"cannot read {text!r}"
    text = text.replace("{", "(").replace("}", ")").replace("[", "(").replace("]", ")")
    assert "\\" not in text, f"unknown command in {text!r}"
    found = TOKEN.findall(text)
    assert "".join(found) == re.sub(r"\s", "", text), f"unread characters in {text!r}"
    return tuple(found)


def evaluate(text: str, **letters: Fraction | int) -> Fraction:
    """The value of an expression; every letter of it must be given."""
    reader = _Reader(tokens(text), letters)
    value = reader.sum()
    assert reader.done(), f"cannot read {text!r} to its end"
    return value


class _Reader:
    def __init__(self, words: tuple[str, ...], letters: dict[str, Fraction | int]) -> None:
        self.words, self.letters, self.at = words, letters, 0

    def done(self) -> bool:
        return self.at == len(self.words)

    def peek(self) -> str:
        return "" if self.done() else self.words[self.at]

    def take(self) -> str:
        self.at += 1
        return self.words[self.at - 1]

    def sum(self) -> Fraction:
        value = self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while (word := self.peek()) and word not in "+-)":
            if word == "/":
                self.take()
                value /= self.signed()
            else:
                if word == "*":
                    self.take()
                value *= self.signed()
        return value

    def signed(self) -> Fraction:
        if self.peek() in ("+", "-"):
            return self.signed() if self.take() == "+" else -self.signed()
        return self.power()

    def power(self) -> Fraction:
        base = self.atom()
        if self.peek() != "^":
            return base
        self.take()
        exponent = self.signed()
        assert exponent.denominator == 1, "only whole exponents have exact values"
        return base ** int(exponent)

    def atom(self) -> Fraction:
        word = self.take()
        if word == "(":
            value = self.sum()
            assert self.take() == ")", "a parenthesis is not closed"
            return value
        return Fraction(self.letters[word]) if word.isalpha() else Fraction(word)


def equivalent(left: str, right: str, letters: str = "x") -> bool:
    """Whether two expressions agree at six points (enough for every polynomial that the templates make)."""
    for n in range(len(POINTS)):
        given = {letter: POINTS[(n + 2 * m) % len(POINTS)] for m, letter in enumerate(letters)}
        if evaluate(left, **given) != evaluate(right, **given):
            return False
    return True


def gap(equation: str, **letters: Fraction | int) -> Fraction:
    """Left side minus right side."""
    left, right = equation.split("=")
    return evaluate(left, **letters) - evaluate(right, **letters)


def solve_linear(equation: str, letter: str = "x", **given: Fraction | int) -> Fraction:
    """The solution of a linear equation, from the values of both sides at 0 and 1."""
    zero, one = (gap(equation, **{letter: Fraction(n)}, **given) for n in (0, 1))
    assert zero != one, f"{equation} has not exactly one solution"
    root = zero / (zero - one)
    assert gap(equation, **{letter: root}, **given) == 0, f"{equation} is not linear"
    return root


def letters_of(text: str) -> str:
    """The letters of an expression or relation, each once, in alphabetical order."""
    return "".join(sorted(set(re.findall("[A-Za-z]", re.sub(r"\\[a-z]+", " ", text)))))


def holds(relation: str, **letters: Fraction | int) -> bool:
    """Whether a chain such as ``3 < 2x + 1 \\le 9`` is true with these numbers."""
    plain = relation.replace(r"\le", "<=").replace(r"\ge", ">=").replace("<=ft", r"\left").replace("<", " < ")
    parts = re.split(r"(<\s*=|>=|<|>|=)", plain)
    values = [evaluate(part, **letters) for part in parts[0::2]]
    for sign, left, right in zip(parts[1::2], values, values[1:], strict=False):
        sign = sign.replace(" ", "")
        order = (left > right) - (left < right)
        if not {"<": order < 0, ">": order > 0, "=": order == 0, "<=": order <= 0, ">=": order >= 0}[sign]:
            return False
    return True
