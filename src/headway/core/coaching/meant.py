"""What a learner may have meant by a line that does not follow as it is written.

People write more than mathematics: a check mark, what they do to both sides, the sentence "the answer is 10", a big
letter for a small one. These readings only ever rescue a line. A line that follows as it is written is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.equivalence import same_value
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Add, Call, Div, Expr, Mul, Num, Percent, Relation, children, names
from headway.core.coaching.verdicts import LineVerdict
from headway.core.coaching.work import Work
from headway.core.text import T

PROSE = T("I read mathematics only. Write this line with numbers and signs. It does not count.")
ROUNDED = T("This is close, but rounded. Can you write the exact value?")
RUN_ON = T(
    "Your numbers are right. But an equals sign stands between things of the same value. Write each step on its own line."
)
REMAINDER_RIGHT = T("The quotient and the remainder are right.")
REMAINDER_LARGE = T("The remainder is not smaller than the number you divide by. One more group fits in.")
REMAINDER_WRONG = T("Check it: quotient times divisor, plus the remainder, gives the number you divide.")

_MARKS = re.compile(r"[\s✓✔✅☑!?.;,]+$")
_SIDE_NOTE = re.compile(r"\s*(?:\|{1,2}|//|\s{2})\s*[-+*/:·×÷−]\s?[\w.]+\s*$")
_BOTH_SIDES = re.compile(r"\s*([-+*/:·×÷−]\s?[\w.]+)\s+\1\s*")
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[^\W\d_]{3}[^()\[\]]*[)\]]\s*$")
_OPENING = re.compile(
    r"^\s*(?:(?:so|and|then|thus|the|my|our|final|answer|solution|result|ans|total|i|we|you|it|get|got|have|has|is|are|"
    r"equals|gives|makes|because|since|check)\b[\s:,=]*)+",
    re.IGNORECASE,
)
_IS = re.compile(r"\s+(?:is|equals|gives|makes)\s+", re.IGNORECASE)
_OF = re.compile(r"(?<=[\d%)])\s+of\s+(?=[\d(])", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:text|mathrm|operatorname)\{[^{}]*\}|\\[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]{3,}|\b(?:is|it|no|by|to|so)\b")
_KNOWN = frozenset(
    ("sqrt", "cbrt", "root", "abs", "sin", "cos", "tan", "log", "exp", "and", "gcd", "gcf", "lcm", "lcd", "hcf", "inf",
     "infinity", "mod", "max", "min", "of")
)  # fmt: skip
_INDEX = re.compile(r"([A-Za-z])_?\{?([12₁₂])\}?(?=\s*=)")
_TRIAL = re.compile(
    r"\s*(?:try|check|if|for|let|test)?:?\s*[A-Za-z]\s*=\s*-?[\d./]+\s*(?:[:;,→]|-+>|=+>|gives|makes|then)\s*([^A-Za-z]*\d[^A-Za-z]*=[^A-Za-z]*)",
    re.IGNORECASE,
)
_RATIO = re.compile(r"([^:=]+):([^:=]+)")
_REMAINDER = re.compile(
    r"(?:\d{1,12}\s*[÷/:]\s*\d{1,12}\s*=|=)?\s*(\d{1,12})\s*,?\s*(?:r|rem\.?|remainder)\s*=?\s*(\d{1,12})\s*",
    re.IGNORECASE,
)
_LONGEST = 300
"""Characters of a line that is looked at again."""


def other_readings(task: Task, line: str) -> Iterator[str]:
    """Other writings of ``line``, the nearest first; each differs from the line and from those before it."""
    if len(line) > _LONGEST:
        return
    seen = {line.strip()}
    bare = plain(task, line)
    for text in (bare, *_rearranged(bare), _before_words(bare)):
        if text.strip() and text.strip() not in seen:
            seen.add(text.strip())
            yield text


_NUMBERED = re.compile(r"(?<=[\d)])\s*(?:[A-Za-z]{2,}|[mgl])(?:[ /]+[A-Za-z]+){0,3}[.!]*\s*$")
_OPENED = re.compile(r"^\s*[A-Za-z]{2}[A-Za-z,' ]*\s(?=\$?\d)")


def without_unit(line: str) -> str:
    """A line of a story without the unit at its end and the words before its first number: ``54 ml``, ``She pays $12``, and
    with a sign for "of": ``70% of 40``."""
    return _OF.sub("*", _NUMBERED.sub("", _OPENED.sub("", line[:_LONGEST])))


def plain(task: Task, line: str) -> str:
    """The mathematics of a line alone, in the letters of the problem: nothing in it is changed but its dress."""
    return _one_case(task, _INDEX.sub(_without_index(task), _OF.sub("*", _IS.sub("=", _bare(line)))))


def _bare(line: str) -> str:
    """Without check marks, remarks, what is done to both sides, and the words before a result."""
    for pattern in (_MARKS, _REMARK, _SIDE_NOTE, _MARKS, _OPENING):
        line = pattern.sub("", line)
    return line


def _one_case(task: Task, line: str) -> str:
    """The problem's letters in the problem's case: ``X`` for ``x``."""
    letters = names(task.worked)
    for letter in letters:
        if len(letter) == 1 and letter.swapcase() not in letters:
            line = re.sub(rf"(?<![A-Za-z\\]){re.escape(letter.swapcase())}(?![A-Za-z])", letter, line)
    return line


def _without_index(task: Task) -> str:
    """``x1 = 2, x2 = 3`` names two values of one unknown."""
    return r"\1" if task.goal == "solve" and task.unknown else r"\g<0>"


def _rearranged(line: str) -> Iterator[str]:
    if line.count(" and ") == 1 and line.count("=") in (0, 2):
        yield line.replace(" and ", " or " if "=" in line else ", ")
    if ":" in line:
        yield _RATIO.sub(lambda m: f"({m[1].strip()}):({m[2].strip()})", line)


def _before_words(line: str) -> str:
    """What stands before the first word: ``x=4 because 2*4+3=11``, ``12 dollars``."""
    found = next((m for m in _WORD.finditer(line) if m[0].lower() not in _KNOWN), None)
    return "" if found is None or "\\" in line else _MARKS.sub("", line[: found.start()])


def is_prose(task: Task, line: str) -> bool:
    """Whether a line has words that are neither functions nor letters of the problem."""
    letters = {letter.lower() for letter in names(task.worked)}
    words = [word.lower() for word in _WORD.findall(_COMMAND.sub(" ", line[:_LONGEST]))]
    return any(word not in _KNOWN and not set(word) <= letters and word not in task.written.lower() for word in words)


def is_note(line: str) -> bool:
    """Whether a line only notes what is done to both sides: ``+12  +12``."""
    return _BOTH_SIDES.fullmatch(line[:_LONGEST]) is not None


def new_letters(task: Task, tree: Expr) -> str:
    """Letters of a line that the problem does not have, for a sentence; empty when there is none."""
    own = names(task.start) if task.start is not None else frozenset[str]()
    return ", ".join(sorted(names(tree) - own))


def trial(task: Task, line: str) -> str:
    """``x=4: 3*4+5=17`` without the value that is tried: what is left is a calculation. Any other line as it is."""
    found = _TRIAL.fullmatch(line[:_LONGEST]) if task.goal == "solve" else None
    return found[1] if found is not None else line


def divided(task: Task, line: str) -> LineVerdict | None:
    """The verdict on ``3 R 2`` for a division of whole numbers; None for other lines."""
    found = _REMAINDER.fullmatch(line[:_LONGEST])
    match task.worked:
        case Div(Num() as top, Num() as bottom) if found and task.goal == "value" and bottom.value:
            whole, rest = int(found[1]), int(found[2])
        case _:
            return None
    if whole * bottom.value + rest != top.value:
        return LineVerdict("broken", REMAINDER_WRONG)
    if rest >= bottom.value:
        return LineVerdict("broken", REMAINDER_LARGE)
    value = Add((Num(Fraction(whole), str(whole)), Div(Num(Fraction(rest), str(rest)), bottom)))
    return LineVerdict("equivalent", REMAINDER_RIGHT, main=value)


def going_on(task: Task, before: Expr, tree: Expr, work: Work) -> LineVerdict | None:
    """The verdict on a run-on of right calculations; None for other lines."""
    last = _run_on(task, tree)
    if last is None:
        return None
    reached = task.goal == "value" and same_value(before, last, work)
    return LineVerdict("equivalent" if reached else "side", RUN_ON, tree=tree)


def _run_on(task: Task, tree: Expr) -> Expr | None:
    """The last value of ``3+4=7*2=14``: each step is calculated rightly and goes on from the number before, as on a
    calculator, and the value belongs to the problem (of an equation that is not asked). None for other lines."""
    if not isinstance(tree, Relation) or set(tree.signs) != {"="} or names(tree):
        return None
    values = [rational(side) for side in tree.sides]
    links = [a == b or a == _leading(side) for (a, b), side in zip(pairwise(values), tree.sides[1:], strict=True)]
    if None in values or not all(links) or len(set(values)) == 1:
        return None
    ours = {rational(part) for _, part in parts(task.worked) if not names(part) and children(part)}
    mixed = any(isinstance(part, (Add, Mul, Div)) for part in tree.sides)
    return tree.sides[-1] if mixed and (values[-1] in ours or task.goal == "solve") else None


def _leading(tree: Expr) -> Fraction | None:
    """The number that a calculation begins with."""
    while children(tree):
        tree = children(tree)[0]
    return tree.value if isinstance(tree, Num) else None


def is_rounded(exact: Fraction, tree: Expr) -> bool:
    """Whether a decimal is a rounding or a cutting off of a value that no decimal has exactly."""
    shown = tree.sides[-1] if isinstance(tree, Relation) else tree
    text = shown.text.replace("...", "").rstrip("…") if isinstance(shown, Num) else ""
    places = len(text.partition(".")[2])
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    value = rational(shown) if places else None
    return rest > 1 and value is not None and abs(value - exact) < Fraction(1, 10**places)


def percent_asked(task: Task, tree: Expr) -> Expr | None:
    """The number of percents in ``75%`` or ``3/4 = 75%`` where the problem asks for it and the line is right."""
    match tree:
        case Percent(count) | Relation(("=",), (_, Percent(count))) if (
            isinstance(task.start, Call) and task.start.name == "percentrate"
        ):
            value = rational(count)
            sides = {rational(side) for side in children(tree)} if isinstance(tree, Relation) else {None}
            return count if value is not None and len(sides) == 1 and value == rational(task.worked) else None
        case _:
            return None


def percent_of_whole(task: Task, tree: Expr) -> bool:
    """``10% = 8`` beside ``15% of 80``: the percent of the problem's whole is meant."""
    match tree:
        case Relation(("=",), (Percent() as share, value)):
            part, result = rational(share), rational(value)
        case _:
            return False
    wholes = {rational(inner) for _, inner in parts(task.worked) if isinstance(inner, Num)}
    if isinstance(task.start, Call) and task.start.name == "percentbase":
        wholes = {rational(task.worked)}
    return part is not None and result is not None and any(whole and part * whole == result for whole in wholes)
