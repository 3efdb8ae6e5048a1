"""What a mal-rule is: a wrong way of working that somebody holds, described, sourced and executable.

A rule takes a part of a tree and yields what a learner who holds it would write there. Nothing in it is tied to
particular numbers, so it tells the wrong answers to problems that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from headway.core.coaching.tree import Expr
from headway.core.curriculum.generators.misconceptions import Misconception, misconceptions
from headway.core.text import NOTHING, Text

Wrong = Callable[[Expr], Iterator[Expr]]
"""From a part of a tree to the wrong parts that may take its place; nothing where the rule does not apply."""

OWN_WORDS = "own:"
"""Begins the identifier of a misconception that stands in no list of ours: what follows is its name in its author's words."""

MODULES: tuple[str, ...] = (
    "subtraction",
    "subtraction_zeros",
    "addition",
    "multiplication",
    "division",
    "integers",
    "order",
    "exponents",
    "powers",
    "fraction_sums",
    "fraction_products",
    "mixed_numbers",
    "decimals",
    "comparing",
    "expressions",
    "products",
    "equations",
    "solving",
    "inequalities",
    "ratios",
    "percents",
    "quadratics",
    "writing",
    "judging",
    "stories",
)


@dataclass(frozen=True, slots=True)
class MalRule:
    """``id`` is never renamed (it is written to the log) and is shared with the generators' registry where both know
    the same misconception. ``looks`` is a problem and what a holder writes; ``skills`` are codes of the Common Core;
    ``probe`` is a problem where this rule and its rivals give different answers; ``weight`` is how common it is
    relative to other rules (1 is usual); ``alone``: it acts on a whole expression or side only, never inside one."""

    id: str
    name: Text
    looks: tuple[str, str]
    source: str
    skills: tuple[str, ...]
    learner: Text
    teacher: Text
    probe: str
    wrong: Wrong
    family: str
    weight: float = 1.0
    alone: bool = False


_REGISTRY: dict[str, MalRule] = {}


NAMED = None
"""In place of a name and a teacher's sentence: those that the registry of misconceptions has under the same identifier."""


def malrule(
    key: str,
    name: Text | None,
    looks: tuple[str, str],
    source: str,
    skills: str,
    learner: Text,
    teacher: Text | None,
    probe: str = "",
    weight: float = 1.0,
    alone: bool = False,
) -> Callable[[Wrong], Wrong]:
    """Register a rule. ``skills`` are separated by spaces; ``probe`` is the problem of ``looks`` when not given.
    Raises ValueError on a second rule of that name, and where the registry of misconceptions and the rule both have words
    for it, or neither: there is one truth."""
    shared = misconceptions().get(key)
    if (shared is None) == (name is None) or (name is None) != (teacher is None):
        raise ValueError(
            f"the mal-rule {key} needs its words once: here, or in core.curriculum.generators.misconceptions"
        )
    called, told = (shared.name, shared.description) if shared is not None else (name, teacher)
    assert called is not None
    assert told is not None

    def register(wrong: Wrong) -> Wrong:
        if key in _REGISTRY:
            raise ValueError(f"two mal-rules are called {key}")
        family = wrong.__module__.rsplit(".", 1)[-1]
        _REGISTRY[key] = MalRule(
            key,
            called,
            looks,
            source,
            tuple(skills.split()),
            learner,
            told,
            probe or looks[0],
            _guarded(wrong),
            family,
            weight,
            alone,
        )
        return wrong

    return register


def _guarded(wrong: Wrong) -> Wrong:
    """A rule that would divide by zero, as in ``0x = 6``, has nothing to say there."""

    def safely(node: Expr) -> Iterator[Expr]:
        with suppress(ZeroDivisionError):
            yield from wrong(node)

    return safely


@cache
def malrules() -> dict[str, MalRule]:
    """Every rule by identifier, in a fixed order."""
    for module in MODULES:
        import_module(f"{__package__}.{module}")
    return dict(sorted(_REGISTRY.items()))


@cache
def known_misconceptions() -> dict[str, Misconception]:
    """Every misconception that a response or a diagnosis can name, by identifier: those of the curriculum's wrong answers and
    those of the mal-rules. Where both know one, it is the same."""
    own = {rule.id: Misconception(rule.id, rule.name, rule.teacher) for rule in malrules().values()}
    return dict(sorted({**own, **misconceptions()}.items()))


def misconception_named(key: str) -> Misconception | None:
    """Return what an identifier of the log stands for: a known misconception, or one that the author of imported items put
    into words, whose identifier holds its name; None for an empty or unknown one."""
    if key.startswith(OWN_WORDS) and len(key) > len(OWN_WORDS):
        return Misconception(key, Text(key.removeprefix(OWN_WORDS)), NOTHING)
    return known_misconceptions().get(key)
