"""The named misconceptions that wrong answers come from.

One registry for all grades. An identifier is the operation or idea and what goes wrong with it; it is written to
the log with a response, so it is never renamed. The descriptions follow the error patterns in Ashlock (2010),
*Error Patterns in Computation*, and Brown & Burton (1978), "Diagnostic models for procedural bugs".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from headway.core.text import Text

MODULES: tuple[str, ...] = ("misconceptions_elementary", "misconceptions_algebra", "misconceptions_functions")
"""The modules of this package that register misconceptions."""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A way of thinking that leads to a wrong answer: a short name and one line for a teacher."""

    id: str
    name: Text
    description: Text


_REGISTRY: dict[str, Misconception] = {}


def misconception(key: str, name: Text, description: Text) -> None:
    """Register one. Raises ValueError if the identifier is taken."""
    if key in _REGISTRY:
        raise ValueError(f"two misconceptions are called {key}")
    _REGISTRY[key] = Misconception(key, name, description)


@cache
def misconceptions() -> dict[str, Misconception]:
    """Every misconception by identifier, in a fixed order."""
    for module in MODULES:
        import_module(f"{__package__}.{module}")
    return dict(sorted(_REGISTRY.items()))
