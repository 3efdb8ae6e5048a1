"""Reading a finished sentence back: its numbers, as a learner with a pencil would find them.

Written apart from the generators on purpose; nothing here imports their helpers.
"""

import re
from fractions import Fraction

NUMBER = re.compile(
    r"(?P<sign>(?<![\w)}\]\d.])-)?(?:"
    r"(?P<whole>\d+)?\\frac\{(?P<top>\d+)\}\{(?P<bottom>\d+)\}"
    r"|(?P<mixed>\d+) (?P<mtop>\d+)/(?P<mbottom>\d+)"
    r"|(?P<ptop>\d+)/(?P<pbottom>\d+)"
    r"|(?P<decimal>\d*\.\d+)"
    r"|(?P<plain>\d+))"
)


def numbers(sentence: str) -> list[Fraction]:
    """Every number of a sentence, in order: whole, decimal, fraction or mixed, in LaTeX or in prose."""
    found = []
    for match in NUMBER.finditer(unseparated(sentence)):
        part = match.groupdict()
        if part["top"]:
            value = Fraction(int(part["top"]), int(part["bottom"])) if int(part["bottom"]) else Fraction(0)
            value += int(part["whole"] or 0)
        elif part["mtop"]:
            value = int(part["mixed"]) + Fraction(int(part["mtop"]), int(part["mbottom"]))
        elif part["ptop"]:
            value = Fraction(int(part["ptop"]), int(part["pbottom"]) or 1)
        else:
            value = Fraction(part["decimal"] or part["plain"])
        found.append(-value if part["sign"] else value)
    return found


def integers(sentence: str) -> list[int]:
    """Every whole number of a sentence, in order; the two numbers of a fraction count as two."""
    return [int(n) for n in re.findall(r"\d+", unseparated(sentence))]


def unseparated(sentence: str) -> str:
    """The sentence with the commas of thousands taken out: ``12{,}345`` and ``12,345`` become ``12345``."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", sentence.replace("{,}", ""))


def formulas(sentence: str) -> list[str]:
    """The pieces of LaTeX of a sentence, without their ``$$``."""
    return sentence.split("$$")[1::2]


def calculate(latex: str) -> Fraction:
    """Work out LaTeX arithmetic with ``+ - \\times \\div ( ) [ ] \\{ \\} \\frac`` and ``^``, by recursive descent."""
    text = unseparated(latex).replace(r"\left", "").replace(r"\right", "").replace(r"\{", "(").replace(r"\}", ")")
    text = re.sub(r"(\d+)\\frac\{(\d+)\}\{(\d+)\}", r"(\1+\2/\3)", text)
    text = re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"(\1/\2)", text)
    text = text.replace(r"\times", "*").replace(r"\cdot", "*").replace(r"\div", "/")
    text = text.replace("[", "(").replace("]", ")").replace("{", "(").replace("}", ")")
    tokens = re.findall(r"\d*\.\d+|\d+|[-+*/()^]", text)
    value, rest = _sum(tokens)
    assert not rest, f"cannot read {latex!r} from {rest}"
    return value


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in "+-":
        sign = 1 if tokens[0] == "+" else -1
        term, tokens = _product(tokens[1:])
        value += sign * term
    return value, tokens


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _power(tokens)
    while tokens and tokens[0] in "*/":
        times = tokens[0] == "*"
        factor, tokens = _power(tokens[1:])
        value = value * factor if times else value / factor
    return value, tokens


def _power(tokens: list[str]) -> tuple[Fraction, list[str]]:
    base, tokens = _atom(tokens)
    if tokens and tokens[0] == "^":
        exponent, tokens = _atom(tokens[1:])
        return base ** int(exponent), tokens
    return base, tokens


def _atom(tokens: list[str]) -> tuple[Fraction, list[str]]:
    if tokens[0] == "-":
        value, tokens = _power(tokens[1:])
        return -value, tokens
    if tokens[0] == "(":
        value, tokens = _sum(tokens[1:])
        assert tokens[0] == ")", tokens
        return value, tokens[1:]
    return Fraction(tokens[0]), tokens[1:]
