"""A learner's week in plain words for the family: what was learned, what comes next, one thing to ask.

The draft is a function of append-only records of one week, so any past week reads as it did, and replay gives it again. No
number of the child is in it but days with practice, nothing is compared with other children, and nothing is said to be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.core.text import T, Text

MOST = 5
"""Lines of a part at most; the rest is counted."""
NEXT = 3


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What is on record of a week. ``ledger`` are its lines of the mastery ledger, oldest first; ``mastered`` the skills that
    were mastered when it ended; ``practised`` the skills that were practised, the most practised first; ``days`` with practice;
    ``planned`` the skills of the goal's next week; ``goals`` the names of goals reached; ``agreed`` what was agreed in talks."""

    name: str
    ledger: Sequence[MasteryEntry] = ()
    mastered: frozenset[str] = frozenset()
    practised: Sequence[str] = ()
    days: int = 0
    planned: Sequence[str] = ()
    goals: Sequence[Text] = ()
    agreed: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The week in words. ``empty`` says that nothing happened in it."""

    practice: Text
    learned: tuple[Text, ...]
    following: tuple[Text, ...]
    ask: Text
    agreed: tuple[Text, ...] = ()
    empty: bool = False


def week_said(facts: WeekFacts, curriculum: Curriculum) -> Week:
    """Put a week into words."""
    reached = [e.skill for e in facts.ledger if e.kind == "reached" and e.skill in facts.mastered]
    kept = [e.skill for e in facts.ledger if e.kind == "confirmed" and e.skill in facts.mastered]
    new = [skill for skill in dict.fromkeys(reached[::-1]) if skill in curriculum.skill_number]
    still = [skill for skill in dict.fromkeys(kept[::-1]) if skill in curriculum.skill_number and skill not in new]
    learned = [
        T("{name} can now do this alone: “{skill}”.", name=facts.name, skill=title_of(s, curriculum)) for s in new
    ]
    learned += [
        T("{name} still knows this, some days later: “{skill}”.", name=facts.name, skill=title_of(s, curriculum))
        for s in still
    ]
    more = len(learned) - MOST
    if more > 0:
        learned = [*learned[:MOST], T("And {n} more.", n=more)]
    learned += [T("{name} reached a goal: {goal}.", name=facts.name, goal=goal) for goal in facts.goals]
    following = _following(facts, new, curriculum)
    return Week(
        practice=_practice(facts),
        learned=tuple(learned),
        following=tuple(title_of(skill, curriculum) for skill in following),
        ask=_ask(facts, new, still, curriculum),
        agreed=tuple(facts.agreed),
        empty=not (facts.days or learned or facts.agreed),
    )


def title_of(skill: str, curriculum: Curriculum) -> Text:
    """The title of a skill that the curriculum knows."""
    return Text(curriculum.skills[curriculum.skill_number[skill]].title)


def _practice(facts: WeekFacts) -> Text:
    if not facts.days:
        return T("There was no practice this week.")
    if facts.days == 1:
        return T("{name} practiced on 1 day.", name=facts.name)
    return T("{name} practiced on {days} days.", name=facts.name, days=facts.days)


def _following(facts: WeekFacts, new: Sequence[str], c: Curriculum) -> list[str]:
    """The goal's next week, then what was practised and is not solid yet, then what builds on what is new."""
    out = [*facts.planned, *facts.practised]
    for skill in new:
        number = c.skill_number[skill]
        after = c.after[c.after_at[number] : c.after_at[number + 1]].tolist()
        out += [c.skills[n].id for n in after if c.skill_activities_at[n + 1] > c.skill_activities_at[n]]
    known = [s for s in dict.fromkeys(out) if s in c.skill_number and s not in facts.mastered]
    return known[:NEXT]


def _ask(facts: WeekFacts, new: Sequence[str], still: Sequence[str], c: Curriculum) -> Text:
    """One question: about what is new, else what is hard, else what was kept, else a wish."""
    if new:
        return T("“How do you do this: {skill}? Show me with an example.”", skill=title_of(new[0], c))
    open_ = [skill for skill in facts.practised if skill in c.skill_number and skill not in facts.mastered]
    if open_:
        return T("“What is tricky about this: {skill}? What helps you?”", skill=title_of(open_[0], c))
    if still:
        return T("“You still know this: {skill}. How did you keep it?”", skill=title_of(still[0], c))
    return T("“What would you like to learn next, and why?”")
