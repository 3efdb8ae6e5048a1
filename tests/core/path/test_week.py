"""The family's week: a function of the record, nothing counted of the child but days; what can be taught at home."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from headway.core.events import MasteryEntry
from headway.core.path.teaching import LATELY, check_of, questions, teachable
from headway.core.path.week import MOST, NEXT, WeekFacts, week_said
from headway.core.text import Text
from tests.core.small import DAY, MONDAY, curriculum

C = curriculum()
SKILLS = [skill.id for skill in C.skills]


def line(skill: str, kind: str, at: float = MONDAY) -> MasteryEntry:
    return MasteryEntry("ada", skill, kind, "r", 0.96, 0.95, 8, "m", at)


def test_a_week_says_what_is_new_what_was_kept_what_comes_and_one_thing_to_ask() -> None:
    facts = WeekFacts(
        "Ada",
        ledger=[line("S1", "reached"), line("S2", "confirmed", MONDAY + 1), line("S4", "reached", MONDAY + 2)],
        mastered=frozenset({"S1", "S2"}),  # S4 was lost again before the week was over
        practised=["S9", "S1"],
        days=3,
        planned=["S6"],
        goals=[Text("Fractions")],
    )
    week = week_said(facts, C)
    assert [str(text) for text in week.learned] == [
        "Ada can now do this alone: “Skill 1”.",
        "Ada still knows this, some days later: “Skill 2”.",
        "Ada reached a goal: Fractions.",
    ]
    assert str(week.practice) == "Ada practiced on 3 days."
    assert [str(text) for text in week.following][:2] == ["Skill 6", "Skill 9"] and len(week.following) == NEXT
    assert "Skill 1" in str(week.ask)
    assert not week.empty and week_said(WeekFacts("Ada"), C).empty


@given(
    reached=st.lists(st.sampled_from(SKILLS), max_size=12),
    practised=st.lists(st.sampled_from([*SKILLS, "gone"]), max_size=12),
    days=st.integers(0, 7),
)
def test_any_week_can_be_said_and_counts_nothing_but_days(reached: list[str], practised: list[str], days: int) -> None:
    ledger = [line(skill, "reached", MONDAY + n) for n, skill in enumerate(reached)]
    week = week_said(WeekFacts("Ada", ledger, frozenset(reached), practised, days), C)
    assert len(week.learned) <= MOST + 1 and len(week.following) <= NEXT
    assert not {str(text) for text in week.following} & {C.skills[C.skill_number[s]].title for s in reached}
    said = " ".join(str(text) for text in (week.practice, week.ask, *week.learned[:MOST]))
    assert set(re.findall(r"\d+", re.sub(r"Skill \d+", "", said))) <= {str(days)}


def test_what_was_reached_lately_and_not_taught_since_can_be_taught() -> None:
    now = MONDAY + LATELY
    ledger = [line("S1", "reached"), line("S2", "reached", now - DAY), line("S3", "reached", now - 2 * DAY)]
    ledger += [line("S3", "lost", now - DAY), line("S5", "reached", MONDAY - 1)]
    assert teachable(ledger, {}, now) == ("S2", "S1")
    assert teachable(ledger, {"S2": now - DAY / 2, "S1": MONDAY - 5}, now) == ("S1",)


def test_the_same_is_asked_again_until_it_was_taught_and_the_child_meets_another_one() -> None:
    asked = questions(C, "S3", "ada", 0)
    assert asked == questions(C, "S3", "ada", 0) and asked[0] == "P3.0"
    assert check_of(C, "S3", "P3.1", frozenset()) in {"P3.0", "P3.2"}
    assert check_of(C, "none", "P3.1", frozenset()) == "" and questions(C, "none", "ada", 0) == ()
