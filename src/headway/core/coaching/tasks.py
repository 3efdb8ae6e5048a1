"""What a learner is asked to do, in symbols: the start of every judgement of a line.

A task is read from plain typing (``3(x-4)=18``), from a sentence with mathematics in it (``Solve for x: ...``,
``Find the sum of 5/12 and 3/8``, ``15% of what number is 240``), or from a step of the curriculum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import gcd, lcm
from typing import Literal
from unicodedata import category

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import equation, number, parts, rebuild, substituted
from headway.core.coaching.parser import parse
from headway.core.coaching.phrases import Symbols, meaning, symbols_of
from headway.core.coaching.relations import told_value
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.telling import story_of
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import (
    Call,
    Div,
    Expr,
    Group,
    Mul,
    Num,
    ParseError,
    Relation,
    Sym,
    Words,
    children,
    contains,
    names,
)  # fmt: skip
from headway.core.coaching.wording import judgement, phrase
from headway.core.curriculum.problems import AnswerKind
from headway.core.text import T

Goal = Literal["value", "solve", "compare", "write", "open"]
"""``value``: find or rewrite the value of an expression; ``solve``: find what makes a statement true; ``compare``: put
a sign between; ``write``: put words into symbols; ``open``: there is no symbolic start (a story)."""

READING = Reading()


@dataclass(frozen=True, slots=True)
class Task:
    """``start`` is where the work begins (None when the goal is open); ``written`` is its text; ``values`` are letters
    with a given number; ``keys`` are right answers where they are known, and ``kind`` says how they
    are compared. ``given`` are the formulas and numbers of the problem's text, ``known`` those of its worked way.
    ``story`` is the relation that a story tells, where it is beyond doubt: only a diagnosis looks at it."""

    goal: Goal
    start: Expr | None
    written: str = ""
    values: tuple[tuple[str, Expr], ...] = ()
    keys: tuple[Expr, ...] = ()
    kind: AnswerKind = "expression"
    given: tuple[Expr, ...] = ()
    known: tuple[Expr, ...] = ()
    story: Call | None = None

    @property
    def unknown(self) -> str:
        """The one letter that is asked for, or an empty string."""
        letters = names(self.start) if self.start is not None else frozenset()
        return next(iter(letters)) if len(letters) == 1 else ""

    @property
    def numeric(self) -> bool:
        """Whether the start has a value without letters, once the given values are put in."""
        return self.start is not None and not names(self.worked)

    @property
    def worked(self) -> Expr:
        """The start in usual symbols, with the given values put in."""
        if self.start is None:
            return Words("")
        start = (meaning(self.start) if isinstance(self.start, Call) else None) or self.start
        return substituted(start, dict(self.values)) if self.values else start


OPEN = Task("open", None)
NO_MATHEMATICS = ParseError(T("There is no mathematics in this problem that I can work with."))
_DIVIDED_FRACTIONS = re.compile(r"(\d+\s*/\s*\d+)\s*÷\s*(\d+\s*/\s*\d+)")
_ANY_DIVIDED = re.compile(r"(?<![\d/)])(\d+(?: \d+)?/\d+)\s*÷\s*")
_DIVISORS = re.compile(
    r"(?:\\(?:operatorname|text|mathrm)\{)?\\?\b(gcd|gcf|hcf|lcm)\}?\s*\(\s*(\d{1,9})\s*,\s*(\d{1,9})\s*\)",
    re.IGNORECASE,
)
_TRADED = re.compile(r"(?<![\w.}^)])(\d+)\s*\\frac\{(\d+)\}\{(\d+)\}")
_BY_FRACTION = re.compile(r"÷\s*(\d+/\d+)(?![\d/)])")
_ASK = re.compile(r"=\s*\??\s*$|\?\s*$")
_PRICE = re.compile(r"(?<!\$)\$(?=\s*\d)(?=[^$]*(?:\$\s*\d[^$]*)*$)")
"""A sign for dollars before a number; two signs around a formula are something else."""
_LEAD = re.compile(r"^\s*(?:=>|⟹|⇒|→|∴|so\b|then\b|therefore\b|thus\b|hence\b|and\b|\d+[.)]\s)\s*:?", re.IGNORECASE)


def read_math(text: str, reading: Reading = READING) -> Expr | ParseError:
    """Read one line of working. ``÷`` between two fractions is weaker than ``/`` inside them, and a whole number before
    a fraction is a mixed number also when the fraction is more than one (``6 13/10`` after a trade). Marks without a
    shape, such as those for the direction of writing, are passed over."""
    if not text.isascii():
        text = "".join(char for char in text if category(char) != "Cf")
    text = _PRICE.sub("", _LEAD.sub("", text.replace("\r", " ").strip())).strip()
    if text.startswith("=") and not text.startswith("=="):
        text = text[1:].strip()
    said = phrase(text) or judgement(text)
    if said:
        return Words(said)
    text = _DIVISORS.sub(_common, text)
    text = _TRADED.sub(r"\1 \2/\3", text)
    text = _DIVIDED_FRACTIONS.sub(r"(\1)/(\2)", text)
    text = _ANY_DIVIDED.sub(r"(\1)÷", text)
    text = _BY_FRACTION.sub(r"÷(\1)", text)
    if "\\" not in text:
        text = re.sub(r"(?<=[\d)%])\s*[×]\s*(?=[\d(.])", "*", text)
        text = re.sub(r"(?<=\d)\s+[xX]\s+(?=[\d(.])", "*", text)
    tree = parse(text, reading)
    return tree if isinstance(tree, ParseError) else fractions_kept(tree)


def _common(found: re.Match[str]) -> str:
    """``gcd(72, 60)`` and ``lcm(4, 6)`` as the number that they are."""
    a, b = int(found[2]), int(found[3])
    return str(lcm(a, b) if found[1].lower() == "lcm" else gcd(a, b))


def fractions_kept(expr: Expr) -> Expr:
    """Read ``2/5*3/4`` as a product of two fractions, which has the same value as from left to right."""
    inside = children(expr)
    if not inside:
        return expr
    expr = rebuild(expr, [fractions_kept(child) for child in inside])
    match expr:
        case Div(Mul((*first, Num() as last)), Num() as bottom) if any(isinstance(f, Div) for f in first):
            return Mul((*first, Div(last, bottom)))
        case _:
            return expr


def task_of(text: str) -> Task | ParseError:
    """Read a problem as it is typed or printed. Words around the mathematics are understood where they are usual."""
    symbols = symbols_of(text)
    if symbols.comparing is not None:
        sides = [read_math(side) for side in symbols.comparing]
        if not any(isinstance(side, ParseError) for side in sides):
            return Task("compare", Call("compare", tuple(s for s in sides if not isinstance(s, ParseError))), text)
    judged = _judged(symbols, text)
    if judged is not None:
        return judged
    if symbols.wanted is not None:
        return Task("write", symbols.wanted, text)
    if symbols.tree is not None:
        return Task("value", symbols.tree, text)
    told = story_of(text)
    if told is not None:
        return _story(told, text)
    if not re.search(r"[-\d=<>+*/^\\]", symbols.mathematics):
        return NO_MATHEMATICS
    tree = read_math(_ASK.sub("", symbols.mathematics))
    if isinstance(tree, ParseError):
        return tree
    if isinstance(tree, Words) or (contains(tree, Words) and not names(tree)):
        return NO_MATHEMATICS
    values = tuple((letter, given) for letter, given in symbols.values if letter in names(tree))
    if isinstance(tree, Group) and not is_statement(tree):
        return NO_MATHEMATICS
    return Task("solve" if is_statement(tree) else "value", tree, text, values)


def _story(told: Call, text: str) -> Task:
    """A problem told in words, whose quantities say how they belong together."""
    if told.name == "stronger":
        return Task("compare", told, text, given=told.args)
    value = told_value(told)
    key = None if value is None else rational(value)
    keys = () if key is None else (number(key),)
    return Task(
        "open",
        None,
        text,
        keys=keys,
        kind="number",
        given=told.args,
        known=() if value is None else (value,),
        story=told,
    )


def _judged(symbols: Symbols, text: str) -> Task | None:
    """A statement to be judged, or two expressions of which the larger is asked for."""
    name, pieces = ("truth", symbols.truth) if symbols.truth else ("larger", symbols.larger or ())
    trees = [read_math(piece) for piece in pieces]
    read = tuple(tree for tree in trees if not isinstance(tree, ParseError))
    whole = len(read) == len(trees) and (name == "larger" or all(isinstance(tree, Relation) for tree in read))
    if not read or not whole:
        return None
    return Task("compare", Call(name, read), text)


_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)


def formulas(text: str) -> list[str]:
    """Every piece of mathematics between ``$$`` in a sentence."""
    return _FORMULA.findall(text)


def formula_in(sentence: str) -> str:
    """The longest formula of a sentence that has an operation or a relation in it; empty when there is none."""
    found = [f for f in formulas(sentence) if re.search(r"[-+=<>^]|\\(?:frac|cdot|times|div|le|ge|sqrt)", f)]
    return max(found, key=len) if found else ""


def as_statement(expr: Expr, unknown: str) -> Expr:
    """A bare value as an answer to "what is x?": ``5`` becomes ``x = 5``."""
    if is_statement(expr) or isinstance(expr, Words) or not unknown:
        return expr
    if isinstance(expr, Group):
        items = tuple(item if isinstance(item, Relation) else equation(Sym(unknown), item) for item in expr.items)
        return Group("", items, "")
    return equation(Sym(unknown), expr)


def stated(task: Task, tree: Expr) -> Expr:
    """A line of a task that is solved, as a statement: ``5``, ``(2, 3)`` for ``x = 2, y = 3`` and ``{2, 3}`` for
    ``x = 2, x = 3``."""
    letters = [Sym(name) for name in sorted(names(task.worked))]
    match tree:
        case Relation(("=",), (Group("(", left, ")"), Group("(", right, ")"))) if len(left) == len(right):
            return Group("", tuple(equation(a, b) for a, b in zip(left, right, strict=True)), "")
        case Group("(", items, ")") if len(items) == len(letters) > 1:
            return Group("", tuple(equation(a, b) for a, b in zip(letters, items, strict=True)), "")
        case Group("(" | "[", (_, _), _) if len(letters) == 1 and not _equal_only(task.worked):
            return Relation(("in",), (letters[0], tree))
        case Group("{", items, _) if len(letters) == 1 and not is_statement(tree):
            return Group("", tuple(equation(letters[0], item) for item in items), "")
        case _:
            return as_statement(tree, task.unknown)


def _equal_only(tree: Expr) -> bool:
    return not any(isinstance(part, Relation) and set(part.signs) != {"="} for _, part in parts(tree))
