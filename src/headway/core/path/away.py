"""Things to do away from the screen, by subject and domain. Short, with what a kitchen or a street has; no supplies to buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headway.core.curriculum.catalogue import Curriculum
from headway.core.text import T, Text

TASKS = 3


@dataclass(frozen=True, slots=True)
class Away:
    """One thing to do: ``key`` is recorded when it was done, ``skill`` ("" for none) what it goes with."""

    key: str
    skill: str
    says: Text


_BY_DOMAIN: dict[str, tuple[tuple[str, Text], ...]] = {
    "Operations and algebraic thinking": (
        ("ops-dice", T("Roll two dice ten times. Multiply the two numbers each time and add up all ten results.")),
        ("ops-story", T("Make up a word problem about your day and let somebody at home solve it.")),
    ),
    "Place value": (
        ("place-digits", T("Write five digits on scraps of paper. Make the largest and the smallest number with them.")),
    ),
    "Fractions": (
        ("frac-kitchen", T("Find three fractions in a kitchen: on a cup, in a recipe, in something that is cut. Draw each one.")),
        ("frac-fold", T("Fold a sheet of paper into eighths. Show somebody why two eighths and one fourth are the same.")),
    ),
    "Measurement and data": (
        ("measure-room", T("Measure the longest side of three things with your hand. Then use a ruler. How good was your hand?")),
        ("data-street", T("Count what passes your window for ten minutes. Make a small graph of it.")),
    ),
    "Geometry": (
        ("geo-hunt", T("Find a right angle, a sharper one and a wider one where you are. Draw all three.")),
        ("geo-box", T("Take a box. Work out how much fits inside, and how much paper would cover it.")),
    ),
    "Ratios and proportions": (
        ("ratio-mix", T("Take a recipe for four. Write down what six people would need.")),
        ("ratio-price", T("Compare two sizes of the same thing in a shop. Which is cheaper for the same amount?")),
    ),
    "The number system": (
        ("number-line", T("Draw a number line with chalk or on paper from minus 5 to 5. Walk three sums on it.")),
    ),
    "Expressions and equations": (
        ("eq-think", T("Play “think of a number” with somebody: double it, add six, halve it. Why can you tell what they have?")),
    ),
    "Statistics and probability": (
        ("stat-coins", T("Toss two coins thirty times. How often were they the same? What did you expect?")),
    ),
    "Functions": (("func-grow", T("Pick something that grows by the same amount each day. Draw a week of it.")),),
    "Vocabulary": (
        ("word-hunt", T("Find three words that are new to you. Ask what they mean and write a sentence with each.")),
        ("word-parts", T("Collect ten words that begin or end alike. What does that part mean?")),
    ),
    "Conventions": (("conv-letter", T("Write a short note to somebody by hand. Read it aloud and mend what sounds wrong.")),),
    "Reading": (
        ("read-aloud", T("Read two pages of a book aloud to somebody. Tell them what you think comes next.")),
        ("read-ask", T("Read for ten minutes. Think of one question that the text answers and one that it does not.")),
    ),
    "Writing": (("write-list", T("Write down what you saw on your way today so that somebody else can see it too.")),),
}  # fmt: skip
_ALWAYS: tuple[tuple[str, Text], ...] = (
    ("teach", T("Teach somebody what you practiced today. Let them try one and see where it is hard.")),
    ("draw", T("Draw how you solved your last problem, so that it makes sense without words.")),
    ("move", T("Go out and move for ten minutes. Your head works on while you do.")),
)


def things_to_do(curriculum: Curriculum, skills: Sequence[int], day: int) -> tuple[Away, ...]:
    """Return up to three things for the skills (numbers, the nearest first) that somebody works on; another day, other ones."""
    found: dict[str, Away] = {}
    for number in skills:
        skill = curriculum.skills[number]
        tasks = _BY_DOMAIN.get(skill.domain, ())
        if tasks and len(found) < TASKS - 1:
            key, says = tasks[day % len(tasks)]
            found.setdefault(key, Away(key, skill.id, says))
    first = day % len(_ALWAYS)
    for key, says in (*_ALWAYS[first:], *_ALWAYS[:first]):
        if len(found) < TASKS:
            found.setdefault(key, Away(key, "", says))
    return tuple(found.values())


def task_named(key: str) -> Text | None:
    """What a recorded key says; None for one that is not (any more) in here."""
    every = (task for tasks in (*_BY_DOMAIN.values(), _ALWAYS) for task in tasks)
    return next((says for name, says in every if name == key), None)
