"""Sentences that answer a problem: "the second one is false", "subtracting 1/10 from 2/5 is larger", "it ends in zero", "you
need more information".

They are read only where the problem asks for just this: which statement is true, which of two is larger, a last digit, or a
story whose relation is beyond doubt.
"""

from __future__ import annotations

import re

from headway.core.coaching.phrases import in_digits, operation_in_words
from headway.core.coaching.relations import NOT_ENOUGH
from headway.core.coaching.tasks import Task, read_math
from headway.core.coaching.tree import Call, Expr, Group, Num, ParseError, Words
from headway.core.coaching.wording import judgement

_LONGEST = 400
_ORDINALS = ("first", "second", "third", "fourth")
_EACH = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b[^.;?!]*?\b(always|never|sometimes|true|false)\b(?:(?: or|/) (?:true|false)\b)?",
    re.IGNORECASE,
)
_LARGER = re.compile(r"\b(?:larger|greater|bigger|more)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:needs?|requires?|missing|lacks?|(?:not|n't|isn't|no|too little) (?:\w+ ){0,2}?enough|not enough|more)\b[^.]{0,20}?"
    r"\b(?:data|information|info|facts|details)\b|"
    r"\b(?:can't|cannot|can not|impossible to|no way to) (?:be )?(?:solve|solved|know|known|find out|tell|say)\b|"
    r"\bno (?:ratio|proportion|relation|relationship|connection)\b|\bnothing to do with each other\b",
    re.IGNORECASE,
)


def said(task: Task, line: str) -> Expr | None:
    """What a sentence answers to the problem, as a tree; None where it is read as mathematics instead."""
    if len(line) > _LONGEST or not re.search(r"[A-Za-z]{3}", line):
        return None
    plain = in_digits(line.replace("\u2019", "'"))
    if task.story is not None:
        return NOT_ENOUGH if _DENIED.search(plain) else None
    match task.start:
        case Call("truth", (_, _, *_) as statements):
            return _each(plain, len(statements))
        case Call("larger", _):
            return _operation(plain)
        case Call("stronger", _):
            return _mixture(plain)
        case Call("lastdigit", _):
            digits = re.findall(r"(?<![\w.])\d(?![\w.])", plain)
            return Num(int(digits[0]), digits[0]) if len(digits) == 1 else None  # type: ignore[arg-type]
        case _:
            return None


def _each(plain: str, count: int) -> Expr | None:
    """What is said of each of several statements, in their order."""
    told = {_ORDINALS.index(m[1].lower()): judgement(m[2]) for m in _EACH.finditer(plain) if " or " not in m[0].lower()}
    listed = [judgement(piece) for piece in re.split(r"[,;]| and ", plain)]
    if len(listed) == count and all(listed):
        return Group("", tuple(Words(word) for word in listed), "")
    if sorted(told) != list(range(count)):
        return None
    return Group("", tuple(Words(told[index]) for index in range(count)), "")


_REASON = re.compile(
    r"\b(?:has|have|is|are|with|because)\s+(\d+)\b(?!\s*[/:])[^.;]*?"
    r"\b(?:not|than|only|and the other)\b[^.;\d]*?(\d+)\b(?!\s*[/:])",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(\d+(?:\s*/\s*\d+)?)\s*([<>=])\s*(\d+(?:\s*/\s*\d+)?)")


def _mixture(plain: str) -> Expr | None:
    """Why one mixture is the stronger: a comparison in signs, or two numbers set against each other in words."""
    signed = _SIGNED.search(plain)
    reason = _REASON.search(plain)
    if signed is None and reason is None:
        return Words("same") if re.search(r"\bthe same\b|\bequally\b", plain, re.IGNORECASE) else None
    if signed is not None:
        tree = read_math(signed[0])
        return None if isinstance(tree, ParseError) else tree
    assert reason is not None
    tree = read_math(f"{reason[1]}{'>' if int(reason[1]) > int(reason[2]) else '<'}{reason[2]}")
    return None if isinstance(tree, ParseError) else tree


def _operation(plain: str) -> Expr | None:
    """The operation in words that is called the larger one, the last of several."""
    for clause in reversed(re.split(r"[.;!]|,", plain)):
        told = operation_in_words(clause)
        if told and _LARGER.search(clause):
            tree = read_math(told)
            return None if isinstance(tree, ParseError) else tree
    return None
