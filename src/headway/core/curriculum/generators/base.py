"""What a template is, and how one problem is made from it.

A template is a function of a numpy Generator and the learner's interest; everything random in it comes from the
Generator, so the activity identifier ``gen:<template>:<seed>[:<interest>]`` rebuilds the same problem for ever. A
template that is changed so that an old seed gives another problem gets a new name; the old one stays for replay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Step, WrongAnswer
from headway.core.text import NOTHING, Text

MODULES: tuple[str, ...] = (
    "algebra1_equations",
    "algebra1_exponents",
    "algebra1_functions",
    "algebra1_models",
    "algebra1_polynomials",
    "algebra1_quadratics",
    "algebra1_radicals",
    "algebra1_rates",
    "algebra1_systems",
    "grade3_area",
    "grade3_area_models",
    "grade3_equivalence",
    "grade3_facts",
    "grade3_fractions",
    "grade3_graphs",
    "grade3_masses",
    "grade3_multiplying",
    "grade3_perimeter",
    "grade3_place_value",
    "grade3_problems",
    "grade3_time",
    "grade3_unknowns",
    "grade4_adding_fractions",
    "grade4_angles",
    "grade4_arithmetic",
    "grade4_comparing_decimals",
    "grade4_comparison",
    "grade4_decimals",
    "grade4_division",
    "grade4_factors",
    "grade4_fractions",
    "grade4_geometry",
    "grade4_measurement",
    "grade4_mixed_numbers",
    "grade4_multiplying_fractions",
    "grade4_patterns",
    "grade4_place_value",
    "grade4_problems",
    "grade5_adding_fractions",
    "grade5_arithmetic",
    "grade5_comparing_decimals",
    "grade5_coordinates",
    "grade5_decimal_arithmetic",
    "grade5_decimals",
    "grade5_dividing_fractions",
    "grade5_expressions",
    "grade5_graphs",
    "grade5_measurement",
    "grade5_multiplying_fractions",
    "grade5_product_stories",
    "grade5_volume",
    "grade6_equations",
    "grade6_equivalence",
    "grade6_expressions",
    "grade6_factors",
    "grade6_geometry",
    "grade6_numbers",
    "grade6_plane",
    "grade6_rates",
    "grade6_ratios",
    "grade6_signed",
    "grade6_units",
    "grade6_writing",
    "grade7_decimals",
    "grade7_equations",
    "grade7_geometry",
    "grade7_rational",
    "grade7_ratios",
    "grade7_signed",
    "grade7_solids",
    "grade8_equations",
    "grade8_functions",
    "grade8_lines",
    "grade8_numbers",
    "grade8_powers",
    "grade8_pythagoras",
    "grade8_scientific",
    "grade8_systems",
)
"""The modules of this package that hold templates; a test checks that none is forgotten."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a template returns: the words and numbers of one problem, before it gets its identifiers.

    ``hints`` go from a nudge to this step's operation and never contain the answer; ``solution`` is the worked
    way, line by line, and ends with the answer; ``wrong`` are answers that named misconceptions lead to, none
    equal to the key.
    """

    prompt: Text
    answer: AnswerSpec
    hints: tuple[Text, ...]
    solution: tuple[Text, ...]
    wrong: tuple[WrongAnswer, ...] = ()
    body: Text = NOTHING


Maker = Callable[[np.random.Generator, str], Draft]
"""Takes the random source and the learner's interest (``"soccer"``, or ``""`` for none)."""


@dataclass(frozen=True, slots=True)
class Template:
    """A named family of problems for one skill. ``level`` 1 (first steps), 2 (the standard itself), 3 (stretch);
    ``difficulty`` in logits is the starting value until responses teach a better one; ``uses_interest`` says that
    the words change with the learner's interest."""

    id: str
    skill: str
    level: int
    difficulty: float
    make: Maker
    uses_interest: bool = False


_REGISTRY: dict[str, Template] = {}


def template(
    skill: str, name: str, *, level: int, difficulty: float, uses_interest: bool = False
) -> Callable[[Maker], Maker]:
    """Register a maker as template ``<skill>/<name>``. Raises ValueError on a second one of that name."""

    def register(make: Maker) -> Maker:
        key = f"{skill}/{name}"
        if key in _REGISTRY:
            raise ValueError(f"two templates are called {key}")
        if level not in (1, 2, 3):
            raise ValueError(f"{key}: level is 1, 2 or 3, not {level}")
        _REGISTRY[key] = Template(key, skill, level, difficulty, make, uses_interest)
        return make

    return register


@cache
def templates() -> dict[str, Template]:
    """Every template by identifier, in a fixed order."""
    for module in MODULES:
        import_module(f"{__package__}.{module}")
    return dict(sorted(_REGISTRY.items()))


def activity_id(template_id: str, seed: int, interest: str = "") -> str:
    """The identifier that :func:`generate` rebuilds the problem from; ``seed`` is 0 to 2**32 - 1."""
    return f"gen:{template_id}:{seed}" + (f":{interest}" if interest else "")


def _is_seed(written: str) -> bool:
    """One number, one way to write it: a problem must not have two identifiers."""
    return written.isascii() and written.isdecimal() and len(written) <= 10 and str(int(written)) == written


def generate(activity: str) -> Problem:
    """Rebuild the problem of an activity identifier.

    Raises KeyError for an unknown template, ValueError if malformed.
    """
    parts = activity.split(":")
    if len(parts) not in (3, 4) or parts[0] != "gen" or not _is_seed(parts[2]):
        raise ValueError(f"not a generated activity: {activity!r} (expected gen:<template>:<seed>[:<interest>])")
    found = templates()[parts[1]]
    interest = parts[3] if len(parts) == 4 else ""
    draft = found.make(np.random.default_rng(int(parts[2])), interest)
    hints = tuple(Hint(id=f"h{n}", text=text) for n, text in enumerate(draft.hints, 1))
    step = Step("1", found.id, draft.prompt, draft.answer, (found.skill,), hints, draft.solution, draft.wrong)
    return Problem(id=activity, title=NOTHING, body=draft.body, steps=(step,))
