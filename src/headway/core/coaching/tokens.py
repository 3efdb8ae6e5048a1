"""What the lexer hands to the parser, and how letters are to be read."""

from __future__ import annotations

from typing import NamedTuple

from headway.core.coaching import vocabulary as voc


class Token(NamedTuple):
    """``kind`` is num, vulgar, name, func, const, op, cmd, keyword or words; ``gap``: a space stood before it."""

    kind: str
    text: str
    start: int
    end: int
    gap: bool


class Reading(NamedTuple):
    """How letters are to be read: declared variables (also of several letters) and letters that are functions."""

    variables: tuple[str, ...] = ()
    functions: frozenset[str] = voc.CALLED
    separator: bool = False
    """A comma always separates: ``1,234`` is two numbers (coordinates, lists)."""


PLAIN = Reading()
