"""Independent solvers: one per template, registered by its identifier, in the modules ``solve_*.py`` beside this.

A solver reads the finished English problem and works the answer out by another route than the template did (brute
force, exact fractions, reading the LaTeX back). It returns

- a number (int or Fraction) for kind ``number``; the index of the right choice (int) for ``choice``;
- a set of indices for ``choices``; a tuple of numbers for ``list`` and ``coordinate``; a set of numbers for ``set``;
- a string, compared after taking the spaces out, for anything else;
- or a bool: the solver looked at ``ask.key`` itself and found it right or wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path

from headway.core.curriculum.problems import Step

from .reading import formulas, integers, numbers


@dataclass(frozen=True)
class Ask:
    """A problem as a solver sees it: the sentence, the choices, and the key for solvers that judge it."""

    text: str
    choices: tuple[str, ...]
    key: str
    step: Step

    @property
    def numbers(self) -> list[Fraction]:
        return numbers(self.text)

    @property
    def integers(self) -> list[int]:
        return integers(self.text)

    @property
    def formulas(self) -> list[str]:
        return formulas(self.text)

    def choice(self, wanted: str) -> int:
        """The index of the choice that reads ``wanted``."""
        return self.choices.index(wanted)

    def compare(self, left: Fraction, right: Fraction) -> int:
        """The index of the choice that is the sign between two numbers."""
        return self.choice("$$<$$" if left < right else "$$>$$" if left > right else "$$=$$")


Answer = int | Fraction | bool | str | tuple[int | Fraction, ...] | set[int] | set[Fraction]
Solver = Callable[[Ask], Answer]

_SOLVERS: dict[str, Solver] = {}


def solver(*template_ids: str) -> Callable[[Solver], Solver]:
    """Register a solver for one or more templates."""

    def register(solve: Solver) -> Solver:
        for key in template_ids:
            assert key not in _SOLVERS, f"two solvers for {key}"
            _SOLVERS[key] = solve
        return solve

    return register


@cache
def solvers() -> dict[str, Solver]:
    """Every solver by template identifier."""
    for path in sorted(Path(__file__).parent.glob("solve_*.py")):
        import_module(f"{__package__}.{path.stem}")
    return _SOLVERS


def ask(step: Step) -> Ask:
    """The problem as its solver gets it."""
    return Ask(str(step.prompt), tuple(str(c) for c in step.answer.choices), step.answer.keys[0], step)
