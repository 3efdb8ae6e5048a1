"""A problem of two parts as an importer brings it: scaffolds, a hint that tells all, a source to name."""

from __future__ import annotations

from uuid import UUID

from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Source, Step
from headway.core.text import T, verbatim
from headway.school.curriculum.actions import publish_curriculum, save_problems

SKILL = "6.EE.A.1"
ACTIVITY = "book:two-parts"


def two_parts() -> Problem:
    """First a number with a scaffold and a telling hint, then a choice."""
    power = Step(
        id="a",
        item="book:two-parts-a",
        prompt=verbatim("What is $$2^{5}$$?"),
        answer=AnswerSpec("number", ("32",)),
        skills=(SKILL,),
        hints=(
            Hint("h1", verbatim("A power is repeated multiplication.")),
            Hint(
                "h2",
                verbatim("What is $$2\\cdot2$$?"),
                title=verbatim("Begin small"),
                answer=AnswerSpec("number", ("4",)),
            ),
            Hint("h3", verbatim("The answer is $$32$$."), reveals=True),
        ),
    )
    which = Step(
        id="b",
        item="book:two-parts-b",
        prompt=verbatim("Which is larger?"),
        answer=AnswerSpec("choice", ("1",), choices=(verbatim("$$5^2$$"), verbatim("$$2^5$$"))),
        skills=(SKILL,),
    )
    source = Source("A Book of Powers", "CC BY 4.0", "https://books.example/powers", "A Book of Powers by Ana Diaz")
    return Problem(
        ACTIVITY, T("Powers"), verbatim("Ana folds a sheet five times.\\n##fold.png##"), (power, which), source
    )


def add_two_parts(district: UUID) -> None:
    """Put it into a district's curriculum."""
    save_problems(district=district, problems=[two_parts()])
    publish_curriculum(district=district)
