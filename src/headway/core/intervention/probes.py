"""Progress probes: short timed forms made from the item generators, equated by the item scale, no form like another.

A blueprint fixes the mix of skills (so many problems from each pool of templates). A form draws templates and seeds from
it and then swaps templates within their pool until the form's expected score, for somebody of the blueprint's reference
ability, is that of the blueprint: two forms of a blueprint differ by less than :data:`TOLERANCE` problems. The item
difficulties are those of the curriculum (logits), so refitting them mends the forms too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from headway.core.coaching.checking import check
from headway.core.curriculum.generators.base import activity_id, generate
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, Text

TOLERANCE = 0.25
"""Problems right that two forms of a blueprint may differ by in expectation."""
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A kind of probe. ``slots`` are ``(count, templates)``: so many problems from each pool; ``minutes`` to work;
    ``ability`` in logits is where forms are made equal; ``error`` is the standard error of one score, in problems right,
    that is assumed until enough scores are on record; ``growth`` and ``growth_sd`` are the expected weekly growth and its
    spread between learners, in problems right."""

    id: str
    name: Text
    slots: tuple[tuple[int, tuple[str, ...]], ...]
    minutes: int
    ability: float
    error: float
    growth: float
    growth_sd: float

    @property
    def length(self) -> int:
        """Problems of a form."""
        return sum(count for count, _ in self.slots)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its activities in order, and the score that somebody of the reference ability is expected to reach."""

    blueprint: str
    seed: int
    activities: tuple[str, ...]
    expected: float


def chance(ability: float, difficulty: float) -> float:
    """The Rasch chance to solve a problem."""
    return 1.0 / (1.0 + exp(difficulty - ability))


def expected_score(blueprint: Blueprint, difficulty: Mapping[str, float]) -> float:
    """What every form of the blueprint is equated to: each pool at its middle, at the reference ability."""
    return sum(
        count * sum(chance(blueprint.ability, difficulty[name]) for name in pool) / len(pool)
        for count, pool in blueprint.slots
    )


def make_form(
    blueprint: Blueprint, difficulty: Mapping[str, float], seed: int, used: Collection[str] = frozenset()
) -> Form:
    """Make the form of a seed. ``difficulty`` has every template of the blueprint in logits; ``used`` are activities that
    the learner has met in earlier forms; they come again only where a template has no other. The same arguments give the
    same form.

    Raises KeyError for a template without a difficulty, ValueError where the pools cannot make an equal form.
    """
    rng = np.random.default_rng([seed, sum(blueprint.id.encode())])
    target = expected_score(blueprint, difficulty)
    pools = [pool for count, pool in blueprint.slots for _ in range(count)]
    names = [str(rng.choice(pool)) for pool in pools]
    for _ in range(_TRIES):
        gap = target - sum(chance(blueprint.ability, difficulty[name]) for name in names)
        if abs(gap) <= TOLERANCE / 2:
            break
        place = int(rng.integers(len(pools)))
        here = chance(blueprint.ability, difficulty[names[place]])
        names[place] = min(
            pools[place], key=lambda name: abs(gap - (chance(blueprint.ability, difficulty[name]) - here))
        )
    else:
        raise ValueError(f"{blueprint.id}: no form within {TOLERANCE / 2} problems of {target:.2f} from these pools")
    order = rng.permutation(len(names)).tolist()
    activities = _activities([names[n] for n in order], rng, used)
    return Form(blueprint.id, seed, activities, sum(chance(blueprint.ability, difficulty[name]) for name in names))


def _activities(names: Sequence[str], rng: np.random.Generator, used: Collection[str]) -> tuple[str, ...]:
    """Give each template a seed whose problem is not on this form yet and, while the template has new ones, not in
    ``used``. There are fewer than a hundred multiplication facts, so over a year of probes a fact comes back."""
    met = {_face(activity) for activity in used}
    here: set[str] = set()
    out: list[str] = []
    for name in names:
        again = ""
        for _ in range(_TRIES):
            activity = activity_id(name, int(rng.integers(2**32)))
            face = _face(activity)
            if face in here:
                continue
            if face not in met:
                break
            again = again or activity
        else:
            if not again:
                raise ValueError(f"{name} has too few different problems for one form")
            activity, face = again, _face(again)
        here.add(face)
        out.append(activity)
    return tuple(out)


def _face(activity: str) -> str:
    """What a problem looks like: two seeds may make the same one."""
    problem = generate(activity)
    return f"{problem.body} {problem.steps[0].prompt}"


def digits_correct(spec: AnswerSpec, given: str) -> int:
    """Digits of ``given`` that stand at their place in the key, counted from the right, as curriculum-based measurement
    scores computation. A right answer in whatever form earns all digits of the key; a wrong sign earns none."""
    key = spec.keys[0]
    if not _digits(given):
        return 0
    if check(spec, given).correct:
        return digits_in(key)
    if ("-" in key) != ("-" in given):
        return 0
    return sum(a == b for a, b in zip(reversed(_digits(key)), reversed(_digits(given)), strict=False))


def digits_in(key: str) -> int:
    """Digits of a key: the most that :func:`digits_correct` gives."""
    return len(_digits(key))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


BLUEPRINTS: dict[str, Blueprint] = {
    one.id: one
    for one in (
        Blueprint(
            "computation-whole", T("Whole-number computation"),
            (
                (4, ("3.OA.C.7/product", "3.OA.C.7/quotient")),
                (6, ("4.NBT.B.4/add", "4.NBT.B.4/subtract", "4.NBT.B.4/across-zeros")),
                (6, ("4.NBT.B.5/by-one-digit", "4.NBT.B.5/two-by-two", "5.NBT.B.5/three-by-two")),
                (4, ("4.NBT.B.6/even", "4.NBT.B.6/zero-inside")),
            ), 4, 2.2, 2.0, 0.4, 0.4,
        ),
        Blueprint(
            "computation-signed", T("Computation with fractions and signed numbers"),
            (
                (5, ("5.NF.A.1/add", "5.NF.A.1/subtract")),
                (5, ("5.NF.B.4/fraction-of-whole", "5.NF.B.4/product", "6.NS.A.1/whole")),
                (5, ("7.NS.A.1.b/add", "7.NS.A.1.b/three", "7.NS.A.1.c/subtract-negative")),
                (5, ("7.NS.A.2.a/multiply", "7.NS.A.2.a/three-factors", "7.NS.A.2.c/divide")),
            ), 4, 3.2, 2.0, 0.4, 0.4,
        ),
        Blueprint(
            "equations", T("Solving equations"),
            (
                (6, ("6.EE.B.7/add", "6.EE.B.7/multiply")),
                (6, ("7.EE.B.4.a/two-step", "7.EE.B.4.a/negative")),
                (4, ("7.EE.A.1/collect", "6.EE.A.3/expand")),
            ), 4, 3.4, 1.8, 0.4, 0.4,
        ),
    )
}  # fmt: skip
"""The probes that ship. Their error and growth are starting assumptions until scores are on record, and say so where shown."""
