"""How an object of xAPI is checked: a table of its properties, each with a rule. A rule takes a value and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

Rule = Callable[[Any, str], None]


class Invalid(Exception):
    """Something breaks a rule of the specification. ``where`` is a path such as ``actor.mbox``, ``what`` a sentence.

    ``status`` is the HTTP status that the specification asks for.
    """

    def __init__(self, where: str, what: str, status: int = 400) -> None:
        super().__init__(where, what)
        self.where, self.what, self.status = where, what, status

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


def at(where: str, name: str) -> str:
    """The path of a property inside of an object."""
    return f"{where}.{name}" if where else name


def object_of(value: Any, where: str) -> dict[str, Any]:
    """The value, if it is a JSON object. Raises Invalid."""
    if type(value) is not dict:
        raise Invalid(where, "must be a JSON object.")
    return value


def check(value: Any, where: str, rules: Mapping[str, Rule], required: Collection[str] = ()) -> dict[str, Any]:
    """Check an object against the table of its properties. Raises Invalid, for an unknown one as well."""
    found = object_of(value, where)
    for name in required:
        if name not in found:
            raise Invalid(at(where, name), "is missing.")
    for name, inner in found.items():
        rule = rules.get(name)
        if rule is None:
            raise Invalid(at(where, name), "is not a property of the specification. Names are case-sensitive.")
        rule(inner, f"{where}.{name}" if where else name)
    return found


def shape(rules: Mapping[str, Rule], required: Collection[str] = ()) -> Rule:
    """A rule for an object with these properties."""

    def rule(value: Any, where: str) -> None:
        check(value, where, rules, required)

    return rule


def matching(test: Callable[[str], object], what: str) -> Rule:
    """A rule for a string that passes a test."""

    def rule(value: Any, where: str) -> None:
        if type(value) is not str or not test(value):
            raise Invalid(where, f"must be {what}.")

    return rule


def one_of(*words: str) -> Rule:
    """A rule for a string of a list, in this very case."""
    return matching(frozenset(words).__contains__, f"one of {', '.join(words)}")


def list_of(rule: Rule, *, least: int = 0) -> Rule:
    """A rule for an array whose members keep a rule."""

    def each(value: Any, where: str) -> None:
        if type(value) is not list or len(value) < least:
            raise Invalid(where, "must be an array." if not least else "must be an array that is not empty.")
        for place, inner in enumerate(value):
            rule(inner, f"{where}[{place}]")

    return each


def text(value: Any, where: str) -> None:
    """Any string."""
    if type(value) is not str:
        raise Invalid(where, "must be a string.")


def boolean(value: Any, where: str) -> None:
    """True or false."""
    if type(value) is not bool:
        raise Invalid(where, "must be true or false, not a string.")


def number(value: Any, where: str) -> None:
    """A number that is no boolean."""
    if type(value) is not int and type(value) is not float:
        raise Invalid(where, "must be a number, not a string.")


def whole(value: Any, where: str) -> None:
    """A whole number from 0."""
    if type(value) is not int or value < 0:
        raise Invalid(where, "must be a whole number from 0.")
