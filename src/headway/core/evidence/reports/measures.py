"""What reports count: each measure with its definition, its cohort and the evidence behind it, in words."""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.evidence.reports.kinds import DEMANDS, KINDS
from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over learners and weeks of ``column``, or the ratio of the sums of ``column`` and ``over``. ``population`` is one of
    :data:`POPULATIONS`; ``share``: between 0 and 1, shown as percent; ``digits`` after the point that are shown; ``least``: the
    smallest value that there can be; ``part`` is where it stands in a report."""

    key: str
    part: str
    population: str
    column: str
    name: Text
    unit: Text
    meaning: Text
    over: str = ""
    share: bool = False
    digits: int = 1
    least: float | None = 0.0


POPULATIONS: dict[str, Text] = {
    "active": T(
        "Every learner with an answer in the week, with work away from the screen that an adult saw, or with a piece of work "
        "handed in."
    ),
    "measured": T("Every learner with six first answers or more in the four weeks that end with this one."),
    "growing": T(
        "Every learner with six first answers or more in these four weeks, and in the four weeks before them."
    ),
    "supported": T("Every learner who was owed a session of a support group in the week, or had one."),
    "screened": T("Every learner who finished a screening in the week."),
    "checked": T("Every learner who finished a screening in the week and another one four weeks before it or earlier."),
    "planned": T("Every learner with a place in a planned day of the week."),
}
"""Whose figures they are, in words."""
EVIDENCE: dict[str, Text] = {
    "active": T(
        "The log of answers with their times, lines of work away from the screen that count, pieces handed in, the mastery "
        "ledger, credit, visits and raised hands."
    ),
    "measured": T(
        "First answers of the log, right only without help, with the difficulty of each problem; by a logistic model with the "
        "difficulties given, so that learners who were given different problems stand on one scale."
    ),
    "growing": T("The same as for the ability, for the four weeks and for the four weeks before them."),
    "supported": T("The plans and weekdays of support groups, and the sessions as adults logged them."),
    "screened": T("Finished screenings, read against the cut scores of their window."),
    "checked": T("Finished screenings, each beside the same learner’s last one."),
    "planned": T("The days of classes as they were planned, seat by seat."),
}
"""What the figures are worked out from, in words."""
PARTS: dict[str, Text] = {
    "growth": T("Growth and status"),
    "mastery": T("Mastery and credit"),
    "rigour": T("Rigor: what learners’ minutes ask of them"),
    "support": T("Support: dosage and fidelity"),
    "screening": T("Screening"),
    "staff": T("Schedule and staff"),
}
"""The parts of a report, in order."""

LOGITS, MINUTES, PERCENT = T("points on the scale of ability"), T("minutes a learner and week"), T("percent")
EACH = T("a learner and week")


def _demand(key: str, name: Text) -> Measure:
    return Measure(
        f"demand-{key}", "rigour", "active", f"demand-{key}", name, MINUTES,
        T(
            "Minutes of work that asks for: {what}. Work is sorted by its kind, by a rule that stands on the page about reports; "
            "nobody has judged single problems.",
            what=name,
        ),
    )  # fmt: skip


def _kind(key: str, name: Text) -> Measure:
    return Measure(
        f"kind-{key}", "rigour", "active", f"kind-{key}", name, MINUTES,
        T("Minutes of this kind of work: {what}. One answer counts for ten minutes at most.", what=name),
    )  # fmt: skip


_ALL = (
    Measure(
        "growth", "growth", "growing", "growth", T("Growth in four weeks"), LOGITS,
        T(
            "How much a learner’s ability in the four weeks that end with this one is above that of the four weeks before, on "
            "the one scale of ability. One point (a logit) more turns an even chance to solve a problem into 73 in 100."
        ),
        digits=2, least=None,
    ),
    Measure(
        "ability", "growth", "measured", "ability", T("Ability"), LOGITS,
        T(
            "What learners can solve, shown by first answers without help in the four weeks that end with "
            "this one, on the one scale of ability."
        ),
        least=None,
    ),
    Measure(
        "noise", "growth", "measured", "noise", T("Error of measurement (squared)"), T("squared points"),
        T(
            "The squared error of one learner’s ability. Much of it beside the spread between learners "
            "means that single learners are measured loosely."
        ),
        digits=2,
    ),
    Measure(
        "minutes", "growth", "active", "minutes", T("Practice"), MINUTES,
        T("Minutes between a step being shown and its answer. One answer counts for ten minutes at most."),
    ),
    Measure(
        "right", "growth", "active", "right", T("First answers right without help"), PERCENT,
        T(
            "Of all first answers at a step, those that were right without a hint and without the solution "
            "shown."
        ),
        over="first", share=True, digits=2,
    ),
    Measure(
        "reached", "mastery", "active", "reached", T("Skills reached"), EACH,
        T("Lines “mastered” that the ledger got in the week."), digits=2,
    ),
    Measure(
        "confirmed", "mastery", "active", "confirmed", T("Skills confirmed later"), EACH,
        T(
            "Lines “confirmed” that the ledger got in the week: the skill was still there when it was asked "
            "for again."
        ), digits=2,
    ),
    Measure(
        "lost", "mastery", "active", "lost", T("Skills lost again"), EACH,
        T("Lines “lost” that the ledger got in the week: a later check failed."), digits=2,
    ),
    Measure(
        "credit", "mastery", "active", "credit", T("Credit granted"), EACH,
        T("Courses for which a named person granted credit in the week, less those taken back."), digits=2, least=None,
    ),
    Measure(
        "thinking", "rigour", "active", "thinking", T("Minutes that ask for more than routine"), PERCENT,
        T("Of all minutes that can be sorted, those of work that connects several steps or ideas, or is open."),
        over="sorted", share=True, digits=2,
    ),
    *(_demand(key, name) for key, name in DEMANDS.items()),
    *(_kind(key, name) for key, name in KINDS.items()),
    Measure(
        "pieces", "rigour", "active", "pieces", T("Pieces of work handed in"), EACH,
        T(
            "Texts, and pieces of projects, that were handed in during the week and not taken back. The "
            "time for them is not on record."
        ), digits=2,
    ),
    Measure(
        "owed", "support", "supported", "owed", T("Sessions owed"), EACH,
        T(
            "Sessions that a learner was owed by the weekdays of their groups. Days "
            "without school that were written down are left out."
        ),
    ),
    Measure(
        "held", "support", "supported", "held", T("Sessions had"), EACH,
        T("Sessions that were held with the learner there."),
    ),
    Measure(
        "dosage", "support", "supported", "minutes", T("Support"), MINUTES,
        T("Minutes of the sessions that were held with the learner there."),
    ),
    Measure(
        "fidelity", "support", "supported", "held", T("Of what was owed, had"), PERCENT,
        T(
            "Sessions that were held with the learner there, of all sessions owed. More than 100 percent "
            "where sessions were added."
        ),
        over="owed", digits=2,
    ),
    Measure(
        "high", "screening", "screened", "high", T("At high risk"), PERCENT,
        T("Learners whose score is below the lower cut score of their grade."), share=True, digits=2,
    ),
    Measure(
        "some", "screening", "screened", "some", T("At some or high risk"), PERCENT,
        T("Learners whose score is below the upper cut score of their grade."), share=True, digits=2,
    ),
    Measure(
        "score", "screening", "screened", "score", T("Score"), LOGITS,
        T("The score of the screening, on the one scale of ability."), least=None,
    ),
    Measure(
        "sensitivity", "screening", "checked", "both", T("Of those at risk now, flagged before"), PERCENT,
        T("Of the learners who are at some or high risk now, those whom the last screening had flagged."),
        over="risk", share=True, digits=2,
    ),
    Measure(
        "precision", "screening", "checked", "both", T("Of those flagged before, at risk now"), PERCENT,
        T(
            "Of the learners whom the last screening had flagged, those who are at some or high risk now. Support in between is "
            "meant to make this smaller."
        ),
        over="flagged", share=True, digits=2,
    ),
    Measure(
        "with-adult", "staff", "planned", "adult", T("Planned with an adult"), MINUTES,
        T("Minutes of planned sessions that an adult leads."),
    ),
    Measure(
        "alone", "staff", "planned", "alone", T("Planned without an adult"), MINUTES,
        T("Minutes of planned sessions without an adult of their own."),
    ),
    Measure(
        "visits", "staff", "active", "visits", T("Visits of an adult"), EACH,
        T("How often an adult went to a learner, as the class board has it."), digits=2,
    ),
    Measure(
        "hands", "staff", "active", "hands", T("Raised hands"), EACH,
        T("How often a learner asked for an adult."), digits=2,
    ),
    Measure(
        "answered", "staff", "active", "answered", T("Of raised hands, answered"), PERCENT,
        T("Raised hands that an adult answered, of all."), over="hands", share=True, digits=2,
    ),
)  # fmt: skip
MEASURES: dict[str, Measure] = {each.key: each for each in _ALL}
"""Every measure by its key."""
HEADLINES = {
    "growth": ("growth", "ability", "minutes", "right"),
    "mastery": ("reached", "confirmed", "lost", "credit"),
    "rigour": ("thinking", *(f"demand-{key}" for key in DEMANDS)),
    "support": ("fidelity", "owed", "held", "dosage"),
    "screening": ("some", "high", "sensitivity", "precision"),
    "staff": ("with-adult", "alone", "visits", "answered"),
}
"""What each part of a report shows; the others are in the explorer."""
GAPS = ("ability", "growth", "minutes", "thinking", "reached")
"""Of what gaps between groups are shown."""
COLUMNS: dict[str, tuple[str, ...]] = {
    population: tuple(
        dict.fromkeys(
            name for each in _ALL if each.population == population for name in (each.column, each.over) if name
        )
    )
    for population in POPULATIONS
}
"""What is added up of each population."""
PRODUCTS: dict[str, tuple[tuple[str, str], ...]] = {
    population: tuple(
        dict.fromkeys(
            pair
            for each in _ALL
            if each.population == population
            for pair in (
                (each.column, each.column),
                *(((each.column, each.over), (each.over, each.over)) if each.over else ()),
            )
        )
    )
    for population in POPULATIONS
}
"""Products of columns that are added up, for errors."""
